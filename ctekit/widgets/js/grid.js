// A table of rows: the W3C grid pattern. One tab stop; arrows move; Enter, F2, a click or just typing edits; Esc takes it back.

/** Arrow keys, Home and End over a grid of cells; shared by tables and the matrix. */
function moveFocus(event, grid, cell) {
  const line = cell.parentElement;
  const across = [...line.cells].filter((one) => one.hasAttribute("tabindex"));
  const at = across.indexOf(cell);
  const lines = [...grid.tBodies[0].rows];
  const down = lines.indexOf(line);
  const pick = (row, column) => [...(lines[row]?.cells || [])].filter((one) => one.hasAttribute("tabindex"))[column];
  const all = event.ctrlKey || event.metaKey;
  const next = {
    ArrowLeft: () => across[at - 1],
    ArrowRight: () => across[at + 1],
    ArrowUp: () => pick(down - 1, at),
    ArrowDown: () => pick(down + 1, at),
    Home: () => (all ? pick(0, 0) : across[0]),
    End: () => (all ? pick(lines.length - 1, across.length - 1) : across[across.length - 1]),
  }[event.key];
  if (!next) return false;
  event.preventDefault();
  const target = next();
  if (target) focusCell(grid, target);
  return true;
}

/** Give a cell the grid's one tab stop, and the focus. */
function focusCell(grid, cell, take = true) {
  grid.querySelectorAll('[tabindex="0"]').forEach((one) => (one.tabIndex = -1));
  cell.tabIndex = 0;
  if (take) cell.focus();
}

