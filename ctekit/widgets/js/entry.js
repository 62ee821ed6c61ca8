// Typing on a cell that is not open yet. A browser composes words only where there is something to write in, so the cell
// in focus is that; what comes of it, however it was made (input method, dead key, dictation), begins the answer.

/** @typedef {import("./grid.js").Grid} Grid */

export class Entry {
  /** @param {Grid} grid */
  constructor(grid) {
    this.grid = grid;
    this.composing = null; // the cell in which a word is being composed
    const { table } = grid;
    const here = (event) => !grid.editing && event.target.closest?.("td[contenteditable]");
    table.addEventListener("compositionstart", (event) => (this.composing = here(event) || null));
    table.addEventListener("compositionend", (event) => this.end(event.data));
    table.addEventListener("beforeinput", (event) => {
      const cell = here(event);
      if (!cell || event.inputType === "insertCompositionText") return; // cannot be held up; its end brings the words
      event.preventDefault();
      if (event.inputType === "insertText" && event.data && !this.composing) grid.edit(cell, event.data);
    });
    table.addEventListener("focusout", (event) => here(event) && event.target === here(event) && this.close(event.target));
  }

  /** The cell that has just come into focus can be written in. */
  open(cell) {
    if (cell.isContentEditable) return;
    cell.contentEditable = "true";
    cell.spellcheck = false;
    this.name(cell);
    if (document.activeElement === cell) document.getSelection()?.collapse(cell, 0); // where an input method begins
  }

  /** What can be written in has no name of its own for those who listen: it is called by what stands in it. */
  name(cell) {
    if (cell.isContentEditable) cell.setAttribute("aria-label", this.grid.shown.get(cell) || "");
  }

  close(cell) {
    cell.removeAttribute("contenteditable");
    cell.removeAttribute("spellcheck");
    cell.removeAttribute("aria-label");
  }

  /** A word begins: it takes the place of what stands in the cell, as any other first letter does. */
  begin(cell) {
    if (!this.composing) document.getSelection()?.selectAllChildren(cell);
  }

  end(words) {
    const { grid, composing: cell } = this;
    if (!cell) return;
    this.composing = null;
    grid.shown.delete(cell);
    grid.fill(cell, grid.column(cell.dataset.field));
    if (words && cell.isConnected) grid.edit(cell, words);
    else if (grid.late) grid.draw();
  }
}
