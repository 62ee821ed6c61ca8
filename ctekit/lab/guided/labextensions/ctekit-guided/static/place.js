// The place around a notebook: what of JupyterLab is hidden, and shown again. Hidden by class and method, never by plugins
// that are turned off: all of it comes back with one click.

const SIDES = ["left", "right"];
const TABBARS = "application:toggle-side-tabbar";

export class Place {
  /** @param {any} app @param {any} shell @param {any} tracker @param {any} pane At the left. @param {any} back Leads back, at the top. */
  constructor(app, shell, tracker, pane, back) {
    this.app = app;
    this.shell = shell;
    this.tracker = tracker;
    this.pane = pane;
    this.back = back;
    this.guided = false;
  }

  /** Show the steps and a notebook, and nothing else. */
  enter() {
    this.guided = true;
    document.body.classList.add("ctekit-guided");
    this.shell.mode = "single-document";
    this.arrange();
  }

  /** JupyterLab opens it where nothing else is open, at times when a notebook is just coming: the notebook stands there instead. */
  closeLauncher(panel) {
    const launchers = [...this.shell.widgets("main")].filter((widget) => widget.id.startsWith("launcher"));
    if (!this.guided || !panel || !launchers.length) return;
    for (const launcher of launchers) launcher.close();
    this.shell.activateById(panel.id);
  }

  /** Show all of JupyterLab. */
  leave() {
    this.guided = false;
    document.body.classList.remove("ctekit-guided");
    this.arrange();
    this.shell.mode = "multiple-document"; // it moves the menu, which has to be shown by then
  }

  arrange() {
    for (const part of this.shell.layout.widgets) {
      if (part.id && part.id !== "jp-main-content-panel") part.setHidden(this.guided); // not the link that skips to it
    }
    this.back.setHidden(this.guided);
    for (const side of SIDES) this.showTabs(side, !this.guided);
    this.tracker.forEach((panel) => this.arrangePanel(panel));
    if (!this.guided) return;
    this.shell.collapseRight();
    this.shell.activateById(this.pane.id);
  }

  arrangePanel(panel) {
    panel.toolbar.setHidden(this.guided);
  }

  /** Nothing but the main area, or the steps beside it again. */
  alone(yes) {
    if (yes) this.shell.collapseLeft();
    else this.shell.activateById(this.pane.id);
  }

  showTabs(side, show) {
    const { commands } = this.app;
    if (commands.isToggled(TABBARS, { side }) !== show) commands.execute(TABBARS, { side });
  }
}
