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
