// The outline: every guided notebook, with where it stands. JupyterLab shows it at the left, and so does the app.

const SIGNS = { blank: "○", begun: "◐", ready: "●" };

export class Outline {
  /**
   * @param {(step: any) => string} address Of a step's page.
   * @param {string} wall The address that leads to the wall of the room.
   * @param {(step: any) => void} [go] Instead of following the link.
   */
  constructor(address, wall, go) {
    this.address = address;
    this.go = go;
    this.current = "";
    this.links = new Map();
    this.list = element("ol", {});
    const toWall = element("a", { href: wall, target: "_blank", rel: "noopener" }, "Open the wall");
    this.wall = element("p", { className: "ctekit-to-wall", hidden: true }, toWall);
    this.node = element("nav", { className: "ctekit-outline", ariaLabel: "Steps" }, this.list, this.wall);
  }

  /** Show where the steps stand, and the way to the wall while a room is open. A link that has the focus keeps it. */
  show({ steps, wall }) {
    this.wall.hidden = !wall;
    for (const step of steps) {
      if (!this.links.has(step.notebook)) this.add(step);
      const link = this.links.get(step.notebook);
      link.dataset.state = step.state;
      link.querySelector(".ctekit-sign").textContent = SIGNS[step.state];
      link.querySelector(".ctekit-words").textContent = step.words;
    }
    this.mark(this.current);
  }

  /** Say which notebook is open. */
  mark(notebook) {
    this.current = notebook;
    for (const [name, link] of this.links) {
      if (name === notebook) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  add(step) {
    const title = step.number ? `${step.number} ${step.title}` : step.title;
    const link = element("a", { href: this.address(step) },
      element("span", { className: "ctekit-sign", ariaHidden: "true" }),
      element("span", { className: "ctekit-title" }, title),
      " ",
      element("span", { className: "ctekit-words" }));
    link.addEventListener("click", (event) => {
      if (!this.go || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.go(step);
    });
    this.links.set(step.notebook, link);
    this.list.append(element("li", {}, link));
  }
}

/** @returns {any} An element with properties and children. */
export function element(tag, properties, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/**
 * Ask again and again for what is new; the server answers when something was saved.
 * @param {(mark: string) => Promise<any>} ask
 * @param {(news: any) => void} show
 * @param {AbortSignal} [signal] Ends it.
 */
export async function follow(ask, show, signal) {
  let mark = "";
  while (!signal?.aborted) {
    try {
      const news = await ask(mark);
      if (signal?.aborted) return;
      if (news.mark !== mark) show(news);
      mark = news.mark;
    } catch {
      await pause(3000); // the server is gone, or asleep with its computer
    }
  }
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
