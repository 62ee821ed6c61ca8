// The bare controls that questions are answered with.

import { choicesOf, inWords, isMany, isOne, plain } from "./choices.js";
import { aside, make, peopleWords } from "./dom.js";
import { radios } from "./radios.js";
import { same } from "./values.js";

/**
 * A bare control for a question. `refs` gives the rows that can be pointed to now.
 * @param {(value: any, now: boolean) => void} changed told of an answer, and whether it is to be saved at once
 * @param {{id?: string, name?: string, named?: string, describedby?: string, lines?: boolean}} naming what names it: words, or the ids of some
 * @returns {{element: HTMLElement, focus: any, get: () => any, set: (value: any) => void}}
 */
export function control(question, value, refs, changed, naming) {
  const { id, name, named, describedby, lines = false } = naming;
  const tie = { id, "aria-label": name, "aria-labelledby": named, "aria-describedby": describedby || undefined };
  if (isMany(question)) return picker(question, value, refs, changed, tie);
  if (question.kind === "scale" && !name) return radios(question, value, refs, changed, tie);
  if (isOne(question)) {
    const select = make("select", { ...tie, dir: "auto", translate: question.target ? "no" : undefined, onchange: () => changed(get(), true) });
    const get = () => (select.value === "" ? null : JSON.parse(select.value));
    let drawn = "";
    const fill = (current) => {
      const choices = choicesOf(question, refs());
      const known = current === null || current === undefined || choices.some(([choice]) => choice === current);
      if (!known) choices.push([current, inWords(question, current, refs())]);
      const now = JSON.stringify(choices);
      if (now === drawn && get() === (current ?? null)) return; // a list that somebody has just opened stays as it is
      drawn = now;
      select.replaceChildren(make("option", { value: "" }, "-"));
      choices.forEach(([choice, words]) => select.append(make("option", { value: JSON.stringify(choice) }, words)));
      select.value = current === null || current === undefined ? "" : JSON.stringify(current);
    };
    fill(value);
    return { element: select, focus: select, get, set: fill };
  }
  const long = question.kind === "long_text" || lines;
  const input = make(long ? "textarea" : "input", {
    ...tie,
    rows: long ? 1 : undefined,
    type: long ? undefined : "text",
    autocomplete: "off",
    dir: "auto",
    inputmode: ["whole", "decimal", "money", "percentage"].includes(question.kind) ? "decimal" : undefined,
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
    if (!long || CSS.supports("field-sizing", "content")) return; // the stylesheet does it, also when the width or the font changes
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
  if (question.kind !== "date") return { element: input, focus: input, get, set };
  return { element: dated(input, changed, tie), focus: input, get, set };
}

/** A date is typed, or picked from the browser's own calendar. */
function dated(input, changed, tie) {
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
  return make("span", { class: "ck-date" }, input, calendar, open);
}

/** Several of a list: check boxes, with a box to type in when the list is long. */
function picker(question, value, refs, changed, tie) {
  const several = (given) => new Set(Array.isArray(given) ? given : []);
  let chosen = several(value);
  const list = make("div", { class: "ck-list" });
  const box = make("div", { role: "group", class: "ck-picker", ...tie });
  const [own, name] = aside("Type to find", tie);
  const search = make("input", { type: "search", ...name, autocomplete: "off", dir: "auto", oninput: () => fill() });
  const fill = () => {
    const choices = choicesOf(question, refs());
    for (const choice of chosen) if (!choices.some(([known]) => known === choice)) choices.push([choice, inWords(question, [choice], refs())]);
    const wanted = plain(search.value.trim());
    list.replaceChildren(
      ...choices
        .filter(([choice, words]) => chosen.has(choice) || plain(words).includes(wanted))
        .map(([choice, words]) => {
          const tick = make("input", { type: "checkbox" });
          tick.addEventListener("change", () => {
            if (tick.checked) chosen.add(choice);
            else chosen.delete(choice);
            changed(get(), true);
          });
          tick.checked = chosen.has(choice);
          return make("label", {}, tick, " ", peopleWords(words, { translate: question.target ? "no" : undefined }));
        }),
    );
    search.hidden = choices.length < 9;
    if (!choices.length) list.replaceChildren(make("p", { class: "ck-hint" }, `Nothing to pick yet: fill in “${question.from}” first.`));
  };
  const get = () => [...chosen];
  fill();
  box.append(own, search, list);
  let drawn = JSON.stringify(choicesOf(question, refs()));
  const set = (now) => {
    const next = JSON.stringify(choicesOf(question, refs()));
    if (next === drawn && same(get(), now)) return; // a box that has the focus keeps it
    drawn = next;
    chosen = several(now);
    fill();
  };
  return { element: box, focus: search.hidden ? list.querySelector("input") || box : search, get, set };
}
