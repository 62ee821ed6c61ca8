import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { emptyStorage } from "./browser.mjs";
import { Kept } from "../../ctekit/widgets/js/kept.js";

const SPEC = { partnership: "p", slug: "profile", home: "here" };
const EDIT = { uid: "u1", row: "", field: "name", value: "A", base: null, root: null };
beforeEach(() => emptyStorage());

test("what an earlier visit could not save is taken once", () => {
  new Kept(SPEC, "first").put([EDIT]);
  const second = new Kept(SPEC, "second");
  assert.deepEqual(second.take(), [EDIT]);
  assert.deepEqual(second.take(), []);
});

test("views side by side do not clear each other's text", () => {
  const [first, second] = [new Kept(SPEC, "first"), new Kept(SPEC, "second")];
  first.put([EDIT]);
  second.put([{ ...EDIT, uid: "u2" }]);
  second.put([]);
  assert.deepEqual(Object.keys(localStorage), [first.own]);
});

test("another worksheet's text is left alone", () => {
  new Kept({ ...SPEC, slug: "roster" }, "first").put([EDIT]);
  assert.deepEqual(new Kept(SPEC, "second").take(), []);
});

test("text of another copy is offered, never taken, and can be dropped", () => {
  new Kept({ ...SPEC, home: "there" }, "first").put([EDIT]);
  new Kept(SPEC, "a view of this copy").put([{ ...EDIT, uid: "u2" }]);
  const here = new Kept(SPEC, "second");
  assert.equal(here.elsewhere().length, 1);
  assert.deepEqual(here.take().map(({ uid }) => uid), ["u2"]);
  assert.deepEqual(here.take(), []);
  const [{ key, edit }] = here.elsewhere();
  assert.deepEqual(edit, EDIT);
  here.drop(key, edit.uid);
  assert.deepEqual(here.elsewhere(), []);
});

for (const [what, text, words] of [
  ["cut short", '[{"uid":"u1","fie', '[{"uid":"u1","fie'],
  ["of another shape", '{"name":"A"}', '{"name":"A"}'],
  ["a number", "7", "7"],
  ["a word", '"A"', "A"],
]) {
  test(`kept text that is ${what} becomes words that can be copied`, () => {
    localStorage.setItem("ctekit p profile @here old", text);
    const [edit, ...more] = new Kept(SPEC, "now").take();
    assert.deepEqual([edit.row, edit.field, edit.value, more.length], ["", "", words, 0]);
    assert.match(edit.uid, /^[0-9a-f]{32}$/);
  });
}

test("an edit that was kept without what stood there before the first is based on what it was", () => {
  localStorage.setItem("ctekit p profile @here old", JSON.stringify([{ uid: "u1", row: "", field: "name", value: "B", base: "A" }]));
  assert.deepEqual(new Kept(SPEC, "now").take(), [{ uid: "u1", row: "", field: "name", value: "B", base: "A", root: "A" }]);
});

test("one long text does not keep the others out", () => {
  emptyStorage(5000);
  new Kept(SPEC, "first").put([EDIT, { ...EDIT, uid: "u2", value: "x".repeat(20000) }]);
  assert.deepEqual(new Kept(SPEC, "second").take(), [EDIT]);
});

test("a browser that keeps nothing is no fault", () => {
  Object.defineProperty(globalThis, "localStorage", { get: () => { throw new Error("SecurityError"); }, configurable: true });
  const kept = new Kept(SPEC, "first");
  kept.put([EDIT]);
  assert.deepEqual([kept.take(), kept.elsewhere()], [[], []]);
});
