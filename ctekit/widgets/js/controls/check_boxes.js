// Several of a list: check boxes, with a box to type in when the list is long.

import { choicesOf, inWords, plain } from "../choices.js";
import { CONTROLS } from "../controls.js";
import { aside, make, peopleWords } from "../dom.js";
import { same } from "../values.js";

CONTROLS.check_boxes = (question, value, refs, changed, tie) => {
  const several = (given) => new Set(Array.isArray(given) ? given : []);
  let chosen = several(value);
  const list = make("div", { class: "ck-list" });
  const box = make("div", { role: "group", class: "ck-picker", ...tie });
  const [own, name] = aside("Type to find", tie);
  const search = make("input", { type: "search", ...name, autocomplete: "off", dir: "auto", oninput: () => fill() });
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
