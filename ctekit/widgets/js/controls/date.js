// A date is typed, or picked from the browser's own calendar; it is shown as people say it.

import { CONTROLS } from "../controls.js";
import { dayInWords } from "../days.js";
import { aside, make } from "../dom.js";
import { textBox } from "../text_box.js";

CONTROLS.date = (question, value, refs, changed, tie) => {
  let day = value;
  const box = textBox(dayInWords(value), changed, tie);
  const input = box.focus;
  const get = () => (input.value === dayInWords(day) ? (day ?? "") : input.value);
  const set = (now) => box.set(dayInWords((day = now)));
  const [own, name] = aside("Pick a day from a calendar", tie);
  const calendar = make("input", { type: "date", tabindex: "-1", "aria-hidden": "true", class: "ck-calendar" });
  calendar.addEventListener("change", () => {
    set(calendar.value);
    changed(calendar.value, true);
    input.focus();
  });
  const open = make("button", { type: "button", class: "ck-small ck-pick-day", ...name }, own);
  open.addEventListener("click", () => {
    calendar.value = get();
    calendar.showPicker();
  });
  return { ...box, get, set, element: make("span", { class: "ck-date" }, input, calendar, open) };
};
