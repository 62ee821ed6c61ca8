// The matrix: tasks by organizations. Letters are typed straight into a cell; a row of buttons does the same by mouse or touch.

class Matrix {
  /** @param {Sheet} sheet */
  constructor(sheet, question) {
    this.sheet = sheet;
    this.question = question;
    this.table = make("table", { role: "grid", class: "ck-grid ck-matrix", "aria-label": question.title });
    this.error = make("p", { class: "ck-error", role: "alert" });
    this.bar = make("div", { class: "ck-bar", role: "toolbar", "aria-label": "Letters for the cell in focus" });
    this.letters = question.options.map((letter, i) => {
      const button = make("button", { type: "button", "aria-pressed": "false", "data-letter": letter }, `${letter} ${question.meanings[i]}`);
      button.addEventListener("click", () => this.at && this.toggle(letter));
      this.bar.append(button);
      return button;
    });
    this.empty = make("p", { class: "ck-closed" }, "Write the tasks first, and the organizations in the profile: they make the rows and columns here.");
    this.scroll = make("div", { class: "ck-scroll" }, this.table);
    this.element = make("div", { class: "ck-question ck-table", "data-field": question.field },
      make("h4", { class: "ck-label" }, question.title),
      make("p", { class: "ck-hint" }, `${question.hint} Type the letters in a cell; type one again to take it away.`),
      this.empty, this.bar, this.scroll, this.error);
    this.table.addEventListener("keydown", (event) => this.key(event));
    this.table.addEventListener("focusin", (event) => this.here(event.target.closest("td[data-field]")));
    this.table.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-field]");
      if (cell) focusCell(this.table, cell);
    });
    this.table.addEventListener("focusout", () => sheet.saver.flush());
    sheet.onState(() => this.draw());
  }

  draw() {
    const rows = this.sheet.state.rows[this.question.along] || [];
    const columns = this.sheet.refs[this.question.target] || [];
    // Alone in a cell (`only="matrix"`) there is no table of the rows beside it to ask.
    const name = { nameOf: (row) => this.sheet.value(row, this.question.named_by) || `row ${rows.indexOf(row) + 1}` };
    const focused = this.table.contains(document.activeElement) ? this.at : null;
    this.empty.hidden = rows.length > 0 && columns.length > 0;
    this.bar.hidden = this.scroll.hidden = !this.empty.hidden;
    const shape = JSON.stringify([rows.map((row) => name.nameOf(row)), columns]);
    if (shape !== this.shape) this.build(rows, columns, name);
    this.shape = shape;
    for (const cell of this.table.querySelectorAll("td[data-field]")) this.fill(cell);
    const stop = (this.at && this.cell(this.at)) || this.table.querySelector("td[data-field]");
    if (stop) focusCell(this.table, stop, Boolean(focused));
  }

  build(rows, columns, name) {
    const body = make("tbody");
    for (const row of rows) {
      const line = make("tr", {}, make("th", { scope: "row" }, name.nameOf(row)));
      for (const [column] of columns) line.append(make("td", { role: "gridcell", tabindex: "-1", "data-row": row, "data-field": `${this.question.field}/${column}` }));
      body.append(line);
    }
    const corner = make("td", {}, "");
    const head = make("thead", {}, make("tr", {}, corner, ...columns.map(([, words]) => make("th", { scope: "col" }, make("span", {}, words)))));
    this.table.replaceChildren(make("caption", { class: "ck-hidden" }, this.question.title), head, body);
  }

  cell({ row, field }) {
    return this.table.querySelector(`td[data-row="${row}"][data-field="${field}"]`);
  }

  fill(cell) {
    const letters = this.sheet.value(cell.dataset.row, cell.dataset.field) || "";
    if (cell.textContent === letters) return;
    cell.textContent = letters;
    cell.dataset.letters = letters;
  }

  here(cell) {
    if (!cell) return;
    this.at = { row: cell.dataset.row, field: cell.dataset.field };
    focusCell(this.table, cell, false);
    this.press(cell);
  }

  press(cell) {
    for (const button of this.letters) button.setAttribute("aria-pressed", String(cell.textContent.includes(button.dataset.letter)));
  }

  /** Put one letter into the cell in focus, or take it away; the kernel reads it like any other answer. */
  toggle(letter) {
    const cell = this.cell(this.at);
    const now = cell.textContent;
    const next = now.includes(letter) ? now.replace(letter, "") : now + letter;
    this.put(cell, this.question.options.filter((one) => next.includes(one)).join(""));
  }

  put(cell, letters) {
    this.error.textContent = "";
    this.sheet.typed(cell.dataset.row, cell.dataset.field, letters || null, false);
    this.fill(cell);
    this.press(cell);
  }

  key(event) {
    const cell = event.target.closest("td[data-field]");
    if (!cell || moveFocus(event, this.table, cell) || event.ctrlKey || event.metaKey || event.altKey) return;
    const letter = event.key.toUpperCase();
    if (this.question.options.includes(letter)) (event.preventDefault(), this.toggle(letter));
    else if (event.key === "Delete" || event.key === "Backspace") (event.preventDefault(), this.put(cell, ""));
    else if (event.key === "Enter") (event.preventDefault(), this.sheet.saver.flush());
    else if (event.key.length === 1 && /[\p{L}\p{N}]/u.test(event.key)) {
      event.preventDefault();
      this.error.textContent = `“${event.key}” means nothing here. The letters are ${this.question.options.map((one, i) => `${one} ${this.question.meanings[i]}`).join(" · ")}.`;
    }
  }
}
