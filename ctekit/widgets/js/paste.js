// Out of a spreadsheet and into one: a pasted table is read here, planned by the kernel, shown, and only then written.

/** The words of a cell of somebody else's HTML, line by line, as people see them. */
function wordsOf(cell) {
  const skipped = new Set(["STYLE", "SCRIPT", "TABLE", "TEMPLATE"]);
  const block = /^(P|DIV|LI|UL|OL|H[1-6]|BLOCKQUOTE|PRE)$/;
  let words = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) words += node.data.replace(/\s+/g, " ");
    else if (node.nodeName === "BR") words += "\n";
    else if (!skipped.has(node.nodeName)) {
      const apart = block.test(node.nodeName) ? "\n" : "";
      words += apart;
      node.childNodes.forEach(walk);
      words += apart;
    }
  };
  cell.childNodes.forEach(walk);
  return words.replace(/[^\S\n]+/g, " ").replace(/ ?\n\s*/g, "\n").trim();
}

/** The first table of some HTML as lines of cells, or null. The document is inert: nothing in it runs or is fetched. */
function cellsOfHtml(html) {
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  const cells = [...table.rows].map(() => []);
  [...table.rows].forEach((line, down) => {
    let across = 0;
    for (const one of line.cells) {
      while (cells[down][across] !== undefined) across += 1;
      const words = wordsOf(one);
      // A merged cell says its words once; the cells it covers are blank.
      for (let y = 0; y < (one.rowSpan || 1) && down + y < cells.length; y += 1)
        for (let x = 0; x < one.colSpan; x += 1) cells[down + y][across + x] = x || y ? "" : words;
    }
  });
  return cells.map((line) => Array.from(line, (words) => words ?? ""));
}

/** Tab-separated text as lines of cells; a cell in quotes may hold tabs, lines and doubled quotes. */
function cellsOfText(text) {
  const lines = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const [, quoted, plain, end] = cell.exec(text);
    lines.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end && end !== "\t") lines.push([]);
    else if (end === "\t" && cell.lastIndex === text.length) lines.at(-1).push("");
  }
  if (!lines.at(-1).length) lines.pop();
  return lines;
}

/** A spreadsheet must not take words for a formula. */
const guarded = (words) => (/^[=+\-@]/.test(words) ? `'${words}` : words);

/** Lines of cells in the two forms that spreadsheets and word processors take. */
function copied(lines) {
  const safe = lines.map((line) => line.map(guarded));
  const quoted = (words) => (/[\t\r\n"]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words);
  const inHtml = (words) => words.split("\n").flatMap((part, at) => (at ? [make("br"), part] : [part]));
  const table = make("table", {}, ...safe.map((line) => make("tr", {}, ...line.map((words) => make("td", {}, ...inHtml(words))))));
  return { "text/plain": safe.map((line) => line.map(quoted).join("\t")).join("\n"), "text/html": table.outerHTML };
}

/** Copy without a key of the person's: by an event of our own, which also works where the page has no secure address. */
function copyLines(lines) {
  const forms = copied(lines);
  const held = make("textarea", { class: "ck-hidden", "aria-hidden": "true" }, " "); // nothing selected, nothing copied
  const before = document.activeElement;
  const put = (event) => {
    for (const [kind, words] of Object.entries(forms)) event.clipboardData.setData(kind, words);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.body.append(held);
  held.select();
  document.addEventListener("copy", put, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  held.remove();
  before?.focus();
  return done;
}

/**
 * Copying from a table or a matrix and pasting into it.
 * The host has `element`, `table`, `question`, `editing`, `commit()`, `rows()`, `fields()`, `words(row, field)`, `lines()`, `goTo(row, field)`.
 */
class Clipboard {
  constructor(sheet, host) {
    this.sheet = sheet;
    this.host = host;
    this.panel = make("section", { class: "ck-notice ck-paste", hidden: true, "aria-label": `Paste into “${host.question.title}”` });
    this.button = make("button", { type: "button", onclick: () => this.copyAll() }, "Copy table");
    host.element.addEventListener("paste", (event) => this.paste(event));
    host.table.addEventListener("copy", (event) => this.copy(event));
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && (event.preventDefault(), this.close()));
  }

  copy(event) {
    const cell = event.target.closest?.("td[data-field]");
    if (!cell || this.host.editing || !document.getSelection().isCollapsed) return;
    const forms = copied([[this.host.words(cell.dataset.row, cell.dataset.field)]]);
    event.clipboardData.setData("text/plain", forms["text/plain"]);
    event.clipboardData.setData("text/html", forms["text/html"]);
    event.preventDefault();
    event.stopPropagation();
    this.sheet.saver.tell("Cell copied.");
  }

  copyAll() {
    const lines = this.host.lines();
    const done = copyLines(lines);
    this.sheet.saver.tell(done ? `Table copied: ${lines.length - 1} rows with their headings.` : "Not copied: the browser does not allow it here.", !done);
  }

  /** A table goes into the cells from the one in focus on; a few words go into the text that is being typed, as everywhere. */
  async paste(event) {
    const inCell = event.target.closest("td[data-field]");
    const inText = event.target.closest("input, textarea, select");
    if (inText && !inCell) return;
    const text = event.clipboardData.getData("text/plain");
    const table = cellsOfHtml(event.clipboardData.getData("text/html"));
    const cells = table || cellsOfText(text);
    const single = cells.length === 1 && cells[0].length === 1;
    if (!cells.length || (inText && (single || !(table || text.includes("\t"))))) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.host.editing) this.host.commit();
    const { row = "", field = "" } = inCell ? inCell.dataset : {};
    const wanted = { table: this.host.question.field, row, column: field, cells, rows: this.host.rows(), columns: this.host.fields() };
    const { plan } = await this.sheet.act({ paste: wanted });
    this.from = { row, field };
    if (single && plan.cells && !plan.misfits.length) this.write();
    else this.show(plan, cells);
  }

  show(plan, cells) {
    const widest = Math.max(...cells.map((line) => line.length));
    const write = plan.cells > 0 && make("button", { type: "button", onclick: () => this.write() }, plan.unfit ? "Leave out what does not fit and paste" : "Paste");
    const cancel = make("button", { type: "button", onclick: () => this.close() }, "Cancel");
    const misfits = plan.misfits.map(([lines, column, words, why]) => make("li", {}, make("strong", {}, [column, lines].filter(Boolean).join(", ")), ": ", words && !why.includes(words) ? `“${words}”. ` : "", why));
    this.panel.replaceChildren(
      make("p", {}, make("strong", {}, `Paste ${cells.length} × ${widest} cells into “${this.host.question.title}”?`)),
      make("p", {}, plan.words),
      plan.unfit ? make("p", { class: "ck-error" }, plan.unfit) : "",
      plan.unfit ? make("ul", { class: "ck-misfits", tabindex: "0", "aria-label": "What does not fit" }, ...misfits) : "",
      plan.more ? make("p", {}, `And ${plan.more} more like these.`) : "",
      make("p", {}, write || "", " ", cancel),
    );
    this.panel.hidden = false;
    (write || cancel).focus();
  }

  async write() {
    const { words, first } = await this.sheet.act({ pasted: true });
    this.close(first);
    this.sheet.saver.tell(words);
  }

  close(place = [this.from.row, this.from.field]) {
    this.panel.hidden = true;
    this.host.goTo(...place);
  }
}
