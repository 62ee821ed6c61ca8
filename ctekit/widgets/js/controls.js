// The bare controls that questions are answered with: each kind of question names one of those in the folder beside this.

/**
 * @typedef {{id?: string, "aria-label"?: string, "aria-labelledby"?: string, "aria-describedby"?: string}} Naming as attributes
 * @typedef {{element: HTMLElement, focus: any, get: () => any, set: (value: any) => void, type?: (letter: string, now: number) => void, tab?: (event: KeyboardEvent) => boolean, isTyped?: boolean, isGroup?: boolean}} Control
 * `type`: a letter chooses. `tab`: whether Tab goes on inside it, in a cell. `isTyped`: people write into it what is then read. `isGroup`: it is more than one box.
 * @typedef {(question: any, value: any, refs: () => any, changed: (value: any, now: boolean) => void, tie: Naming) => Control} MakeControl
 */

/** @type {Record<string, MakeControl>} Each file of the folder adds its own, under the name of the file. */
export const CONTROLS = {};

/**
 * A bare control for a question. `refs` gives the rows that can be pointed to now.
 * @param {(value: any, now: boolean) => void} changed told of an answer, and whether it is to be saved at once
 * @param {{id?: string, name?: string, named?: string, describedby?: string}} naming what names it: words, as in a cell, or the ids of some
 * @returns {Control}
 */
export function control(question, value, refs, changed, naming) {
  const { id, name, named, describedby } = naming;
  const tie = { id, "aria-label": name, "aria-labelledby": named, "aria-describedby": describedby || undefined };
  return CONTROLS[question.control](question, value, refs, changed, tie);
}
