// The matrix: tasks by organizations. Letters are typed straight into a cell; a row of buttons does the same by mouse or touch.

import { focusCell, moveFocus } from "./cell_focus.js";
import { Clipboard } from "./clipboard.js";
import { make, markWrong } from "./dom.js";
import { isComposing } from "./keys.js";
import { keyOf, legible } from "./values.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

/** Letters of a cell with one put in or taken out, in the order of the options. */
export function toggled(options, letters, letter) {
  const next = letters.includes(letter) ? letters.replace(letter, "") : letters + letter;
  return options.filter((option) => next.includes(option)).join("");
}

export class Matrix {
  /** @param {Sheet} sheet */
  constructor(sheet, question) {
    this.sheet = sheet;
    this.question = question;
    this.cells = new Map();
    /** @type {Map<string, HTMLElement>} */ this.totals = new Map();
    /** @type {{row: string, field: string} | null} */ this.at = null;
    this.single = !question.partial && question.options.find((_, i) => question.meanings[i].includes("one only")); // the letter that stands once in a row
    this.table = make("table", { role: "grid", class: question.partial ? "ck-grid ck-matrix ck-partial" : "ck-grid ck-matrix", "aria-label": question.title });
    this.error = make("p", { class: "ck-error", role: "alert" });
    this.bar = make("div", { class: "ck-bar", role: "toolbar", "aria-label": `Letters for the cell in focus of “${question.title}”` });
    this.letters = question.options.map((letter, i) => {
      const button = make("button", { type: "button", "aria-pressed": "false", "data-letter": letter }, `${letter} ${question.meanings[i]}`);
      button.addEventListener("click", () => this.at && this.toggle(letter));
      this.bar.append(button);
      return button;
    });
    this.empty = make("p", { class: "ck-closed" }, "Write the tasks first, and the organizations in the profile: they make the rows and columns here.");
    this.scroll = make("div", { class: "ck-scroll" }, this.table);
    this.element = make("div", { class: "ck-question ck-table", "data-field": question.field });
    this.clipboard = new Clipboard(sheet, this);
    this.bar.append(this.clipboard.button);
    this.element.append(
      make("h4", { class: "ck-label" }, question.title),
      make("p", { class: "ck-hint" }, `${question.hint} Type the letters in a cell; type one again to take it away.`),
      this.empty, this.bar, this.clipboard.panel, this.scroll, this.error);
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("focusin", (event) => this.here(event.target.closest("td[data-field]")));
    this.table.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-field]");
      if (cell) focusCell(this.table, cell);
    });
    this.table.addEventListener("focusout", () => sheet.autosave.flush());
    sheet.onState(() => this.draw());
  }

  rows() {
    return this.sheet.state.rows[this.question.along] || [];
  }

  fields() {
    return (this.sheet.refs[this.question.target] || []).map(([column]) => `${this.question.field}/${column}`);
  }

  words(row, field) {
    return String(this.sheet.value(row, field) ?? "");
  }

  /** The letters with the names of rows and columns, as lines of words. */
  lines() {
    const names = (this.sheet.refs[this.question.target] || []).map(([, words]) => words);
    return [["", ...names], ...this.rows().map((row) => [this.nameOf(row), ...this.fields().map((field) => this.words(row, field))])];
  }

  /** Alone in a cell (`only="matrix"`) there is no table of the rows beside it to ask. */
  nameOf(row) {
    return legible(this.words(row, this.question.named_by)) || `row ${this.rows().indexOf(row) + 1}`;
  }

  goTo(row, field) {
    const cell = this.cell({ row, field }) || this.table.querySelector("td[data-field]");
    if (cell) focusCell(this.table, cell);
  }

  draw() {
    const rows = this.rows();
    const columns = this.sheet.refs[this.question.target] || [];
    const focused = this.table.contains(document.activeElement) ? this.at : null;
    this.empty.hidden = rows.length > 0 && columns.length > 0;
    this.bar.hidden = this.scroll.hidden = !this.empty.hidden;
    const shape = JSON.stringify([rows.map((row) => [row, this.nameOf(row)]), columns]);
    const anew = shape !== this.shape;
    if (anew) this.build(rows, columns);
    this.shape = shape;
    for (const cell of this.cells.values()) this.fill(cell);
    this.count();
    if (!anew) return;
    const stop = (this.at && this.cell(this.at)) || this.table.querySelector("td[data-field]");
    if (stop) focusCell(this.table, stop, Boolean(focused));
  }

  build(rows, columns) {
    this.cells = new Map();
    this.totals = new Map();
    const total = (key) => {
      const cell = make("td", { class: "ck-total", role: "gridcell", translate: "no", "aria-readonly": "true" });
      this.totals.set(key, cell);
      return cell;
    };
    const body = make("tbody");
    for (const row of rows) {
      const line = make("tr", {}, make("th", { scope: "row", dir: "auto", translate: "no" }, this.nameOf(row)));
      for (const [column] of columns) {
        const field = `${this.question.field}/${column}`;
        const cell = make("td", { role: "gridcell", tabindex: "-1", translate: "no", "data-row": row, "data-field": field });
        this.cells.set(keyOf(row, field), cell);
        line.append(cell);
      }
      if (!this.question.partial) line.append(total(row)); // some columns alone give no total
      body.append(line);
    }
    const corner = make("td", {}, "");
    const head = make("thead", {}, make("tr", {}, corner, ...columns.map(([, words]) => make("th", { scope: "col", translate: "no" }, make("span", { dir: "auto" }, words))), this.question.partial ? null : make("th", { scope: "col" }, "Letters")));
    const foot = !this.question.partial && make("tfoot", {}, make("tr", {}, make("th", { scope: "row" }, "Letters"), ...columns.map(([column]) => total(`${this.question.field}/${column}`)), total("")));
    // Widths that are told, not measured from 480 cells: the browser lays the table out in half the time.
    const widths = make("colgroup", {}, make("col", { class: "ck-first" }), ...columns.map(() => make("col")), this.question.partial ? null : make("col", { class: "ck-last" }));
    this.table.style.setProperty("--ck-columns", String(columns.length));
    this.table.replaceChildren(make("caption", { class: "ck-hidden" }, this.question.title), widths, head, body, foot || "");
  }

  /** How many of each letter stand in every row and column; a row that is begun has to have the single letter once. */
  count() {
    /** @type {Map<string, Record<string, number>>} */
    const letters = new Map([...this.totals.keys()].map((key) => [key, {}]));
    for (const cell of this.cells.values())
      for (const letter of this.words(cell.dataset.row, cell.dataset.field))
        for (const key of [cell.dataset.row, cell.dataset.field, ""]) {
          const counts = letters.get(key);
          if (counts) counts[letter] = (counts[letter] || 0) + 1;
        }
    for (const [key, cell] of this.totals) {
      const counts = letters.get(key) || {};
      const words = this.question.options.filter((letter) => counts[letter]).map((letter) => `${letter}: ${counts[letter]}`);
      const isRow = key && !key.includes("/");
      const many = counts[this.single] || 0;
      const warning = isRow && this.single && words.length && many !== 1 ? (many ? `more than one ${this.single}` : `no ${this.single}`) : "";
      const text = [words.join(" "), warning].filter(Boolean).join(", ");
      if (cell.textContent !== text) cell.textContent = text;
      cell.classList.toggle("ck-warning", Boolean(warning));
    }
  }

  cell({ row, field }) {
    return this.cells.get(keyOf(row, field)) || null;
  }

  fill(cell) {
    const letters = String(this.words(cell.dataset.row, cell.dataset.field));
    const wrong = this.sheet.autosave.wrong.has(keyOf(cell.dataset.row, cell.dataset.field));
    if (wrong !== cell.hasAttribute("aria-invalid")) {
      markWrong(cell, wrong);
      cell.classList.toggle("ck-wrong", wrong);
    }
    if (cell.dataset.letters === letters) return;
    cell.textContent = letters;
    cell.dataset.letters = letters;
  }

  here(cell) {
    if (!cell) return;
    this.at = { row: cell.dataset.row, field: cell.dataset.field };
    focusCell(this.table, cell, false);
    this.error.textContent = this.sheet.autosave.wrong.get(keyOf(this.at.row, this.at.field))?.wrong || "";
    this.press();
  }

  press() {
    if (!this.at) return;
    const letters = this.words(this.at.row, this.at.field);
    for (const button of this.letters) button.setAttribute("aria-pressed", String(letters.includes(button.dataset.letter)));
  }

  /** Put one letter into the cell in focus, or take it away; the kernel reads it like any other answer. */
  toggle(letter) {
    if (!this.at) return;
    const cell = this.cell(this.at);
    const now = this.words(this.at.row, this.at.field); // never what the page shows: a browser may have translated that
    this.put(cell, toggled(this.question.options, now, letter));
  }

  put(cell, letters) {
    this.error.textContent = "";
    this.sheet.typed(cell.dataset.row, cell.dataset.field, letters || null, false);
    this.fill(cell);
    this.count();
    this.press();
  }

  key(event) {
    const cell = event.target.closest("td[data-field]");
    if (!cell || isComposing(event) || moveFocus(event, this.table, cell) || event.ctrlKey || event.metaKey || event.altKey) return;
    const letter = event.key.normalize("NFKC").toUpperCase(); // full-width letters too
    if (this.question.options.includes(letter)) this.toggle(letter);
    else if (event.key === "Delete" || event.key === "Backspace") this.put(cell, "");
    else if (event.key === "Enter") this.sheet.autosave.flush();
    else if (event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) {
      this.error.textContent = `“${event.key}” means nothing here. The letters are ${this.question.options.map((letter, i) => `${letter} ${this.question.meanings[i]}`).join(" · ")}.`;
    } else return;
    event.preventDefault();
  }
}
