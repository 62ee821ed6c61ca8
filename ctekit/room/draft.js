// Keeps on this phone what is ticked or written and not sent, so that a reload or a closed page loses nothing.
// It goes when it is sent or the round is closed; and each person's form has another name, so nobody gets another's.
"use strict";
(function () {
  const here = document.currentScript.src;
  const KEY = "ctekit-draft" + new URL(".", here).pathname; // on a hub each room has a folder of its own
  const HALF_A_DAY = 12 * 60 * 60 * 1000; // milliseconds
  const AGAIN = 10000; // milliseconds after which a key says it again: the room may have been started anew
  const form = document.querySelector("form[data-draft]");
  const controls = () => [...form.elements].filter((control) => control.name && control.type !== "hidden");
  const ticked = (control) => control.type === "radio" || control.type === "checkbox";

  // On a slow network people write before this script is there: what they did stays, and a draft fills only the rest.
  function touched(control) {
    if (ticked(control)) {
      return [...form.elements].some((box) => box.name === control.name && box.checked !== box.defaultChecked);
    }
    if (!control.options) return control.value !== control.defaultValue;
    const first = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
    return control.value !== first.value;
  }

  function save() {
    const fields = controls().filter((control) => !ticked(control) || control.checked);
    const values = fields.map((control) => [control.name, control.value]);
    const draft = { of: form.dataset.draft, fields: values, at: Date.now() };
    try {
      localStorage.setItem(KEY, JSON.stringify(draft));
    } catch (full) { /* what is on the page can still be sent */ }
  }

  // Whoever leads is asked before a round ends in which somebody is amid an answer; not told what it is.
  let lastNotice = -Infinity;
  function tell() {
    form.dataset.unsent = "";
    if (performance.now() - lastNotice < AGAIN || !window.fetch) return;
    lastNotice = performance.now();
    const { form: token, based_on: basedOn } = form.elements;
    const body = new URLSearchParams({ form: token.value, based_on: basedOn ? basedOn.value : "" });
    fetch(new URL("begun", here), { method: "POST", body, credentials: "same-origin" })
      .then((answer) => answer.ok || (lastNotice = -Infinity), () => (lastNotice = -Infinity));
  }

  function restore(fields, untouched) {
    for (const control of untouched) {
      const values = fields.filter(([name]) => name === control.name).map(([, value]) => value);
      if (ticked(control)) control.checked = values.includes(control.value);
      else if (values.length) control.value = values[0];
    }
    document.getElementById("state").textContent = form.dataset.restored;
    tell();
  }

  // Of another round, or of one that is closed: that it was not sent is said, where the page has a place for it.
  // Not of another day's, which is nobody's here; nor of this round's, where another tab has sent it.
  // While nothing else can be answered it stays here: a round that was closed can be opened again.
  function forget(draft) {
    const place = document.getElementById("not-counted");
    const isOfToday = Date.now() - draft.at < HALF_A_DAY;
    if (place && !form && isOfToday) localStorage.setItem(KEY, JSON.stringify({ ...draft, told: true }));
    else localStorage.removeItem(KEY);
    const token = (name) => name.split(".")[0];
    const isSent = form && token(draft.of) === token(form.dataset.draft);
    if (!place || isSent || (form && draft.told) || !isOfToday) return;
    place.setAttribute("role", "status");
    place.textContent = place.dataset.words;
  }

  const untouched = form ? controls().filter((control) => !touched(control)) : [];
  try {
    const draft = JSON.parse(localStorage.getItem(KEY));
    if (form && draft && draft.of === form.dataset.draft) restore(draft.fields, untouched);
    else if (draft) forget(draft);
  } catch (unreadable) {
    try {
      localStorage.removeItem(KEY);
    } catch (none) { return; } // this browser keeps nothing
  }
  if (!form) return;
  const change = () => {
    save();
    tell();
  };
  if (untouched.length < controls().length) change();
  form.addEventListener("input", change);
})();
