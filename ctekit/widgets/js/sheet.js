// The whole worksheet in one widget: questions and tables in, edits out.

import { make, said } from "./dom.js";
import { questionBlock } from "./question.js";
import { Grid } from "./grid.js";
import { Past } from "./history.js";
import { Matrix } from "./matrix.js";
import { Present } from "./layout.js";
import { Progress } from "./navigation.js";
import { PATIENCE, Saver } from "./autosave.js";
import { Unsaved } from "./unsaved.js";
import { keyOf, newId } from "./values.js";

export class Sheet {
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.spec = model.get("spec");
    this.state = model.get("state");
    this.all = Boolean(this.spec.only);
    this.facilitator = false;
    this.watchers = new Map();
    this.listeners = [];
    this.replies = new Map();
    this.grids = {};
    this.matrices = {};
    this.unsaved = new Unsaved(this);
    this.saver = new Saver(model, (words, bad) => this.unsaved.tell(words, bad), (message) => this.receive(message), (edit) => this.placed(edit));
    this.build();
    this.saver.changed = () => this.unsaved.draw();
    this.onMessage = (message) => this.receive(message);
    model.on("msg:custom", this.onMessage);
    model.send({ hello: this.state.revision });
    this.offerKept();
    this.unsaved.lookElsewhere();
    this.refresh();
  }

  /** The question that an edit answers, with the table or matrix it stands in; null where there is no such place. */
  find({ row, field }) {
    const [head, tail] = field.split("/");
    const name = head === "marks" ? tail : head;
    const { questions } = this.spec;
    if (!row) return questions.filter((one) => one.field === name && !["rows", "matrix"].includes(one.kind)).map((question) => ({ question }))[0] || null;
    for (const table of questions) {
      if (table.kind === "rows" && this.state.rows[table.field]?.includes(row)) {
        const question = table.columns.find((one) => one.field === name);
        if (question) return { question, table };
      }
      const crosses = table.kind === "matrix" && table.field === head && this.state.rows[table.along]?.includes(row);
      if (crosses && this.refs[table.target]?.some(([column]) => column === tail)) return { question: table, table };
    }
    return null;
  }

  placed(edit) {
    return Boolean(this.find(edit));
  }

  titleOf(edit) {
    return this.find(edit)?.question.title || "";
  }

  /** Put the focus on one answer, wherever it stands; questions that are folded away are unfolded, but never on the projector. */
  async goTo(row, field) {
    const { question, table } = this.find({ row, field });
    if (!this.shows(question) || (table && !this.shows(table))) {
      if (this.present.projecting) return this.saver.tell("It is in a question that the projector does not show. Leave the projector first.", true);
      this.all = true;
      if (!this.facilitator && (question.private || table?.private)) await this.reveal();
      else this.redraw();
      if (!this.shows(question)) return;
    }
    const isMark = field.startsWith("marks/");
    if (table?.kind === "matrix") return this.matrices[table.field].goTo(row, field);
    const grid = table && this.grids[table.field];
    if (grid && !grid.rows().includes(row)) grid.view.clear();
    if (grid && !isMark) return grid.goTo(row, field);
    if (grid) grid.form.open(row);
    const block = (grid ? grid.form.element : this.body).querySelector(`.ck-question[data-field="${question.field}"]${row ? "" : ":not([data-row])"}`);
    if (isMark) block.querySelector('.ck-more [aria-expanded="false"]')?.click();
    block.querySelector(isMark ? ".ck-marks [aria-invalid], .ck-marks select" : "input, textarea, select").focus();
  }

  get refs() {
    return this.state.refs;
  }

  /** The answer as the kernel knows it, or as it was last typed here. */
  value(row, field) {
    const key = keyOf(row, field);
    const mine = this.saver.waiting.get(key) || this.saver.wrong.get(key) || this.saver.onItsWay(key);
    return mine ? mine.value : (this.state.answers[row]?.[field] ?? null);
  }

  shows(question) {
    if (question.private && !this.facilitator) return false;
    if (this.present?.projecting) return question.quick || question.field === this.spec.only;
    return this.all || question.quick || question.field === this.spec.only;
  }

  /** Whether there is room for one row of a table at a time only. */
  get compact() {
    return this.present.projecting || this.present.narrow;
  }

  watch(row, field, watcher) {
    const key = keyOf(row, field);
    this.watchers.set(key, [...(this.watchers.get(key) || []).slice(-3), watcher]);
    watcher.wrong(this.saver.wrong.get(key)?.wrong || "");
  }

  onState(listener) {
    this.listeners.push(listener);
  }

  typed(row, field, value, now) {
    this.saver.edit(row, field, value, this.state.answers[row]?.[field] ?? null);
    if (now) this.saver.flush();
  }

  /** A change of rows: needs the kernel's answer, because ids are given there. */
  act(action) {
    const id = newId();
    this.saver.flush(true);
    const late = setTimeout(() => {
      this.saver.tell("Not done: the kernel is not answering. Try again in a moment.", true);
      if (!this.saver.connection.isUp) this.saver.connection.mend();
    }, PATIENCE);
    try {
      this.model.send({ act: action, uid: id, view: this.saver.view });
    } catch {
      // The connection is gone; the timer says so.
    }
    return new Promise((done) => this.replies.set(id, (reply) => (clearTimeout(late), done(reply))));
  }

  sample(row, field) {
    return this.act({ sample: field, row }).then((reply) => reply.sample);
  }

  /** What the kernel says. State is for every view of this sheet; what became of an edit is for the view that sent it. */
  receive(message) {
    const mine = message.view === this.saver.view || this.replies.has(message.reply);
    if (message.ask_again && this.facilitator) this.act({ reveal: true });
    const state = this.facilitator ? message.private : message.state; // the second is what everybody may see
    if (state) this.take(state);
    if (message.follows) this.take({ ...this.state, ...message.follows });
    for (const one of message.saved || []) {
      if ("value" in one) (this.state.answers[one.row] ??= {})[one.field] = one.value;
      else if ("private" in one && this.facilitator) (this.state.answers[one.row] ??= {})[one.field] = one.private;
    }
    if (mine && (message.saved || message.wrong)) this.saver.answered(message);
    for (const { row, field } of message.saved || []) if (mine || !this.saver.dirty(row, field)) this.notify(row, field, "");
    if (mine) {
      for (const { row, field, error } of message.wrong || []) this.notify(row, field, error);
      for (const clash of message.conflict || []) this.showClash(clash);
      if (message.refused) this.saver.refused(message.refused);
    }
    if (this.facilitator) for (const clash of message.private_conflict || []) this.showClash(clash);
    if (message.can) this.past.can(message.can);
    if (message.saved?.length) this.listeners.forEach((listener) => listener(this.state)); // a whole state has told them above
    this.progress();
    if (message.failed && mine) this.saver.tell(`Not done. ${message.failed}`, true);
    else this.replies.get(message.reply)?.(message);
    this.replies.delete(message.reply);
  }

  take(state) {
    this.state = state;
    this.refresh();
  }

  /** What is for the facilitator only stays in the kernel until it is asked for here. */
  async reveal() {
    const reply = await this.act({ reveal: true });
    if (!reply.private) return;
    if (this.present.projecting) return this.hide(); // asked for a moment before the projector went on
    this.facilitator = true;
    this.state = reply.private;
    for (const clash of reply.private_conflict || []) this.showClash(clash);
    this.redraw();
  }

  /** Hide it and forget it, also while the kernel does not answer. */
  hide() {
    const shown = this.facilitator;
    this.facilitator = false;
    this.forget();
    if (!this.past.panel.hidden) this.past.toggle();
    this.past.panel.replaceChildren();
    this.notices.querySelectorAll(":scope > [role=status], :scope > .ck-aside").forEach((line) => line.remove()); // may name what is private
    this.redraw();
    if (shown) this.act({ reveal: false });
  }

  forget() {
    const { answers, rows } = this.state;
    const drop = (row, { field }) => (delete answers[row]?.[field], delete answers[row]?.[`marks/${field}`]);
    for (const question of this.spec.questions) {
      if (question.kind !== "rows") question.private && drop("", question);
      else {
        for (const row of rows[question.field]) question.columns.forEach((column) => (question.private || column.private) && drop(row, column));
        if (question.private) rows[question.field] = [];
      }
    }
  }

  refresh() {
    for (const key of this.watchers.keys()) {
      const [row, field] = key.split("|");
      if (!this.saver.dirty(row, field)) this.notify(row, field, "", true);
    }
    this.listeners.forEach((listener) => listener(this.state));
    this.progress();
  }

  /** Tell the controls of one answer; the one in focus keeps what is being typed. */
  notify(row, field, error, outside = false) {
    for (const watcher of this.watchers.get(keyOf(row, field)) || []) {
      watcher.wrong(error);
      if (!error && !watcher.busy() && !this.saver.dirty(row, field)) watcher.value(this.value(row, field));
    }
    if (!outside) for (const grid of Object.values(this.grids)) grid.at?.row === row && grid.at.field === field && (grid.error.textContent = error);
    if (error) this.listeners.forEach((listener) => listener(this.state));
  }

  /** Text from an earlier visit that never reached the disk: put it back and send it again. */
  offerKept() {
    const kept = this.saver.kept.take();
    if (!kept.length) return;
    for (const edit of kept) this.saver.sent.set(edit.uid, edit);
    this.saver.keep(); // before anything else can go wrong
    this.saver.send(kept); // one after the other, as they were typed: a later one is based on the one before it
    for (const { row, field, value } of kept) for (const watcher of this.watchers.get(keyOf(row, field)) || []) watcher.typed(value);
    this.saver.tell("Found what you typed before and could not be saved; saving it now.");
  }

  offerBack(words, action) {
    const undo = make("button", { type: "button", class: "ck-small" }, "Put it back");
    const line = make("p", { class: "ck-notice", role: "status" }, words, " ", undo);
    undo.addEventListener("click", async () => (line.remove(), await this.act(action)));
    this.notices.replaceChildren(line);
  }

  /** Somebody else changed the same answer: both are shown, both stay in the history. */
  showClash({ row, field, title, mine, theirs, mine_words, theirs_words, who, at }) {
    const line = make("div", { class: "ck-notice", role: "alert" },
      make("p", {}, `“${title}” was changed by ${who} at ${at} while you were writing. Both are in the history.`),
      make("p", {}, make("strong", {}, "Theirs, now in place: "), said(theirs_words || "(blank)")),
      make("p", {}, make("strong", {}, "Yours: "), said(mine_words || "(blank)")));
    (this.state.answers[row] ??= {})[field] = theirs;
    const asked = this.spec.questions.flatMap((one) => [one, ...(one.columns || [])]).filter((one) => one.field === field);
    line.classList.toggle("ck-aside", asked.some((one) => one.private)); // not on the projector
    const keep = make("button", { type: "button" }, "Keep theirs");
    const use = make("button", { type: "button" }, "Use mine");
    keep.addEventListener("click", () => line.remove());
    use.addEventListener("click", () => (line.remove(), this.typed(row, field, mine, true)));
    line.append(keep, " ", use);
    this.notices.append(line);
    this.saver.tell("One answer was changed by somebody else: see the note at the top.", true);
    this.refresh();
  }

  progress() {
    this.unsaved.draw(); // a row may have gone under a refused answer
    let answered = 0;
    let asked = 0;
    for (const question of this.spec.questions) {
      if (!this.shows(question) || question.kind === "rows" || question.kind === "matrix") continue;
      asked += 1;
      const value = this.value("", question.field);
      if (value !== null && value !== "" && !(Array.isArray(value) && !value.length)) answered += 1;
    }
    this.count.textContent = asked ? `${answered} of ${asked} questions answered` : "";
  }

  build() {
    const hasMore = !this.spec.only && this.spec.questions.some((q) => (!q.quick || q.columns?.some((c) => !c.quick)) && !q.private);
    const isPrivate = this.spec.questions.some((q) => q.private || q.columns?.some((c) => c.private));
    this.count = make("span", { class: "ck-count" });
    this.more = make("button", { type: "button", hidden: !hasMore }, "Show all questions");
    this.secret = make("button", { type: "button", hidden: !isPrivate }, "Show facilitator-only questions");
    this.more.addEventListener("click", () => ((this.all = !this.all), this.redraw()));
    this.secret.addEventListener("click", () => (this.facilitator ? this.hide() : this.reveal()));
    this.notices = make("div", {});
    this.body = make("div", {});
    this.past = new Past(this);
    this.present = new Present(this);
    this.way = new Progress(this);
    const head = make("div", { class: "ck-head" }, this.more, this.secret, this.way.button, this.present.button, ...this.past.buttons);
    const line = make("div", { class: "ck-line" }, this.count, this.unsaved.status, this.unsaved.button); // stays in view
    this.root.append(make("h3", { class: "ck-title" }, this.spec.title), head, line, this.way.stopped, this.past.panel, this.unsaved.panel, this.notices, this.body);
    this.draw();
    this.way.greet();
  }

  redraw() {
    this.saver.flush();
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
      } else if (question.kind === "matrix") this.body.append((this.matrices[question.field] = new Matrix(this, question)).element);
      else this.body.append(questionBlock(this, question));
    }
  }

  /** Last words before the page goes or hides. */
  leave() {
    this.saver.flush(true);
  }

  /** The view is taken away for good. */
  end() {
    this.leave();
    if (this.facilitator) this.model.send({ act: { reveal: false }, uid: newId(), view: this.saver.view });
  }
}
