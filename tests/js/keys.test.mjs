import assert from "node:assert/strict";
import { test } from "node:test";
import { isComposing, keepKeysInside, typesCharacter } from "../../ctekit/widgets/js/keys.js";

const key = (name, { altGraph = false, ...more } = {}) => ({ key: name, getModifierState: () => altGraph, ...more });

for (const event of [key("a", { isComposing: true }), key("a", { keyCode: 229 }), key("Process"), key("Dead"), key("Unidentified")])
  test(`a word is being composed at ${JSON.stringify(event)}, and no character is typed`, () => {
    assert.ok(isComposing(event));
    assert.equal(typesCharacter(event), false);
  });

for (const [event, types] of [
  [key("a"), true],
  [key("é"), true],
  [key("😀"), true],
  [key(" "), true],
  [key("Enter"), false],
  [key("F2"), false],
  [key("c", { ctrlKey: true }), false],
  [key("v", { metaKey: true }), false],
  [key("@", { altGraph: true, ctrlKey: true, altKey: true }), true],
  [key("€", { ctrlKey: true, altKey: true }), true],
]) test(`${JSON.stringify(event)} ${types ? "types" : "does not type"} a character`, () => assert.equal(typesCharacter(event), types));

test("keys stay inside, save goes through, and the window is given back", () => {
  const listeners = new Set(); // Node's own EventTarget does not take a listener off that was put on with `true`
  globalThis.window = { addEventListener: (_, listener) => listeners.add(listener), removeEventListener: (_, listener) => listeners.delete(listener) };
  const root = new EventTarget();
  root.contains = () => true;
  let saves = 0;
  const release = keepKeysInside(root, () => (saves += 1));
  const press = (name, more = {}) => {
    let stopped = false;
    const event = Object.assign(new Event("keydown"), { key: name, ...more });
    event.stopPropagation = () => (stopped = true);
    root.dispatchEvent(event);
    return stopped;
  };
  assert.deepEqual([press("x"), press("s"), press("s", { ctrlKey: true }), press("S", { metaKey: true })], [true, true, false, false]);
  assert.equal(saves, 2);
  const marks = [];
  const target = { toggleAttribute: (name, on) => marks.push([name, on]) };
  for (const listener of listeners) for (const ctrlKey of [false, true]) listener({ key: "s", ctrlKey, target });
  assert.deepEqual(marks, [["data-lm-suppress-shortcuts", true], ["data-lm-suppress-shortcuts", false]]);
  release();
  assert.equal(listeners.size, 0);
});
