// One quiet line in the place of each code cell: it says what the cell shows, and opens the code.

import { element } from "./outline.js";
import { source } from "./running.js";

const SHOWS = {
  worksheet: "the worksheet",
  check: "the check",
  chart: "a chart",
  rate: "the rating",
  room: "the room for phones",
  overview: "where everything stands",
  picture: "the whole picture",
  thread: "a promise from end to end",
  changes: "what changed",
  handover: "the hand-over",
  keep: "the button that writes pages",
  run: "the run sheet",
  kit: "the kit of a workshop",
  paper: "the papers",
  agenda: "the next agenda",
  quiz: "the questions",
  papers: "the papers to read",
  reply: "your reply",
  hint: "the hints",
  solution: "the answer",
  summary: "your summary",
  progress: "how far you are",
  reset: "the way to begin again",
  mail: "the letters to partners",
};

const SHOWS_FIRST = [["open_partnership", "the partnership"], ["open_exercise", "the exercise"]];

const lines = new WeakSet();

/** Give a notebook's code cells their lines, and hide what is for the facilitator only; again when cells are added. */
export function dressCells(panel, Widget) {
  const dress = () => {
    for (const cell of panel.content.widgets) dressCell(cell, Widget);
  };
  dress();
  panel.content.model?.cells.changed.connect(() => requestAnimationFrame(() => panel.isDisposed || dress()));
}

function dressCell(cell, Widget) {
  if (lines.has(cell)) return;
  lines.add(cell);
  if ((cell.model.getMetadata("tags") ?? []).includes("facilitator")) {
    cell.node.classList.add("ctekit-script");
    cell.syncCollapse = false; // else it unfolds what JupyterLab has run, in the file too
  }
  if (cell.model.type !== "code") return;
  const button = element("button", { type: "button", className: "ctekit-code-line", ariaExpanded: "false" }, words(cell));
  button.addEventListener("click", () => {
    button.ariaExpanded = String(cell.node.classList.toggle("ctekit-code-shown"));
  });
  cell.layout.insertWidget(0, new Widget({ node: element("div", { className: "ctekit-code-place" }, button) }));
}

function words(cell) {
  const code = source(cell);
  const verb = /^(?:partnership|exercise)\.(\w+)\(/.exec(code)?.[1] ?? "";
  const shows = SHOWS[verb] ?? SHOWS_FIRST.find(([call]) => code.includes(call))?.[1];
  return shows ? `Code that shows ${shows}` : "Code";
}
