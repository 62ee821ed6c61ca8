// Words in several lines.

import { CONTROLS } from "../controls.js";
import { textBox } from "../text_box.js";

CONTROLS.lines = (question, value, refs, changed, tie) => textBox(value, changed, tie, { isLong: true });
