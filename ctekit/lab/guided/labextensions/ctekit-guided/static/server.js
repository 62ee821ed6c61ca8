// What the guided view asks its server (ctekit/lab/handlers.py).

export class Server {
  /** @param {any} services JupyterLab's module. @param {any} settings Of its connection. */
  constructor(services, settings) {
    this.connection = services.ServerConnection;
    this.settings = settings;
  }

  async ask(path, init = {}) {
    const answer = await this.connection.makeRequest(`${this.settings.baseUrl}ctekit/${path}`, init, this.settings);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.json();
  }

  steps(mark) {
    return this.ask(`steps?since=${encodeURIComponent(mark)}`);
  }

  /** What the wall shows of a notebook, such as "02-purpose". */
  presented(notebook, mark, answers = false) {
    return this.ask(`present/${notebook}?since=${encodeURIComponent(mark)}${answers ? "&answers=1" : ""}`);
  }

  /** The code cells that may run by themselves. */
  async sources() {
    return new Set((await this.ask("sources")).sources);
  }

  /** Start the kernel of all guided notebooks unless it runs. */
  startKernel() {
    return this.ask("kernel", { method: "POST", body: "{}" });
  }
}
