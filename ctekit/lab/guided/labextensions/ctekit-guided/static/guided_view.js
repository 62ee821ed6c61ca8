// The guided view as a whole: steps at the left, one notebook that has run by itself, Present, and the way to JupyterLab.

import { dressCells } from "./code_line.js";
import { keepKeysOut } from "./keys.js";
import { Notebooks } from "./notebooks.js";
import { Outline, element, follow } from "./outline.js";
import { Place } from "./place.js";
import { Presenter } from "./presenting.js";
import { FIRST, Runner } from "./running.js";
import { Server } from "./server.js";
import { leadToPages } from "./written.js";

export function guidedView({ jupyter, app, tracker, shell, palette }) {
  const { Widget } = jupyter.widgets;
  const server = new Server(jupyter.services, app.serviceManager.serverSettings);
  const status = element("p", { role: "status", className: "ctekit-status" });
  const notebooks = new Notebooks(app, tracker, server);
  const sources = server.sources().catch(() => new Set());
  const isGuided = () => !shell || document.body.classList.contains("ctekit-guided");
  const runner = new Runner(jupyter, sources, (words) => { status.textContent = words; }, isGuided);
  const opened = async (panel) => {
    if (!notebooks.isGuided(panel) || !(await notebooks.added(panel))) return;
    panel.context.ready.then(() => dressCells(panel, Widget));
    await runner.opened(panel);
  };
  tracker.forEach(opened);
  tracker.widgetAdded.connect((_, panel) => { opened(panel); });
  const notebookOf = (link) => tracker.find((panel) => panel.node.contains(link))?.context.path ?? "";
  leadToPages(app.serviceManager.serverSettings.baseUrl, notebookOf);
  if (shell) surround({ jupyter, app, tracker, shell, palette, server, status, notebooks, runner });
}

