// A panel: HTML that Python made, whose buttons and radio buttons tell Python what was pressed.

import { isComposing, keepKeysInside } from "./keys.js";

const PATIENCE = 10000; // ms without an answer before we say so

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "ctekit-panel";
  const body = document.createElement("div");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  root.append(body, status);
  el.append(root);
  let late = 0;

  const draw = (html) => {
    const had = root.contains(document.activeElement) ? document.activeElement : null;
    body.innerHTML = html; // made and escaped by ctekit.views; no word in it is a stranger's
    if (!had) return;
    const again = body.querySelector("[data-focus]") || (had.id && body.querySelector(`#${CSS.escape(had.id)}`));
    /** @type {HTMLElement} */ (again || root).focus({ preventScroll: true });
  };
  const tell = (words) => {
    status.textContent = "";
    status.classList.toggle("ctekit-hidden", body.textContent.includes(words)); // read out, and not written twice
    requestAnimationFrame(() => (status.textContent = words)); // the same words again are read out again
  };
  const typed = () =>
    Object.fromEntries(
      [.../** @type {NodeListOf<HTMLInputElement>} */ (body.querySelectorAll("[name]"))]
        .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
        .map((field) => [field.name, field.value]),
    );
  const act = (event) => {
    const control = event.target.closest("[data-act]");
    const wanted = control && (control.tagName === "INPUT" ? "change" : "click");
    if (!control || event.type !== wanted) return;
    const value = "form" in control.dataset ? JSON.stringify(typed()) : control.value || "";
    model.send({ act: control.dataset.act, what: control.dataset.what, value });
    clearTimeout(late);
    late = setTimeout(() => tell("The kernel is not answering. Run the cells of this notebook again."), PATIENCE);
  };
  /** @param {ToPanel} message */
  const receive = (message) => {
    clearTimeout(late);
    if ("html" in message) draw(message.html);
    for (const [id, words] of Object.entries(message.parts ?? {})) {
      const part = body.querySelector(`#${CSS.escape(id)}`); // only this: what is being typed elsewhere stays
      if (part) part.textContent = words;
    }
    if ("said" in message) tell(message.said);
  };
  root.addEventListener("click", act);
  root.addEventListener("change", act);
  const release = keepKeysInside(root);
  root.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "Enter" || isComposing(event) || !target.matches("input, select")) return;
    const box = /** @type {HTMLElement | null} */ (target.closest("[data-enter]"));
    if (!box) return;
    event.preventDefault();
    const button = /** @type {HTMLElement} */ (box.querySelector(`[data-act="${box.dataset.enter}"]`));
    button.click(); // Enter ends a form of one line after the other
  });
  draw(model.get("html"));
  model.on("msg:custom", receive);
  model.send({ hello: true });
  return () => {
    release();
    model.off("msg:custom", receive);
  };
}

export default { render };
