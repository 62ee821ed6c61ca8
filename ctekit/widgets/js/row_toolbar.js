// The tools of a table: rows come, go, double and move without dragging; how many there are, and how many are complete.

import { make, newDomId } from "./dom.js";

/** @typedef {import("./grid.js").Grid} Grid */

export class RowToolbar {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    const { question, sheet } = grid;
    this.element = make("div", { class: "ck-bar", role: "toolbar", "aria-label": `Rows of “${question.title}”` });
    this.buttons = {};
    for (const [name, words, act] of [
      ["add", "Add a row", () => this.add()],
      ["duplicate", "Duplicate row", () => this.duplicate()],
      ["open", "Open row as a form", () => grid.form.open()],
      ["up", "Move up", () => this.move(-1)],
      ["down", "Move down", () => this.move(1)],
      ["remove", "Delete row", () => this.remove()],
      ["ready", `Start with ${question.ready} usual rows`, () => sheet.act({ ready_rows: question.field })],
    ]) {
      this.buttons[name] = make("button", { type: "button", onclick: act }, words);
      this.element.append(this.buttons[name]);
    }
    this.count = make("span", { class: "ck-count" });
    this.row = make("span", { class: "ck-hidden", id: newDomId() });
    for (const name of ["duplicate", "open", "up", "down", "remove"]) this.buttons[name].setAttribute("aria-describedby", this.row.id);
    this.element.append(grid.clipboard.button, this.count, this.row);
  }

  draw(all, closed) {
    const { grid } = this;
    this.element.hidden = Boolean(closed);
    this.buttons.ready.hidden = all.length > 0 || !grid.question.ready;
    grid.clipboard.button.hidden = !all.length;
    const complete = all.filter((row) => grid.isComplete(row)).length;
    this.count.textContent = `${all.length === 1 ? "1 row" : `${all.length} rows`}${all.length ? `, ${complete} of ${all.length} complete` : ""}`;
  }

  /** Which buttons mean something for the row in focus, and which row that is. In a sorted view there is no up or down. */
  enable() {
    const { grid } = this;
    const { at, sortFind } = grid;
    const rows = grid.rows();
    const index = at ? rows.indexOf(at.row) : -1;
    this.row.textContent = at && index >= 0 ? grid.nameOf(at.row) : "";
    this.buttons.open.disabled = this.buttons.remove.disabled = this.buttons.duplicate.disabled = index < 0;
    this.buttons.up.disabled = index < 1 || Boolean(sortFind.shown);
    this.buttons.down.disabled = index < 0 || index === rows.length - 1 || Boolean(sortFind.shown);
  }

  /** Begin with a row that has just come: in its first cell, or in its form where only one row is shown. */
  begin(row) {
    const { grid } = this;
    if (grid.form.row || grid.form.compact) return grid.form.open(row);
    const cell = grid.cell(row, grid.fields()[0]);
    if (!cell) return;
    grid.here(cell);
    grid.edit(cell);
  }

  async add() {
    const { grid } = this;
    const reply = await grid.sheet.act({ add: grid.question.field, after: grid.at?.row || grid.rows().at(-1) || "" });
    if (reply.row) this.begin(reply.row);
  }

  async duplicate() {
    if (!this.grid.at) return;
    const { row, field } = this.grid.at;
    const reply = await this.grid.sheet.act({ duplicate: row });
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
    const rows = grid.rows().filter((one) => one !== row);
    const index = grid.rows().indexOf(row) + step;
    await grid.sheet.act({ move: row, after: rows[index - 1] || "" });
    if (!grid.form.row) grid.goTo(row, field);
  }
}
