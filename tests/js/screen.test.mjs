import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { clock, follow } from "../../ctekit/room/screen.js";

const WORDS = { words: "does not answer", gone: "is over" };
let stream;

class EventSource extends EventTarget {
  constructor(url) {
    super();
    this.url = String(url);
    stream = this;
  }
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  Object.assign(globalThis, { window: { EventSource }, EventSource, addEventListener: () => {} });
  globalThis.fetch = async () => ({ ok: true });
});

/** A page that follows its room, and how often it was drawn. */
function page() {
  const away = { dataset: WORDS, textContent: "" };
  const shown = { away, drawn: 0 };
  shown.room = follow("http://room/K7/wall/wall.js", away, () => (shown.drawn += 1));
  return shown;
}

async function pass(milliseconds) {
  mock.timers.tick(milliseconds);
  for (let turn = 0; turn < 9; turn += 1) await Promise.resolve();
}

test("a page hears of its own room, also where a hub has many", () => {
  const { drawn } = page();
  assert.deepEqual([stream.url, drawn], ["http://room/K7/wall/stream", 0]);
});

test("a page is drawn when the stream opens and with each change", () => {
  const shown = page();
  stream.onopen();
  stream.onmessage();
  assert.equal(shown.drawn, 2);
});

test("a computer that does not answer is told of, and once it answers the page is drawn", async () => {
  const shown = page();
  globalThis.fetch = async () => { throw new TypeError("network"); };
  await pass(4000);
  assert.equal(shown.away.textContent, WORDS.words);
  globalThis.fetch = async () => ({ ok: true });
  await pass(4000);
  assert.equal(shown.drawn, 1);
  shown.room.reached();
  assert.equal(shown.away.textContent, "");
});

test("a room that is over is told of in other words, until there is one again", () => {
  const shown = page();
  shown.room.missed(404);
  assert.equal(shown.away.textContent, WORDS.gone);
  shown.room.reached();
  stream.dispatchEvent(new Event("over"));
  stream.onerror();
  assert.equal(shown.away.textContent, WORDS.gone);
  shown.room.reached();
  stream.onerror();
  assert.equal(shown.away.textContent, WORDS.words);
});

test("what is said is not written anew at each try: a screen reader would read it each time", () => {
  const shown = page();
  let written = 0;
  let words = "";
  Object.defineProperty(shown.away, "textContent", {
    get: () => words,
    set: (text) => {
      written += 1;
      words = text;
    },
  });
  shown.room.missed();
  shown.room.missed();
  assert.equal(written, 1);
});

test("a browser that hears of no change looks every few seconds", () => {
  globalThis.window = {};
  const shown = page();
  mock.timers.tick(6000);
  assert.equal(shown.drawn, 2);
});

test("time is shown as a clock shows it", () => {
  assert.deepEqual([0, 65, -5, 600].map(clock), ["0:00", "1:05", "0:05", "10:00"]);
});
