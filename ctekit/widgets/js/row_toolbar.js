// The tools of a table: a row comes; what one does with a row stands there when one has it in hand.

import { PATIENCE } from "./autosave.js";
import { make, newDomId } from "./dom.js";
import { typesCharacter } from "./keys.js";

/** @typedef {import("./grid.js").Grid} Grid */

const GRACE = 500; // ms before an empty row that was left goes: an undo may be taking it back just now

export class RowToolbar {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    const { question, sheet } = grid;
    this.buttons = {};
    const button = (name, words, act) => (this.buttons[name] = make("button", { type: "button", onclick: act }, words));
    this.count = make("span", { class: "ck-count" });
    this.row = make("strong", { class: "ck-row-name", id: newDomId(), dir: "auto", translate: "no" });
    this.inHand = make("div", { class: "ck-bar ck-in-hand", role: "toolbar", "aria-label": `The row in hand of “${question.title}”`, hidden: true },
      this.row,
      button("open", "Open row as a form", () => grid.form.open()),
      button("duplicate", "Duplicate row", () => this.duplicate()),
      button("up", "Move up", () => this.move(-1)),
      button("down", "Move down", () => this.move(1)),
      button("remove", "Delete row", () => this.remove()));
    this.element = make("div", { class: "ck-bar ck-rows", role: "toolbar", "aria-label": `Rows of “${question.title}”` },
      button("add", "Add a row", () => this.add()),
      button("ready", `Start with ${question.ready} usual rows`, () => sheet.act({ ready_rows: question.field })),
      grid.clipboard.button,
      this.count);
    if (sheet.spec.mailed) for (const name of ["up", "down"]) this.buttons[name].hidden = true; // the order of all rows is not in one partner's file
    if (!this.grows) for (const name of ["add", "duplicate", "remove"]) this.buttons[name].hidden = true;
    for (const name of ["duplicate", "open", "up", "down", "remove"]) this.buttons[name].setAttribute("aria-describedby", this.row.id);
    this.buttons.add.classList.add("ck-primary");
    /** @type {string | null} what was typed while a new row is on its way */ this.early = null;
    this.unplaced = ""; // what was typed for a row that could not be added
    /** @type {string | null} a row that was begun by a key, and goes again if nothing comes into it */ this.fresh = null;
    this.held = false;
    this.element.addEventListener("keydown", (event) => this.early !== null && event.target === this.buttons.add && this.keyEarly(event));
    grid.element.addEventListener("focusout", () => this.fresh && setTimeout(() => this.leave(), GRACE));
  }

  /** Whether rows may be added and deleted: not where a mailed worksheet asks only about those that there are. */
  get grows() {
    return this.grid.question.grows !== false;
  }

  draw(all, closed) {
    const { grid } = this;
    this.element.hidden = Boolean(closed);
    this.buttons.ready.hidden = all.length > 0 || !grid.question.ready;
    grid.clipboard.button.hidden = !all.length;
    const complete = all.filter((row) => grid.isComplete(row)).length;
    this.count.textContent = all.length ? `${all.length === 1 ? "1 row" : `${all.length} rows`}, ${complete} of ${all.length} complete` : "";
  }

  /** Which buttons mean something for the row in focus, and which row that is. In a sorted view there is no up or down. */
  enable() {
    const { grid } = this;
    const { at, sortFind } = grid;
    const rows = grid.rows();
    const index = at ? rows.indexOf(at.row) : -1;
    this.row.textContent = at && index >= 0 ? grid.nameOf(at.row) : "";
    this.inHand.hidden = (!this.held && this.inHand.hidden) || index < 0 || this.element.hidden;
    this.inHand.classList.toggle("ck-away", !this.held); // its place stays: else what is being clicked below would move away
    this.buttons.open.disabled = this.buttons.remove.disabled = this.buttons.duplicate.disabled = index < 0;
    this.buttons.up.disabled = index < 1 || Boolean(sortFind.shown);
    this.buttons.down.disabled = index < 0 || index === rows.length - 1 || Boolean(sortFind.shown);
  }

  /** Whether somebody is at this table. */
  hold(held) {
    if (held === this.held) return;
    this.held = held;
    this.enable();
  }

  /** Begin with a row that has just come: in its first cell, or in its form where only one row is shown. */
  begin(row) {
    const { grid } = this;
    if (grid.form.row || grid.form.compact) return grid.form.open(row, this.early || "");
    const cell = grid.cell(row, grid.fields()[0]);
    if (!cell) return;
    grid.here(cell);
    grid.edit(cell, this.early || "");
  }

  /** Ask for a new row. Until it is there nothing can be typed into the form of another, where it would overwrite an answer. */
  async ask(action) {
    const { element } = this.grid.form;
    const free = () => (element.inert = false);
    element.inert = true;
    const late = setTimeout(free, PATIENCE); // it could not be added
    const reply = await this.grid.sheet.act(action);
    clearTimeout(late);
    free();
    return reply;
  }

  /** A new row. What is typed before it is there begins its first cell; that of the next one where none could be added. */
  async add(after = this.grid.at?.row || this.grid.rows().at(-1) || "") {
    this.early ??= this.unplaced;
    this.unplaced = "";
    const late = setTimeout(() => {
      [this.unplaced, this.early] = [this.early || "", null]; // the table takes keys again
    }, PATIENCE);
    try {
      const reply = await this.ask({ add: this.grid.question.field, after });
      if (reply.row) this.begin(reply.row);
      return reply.row;
    } finally {
      clearTimeout(late);
      this.early = null;
    }
  }

  /** A character that is typed while a new row is on its way. A blank before all others presses the button once more. */
  keyEarly(event) {
    if (!typesCharacter(event) || (event.key === " " && !this.early)) return;
    this.early += event.key;
    event.preventDefault();
  }

  /** Tab or Enter after the last cell: the next row. After a row that is still empty there is none: the key leaves the table. */
  next(row) {
    const { grid } = this;
    if (!this.grows || this.early !== null || row !== grid.rows().at(-1) || grid.isBlank(row)) return false;
    this.add(grid.all().at(-1)).then((added) => (this.fresh = added || null));
    return true;
  }

  /** An empty row that was begun and left behind goes again. */
  leave() {
    const { grid, fresh } = this;
    const here = document.activeElement;
    if (!fresh || here?.closest?.("tr")?.dataset.row === fresh || (grid.form.row === fresh && grid.form.element.contains(here))) return;
    this.fresh = null;
    if (grid.all().includes(fresh) && grid.isBlank(fresh)) grid.sheet.act({ remove: fresh });
  }

  async duplicate() {
    if (!this.grid.at) return;
    const { row, field } = this.grid.at;
    const reply = await this.ask({ duplicate: row });
    if (this.grid.form.row) this.grid.form.open(reply.row);
    else this.grid.goTo(reply.row, field);
  }

  async remove() {
    const { grid } = this;
    if (!grid.at) return;
    const { row, field } = grid.at;
    const rows = grid.rows();
    const [name, at] = [grid.nameOf(row), rows.indexOf(row)];
    await grid.sheet.act({ remove: row });
    grid.sheet.notices.offerBack(`“${name}” deleted.`, { restore: row });
    grid.goTo(rows[at + 1] || rows[at - 1], field);
  }

  async move(step) {
    const { grid } = this;
    if (!grid.at) return;
    const { row, field } = grid.at;
    const rows = grid.rows().filter((other) => other !== row);
    const index = grid.rows().indexOf(row) + step;
    await grid.sheet.act({ move: row, after: rows[index - 1] || "" });
    if (!grid.form.row) grid.goTo(row, field);
  }
}
