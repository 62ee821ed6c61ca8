// The way to the kernel, as far as the page lets us see it.

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
