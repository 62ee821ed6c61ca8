// Notes at the top of a worksheet: what was deleted and can be put back, and answers that two people changed.

import { make, peopleWords } from "./dom.js";
import { keyOf, same } from "./values.js";
import { isPrivate } from "./worksheet_state.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

export class Notices {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.element = make("div", {});
    /** @type {Map<string, {mine: any, line: HTMLElement, isPast: boolean, writeOn: () => void}>} what gave way to somebody else's, one note an answer */ this.clashes = new Map();
  }

  offerBack(words, action) {
    const undo = make("button", { type: "button", class: "ck-small" }, "Put it back");
    const line = make("p", { class: "ck-notice", role: "status" }, words, " ", undo);
    undo.addEventListener("click", () => {
      line.remove();
      this.sheet.act(action);
    });
    this.element.replaceChildren(line);
  }

  /** Somebody else changed the same answer: both are shown, both stay in the history. */
  showClash({ row, field, title, mine, theirs, mine_words, theirs_words, who, at }) {
    const key = keyOf(row, field);
    this.clashes.get(key)?.line.remove(); // of what was typed a moment before, and is in the history
    const label = make("strong", {}, "Theirs, now in place: ");
    const yours = make("strong", {}, "Yours: ");
    const line = make("div", { class: "ck-notice", role: "alert" },
      make("p", {}, `“${title}” was changed by ${who} at ${at} while you were writing. Both are in the history.`),
      make("p", {}, label, peopleWords(theirs_words || "(blank)")),
      make("p", {}, yours, peopleWords(mine_words || "(blank)")));
    (this.sheet.state.answers[row] ??= {})[field] = theirs;
    line.classList.toggle("ck-aside", isPrivate(this.sheet.spec, field)); // not on the projector
    const keep = make("button", { type: "button" }, "Keep theirs");
    keep.addEventListener("click", () => {
      close();
      if (!same(this.sheet.value(row, field), theirs)) this.sheet.typed(row, field, theirs, true); // something was written since
    });
    const use = make("button", { type: "button" }, "Use mine");
    use.addEventListener("click", () => {
      const { isPast } = clash;
      close();
      if (!isPast) this.sheet.typed(row, field, mine, true);
    });
    const writeOn = () => { // what is in place by then is newer than what gave way
      clash.isPast = true;
      label.textContent = "Theirs: ";
      yours.textContent = "Yours, as it was then: ";
      use.textContent = "Keep mine";
    };
    const clash = { mine, line, isPast: false, writeOn };
    const close = () => {
      line.remove();
      if (this.clashes.get(key) === clash) this.clashes.delete(key);
    };
    this.clashes.set(key, clash);
    if (this.sheet.autosave.dirty(row, field)) writeOn();
    line.append(keep, " ", use);
    this.element.append(line);
    this.sheet.autosave.tell("One answer was changed by somebody else: see the note at the top.", true);
    this.sheet.refresh();
  }

  /** Whether this is what gave way, with nothing written since: to leave a box that still shows it is no edit. */
  gaveWay(row, field, value) {
    const clash = this.clashes.get(keyOf(row, field));
    return clash !== undefined && !clash.isPast && same(value, clash.mine);
  }

  /** Somebody who was told writes on: theirs is in place no more. */
  wroteOn(row, field) {
    this.clashes.get(keyOf(row, field))?.writeOn();
  }

  /** The file is an older one than before. Said once, however many views hear of it. */
  showOlder(words) {
    this.older?.remove();
    const close = make("button", { type: "button", class: "ck-small", onclick: () => this.older.remove() }, "Close this note");
    this.older = make("div", { class: "ck-notice", role: "alert" }, make("p", {}, words), close);
    this.element.append(this.older);
  }

  /** Take away what may name something private. */
  hidePrivate() {
    this.element.querySelectorAll(":scope > [role=status], :scope > .ck-aside").forEach((line) => line.remove());
  }
}
