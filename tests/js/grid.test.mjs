import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.mjs";
import { moveFocus } from "../../ctekit/widgets/js/cell_focus.js";
import { Matrix, toggled } from "../../ctekit/widgets/js/matrix.js";

/** Three rows of three cells, with a total that cannot have the focus. */
function table() {
  const cells = [];
  const rows = [0, 1, 2].map((row) => {
    const line = { cells: [] };
    for (const column of [0, 1, 2, "total"]) {
      const cell = { at: `${row},${column}`, closest: () => line, querySelector: () => null, tabIndex: -1, hasAttribute: () => column !== "total", focus: () => (cell.focused = true) };
      line.cells.push(cell);
      cells.push(cell);
    }
    return line;
  });
  return { cells, tBodies: [{ rows }], querySelectorAll: () => cells.filter((cell) => cell.tabIndex === 0) };
}

for (const [name, ctrlKey, to] of [
  ["ArrowLeft", false, "1,0"],
  ["ArrowRight", false, "1,2"],
  ["ArrowUp", false, "0,1"],
  ["ArrowDown", false, "2,1"],
  ["Home", false, "1,0"],
  ["End", false, "1,2"],
  ["Home", true, "0,0"],
  ["End", true, "2,2"],
]) {
  test(`${ctrlKey ? "Ctrl+" : ""}${name} goes from the middle to ${to}, the one tab stop`, () => {
    const grid = table();
    const start = grid.cells.find((cell) => cell.at === "1,1");
    start.tabIndex = 0;
    assert.ok(moveFocus({ key: name, ctrlKey, preventDefault: () => {} }, grid, start));
    assert.deepEqual(grid.cells.filter((cell) => cell.focused).map((cell) => cell.at), [to]);
    assert.deepEqual(grid.cells.filter((cell) => cell.tabIndex === 0).map((cell) => cell.at), [to]);
  });
}

test("at the edge an arrow stays, and is not the page's; other keys are nobody's", () => {
  const grid = table();
  let prevented = 0;
  const press = (key, at) => moveFocus({ key, preventDefault: () => (prevented += 1) }, grid, grid.cells.find((cell) => cell.at === at));
  assert.deepEqual([press("ArrowRight", "1,2"), press("ArrowUp", "0,0"), press("a", "1,1"), prevented], [true, true, false, 2]);
  assert.ok(!grid.cells.some((cell) => cell.focused));
});

test("letters of the matrix stand in their own order, and one more time takes a letter away", () => {
  const options = ["R", "A", "C", "I"];
  assert.deepEqual([toggled(options, "C", "R"), toggled(options, "RC", "C"), toggled(options, "", "I")], ["RC", "R", "I"]);
});

for (const [name, more, done] of [
  ["r", {}, "toggle R"],
  ["Ｒ", {}, "toggle R"],
  ["Delete", {}, "put "],
  ["Backspace", {}, "put "],
  ["Enter", {}, "flush"],
  ["x", {}, "“x” means nothing here. The letters are R does it · A answers for it."],
  ["r", { ctrlKey: true }, ""],
  ["r", { isComposing: true }, ""],
  ["Tab", {}, ""],
]) {
  test(`${JSON.stringify({ key: name, ...more })} on a cell of the matrix does ${done || "nothing"}`, () => {
    let what = "";
    let prevented = false;
    const host = {
      table: table(),
      question: { options: ["R", "A"], meanings: ["does it", "answers for it"] },
      toggle: (letter) => (what = `toggle ${letter}`),
      put: (_, letters) => (what = `put ${letters}`),
      sheet: { autosave: { flush: () => (what = "flush") } },
      error: {},
    };
    const cell = host.table.cells[0];
    Matrix.prototype.key.call(host, { key: name, target: { closest: () => cell }, preventDefault: () => (prevented = true), ...more });
    assert.deepEqual([what || host.error.textContent || "", prevented], [done, Boolean(done)]);
  });
}
