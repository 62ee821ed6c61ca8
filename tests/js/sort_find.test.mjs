import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./browser.mjs";
import { SortFind } from "../../ctekit/widgets/js/sort_find.js";

let rows;
let requests;
let sortFind;

beforeEach(() => {
  rows = ["r1", "r2", "r3"];
  requests = [];
  const act = ({ view }) => new Promise((resolve) => requests.push({ view, resolve }));
  sortFind = new SortFind({ question: { field: "partners", title: "Partners" }, fields: () => ["name"], all: () => rows, draw: () => {}, sheet: { act, layout: { projecting: false } } });
});

const find = (words) => {
  sortFind.find.value = words;
  return sortFind.ask();
};

test("the kernel says which rows are shown; what was added since stands at the end, and what is gone is not shown", async () => {
  const done = find("mill");
  requests[0].resolve({ shown: ["r3", "r1"] });
  await done;
  assert.equal(sortFind.status.textContent, "2 of 3 rows found. The stored order stays as it is.");
  assert.deepEqual(sortFind.rows(rows), ["r3", "r1"]);
  assert.deepEqual(sortFind.rows(["r1", "r2", "r4"]), ["r1", "r4"]);
});

test("an answer that was overtaken by the next letter is dropped", async () => {
  const [first, second] = [find("m"), find("mi")];
  requests[1].resolve({ shown: ["r2"] });
  requests[0].resolve({ shown: ["r1", "r2"] });
  await Promise.all([first, second]);
  assert.deepEqual(sortFind.rows(rows), ["r2"]);
});

test("without a wish all rows stand in their own order, and nobody is asked", async () => {
  await find("  ");
  assert.deepEqual([sortFind.rows(rows), requests.length], [rows, 0]);
});

test("clearing takes back the search, and an answer that is still on its way", async () => {
  const done = find("mill");
  sortFind.clear();
  requests[0].resolve({ shown: ["r1"] });
  await done;
  assert.deepEqual([sortFind.rows(rows), sortFind.find.value, document.activeElement], [rows, "", sortFind.find]);
});

test("a few rows need no tools, and a column that is gone is not sorted by", () => {
  sortFind.draw(rows, [{ field: "name", title: "Name" }]);
  assert.equal(sortFind.search.hidden, true);
  sortFind.sort = "name";
  sortFind.draw(Array.from({ length: 10 }, (_, number) => `r${number}`), [{ field: "town", title: "Town" }]);
  assert.deepEqual([sortFind.search.hidden, sortFind.sort], [false, ""]);
});

test("a heading sorts by its column, then last first, then shows the stored order", async () => {
  for (const [sort, descending] of [["name", false], ["name", true]]) {
    const done = sortFind.by("name");
    assert.deepEqual([requests.at(-1).view.sort, requests.at(-1).view.descending], [sort, descending]);
    requests.at(-1).resolve({ shown: ["r2", "r1", "r3"] });
    await done;
  }
  const [heading] = [sortFind.heading({ field: "name", title: "Name" })];
  assert.deepEqual([heading.attributes["aria-sort"], heading.children[0].attributes.tabindex], ["descending", "-1"]);
  await sortFind.by("name");
  assert.deepEqual([sortFind.rows(rows), requests.length, sortFind.heading({ field: "name" }).attributes["aria-sort"]], [rows, 2, undefined]);
});
