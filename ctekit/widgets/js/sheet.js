// The whole worksheet in one widget: questions and tables in, edits out.

import { Acts } from "./acts.js";
import { Autosave } from "./autosave.js";
import { make } from "./dom.js";
import { Grid } from "./grid.js";
import { HistoryPanel } from "./history.js";
import { Layout } from "./layout.js";
import { Matrix } from "./matrix.js";
import { Navigation } from "./navigation.js";
import { Notices } from "./notices.js";
import { followPage } from "./page_life.js";
import { questionBlock } from "./question.js";
import { Seen } from "./seen.js";
import { Unsaved } from "./unsaved.js";
import { keyOf } from "./values.js";
import { countAnswers, dropPrivate, findQuestion } from "./worksheet_state.js";

export class Sheet {
  // Made in build().
  /** @type {Notices} */ notices;
  /** @type {HistoryPanel} */ history;
  /** @type {Layout} */ layout;
  /** @type {Navigation} */ navigation;

  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.spec = model.get("spec");
    /** @type {State} */ this.state = model.get("state");
    this.all = Boolean(this.spec.only);
    this.facilitator = false;
    this.watchers = new Map();
    this.listeners = [];
    this.seen = new Seen((row, field) => this.state.answers[row]?.[field] ?? null);
    this.grids = {};
    this.matrices = {};
    this.unsaved = new Unsaved(this);
    this.autosave = new Autosave(model, (words, bad) => this.unsaved.tell(words, bad), (message) => this.receive(message), (edit) => this.placed(edit));
    this.acts = new Acts(this);
    this.build();
    this.autosave.changed = () => this.unsaved.draw();
    this.onMessage = (message) => this.receive(message);
    model.on("msg:custom", this.onMessage);
    model.send({ hello: this.state.revision, seen: this.autosave.kept.revision });
    this.unsaved.offerKept();
    this.unsaved.lookElsewhere();
    this.refresh();
  }

  /** The question that an edit answers, with the table or matrix it stands in; null where there is no such place. */
  find(edit) {
    return findQuestion(this.spec, this.state, edit);
  }

  placed(edit) {
    return Boolean(this.find(edit));
  }

  titleOf(edit) {
    return this.find(edit)?.question.title || "";
  }

  get refs() {
    return this.state.refs;
  }

  /** The answer as the kernel knows it, or as it was last typed here. */
  value(row, field) {
    const key = keyOf(row, field);
    const mine = this.autosave.waiting.get(key) || this.autosave.wrong.get(key) || this.autosave.onItsWay(key);
    return mine ? mine.value : (this.state.answers[row]?.[field] ?? null);
  }

  shows(question) {
    if (question.private && !this.facilitator) return false;
    if (this.layout?.projecting) return question.quick || question.field === this.spec.only;
    return this.all || question.quick || question.field === this.spec.only;
  }

  /** Whether there is room for one row of a table at a time only. */
  get compact() {
    return this.layout.narrow;
  }

  watch(row, field, watcher) {
    const key = keyOf(row, field);
    this.watchers.set(key, [...(this.watchers.get(key) || []).slice(-3), watcher]);
    watcher.wrong(this.autosave.wrong.get(key)?.wrong || "");
  }

  onState(listener) {
    this.listeners.push(listener);
  }

  typed(row, field, value, now) {
    this.notices.wroteOn(row, field);
    this.autosave.edit(row, field, value, this.seen.typed(row, field));
    if (now) this.autosave.flush();
  }

  /**
   * A change of rows: needs the kernel's answer, because ids are given there.
   * @param {Act} action
   * @returns {Promise<FromKernel>}
   */
  act(action) {
    return this.acts.ask(action);
  }

  sample(row, field) {
    return this.act({ sample: field, row }).then((reply) => reply.sample);
  }

  /**
   * What the kernel says. State is for every view of this sheet; what became of an edit is for the view that sent it.
   * @param {FromKernel} message
   */
  receive(message) {
    const mine = message.view === this.autosave.view || this.acts.hears(message);
    if (message.ask_again && this.facilitator) this.act({ reveal: true });
    this.noteRevision(message);
    const state = this.facilitator ? message.private : message.state; // the second is what everybody may see
    if (state) this.take(state);
    if (message.follows) this.take({ ...this.state, ...message.follows });
    for (const saved of message.saved || []) {
      if ("value" in saved) (this.state.answers[saved.row] ??= {})[saved.field] = saved.value;
      else if ("private" in saved && this.facilitator) (this.state.answers[saved.row] ??= {})[saved.field] = saved.private;
    }
    if (mine && (message.saved || message.wrong)) this.autosave.answered(message);
    for (const { row, field } of message.saved || []) {
      if (mine) this.seen.note(row, field);
      if (mine || !this.autosave.dirty(row, field)) this.notify(row, field, "");
    }
    if (mine) {
      for (const { row, field, error } of message.wrong || []) this.notify(row, field, error);
      for (const clash of message.conflict || []) this.notices.showClash(clash);
      if (message.refused) this.autosave.refused(message.refused);
      this.acts.next();
    }
    if (this.facilitator) for (const clash of message.private_conflict || []) this.notices.showClash(clash);
    if (message.can) this.history.can(message.can);
    if (message.saved?.length) this.listeners.forEach((listener) => listener(this.state)); // a whole state has told them above
    this.showCount();
    if (message.failed && mine) this.autosave.tell(`Not done. ${message.failed}`, true);
    this.acts.answered(message);
  }

  /** @param {FromKernel} message */
  noteRevision({ older, revision, state, hello }) {
    const { kept } = this.autosave;
    if (older) this.notices.showOlder(older);
    if (older && revision !== undefined) kept.revision = revision;
    else kept.revision = Math.max(kept.revision, revision ?? state?.revision ?? hello ?? 0);
  }

  take(state) {
    this.state = state;
    this.refresh();
  }

  /** What is for the facilitator only stays in the kernel until it is asked for here. */
  async reveal() {
    const reply = await this.act({ reveal: true });
    if (!reply.private) return;
    this.facilitator = true;
    if (this.layout.projecting) return this.hide(); // asked for a moment before the projector went on
    this.state = reply.private;
    for (const clash of reply.private_conflict || []) this.notices.showClash(clash);
    this.redraw();
  }

  /** Hide it and forget it, also while the kernel does not answer. */
  hide() {
    if (this.facilitator || this.acts.isRevealing) this.acts.hidePrivate();
    this.facilitator = false;
    dropPrivate(this.spec, this.state);
    if (!this.history.panel.hidden) this.history.toggle();
    this.history.panel.replaceChildren();
    this.notices.hidePrivate();
    this.redraw();
  }

  refresh() {
    for (const key of this.watchers.keys()) {
      const [row, field] = key.split("|");
      if (!this.autosave.dirty(row, field)) this.notify(row, field, "", true);
    }
    this.listeners.forEach((listener) => listener(this.state));
    this.showCount();
  }

  /** Tell the controls of one answer; the one in focus keeps what is being typed. */
  notify(row, field, error, outside = false) {
    for (const watcher of this.watchers.get(keyOf(row, field)) || []) {
      watcher.wrong(error);
      if (!error && !watcher.busy() && !this.autosave.dirty(row, field)) watcher.value(this.value(row, field));
    }
    if (!outside) for (const grid of Object.values(this.grids)) grid.at?.row === row && grid.at.field === field && (grid.error.textContent = error);
    if (error) this.listeners.forEach((listener) => listener(this.state));
  }

  showCount() {
    this.unsaved.draw(); // a row may have gone under a refused answer
    const { asked, answered } = countAnswers(this.spec, this.state, (field) => this.value("", field) ?? this.state.suggestions[field]);
    this.count.textContent = asked && !this.spec.only ? `${answered} of ${asked} quick questions answered` : "";
  }

  build() {
    const hasMore = !this.spec.only && this.spec.questions.some((q) => (!q.quick || q.columns?.some((c) => !c.quick)) && !q.private);
    const isPrivate = this.spec.questions.some((q) => q.private || q.columns?.some((c) => c.private));
    this.count = make("span", { class: "ck-count" });
    this.more = make("button", { type: "button", hidden: !hasMore }, "Show all questions");
    this.secret = make("button", { type: "button", hidden: !isPrivate }, "Show facilitator-only questions");
    this.more.addEventListener("click", () => {
      this.all = !this.all;
      this.redraw();
    });
    this.secret.addEventListener("click", () => (this.facilitator ? this.hide() : this.reveal()));
    this.notices = new Notices(this);
    this.body = make("div", {});
    this.history = new HistoryPanel(this);
    this.layout = new Layout(this);
    this.navigation = new Navigation(this);
    const head = make("div", { class: "ck-head" }, this.more, this.secret, this.navigation.button, this.spec.mailed ? "" : this.layout.button, ...this.history.buttons);
    const line = make("div", { class: "ck-line" }, this.count, this.unsaved.status, this.unsaved.button); // stays in view
    this.root.append(make("h3", { class: "ck-title" }, this.spec.title), head, line, this.navigation.stopped, this.history.panel, this.unsaved.panel, this.notices.element, this.body);
    this.draw();
    this.navigation.greet();
  }

  redraw() {
    this.autosave.flush();
    this.more.textContent = this.all ? "Show the quick questions" : "Show all questions";
    this.secret.textContent = this.facilitator ? "Hide facilitator-only questions" : "Show facilitator-only questions";
    this.draw();
    this.refresh();
  }

  draw() {
    this.watchers.clear();
    this.listeners = [];
    this.grids = {};
    this.body.replaceChildren();
    for (const question of this.spec.questions) {
      if (!this.shows(question)) continue;
      if (question.kind === "rows") {
        this.grids[question.field] = new Grid(this, question);
        this.body.append(this.grids[question.field].element);
      } else if (question.kind === "matrix") {
        this.matrices[question.field] = new Matrix(this, question);
        this.body.append(this.matrices[question.field].element);
      } else this.body.append(questionBlock(this, question));
    }
  }

  /** Last words before the page goes or hides. */
  leave() {
    this.autosave.flush(true);
  }

  /** The view is taken away for good. */
  end() {
    this.leave();
    if (this.facilitator || this.acts.isRevealing) this.acts.hidePrivate();
  }
}

/** Put a sheet on the page; what is given back takes it off again. */
export function showSheet({ model, el }) {
  const root = make("section", { class: "ctekit-sheet", "aria-label": model.get("spec").title, lang: "en" });
  el.append(root);
  const sheet = new Sheet(model, root);
  const release = followPage(sheet, root);
  return () => {
    sheet.end();
    release();
    model.off("msg:custom", sheet.onMessage);
  };
}
