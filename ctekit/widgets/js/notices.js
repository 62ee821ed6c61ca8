// Notes at the top of a worksheet: what was deleted and can be put back, and answers that two people changed.

import { make, peopleWords } from "./dom.js";
import { isPrivate } from "./worksheet_state.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

export class Notices {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.element = make("div", {});
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
    const line = make("div", { class: "ck-notice", role: "alert" },
      make("p", {}, `“${title}” was changed by ${who} at ${at} while you were writing. Both are in the history.`),
      make("p", {}, make("strong", {}, "Theirs, now in place: "), peopleWords(theirs_words || "(blank)")),
      make("p", {}, make("strong", {}, "Yours: "), peopleWords(mine_words || "(blank)")));
    (this.sheet.state.answers[row] ??= {})[field] = theirs;
    line.classList.toggle("ck-aside", isPrivate(this.sheet.spec, field)); // not on the projector
    const keep = make("button", { type: "button", onclick: () => line.remove() }, "Keep theirs");
    const use = make("button", { type: "button" }, "Use mine");
    use.addEventListener("click", () => {
      line.remove();
      this.sheet.typed(row, field, mine, true);
    });
    line.append(keep, " ", use);
    this.element.append(line);
    this.sheet.autosave.tell("One answer was changed by somebody else: see the note at the top.", true);
    this.sheet.refresh();
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
