// One of a list.

import { choicesOf, inWords } from "../choices.js";
import { CONTROLS } from "../controls.js";
import { make } from "../dom.js";

CONTROLS.select = (question, value, refs, changed, tie) => {
  const select = make("select", { ...tie, dir: "auto", translate: question.target ? "no" : undefined, onchange: () => changed(get(), true) });
  const get = () => (select.value === "" ? null : JSON.parse(select.value));
  let drawn = "";
  const set = (current) => {
    const choices = [...choicesOf(question, refs())];
    const known = current === null || current === undefined || choices.some(([choice]) => choice === current);
    if (!known) choices.push([current, inWords(question, current, refs())]);
    const now = JSON.stringify(choices);
    if (now === drawn && get() === (current ?? null)) return; // a list that somebody has just opened stays as it is
    drawn = now;
    select.replaceChildren(make("option", { value: "" }, question.blank || "-"));
    choices.forEach(([choice, words]) => select.append(make("option", { value: JSON.stringify(choice) }, words)));
    select.value = current === null || current === undefined ? "" : JSON.stringify(current);
  };
  set(value);
  return { element: select, focus: select, get, set };
};
