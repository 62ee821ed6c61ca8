// A number, written as people write it; a phone shows its digits.

import { CONTROLS } from "../controls.js";
import { textBox } from "../text_box.js";

CONTROLS.number = (question, value, refs, changed, tie) => textBox(value, changed, tie, { inputmode: "decimal" });
