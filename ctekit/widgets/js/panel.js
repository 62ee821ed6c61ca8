// A panel: HTML that Python made, whose buttons and radio buttons tell Python what was pressed.

const PATIENT = 10000;

function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "ctekit-panel";
  root.tabIndex = -1; // or a click on a blank spot would focus the notebook's cell, whose keys delete and change it
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
    (again || root).focus({ preventScroll: true });
  };
  const tell = (words) => {
    status.textContent = "";
    status.classList.toggle("ctekit-hidden", body.textContent.includes(words)); // read out, and not written twice
    requestAnimationFrame(() => (status.textContent = words)); // the same words again are read out again
  };
  const typed = () =>
    Object.fromEntries(
      [...body.querySelectorAll("[name]")]
        .filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked)
        .map((field) => [field.name, field.value]),
    );
  const act = (event) => {
    const one = event.target.closest("[data-act]");
    const wanted = one && (one.tagName === "INPUT" ? "change" : "click");
    if (!one || event.type !== wanted) return;
    const value = "form" in one.dataset ? JSON.stringify(typed()) : one.value || "";
    model.send({ act: one.dataset.act, what: one.dataset.what, value });
    clearTimeout(late);
    late = setTimeout(() => tell("The kernel is not answering. Run the cells of this notebook again."), PATIENT);
  };
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
  // Keys stay inside; saving the notebook goes through.
  const saves = (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
  const mark = (event) => {
    // Notebook 7 hears a key before any element does, and passes one by that is pressed on what bears this mark.
    if (root.contains(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !saves(event));
  };
  window.addEventListener("keydown", mark, true);
  root.addEventListener("keydown", (event) => {
    if (!saves(event)) event.stopPropagation();
    const composing = event.isComposing || event.keyCode === 229; // this Enter ends a word, not the form
    const box = event.key === "Enter" && !composing && event.target.matches("input, select") && event.target.closest("[data-enter]");
    if (!box) return;
    event.preventDefault();
    box.querySelector(`[data-act="${box.dataset.enter}"]`).click(); // Enter ends a form of one line after the other
  });
  draw(model.get("html"));
  model.on("msg:custom", receive);
  model.send({ hello: true });
  return () => {
    window.removeEventListener("keydown", mark, true);
    model.off("msg:custom", receive);
  };
}

export default { render };
