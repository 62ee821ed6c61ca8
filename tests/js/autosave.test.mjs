import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { emptyStorage } from "./browser.mjs";
import { Autosave } from "../../ctekit/widgets/js/autosave.js";
import { howToRestart } from "../../ctekit/widgets/js/connection.js";

const SPEC = { partnership: "p", slug: "profile", home: "here", longest: 1000 };
let kernel;
let sent;
let said;
let heard;
let autosave;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  emptyStorage();
  [sent, said, heard] = [[], [], []];
  kernel = { connectionStatus: "connected", reconnects: 0, reconnect: async () => void (kernel.reconnects += 1) };
  const model = { get: () => SPEC, send: (message) => sent.push(message), widget_manager: { kernel } };
  autosave = new Autosave(model, (words) => said.push(words), (message) => heard.push(message), ({ field }) => field !== "gone");
});

const type = (field, value, base = null) => autosave.edit("", field, value, base);
const values = (message) => message.edits.map(({ value }) => value);
const answer = (message, more = {}) => autosave.answered({ saved: message.edits.map(({ uid }) => ({ uid })), at: "10:42", ...more });
const kept = () => Object.values(localStorage).flatMap((text) => JSON.parse(text).map(({ value }) => value));

test("an edit is kept at once, sent after a pause, and let go when it is on the disk", () => {
  type("name", "A");
  type("name", "Ab");
  assert.deepEqual([sent.length, kept()], [0, ["Ab"]]);
  mock.timers.tick(400);
  assert.deepEqual(sent.map(values), [["Ab"]]);
  assert.ok(autosave.dirty("", "name"));
  answer(sent[0]);
  assert.deepEqual([autosave.dirty("", "name"), kept(), said.at(-1)], [false, [], "Saved 10:42"]);
});

test("what is saved is never said to be all while an answer is refused", () => {
  type("name", "A");
  type("count", "many");
  autosave.flush();
  const [{ uid: good }, { uid: bad }] = sent[0].edits;
  autosave.answered({ saved: [{ uid: good }], wrong: [{ uid: bad, row: "", field: "count", error: "No number." }], at: "10:42" });
  assert.equal(said.at(-1), "All else saved 10:42");
  type("town", "B");
  autosave.flush();
  answer(sent[1], { at: "10:43" });
  assert.equal(said.at(-1), "All else saved 10:43");
  autosave.forget("", "count");
  assert.equal(said.at(-1), "Saved 10:43");
  type("count", "more");
  autosave.flush();
  autosave.answered({ wrong: [{ uid: sent[2].edits[0].uid, row: "", field: "count", error: "No number." }], at: "10:44" });
  assert.equal(said.at(-1), "Not saved.");
  type("count", "3");
  autosave.flush();
  answer(sent[3], { at: "10:45" });
  assert.equal(said.at(-1), "Saved 10:45");
});

test("what is typed while a batch is on its way waits for its answer, and is based on it", () => {
  type("name", "A", "old");
  autosave.flush();
  type("name", "B", "old");
  autosave.flush();
  assert.equal(sent.length, 1);
  answer(sent[0]);
  const steps = sent.map(({ edits: [{ value, base, root }] }) => [value, base, root]);
  assert.deepEqual(steps, [["A", "old", "old"], ["B", "A", "old"]]);
});

test("what stood there before the first of several edits is known from that one alone", () => {
  type("name", "A", null);
  autosave.flush();
  type("name", "B", "what somebody else wrote meanwhile");
  type("name", "C", "what somebody else wrote meanwhile");
  answer(sent[0]);
  assert.deepEqual([sent[1].edits[0].value, sent[1].edits[0].root], ["C", null]);
});

test("a page that goes away waits for nothing", () => {
  type("name", "A");
  autosave.flush();
  type("name", "B");
  autosave.flush(true);
  assert.deepEqual(sent.map(values), [["A"], ["B"]]);
  assert.deepEqual(sent.map(({ n }) => n), [1, 2]);
});

test("what to do about a silent kernel is said by what the page has to press", () => {
  const page = (part) => { globalThis.document.querySelector = (selector) => (selector === part ? {} : null); };
  const places = [["body.ctekit-guided", /press “Show JupyterLab”, then Kernel > Restart Kernel/], [".lm-MenuBar", /: Kernel > Restart Kernel, then Run > Run All Cells/], ["", /: reload this page/]];
  for (const [part, words] of places) {
    page(part);
    assert.match(howToRestart(), words);
  }
});

test("a kernel that is silent is said so, and everything is sent again at the fifth look", () => {
  type("name", "A");
  autosave.flush();
  type("town", "B");
  mock.timers.tick(5000);
  assert.match(said.at(-1), /^Not saved: the kernel is not answering/);
  assert.equal(sent.length, 1);
  for (let look = 2; look <= 5; look += 1) mock.timers.tick(2000);
  assert.deepEqual(sent.map(values), [["A"], ["A", "B"]]);
  assert.equal(sent[0].edits[0].uid, sent[1].edits[0].uid, "the kernel knows by its uid that it is the same edit");
});

