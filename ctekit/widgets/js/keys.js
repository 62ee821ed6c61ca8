// What a key means: a command, a character, or a part of a word that is still being composed.

const COMPOSING = ["Process", "Dead", "Compose", "Unidentified"];

/** Whether the key belongs to a word that an input method, a dead key or a phone's keyboard is still composing: no command then. */
export const isComposing = (event) => event.isComposing || event.keyCode === 229 || COMPOSING.includes(event.key);

/** Whether the key types a character; with AltGr (which some systems call Ctrl+Alt) and the Option key of a Mac too. */
export function typesCharacter(event) {
  if (isComposing(event) || event.metaKey || [...event.key].length !== 1) return false;
  const third = event.getModifierState("AltGraph") || (event.ctrlKey && event.altKey) || (event.altKey && /Mac/.test(navigator.platform));
  return third || !(event.ctrlKey || event.altKey);
}

const isSave = (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";

/**
 * Keys stay inside an element: in JupyterLab `a`, `x` or `d d` would change the notebook. Save (Ctrl/Cmd+S) goes through.
 * @param {HTMLElement} root
 * @param {() => void} onSave called when save is pressed
 * @returns {() => void} gives the window back as it was
 */
export function keepKeysInside(root, onSave = () => {}) {
  root.tabIndex = -1; // or a click on a blank spot would focus the notebook's cell, whose keys delete and change it
  root.addEventListener("keydown", (event) => {
    if (isSave(event)) onSave();
    else event.stopPropagation();
  });
  // Notebook 7 hears a key before any element does, and passes one by that is pressed on what bears this mark.
  const mark = (event) => {
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !isSave(event));
  };
  window.addEventListener("keydown", mark, true);
  return () => window.removeEventListener("keydown", mark, true);
}
