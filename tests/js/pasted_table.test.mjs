import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, cellsOfText } from "../../ctekit/widgets/js/pasted_table.js";

for (const [what, text, cells] of [
  ["nothing", "", []],
  ["one word", "a", [["a"]]],
  ["cells and lines", "a\tb\nc\td", [["a", "b"], ["c", "d"]]],
  ["a line's end at the end", "a\tb\r\n", [["a", "b"]]],
  ["old Macs' ends of lines", "a\rb", [["a"], ["b"]]],
  ["blank cells", "\ta\t\n\t\t", [["", "a", ""], ["", "", ""]]],
  ["a blank line between", "a\n\nb", [["a"], [""], ["b"]]],
  ["a line break in a cell", '"a\nb"\tc', [["a\nb", "c"]]],
  ["doubled quotes", '"say ""hi"""\tb', [['say "hi"', "b"]]],
  ["a quote that is none", '"a" b\t5"', [['"a" b', '5"']]],
  ["a quote that is not closed", '"a\tb', [['"a', "b"]]],
  ["a blank cell in quotes", '""\tb', [["", "b"]]],
]) {
  test(`text of a spreadsheet with ${what} is read as its cells`, () => assert.deepEqual(cellsOfText(text), cells));
}

test("no more is taken than is planned at a time, and how much there was is told", () => {
  const taken = bounded({ cells: Array.from({ length: 1200 }, () => Array(300).fill("x")) });
  assert.deepEqual([taken.cells.length, taken.cells[0].length, taken.count], [1000, 200, 1200]);
});

test("a very long text ends at a line, but one line is always taken", () => {
  const long = "x".repeat(3e6);
  assert.equal(bounded({ cells: [[long], [long], ["a"]] }).cells.length, 1);
  assert.equal(bounded({ cells: [[long + long]] }).cells.length, 1);
});
