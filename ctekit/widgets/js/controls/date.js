// A date is typed, or picked from the browser's own calendar.

import { CONTROLS } from "../controls.js";
import { aside, make } from "../dom.js";
import { textBox } from "../text_box.js";

CONTROLS.date = (question, value, refs, changed, tie) => {
  const box = textBox(value, changed, tie);
  const input = box.focus;
  const [own, name] = aside("Pick a day from a calendar", tie);
  const calendar = make("input", { type: "date", tabindex: "-1", "aria-hidden": "true", class: "ck-calendar" });
  calendar.addEventListener("change", () => {
    input.value = calendar.value;
    changed(input.value, true);
    input.focus();
  });
  const open = make("button", { type: "button", class: "ck-small", ...name }, own, "…");
  open.addEventListener("click", () => {
    calendar.value = input.value;
    calendar.showPicker();
  });
  return { ...box, element: make("span", { class: "ck-date" }, input, calendar, open) };
};
