// One question: its label, hint, control and error, tied together for people who listen.

/** Make an element. Text always goes in as text, never as HTML. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Words of people: in their own direction, and never translated under our hands where they name something. */
const said = (words, attributes = {}) => make("bdi", attributes, words);

// Each widget gets this file as a module of its own: without a word of its own, two sheets on a page would share their ids.
const MINE = newId().slice(0, 8);
let counter = 0;
const newDomId = () => `ctekit-${MINE}-${(counter += 1)}`;

/** The choices of a question as [value, words] pairs. */
function choicesOf(question, refs) {
  if (question.kind === "yes_no") return [[true, "yes"], [false, "no"]];
  if (question.kind === "scale") return question.options.map((step, i) => [Number(step), `${step} ${question.meanings[i]}`]);
  if (question.target) return [...question.also.map((word) => [word, word]), ...(refs[question.target] || [])];
  return question.options.map((word) => [word, word]);
}

const isMany = (question) => question.kind === "references" || question.kind === "choices";
const isOne = (question) => ["choice", "yes_no", "scale", "reference"].includes(question.kind);

const STROKES = { ß: "ss", ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", ð: "d", þ: "th" };

/** Words without case, accents and invisible marks, to find them by: `jose` finds José. As `ctekit.text.plain`. */
const plain = (words) => words.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}]/gu, "").replace(/[ßłøđħıæœðþ]/g, (sign) => STROKES[sign]);

/** An answer in words, as a cell of a grid shows it. */
function inWords(question, value, refs) {
  if (value === null || value === undefined || value === "") return "";
  if (isMany(question) || isOne(question)) {
    const words = new Map(choicesOf(question, refs).map(([one, name]) => [one, name]));
    return [].concat(value).map((one) => words.get(one) ?? refs.gone?.[one] ?? `${one} (removed)`).join(", ");
  }
  if (question.kind === "money") {
    const [dollars, cents] = String(value).split(".");
    return `$${Number(dollars).toLocaleString("en-US")}${cents ? `.${cents}` : ""}`;
  }
  if (question.kind === "percentage") return `${value}%`;
  return String(value);
}

/**
 * A bare control for a question. `refs` gives the rows that can be pointed to now.
 * @returns {{element: HTMLElement, focus: HTMLElement, get: () => any, set: (value: any) => void}}
 */
