// A worksheet as a widget: what a notebook asks for.

import { initialize } from "./hearing.js";
import { showSheet } from "./sheet.js";

const render = showSheet;

export default { initialize, render };
