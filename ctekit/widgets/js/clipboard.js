// Out of a spreadsheet and into one: a pasted table is read here, planned by the kernel, shown, and only then written.

import { make } from "./dom.js";

// So much is taken at a time; how much more there was is said.
const MOST_LINES = 1000;
const MOST_COLUMNS = 200;
const MOST_CHARACTERS = 4e6;

/** The words of a cell of somebody else's HTML, line by line, as people see them; of a table in it, too. */
function wordsOf(cell) {
  const skipped = new Set(["STYLE", "SCRIPT", "TEMPLATE"]);
  const block = /^(P|DIV|LI|UL|OL|H[1-6]|BLOCKQUOTE|PRE|TABLE|TR)$/;
  let words = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) words += node.data.replace(/\s+/g, " ");
    else if (node.nodeName === "BR") words += "\n";
    else if (!skipped.has(node.nodeName)) {
      const apart = block.test(node.nodeName) ? "\n" : /^T[DH]$/.test(node.nodeName) ? " " : "";
      words += apart;
      node.childNodes.forEach(walk);
      words += apart;
    }
  };
  cell.childNodes.forEach(walk);
  return words.replace(/[^\S\n]+/g, " ").replace(/ ?\n\s*/g, "\n").trim();
}

/** How many cells of a table hold words of their own, not of a table inside: in all, and in one line at most. */
function measured(table) {
  const own = (node) => [...node.childNodes].some((child) => (child.nodeType === Node.TEXT_NODE ? /\S/.test(child.data) : child.nodeName !== "TABLE" && own(child)));
  const lines = [...table.rows].slice(0, MOST_LINES).map((line) => [...line.cells].filter(own).length);
  return { table, size: lines.reduce((sum, cells) => sum + cells, 0), width: Math.max(0, ...lines) };
}

/** The tables that hold data: none with a cell only, and none that only lays out a mail round another. */
function dataTables(page) {
  const tables = [...page.querySelectorAll("table")].map(measured).filter(({ size }) => size > 1);
  const inside = ({ table }) => tables.filter((other) => other.table !== table && table.contains(other.table));
  const data = tables.filter((one) => !inside(one).length || (one.width > 1 && !inside(one).some((other) => other.size >= one.size)));
  const marked = ({ table }) => /^(presentation|none)$/.test(table.getAttribute("role") || "");
  const plain = data.filter((one) => !marked(one) || !data.some((other) => !marked(other)));
  return plain.filter((one) => !plain.some((other) => other.table !== one.table && other.table.contains(one.table)));
}

/** The classes of a page's style that are bold: Excel says so there, not in its cells. */
function boldClasses(page) {
  const css = [...page.querySelectorAll("style")].map((style) => style.textContent).join("\n");
  return [...css.matchAll(/\.([\w-]+)\s*\{[^}]*font-weight:\s*(?:bold|[6-9]00)/g)].map(([, name]) => name);
}

/** Whether all words of a line are marked as headings: bold, or cells of a heading. */
function standsOut(line, classes) {
  const bold = (node) => node.matches?.("th, b, strong, thead *") || /^(bold|[6-9]00)/.test(node.style?.fontWeight || "") || classes.some((name) => node.classList?.contains(name));
  const all = (node) => (node.nodeType === Node.TEXT_NODE ? !/\S/.test(node.data) : bold(node) || [...node.childNodes].every(all));
  return all(line);
}

/**
 * The table of some HTML: its `cells`, the lines that stand out, those of one merged cell, what there is to say, and how
 * many lines there were. Null if there is none, or only a cell. The document is inert: nothing in it runs or is fetched.
 */