/** One table question. */
class Grid {
  /** @param {Sheet} sheet */
  constructor(sheet, question) {
    this.sheet = sheet;
    this.question = question;
    this.editing = null;
    this.late = false; // whether something changed while somebody was typing
    this.table = make("table", { role: "grid", class: "ck-grid", "aria-label": question.title });
    this.hint = make("p", { class: "ck-hint", id: newDomId() });
    this.error = make("p", { class: "ck-error", id: newDomId(), role: "alert" });
    this.detail = make("div", { class: "ck-row-form", hidden: true });
    this.bar = make("div", { class: "ck-bar", role: "toolbar", "aria-label": `Rows of “${question.title}”` });
    this.buttons = {};
    for (const [name, words, act] of [
      ["add", "Add a row", () => this.add()],
      ["open", "Open row as a form", () => this.open()],
      ["up", "Move up", () => this.move(-1)],
      ["down", "Move down", () => this.move(1)],
      ["remove", "Delete row", () => this.remove()],
      ["ready", `Start with ${question.ready} usual rows`, () => sheet.act({ ready_rows: question.field })],
    ]) {
      this.buttons[name] = make("button", { type: "button", onclick: act }, words);
      this.bar.append(this.buttons[name]);
    }
    this.count = make("span", { class: "ck-count" });
    this.bar.append(this.count);
    this.closed = make("p", { class: "ck-closed", hidden: true });
    this.scroll = make("div", { class: "ck-scroll" }, this.table);
    this.element = make("div", { class: "ck-question ck-table", "data-field": question.field },
      make("h4", { class: "ck-label" }, question.title, question.private ? make("span", { class: "ck-tag" }, "Facilitator only") : null),
      question.hint ? make("p", { class: "ck-hint" }, question.hint) : null,
      this.closed, this.bar, this.scroll, this.hint, this.error, this.detail);
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-field]");
      if (cell && !this.editing) this.edit(cell);
      else if (cell && this.editing && cell !== this.editing.cell) (this.commit(), this.edit(this.cell(cell.dataset.row, cell.dataset.field)));
    });
    this.table.addEventListener("focusin", (event) => {
      const cell = event.target.closest("td[data-field]");
      if (cell) this.here(cell);
    });
    sheet.onState(() => this.draw());
  }

  rows() {
    return this.sheet.state.rows[this.question.field] || [];
  }

  columns() {
    return this.question.columns.filter((column) => this.sheet.shows(column));
  }

  cell(row, field) {
    return this.table.querySelector(`td[data-row="${row}"][data-field="${field}"]`);
  }

  /** Draw the table anew, unless somebody is typing in it. */
  draw() {
    const rows = this.rows();
    const reason = this.sheet.state.closed[this.question.field];
    this.closed.hidden = !reason;
    this.closed.textContent = reason || "";
    this.bar.hidden = this.scroll.hidden = Boolean(reason);
    this.buttons.ready.hidden = rows.length > 0 || !this.question.ready;
    this.count.textContent = rows.length === 1 ? "1 row" : `${rows.length} rows`;
    this.late = Boolean(this.editing);
    if (this.late) return;
    const columns = this.columns();
    const focused = this.table.contains(document.activeElement) ? document.activeElement.closest("td") : null;
    const head = make("tr", {}, ...columns.map((column) => make("th", { scope: "col" }, column.title)));
    const body = make("tbody", {});
    for (const row of rows) {
      const line = make("tr", { "data-row": row });
      for (const column of columns) {
        const cell = make("td", { role: "gridcell", tabindex: "-1", "data-row": row, "data-field": column.field });
        this.fill(cell, column);
        line.append(cell);
      }
      body.append(line);
    }
    this.table.replaceChildren(make("caption", { class: "ck-hidden" }, `${this.question.title}. Arrow keys move, Enter edits.`), make("thead", {}, head), body);
    this.scroll.hidden = this.scroll.hidden || !rows.length;
    const wanted = this.at && this.cell(this.at.row, this.at.field);
    const stop = (focused && this.cell(focused.dataset.row, focused.dataset.field)) || wanted || body.querySelector("td");
    if (stop) focusCell(this.table, stop, Boolean(focused));
    this.enable();
    if (!this.detail.hidden && (!this.at || !rows.includes(this.at.row))) this.detail.hidden = true;
  }

  fill(cell, column) {
    const value = this.sheet.value(cell.dataset.row, column.field);
    const mark = this.sheet.value(cell.dataset.row, `marks/${column.field}`);
    const wrong = this.sheet.saver.wrong.get(keyOf(cell.dataset.row, column.field));
    cell.textContent = wrong ? String(wrong.value) : inWords(column, value, this.sheet.refs) || (mark ? mark.kind : "");
    cell.classList.toggle("ck-wrong", Boolean(wrong));
    if (wrong) (cell.setAttribute("aria-invalid", "true"), cell.setAttribute("aria-describedby", this.error.id));
  }

  here(cell) {
    this.at = { row: cell.dataset.row, field: cell.dataset.field };
    focusCell(this.table, cell, false);
    const column = this.question.columns.find((one) => one.field === cell.dataset.field);
    this.hint.textContent = [column.title, column.hint, column.example ? `Example: ${column.example}` : ""].filter(Boolean).join(" · ");
    this.error.textContent = this.sheet.saver.wrong.get(keyOf(cell.dataset.row, cell.dataset.field))?.wrong || "";
    this.table.querySelectorAll("tr.ck-here").forEach((line) => line.classList.remove("ck-here"));
    cell.parentElement.classList.add("ck-here");
    this.enable();
  }

  enable() {
    const rows = this.rows();
    const index = this.at ? rows.indexOf(this.at.row) : -1;
    this.buttons.open.disabled = this.buttons.remove.disabled = index < 0;
    this.buttons.up.disabled = index < 1;
    this.buttons.down.disabled = index < 0 || index === rows.length - 1;
  }

  key(event) {
    const cell = event.target.closest("td[data-field]");
    if (!cell) return;
    if (this.editing) {
      const long = this.editing.column.kind === "long_text";
      if (event.key === "Escape") (event.preventDefault(), this.commit(true), cell.focus());
      else if (event.key === "Enter" && !(long && event.shiftKey) && event.target.tagName !== "BUTTON") (event.preventDefault(), this.commit(), this.cell(cell.dataset.row, cell.dataset.field).focus());
      else if (event.key === "Tab" && !isMany(this.editing.column)) this.tab(event, cell);
      return;
    }
    if (moveFocus(event, this.table, cell)) return;
    if (event.key === "Enter" || event.key === "F2") (event.preventDefault(), this.edit(cell));
    else if (event.key === "Delete" || event.key === "Backspace") (event.preventDefault(), this.sheet.typed(cell.dataset.row, cell.dataset.field, null, true), this.draw());
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) (event.preventDefault(), this.edit(cell, event.key));
  }

  /** Tab goes on to the next cell of the grid, and leaves it only after the last. */
  tab(event, cell) {
    const cells = [...this.table.querySelectorAll("td[data-field]")];
    const next = cells[cells.indexOf(cell) + (event.shiftKey ? -1 : 1)];
    this.commit();
    if (!next) return;
    event.preventDefault();
    this.edit(this.cell(next.dataset.row, next.dataset.field));
  }

  edit(cell, key = "") {
    const { row, field } = cell.dataset;
    const column = this.question.columns.find((one) => one.field === field);
    const before = this.sheet.value(row, field);
    focusCell(this.table, cell, false);
    const wrong = this.sheet.saver.wrong.get(keyOf(row, field));
    const shown = wrong ? wrong.value : before;
    const part = control(column, shown, () => this.sheet.refs, (value, now) => this.sheet.typed(row, field, value, now),
      { name: `${column.title}, ${this.nameOf(row)}`, describedby: `${this.hint.id} ${this.error.id}`, lines: column.kind === "text" });
    this.editing = { cell, column, part, before };
    cell.replaceChildren(part.element);
    part.focus.focus();
    if (key && "value" in part.focus && part.focus.tagName !== "SELECT") {
      part.focus.value = key;
      part.focus.dispatchEvent(new Event("input"));
    } else part.focus.select?.();
    part.element.addEventListener("focusout", (event) => {
      if (!cell.contains(event.relatedTarget)) setTimeout(() => this.editing?.cell === cell && !cell.contains(document.activeElement) && this.commit());
    });
  }

  /** End the editing; with `back` what stood there before is put back. */
  commit(back = false) {
    const { cell, column, part, before } = this.editing;
    const { row, field } = cell.dataset;
    this.editing = null;
    const value = back ? before : part.get();
    if (back ? this.sheet.saver.dirty(row, field) : !same(value, this.sheet.value(row, field))) this.sheet.typed(row, field, value, true);
    this.sheet.saver.flush();
    cell.replaceChildren();
    this.fill(cell, column);
    if (this.late) this.draw();
  }

  nameOf(row) {
    const column = this.question.columns.find((one) => one.field === this.question.named_by);
    return inWords(column, this.sheet.value(row, column.field), this.sheet.refs) || `row ${this.rows().indexOf(row) + 1}`;
  }

  async add() {
    const reply = await this.sheet.act({ add: this.question.field, after: this.at?.row || this.rows().at(-1) || "" });
    const cell = reply.row && this.table.querySelector(`td[data-row="${reply.row}"]`);
    if (cell) (this.here(cell), this.edit(cell));
  }

  async remove() {
    const { row } = this.at;
    const name = this.nameOf(row);
    const next = this.rows()[this.rows().indexOf(row) + 1] || this.rows()[this.rows().indexOf(row) - 1];
    await this.sheet.act({ remove: row });
    this.sheet.offerBack(`“${name}” deleted.`, { restore: row });
    if (next && this.cell(next, this.at.field)) focusCell(this.table, this.cell(next, this.at.field));
  }

  async move(step) {
    const { row, field } = this.at;
    const rows = this.rows().filter((one) => one !== row);
    const index = this.rows().indexOf(row) + step;
    await this.sheet.act({ move: row, after: rows[index - 1] || "" });
    focusCell(this.table, this.cell(row, field));
  }

  /** The row of the focused cell with every question in full: hints, honest blanks, the sample's answers. */
  open() {
    const { row } = this.at;
    this.detail.replaceChildren(
      make("h5", {}, `${this.question.title}: ${this.nameOf(row)}`),
      ...this.columns().map((column) => questionBlock(this.sheet, column, row)),
      make("button", { type: "button", onclick: () => ((this.detail.hidden = true), this.cell(row, this.at.field).focus()) }, "Close the form"),
    );
    this.detail.hidden = false;
    this.detail.querySelector("input, textarea, select")?.focus();
  }
}

const same = (a, b) => JSON.stringify(a ?? "") === JSON.stringify(b ?? "") || ((a ?? "") === "" && (b ?? "") === "") || (Array.isArray(a) && !a.length && !b);
