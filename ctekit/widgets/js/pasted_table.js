// Reading what the clipboard holds: lines of cells, out of HTML or of text.

// So much is taken at a time; how much more there was is said.
const MOST_LINES = 1000;
const MOST_COLUMNS = 200;
const MOST_CHARACTERS = 4e6;

const RAISED = { SUP: "⁰¹²³⁴⁵⁶⁷⁸⁹", SUB: "₀₁₂₃₄₅₆₇₈₉" };

/** Whether nobody sees an element: what a filter hides, how a name is said (Excel keeps it so), a mail's first words. */
const isHidden = (node) => node.hidden || /^R[TP]$/.test(node.nodeName) || /display:\s*none|visibility:\s*hidden|mso-hide:\s*all/i.test(node.getAttribute?.("style") || "");

/** The cells of a line that are seen; no other takes a place in a table. */
const cellsOf = (line) => [...line.cells].filter((cell) => !isHidden(cell));

/** What a picture or a box to tick says; a picture that is more than one sign is no answer. */
function signOf(node) {
  if (node.nodeName === "INPUT") return !/^(checkbox|radio)$/.test(node.type) ? "" : node.hasAttribute("checked") ? "☑ " : "☐ ";
  return node.nodeName === "IMG" && /^\P{L}{1,8}$/u.test(node.alt) ? node.alt : "";
}

/** The words of a cell of somebody else's HTML, line by line, as people see them; of a table in it, too. */
function wordsOf(cell) {
  const skipped = new Set(["STYLE", "SCRIPT", "TEMPLATE"]);
  const block = /^(P|DIV|LI|UL|OL|H[1-6]|BLOCKQUOTE|PRE|TABLE|TR)$/;
  let words = "";
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) words += node.data.replace(/\s+/g, " ");
    else if (node.nodeName === "BR") words += "\n";
    else if (RAISED[node.nodeName] && /^\d+$/.test(node.textContent.trim())) {
      words += node.textContent.trim().replace(/\d/g, (digit) => RAISED[node.nodeName][digit]); // 5² is not 52
    } else if (!skipped.has(node.nodeName) && !isHidden(node)) {
      const apart = block.test(node.nodeName) ? "\n" : /^T[DH]$/.test(node.nodeName) ? " " : "";
      words += apart + signOf(node);
      node.childNodes.forEach(walk);
      words += apart;
    }
  };
  cell.childNodes.forEach(walk);
  words = words.replace(/[^\S\n]+/g, " ").replace(/ ?\n\s*/g, "\n").trim();
  return words === "☐" ? "" : words; // alone it is a blank
}

/** How many cells of a table hold words of their own, not of a table inside: in all, and in one line at most. */
function measured(table) {
  const own = (node) => [...node.childNodes].some((child) => (child.nodeType === Node.TEXT_NODE ? /\S/.test(child.data) : child.nodeName !== "TABLE" && own(child)));
  const lines = [...table.rows].slice(0, MOST_LINES).map((line) => cellsOf(line).filter(own).length);
  return { table, size: lines.reduce((sum, cells) => sum + cells, 0), width: Math.max(0, ...lines) };
}

/** The tables that hold data: none with a cell only, and none that only lays out a mail round another. */
function dataTables(page) {
  const tables = [...page.querySelectorAll("table")].map(measured).filter(({ size }) => size > 1);
  const inside = ({ table }) => tables.filter((other) => other.table !== table && table.contains(other.table));
  const data = tables.filter((outer) => !inside(outer).length || (outer.width > 1 && !inside(outer).some((inner) => inner.size >= outer.size)));
  const marked = ({ table }) => /^(presentation|none)$/.test(table.getAttribute("role") || "");
  const plain = data.filter((candidate) => !marked(candidate) || !data.some((other) => !marked(other)));
  return plain.filter((inner) => !plain.some((outer) => outer.table !== inner.table && outer.table.contains(inner.table)));
}

/** The classes of a page's style that are bold: Excel says so there, not in its cells. */
function boldClasses(page) {
  const css = [...page.querySelectorAll("style")].map((style) => style.textContent).join("\n");
  return [...css.matchAll(/\.([\w-]+)\s*\{[^}]*font-weight:\s*(?:bold|[6-9]00)/g)].map(([, name]) => name);
}

