// Out of a spreadsheet and into one: a pasted table is planned by the kernel, shown, and only then written.

import { make } from "./dom.js";
import { bounded, cellsOfText, tableOfHtml } from "./pasted_table.js";

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
  const selection = make("textarea", { class: "ck-hidden", "aria-hidden": "true" }, " "); // nothing selected, nothing copied
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const put = (event) => {
    for (const [kind, words] of Object.entries(forms)) event.clipboardData.setData(kind, words);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.body.append(selection);
  selection.select();
  document.addEventListener("copy", put, { capture: true, once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", put, { capture: true });
  selection.remove();
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
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.close();
    });
  }

  copy(event) {
    const cell = event.target.closest?.("td[data-field]");
    if (!cell || this.host.editing || !document.getSelection()?.isCollapsed) return;
    const forms = copied([[this.host.words(cell.dataset.row, cell.dataset.field)]]);
    event.clipboardData.setData("text/plain", forms["text/plain"]);
    event.clipboardData.setData("text/html", forms["text/html"]);
    event.preventDefault();
    event.stopPropagation();
    this.sheet.autosave.remark("Cell copied.");
  }

  copyAll() {
    const lines = this.host.lines();
    const done = copyLines(lines);
    this.sheet.autosave.tell(done ? `Table copied: ${lines.length - 1} rows with their headings.` : "Not copied: the browser does not allow it here.", !done);
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
    this.left = null; // what does not fit, as it is shown
    if (single && plan.size[0] * plan.size[1] === 1 && plan.cells && !plan.misfits.length) this.write();
    else this.show(plan);
  }

  /** What would be written, and where the columns would go; both can be changed before anything is. */
  show(plan) {
    const write = plan.cells > 0 && make("button", { type: "button", onclick: () => this.write() }, plan.unfit ? "Leave out what does not fit and paste" : "Paste");
    const cancel = make("button", { type: "button", onclick: () => this.close() }, "Cancel");
    const misfits = plan.misfits.map(([lines, column, words, why]) => make("li", {}, make("strong", {}, [column, lines].filter(Boolean).join(", ")), ": ", words && !why.includes(words) ? `“${words}”. ` : "", why));
    this.left = plan.unfit && [
      make("ul", { class: "ck-misfits", tabindex: "0", "aria-label": "What does not fit" }, ...misfits),
      plan.more ? make("p", {}, `And ${plan.more} more like these.`) : "",
    ];
    this.panel.replaceChildren(
      make("p", {}, make("strong", {}, `Paste ${plan.size[0]} × ${plan.size[1]} cells into “${this.host.question.title}”?`)),
      plan.ask ? make("p", { class: "ck-paste-ask" }, plan.ask) : "",
      make("p", {}, plan.words),
      ...plan.notes.map((words) => make("p", {}, words)),
      this.options(plan),
      this.preview(plan),
      plan.unfit ? make("p", { class: "ck-error" }, plan.unfit) : "",
      ...this.left || [],
      make("p", {}, write || "", " ", cancel),
    );
    this.panel.hidden = false;
    (write || this.panel.querySelector(".ck-preview select") || cancel).focus({ preventScroll: true });
    this.panel.scrollIntoView({ block: "nearest" }); // the question and its buttons, not the last button alone
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
    const at = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.wish;
    const { plan, gone } = await this.sheet.act({ layout: { ...wishes, token: this.token } });
    if (gone) {
      this.close();
      return this.sheet.autosave.tell(gone, true);
    }
    if (!plan) return;
    const { scrollLeft } = this.panel.querySelector(".ck-preview-scroll");
    this.show(plan);
    this.panel.querySelector(".ck-preview-scroll").scrollLeft = scrollLeft;
    this.panel.querySelector(`[data-wish="${at}"]`)?.focus();
    this.sheet.autosave.tell(plan.words.split(";")[0]);
  }

  async write() {
    const { words, first } = await this.sheet.act({ pasted: this.token });
    if (!words) return;
    this.close(first);
    if (first && this.left) this.keepInView(this.left);
    this.sheet.autosave.tell(first && this.left ? `${words} What was left out is listed.` : words);
  }

  /** What was left out stays in view, so that it can be typed in. */
  keepInView(left) {
    this.panel.replaceChildren(
      make("p", {}, make("strong", {}, "Left out of what was pasted. Type it into the table, or mend it where you copied it:")),
      ...left,
      make("p", {}, make("button", { type: "button", onclick: () => this.close() }, "Close the list")),
    );
    this.panel.hidden = false;
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
