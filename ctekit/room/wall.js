// The wall follows the room: it asks for the picture when the room says that something changed, counts time down by
// itself, and makes a full picture smaller until it fits.

import { clock, follow } from "./screen.js";

const SMALLEST = 50; // percent
const AGAIN = 1000; // ms until the next try when the facilitator's computer does not answer
let retry;
let since = performance.now();

const main = () => document.querySelector("main");
const live = (root) => [...root.querySelectorAll("[data-live]")];

function tick() {
  for (const timer of document.querySelectorAll(".timer")) {
    const left = Math.round(Number(timer.dataset.left) - (performance.now() - since) / 1000);
    timer.classList.toggle("over", left <= 0);
    timer.textContent = left > 0 ? clock(left) : timer.dataset.over;
  }
}

function fit() {
  const stage = document.querySelector(".stage");
  if (!stage) return;
  for (let size = 100; size >= SMALLEST; size -= 5) {
    stage.style.fontSize = size / 100 + "rem";
    if (stage.scrollHeight <= stage.clientHeight + 1) return;
  }
}

// Only what counts is written anew where the picture is the same: what grew once does not grow again.
function still(root) {
  const copy = root.cloneNode(true);
  for (const part of live(copy)) part.replaceWith(part.dataset.live);
  copy.querySelector(".stage")?.removeAttribute("style");
  return copy.outerHTML;
}

function show(html) {
  const box = document.createElement("template");
  box.innerHTML = html; // made and escaped by the room
  const next = box.content.querySelector("main");
  since = performance.now();
  if (still(next) === still(main())) {
    const parts = live(main());
    live(next).forEach((part, place) => {
      parts[place].textContent = part.textContent;
      if (part.dataset.left) parts[place].dataset.left = part.dataset.left;
    });
  } else {
    main().replaceWith(next);
    fit();
  }
  tick();
}

async function draw() {
  try {
    const answer = await fetch(new URL("now", import.meta.url));
    if (!answer.ok) return void room.missed(answer.status);
    show(await answer.text());
    room.reached();
  } catch {
    room.missed();
    clearTimeout(retry);
    retry = setTimeout(draw, AGAIN);
  }
}

fit();
tick();
setInterval(tick, 500);
addEventListener("resize", fit);
const room = follow(import.meta.url, document.getElementById("away"), draw);
