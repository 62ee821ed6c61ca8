// A table of rows: the W3C grid pattern. One tab stop; arrows move; Enter, F2, a click or just typing edits; Esc takes it back.

import { focusCell, moveFocus } from "./cell_focus.js";
import { inWords } from "./choices.js";
import { Clipboard } from "./clipboard.js";
import { control } from "./controls.js";
import { make, markWrong, newDomId } from "./dom.js";
import { Entry } from "./entry.js";
import { isComposing, typesCharacter } from "./keys.js";
import { elsewhere } from "./question.js";
import { RowForm } from "./row_form.js";
import { RowToolbar } from "./row_toolbar.js";
import { SortFind } from "./sort_find.js";
import { filled, keyOf, legible, same } from "./values.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

/** One table question. */
export class Grid {
  /** @param {Sheet} sheet */
  constructor(sheet, question) {
    this.sheet = sheet;
    this.question = question;
    /** @type {{cell: HTMLElement, column: any, part: any, before: any, shown: any} | null} */ this.editing = null;
    /** @type {{row: string, field: string} | null} */ this.at = null;
    /** @type {Map<string, HTMLElement>} */ this.cells = new Map();
    this.shown = new WeakMap(); // the words of each cell as we wrote them; what stands there may have been translated
    this.late = false; // whether something changed while somebody was typing
    this.table = make("table", { role: "grid", class: "ck-grid", "aria-label": question.title });
    this.label = make("h4", { class: "ck-label", id: newDomId() }, question.title, " ", question.private ? make("span", { class: "ck-tag" }, "Facilitator only") : "");
    this.hint = make("p", { class: "ck-hint", id: newDomId() });
    this.error = make("p", { class: "ck-error", id: newDomId(), role: "alert" });
    this.closed = make("p", { class: "ck-closed", hidden: true });
    this.empty = make("p", { class: "ck-empty", hidden: true }, sheet.spec.mailed ? "No rows yet. Add one." : "No rows yet. Add one, or copy rows in a spreadsheet, click here and paste them.");
    this.scroll = make("div", { class: "ck-scroll", tabindex: "-1" }, this.table, this.empty);
    this.element = make("div", { class: "ck-question ck-table", "data-field": question.field });
    this.form = new RowForm(this);
    this.sortFind = new SortFind(this);
    this.clipboard = new Clipboard(sheet, this);
    this.toolbar = new RowToolbar(this);
    this.element.append(
      make("div", { class: "ck-over" }, this.label, this.sortFind.element), question.hint ? make("p", { class: "ck-hint" }, question.hint) : "",
      this.closed, this.clipboard.panel, this.scroll, this.hint, this.error, this.toolbar.inHand, this.form.element, this.toolbar.element);
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.entry = new Entry(this);
    this.table.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-field]");
      if (!cell || cell === this.editing?.cell) return;
      if (this.editing) this.commit();
      this.edit(this.cell(cell.dataset.row, cell.dataset.field));
    });
    this.table.addEventListener("focusin", (event) => {
      const cell = event.target.closest("td[data-field]");
      if (cell) this.here(cell);
    });
    sheet.onState(() => this.draw());
  }

  /** The rows in the order that is stored. */
  all() {
    return this.sheet.state.rows[this.question.field] || [];
  }

  /** The rows as they are looked at now. */
  rows() {
    return this.sortFind.rows(this.all());
  }

  columns() {
    return this.question.columns.filter((column) => this.sheet.shows(column));
  }

  fields() {
    return this.columns().map((column) => column.field);
  }

  column(field) {
    return this.question.columns.find((column) => column.field === field);
  }

  cell(row, field) {
    return this.cells?.get(keyOf(row, field)) || null;
  }

  words(row, field) {
    return inWords(this.column(field), this.sheet.value(row, field), this.sheet.refs);
  }

  /** What stands in the table, with its headings, as lines of words. */
  lines() {
    return [this.columns().map((column) => column.title), ...this.rows().map((row) => this.fields().map((field) => this.words(row, field)))];
  }

  blank(row, field) {
    return !filled(this.sheet.value(row, field)) && !this.sheet.value(row, `marks/${field}`);
  }

  /** Whether nothing at all stands in a row. */
  isBlank(row) {
    return this.question.columns.every((column) => this.blank(row, column.field));
  }

  /** A row is complete when nothing quick is blank that has no reason to be. */
  isComplete(row) {
    const quick = this.question.columns.filter((column) => column.quick && !column.private);
    return (quick.length ? quick : this.columns()).every((column) => !this.blank(row, column.field));
  }

  /** Bring the table up to date, unless somebody is typing in it. Only cells that changed are touched. */
  draw() {
    const all = this.all();
    const rows = this.rows();
    const columns = this.columns();
    const reason = this.sheet.state.closed[this.question.field];
    this.closed.hidden = !reason;
    this.closed.textContent = reason || "";
    this.toolbar.draw(all, reason);
    this.late = Boolean(this.editing || this.entry.composing);
    if (this.editing) return this.told(this.editing);
    if (this.entry.composing) return;
    this.sortFind.draw(all, columns);
    this.empty.hidden = rows.length > 0;
    const focused = /** @type {HTMLElement | null} */ (this.table.querySelector(":focus"))?.dataset;
    const shape = JSON.stringify([rows, columns.map((column) => column.field), this.sortFind.shown && [this.sortFind.sort, this.sortFind.down], rows.length > 1]);
    if (shape !== this.shape) this.build(rows, columns);
    else for (const cell of this.cells.values()) this.fill(cell, this.column(cell.dataset.field));
    if (shape !== this.shape) {
      const heading = focused?.sort && this.table.querySelector(`[data-sort="${focused.sort}"]`);
      const stop = heading || (this.at && this.cell(this.at.row, this.at.field)) || this.table.querySelector("td");
      if (stop) focusCell(this.table, stop, Boolean(focused));
    }
    this.shape = shape;
    this.form.follow();
    this.toolbar.enable();
  }

  build(rows, columns) {
    const names = columns.find(({ field }) => field === this.question.named_by) ?? columns[0]; // stays in view
    const head = make("tr", {}, ...columns.map((column) => this.sortFind.heading(column)));
    head.children[columns.indexOf(names)]?.classList.add("ck-stays");
    const body = make("tbody", {});
    this.cells = new Map();
    for (const row of rows) {
      const line = make("tr", { "data-row": row });
      for (const column of columns) {
        const role = column.field === this.question.named_by ? "rowheader" : "gridcell"; // moving down a column, its name is read out
        const isName = role === "rowheader" || column.target;
        const cell = make("td", { role, class: column === names ? "ck-stays" : undefined, tabindex: "-1", dir: "auto", translate: isName ? "no" : undefined, "data-row": row, "data-field": column.field, "data-kind": column.kind });
        this.fill(cell, column);
        this.cells.set(keyOf(row, column.field), cell);
        line.append(cell);
      }
      body.append(line);
    }
    this.table.replaceChildren(make("caption", { class: "ck-hidden" }, `${this.question.title}. Arrow keys move, Enter edits; on a heading Enter sorts.`), make("thead", {}, head), body);
  }

  fill(cell, column) {
    const { row } = cell.dataset;
    const wrong = this.sheet.autosave.wrong.get(keyOf(row, column.field));
    const words = wrong ? String(wrong.value) : this.words(row, column.field) || this.sheet.value(row, `marks/${column.field}`)?.kind || "";
    if (this.shown.get(cell) !== words) {
      this.shown.set(cell, words);
      cell.textContent = words;
      this.entry.name(cell);
    }
    if (Boolean(wrong) === cell.classList.contains("ck-wrong")) return;
    cell.classList.toggle("ck-wrong", Boolean(wrong));
    markWrong(cell, wrong);
    if (wrong) cell.setAttribute("aria-describedby", this.error.id);
    else cell.removeAttribute("aria-describedby");
  }

  /** While a cell is typed in, its control says itself what its cell would say. */
  told({ cell, part }) {
    markWrong(part.focus, this.sheet.autosave.wrong.has(keyOf(cell.dataset.row, cell.dataset.field)));
  }

  here(cell) {
    this.at = { row: cell.dataset.row, field: cell.dataset.field };
    focusCell(this.table, cell, false);
    const column = this.column(cell.dataset.field);
    const link = elsewhere(this.sheet, column, this.label.id);
    this.hint.replaceChildren([column.title, column.hint, column.example ? `Example: ${column.example}` : ""].filter(Boolean).join(" · "), ...(link ? [" ", link] : []));
    this.error.textContent = this.sheet.autosave.wrong.get(keyOf(cell.dataset.row, cell.dataset.field))?.wrong || "";
    this.table.querySelectorAll("tr.ck-here").forEach((line) => line.classList.remove("ck-here"));
    cell.parentElement.classList.add("ck-here");
    if (!this.editing) this.entry.open(cell);
    this.toolbar.enable();
  }

  key(event) {
    const cell = event.target.closest("td[data-field]");
    if (!cell) return void moveFocus(event, this.table, event.target);
    if (this.toolbar.early !== null) return this.keyBetween(event);
    if (isComposing(event)) return this.editing ? undefined : this.entry.begin(cell);
    if (this.editing) return this.keyWhileEditing(event, cell);
    if (moveFocus(event, this.table, cell)) return;
    const { row, field } = cell.dataset;
    if (event.key === "Enter" || event.key === "F2") this.edit(cell);
    else if (event.key === "Delete" || event.key === "Backspace") {
      this.sheet.typed(row, field, null, true);
      this.draw();
    } else if (typesCharacter(event)) this.edit(cell, event.key);
    else return;
    event.preventDefault();
  }

  /** Between two rows: what is typed before the new one is there begins it. */
  keyBetween(event) {
    if (typesCharacter(event)) this.toolbar.early += event.key;
    if (event.key.length === 1 || ["Enter", "Tab", "Backspace"].includes(event.key)) event.preventDefault();
  }

  keyWhileEditing(event, cell) {
    if (!this.editing) return;
    const { column, part } = this.editing;
    const newLine = column.control === "lines" && event.shiftKey;
    if (event.key === "Escape") {
      event.preventDefault();
      this.commit(true);
    } else if (event.key === "Enter" && !newLine && event.target.tagName !== "BUTTON") {
      event.preventDefault();
      this.commit();
      if (cell.dataset.field === this.fields().at(-1)) this.toolbar.next(cell.dataset.row);
    } else if (event.key === "Tab" && !part.tab?.(event)) this.tab(event, cell);
  }

  /** Tab goes on to the next cell; after the last it begins a row, and leaves the grid after a row that is empty. */
  tab(event, cell) {
    const cells = [...this.table.querySelectorAll("td[data-field]")];
    const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
    this.commit();
    if (!next && !event.shiftKey && this.toolbar.next(cell.dataset.row)) return void event.preventDefault();
    if (!next) return;
    event.preventDefault();
    this.edit(this.cell(next.dataset.row, next.dataset.field));
  }

  edit(cell, key = "") {
    const { row, field } = cell.dataset;
    const column = this.column(field);
    const before = this.sheet.value(row, field);
    focusCell(this.table, cell, false);
    const wrong = this.sheet.autosave.wrong.get(keyOf(row, field));
    const shown = wrong ? wrong.value : before;
    const part = control(column, shown, () => this.sheet.refs, (value, now) => this.sheet.typed(row, field, value, now),
      { name: `${column.title}, ${this.nameOf(row)}`, describedby: `${this.hint.id} ${this.error.id}` });
    this.editing = { cell, column, part, before, shown: part.get() };
    this.sheet.seen.begin(row, field);
    this.entry.close(cell);
    this.shown.delete(cell);
    cell.replaceChildren(part.element);
    this.told(this.editing);
    part.focus.focus();
    if (part.isGroup) part.element.scrollIntoView?.({ block: "nearest" }); // all of its boxes, not the first alone
    if (key && part.focus.matches("textarea, input:not([type=checkbox], [type=radio])")) {
      part.focus.value = key;
      part.focus.dispatchEvent(new Event("input"));
    } else if (key) part.type?.(key, performance.now());
    else part.focus.select?.();
    part.element.addEventListener("focusout", (event) => {
      if (!cell.contains(event.relatedTarget)) setTimeout(() => this.editing?.cell === cell && !cell.contains(document.activeElement) && this.commit());
    });
  }

  /** End the editing; with `back` what stood there before is put back. */
  commit(back = false) {
    if (!this.editing) return;
    const { cell, column, part, before, shown } = this.editing;
    const { row, field } = cell.dataset;
    const hasFocus = cell.contains(document.activeElement);
    this.editing = null;
    const value = back ? before : part.get();
    const isNew = !same(value, shown) && !same(value, this.sheet.value(row, field)) && !this.sheet.notices.gaveWay(row, field, value); // what others wrote meanwhile is no edit
    if (back ? this.sheet.autosave.dirty(row, field) : isNew) this.sheet.typed(row, field, value, true);
    this.sheet.seen.end(row, field);
    this.sheet.autosave.flush();
    this.shown.delete(cell);
    cell.replaceChildren();
    this.fill(cell, column);
    if (this.late) this.draw();
    // The control that had the focus is gone; so may be its cell, where the table was built anew.
    if (hasFocus) (this.cell(row, field) || /** @type {HTMLElement | null} */ (this.table.querySelector('td[tabindex="0"]')))?.focus();
  }

  nameOf(row) {
    return legible(this.words(row, this.question.named_by)) || `row ${this.rows().indexOf(row) + 1}`;
  }

  /** Put the focus on a cell, or on its question where one row at a time is shown. */
  goTo(row, field) {
    const cell = this.cell(row, field) || (this.at && this.cell(this.at.row, this.at.field));
    if (cell?.checkVisibility()) return focusCell(this.table, cell);
    if (!this.rows().includes(row)) return this.toolbar.buttons.add.focus();
    if (this.form.row !== row) this.form.draw(row);
    return this.form.element.querySelector(`[data-field="${field}"]`)?.querySelector("input, textarea, select, button")?.focus();
  }
}