test("what a browser has no room for is never said to be kept", () => {
  type("name", "A");
  assert.equal(autosave.isAtRisk, false);
  autosave.flush();
  mock.timers.tick(5000);
  assert.match(said.at(-1), /is kept in this browser/);
  emptyStorage(0);
  type("town", "B");
  assert.equal(autosave.isAtRisk, true);
  mock.timers.tick(2000);
  assert.match(said.at(-1), /cannot keep what you typed\. Leave this page open.* Copy it before you reload/);
  emptyStorage();
  answer(sent[0]);
  answer(sent[1]);
  assert.deepEqual([autosave.isAtRisk, said.at(-1)], [false, "Saved 10:42"]);
});

test("a connection that is cut is mended, and everything is sent when it is up", () => {
  type("name", "A");
  autosave.flush();
  kernel.connectionStatus = "connecting";
  mock.timers.tick(5000);
  assert.deepEqual([kernel.reconnects, sent.length], [1, 1]);
  kernel.connectionStatus = "connected";
  mock.timers.tick(2000);
  assert.deepEqual(sent.map(values), [["A"], ["A"]]);
  answer(sent[1]);
  mock.timers.tick(60000);
  assert.equal(sent.length, 2, "after the answer nothing is sent again");
});

test("a model that cannot send loses nothing", () => {
  autosave.model.send = () => { throw new Error("closed"); };
  type("name", "A");
  autosave.flush();
  assert.deepEqual([kept(), autosave.dirty("", "name")], [["A"], true]);
});

test("a refused edit stays with its reason until it is changed", () => {
  type("name", "A", "old");
  autosave.flush();
  const [{ uid }] = sent[0].edits;
  autosave.answered({ wrong: [{ uid, error: "No day." }] });
  assert.equal(autosave.wrong.get("|name").wrong, "No day.");
  assert.deepEqual(kept(), ["A"]);
  type("name", "B", "A");
  autosave.flush();
  assert.deepEqual([autosave.wrong.size, sent[1].edits[0].base], [0, "old"]);
});

test("a refused edit whose row is gone is kept by its uid", () => {
  type("gone", "A");
  autosave.flush();
  const [{ uid }] = sent[0].edits;
  autosave.answered({ wrong: [{ uid, error: "No such row.", private: true }] });
  assert.deepEqual([...autosave.wrong.keys()], [uid]);
  autosave.drop(uid);
  assert.deepEqual(kept(), []);
});

test("a disk that is full is tried again, with all that was typed since", () => {
  type("name", "A");
  autosave.flush();
  autosave.refused("The disk is full.");
  type("town", "B");
  mock.timers.tick(10000);
  assert.deepEqual(sent.map(values), [["A"], ["A", "B"]]);
});

test("many edits go in several messages", () => {
  for (let at = 0; at < 250; at += 1) type(`field${at}`, "x");
  autosave.flush();
  assert.deepEqual(sent.map(({ edits }) => edits.length), [100, 100, 50]);
});

test("an answer that is longer than the kernel takes is not sent, and the others are", () => {
  type("name", "A");
  type("story", "x".repeat(2000));
  autosave.flush();
  assert.deepEqual(sent.map(values), [["A"]]);
  assert.match(heard[0].wrong[0].error, /too long: the most that can be kept is 1,000 characters/);
});

test("a computer that wakes sends at the next look, without waiting for the fifth", () => {
  type("name", "A");
  autosave.flush();
  mock.timers.tick(5000);
  autosave.wake();
  mock.timers.tick(1000);
  assert.deepEqual(sent.map(values), [["A"], ["A"]]);
});

test("words about something else stand some seconds before they make room for what was saved", () => {
  type("name", "A");
  autosave.flush();
  autosave.remark("Cell copied.");
  answer(sent[0]);
  assert.equal(said.at(-1), "Cell copied.");
  mock.timers.tick(4000);
  assert.equal(said.at(-1), "Saved 10:42");
  autosave.remark("Cell copied.");
  mock.timers.tick(60000);
  assert.equal(said.at(-1), "Cell copied.", "nothing was saved since");
  type("name", "B");
  autosave.flush();
  answer(sent[1], { at: "10:43" });
  assert.equal(said.at(-1), "Saved 10:43");
});

test("words about something else give way at once to what was not saved, and do not come over it later", () => {
  type("name", "A");
  type("count", "many");
  autosave.flush();
  const [{ uid: good }, { uid: bad }] = sent[0].edits;
  autosave.remark("Cell copied.");
  autosave.answered({ saved: [{ uid: good }], at: "10:42" });
  autosave.answered({ wrong: [{ uid: bad, row: "", field: "count", error: "No number." }], at: "10:42" });
  assert.equal(said.at(-1), "Not saved.");
  mock.timers.tick(4000);
  assert.equal(said.at(-1), "Not saved.");
});
