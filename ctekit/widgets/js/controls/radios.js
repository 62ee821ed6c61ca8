// A scale: a radio group with a legend and written steps. Nothing is chosen before a person chooses, and it can be cleared.

import { choicesOf } from "../choices.js";
import { CONTROLS } from "../controls.js";
import { aside, make, newDomId } from "../dom.js";

CONTROLS.radios = (question, value, refs, changed, tie) => {
  if (tie["aria-label"]) return CONTROLS.select(question, value, refs, changed, tie); // a cell has room for no more
  const group = newDomId();
  const box = make("div", { role: "radiogroup", class: "ck-scale", ...tie });
  const buttons = choicesOf(question, refs()).map(([step, words]) => {
    const radio = make("input", { type: "radio", name: group, value: step, onchange: () => changed(step, true) });
    box.append(make("label", {}, radio, " ", words));
    return radio;
  });
  const [own, name] = aside("Clear", tie);
  const clear = make("button", { type: "button", class: "ck-small", ...name }, own, "Clear");
  clear.addEventListener("click", () => {
    set(null);
    changed(null, true);
  });
  box.append(clear);
  const set = (now) => buttons.forEach((radio) => (radio.checked = now !== null && now !== undefined && Number(radio.value) === now));
  const get = () => {
    const on = buttons.find((radio) => radio.checked);
    return on ? Number(on.value) : null;
  };
  set(value);
  return { element: box, focus: buttons[0], get, set, isGroup: true };
};
