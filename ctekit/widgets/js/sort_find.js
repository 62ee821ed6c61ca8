// Looking at a table sorted, or at some of its rows: the kernel says which; the order that is stored stays as it is.

import { make, newDomId } from "./dom.js";
import { newId } from "./values.js";

/** @typedef {import("./grid.js").Grid} Grid */

const MANY = 5; // from so many rows on there is something to sort and find

export class SortFind {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.known = new Set();
    /** @type {string[] | null | undefined} */ this.shown = null; // ids, or null for all rows in their own order
    this.down = false;
    const [findId, sortId] = [newDomId(), newDomId()];
    this.find = make("input", { type: "search", id: findId, autocomplete: "off", dir: "auto", oninput: () => this.later() });
    this.sort = make("select", { id: sortId, onchange: () => this.ask() });
    this.turn = make("button", { type: "button", "aria-pressed": "false" }, "Last first");
    this.turn.addEventListener("click", () => {
      this.down = !this.down;
      this.ask();
    });
    this.all = make("button", { type: "button", onclick: () => this.clear() }, "Show all rows in their own order");
    this.status = make("span", { class: "ck-count", role: "status" });
    this.element = make("div", { class: "ck-bar ck-view", role: "group", "aria-label": `Look at “${grid.question.title}”` },
      make("label", { for: findId }, "Find in table"), this.find, make("label", { for: sortId }, "Sort by"), this.sort, this.turn, this.all, this.status);
  }

  /** The rows to show; what was added since stands at the end. */
  rows(all) {
    return this.shown ? [...this.shown.filter((row) => all.includes(row)), ...all.filter((row) => !this.known.has(row))] : all;
  }

  draw(all, columns) {
    this.element.hidden = all.length < MANY && !this.shown;
    const options = JSON.stringify(columns.map((column) => column.title));
    if (options !== this.options) {
      const now = this.sort.value;
      this.sort.replaceChildren(make("option", { value: "" }, "their own order"), ...columns.map((one) => make("option", { value: one.field }, one.title)));
      this.sort.value = columns.some((one) => one.field === now) ? now : "";
      this.options = options;
    }
    this.turn.disabled = !this.sort.value;
    this.turn.setAttribute("aria-pressed", String(this.down));
    this.all.hidden = !this.shown;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 250);
  }

  async ask() {
    const wanted = { table: this.grid.question.field, sort: this.sort.value, descending: this.down, find: this.find.value, columns: this.grid.fields() };
    if (!wanted.sort && !wanted.find.trim()) return this.take(null);
    const asked = (this.asked = newId());
    const { shown } = await this.grid.sheet.act({ view: wanted });
    if (asked === this.asked) this.take(shown); // an answer that was overtaken by the next letter is dropped
  }

  take(shown) {
    const all = this.grid.all();
    this.shown = shown;
    this.known = new Set(all);
    this.grid.draw();
    const found = shown && this.find.value.trim() ? `${shown.length} of ${all.length} rows found. ` : "";
    this.status.textContent = shown ? `${found}The stored order stays as it is.` : "";
  }

  clear() {
    this.find.value = this.sort.value = "";
    this.asked = null;
    this.take(null);
    this.find.focus();
  }
}
