// What stands in for the kernel in a mailed worksheet: it answers the form, and keeps the answers in the page.

import { choicesOf, inWords, plain } from "../choices.js";
import { same } from "../values.js";
import { findQuestion } from "../worksheet_state.js";
import { readAnswer, readMark } from "./reading.js";

/** @typedef {import("./draft.js").Draft} Draft */

const MOST_STEPS = 100; // so many steps can be undone

/** The model of one worksheet, as the form knows a widget's. */
export class StandIn {
  /**
   * @param {Draft} draft
   * @param {string} slug
   */
  constructor(draft, slug) {
    this.draft = draft;
    this.slug = slug;
    this.spec = draft.specs[slug];
    /** @type {Set<(message: any) => void>} */ this.listeners = new Set();
    /** @type {string[]} */ this.done = [];
    /** @type {string[]} */ this.undone = [];
  }

  get state() {
    return this.draft.states[this.slug];
  }

  get(name) {
    return structuredClone(name === "spec" ? this.spec : this.state); // the form writes into what it is given
  }

  /** Whether the form may keep in this browser what is still on its way: not where all answers were removed from it. */
  mayKeep() {
    return !this.draft.isForgotten;
  }

  on(_, listener) {
    this.listeners.add(listener);
  }

  off(_, listener) {
    this.listeners.delete(listener);
  }

  /** What is sent is kept at once, for a page that goes runs nothing later; it is answered a moment after. */
  send(message) {
    const answer = this.answer(structuredClone(message));
    setTimeout(() => this.listeners.forEach((listener) => listener(structuredClone(answer))));
  }

  answer({ hello, edits, act, uid, view }) {
    if (hello !== undefined) return { hello: this.state.revision, can: this.can };
    if (edits) return this.step(() => ({ ...this.save(edits), view, revision: this.state.revision }));
    const name = Object.keys(act).find((key) => key in ACTS);
    if (!name) return { reply: uid, failed: "This is not possible in a worksheet that came by mail." };
    if (["view", "undo", "redo"].includes(name)) return { reply: uid, ...ACTS[name](this, act) };
    return this.step(() => ({ reply: uid, ...ACTS[name](this, act), state: this.state, saved: [] }));
  }

  get can() {
    return [this.done.length > 0, this.undone.length > 0];
  }

  /** Do something that undo can take back as a whole. */
  step(work) {
    const before = JSON.stringify(this.state);
    const answer = work();
    if (JSON.stringify(this.state) !== before) {
      this.done = [...this.done, before].slice(-MOST_STEPS);
      this.undone = [];
      this.draft.changed();
    }
    return { ...answer, can: this.can };
  }

  save(edits) {
    const saved = [];
    const wrong = [];
    for (const { uid, row, field, value } of edits) {
      try {
        const read = this.read(row, field, value);
        this.put(row, field, read);
        saved.push({ uid, row, field, value: read });
      } catch (error) {
        wrong.push({ uid, row, field, error: error.message, private: false });
      }
    }
    return { saved, wrong };
  }

  read(row, field, value) {
    const place = findQuestion(this.spec, this.state, { row, field });
    if (!place) throw new Error("This row was deleted meanwhile. Copy what you typed, or put the row back and write it again.");
    return field.startsWith("marks/") ? readMark(value) : readAnswer(place.question, value, this.state.refs);
  }

  put(row, field, value) {
    const answers = (this.state.answers[row] ??= {});
    if (value === null) delete answers[field];
    else answers[field] = value;
  }

  table(row) {
    return this.spec.questions.find(({ kind, prefix }) => kind === "rows" && row.startsWith(`${prefix}-`));
  }

  /** Put a row behind another; without one it stands last. */
  place(row, after) {
    const { field } = this.table(row);
    const rows = (this.state.rows[field] || []).filter((other) => other !== row);
    const at = rows.indexOf(after);
    rows.splice(at < 0 ? rows.length : at + 1, 0, row);
    this.state.rows[field] = rows;
  }

  newRow(prefix) {
    this.draft.next += 1;
    return `${prefix}-*${this.draft.next}`;
  }

  /** Back or forth by one step; the places that changed are named, so that the form shows them also where it has the focus. */
  travel(from, to, words, nothing) {
    const step = from.pop();
    if (!step) return { words: nothing };
    const before = this.state;
    to.push(JSON.stringify(before));
    this.draft.states[this.slug] = JSON.parse(step);
    this.draft.changed();
    return { words, places: differing(before, this.state), state: this.state, saved: [], can: this.can };
  }
}

/** @type {Record<string, (model: StandIn, act: any) => any>} */
const ACTS = {
  add(model, { add, after }) {
    const row = model.newRow(model.spec.questions.find(({ field }) => field === add).prefix);
    model.place(row, after);
    return { row };
  },
  duplicate(model, { duplicate }) {
    const { prefix, columns } = model.table(duplicate);
    const row = model.newRow(prefix);
    model.place(row, duplicate);
    for (const { field } of columns) model.put(row, field, model.state.answers[duplicate]?.[field] ?? null);
    return { row };
  },
  remove(model, { remove }) {
    const { field } = model.table(remove);
    model.state.rows[field] = model.state.rows[field].filter((row) => row !== remove);
    return {};
  },
  restore(model, { restore }) {
    model.place(restore, "");
    return {};
  },
  undo: (model) => model.travel(model.done, model.undone, "Undone.", "There is nothing to undo."),
  redo: (model) => model.travel(model.undone, model.done, "Done again.", "There is nothing to do again."),
  view: (model, { view }) => ({ shown: viewed(model, view) }),
};

/** The places at which two states differ. */
function differing(before, now) {
  const places = [];
  for (const row of new Set([...Object.keys(before.answers), ...Object.keys(now.answers)])) {
    const [was, is] = [before.answers[row] || {}, now.answers[row] || {}];
    for (const field of new Set([...Object.keys(was), ...Object.keys(is)])) if (!same(was[field], is[field])) places.push([row, field]);
  }
  return places;
}

/** The rows of a table as somebody wants to look at them, as `ctekit.editing.table_actions` does it. */
function viewed({ spec, state }, { table, sort, descending, find, columns }) {
  const question = spec.questions.find(({ field }) => field === table);
  const shown = question.columns.filter(({ field }) => columns.includes(field));
  const value = (row, field) => state.answers[row]?.[field] ?? null;
  const wanted = plain(find || "").split(/\s+/).filter(Boolean);
  const words = (row) => plain(shown.map((column) => inWords(column, value(row, column.field), state.refs)).join("\n"));
  const rows = (state.rows[table] || []).filter((row) => wanted.every((word) => words(row).includes(word)));
  const column = shown.find(({ field }) => field === sort);
  if (!column) return rows;
  const key = sortKey(column, state.refs);
  const filled = rows.filter((row) => value(row, sort) !== null).sort((a, b) => key(value(a, sort), value(b, sort)) * (descending ? -1 : 1));
  return [...filled, ...rows.filter((row) => value(row, sort) === null)];
}

/** How two answers to a question are ordered: numbers by size, choices as they are offered, days and words as they are read. */
function sortKey(column, refs) {
  if (["whole", "decimal", "money", "percentage", "scale"].includes(column.kind)) return (a, b) => Number(a) - Number(b);
  if (column.kind === "date") return (a, b) => (a < b ? -1 : Number(a > b));
  const offered = choicesOf(column, refs).map(([choice]) => choice);
  if (column.choices) return (a, b) => offered.indexOf(a) - offered.indexOf(b);
  return (a, b) => inWords(column, a, refs).localeCompare(inWords(column, b, refs), "en", { sensitivity: "base", numeric: true });
}
