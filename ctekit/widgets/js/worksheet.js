// A worksheet as a widget: what a notebook asks for.

import { showSheet } from "./sheet.js";

const render = showSheet;

export default { render };
