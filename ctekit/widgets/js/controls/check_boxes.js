// Several of a list: check boxes, with a box to type in when the list is long. Arrow keys go through them, Enter ticks the one found.

import { choicesOf, inWords, plain } from "../choices.js";
import { CONTROLS } from "../controls.js";
import { aside, make, peopleWords } from "../dom.js";
import { isComposing, typesCharacter } from "../keys.js";
import { same } from "../values.js";

CONTROLS.check_boxes = (question, value, refs, changed, tie) => {
  const several = (given) => new Set(Array.isArray(given) ? given : []);
  let chosen = several(value);
  const list = make("div", { class: "ck-list" });
  const box = make("div", { role: "group", class: "ck-picker", ...tie });
  const [own, name] = aside("Type to find", tie);
  const search = make("input", { type: "search", ...name, autocomplete: "off", dir: "auto", placeholder: "Type to find, Enter ticks", oninput: () => fill() });
  const fill = () => {
    const choices = [...choicesOf(question, refs())];
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
  const ticks = () => [...list.querySelectorAll("input")];
  const isFound = (tick) => plain(tick.parentElement.textContent).includes(plain(search.value.trim()));
  /** Enter after some letters: the one that is found is ticked; of several the first has the focus, to be ticked with Space. */
  const find = () => {
    const found = ticks().filter(isFound);
    if (found.length !== 1) return void found[0]?.focus();
    if (!found[0].checked) found[0].click();
    search.value = "";
    fill();
  };
  const key = (event) => {
    const at = ticks().indexOf(event.target);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (isComposing(event)) return;
    if (next !== undefined && (next >= 0 || at === 0)) (ticks()[next] || (next < 0 && !search.hidden ? search : ticks()[at]))?.focus();
    else if (event.key === "Enter" && event.target === search && search.value.trim()) find();
    else if (at >= 0 && !search.hidden && event.key !== " " && typesCharacter(event)) return void search.focus(); // the letter goes there
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  box.addEventListener("keydown", key);
  /** In a cell Tab goes from the box to type in into the list, and from any of that to the next cell. */
  const tab = (event) => {
    const to = event.shiftKey ? search : ticks()[0];
    if (search.hidden || !to || (event.target === search) === event.shiftKey) return false;
    event.preventDefault();
    to.focus();
    return true;
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
  return { element: box, focus: search.hidden ? list.querySelector("input") || box : search, get, set, tab, isGroup: true };
};
