// Where something comes from, by the names of what stands there; it stays what it was until somebody writes over it.

import { inWords } from "../choices.js";
import { CONTROLS } from "../controls.js";
import { textBox } from "../text_box.js";

CONTROLS.source = (question, value, refs, changed, tie) => {
  let kept = value;
  const read = (words) => (words === inWords(question, kept, refs()) ? kept : words);
  const box = textBox(inWords(question, value, refs()), (words, now) => changed(read(words), now), tie, { isLong: Boolean(tie["aria-label"]) });
  return {
    ...box,
    get: () => read(box.get()),
    set: (current) => {
      kept = current;
      box.set(inWords(question, current, refs()));
    },
  };
};
