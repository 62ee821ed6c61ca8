// Looking at a table sorted, or at some of its rows: the kernel says which; the order that is stored stays as it is.

import { make } from "./dom.js";
import { newId } from "./values.js";

/** @typedef {import("./grid.js").Grid} Grid */

const MANY = 10; // fewer rows are seen at a glance; from so many on one may look for some

export class SortFind {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.known = new Set();
    /** @type {string[] | null | undefined} */ this.shown = null; // ids, or null for all rows in their own order
    this.sort = ""; // the column by which the rows are sorted
    this.down = false;
    this.find = make("input", { type: "search", autocomplete: "off", dir: "auto", oninput: () => this.later() });
    this.search = make("label", {}, "Find in table ", this.find);
    this.all = make("button", { type: "button", onclick: () => this.clear() }, "Show all rows in their own order");
    this.status = make("span", { class: "ck-count", role: "status" });
    this.element = make("div", { class: "ck-view", role: "group", "aria-label": `Look at “${grid.question.title}”` }, this.status, this.all, this.search);
  }

  /** The rows to show; what was added since stands at the end. */
  rows(all) {
    return this.shown ? [...this.shown.filter((row) => all.includes(row)), ...all.filter((row) => !this.known.has(row))] : all;
  }

  draw(all, columns) {
    if (!columns.some((column) => column.field === this.sort)) this.sort = "";
    this.search.hidden = all.length < MANY && !this.shown;
    this.all.hidden = !this.shown;
  }

  /** The heading of a column. To press it sorts by the column, then last first, then shows the stored order again. */
  heading({ field, title }) {
    const sorted = this.shown && field === this.sort;
    const plain = this.grid.all().length < 2 || this.grid.sheet.layout.projecting;
    return make("th", { scope: "col", "aria-sort": sorted && (this.down ? "descending" : "ascending") },
      plain ? title : make("button", { type: "button", class: "ck-sort", tabindex: "-1", "data-sort": field, onclick: () => this.by(field) }, title));
  }

  by(field) {
    const isSecond = field === this.sort && !this.down;
    this.sort = field === this.sort && this.down ? "" : field;
    this.down = isSecond;
    return this.ask();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 250);
  }

  async ask() {
    const wanted = { table: this.grid.question.field, sort: this.sort, descending: this.down, find: this.find.value, columns: this.grid.fields() };
    const asked = (this.asked = newId());
    if (!wanted.sort && !wanted.find.trim()) return this.take(null);
    const { shown } = await this.grid.sheet.act({ view: wanted });
    if (asked === this.asked) this.take(shown); // an answer that was overtaken by the next letter is dropped
  }

  take(shown) {
    const all = this.grid.all();
    this.shown = shown;
    this.known = new Set(all);
    this.grid.draw();
    const matches = shown && this.find.value.trim() ? `${shown.length} of ${all.length} rows found. ` : "";
    this.status.textContent = shown ? `${matches}The stored order stays as it is.` : "";
  }

  clear() {
    this.find.value = this.sort = "";
    this.asked = null;
    this.take(null);
    if (this.search.hidden) this.grid.table.querySelector('[tabindex="0"]')?.focus();
    else this.find.focus();
  }
}
