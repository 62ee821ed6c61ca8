// What a person asks for besides edits, one after the other: each is sent when all before it is answered. Else JupyterLab,
// which gives a page's first messages to the kernel's main thread and the later ones to another, could swap them.

import { PATIENCE } from "./autosave.js";
import { howToRestart } from "./connection.js";
import { newId } from "./values.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

export class Acts {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    /** @type {{uid: string, act: Act, resolve: (reply: FromKernel) => void, late: any, isSent: boolean}[]} */ this.queue = [];
    sheet.autosave.isHeld = () => this.queue.length > 0;
  }

  /**
   * Ask for one, after what was typed before it.
   * @param {Act} act
   * @returns {Promise<FromKernel>}
   */
  ask(act) {
    this.sheet.autosave.flush(true);
    return new Promise((resolve) => {
      const uid = newId();
      this.queue.push({ uid, act, resolve, late: setTimeout(() => this.giveUp(uid), PATIENCE), isSent: false });
      this.next();
    });
  }

  next() {
    const [first] = this.queue;
    if (!first || first.isSent || this.sheet.autosave.isUnanswered) return;
    first.isSent = true;
    this.sheet.autosave.post({ act: first.act, uid: first.uid });
  }

  /** Whether a message answers one of these. @param {FromKernel} message */
  hears({ reply }) {
    return this.queue.some(({ uid }) => uid === reply);
  }

  /** @param {FromKernel} message */
  answered(message) {
    const asked = this.queue.find(({ uid }) => uid === message.reply);
    if (!asked) return;
    this.drop(asked);
    if (!message.failed) asked.resolve(message);
    this.goOn();
  }

  /** No answer: what comes of it later moves nobody's focus, and shows nothing private. */
  giveUp(uid) {
    const { autosave } = this.sheet;
    const asked = this.queue.find((each) => each.uid === uid);
    if (!asked) return;
    this.drop(asked);
    if (asked.act.reveal) this.hidePrivate();
    autosave.tell(`Not done: the kernel is not answering. Wait a moment and do it again. ${howToRestart()} What you typed is kept.`, true);
    if (!autosave.connection.isUp) autosave.connection.mend();
    this.goOn();
  }

  /** The next one; after the last what was typed since. */
  goOn() {
    if (this.queue.length) this.next();
    else this.sheet.autosave.flush();
  }

  drop(asked) {
    clearTimeout(asked.late);
    this.queue = this.queue.filter((other) => other !== asked);
  }

  get isRevealing() {
    return this.queue.some(({ act }) => act.reveal);
  }

  /** The kernel is to send nothing private any more, whatever was asked for before. Nobody waits for the answer. */
  hidePrivate() {
    for (const asked of this.queue.filter(({ act }) => act.reveal)) this.drop(asked);
    this.sheet.autosave.post({ act: { reveal: false }, uid: newId() });
  }
}
