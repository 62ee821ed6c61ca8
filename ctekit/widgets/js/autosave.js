// Saving: what was typed is kept in the browser until the kernel says that it is on disk.

import { Connection, howToRestart } from "./connection.js";
import { Kept } from "./kept.js";
import { keyOf, newId } from "./values.js";

const PAUSE = 400; // ms without a key before an edit is sent
const LONGEST = 1000; // ms that steady typing may wait
export const PATIENCE = 5000; // ms without an answer before we say so
const REMARK = 4000; // ms that words about something else stand before "Saved" comes over them
const RETRY = 2000; // ms between two looks at a connection that gave no answer
const EDITS = 100; // so many edits, and so many characters of JSON, go into one message
const SIZE = 200000;
const SILENT = "Not saved: the kernel is not answering.";
const KEPT = "What you typed is kept in this browser and is sent by itself as soon as it is back.";
const NOT_KEPT = "This browser cannot keep what you typed. Leave this page open: it is sent by itself as soon as the kernel is back. Copy it before you reload the page or run cells.";

/** @typedef {SentEdit & {wrong?: string, private?: boolean}} Edit what was refused has its reason with it */

/**
 * Edits in as many messages as they need.
 * @param {Iterable<Edit>} edits
 */
function parcels(edits) {
  /** @type {Edit[][]} */
  const parcels = [];
  let size = SIZE;
  for (const edit of edits) {
    const length = JSON.stringify(edit).length;
    const last = parcels.at(-1);
    if (!last || size + length > SIZE || last.length === EDITS) {
      parcels.push([edit]);
      size = length;
    } else {
      last.push(edit);
      size += length;
    }
  }
  return parcels;
}

/** The queue of edits of one sheet in one browser tab. */
export class Autosave {
  /**
   * @param {any} model the widget's model
   * @param {(words: string, bad?: boolean) => void} tell shows a state to people
   * @param {(message: FromKernel) => void} hear takes an answer that needs no kernel
   * @param {(edit: Edit) => boolean} placed whether the worksheet has such a question and row
   */
  constructor(model, tell, hear, placed) {
    const spec = model.get("spec");
    this.model = model;
    this.view = newId();
    this.kept = new Kept(spec, this.view, () => model.mayKeep?.() ?? true);
    this.connection = new Connection(model);
    this.longest = spec.longest;
    this.tell = (/** @type {string} */ words, bad = false) => {
      clearTimeout(this.remarked);
      this.remarked = undefined;
      tell(words, bad);
    };
    this.hear = hear;
    this.placed = placed;
    /** @type {Map<string, Edit>} */ this.waiting = new Map();
    /** @type {Map<string, Edit>} */ this.sent = new Map();
    /** @type {Map<string, Edit>} what was refused, by its place; or by its uid, where it has none */ this.wrong = new Map();
    this.changed = () => {}; // called when what is on its way or refused is another
    this.isHeld = () => false; // whether something was asked for that comes before what is typed now
    this.isUnanswered = false; // whether edits are on their way, of which the kernel has said nothing yet
    this.count = 0;
    this.at = "";
    this.failing = false;
  }

  keep() {
    this.changed();
    this.kept.put([...this.sent.values(), ...this.waiting.values(), ...this.wrong.values()]);
  }

  /** Take one edit; `base` is what stood there when the person began. */
  edit(row, field, value, base) {
    const key = keyOf(row, field);
    const before = this.waiting.get(key) || this.wrong.get(key);
    const onItsWay = this.onItsWay(key);
    const from = before ? before.base : onItsWay ? onItsWay.value : base;
    const { root } = before || onItsWay || { root: base };
    this.wrong.delete(key);
    this.waiting.set(key, { uid: newId(), row, field, value, base: from ?? null, root: root ?? null });
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
    this.since ??= performance.now();
    if (performance.now() - this.since > LONGEST) this.flush();
  }

  /** Send everything that waits. While a batch or an act is on its way the next one waits for it, unless there is no time. */
  flush(hurry = false) {
    clearTimeout(this.timer);
    if (!this.waiting.size || ((this.sent.size || this.isHeld()) && !hurry)) return;
    const edits = [...this.waiting.values()];
    this.waiting.clear();
    this.since = undefined;
    this.send(edits);
  }

  send(edits) {
    this.isUnanswered = true;
    for (const edit of edits) this.sent.set(edit.uid, edit);
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    if (!this.failing) this.slow = setTimeout(() => this.tell("Saving …"), 1000);
    this.lost = setTimeout(() => this.again(), this.failing ? RETRY : PATIENCE);
    const isLong = ({ row, field, value }) => JSON.stringify([row, field, value]).length > this.longest;
    for (const parcel of parcels(edits.filter((edit) => !isLong(edit)))) this.post({ edits: parcel });
    // What is longer than the kernel takes is not put on its way: the connection would break of it, again and again.
    const error = `This answer is too long: the most that can be kept is ${this.longest.toLocaleString("en-US")} characters. Shorten it, or keep it in a file of its own.`;
    const wrong = edits.filter(isLong).map(({ uid, row, field }) => ({ uid, row, field, error, private: false }));
    if (wrong.length) this.hear({ wrong, view: this.view });
  }

