import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.mjs";
import { make } from "../../ctekit/widgets/js/dom.js";
import { Grid } from "../../ctekit/widgets/js/grid.js";
import { Matrix } from "../../ctekit/widgets/js/matrix.js";
import { Navigation } from "../../ctekit/widgets/js/navigation.js";
import { emptyStorage } from "./browser.mjs";

const TURNED = "\u202eAna\u2066 Díaz";

test("no words that are put into a page turn those around them", () => {
  assert.deepEqual(make("p", {}, "Said by ", TURNED, " today").children, ["Said by ", "Ana Díaz", " today"]);
});

for (const kind of [Grid, Matrix]) {
  test(`${kind.name} names a row without signs that turn a sentence around, and a row without a name by its place`, () => {
    const table = { question: { named_by: "name" }, rows: () => ["s-1", "s-2"], words: (row) => (row === "s-1" ? TURNED : "\u202e") };
    assert.deepEqual(["s-1", "s-2"].map((row) => kind.prototype.nameOf.call(table, row)), ["Ana Díaz", "row 2"]);
  });
}

test("where somebody stopped is said around the row's name, which stands apart", () => {
  emptyStorage();
  const question = { field: "people", title: "People" };
  const here = { row: "s-1", field: "role", question, column: { title: "Role" } };
  const grid = { nameOf: () => "أنا" };
  const stopped = make("p", {});
  const page = { stopped, kept: () => ({ row: "s-1", field: "role", visit: 1 }), places: () => [here], isEmpty: () => true, sheet: { grids: { people: grid } } };
  Navigation.prototype.greet.call(page);
  const [before, , name, after] = stopped.children;
  assert.deepEqual([before, name.tagName, name.children, after], ["You stopped at “", "BDI", ["أنا"], ": Role"]);
});
