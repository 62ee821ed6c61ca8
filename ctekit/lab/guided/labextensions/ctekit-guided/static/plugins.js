// The plugins of the guided view, made of what JupyterLab shares.

import { guidedView } from "./guided_view.js";

const SHARED = {
  notebook: "@jupyterlab/notebook",
  application: "@jupyterlab/application",
  apputils: "@jupyterlab/apputils",
  cells: "@jupyterlab/cells",
  services: "@jupyterlab/services",
  widgets: "@lumino/widgets",
};

/** @param {(name: string) => Promise<any>} share Gives a module of JupyterLab by its name. */
export async function plugins(share) {
  const parts = await Promise.all(Object.entries(SHARED).map(async ([name, from]) => [name, await share(from)]));
  const jupyter = Object.fromEntries(parts);
  addStyles();
  return [executor(jupyter), connection(jupyter), view(jupyter)];
}

function view(jupyter) {
  const { INotebookTracker } = jupyter.notebook;
  const { ILabShell, JupyterFrontEnd } = jupyter.application;
  const activate = (app, tracker, shell, palette) => guidedView({ jupyter, app, tracker, shell, palette });
  return {
    id: "ctekit-guided:view",
    autoStart: true,
    requires: [INotebookTracker],
    optional: [ILabShell, jupyter.apputils.ICommandPalette].filter(Boolean),
    activate: JupyterFrontEnd ? activate : () => {},
  };
}

/** JupyterLab unfolds every Markdown cell that it runs: in older copies, the facilitator's script on the wall. */
function executor(jupyter) {
  const { INotebookCellExecutor, runCell } = jupyter.notebook;
  const run = (options) => {
    const wasHidden = options.cell.inputHidden;
    const done = runCell(options); // it unfolds before it waits for anything
    if (options.cell.model.type === "markdown" && wasHidden) options.cell.inputHidden = true;
    return done;
  };
  return {
    id: "ctekit-guided:executor",
    autoStart: true,
    provides: INotebookCellExecutor,
    activate: () => Object.freeze({ runCell: run }),
  };
}

/** Among the steps each form says itself that it cannot save, and goes on by itself once it can: JupyterLab's dialog would
 *  lie over that sentence, take the keys of whoever is typing, and stay. */
function connection(jupyter) {
  const { IConnectionLost, ConnectionLost } = jupyter.application;
  const tell = (...failure) => (document.body.classList.contains("ctekit-guided") ? undefined : ConnectionLost(...failure));
  return { id: "ctekit-guided:connection", autoStart: true, provides: IConnectionLost, activate: () => tell };
}

function addStyles() {
  for (const name of ["outline.css", "guided.css"]) {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(name, import.meta.url).href;
    document.head.append(link);
  }
}
