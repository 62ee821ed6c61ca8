// How much is on the screen: a narrow one shows one row at a time; the projector shows what a room fills, large, whole and without tools, and nothing private.

import { make } from "./dom.js";
import { isComposing } from "./keys.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

const NARROW = 30; // widths of the letter m: below this a table of several columns cannot be read

export class Layout {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.projecting = false;
    this.narrow = false;
    this.button = make("button", { type: "button", "aria-pressed": "false", onclick: () => this.project(!this.projecting) }, "Projector");
    for (const button of [sheet.more, sheet.secret, sheet.history.open]) button.classList.add("ck-aside");
    sheet.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !isComposing(event) && !event.defaultPrevented && this.projecting) this.project(false);
    });
    new ResizeObserver(([{ contentRect }]) => this.fit(contentRect.width)).observe(sheet.root);
  }

  /** Whoever leaves the projector has to ask again for what is for the facilitator only. */
  project(on) {
    this.projecting = on;
    this.sheet.root.classList.toggle("ck-projector", on);
    this.button.setAttribute("aria-pressed", String(on));
    this.fit(this.sheet.root.clientWidth); // the same width holds less of large type
    this.sheet.hide();
    this.button.focus();
    this.sheet.autosave.remark(on ? "Projector: the quick questions, large. Esc leaves." : "Projector off.");
  }

  fit(width) {
    const letter = parseFloat(getComputedStyle(this.sheet.root).fontSize);
    const narrow = width > 0 && width < NARROW * letter; // 0: in a tab that is not shown now
    if (narrow === this.narrow) return;
    this.narrow = narrow;
    this.sheet.root.classList.toggle("ck-narrow", narrow);
    for (const grid of Object.values(this.sheet.grids)) grid.form.fit();
  }
}
