// The past of a sheet: undo and redo, who changed what, how it stood on another day, and bringing something back.

import { make, newDomId, peopleWords } from "./dom.js";
import { keyOf } from "./values.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

export class HistoryPanel {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.id = newDomId();
    this.undo = make("button", { type: "button", disabled: true, onclick: () => this.step("undo") }, "Undo");
    this.redo = make("button", { type: "button", disabled: true, onclick: () => this.step("redo") }, "Redo");
    this.open = make("button", { type: "button", "aria-expanded": "false", "aria-controls": this.id, onclick: () => this.toggle() }, "History");
    this.buttons = [this.undo, this.redo, ...(sheet.spec.mailed ? [] : [this.open])];
    this.panel = make("section", { id: this.id, class: "ck-past", "aria-label": `History of this worksheet: ${sheet.spec.title}`, hidden: true });
  }

  /** What there is to undo and redo now. A button that has the focus hands it on before it is switched off. */
  can([undo, redo]) {
    for (const [button, other, there] of [[this.undo, this.redo, undo], [this.redo, this.undo, redo]]) {
      if (!there && document.activeElement === button) {
        const otherThere = other === this.redo ? redo : undo;
        if (otherThere) other.disabled = false;
        (otherThere ? other : this.open.isConnected ? this.open : this.sheet.root).focus();
      }
      button.disabled = !there;
    }
  }

  /** Ctrl/Cmd+Z, Ctrl/Cmd+Shift+Z and Ctrl+Y; gives whether the key was one of them. */
  key(event) {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return false;
    if (event.target.matches("input[type=search], .ck-marks input")) { // no answer of the sheet's: the box has its own undo
      if (!event.target.value && key === "z" && !event.shiftKey) event.preventDefault(); // Chromium would go on with the answer typed before
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    this.step(key === "y" || event.shiftKey ? "redo" : "undo");
    return true;
  }

  /** Undo takes back whole answers: what is still being typed is sent first, then it is the answer to take back. */
  async step(which) {
    if (this.takeBackWrong(which)) return;
    for (const grid of Object.values(this.sheet.grids)) {
      if (!grid.editing) continue;
      const { row, field } = grid.editing.cell.dataset;
      const inside = grid.editing.cell.contains(document.activeElement);
      grid.commit();
      if (inside) grid.cell(row, field)?.focus();
    }
    this.told(await this.sheet.act({ [which]: true }));
  }

  /** What was refused for its shape was never saved: undoing it puts back what stands. */
  takeBackWrong(which) {
    const place = /** @type {HTMLElement | null} */ (document.activeElement?.closest?.("[data-field]"));
    const { row = "", field } = place?.dataset || {};
    if (which !== "undo" || !this.sheet.autosave.wrong.has(keyOf(row, field))) return false;
    this.sheet.autosave.forget(row, field);
    this.force([[row, field]]);
    this.sheet.autosave.tell("Taken back: what could not be saved.");
    return true;
  }

  told(reply) {
    this.force(reply.places || []);
    if (reply.words) this.sheet.autosave.tell(reply.words);
    if (!this.panel.hidden) this.list();
  }

  /** Show what stands, also in the control that has the focus: the person asked for it. */
  force(places) {
    for (const [row, field] of places) {
      if (this.sheet.autosave.dirty(row, field)) continue;
      this.sheet.seen.note(row, field);
      for (const watcher of this.sheet.watchers.get(keyOf(row, field)) || []) {
        watcher.wrong("");
        watcher.typed(this.sheet.value(row, field));
      }
    }
    this.sheet.listeners.forEach((listener) => listener(this.sheet.state));
  }

  toggle() {
    this.panel.hidden = !this.panel.hidden;
    this.open.setAttribute("aria-expanded", String(!this.panel.hidden));
    if (!this.panel.hidden) this.list();
  }

  /** The newest changes, and what compares two days. */
  async list() {
    const place = this.panel.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.name : null;
    const { history, days } = await this.sheet.act({ history: true });
    if (this.panel.hidden) return; // closed meanwhile, together with what was for the facilitator only
    this.changes = make("div", {});
    const close = make("button", { type: "button", "data-name": "close" }, "Close the history");
    close.addEventListener("click", () => {
      this.toggle();
      this.open.focus();
    });
    this.panel.replaceChildren(make("h4", { class: "ck-label" }, "History"), this.comparison(days), this.changes, close);
    if (history) this.show(history, history.length < 50 ? "Changes, newest first." : "The last 50 changes, newest first. partnership.history(…) has them all.");
    if (place !== null && place !== undefined) (this.panel.querySelector(`[data-name="${place}"]`) || close).focus();
  }

  show(history, words) {
    const lines = history.map((change) => {
      const what = peopleWords(change.words, { id: newDomId() });
      const bring = change.bring && make("button", { type: "button", class: "ck-small", "aria-describedby": what.id, "data-name": change.seq, dir: "auto", onclick: () => this.act({ bring: change.seq }) }, change.bring);
      return make("li", {}, make("span", { class: "ck-when" }, `${change.when} `, peopleWords(change.who, { translate: "no" })), " ", what, " ", bring || null);
    });
    this.changes.replaceChildren(make("p", { class: "ck-hint", role: "status" }, words), make("ol", { class: "ck-changes" }, ...lines));
  }

  comparison(days) {
    const choose = (words, options) => {
      const id = newDomId();
      const select = make("select", { id, "data-name": words });
      for (const [value, day] of options) select.append(make("option", { value }, day));
      return [make("label", { for: id }, words), select];
    };
    const [fromLabel, from] = choose("From the end of", days);
    const [toLabel, to] = choose("to", [["", "now"], ...days]);
    if (days.length > 1) from.value = days[1][0];
    const compare = make("button", { type: "button", "data-name": "compare", onclick: () => this.compare(from.value, to.value) }, "Compare");
    const back = make("button", { type: "button", "data-name": "back", onclick: () => this.act({ bring_all: from.value }) }, "Bring the whole worksheet back to that day");
    return make("div", { class: "ck-bar", role: "group", "aria-label": "Compare two days", hidden: !days.length }, fromLabel, from, toLabel, to, compare, back);
  }

  async compare(from, to) {
    const reply = await this.sheet.act({ compare: [from, to] });
    this.show(reply.history || [], reply.words);
  }

  async act(action) {
    this.told(await this.sheet.act(action));
  }
}
