import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { emptyStorage } from "./browser.mjs";
import { entries, page } from "./mailed_page.mjs";

const { SaveBar } = await import("../../ctekit/widgets/js/mailed/save_bar.js");

let storage;
beforeEach(() => (storage = emptyStorage()));

/** The bar under a page; `isAsking` closes it and tells whether the browser asks first. */
function barOf(draft, share) {
  globalThis.window = new EventTarget();
  Object.defineProperty(globalThis, "navigator", { value: { canShare: () => true, share }, configurable: true });
  const bar = new SaveBar(draft, () => {});
  return { bar, isAsking: () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })) };
}

for (const [what, act, asks] of [
  ["was saved", (bar) => bar.save(), false], ["was shared", (bar) => bar.share(), false], ["was not shared in the end", (bar) => bar.share(), true], ["is shown as text", (bar) => bar.show(), true],
  ["was copied", (bar) => bar.show().then(() => bar.text.dispatchEvent(new Event("copy"))), false],
]) test(`a page whose file ${what} closes ${asks ? "only after it asked" : "without a question"}, until more is typed`, async () => {
  const { edit, draft } = page();
  const { bar, isAsking } = barOf(draft, asks ? () => Promise.reject(new Error("AbortError")) : () => Promise.resolve());
  assert.equal(isAsking(), false);
  edit("x-7", "gives", "One");
  assert.equal(isAsking(), true);
  await act(bar);
  assert.equal(isAsking(), asks);
  edit("x-7", "gives", "Two");
  assert.equal(isAsking(), true);
});

test("a page in a browser that keeps nothing asks before it closes, for a download may have been blocked", async () => {
  emptyStorage(5);
  const { edit, draft } = page();
  const { bar, isAsking } = barOf(draft);
  edit("x-7", "gives", "One");
  await bar.save();
  assert.equal(isAsking(), true);
});

test("a tab writes nothing over what another tab has kept since, says so, and loses nothing on the way that it names", async () => {
  const [first, second] = [page(), page()];
  const { bar, isAsking } = barOf(second.draft);
  first.edit("x-7", "gives", "In the first");
  second.edit("x-7", "worth", "5");
  assert.deepEqual(page().draft.states, first.draft.states);
  assert.match(bar.status.textContent, /^1 change is in no file yet. This worksheet is open in another tab. Save here, then go on from that file there.$/);
  await bar.save();
  assert.match(bar.status.textContent, /Go on from that file in the other tab/);
  const file = second.draft.file();
  assert.equal(isAsking(), true);
  assert.deepEqual(page().draft.states, first.draft.states);
  first.edit("x-9", "gives", "Two buses");
  assert.equal(first.draft.isKept, true);
  assert.deepEqual(first.draft.goOn(file), []);
  assert.deepEqual(page().model.state.answers, { "": {}, "x-7": { gives: "In the first", worth: "5" }, "x-9": { gives: "Two buses" } });
});

test("a tab puts nothing back that was removed in another one", () => {
  const first = page();
  first.edit("x-7", "gives", "One");
  const second = page();
  second.draft.forget();
  first.edit("x-7", "gives", "Two");
  assert.deepEqual(Object.keys(storage), []);
  assert.equal(first.draft.isKept, false);
});

test("where a file has something else than what was typed since, the page says so, and its next file holds both", async () => {
  const elsewhere = page();
  elsewhere.edit("x-7", "gives", "Theirs");
  elsewhere.edit("x-9", "gives", "Same");
  const text = elsewhere.draft.file();
  emptyStorage();
  const { edit, draft, model } = page();
  edit("x-7", "gives", "Mine");
  edit("x-9", "gives", "Same");
  const { bar } = barOf(draft);
  bar.input.files = /** @type {any} */ ([new File([text], "answers.json")]);
  await bar.open();
  assert.match(bar.status.textContent, /in the page again. What you typed here stays, and the file has something else: gives. Look/);
  assert.equal(model.state.answers["x-7"].gives, "Mine");
  assert.deepEqual(entries(draft), [["x-7", "gives", "Theirs"], ["x-9", "gives", "Same"], ["x-7", "gives", "Mine"]]);
});
