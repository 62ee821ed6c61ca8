// Opening guided notebooks, one at a time. All of them share a kernel, and JupyterLab gives its widgets to the notebook
// that was opened first: with that one closed, the worksheets of all others would be dead without a word.

import { pause } from "./outline.js";

const STEP = /^\d\d-[\w-]+\.ipynb$/;
const EXERCISE = /^exercises\/\d\d-[\w-]+\.ipynb$/;
const WIDGET = "application/vnd.jupyter.widget-view+json";
const PATIENCE = 3000; // ms for the kernel to close the widgets of a notebook that is left
const CONNECTING = 60_000; // ms for a notebook to connect with the kernel

export class Notebooks {
  /** @param {any} app @param {any} tracker @param {any} server */
  constructor(app, tracker, server) {
    this.app = app;
    this.tracker = tracker;
    this.server = server;
    this.turn = Promise.resolve();
  }

  /** Whether this place shows it: a step of the partnership, or an exercise, which has a kernel of its own. */
  shows(path) {
    return STEP.test(path) || EXERCISE.test(path);
  }

  isGuided(panel) {
    return this.shows(panel.context.path);
  }

  /** Whether the notebook that is open has a worksheet to present. */
  get isStep() {
    return STEP.test(this.panel?.context.path ?? "");
  }

  /** The guided notebook that is open. */
  get panel() {
    return this.tracker.find((panel) => this.isGuided(panel) && !panel.isDisposed);
  }

  /** Open one, such as "02-purpose.ipynb", and close the others. Whoever asks twice waits for the first. */
  open(path, fragment = "") {
    this.turn = this.turn.then(() => this.openNow(path, fragment), () => this.openNow(path, fragment));
    return this.turn;
  }

  async openNow(path, fragment) {
    for (const panel of this.tracker.filter((panel) => this.isGuided(panel) && panel.context.path !== path)) {
      await this.close(panel);
    }
    await this.server.startKernel().catch(() => {}); // JupyterLab starts one for this notebook alone
    const panel = await this.app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    if (fragment) panel.setFragment(`#${fragment}`);
    return panel;
  }

  /** A notebook that JupyterLab opened by itself: by a link, from the list of files, or as it was the last time. */
  async added(panel) {
    const others = this.tracker.filter((other) => other !== panel && this.isGuided(other) && !other.isDisposed);
    if (!others.length) return true;
    const { path } = panel.context;
    await connected(panel);
    await gone(panel);
    this.open(path);
    return false;
  }

  async close(panel) {
    await connected(panel);
    if (panel.context.model.dirty) await panel.context.save().catch(() => {});
    if (panel.context.model.dirty) return; // it could not be saved: JupyterLab has said so
    const kernel = panel.sessionContext.session?.kernel;
    const models = widgetsOf(panel);
    if (kernel && models.length) await Promise.race([closeWidgets(kernel, models), pause(PATIENCE)]);
    panel.context.model.dirty = false;
    // Ten exercises would leave ten kernels behind; what was answered in one is in its file.
    if (EXERCISE.test(panel.context.path)) await panel.sessionContext.shutdown().catch(() => {});
    await gone(panel);
  }
}

/** JupyterLab connects a notebook with the kernel even where it was closed meanwhile. Nothing ends that connection then, and
 *  the messages of the widgets of all later notebooks go to it: so none may be closed before it is connected. */
function connected(panel) {
  const both = panel.context.ready.then(() => panel.sessionContext.ready, () => {}); // one that cannot be read goes by itself
  return Promise.race([both, pause(CONNECTING)]);
}

/** The widgets in a notebook's outputs. */
function widgetsOf(panel) {
  const models = [];
  for (const cell of panel.content.widgets) {
    const { outputs } = cell.model;
    for (let number = 0; number < (outputs?.length ?? 0); number++) {
      const view = outputs.get(number).data[WIDGET];
      if (view) models.push(String(view.model_id));
    }
  }
  return models;
}

function closeWidgets(kernel, models) {
  const code = `__import__("ctekit.jupyter.leaving", fromlist=["leave"]).leave(${JSON.stringify(models)})`;
  return kernel.requestExecute({ code, silent: true, store_history: false }).done.catch(() => {});
}

function gone(panel) {
  if (panel.isDisposed) return undefined;
  const disposed = new Promise((resolve) => panel.disposed.connect(resolve));
  panel.close();
  return Promise.race([disposed, pause(PATIENCE)]);
}
