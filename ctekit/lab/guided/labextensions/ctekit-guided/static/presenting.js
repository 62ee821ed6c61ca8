// What the wall shows: one worksheet, or what the room answered there, large. The server makes it of public answers, so that nothing private can be in it,
// and draws it anew when something is saved.

import { element, follow } from "./outline.js";

export class Presenter {
  /** @param {any} jupyter @param {any} shell @param {any} server @param {() => void} left What to do after "Back". */
  constructor(jupyter, shell, server, left) {
    this.Widget = jupyter.widgets.Widget;
    this.shell = shell;
    this.server = server;
    this.left = left;
    this.widget = undefined;
  }

  get presents() {
    return Boolean(this.widget);
  }

  /** Show a notebook's worksheet, such as that of "02-purpose", or what the room answered there. */
  present(notebook, answers = false) {
    if (this.widget) return;
    const back = element("button", { type: "button", className: "ctekit-back" }, "Back");
    const title = element("h1", { tabIndex: -1 });
    const body = element("div", {});
    const node = element("main", { className: "ctekit-present" }, back, title, body);
    this.widget = new this.Widget({ node });
    this.widget.id = "ctekit-present";
    this.widget.title.label = "On the wall";
    this.ended = new AbortController();
    this.shell.add(this.widget, "main");
    this.shell.activateById(this.widget.id);
    document.body.classList.add("ctekit-presenting");
    back.addEventListener("click", () => this.back());
    node.addEventListener("keydown", (event) => event.key === "Escape" && this.back());
    const show = (news) => {
      const first = !title.textContent;
      title.textContent = news.title;
      body.innerHTML = news.html; // made and escaped by ctekit.views; no word in it is a stranger's
      if (first) title.focus({ preventScroll: true });
    };
    follow((mark) => this.server.presented(notebook, mark, answers), show, this.ended.signal);
  }

  back() {
    if (!this.widget) return;
    this.ended?.abort();
    document.body.classList.remove("ctekit-presenting");
    const { widget } = this;
    this.widget = undefined;
    widget.dispose();
    this.left();
  }
}
