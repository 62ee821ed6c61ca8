import assert from "node:assert/strict";
import { test } from "node:test";
import { choicesOf, inWords, plain } from "../../ctekit/widgets/js/choices.js";
import { filled, same } from "../../ctekit/widgets/js/values.js";

const REFS = { sources: { "ME33 metrics/m1": "ME33 Paid offers" }, organizations: [["o1", "Mill"], ["o2", "School"]], gone: { o9: "Bank (removed)" } };
const ONE = { target: "organizations", also: ["nobody"] };

for (const [what, question, value, words] of [
  ["no answer", {}, null, ""],
  ["zero", {}, 0, "0"],
  ["money", { unit: "$" }, "1234567.50", "$1,234,567.50"],
  ["whole dollars", { unit: "$" }, "1200", "$1,200"],
  ["a percentage", { unit: "%" }, "12.5", "12.5%"],
  ["no", { choices: [[true, "yes"], [false, "no"]] }, false, "no"],
  ["a step of a scale", { choices: [[1, "1 never"], [2, "2 often"]] }, 2, "2 often"],
  ["a row", ONE, "o2", "School"],
  ["a word beside the rows", ONE, "nobody", "nobody"],
  ["a row that is gone", ONE, "o9", "Bank (removed)"],
  ["a row that nobody knows", ONE, "o7", "o7 (removed)"],
  ["where something comes from", { control: "source" }, "ME33 metrics/m1", "ME33 Paid offers"],
  ["words about where it comes from", { control: "source" }, "The board", "The board"],
  ["several rows", ONE, ["o2", "o1"], "School, Mill"],
]) test(`${what} is shown in words`, () => assert.equal(inWords(question, value, REFS), words));

test("before there are rows there is nothing to choose but the words beside them", () => {
  assert.deepEqual(choicesOf({ ...ONE, target: "roles" }, REFS), [["nobody", "nobody"]]);
});

for (const [words, found] of [["José", "jose"], ["Łódź", "lodz"], ["STRASSE ß", "strasse ss"], ["ｆｕｌｌ", "full"], ["O’Brien", "o'brien"], ["Tri–Fork", "tri-fork"], ["محـمد", "محمد"]])
  test(`${words} is found by ${found}`, () => assert.equal(plain(words), found));

test("blank is blank, however it is written, and nothing else is", () => {
  for (const blank of [null, undefined, "", []]) assert.equal(filled(blank), false);
  for (const answer of [0, false, " ", ["a"]]) assert.equal(filled(answer), true);
  assert.ok(same(null, "") && same([], null) && same(["a"], ["a"]));
  assert.ok(!same(0, "") && !same(false, null) && !same("1", 1));
});