/** The columns that a spreadsheet hides: Excel says so of the column, not of its cells. */
function hiddenColumns(table) {
  const hidden = new Set();
  let at = 0;
  for (const column of table.querySelectorAll(":scope > colgroup > col")) {
    const ends = Math.min(at + column.span, MOST_COLUMNS); // a page may say that one is as wide as a thousand
    for (; at < ends; at += 1) if (isHidden(column)) hidden.add(at);
    if (at === MOST_COLUMNS) break;
  }
  return hidden;
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
export function tableOfHtml(html) {
  if (!html || html.length > 5 * MOST_CHARACTERS) return null;
  const page = new DOMParser().parseFromString(html, "text/html");
  const data = dataTables(page);
  if (!data.length) return null;
  const { table } = data.reduce((most, next) => (next.size > most.size ? next : most));
  const all = [...table.rows];
  const shown = all.filter((line) => !isHidden(line));
  const lines = all.slice(0, all.indexOf(shown.slice(0, MOST_LINES).at(-1)) + 1); // merged cells count hidden lines, too
  /** @type {string[][]} */
  const cells = lines.map(() => []);
  const [classes, hidden] = [boldClasses(page), hiddenColumns(table)];
  let filled = 0;
  lines.forEach((line, down) => {
    let across = 0;
    for (const cell of cellsOf(line)) {
      while (cells[down][across] !== undefined) across += 1;
      if (across >= MOST_COLUMNS) break;
      const words = wordsOf(cell);
      // A cell merged across says its words once; one merged down says them in every line.
      const [high, wide] = [Math.min(cell.rowSpan || lines.length, lines.length - down), Math.min(cell.colSpan, MOST_COLUMNS - across)];
      const shownAt = [...Array(wide).keys()].find((x) => !hidden.has(across + x));
      for (let y = 0; y < high; y += 1) for (let x = 0; x < wide; x += 1) cells[down + y][across + x] = x === shownAt ? words : "";
      if (high > 1 && words) filled += 1;
    }
  });
  const visibleLines = lines.flatMap((line, down) => (isHidden(line) ? [] : [{ line, words: cells[down] }]));
  const width = Math.max(...cells.map((line) => line.length));
  const merged = visibleLines.flatMap(({ line }, down) => (width > 1 && line.cells.length === 1 && line.cells[0].colSpan >= width ? [down] : []));
  const marked = visibleLines.flatMap(({ line }, down) => (standsOut(line, classes) ? [down] : []));
  const others = data.length - 1;
  const notes = [];
  if (hidden.size) notes.push(`${hidden.size === 1 ? "One hidden column is" : `${hidden.size} hidden columns are`} left out.`);
  if (others) notes.push(`${others === 1 ? "Another table was" : `${others} other tables were`} copied with this one. Paste each by itself.`);
  if (filled) notes.push(`${filled === 1 ? "One cell" : `${filled} cells`} merged over several lines: their words were put into each line.`);
  if (!others && wordsAround(page.body, table)) notes.push("The text around the table is left out.");
  return { cells: visibleLines.map(({ words }) => Array.from(words, (cell) => cell ?? "").filter((_, at) => !hidden.has(at))), marked, merged, notes, count: shown.length };
}

/** Whether there is text on a page besides that of one table. */
function wordsAround(node, table) {
  if (node === table || /^(STYLE|SCRIPT|TEMPLATE)$/.test(node.nodeName)) return false;
  return node.nodeType === Node.TEXT_NODE ? /\S/.test(node.data) : [...node.childNodes].some((child) => wordsAround(child, table));
}

/** Lines of cells, no more than are taken at a time. */
export function bounded({ cells, ...more }) {
  let characters = 0;
  const taken = cells.slice(0, MOST_LINES).map((line) => line.slice(0, MOST_COLUMNS));
  const end = taken.findIndex((line) => (characters += line.join("").length) > MOST_CHARACTERS);
  return { marked: [], merged: [], notes: [], count: cells.length, ...more, cells: end < 0 ? taken : taken.slice(0, Math.max(1, end)) };
}

/** Tab-separated text as lines of cells; a cell in quotes may hold tabs, lines and doubled quotes. */
export function cellsOfText(text) {
  /** @type {string[]} */
  let line = [];
  const lines = [line];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) break; // it takes anything, also nothing before a tab or an end
    const [, quoted, plain, end] = match;
    line.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end && end !== "\t") lines.push((line = []));
    else if (end === "\t" && cell.lastIndex === text.length) line.push("");
  }
  if (!line.length) lines.pop();
  return lines;
}
