// One row at a time as a form: every question in full, with hints. Narrow screens begin with it.

import { make, newDomId, peopleWords } from "./dom.js";
import { questionBlock } from "./question.js";

/** @typedef {import("./grid.js").Grid} Grid */

export class RowForm {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.row = null;
    this.away = false; // whether the person wants the table although the screen is narrow
    this.element = make("div", { class: "ck-row-form", role: "group", hidden: true });
  }

  get sheet() {
    return this.grid.sheet;
  }

  get compact() {
    return this.sheet.compact && !this.away;
  }

  /** After the rows changed: close what is gone; where there is room for one row only, open one. */
  follow() {
    const rows = this.grid.rows();
    if (this.row && !rows.includes(this.row)) this.hide();
    if (this.compact && !this.row && rows.length) this.draw(this.grid.at && rows.includes(this.grid.at.row) ? this.grid.at.row : rows[0]);
    else if (this.row) this.place();
    this.grid.toolbar.buttons.open.hidden = this.compact && Boolean(this.row);
    this.grid.scroll.hidden = this.grid.toolbar.element.hidden || (this.compact && Boolean(this.row));
  }

  /** After the screen became narrow or wide. */
  fit() {
    this.away = false;
    if (!this.sheet.compact) this.hide();
    this.follow();
  }

  /** Show a row as a form; `words` begin its first answer. */
  open(row = this.grid.at?.row, words = "") {
    this.away = false;
    this.draw(row);
    this.follow();
    const first = /** @type {HTMLInputElement | null} */ (this.element.querySelector("input, textarea, select"));
    first?.focus();
    if (!words || !first?.matches("textarea, input:not([type=checkbox], [type=radio])")) return;
    first.value = words;
    first.dispatchEvent(new Event("input"));
  }

  draw(row) {
    const { grid } = this;
    this.row = row;
    grid.at = { row, field: grid.at?.field && grid.fields().includes(grid.at.field) ? grid.at.field : grid.fields()[0] };
    this.name = peopleWords("", { id: newDomId(), translate: "no" });
    this.words = "";
    this.head = make("h5", {});
    this.back = make("button", { type: "button", onclick: () => this.step(-1) }, "Previous row");
    this.next = make("button", { type: "button", onclick: () => this.step(1) }, "Next row");
    const close = make("button", { type: "button", onclick: () => this.close() }, this.sheet.compact ? "Show the table" : "Close the form");
    this.element.replaceChildren(this.head, ...grid.columns().map((column) => questionBlock(this.sheet, column, row, this.name.id)), make("div", { class: "ck-bar" }, this.back, this.next, close));
    this.element.hidden = false;
    this.place();
    grid.toolbar.enable();
  }

  /** Which row this is, and of how many. */
  place() {
    const rows = this.grid.rows();
    const at = rows.indexOf(this.row);
    const [place, name] = [`${this.grid.question.title}, ${at + 1} of ${rows.length}: `, this.grid.nameOf(this.row)];
    const words = place + name;
    if (this.words !== words) {
      this.words = words;
      this.name.textContent = name;
      this.head.replaceChildren(place, this.name);
    }
    this.element.setAttribute("aria-label", words);
    this.back.disabled = at < 1;
    this.next.disabled = at === rows.length - 1;
  }

  step(by) {
    const rows = this.grid.rows();
    this.sheet.autosave.flush();
    this.draw(rows[rows.indexOf(this.row) + by]);
    const button = by < 0 ? this.back : this.next;
    (button.disabled ? (by < 0 ? this.next : this.back) : button).focus();
    this.sheet.autosave.tell(this.words);
  }

  hide() {
    this.row = null;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  close() {
    const { at } = this.grid;
    this.away = this.sheet.compact;
    this.hide();
    this.follow();
    if (at) this.grid.cell(at.row, at.field)?.focus();
  }
}
