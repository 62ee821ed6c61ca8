// The lead's page: presses go without a reload, what happens elsewhere is shown within a second, and time counts down.

import { clock, follow } from "./screen.js";

const PART = "application/x-ctekit, text/html";
let since = performance.now();
let waiting = false; // something changed while the page could not be drawn anew
let presses = Promise.resolve(); // one after the other
const underway = new Set(); // what was pressed, until the room has answered

function tick() {
  const timer = document.querySelector(".timer");
  if (!timer) return;
  const left = Math.round(Number(timer.dataset.left) - (performance.now() - since) / 1000);
  timer.classList.toggle("is-over", left <= 0);
  timer.textContent = clock(left) + " " + (left > 0 ? timer.dataset.words : timer.dataset.over);
}

function typing() {
  const field = document.activeElement;
  return field && field.matches("input:not([type=hidden]), select");
}

// Nothing is taken from under somebody's hands: neither a field, nor a question, nor what a press is about to show.
function inHand() {
  return underway.size || typing() || document.getElementById("question");
}

// What was typed and not sent, and the trouble that was told last, go over to the page as it is now.
function carry(next) {
  for (const field of document.querySelectorAll("main input:not([type=hidden]), main select")) {
    if (field.value === field.defaultValue) continue;
    const form = `form[action="${field.form.getAttribute("action")}"]`;
    const selector = `${form} [name="${field.name}"]:not([type=hidden])`;
    const same = field.id ? next.getElementById(field.id) : next.querySelector(selector);
    if (same) same.value = field.value;
  }
  for (const box of document.querySelectorAll("main input[type=checkbox]:checked")) {
    const same = next.getElementById(box.id);
    if (same) same.checked = true;
  }
  const trouble = document.getElementById("trouble");
  if (!trouble) return;
  trouble.removeAttribute("role"); // it was read out
  next.querySelector("main header").after(trouble);
}

function show(html, pressed) {
  const next = new DOMParser().parseFromString(html, "text/html"); // made and escaped by the room
  const focused = document.activeElement && document.activeElement.id;
  if (!pressed) carry(next);
  const unfolded = [...document.querySelectorAll("details[open]")].map((part) => part.id);
  const block = document.title;
  document.querySelector("main").replaceWith(next.querySelector("main"));
  document.title = next.title;
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  since = performance.now();
  const again = document.getElementById("sure") || document.getElementById("trouble");
  const place = (pressed && again) || (focused && document.getElementById(focused));
  if (place) place.focus({ preventScroll: !again });
  else if (pressed) document.querySelector("main button")?.focus({ preventScroll: true });
  if (pressed && block !== document.title) scrollTo({ top: 0 });
  tick();
}

async function draw() {
  waiting = underway.size > 0;
  if (waiting) return;
  try {
    const answer = await fetch(new URL("./", import.meta.url), { headers: { accept: PART } });
    if (!answer.ok) return void room.missed(answer.status);
    const html = await answer.text();
    room.reached();
    waiting = Boolean(inHand());
    if (!waiting) show(html, false);
  } catch {
    room.missed();
  }
}

/** Whether the room has done what was pressed, with nothing asked or told that has to be seen first. */
async function send(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { accept: PART } });
    if (answer.status === 404) {
      room.missed(404);
      return false;
    }
    show(await answer.text(), true);
    room.reached();
    return answer.ok;
  } catch {
    room.missed();
    return false;
  }
}

addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const body = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
  const press = form.action + " " + body;
  if (underway.has(press)) return; // pressed twice is once
  underway.add(press);
  presses = presses.then(async () => {
    if (underway.has(press) && !(await send(form.action, body))) underway.clear(); // nor what was pressed behind it
    underway.delete(press);
    if (waiting && !underway.size) draw();
  });
});

// Not at once: a press that took the focus from a field has to find its button.
addEventListener("focusout", () => setTimeout(() => waiting && draw(), 500));

tick();
setInterval(tick, 500);
const room = follow(import.meta.url, document.getElementById("away"), draw);
