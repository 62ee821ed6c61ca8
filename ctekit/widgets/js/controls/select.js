// One of a list.

import { choicesOf, inWords, plain } from "../choices.js";
import { CONTROLS } from "../controls.js";
import { make } from "../dom.js";
import { typesCharacter } from "../keys.js";

const NEW_WORD = 1000; // ms after which a letter begins anew

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
  let letters = "";
  let last = 0;
  /** Choose by the letters that words begin with, accents or not; the same letter again goes on to the next. Not the browser's
   *  own way, which cannot be told of the first letter where that opened the cell. */
  const type = (letter, now) => {
    letters = plain(now - last < NEW_WORD ? letters + letter : letter);
    last = now;
    const wanted = new Set(letters).size === 1 ? letters[0] : letters; // "" of a mark that nobody sees
    if (!wanted) return;
    const next = select.selectedIndex + (wanted.length === 1 ? 1 : 0);
    const options = [...select.options];
    const match = [...options.slice(next), ...options.slice(0, next)].find((option) => plain(option.text).startsWith(wanted));
    if (!match || match.selected) return;
    match.selected = true;
    changed(get(), false); // more letters may follow
  };
  select.addEventListener("keydown", (event) => {
    const opensList = event.key === " " && event.timeStamp - last >= NEW_WORD;
    if (!typesCharacter(event) || opensList) return;
    event.preventDefault();
    type(event.key, event.timeStamp);
  });
  return { element: select, focus: select, get, set, type };
};
