// One question: its label, hint, control and error, tied together for people who listen.

import { control } from "./controls.js";
import { dayInWords } from "./days.js";
import { make, markWrong, newDomId, peopleWords } from "./dom.js";
import { isComposing } from "./keys.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */

/**
 * A whole question, as the form and the one-row form show it.
 * @param {Sheet} sheet
 * @param {string} rowName the id of what names the row, which is then part of the control's own name
 */
export function questionBlock(sheet, question, row = "", rowName = "") {
  const id = newDomId();
  const named = `${id}-label ${rowName}`.trim();
  const field = question.field;
  const hintWords = [question.hint, question.expects, question.example ? `Example: ${question.kind === "date" ? dayInWords(question.example) : question.example}` : ""];
  const hint = make("p", { class: "ck-hint", id: `${id}-hint` }, hintWords.filter(Boolean).join(" "));
  const error = make("p", { class: "ck-error", id: `${id}-error`, role: "alert" });
  const changed = (value, now) => sheet.typed(row, field, value, now);
  const part = control(question, sheet.value(row, field), () => sheet.refs, changed, { id, named, describedby: `${id}-hint ${id}-error` });
  const label = part.isGroup
    ? make("div", { class: "ck-label", id: `${id}-label` }, question.title)
    : make("label", { class: "ck-label", for: id, id: `${id}-label` }, question.title);
  const block = make("div", { class: "ck-question", "data-field": field, "data-row": row || undefined }, label);
  if (question.private) label.append(" ", make("span", { class: "ck-tag" }, "Facilitator only"));
  if (hintWords.some(Boolean)) block.append(hint);
  block.append(part.element, error, suggestionLine(sheet, question, row, part), honestBlank(sheet, question, row, named));
  part.element.addEventListener("focusin", () => sheet.seen.begin(row, field));
  part.element.addEventListener("focusout", () => {
    sheet.seen.end(row, field);
    sheet.autosave.flush();
    const now = sheet.value(row, field) ?? "";
    if (part.isTyped && !sheet.autosave.dirty(row, field) && part.get() !== now) part.set(now); // as it was read: June 2029 is a day
  });
  part.element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !isComposing(event) && /** @type {HTMLElement} */ (event.target).tagName !== "TEXTAREA") sheet.autosave.flush();
  });
  sheet.watch(row, field, {
    value: (now) => {
      if (part.element.contains(document.activeElement)) sheet.seen.note(row, field); // this box, not another of the same answer
      part.set(now);
    },
    wrong: (words) => {
      error.textContent = words;
      markWrong(part.focus, words);
    },
    busy: () => part.isTyped && document.activeElement === part.focus && sheet.seen.isTyped(row, field),
    typed: (value) => part.set(value),
  });
  return block;
}

/**
 * Where a name is added that is not in the list yet: a link to the notebook of that worksheet, or null where it is this one.
 * @param {string} named the ids of what names the question
 */
export function elsewhere(sheet, question, named) {
  if (!question.target || sheet.spec.mailed || question.target.split(".")[0] === sheet.spec.slug) return null;
  const id = newDomId();
  const link = make("a", { id, "aria-labelledby": `${id} ${named}`, href: `${question.notebook}.ipynb`, target: "_blank", rel: "noopener" }, `Add new in “${question.from}”`);
  return make("span", { class: "ck-elsewhere" }, "Not in the list? ", link, " (opens in a new tab).");
}

/** What the parts put together, with a button that takes it over. */
function suggestionLine(sheet, question, row, part) {
  const words = peopleWords("");
  let sentence = "";
  const use = make("button", { type: "button", class: "ck-small", "aria-label": `Use this sentence: ${question.title}` }, "Use this sentence");
  const line = make("p", { class: "ck-suggestion", hidden: true }, "Put together: ", words, " ", use);
  use.addEventListener("click", () => {
    part.set(sentence);
    sheet.typed(row, question.field, sentence, true);
  });
  if (!row) {
    sheet.onState((state) => {
      sentence = words.textContent = state.suggestions[question.field] || "";
      line.hidden = !sentence || sentence === sheet.value("", question.field);
    });
  }
  return line;
}

