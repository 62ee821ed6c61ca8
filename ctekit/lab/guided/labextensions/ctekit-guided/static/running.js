// Running a notebook's code cells by themselves: on opening, and again when its kernel has started anew.

import { element, pause } from "./outline.js";

const PATIENCE = 60; // seconds for a kernel to start anew
const DEAF = 10; // seconds without an answer after which to connect again
const SILENT = "The kernel was restarted and does not answer. Press “Run all again”. If nothing comes, reload this page.";

export class Runner {
  /**
   * @param {any} jupyter
   * @param {Promise<Set<string>>} sources The code cells that may run by themselves.
   * @param {(words: string) => void} tell
   * @param {() => boolean} isGuided Whether nobody sees JupyterLab itself.
   */
  constructor(jupyter, sources, tell, isGuided) {
    this.CodeCell = jupyter.cells.CodeCell;
    this.Widget = jupyter.widgets.Widget;
    this.sources = sources;
    this.tell = tell;
    this.isGuided = isGuided;
  }

  /** Run a notebook that has just been opened, if it is ours and trusted; else offer to. */
  async opened(panel) {
    await panel.context.ready;
    this.keepClean(panel);
    await panel.revealed;
    await panel.sessionContext.ready;
    if (panel.isDisposed) return;
    await this.runAfterRestart(panel);
    if (panel.isDisposed) return;
    if (await this.isUnchanged(panel)) {
      await this.runAndShow(panel);
    } else {
      this.offer(panel);
    }
  }

  /**
   * What cells show is not written to the file, and no answer is in it: it is changed where the words of a cell are.
   * JupyterLab counts more. It would save all of it every two minutes, say in a second window that the file was changed, and
   * ask whoever leaves whether what was entered may be lost.
   */
  keepClean(panel) {
    const { context } = panel;
    const { model } = context;
    let saved = words(model);
    const clean = () => { if (model.dirty && this.isGuided() && words(model) === saved) model.dirty = false; };
    context.saveState.connect((_, state) => { if (state === "completed") saved = words(model); });
    model.stateChanged.connect((_, change) => { if (change.name === "dirty") queueMicrotask(clean); });
    clean();
  }

  async isUnchanged(panel) {
    const sources = await this.sources;
    return codeCells(panel).every((cell) => cell.model.trusted && sources.has(source(cell).trim()));
  }

  offer(panel) {
    const button = element("button", { type: "button", className: "jp-mod-styled" }, "Run all cells");
    const words = "This notebook was changed, or came from somewhere else. Its cells do not run by themselves.";
    const line = new this.Widget({ node: element("p", { className: "ctekit-changed" }, `${words} `, button) });
    button.addEventListener("click", () => {
      line.dispose();
      this.runAndShow(panel);
    });
    panel.contentHeader.addWidget(line);
    panel.node.dataset.ctekit = "changed";
    this.tell(words);
  }

  /** Run all, with the heading of what one begins with kept at the top: what stands above it grows meanwhile. */
  async runAndShow(panel) {
    const heading = firstHeading(panel);
    if (heading >= 0) panel.content.activeCellIndex = heading;
    let running = true;
    const shown = heading < 0 ? undefined : keepAtTop(panel.content.widgets[heading].node, () => running);
    await this.run(panel);
    running = false;
    await shown;
    if (panel.node.dataset.ctekit === "running") panel.node.dataset.ctekit = "ready";
  }

  /** Run all code cells, one after the other. */
  async run(panel) {
    if (panel.node.dataset.ctekit === "running") return;
    panel.node.dataset.ctekit = "running";
    this.tell("Getting the notebook ready …");
    for (const cell of codeCells(panel)) {
      if (cell.isDisposed || !panel.sessionContext.session?.kernel) return;
      const reply = await this.CodeCell.execute(cell, panel.sessionContext, {}).catch(() => undefined);
      if (reply?.content.status === "ok" || !source(cell).trim()) continue;
      panel.node.dataset.ctekit = "failed";
      this.tell("A cell did not run. What is below it waits. Read what it says, then press “Run all again”.");
      return;
    }
    this.tell("Ready.");
  }

  /** Run the cells once in each kernel that comes after the one that answers now. JupyterLab may say "starting" of one for
   *  as long as nothing was run. */
  async runAfterRestart(panel) {
    const { sessionContext } = panel;
    let process = await nextProcess(sessionContext);
    let waiting = false;
    const changed = async (_, status) => {
      if (waiting || !["restarting", "autorestarting", "starting"].includes(status)) return;
      waiting = true;
      const next = await nextProcess(sessionContext, process);
      waiting = false;
      if (panel.isDisposed || next === process) return;
      if (!next) return void this.tell(SILENT);
      process = next;
      if (panel.node.dataset.ctekit !== "changed") await this.restarted(panel);
    };
    sessionContext.statusChanged.connect(changed);
  }

  async restarted(panel) {
    await this.run(panel);
    if (panel.node.dataset.ctekit === "running") panel.node.dataset.ctekit = "ready";
  }
}

/** Which process of a kernel answers, soon or late, other than the last one; after a minute the last one, or none. What is
 *  run before its server is connected with it is lost without a word; and now and then the server never is: connecting
 *  again helps. */
async function nextProcess(sessionContext, last) {
  let process;
  for (let seconds = 1; seconds <= PATIENCE; seconds += 1) {
    const second = pause(1000);
    const kernel = sessionContext.session?.kernel;
    const info = kernel?.requestKernelInfo().catch(() => undefined);
    process = (await Promise.race([info, second]))?.header.session;
    if (process && process !== last) return process;
    await second;
    const deaf = !process && kernel?.connectionStatus === "connected" && kernel.status !== "busy";
    if (deaf && seconds % DEAF === 0) kernel.reconnect().catch(() => undefined);
  }
  return process;
}

export const codeCells = (panel) => panel.content.widgets.filter((cell) => cell.model.type === "code");

export const source = (cell) => cell.model.sharedModel.getSource();

const words = (model) => JSON.stringify([...model.cells].map((cell) => [cell.type, cell.sharedModel.getSource()]));

export const FIRST = "00-start-here.ipynb";

const BEGINS = /^partnership\.(agenda|worksheet)\(/;

/** Where the Markdown cell above the agenda, or else above the worksheet, stands; -1 if there is none. The first notebook
 *  is read from its beginning. */
function firstHeading(panel) {
  if (panel.context.path.endsWith(FIRST)) return 0;
  const cells = panel.content.widgets;
  const first = cells.findIndex((cell) => cell.model.type === "code" && BEGINS.test(source(cell)));
  return first > 0 && cells[first - 1].model.type === "markdown" ? first - 1 : first;
}

/** Hold a cell at the top until all is there and nothing moves any more, or a person does something. */
async function keepAtTop(node, running) {
  const signal = new AbortController();
  for (const kind of ["wheel", "keydown", "pointerdown"]) {
    addEventListener(kind, () => signal.abort(), { capture: true, signal: signal.signal });
  }
  let still = 0;
  let top = NaN;
  while (!signal.signal.aborted && still < 2 && node.isConnected) {
    node.scrollIntoView();
    await pause(150);
    const now = node.getBoundingClientRect().top;
    still = !running() && now === top ? still + 1 : 0;
    top = now;
  }
  signal.abort();
}