function control(question, value, refs, changed, { id, name, named, describedby, lines = false } = {}) {
  const tie = { id, "aria-label": name, "aria-labelledby": named, "aria-describedby": describedby || undefined };
  if (isMany(question)) return picker(question, value, refs, changed, tie);
  if (question.kind === "scale" && !name) return radios(question, value, refs, changed, tie);
  if (isOne(question)) {
    const select = make("select", { ...tie, dir: "auto", translate: question.target ? "no" : undefined, onchange: () => changed(get(), true) });
    const get = () => (select.value === "" ? null : JSON.parse(select.value));
    let drawn = "";
    const fill = (current) => {
      const choices = choicesOf(question, refs());
      const known = current === null || current === undefined || choices.some(([one]) => one === current);
      if (!known) choices.push([current, inWords(question, current, refs())]);
      const now = JSON.stringify(choices);
      if (now === drawn && get() === (current ?? null)) return; // a list that somebody has just opened stays as it is
      drawn = now;
      select.replaceChildren(make("option", { value: "" }, "-"));
      choices.forEach(([one, words]) => select.append(make("option", { value: JSON.stringify(one) }, words)));
      select.value = current === null || current === undefined ? "" : JSON.stringify(current);
    };
    fill(value);
    return { element: select, focus: select, get, set: fill };
  }
  const long = question.kind === "long_text" || lines;
  const input = make(long ? "textarea" : "input", {
    ...tie,
    rows: long ? 1 : undefined,
    type: long ? undefined : "text",
    autocomplete: "off",
    dir: "auto",
    inputmode: ["whole", "decimal", "money", "percentage"].includes(question.kind) ? "decimal" : undefined,
    oninput: () => typed(),
    onchange: () => typed(), // all that some programs and extensions send when they fill a box
  });
  let last = null;
  const typed = () => {
    if (input.value === last) return;
    last = input.value;
    grow();
    changed(get(), false);
  };
  const grow = () => {
    if (!long || CSS.supports("field-sizing", "content")) return; // the stylesheet does it, also when the width or the font changes
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  const get = () => input.value;
  const set = (current) => ((input.value = current ?? ""), (last = input.value), requestAnimationFrame(grow));
  set(value);
  if (question.kind !== "date") return { element: input, focus: input, get, set };
  return { element: dated(input, changed, tie), focus: input, get, set };
}

/** What names a small control that belongs to a question: words of its own, kept out of sight, then the question's. */
function aside(words, tie) {
  const own = make("span", { id: newDomId(), hidden: true }, words);
  return [own, tie["aria-label"] ? { "aria-label": `${words}: ${tie["aria-label"]}` } : { "aria-labelledby": `${own.id} ${tie["aria-labelledby"]}` }];
}

/** A date is typed, or picked from the browser's own calendar. */
function dated(input, changed, tie) {
  const [own, name] = aside("Pick a day from a calendar", tie);
  const calendar = make("input", { type: "date", tabindex: "-1", "aria-hidden": "true", class: "ck-calendar" });
  calendar.addEventListener("change", () => ((input.value = calendar.value), changed(input.value, true), input.focus()));
  const open = make("button", { type: "button", class: "ck-small", ...name }, own, "…");
  open.addEventListener("click", () => ((calendar.value = input.value), calendar.showPicker()));
  return make("span", { class: "ck-date" }, input, calendar, open);
}

/** Tell a control's own error state to those who do not see its color. */
function markWrong(element, words) {
  if (words) element.setAttribute("aria-invalid", "true");
  else element.removeAttribute("aria-invalid");
}

/** Several of a list: check boxes, with a box to type in when the list is long. */
function picker(question, value, refs, changed, tie) {
  const several = (given) => new Set(Array.isArray(given) ? given : []);
  let chosen = several(value);
  const list = make("div", { class: "ck-list" });
  const box = make("div", { role: "group", class: "ck-picker", ...tie });
  const [own, name] = aside("Type to find", tie);
  const search = make("input", { type: "search", ...name, autocomplete: "off", dir: "auto", oninput: () => fill() });
  const fill = () => {
    const choices = choicesOf(question, refs());
    for (const one of chosen) if (!choices.some(([known]) => known === one)) choices.push([one, inWords(question, [one], refs())]);
    const wanted = plain(search.value.trim());
    list.replaceChildren(
      ...choices
        .filter(([one, words]) => chosen.has(one) || plain(words).includes(wanted))
        .map(([one, words]) => {
          const tick = make("input", { type: "checkbox", onchange: () => (tick.checked ? chosen.add(one) : chosen.delete(one), changed(get(), true)) });
          tick.checked = chosen.has(one);
          return make("label", {}, tick, " ", said(words, { translate: question.target ? "no" : undefined }));
        }),
    );
    search.hidden = choices.length < 9;
    if (!choices.length) list.replaceChildren(make("p", { class: "ck-hint" }, `Nothing to pick yet: fill in “${question.from}” first.`));
  };
  const get = () => [...chosen];
  fill();
  box.append(own, search, list);
  let drawn = JSON.stringify(choicesOf(question, refs()));
  const set = (now) => {
    const next = JSON.stringify(choicesOf(question, refs()));
    if (next === drawn && same(get(), now)) return; // a box that has the focus keeps it
    drawn = next;
    chosen = several(now);
    fill();
  };
  return { element: box, focus: search.hidden ? list.querySelector("input") || box : search, get, set };
}

/**
 * A whole question, as the form and the one-row form show it.
 * @param {Sheet} sheet
 * @param {string} rowName the id of what names the row, which is then part of the control's own name
 */
function questionBlock(sheet, question, row = "", rowName = "") {
  const id = newDomId();
  const named = `${id}-label ${rowName}`.trim();
  const field = question.field;
  const grouped = isMany(question) || question.kind === "scale";
  const hintWords = [question.hint, question.kind === "date" ? "Year-month-day." : "", question.example ? `Example: ${question.example}` : ""];
  const hint = make("p", { class: "ck-hint", id: `${id}-hint` }, hintWords.filter(Boolean).join(" "));
  const error = make("p", { class: "ck-error", id: `${id}-error`, role: "alert" });
  const changed = (value, now) => sheet.typed(row, field, value, now);
  const part = control(question, sheet.value(row, field), () => sheet.refs, changed, { id, named, describedby: `${id}-hint ${id}-error` });
  const label = grouped
    ? make("div", { class: "ck-label", id: `${id}-label` }, question.title)
    : make("label", { class: "ck-label", for: id, id: `${id}-label` }, question.title);
  const block = make("div", { class: "ck-question", "data-field": field, "data-row": row || undefined }, label);
  if (question.private) label.append(" ", make("span", { class: "ck-tag" }, "Facilitator only"));
  if (hintWords.some(Boolean)) block.append(hint);
  const link = elsewhere(sheet, question, named);
  if (link) block.append(make("p", { class: "ck-hint" }, link));
  block.append(part.element, error, suggestionLine(sheet, question, row, part), honestBlank(sheet, question, row, named));
  const written = !isOne(question) && !isMany(question);
  part.element.addEventListener("focusout", () => {
    sheet.saver.flush();
    const now = sheet.value(row, field) ?? "";
    if (written && !sheet.saver.dirty(row, field) && part.get() !== now) part.set(now); // as it was read: June 2029 is a day
  });
  part.element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !isComposing(event) && event.target.tagName !== "TEXTAREA") sheet.saver.flush();
  });
  sheet.watch(row, field, {
    value: (now) => part.set(now),
    wrong: (words) => {
      error.textContent = words;
      markWrong(part.focus, words);
    },
    busy: () => written && document.activeElement === part.focus,
    typed: (value) => part.set(value),
  });
  return block;
}