/** "To find out" and "does not apply", and how the sample answered. `named`: the ids of what names the question. */
function honestBlank(sheet, question, row, named) {
  const field = `marks/${question.field}`;
  const id = newDomId();
  const mark = () => Object(sheet.value(row, field));
  const send = (part) => {
    const next = { ...mark(), ...part };
    sheet.typed(row, field, next.kind ? next : null, true);
  };
  const error = make("p", { class: "ck-error", id: `${id}-error`, role: "alert" });
  const tied = (part) => ({ id: `${id}-${part}`, "aria-labelledby": `${id}-${part}-label ${named}`, "aria-describedby": error.id });
  const label = (part, words) => make("label", { for: `${id}-${part}`, id: `${id}-${part}-label` }, words);
  const kind = make("select", tied("kind"));
  kind.addEventListener("change", () => {
    send({ kind: kind.value || null });
    draw();
  });
  for (const words of ["", "to find out", "does not apply"]) kind.append(make("option", { value: words }, words || "-"));
  const inputs = { whom: "From whom", by: "By when, such as 6/30/2027", because: "Because" };
  const parts = Object.entries(inputs).map(([name, words]) => {
    const input = make("input", { type: "text", ...tied(name), dir: "auto", autocomplete: "off", onchange: () => send({ [name]: input.value || null }) });
    return [name, input, make("span", { class: "ck-mark" }, label(name, words), input)];
  });
  const body = make("div", { class: "ck-marks", hidden: true }, label("kind", "No answer yet, and why"), kind, ...parts.map(([, , span]) => span), error);
  const opener = (part, words) => make("button", { type: "button", id: `${id}-${part}`, "aria-labelledby": `${id}-${part} ${named}`, class: "ck-link", "aria-expanded": "false" }, words);
  const open = opener("open", "No answer yet?");
  open.addEventListener("click", () => {
    body.hidden = !body.hidden;
    open.setAttribute("aria-expanded", String(!body.hidden));
    draw();
  });
  const draw = () => {
    const now = mark();
    kind.value = now.kind || "";
    for (const [name, input, span] of parts) {
      if (document.activeElement !== input) input.value = now[name] || "";
      span.hidden = !now.kind || (now.kind === "to find out") === (name === "because");
    }
    open.textContent = now.kind ? `Marked: ${now.kind}` : "No answer yet?";
  };
  const wrong = (words) => {
    error.textContent = words; // of all parts only the date has a shape
    for (const [name, input] of parts) if (name === "by") markWrong(input, words);
  };
  sheet.watch(row, field, { value: draw, wrong, busy: () => false, typed: draw });
  draw();
  const sample = make("p", { class: "ck-sample", hidden: true, role: "status", dir: "auto" });
  const ask = sheet.spec.mailed ? null : opener("sample", "How Harrow Bend answered");
  ask?.addEventListener("click", async () => {
    sample.hidden = !sample.hidden;
    ask.setAttribute("aria-expanded", String(!sample.hidden));
    if (!sample.hidden) sample.textContent = await sheet.sample(row, question.field);
  });
  if (question.field === "ready") return "";
  const link = elsewhere(sheet, question, named);
  return make("div", { class: "ck-more" }, oneStop([open, ask, link?.querySelector("a")], link), sample, body);
}

/** Small things beside a question: one stop for Tab, arrow keys within. */
function oneStop(parts, last) {
  const stops = parts.filter(Boolean);
  stops.forEach((stop, at) => (stop.tabIndex = at ? -1 : 0));
  const bar = make("div", { class: "ck-beside", role: "toolbar", "aria-label": "About this question" }, ...parts.slice(0, 2), last);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (!step || at < 0) return;
    event.preventDefault();
    const next = stops[(at + step + stops.length) % stops.length];
    stops.forEach((stop) => (stop.tabIndex = stop === next ? 0 : -1));
    next.focus();
  });
  return bar;
}
