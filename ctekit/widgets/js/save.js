// Saving: what was typed is kept in the browser until the kernel says that it is on disk.

const PAUSE = 400; // ms without a key before an edit is sent
const LONGEST = 1000; // ms that steady typing may wait
const PATIENCE = 5000; // ms without an answer before we say so

/** @typedef {{uid: string, row: string, field: string, value: any, base: any, wrong?: string}} Edit */

/** A random id; `crypto.randomUUID` needs a secure context, which a plain http hub is not. */
function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

const keyOf = (row, field) => `${row}|${field}`;

/** The queue of edits of one sheet in one browser tab. */
class Saver {
  /**
   * @param {any} model the widget's model
   * @param {string} place the name under which unsent text is kept in this browser
   * @param {(words: string, bad?: boolean) => void} tell shows a state to people
   */
  constructor(model, place, tell) {
    this.model = model;
    this.view = newId();
    this.places = `${place} `;
    this.place = `${place} ${this.view}`; // a place of its own: sheets that are open side by side must not clear each other's
    this.tell = tell;
    /** @type {Map<string, Edit>} */ this.waiting = new Map();
    /** @type {Map<string, Edit>} */ this.sent = new Map();
    /** @type {Map<string, Edit>} */ this.wrong = new Map();
    this.count = 0;
    this.failing = false;
  }

  /** What earlier visits could not save; it is this one's from now on. A visit still open puts back what it still has. */
  kept() {
    try {
      const places = Object.keys(localStorage).filter((one) => one.startsWith(this.places));
      const all = places.flatMap((one) => JSON.parse(localStorage.getItem(one)));
      places.forEach((one) => localStorage.removeItem(one));
      return all;
    } catch {
      return [];
    }
  }

  keep() {
    const all = [...this.sent.values(), ...this.waiting.values(), ...this.wrong.values()];
    try {
      if (all.length) localStorage.setItem(this.place, JSON.stringify(all));
      else localStorage.removeItem(this.place);
    } catch {
      // A browser that keeps nothing (private window, full): the edit is still on its way to the kernel.
    }
  }

  /** Take one edit; `base` is what stood there when the person began. */
  edit(row, field, value, base) {
    const key = keyOf(row, field);
    const before = this.waiting.get(key) || this.wrong.get(key);
    const onItsWay = this.onItsWay(key);
    const from = before ? before.base : onItsWay ? onItsWay.value : base;
    this.wrong.delete(key);
    this.waiting.set(key, { uid: newId(), row, field, value, base: from ?? null });
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
    this.since ??= performance.now();
    if (performance.now() - this.since > LONGEST) this.flush();
  }

  /** Send everything that waits. While a batch is on its way the next one waits for it, unless there is no time. */
  flush(hurry = false) {
    clearTimeout(this.timer);
    if (!this.waiting.size || (this.sent.size && !hurry)) return;
    const edits = [...this.waiting.values()];
    this.waiting.clear();
    this.since = undefined;
    this.send(edits);
  }

  send(edits) {
    for (const edit of edits) this.sent.set(edit.uid, edit);
    this.count += 1;
    try {
      this.model.send({ edits, view: this.view, n: this.count });
    } catch {
      // The connection is gone; the timer below says so and tries again.
    }
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    if (!this.failing) this.slow = setTimeout(() => this.tell("Saving …"), 1000);
    this.lost = setTimeout(() => this.again(), PATIENCE);
  }

  again() {
    if (!this.sent.size) return;
    this.failing = true; // these words stand until there is an answer
    this.tell("Not saved: the kernel is not answering. What you typed is kept in this browser.", true);
    this.send([...this.sent.values()]);
  }

  /** The kernel has answered for these edits. */
  answered({ saved = [], wrong = [], at }) {
    this.failing = false;
    for (const { uid } of saved) this.sent.delete(uid);
    for (const { uid, error } of wrong) {
      const edit = this.sent.get(uid);
      if (edit && !this.waiting.has(keyOf(edit.row, edit.field))) this.wrong.set(keyOf(edit.row, edit.field), { ...edit, wrong: error });
      this.sent.delete(uid);
    }
    this.keep();
    if (this.sent.size) return;
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    if (this.wrong.size) this.tell("One answer is not saved yet: see the note beside it.", true);
    else if (at) this.tell(`Saved ${at}`); // also while more is being typed: steady typing must not hide it
    if (this.waiting.size) this.flush();
  }

  /** The kernel could not save (a full disk, a folder that cannot be written): say so, keep all, try again later. */
  refused(words) {
    this.tell(words, true);
    clearTimeout(this.slow);
    clearTimeout(this.lost);
    this.lost = setTimeout(() => this.send([...this.sent.values()]), 2 * PATIENCE);
  }

  /** Forget a refused edit, because the person put back what stood there. */
  forget(row, field) {
    this.wrong.delete(keyOf(row, field));
    this.waiting.delete(keyOf(row, field));
    this.keep();
  }

  /** The last edit of an answer that was sent and not answered yet. */
  onItsWay(key) {
    return [...this.sent.values()].filter((one) => keyOf(one.row, one.field) === key).pop();
  }

  /** Whether this answer is not yet on disk. */
  dirty(row, field) {
    const key = keyOf(row, field);
    return this.waiting.has(key) || this.wrong.has(key) || Boolean(this.onItsWay(key));
  }
}
