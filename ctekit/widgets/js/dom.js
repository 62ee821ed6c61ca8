// Elements of the page, and what ties them together for people who listen.

import { isText, legible, newId } from "./values.js";

/** Make an element. Text always goes in as text, never as HTML, and turns nothing around it. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (isText(child) ? legible(child) : child)));
  return element;
}

/** Words of people: in their own direction, and never translated under our hands where they name something. */
export const peopleWords = (words, attributes = {}) => make("bdi", attributes, words);

// Each widget gets this file as a module of its own: without a word of its own, two sheets on a page would share their ids.
const MINE = newId().slice(0, 8);
let counter = 0;
export const newDomId = () => `ctekit-${MINE}-${(counter += 1)}`;

/** What names a small control that belongs to a question: words of its own, kept out of sight, then the question's. */
export function aside(words, tie) {
  const own = make("span", { id: newDomId(), hidden: true }, words);
  return [own, tie["aria-label"] ? { "aria-label": `${words}: ${tie["aria-label"]}` } : { "aria-labelledby": `${own.id} ${tie["aria-labelledby"]}` }];
}

/** Tell a control's own error state to those who do not see its color. */
export function markWrong(element, words) {
  if (words) element.setAttribute("aria-invalid", "true");
  else element.removeAttribute("aria-invalid");
}
