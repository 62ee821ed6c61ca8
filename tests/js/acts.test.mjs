import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { emptyStorage } from "./browser.mjs";
import { Acts } from "../../ctekit/widgets/js/acts.js";
import { Autosave } from "../../ctekit/widgets/js/autosave.js";

const SPEC = { partnership: "p", slug: "profile", home: "here", longest: 1000 };
let sent;
let said;
let autosave;
let acts;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  emptyStorage();
  [sent, said] = [[], []];
  const model = { get: () => SPEC, send: (message) => sent.push(message), widget_manager: { kernel: { connectionStatus: "connected" } } };
  autosave = new Autosave(model, (words) => said.push(words), () => {}, () => true);
  acts = new Acts(/** @type {any} */ ({ autosave }));
});

const names = () => sent.map(({ edits, act }) => (edits ? edits.map(({ value }) => value).join() : Object.keys(act)[0]));
const type = (value) => autosave.edit("", "name", value, null);
/** As a sheet hears it. */
function answer({ edits, uid }, more = {}) {
  if (edits) autosave.answered({ saved: edits.map((edit) => ({ uid: edit.uid })), at: "10:42" });
  acts.next();
  acts.answered({ reply: uid, ...more });
}

test("an act waits for what was typed before it, and what is typed then for the act", () => {
  type("A");
  acts.ask({ undo: true });
  type("B");
  mock.timers.tick(400);
  assert.deepEqual(names(), ["A"]);
  answer(sent[0]);
  assert.deepEqual(names(), ["A", "undo"]);
  answer(sent[1]);
  assert.deepEqual(names(), ["A", "undo", "B"]);
  assert.deepEqual(sent.map(({ n }) => n), [1, 2, 3]);
});

test("an act waits for the one before it, also where that could not be done", async () => {
  const done = [];
  acts.ask({ remove: "clause-1" }).then(() => done.push("removed"));
  acts.ask({ history: true }).then(() => done.push("history"));
  assert.deepEqual(names(), ["remove"]);
  answer(sent[0], { failed: "It is gone." });
  assert.deepEqual(names(), ["remove", "history"]);
  answer(sent[1]);
  await Promise.resolve();
  assert.deepEqual(done, ["history"]);
});

test("a full disk holds up no act: what was typed is refused, and that is an answer", () => {
  type("A");
  acts.ask({ history: true });
  autosave.refused("The disk is full.");
  acts.next();
  assert.deepEqual(names(), ["A", "history"]);
});

test("what is not answered is given up and said, and what comes of it later counts no more", async () => {
  const done = [];
  acts.ask({ add: "clauses", after: "" }).then(() => done.push("added"));
  type("B");
  mock.timers.tick(5000);
  assert.match(said.at(-1), /^Not done: the kernel is not answering/);
  assert.deepEqual(names(), ["add", "B"]);
  answer(sent[0], { row: "clause-1" });
  await Promise.resolve();
  assert.deepEqual(done, []);
});

test("what is private is asked for no more once it is hidden, whatever is on its way", async () => {
  const shown = [];
  acts.ask({ reveal: true }).then(() => shown.push(1));
  acts.ask({ reveal: true }).then(() => shown.push(2));
  acts.hidePrivate();
  assert.deepEqual(sent.map(({ act, n }) => [act.reveal, n]), [[true, 1], [false, 2]]);
  answer(sent[0], { private: {} });
  await Promise.resolve();
  assert.deepEqual([shown, acts.queue, acts.isRevealing], [[], [], false]);
});

test("a page that was told that nothing private is shown has said so to the kernel, too", () => {
  acts.ask({ reveal: true });
  mock.timers.tick(5000);
  assert.deepEqual(sent.map(({ act }) => act.reveal), [true, false]);
});