function tableOfHtml(html) {
  if (!html || html.length > 5 * MOST_CHARACTERS) return null;
  const page = new DOMParser().parseFromString(html, "text/html");
  const data = dataTables(page);
  if (!data.length) return null;
  const { table } = data.reduce((most, next) => (next.size > most.size ? next : most));
  const lines = [...table.rows].slice(0, MOST_LINES);
  const cells = lines.map(() => []);
  const merged = [];
  let filled = 0;
  lines.forEach((line, down) => {
    let across = 0;
    for (const one of line.cells) {
      while (cells[down][across] !== undefined) across += 1;
      if (across >= MOST_COLUMNS) break;
      const words = wordsOf(one);
      // A cell merged across says its words once; one merged down says them in every line.
      const [high, wide] = [Math.min(one.rowSpan || lines.length, lines.length - down), Math.min(one.colSpan, MOST_COLUMNS - across)];
      for (let y = 0; y < high; y += 1) for (let x = 0; x < wide; x += 1) cells[down + y][across + x] = x ? "" : words;
      if (high > 1 && words) filled += 1;
    }
  });
  const width = Math.max(...cells.map((line) => line.length));
  lines.forEach((line, down) => width > 1 && line.cells.length === 1 && line.cells[0].colSpan >= width && merged.push(down));
  const others = data.length - 1;
  const classes = boldClasses(page);
  const notes = [];
  if (others) notes.push(`${others === 1 ? "Another table was" : `${others} other tables were`} copied with this one. Paste each by itself.`);
  if (filled) notes.push(`${filled === 1 ? "One cell" : `${filled} cells`} merged over several lines: their words were put into each line.`);
  if (!others && wordsAround(page.body, table)) notes.push("The text around the table is left out.");
  return { cells: cells.map((line) => Array.from(line, (words) => words ?? "")), marked: lines.flatMap((line, down) => (standsOut(line, classes) ? [down] : [])), merged, notes, count: table.rows.length };
}

/** Whether there is text on a page besides that of one table. */
function wordsAround(node, table) {
  if (node === table || /^(STYLE|SCRIPT|TEMPLATE)$/.test(node.nodeName)) return false;
  return node.nodeType === Node.TEXT_NODE ? /\S/.test(node.data) : [...node.childNodes].some((child) => wordsAround(child, table));
}

