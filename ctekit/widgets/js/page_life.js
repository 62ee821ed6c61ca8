// What a sheet does when its page comes, hides, goes or is back on the net.

import { isComposing, keepKeysInside } from "./keys.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

/**
 * Listen to the page, until what is given back is called.
 * @param {Sheet} sheet
 * @param {HTMLElement} root
 */
export function followPage(sheet, root) {
  // Lumino listens before the page sees the element: attach once it stands in the document.
  let release = () => {};
  const attach = () => {
    if (!root.isConnected) return void requestAnimationFrame(attach);
    root.addEventListener("keydown", (event) => !isComposing(event) && sheet.history.key(event));
    // Whoever goes on to a button elsewhere on the page (a check, a chart) asks about what was typed last.
    // A table's cell gives its words a moment after the focus has left it.
    root.addEventListener("focusout", () => setTimeout(() => root.contains(document.activeElement) || sheet.autosave.flush(true)));
    release = keepKeysInside(root, () => sheet.autosave.flush(true));
  };
  attach();
  const leave = () => sheet.leave();
  const hide = () => (document.visibilityState === "hidden" ? leave() : sheet.autosave.wake());
  const wake = () => sheet.autosave.wake();
  const ask = (event) => sheet.autosave.isAtRisk && event.preventDefault(); // the browser asks whether to go
  window.addEventListener("online", wake);
  window.addEventListener("beforeunload", ask);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hide);
  return () => {
    release();
    window.removeEventListener("online", wake);
    window.removeEventListener("beforeunload", ask);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hide);
  };
}
