import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import vm from "node:vm";
import { emptyStorage } from "./browser.mjs";

const DRAFT = readFileSync(new URL("../../ctekit/room/draft.js", import.meta.url), "utf8");
const WORDS = "What you had not sent before does not count.";
const HOUR = 60 * 60 * 1000;
beforeEach(() => emptyStorage());

/** What a page of a room says of the draft it finds; `form`: whose form is on it, "" for none. */
function said({ form = "", folder = "/room/" } = {}) {
  const place = { dataset: { words: WORDS }, textContent: "", setAttribute: () => {} };
  const page = { elements: [], dataset: { draft: form }, addEventListener: () => {} };
  const document = {
    currentScript: { src: `https://hub${folder}draft.js` },
    querySelector: () => (form ? page : null),
    getElementById: () => place,
  };
  vm.runInNewContext(DRAFT, { document, localStorage, URL });
  return place.textContent;
}

/** Something was ticked so long ago, and not sent. */
function leave(hours, folder = "/room/") {
  const draft = { of: "token.0", fields: [], at: Date.now() - hours * HOUR };
  localStorage.setItem(`ctekit-draft${folder}`, JSON.stringify(draft));
}

test("what was not sent of a round before is said to be lost, once", () => {
  leave(1);
  assert.equal(said({ form: "another.0" }), WORDS);
  assert.equal(said({ form: "another.0" }), "");
  leave(1);
  assert.equal(said(), WORDS, "on a page that waits");
});

test("what stood here on another day goes without a word", () => {
  leave(13);
  assert.equal(said(), "");
  assert.deepEqual(Object.keys(localStorage), []);
});

test("nothing is said to be lost of a round that another tab has sent", () => {
  leave(1);
  assert.equal(said({ form: "token.2" }), "");
  assert.deepEqual(Object.keys(localStorage), []);
});

test("another room's draft is left alone", () => {
  leave(1, "/there/room/");
  assert.equal(said({ folder: "/here/room/" }), "");
  assert.deepEqual(Object.keys(localStorage), ["ctekit-draft/there/room/"]);
});
