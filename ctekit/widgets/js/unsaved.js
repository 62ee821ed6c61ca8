// What is not saved: always in view, with a way there; and what has no place in the worksheet, with its words to copy.

import { make, newDomId } from "./dom.js";
import { isText, keyOf, legible } from "./values.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

const answersAre = (count) => (count === 1 ? "1 answer is" : `${count} answers are`);

/** Words to copy, and buttons for what may be done with them. */
function lostLine(words, reason, ...buttons) {
  const id = newDomId();
  const box = make("textarea", { readonly: true, rows: 2, dir: "auto", translate: "no", "aria-labelledby": id });
  box.value = words;
  const copy = make("button", { type: "button", class: "ck-small", "aria-describedby": id }, "Copy");
  copy.addEventListener("click", () => {
    box.select();
    document.execCommand("copy");
  });
  for (const button of buttons) button.setAttribute("aria-describedby", id);
  return make("div", { class: "ck-lost" }, make("p", { id }, reason), box, make("p", {}, copy, " ", ...buttons.flatMap((button) => [button, " "])));
}

const smallButton = (words, act) => make("button", { type: "button", class: "ck-small", onclick: act }, words);

export class Unsaved {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.status = make("span", { role: "status", class: "ck-status" });
    this.button = make("button", { type: "button", class: "ck-small ck-go", hidden: true, onclick: () => this.go() });
    this.panel = make("section", { class: "ck-notice ck-aside", "aria-label": `Not saved: ${sheet.spec.title}`, hidden: true });
  }

  get wrong() {
    return this.sheet.autosave.wrong;
  }

  tell(sentence, bad) {
    const words = legible(sentence);
    if (this.status.textContent !== words) this.status.textContent = words; // said aloud once, not once a second
    this.status.classList.toggle("ck-bad", Boolean(bad));
  }

  /** How many there are, and those that have no place. */
  draw() {
    const { sent, waiting } = this.sheet.autosave;
    this.status.classList.toggle("ck-pending", sent.size + waiting.size > 0); // "Saved 10:42 AM" does not speak of these yet
    const { size } = this.wrong;
    const words = size ? `${answersAre(size)} not saved: go to it` : "";
    if (this.button.hidden && size && document.activeElement !== this.button) this.at = null;
    if (this.button.textContent !== words) this.button.textContent = words;
    this.button.hidden = !size;
    const isLost = ([key, edit]) => (key === edit.uid || !this.sheet.placed(edit)) && (!edit.private || this.sheet.facilitator);
    const lost = [...this.wrong].filter(isLost);
    const drawn = JSON.stringify([lost, this.foreign]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const ours = lost.map(([key, { value, wrong }]) => lostLine(inPlainWords(value), `Not saved: ${wrong}`, smallButton("Drop it", () => this.drop(key))));
    const theirs = (this.foreign || []).map((entry) => {
      const use = this.sheet.placed(entry.edit) && smallButton("Use it here", () => this.use(entry));
      const title = this.sheet.titleOf(entry.edit);
      return lostLine(inPlainWords(entry.edit.value), `Typed in another copy of this partnership and not saved there${title ? `: “${title}”` : ""}.`, ...(use ? [use] : []), smallButton("Drop it", () => this.forget(entry)));
    });
    this.panel.replaceChildren(...ours, ...theirs);
    this.panel.hidden = !ours.length && !theirs.length;
  }

  /** Text from an earlier visit that never reached the disk: put it back and send it again. */
  offerKept() {
    const { autosave, watchers } = this.sheet;
    const edits = autosave.kept.take();
    if (!edits.length) return;
    for (const edit of edits) autosave.sent.set(edit.uid, edit);
    autosave.keep(); // before anything else can go wrong
    autosave.send(edits); // one after the other, as they were typed: a later one is based on the one before it
    for (const { row, field, value } of edits) for (const watcher of watchers.get(keyOf(row, field)) || []) watcher.typed(value);
    autosave.tell("Found what you typed before and could not be saved; saving it now.");
  }

  /** What this browser keeps of another copy is offered once, and never sent by itself. */
  lookElsewhere() {
    this.foreign = this.sheet.autosave.kept.elsewhere();
    this.draw();
  }

  use(entry) {
    const { row, field, value } = entry.edit;
    this.sheet.typed(row, field, value, true);
    for (const watcher of this.sheet.watchers.get(keyOf(row, field)) || []) watcher.typed(value);
    this.forget(entry);
  }

  forget(entry) {
    this.sheet.autosave.kept.drop(entry.key, entry.edit.uid);
    this.foreign = this.foreign.filter((other) => other !== entry);
    this.leavePanel();
  }

  drop(key) {
    this.sheet.autosave.drop(key);
    this.leavePanel();
    this.sheet.autosave.tell("Dropped: it was not saved, and is no longer kept.");
  }

  leavePanel() {
    this.draw();
    (this.panel.querySelector("button") || this.sheet.root).focus();
  }

  /** To the next answer that is not saved; after the last one to the first again. */
  go() {
    const keys = [...this.wrong.keys()];
    this.at = keys[(keys.indexOf(this.at) + 1) % keys.length];
    const edit = this.wrong.get(this.at);
    if (!edit) return;
    const { row, field } = edit;
    if (this.sheet.placed({ row, field })) this.sheet.navigation.goTo(row, field);
    else this.panel.querySelector("textarea")?.focus();
  }
}

/** An answer as words that can be copied, whatever it is. */
const inPlainWords = (value) => (typeof value === "string" ? value : Array.isArray(value) && value.every(isText) ? value.join(", ") : JSON.stringify(value));
