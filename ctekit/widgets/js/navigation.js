// The way through a worksheet: the next empty question, and where somebody stopped last time.

import { make, peopleWords } from "./dom.js";
import { filled } from "./values.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

const PACE = 10; // quick answers a minute, as rooms give them

/** @typedef {{row: string, field: string, question: any, column?: any, isTable?: boolean}} Place */

export class Navigation {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.place = `ctekit-stopped ${sheet.spec.partnership} ${sheet.spec.slug} ${sheet.spec.only}`;
    this.at = null;
    this.button = make("button", { type: "button", onclick: () => this.next() }, "Next empty question");
    this.stopped = make("p", { class: "ck-stopped", hidden: true });
    sheet.root.addEventListener("focusin", (event) => this.here(event.target));
  }

  /**
   * Everything quick in the order in which it is read. A table without rows is one place.
   * @returns {Place[]}
   */
  places() {
    const places = [];
    for (const question of this.sheet.spec.questions) {
      if (!this.isQuick(question) || question.kind === "matrix" || this.sheet.state.closed[question.field]) continue;
      if (question.kind !== "rows") places.push({ row: "", field: question.field, question });
      else {
        const rows = this.sheet.grids[question.field].rows();
        if (!rows.length) places.push({ row: "", field: question.field, question, isTable: true });
        for (const row of rows) for (const column of question.columns) if (this.isQuick(column)) places.push({ row, field: column.field, question, column });
      }
    }
    return places;
  }

  isQuick(question) {
    return this.sheet.shows(question) && !question.private && (question.quick || question.field === this.sheet.spec.only);
  }

  /** @param {Place} place */
  isEmpty({ row, field, isTable }) {
    if (isTable) return true;
    const composed = !row && filled(this.sheet.state.suggestions[field]); // stands until people write it themselves
    return !composed && !filled(this.sheet.value(row, field)) && !this.sheet.value(row, `marks/${field}`);
  }

  /** Go to the next quick question that is empty, after the one in focus; from the end on again from the top. */
  next() {
    const places = this.places();
    const at = places.findIndex((place) => place.row === this.at?.row && place.field === this.at.field);
    const next = [...places.slice(at + 1), ...places.slice(0, at + 1)].find((place) => this.isEmpty(place));
    if (next) this.go(next);
    else this.sheet.autosave.remark("Every quick question here has an answer.");
  }

  /** @param {Place} place */
  go({ row, field, question, isTable }) {
    if (isTable) return this.sheet.grids[question.field].goTo(row, field);
    return this.goTo(row, field);
  }

  /** Put the focus on one answer, wherever it stands; questions that are folded away are unfolded, but never on the projector. */
  async goTo(row, field) {
    const { sheet } = this;
    const target = sheet.find({ row, field });
    if (!target) return;
    const { question, table } = target;
    if (!sheet.shows(question) || (table && !sheet.shows(table))) {
      if (sheet.layout.projecting) return sheet.autosave.tell("It is in a question that the projector does not show. Leave the projector first.", true);
      sheet.all = true;
      if (!sheet.facilitator && (question.private || table?.private)) await sheet.reveal();
      else sheet.redraw();
      if (!sheet.shows(question)) return;
    }
    const isMark = field.startsWith("marks/");
    if (table?.kind === "matrix") return sheet.matrices[table.field].goTo(row, field);
    const grid = table && sheet.grids[table.field];
    if (grid && !grid.rows().includes(row)) grid.sortFind.clear();
    if (grid && !isMark) return grid.goTo(row, field);
    if (grid) grid.form.open(row);
    const block = (grid ? grid.form.element : sheet.body).querySelector(`.ck-question[data-field="${question.field}"]${row ? "" : ":not([data-row])"}`);
    if (isMark) block.querySelector('.ck-more [aria-expanded="false"]')?.click();
    block.querySelector(isMark ? ".ck-marks [aria-invalid], .ck-marks select" : "input, textarea, select").focus();
  }

  /** Remember where the focus is, in this browser only; the place, not what stands there. */
  here(target) {
    if (target.closest(".ck-question")) for (const { toolbar, element } of Object.values(this.sheet.grids)) toolbar.hold(element.contains(target));
    const place = target.closest("[data-field]");
    if (!place || place.classList.contains("ck-table")) return;
    const { row = "", field } = place.dataset;
    this.at = { row, field };
    if (!this.places().some((place) => place.row === row && place.field === field)) return;
    try {
      localStorage.setItem(this.place, JSON.stringify({ row, field, visit: performance.timeOrigin }));
    } catch {
      // A browser that keeps nothing: then there is nothing to say on return.
    }
  }

  /** On a later visit: where one stopped, and how long the rest may take. */
  greet() {
    const kept = this.kept();
    const places = this.places();
    const place = kept && kept.visit !== performance.timeOrigin && places.find((each) => each.row === kept.row && each.field === kept.field);
    const empty = places.filter((each) => this.isEmpty(each)).length;
    if (!place || !empty) return;
    const minutes = Math.max(1, Math.ceil(empty / PACE));
    const name = place.row ? [`${place.question.title}, `, peopleWords(this.sheet.grids[place.question.field].nameOf(place.row)), `: ${place.column.title}`] : [place.question.title];
    const there = make("button", { type: "button", class: "ck-link" }, "Go there");
    there.addEventListener("click", () => {
      this.go(place);
      this.stopped.hidden = true;
    });
    this.stopped.replaceChildren("You stopped at “", ...name, `”; about ${minutes} ${minutes === 1 ? "minute" : "minutes"} left here. `, there);
    this.stopped.hidden = false;
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(this.place) || "null");
    } catch {
      return null;
    }
  }
}
