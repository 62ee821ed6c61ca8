import assert from "node:assert/strict";
import { test } from "node:test";
import { countAnswers, dropPrivate, findQuestion, isPrivate } from "../../ctekit/widgets/js/worksheet_state.js";

const name = { field: "name", kind: "text" };
const note = { field: "note", kind: "text", private: true };
const cost = { field: "cost", kind: "money", private: true };
const town = { field: "town", kind: "text" };
const partners = { field: "partners", kind: "rows", columns: [town, cost] };
const secrets = { field: "secrets", kind: "rows", private: true, columns: [{ field: "who", kind: "text" }] };
const matrix = { field: "raci", kind: "matrix", along: "partners", target: "organizations" };
const spec = { questions: [name, note, partners, secrets, matrix] };
const state = () => ({
  rows: { partners: ["r1"], secrets: ["s1"] },
  refs: { organizations: [["o1", "Mill"]] },
  answers: { "": { name: "A", note: "B", "marks/note": {} }, r1: { town: "C", cost: "1" }, s1: { who: "D" } },
});

for (const [row, field, question, table] of [
  ["", "name", name],
  ["", "marks/name", name],
  ["r1", "town", town, partners],
  ["r1", "marks/town", town, partners],
  ["r1", "raci/o1", matrix, matrix],
]) test(`the place "${row}" ${field} has its question`, () => assert.deepEqual(findQuestion(spec, state(), { row, field }), table ? { question, table } : { question }));

for (const [row, field] of [["", "town"], ["", "partners"], ["r2", "town"], ["r1", "name"], ["r1", "raci/o2"], ["", ""]])
  test(`there is no place "${row}" ${field}`, () => assert.equal(findQuestion(spec, state(), { row, field }), null));

test("what is for the facilitator only goes from the state, with its marks, columns and rows", () => {
  const left = state();
  dropPrivate(spec, left);
  assert.deepEqual(left.answers, { "": { name: "A" }, r1: { town: "C" }, s1: {} });
  assert.deepEqual(left.rows, { partners: ["r1"], secrets: [] });
});

test("a private column is known by its field", () => assert.deepEqual(["cost", "note", "town", "none"].map((field) => isPrivate(spec, field)), [true, true, false, false]));

test("quick questions are counted as the overview counts them: a table with a row is answered, and ready is no question", () => {
  const questions = [
    { field: "name", kind: "text", quick: true },
    { field: "partners", kind: "rows", quick: true },
    { field: "none", kind: "rows", quick: true },
    { field: "raci", kind: "matrix", quick: true },
    { field: "ready", kind: "flag", quick: true },
    { field: "secret", kind: "text", quick: true, private: true },
    { field: "more", kind: "text" },
  ];
  const now = { rows: { partners: ["r1"], none: [] }, answers: { r1: { "raci/o1": "A" } } };
  assert.deepEqual(countAnswers({ questions }, now, (field) => (field === "name" ? "A" : null)), { asked: 4, answered: 3 });
});