/** Lines of cells, no more than are taken at a time. */
function bounded({ cells, ...more }) {
  let characters = 0;
  const taken = cells.slice(0, MOST_LINES).map((line) => line.slice(0, MOST_COLUMNS));
  const end = taken.findIndex((line) => (characters += line.join("").length) > MOST_CHARACTERS);
  return { marked: [], merged: [], notes: [], count: cells.length, ...more, cells: end < 0 ? taken : taken.slice(0, Math.max(1, end)) };
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
export class Clipboard {
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
    const table = tableOfHtml(event.clipboardData.getData("text/html"));
    const pasted = bounded(table || { cells: cellsOfText(text) });
    const single = pasted.cells.length === 1 && pasted.cells[0].length === 1;
    if (!pasted.cells.length || (inText && (single || !(table || text.includes("\t"))))) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.host.editing) this.host.commit();
    const { row = "", field = "" } = inCell ? inCell.dataset : this.panel.contains(event.target) ? this.from : {};
    this.from = { row, field };
    const { plan } = await this.sheet.act({ paste: { ...pasted, table: this.host.question.field, row, column: field, rows: this.host.rows(), columns: this.host.fields() } });
    if (!plan) return;
    this.token = plan.token;
    if (single && plan.cells && !plan.misfits.length) this.write();
    else this.show(plan);
  }

  /** What would be written, and where the columns would go; both can be changed before anything is. */
  show(plan) {
    const write = plan.cells > 0 && make("button", { type: "button", onclick: () => this.write() }, plan.unfit ? "Leave out what does not fit and paste" : "Paste");
    const cancel = make("button", { type: "button", onclick: () => this.close() }, "Cancel");
    const misfits = plan.misfits.map(([lines, column, words, why]) => make("li", {}, make("strong", {}, [column, lines].filter(Boolean).join(", ")), ": ", words && !why.includes(words) ? `“${words}”. ` : "", why));
    this.panel.replaceChildren(
      make("p", {}, make("strong", {}, `Paste ${plan.size[0]} × ${plan.size[1]} cells into “${this.host.question.title}”?`)),
      plan.ask ? make("p", { class: "ck-paste-ask" }, plan.ask) : "",
      make("p", {}, plan.words),
      ...plan.notes.map((words) => make("p", {}, words)),
      this.options(plan),
      this.preview(plan),
      plan.unfit ? make("p", { class: "ck-error" }, plan.unfit) : "",
      plan.unfit ? make("ul", { class: "ck-misfits", tabindex: "0", "aria-label": "What does not fit" }, ...misfits) : "",
      plan.more ? make("p", {}, `And ${plan.more} more like these.`) : "",
      make("p", {}, write || "", " ", cancel),
    );
    this.panel.hidden = false;
    (write || this.panel.querySelector(".ck-preview select") || cancel).focus();
  }

  /** Which line holds the headings, whether rows and columns are swapped, whether lines that look like notes go in. */
  options(plan) {
    const lines = [[-1, "no line is a heading"], ...plan.heading_lines.map(([at, words]) => [at, `line ${at + 1}: ${words}`])];
    const heading = choose(lines, plan.heading, "heading", (value) => this.again({ ...this.wishes(plan), heading: Number(value), columns: null }));
    const tick = (words, name, on, change) => make("label", {}, make("input", { type: "checkbox", "data-wish": name, checked: on, onchange: (event) => change(event.target.checked) }), words);
    return make("div", { class: "ck-paste-options" },
      make("label", {}, "Headings: ", heading),
      plan.turned === null ? "" : tick("Swap rows and columns", "turned", plan.turned, (turned) => this.again({ every_line: plan.every_line, turned })),
      plan.alone || plan.every_line ? tick("Paste lines that look like sections, notes or totals, too", "every_line", plan.every_line, (on) => this.again({ ...this.wishes(plan), every_line: on })) : "");
  }

  wishes(plan) {
    return { heading: plan.heading, columns: plan.columns, every_line: plan.every_line, ...(plan.turned === null ? {} : { turned: plan.turned }) };
  }

  /** The first lines under the questions they would go to, each of which can be changed. */
  preview(plan) {
    const heads = plan.columns.map((field, at) => {
      const words = plan.heading_words[at];
      const select = choose([["", "leave out"], ...plan.choices], field, `column ${at}`, (value) => {
        const columns = plan.columns.map((other, place) => (place === at ? value : other === value ? "" : other));
        this.again({ ...this.wishes(plan), columns });
      }, `Column ${at + 1}${words ? `, “${words}”,` : ""} goes to`);
      return make("th", { scope: "col" }, select);
    });
    const named = plan.heading_words.length && make("tr", {}, make("th", { scope: "row" }, `Line ${plan.heading + 1}, headings`), make("td", {}), ...plan.heading_words.map((words) => make("td", { dir: "auto" }, make("strong", {}, words))));
    const lines = plan.preview.map(([at, row, cells]) => make("tr", {}, make("th", { scope: "row" }, `Line ${at}`), make("td", { dir: "auto" }, row), ...cells.map((words, column) => make("td", { dir: "auto", class: plan.columns[column] ? null : "ck-left-out" }, words))));
    const below = plan.below ? make("p", {}, `${plan.below} more ${plan.below === 1 ? "line follows" : "lines follow"}.`) : "";
    const name = "The first lines under the columns they would go to";
    const table = make("table", { class: "ck-preview", "aria-label": name }, make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Pasted"), make("th", { scope: "col" }, "Row"), ...heads)), make("tbody", {}, named || "", ...lines));
    return make("div", {}, make("div", { class: "ck-scroll ck-preview-scroll", tabindex: "0", role: "group", "aria-label": name }, table), below);
  }

  /** Plan once more with what the person said; the focus stays on what was changed. */
  async again(wishes) {
    const at = document.activeElement?.dataset.wish;
    const { plan, gone } = await this.sheet.act({ layout: { ...wishes, token: this.token } });
    if (gone) return (this.close(), this.sheet.saver.tell(gone, true));
    if (!plan) return;
    const { scrollLeft } = this.panel.querySelector(".ck-preview-scroll");
    this.show(plan);
    this.panel.querySelector(".ck-preview-scroll").scrollLeft = scrollLeft;
    this.panel.querySelector(`[data-wish="${at}"]`)?.focus();
    this.sheet.saver.tell(plan.words.split(";")[0]);
  }

  async write() {
    const { words, first } = await this.sheet.act({ pasted: this.token });
    if (!words) return;
    this.close(first);
    this.sheet.saver.tell(words);
  }

  close(place = [this.from.row, this.from.field]) {
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.host.goTo(...place);
  }
}

/** A list to choose from, which tells what was chosen. */
function choose(options, now, wish, change, label) {
  const select = make("select", { "data-wish": wish, "aria-label": label, onchange: (event) => change(event.target.value) },
    ...options.map(([value, words]) => make("option", { value, selected: value === now }, words)));
  return select;
}
