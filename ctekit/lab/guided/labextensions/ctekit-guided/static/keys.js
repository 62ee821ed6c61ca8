// In a notebook single keys are commands: "d d" deletes a cell. People who do not code press them by chance.

const ALLOWED = new Set(["Tab", "Escape", " ", "Home", "End", "PageUp", "PageDown"]);

/** Keep single keys from a notebook's cells, and a double click from opening its text, while `guided` says so. */
export function keepKeysOut(guided) {
  const isCell = (event) =>
    guided() && /** @type {HTMLElement} */ (event.target).matches?.(".jp-Notebook, .jp-Cell, .jp-Notebook .jp-RenderedMarkdown");
  const keep = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || ALLOWED.has(event.key) || !isCell(event)) return;
    if (event.key.length === 1 || ["Enter", "Delete", "Backspace"].includes(event.key)) event.stopImmediatePropagation();
  };
  const inText = (event) =>
    guided() && /** @type {HTMLElement} */ (event.target).closest?.(".jp-MarkdownCell") && event.stopImmediatePropagation();
  addEventListener("keydown", keep, true);
  addEventListener("dblclick", inText, true);
}
