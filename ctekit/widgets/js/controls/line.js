// Words in one line; in a cell of a table the line breaks where the cell ends.

import { CONTROLS } from "../controls.js";
import { textBox } from "../text_box.js";

CONTROLS.line = (question, value, refs, changed, tie) => textBox(value, changed, tie, { isLong: Boolean(tie["aria-label"]) });
