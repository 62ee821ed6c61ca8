// What the wall and the lead's page share: they hear of each change in the room, and say when it cannot be reached.

const LATEST = 20000; // ms: how far behind the room is changes without anybody doing anything
const POLL = 3000; // ms between two looks of a browser that hears of no change
const PING = 4000; // ms between two questions whether the facilitator's computer answers
const PATIENCE = 5000; // ms in which it does

/** Seconds as a clock shows them, such as `"1:05"`. */
export function clock(seconds) {
  const all = Math.abs(seconds);
  return Math.floor(all / 60) + ":" + String(all % 60).padStart(2, "0");
}

/**
 * Calls `draw` whenever something may have changed.
 *
 * `base` is the address of the page's script; on a hub a room has a folder of its own. `away` is the place for what is
 * said while the room cannot be reached. Who asks the room for anything tells it whether it was `reached` or `missed`.
 */
export function follow(base, away, draw) {
  let ended = false; // the room has said that it is over

  function reached() {
    ended = false;
    away.textContent = "";
  }

  function missed(status) {
    const gone = ended || status === 404;
    const words = gone ? away.dataset.gone : away.dataset.words;
    away.className = gone ? "gone" : "";
    if (away.textContent !== words) away.textContent = words; // read out once, not at each try
  }

  // A computer that sleeps or is frozen closes nothing: only asking shows that it does not answer.
  async function ping() {
    try {
      await fetch(base, { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE) });
      if (away.textContent) draw();
    } catch {
      missed();
    }
    setTimeout(ping, PING);
  }

  setTimeout(ping, PING);
  if (window.EventSource) {
    const source = new EventSource(new URL("stream", base));
    source.onopen = draw;
    source.onmessage = draw;
    source.onerror = () => missed();
    source.addEventListener("over", () => (ended = true));
    addEventListener("pagehide", () => source.close());
  }
  setInterval(draw, window.EventSource ? LATEST : POLL);
  return { reached, missed };
}