/**
 * Where a name is added that is not in the list yet: a link to the notebook of that worksheet, or null where it is this one.
 * @param {string} named the ids of what names the question
 */
function elsewhere(sheet, question, named) {
  if (!question.target || question.target.split(".")[0] === sheet.spec.slug) return null;
  const id = newDomId();
  const link = make("a", { id, "aria-labelledby": `${id} ${named}`, href: `${question.notebook}.ipynb`, target: "_blank", rel: "noopener" }, `Add new in “${question.from}”`);
  return make("span", { class: "ck-elsewhere" }, "Not in the list? ", link, " (opens in a new tab).");
}

/** What the parts put together, with a button that takes it over. */
function suggestionLine(sheet, question, row, part) {
  const words = said("");
  let sentence = "";
  const use = make("button", { type: "button", class: "ck-small", "aria-label": `Use this sentence: ${question.title}` }, "Use this sentence");
  const line = make("p", { class: "ck-suggestion", hidden: true }, "Put together: ", words, " ", use);
  use.addEventListener("click", () => (part.set(sentence), sheet.typed(row, question.field, sentence, true)));
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
  const kind = make("select", { ...tied("kind"), onchange: () => (send({ kind: kind.value || null }), draw()) });
  for (const words of ["", "to find out", "does not apply"]) kind.append(make("option", { value: words }, words || "-"));
  const inputs = { whom: "From whom", by: "By when (year-month-day)", because: "Because" };
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
    markWrong(parts.find(([name]) => name === "by")[1], words);
  };
  sheet.watch(row, field, { value: draw, wrong, busy: () => false, typed: draw });
  draw();
  const sample = make("p", { class: "ck-sample", hidden: true, role: "status", dir: "auto" });
  const ask = opener("sample", "How Harrow Bend answered");
  ask.addEventListener("click", async () => {
    sample.hidden = !sample.hidden;
    ask.setAttribute("aria-expanded", String(!sample.hidden));
    if (!sample.hidden) sample.textContent = await sheet.sample(row, question.field);
  });
  return make("div", { class: "ck-more" }, question.field === "ready" ? null : open, question.field === "ready" ? null : ask, sample, body);
}
