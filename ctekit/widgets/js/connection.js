// The way to the kernel, as far as the page lets us see it.

const STAYS = "If this stays for a minute";

/** What one can do about a kernel that stays silent, by the buttons and menus that this page has. */
export function howToRestart() {
  if (document.querySelector("body.ctekit-guided")) return `${STAYS}: press “Show JupyterLab”, then Kernel > Restart Kernel, then “Back to the steps”.`;
  if (document.querySelector(".lm-MenuBar")) return `${STAYS}: Kernel > Restart Kernel, then Run > Run All Cells.`;
  return `${STAYS}: reload this page.`; // the app has no menu, and its kernel begins with the page
}

/** JupyterLab waits up to a minute between two attempts to connect, and gives up after seven: we ask it not to wait. */
export class Connection {
  constructor(model) {
    this.model = model;
  }

  get kernel() {
    return this.model.widget_manager?.kernel;
  }

  /** Where the page does not say, we take it to be up. */
  get isUp() {
    return ["connected", undefined].includes(this.kernel?.connectionStatus);
  }

  mend() {
    try {
      this.kernel?.reconnect?.().catch(() => {}); // it tries on; so do we
    } catch {
      // The kernel was shut down: running the notebook's cells brings another.
    }
  }
}
