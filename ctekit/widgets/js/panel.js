// A panel: HTML that Python made, whose buttons and radio buttons tell Python what was pressed.

import { readFiles } from "./files.js";
import { initialize } from "./hearing.js";
import { isComposing, keepKeysInside } from "./keys.js";
import { openInJupyter } from "./links.js";
import { redraw } from "./redraw.js";
import { legible, newId } from "./values.js";

const PATIENCE = 10000; // ms without an answer before we say so

/** Tell the kernel whether this view is on the screen or close to it: what is out of sight is drawn anew last. */
function followSight(root, send) {
  const sight = new IntersectionObserver(([entry]) => send({ seen: entry.isIntersecting }), { rootMargin: "50%" });
  sight.observe(root);
  const hide = () => send({ seen: false, gone: true });
  const again = (event) => event.persisted && (sight.unobserve(root), sight.observe(root)); // the page was only put aside
  window.addEventListener("pagehide", hide);
  window.addEventListener("pageshow", again);
  return () => {
    hide();
    sight.disconnect();
    window.removeEventListener("pagehide", hide);
    window.removeEventListener("pageshow", again);
  };
}

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "ctekit-panel";
  const body = document.createElement("div");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  root.append(body, status);
  el.append(root);
  let late = 0;

  const view = newId();
  let count = 0;
  /** The number tells in which order they were sent, in whatever order they come. */
  const send = (message) => model.send({ ...message, view, n: (count += 1) });

  let drawn = "";
  const draw = (html, keep) => {
    if (html === drawn) return;
    drawn = html;
    const had = root.contains(document.activeElement);
    const again = redraw(body, html, keep);
    openInJupyter(body, model);
    if (!had) return;
    const target = /** @type {HTMLElement} */ (body.querySelector("[data-focus]") || again || root);
    target.focus({ preventScroll: true });
    if (!keep) target.scrollIntoView({ block: "nearest" }); // what a press made of it may be shorter, and stand above what is seen
  };
  const tell = (sentence) => {
    const words = legible(sentence);
    status.textContent = "";
    const shown = body.textContent.replace(/\s+/g, " "); // each sentence may stand in a line of its own
    status.classList.toggle("ctekit-hidden", shown.includes(words)); // read out, and not written twice
    requestAnimationFrame(() => (status.textContent = words)); // the same words again are read out again
  };
  const openWindow = (address, words) => {
    const opened = window.open(address, "_blank");
    if (opened) opened.opener = null;
    else {
      const link = document.createElement("a");
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = words;
      body.append(link); // in this page alone: it is gone with the next drawing, and saved nowhere
      link.focus();
    }
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
    if (control.type === "file" && !control.files.length) return; // the choice was called off
    if (control.type === "file") {
      const read = readFiles(control);
      control.value = ""; // the same file can be chosen again once somebody has changed it
      read.then((value) => sendAct(control, value), (error) => tell(error.message));
    } else sendAct(control, "form" in control.dataset ? JSON.stringify(typed()) : control.value || "");
  };
  const sendAct = (control, value) => {
    const beside = /** @type {HTMLElement | null} */ (control.closest("[data-of]"));
    send({ act: control.dataset.act, what: control.dataset.what, value, of: beside?.dataset.of ?? "" });
    clearTimeout(late);
    late = setTimeout(() => tell("The kernel is not answering. Run the cells of this notebook again."), PATIENCE);
  };
  /** @param {ToPanel} message */
  const receive = (message) => {
    clearTimeout(late);
    if ("html" in message) draw(message.html, !("said" in message));
    for (const [id, words] of Object.entries(message.parts ?? {})) {
      const part = body.querySelector(`#${CSS.escape(id)}`); // only this: what is being typed elsewhere stays
      if (part) part.textContent = words;
    }
    if ("said" in message) tell(message.said);
    if ("open" in message) openWindow(message.open, message.held_back);
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
    const named = `[data-act="${box.dataset.enter}"]`; // in the box itself where several are called so
    const button = /** @type {HTMLElement} */ (box.querySelector(named) ?? body.querySelector(named));
    button.click(); // Enter ends a form of one line after the other
  });
  draw(model.get("html"), false);
  model.on("msg:custom", receive);
  send({ hello: true });
  const leave = followSight(root, send);
  return () => {
    leave();
    release();
    model.off("msg:custom", receive);
  };
}

export default { initialize, render };