/** Steps, buttons and commands: what JupyterLab has a place for, and Notebook 7 has not. */
function surround({ jupyter, app, tracker, shell, palette, server, status, notebooks, runner }) {
  const { Widget } = jupyter.widgets;
  const base = app.serviceManager.serverSettings.baseUrl;
  const choose = (step) => {
    place.makeWay(); // at once, also for the one that is open already: whoever opens the steps again meanwhile keeps them
    return notebooks.open(step.notebook);
  };
  const outline = new Outline((step) => `${base}lab/tree/${step.notebook}`, `${base}ctekit/wall`, choose);
  const name = element("p", { className: "ctekit-name" });
  const pane = new Widget({ node: element("div", { className: "ctekit-pane" }) });
  const back = new Widget({ node: element("div", { className: "ctekit-back-place" }) });
  const bar = new Widget({ node: element("div", { className: "ctekit-bar" }) });
  const place = new Place(app, shell, tracker, pane, back, bar);
  const presenter = new Presenter(jupyter, shell, server, () => {
    place.alone(false);
    if (notebooks.panel) shell.activateById(notebooks.panel.id);
  });
  const closeLauncher = () => { if (!presenter.presents) place.closeLauncher(notebooks.panel); };
  const open = () => (notebooks.panel?.context.path ?? "").replace(".ipynb", "");
  const present = (answers) => {
    if (!notebooks.isStep || presenter.presents) return;
    if (!place.guided) place.enter();
    presenter.present(open(), answers);
    place.alone(true);
  };
  const actions = {
    present: () => present(false),
    answers: () => present(true),
    back: () => presenter.back(),
    run: () => notebooks.panel && runner.run(notebooks.panel),
    jupyterlab: () => place.leave(),
    guided: () => {
      place.enter();
      closeLauncher();
    },
  };
  for (const [id, label, keys] of COMMANDS) addCommand(app, palette, id, label, keys, actions[id]);
  const button = (label, action, look = "") =>
    element("button", { type: "button", className: `jp-mod-styled ${look}`, onclick: action }, label);

  const worksheet = button("Present", actions.present, "jp-mod-accept");
  const answers = button("Present the answers", actions.answers);
  let rated = [];
  const offer = () => {
    worksheet.hidden = !notebooks.isStep;
    answers.hidden = !rated.includes(open());
  };
  offer();
  pane.node.style.minWidth = "290px"; // here, because JupyterLab sets its own for all of its sides
  pane.id = "ctekit-steps";
  pane.title.label = "Steps";
  pane.title.caption = "Steps of the partnership";
  pane.node.append(name, outline.node, status, element("div", { className: "ctekit-actions" },
    worksheet,
    answers,
    button("Run all again", actions.run),
    button("Show JupyterLab", actions.jupyterlab, "ctekit-only-guided")));
  pane.node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && place.makeWay()) bar.node.querySelector("button").focus();
  });
  back.id = "ctekit-to-guided";
  back.node.append(button("Back to the steps", actions.guided));
  bar.id = "ctekit-bar";
  bar.node.style.minHeight = "41px"; // JupyterLab gives it no other height
  bar.node.append(button("Steps", () => place.toggleSteps()));
  shell.add(bar, "header", { rank: 1 });
  shell.add(pane, "left", { rank: 1 });
  shell.add(back, "top", { rank: 1000 });

  const ask = async (mark) => {
    const news = await server.steps(mark).catch((error) => {
      status.textContent = GONE;
      throw error;
    });
    if (status.textContent === GONE) status.textContent = "";
    return news;
  };
  follow(ask, (news) => {
    name.textContent = news.name || "A partnership without a name yet";
    outline.show(news);
    rated = news.rated;
    offer();
  });
  const left = stepBeforeReload();
  const mark = () => {
    const path = notebooks.panel?.context.path ?? "";
    outline.mark(path);
    if (path) sessionStorage.setItem(STEP, path);
    offer();
  };
  tracker.currentChanged.connect(mark);
  tracker.widgetAdded.connect((_, panel) => place.arrangePanel(panel));
  keepKeysOut(() => place.guided);
  followLinks(notebooks);
  app.restored.then(async () => {
    place.enter();
    // JupyterLab restores what stood in the place of tabs when the steps were entered: that of another step, later, stands nowhere.
    const path = left || (notebooks.panel?.context.path ?? FIRST);
    if (!notebooks.panel?.isAttached || notebooks.panel.context.path !== path) await notebooks.open(path);
    closeLauncher();
    shell.layoutModified.connect(() => setTimeout(closeLauncher)); // JupyterLab lays out first
    mark();
    document.body.dataset.ctekit = "ready";
  });
}

const GONE =
  "The program behind this page does not answer. What you type is kept in this browser, and is sent by itself once it is back. If that takes more than a minute, start it again, and reload this page.";

const STEP = "ctekit-step"; // in the browser's store of this tab

/** The notebook that was open before the page was loaded again; "" where it is opened by an address. JupyterLab keeps which one
 *  it was now and then, and the address in the bar lags behind. */
function stepBeforeReload() {
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return visit?.type === "reload" ? (sessionStorage.getItem(STEP) ?? "") : "";
}

const COMMANDS = [
  ["present", "Present the worksheet", "F8"],
  ["answers", "Present what the room answered", "Shift F8"],
  ["back", "Back from presenting", ""],
  ["run", "Run all cells of the guided notebook again", ""],
  ["guided", "Back to the steps", ""],
  ["jupyterlab", "Show JupyterLab", ""],
];

function addCommand(app, palette, id, label, key, execute) {
  const command = `ctekit:${id}`;
  app.commands.addCommand(command, { label, execute });
  if (key) app.commands.addKeyBinding({ command, keys: [key], selector: "body" });
  palette?.addItem({ command, category: "Workshop" });
}

/** A link from one guided notebook to another, in its text or in what a cell shows. */
function followLinks(notebooks) {
  document.addEventListener("click", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const link = target.closest?.(".jp-NotebookPanel a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("target")) return;
    const linked = link.getAttribute("data-commandlinker-args");
    const { path, id } = linked ? JSON.parse(linked) : address(link);
    if (!notebooks.shows(path) || path === notebooks.panel?.context.path) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    notebooks.open(path, (id ?? "").replace("#", ""));
  }, true);
}

function address(link) {
  const [path, id] = link.getAttribute("href").split("#");
  return { path: path.split("?")[0], id };
}
