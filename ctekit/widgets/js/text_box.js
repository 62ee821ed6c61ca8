// A box to write in, which several controls are made of.

import { make } from "./dom.js";

/**
 * @param {(value: any, now: boolean) => void} changed
 * @param {{isLong?: boolean, inputmode?: string}} shape `isLong`: several lines, or one that may break
 */
export function textBox(value, changed, tie, shape = {}) {
  const { isLong = false, inputmode } = shape;
  const input = make(isLong ? "textarea" : "input", {
    ...tie,
    rows: isLong ? 1 : undefined,
    type: isLong ? undefined : "text",
    autocomplete: "off",
    dir: "auto",
    inputmode,
    oninput: () => typed(),
    onchange: () => typed(), // all that some programs and extensions send when they fill a box
  });
  let last = null;
  const typed = () => {
    if (input.value === last) return;
    last = input.value;
    grow();
    changed(get(), false);
  };
  const grow = () => {
    if (!isLong || CSS.supports("field-sizing", "content")) return; // the stylesheet does it, also when the width or the font changes
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  const get = () => input.value;
  const set = (current) => {
    input.value = current ?? "";
    last = input.value;
    requestAnimationFrame(grow);
  };
  set(value);
  return { element: input, focus: input, get, set, isTyped: true };
}
