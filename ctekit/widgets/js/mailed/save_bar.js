// The way out of a mailed page: the answers as a file, by the phone's share sheet, or as text to copy; and back in.

import { make, newDomId } from "../dom.js";
import { findQuestion } from "../worksheet_state.js";
import { WrongFile } from "./answers_file.js";

/** @typedef {import("./draft.js").Draft} Draft */

const ELSEWHERE = "This worksheet is open in another tab. Save here, then go on from that file there.";
const SETTLING = 60; // ms that a cell which has just lost the focus takes to give its words

const button = (words, act, more = {}) => make("button", { type: "button", onclick: act, ...more }, words);

/** Whether the page stands in a frame of a previewer, where saving does nothing and says nothing. */
const isFramed = () => window.self !== window.top;

export class SaveBar {
  /**
   * @param {Draft} draft
   * @param {() => void} redraw shows the forms anew
   */
  constructor(draft, redraw) {
    this.draft = draft;
    this.redraw = redraw;
    this.hasLeft = true; // whether the answers as they stand were saved, shared or copied
    this.status = make("span", { role: "status", class: "saved" });
    this.line = make("div", { class: "line" }, this.status, button("Save my answers", () => this.save(), { class: "primary" }));
    this.text = make("textarea", { readonly: true, rows: 6, id: newDomId(), translate: "no", spellcheck: "false", oncopy: () => (this.hasLeft = true) });
    this.shown = make("div", { hidden: true }, make("label", { for: this.text.id }, "All of this text is your answers. Copy it into a message to us."), this.text);
    this.input = make("input", { type: "file", id: newDomId(), accept: ".json,.txt,application/json,text/plain", onchange: () => this.open() });
    const ways = make("p", { class: "ways" });
    if (navigator.canShare?.({ files: [this.asFile("{}")] })) ways.append(button("Share my answers", () => this.share()), " ");
    ways.append(button("Show my answers as text", () => this.show()), " ", button("Print", () => window.print()), " ", button("Remove my answers from this browser", () => this.forget()));
    this.element = make("div", {}, ways, this.shown,
      make("p", {}, make("label", { for: this.input.id }, "Go on from a file that you saved: "), this.input));
    if (isFramed()) this.element.prepend(make("p", { class: "warning" }, "This looks like a preview, where nothing can be saved. Save this file first, then open it in a browser."));
    draft.onChange(() => this.count());
    window.addEventListener("beforeunload", (event) => {
      if (this.wouldLose) event.preventDefault();
    });
    this.count();
  }

  get name() {
    return `answers-${this.draft.header.name}`;
  }

  /** Whether closing the page may lose answers. A download that a browser blocks is not told here, so what it does not keep counts. */
  get wouldLose() {
    const { draft } = this;
    return draft.changes().length > 0 || !this.hasLeft || (!draft.isKept && draft.log.length > 0);
  }

  tell(words) {
    this.status.textContent = words;
  }

  /** How much is in no file yet, and whether this browser keeps it until then. */
  count() {
    const { length } = this.draft.changes();
    const kept = this.draft.isKept ? "" : ` ${this.draft.isElsewhere ? ELSEWHERE : "This browser keeps nothing: save before you close this page."}`;
    if (length) this.hasLeft = false;
    if (length) this.tell(`${length === 1 ? "1 change is" : `${length} changes are`} in no file yet.${kept}`);
    else if (!this.draft.log.length) this.tell(`Nothing is changed yet.${kept}`);
  }

  /** The file, once what is still being typed has been read. */
  async file() {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.dispatchEvent(new Event("pagehide")); // the forms send what waits
    await new Promise((resolve) => setTimeout(resolve, SETTLING));
    return this.draft.file();
  }

  asFile(text) {
    return new File([text], `${this.name}.txt`, { type: "text/plain" }); // no browser shares a .json
  }

  async save() {
    const link = make("a", { href: URL.createObjectURL(new Blob([await this.file()], { type: "application/json" })), download: `${this.name}.json` });
    document.body.append(link);
    link.click();
    link.remove();
    this.hasLeft = true;
    this.tell(`Saved as ${this.name}.json, where this browser puts downloads. ${this.draft.isElsewhere ? "Go on from that file in the other tab." : "Send that file back."}`);
  }

  async share() {
    const text = await this.file();
    try {
      await navigator.share({ files: [this.asFile(text)], title: document.title });
      this.hasLeft = true;
      this.tell("Shared.");
    } catch {
      this.tell("Not shared. Save the file, or show your answers as text and copy them.");
    }
  }

  async show() {
    this.text.value = await this.file();
    this.shown.hidden = false;
    this.text.focus();
    this.text.select();
    this.tell("Your answers are shown as text, to copy.");
  }

  async open() {
    const [file] = this.input.files;
    if (!file) return;
    try {
      const others = this.draft.goOn(await file.text());
      this.redraw();
      this.tell(`Your answers from the file are in the page again.${this.toldOf(others)}`);
    } catch (error) {
      this.tell(error instanceof WrongFile ? error.message : "This file could not be read. Choose a file that “Save my answers” made here.");
    }
    this.input.value = "";
  }

  /** Where the file has something else than the page, by the titles of the questions. */
  toldOf(others) {
    const { specs, states } = this.draft;
    const titles = others.map((place) => findQuestion(specs[place.worksheet], states[place.worksheet], place)?.question.title);
    if (!titles.length) return "";
    return ` What you typed here stays, and the file has something else: ${[...new Set(titles)].join(", ")}. Look whether it is as you want it.`;
  }

  forget() {
    this.draft.forget();
    this.tell("Removed from this browser. What you see is kept nowhere unless you save it.");
  }
}
