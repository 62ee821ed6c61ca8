// All answers of a mailed file: what was sent, what stands in the page, and what has already gone into a file.

import { newId, same } from "../values.js";
import { answersText, isEntry, isRow, readAnswersFile } from "./answers_file.js";

const MOST_NUMBER = 8e8; // a row's number has nine digits at most, also after many more rows

/** @typedef {import("./answers_file.js").Entry} Entry */

export class Draft {
  /** @param {{header: any, sheets: {spec: any, state: any}[]}} mailed what stands in the page */
  constructor({ header, sheets }) {
    this.header = header;
    /** @type {Record<string, any>} */ this.specs = Object.fromEntries(sheets.map(({ spec }) => [spec.slug, spec]));
    /** @type {Record<string, any>} */ this.sent = Object.fromEntries(sheets.map(({ spec, state }) => [spec.slug, state]));
    this.key = `ctekit-mail ${header.mail}`;
    this.listeners = [];
    this.isKept = true; // whether this browser keeps what is typed
    this.isForgotten = false; // whether somebody wants nothing kept in this browser
    this.isElsewhere = false; // whether another tab has kept something since
    /** @type {string | null} what this tab last read or wrote there */ this.kept = null;
    /** @type {Record<string, any>} */ this.states = structuredClone(this.sent);
    /** @type {Entry[]} what stands in files already; nothing is ever taken out */ this.log = [];
    /** The number of the newest row. Each opened page begins elsewhere: rows of two of them must never share a name. */
    this.next = Math.floor(Math.random() * MOST_NUMBER);
    this.recall();
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  changed() {
    this.keep();
    for (const listener of this.listeners) listener();
  }

  /** Keep everything in this browser, but never over what another tab has kept, or removed, since this one looked. */
  keep() {
    if (this.isForgotten) return;
    const text = JSON.stringify({ states: this.states, log: this.log });
    try {
      const standing = localStorage.getItem(this.key);
      this.isForgotten = standing === null && this.kept !== null;
      this.isElsewhere = standing !== null && standing !== this.kept;
      this.isKept = !this.isForgotten && !this.isElsewhere;
      if (!this.isKept) return;
      localStorage.setItem(this.key, text);
      this.kept = text;
    } catch {
      this.isKept = false; // a private window, a previewer, or full
    }
  }

  recall() {
    try {
      this.kept = localStorage.getItem(this.key);
      const kept = JSON.parse(this.kept || "null");
      if (this.fits(kept)) Object.assign(this, { states: kept.states, log: kept.log });
    } catch {
      this.isKept = false;
    }
  }

  /** Whether what was kept has the shape of this page's answers: other pages may have written there. */
  fits(kept) {
    const areRows = (rows) => Array.isArray(rows) && rows.every(isRow);
    const isState = (slug) => kept.states?.[slug]?.answers && Object.keys(this.sent[slug].rows).every((table) => areRows(kept.states[slug].rows?.[table]));
    return Array.isArray(kept?.log) && kept.log.every((entry) => isEntry(entry, this.specs)) && Object.keys(this.specs).every(isState);
  }

  /** Take everything out of this browser, and put nothing there again. What is on the screen stays until the page is closed. */
  forget() {
    this.isForgotten = true;
    this.isKept = false;
    try {
      for (const key of Object.keys(localStorage)) if (key.includes(this.header.mail)) localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }

  /**
   * What stood in the newest file, or what was sent: each answer by its place, and the rows that there were.
   * @param {string} slug
   */
  filed(slug) {
    const answers = structuredClone(this.sent[slug].answers);
    const rows = new Set(Object.values(this.sent[slug].rows).flat());
    for (const { worksheet, row, field, value } of this.log) {
      if (worksheet !== slug) continue;
      if (field === "row") rows[value === null ? "delete" : "add"](row);
      else (answers[row] ??= {})[field] = value;
    }
    return { answers, rows };
  }

  /** What is in no file yet. */
  changes() {
    return Object.keys(this.specs).flatMap((slug) => this.changesOf(slug));
  }

  changesOf(slug) {
    const { answers, rows } = this.filed(slug);
    const now = this.states[slug];
    const change = (row, field, value) => ({ worksheet: slug, row, field, value });
    const standing = Object.values(now.rows).flat();
    const changes = [...rows].filter((row) => !standing.includes(row)).map((row) => change(row, "row", null));
    for (const ids of Object.values(now.rows))
      ids.forEach((row, at) => {
        if (!rows.has(row)) changes.push(change(row, "row", at ? { after: ids[at - 1] } : ""));
      });
    for (const row of ["", ...standing])
      for (const field of new Set([...Object.keys(answers[row] || {}), ...Object.keys(now.answers[row] || {})])) {
        const value = now.answers[row]?.[field] ?? null;
        if (!same(answers[row]?.[field], value)) changes.push(change(row, field, value));
      }
    return changes;
  }

  /** All that was ever changed, as a file; what is new in it is new in no later one. */
  file(now = new Date()) {
    const at = now.toISOString();
    this.log.push(...this.changes().map((change) => ({ uid: newId(), ...change, at })));
    this.changed();
    return answersText(this.header, this.log);
  }

  /**
   * Go on from a file: everything it holds stands in the page again, and over it what is in no file yet.
   * @param {string} text
   * @returns {{worksheet: string, row: string, field: string}[]} where the file has something else than what was typed here
   */
  goOn(text) {
    const entries = readAnswersFile(text.trim(), this.header, this.specs);
    const unsaved = this.changes();
    const uids = new Set(this.log.map(({ uid }) => uid));
    const fresh = entries.filter(({ uid }) => !uids.has(uid));
    this.log.push(...fresh);
    for (const slug of Object.keys(this.specs)) this.replay(slug);
    const isOther = ({ worksheet, row, field, value }) => !same(this.states[worksheet].answers[row]?.[field], value);
    const isFresh = (change) => fresh.some((entry) => ["worksheet", "row", "field"].every((part) => entry[part] === change[part]));
    const others = unsaved.filter((change) => change.field !== "row" && isOther(change) && isFresh(change));
    for (const change of unsaved) this.redo(change);
    this.changed();
    return others;
  }

  /** The worksheet as the newest file has it. */
  replay(slug) {
    const { answers, rows } = this.filed(slug);
    const state = this.states[slug];
    const order = this.log.filter(({ worksheet, field, value }) => worksheet === slug && field === "row" && value !== null).map(({ row }) => row);
    for (const { field, prefix } of this.tables(slug)) {
      const ids = [...new Set([...this.sent[slug].rows[field], ...order])];
      state.rows[field] = ids.filter((row) => row.startsWith(`${prefix}-`) && rows.has(row));
    }
    for (const fields of Object.values(answers)) for (const field of Object.keys(fields)) if (fields[field] === null) delete fields[field];
    state.answers = answers;
  }

  /** Do once more what is in no file yet. Words in a row that the file deletes put that row back, a blank does not. */
  redo({ worksheet, row, field, value }) {
    const { answers, rows } = this.states[worksheet];
    const table = this.tables(worksheet).find(({ prefix }) => row.startsWith(`${prefix}-`));
    if (field !== "row") (answers[row] ??= {})[field] = value;
    if (!table) return;
    const others = rows[table.field].filter((other) => other !== row);
    if (field === "row" && value === null) rows[table.field] = others;
    else if (value !== null && !rows[table.field].includes(row)) rows[table.field] = [...others, row];
  }

  tables(slug) {
    return this.specs[slug].questions.filter(({ kind }) => kind === "rows");
  }
}
