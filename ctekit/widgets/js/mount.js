// Putting a sheet on the page and taking it off again.

import { make } from "./dom.js";
import { isComposing } from "./keys.js";
import { Sheet } from "./sheet.js";

/** Keys stay inside the sheet: in JupyterLab `a`, `x` or `d d` would change the notebook. Save (Ctrl/Cmd+S) goes through. */
function keepKeysInside(root, sheet) {
  root.tabIndex = -1;
  root.addEventListener("keydown", (event) => {
    if (!isComposing(event) && sheet.past.key(event)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") sheet.saver.flush(true);
    else event.stopPropagation();
  });
  // Notebook 7 hears a key before any element does, and passes one by that is pressed on what bears this mark.
  const mark = (event) => {
    const save = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !save);
  };
  window.addEventListener("keydown", mark, true);
  sheet.unmark = () => window.removeEventListener("keydown", mark, true);
}

function render({ model, el }) {
  const root = make("section", { class: "ctekit-sheet", "aria-label": model.get("spec").title, lang: "en" });
  el.append(root);
  const sheet = new Sheet(model, root);
  // Lumino listens before the page sees the element: attach once it stands in the document.
  const attach = () => (root.isConnected ? keepKeysInside(root, sheet) : requestAnimationFrame(attach));
  attach();
  const leave = () => sheet.leave();
  const hide = () => (document.visibilityState === "hidden" ? leave() : sheet.saver.wake());
  const wake = () => sheet.saver.wake();
  window.addEventListener("online", wake);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hide);
  return () => {
    sheet.end();
    sheet.unmark?.();
    model.off("msg:custom", sheet.onMessage);
    window.removeEventListener("online", wake);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hide);
  };
}

export default { render };
