// The place around a notebook: what of JupyterLab is hidden, and shown again. Hidden by class and method, never by plugins
// that are turned off: all of it comes back with one click.

const SIDES = ["left", "right"];
const TABBARS = "application:toggle-side-tabbar";

export class Place {
  /**
   * @param {any} app @param {any} shell @param {any} tracker
   * @param {any} pane At the left.
   * @param {any} back Leads back, at the top.
   * @param {any} bar A button for the pane, where there is no room for both: on a small screen, and on a page that is enlarged.
   */
  constructor(app, shell, tracker, pane, back, bar) {
    this.app = app;
    this.shell = shell;
    this.tracker = tracker;
    this.pane = pane;
    this.back = back;
    this.bar = bar;
    this.guided = false;
    this.narrow = window.matchMedia("(max-width: 45em)");
    this.narrow.addEventListener("change", () => this.arrange());
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
      const stays = part.id === "jp-main-content-panel" || (part.id === "jp-header-panel" && this.narrow.matches);
      if (part.id && !stays) part.setHidden(this.guided); // not the link that skips to it
      else if (part.id) part.show();
    }
    this.bar.setHidden(!this.guided || !this.narrow.matches);
    this.back.setHidden(this.guided);
    for (const side of SIDES) this.showTabs(side, !this.guided);
    this.tracker.forEach((panel) => this.arrangePanel(panel));
    if (!this.guided) return;
    this.shell.collapseRight();
    this.alone(false);
  }

  arrangePanel(panel) {
    panel.toolbar.setHidden(this.guided);
  }

  /** Nothing but the main area, or the steps beside it again where there is room. */
  alone(yes) {
    this.showSteps(!yes && !this.narrow.matches);
  }

  showSteps(show) {
    if (show) this.shell.activateById(this.pane.id);
    else this.shell.collapseLeft();
    this.bar.node.querySelector("button").ariaExpanded = String(show);
  }

  toggleSteps() {
    this.showSteps(this.shell.leftCollapsed);
  }

  /** A notebook was chosen: where there is no room for both, the steps make way. Gives whether they did. */
  makeWay() {
    const makes = this.guided && this.narrow.matches;
    if (makes) this.showSteps(false);
    return makes;
  }

  showTabs(side, show) {
    const { commands } = this.app;
    if (commands.isToggled(TABBARS, { side }) !== show) commands.execute(TABBARS, { side });
  }
}