  /**
   * The number tells in which order they were sent, in whatever order they come.
   * @param {FromSheet} message
   */
  post(message) {
    this.count += 1;
    try {
      this.model.send({ ...message, view: this.view, n: this.count });
    } catch {
      // The connection is gone; a timer says so and tries again.
    }
  }

  /** No answer yet: say so, see to the connection, and send what was not answered once more. */
  again() {
    if (!this.sent.size) return;
    this.failing = true; // these words stand until there is an answer
    this.tell(`${SILENT} ${this.kept.isWhole ? `${KEPT} ${howToRestart()}` : NOT_KEPT}`, true);
    this.looks = (this.looks || 0) + 1;
    this.lost = setTimeout(() => this.again(), RETRY);
    if (!this.connection.isUp) {
      this.cut = true;
      if (this.looks % 2) this.connection.mend(); // every second look: a slow one may be connecting just now
    } else if (this.cut || this.looks % 5 === 0) this.resend();
  }

  /** Everything that is not answered, also what was typed since: a bad edit must not stand alone before the good ones. */
  resend() {
    this.cut = false;
    const edits = [...this.sent.values(), ...this.waiting.values()];
    this.waiting.clear();
    if (edits.length) this.send(edits);
  }

  /** The computer is online or awake again: do not wait for the next look. */
  wake() {
    if (!this.failing) return;
    this.connection.mend(); // also where it seems up: the way may have gone without a word
    this.cut = true;
    clearTimeout(this.lost);
    this.lost = setTimeout(() => this.again(), RETRY / 2);
  }

  /**
   * The kernel has answered for these edits.
   * @param {FromKernel} message
   */
  answered({ saved = [], wrong = [], at }) {
    this.failing = false;
    this.looks = 0;
    for (const { uid } of saved) this.sent.delete(uid);
    for (const refused of wrong) this.refuse(refused);
    this.keep();
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    this.isUnanswered = this.sent.size > 0;
    if (this.isUnanswered) return void (this.lost = setTimeout(() => this.again(), PATIENCE));
    if (wrong.length && !saved.length) this.tell("Not saved.", true);
    else if (at) this.settle(at); // also while more is being typed: steady typing must not hide it
    if (this.waiting.size) this.flush();
  }

  /** Say when something was last saved; of everything only where nothing is refused. */
  settle(at = this.at) {
    this.at = at;
    if (this.remarked) return void (this.isDue = true);
    const saved = this.wrong.size ? "All else saved" : "Saved";
    this.tell(this.at ? `${saved} ${this.at}` : "");
  }

  /** Say something that is not about saving: it stands for some seconds, also where something is saved meanwhile. */
  remark(words) {
    this.tell(words);
    this.isDue = false;
    this.remarked = setTimeout(() => {
      this.remarked = undefined;
      if (this.isDue) this.settle();
    }, REMARK);
  }

  /** One edit was refused: it stays, with the reason, until it is changed or dropped. */
  refuse({ uid, error, private: isPrivate }) {
    const edit = this.sent.get(uid);
    this.sent.delete(uid);
    if (!edit) return;
    const key = this.placed(edit) ? keyOf(edit.row, edit.field) : uid;
    if (!this.waiting.has(key)) this.wrong.set(key, { ...edit, wrong: error, private: isPrivate });
  }

  /** The kernel could not save (a full disk, a folder that cannot be written): say so, keep all, try again later. */
  refused(words) {
    this.isUnanswered = false;
    this.tell(words, true);
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    this.lost = setTimeout(() => this.resend(), 2 * PATIENCE);
  }

  /** Forget a refused edit, because the person does not want it any more. */
  drop(key) {
    this.wrong.delete(key);
    this.keep();
  }

  /** Forget a refused edit, because the person put back what stood there. */
  forget(row, field) {
    const wasWrong = this.wrong.delete(keyOf(row, field));
    this.waiting.delete(keyOf(row, field));
    this.keep();
    if (wasWrong && !this.wrong.size && !this.sent.size) this.settle();
  }

  /** Whether something would be gone with this page. */
  get isAtRisk() {
    return !this.kept.isWhole && this.sent.size + this.waiting.size + this.wrong.size > 0;
  }

  /** The last edit of an answer that was sent and not answered yet. */
  onItsWay(key) {
    return [...this.sent.values()].filter((edit) => keyOf(edit.row, edit.field) === key).pop();
  }

  /** Whether this answer is not yet on disk. */
  dirty(row, field) {
    const key = keyOf(row, field);
    return this.waiting.has(key) || this.wrong.has(key) || Boolean(this.onItsWay(key));
  }
}
