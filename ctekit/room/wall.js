// The wall follows the room: it asks for the picture when the room says that something changed, counts time down by
// itself, and makes a full picture smaller until it fits.
"use strict";
(function () {
  const here = document.currentScript.src; // on a hub a room has a folder of its own
  const away = document.getElementById("away");
  const SMALLEST = 50; // percent
  const AGAIN = 1000; // ms until the next try when the facilitator's computer does not answer
  const LATEST = 20000; // ms: how far behind the room is changes without anybody doing anything
  const PING = 4000; // ms between two questions whether the facilitator's computer answers
  const PATIENCE = 5000; // ms in which it does
  let ended = false; // the room has said that it is over
  let retry;
  let since = performance.now();

  const main = () => document.querySelector("main");
  const live = (root) => [...root.querySelectorAll("[data-live]")];

  function clock(seconds) {
    const all = Math.abs(seconds);
    return Math.floor(all / 60) + ":" + String(all % 60).padStart(2, "0");
  }

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
    for (const part of live(copy)) part.replaceWith("");
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

  async function follow() {
    try {
      const answer = await fetch(new URL("now", here));
      if (!answer.ok) return void miss(answer.status);
      show(await answer.text());
      away.textContent = "";
      ended = false;
    } catch {
      miss();
      clearTimeout(retry);
      retry = setTimeout(follow, AGAIN);
    }
  }

  // A computer that sleeps or is frozen closes nothing: only asking shows that it does not answer.
  async function ping() {
    try {
      await fetch(here, { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
      if (away.textContent) follow();
    } catch {
      miss();
    }
    setTimeout(ping, PING);
  }

  function miss(status) {
    const words = ended || status === 404 ? away.dataset.gone : away.dataset.words;
    if (away.textContent !== words) away.textContent = words; // read out once, not at each try
  }

  fit();
  tick();
  setTimeout(ping, PING);
  setInterval(tick, 500);
  addEventListener("resize", fit);
  if (window.EventSource) {
    const source = new EventSource(new URL("stream", here));
    source.onmessage = follow;
    source.onerror = () => miss();
    source.onopen = follow;
    source.addEventListener("over", () => (ended = true));
    addEventListener("pagehide", () => source.close());
  }
  setInterval(follow, window.EventSource ? LATEST : 2000);
})();
