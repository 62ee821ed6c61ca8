import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { crc32 } from "../../ctekit/widgets/js/mailed/crc.js";
import { emptyStorage } from "./browser.mjs";
import { entries, page, question } from "./mailed_page.mjs";

const { answersText, WrongFile } = await import("../../ctekit/widgets/js/mailed/answers_file.js");
const { Autosave } = await import("../../ctekit/widgets/js/autosave.js");
const { readAnswer, readMark } = await import("../../ctekit/widgets/js/mailed/reading.js");
const { CONTROLS } = await import("../../ctekit/widgets/js/controls.js");
assert.ok(CONTROLS);

let storage;
beforeEach(() => (storage = emptyStorage()));

for (const [kind, typed, kept, more] of [
  ["text", " a\n b ", "a b"], ["text", "", null], ["long_text", "a\nb", "a\nb"],
  ["whole", "1,200", 1200], ["whole", "007", 7], ["decimal", "0.5", "0.5"], ["money", "$1,200.50", "1200.50"], ["percentage", "45%", "45"], ["decimal", "-3", "-3"],
  ["date", "2027-06-30", "2027-06-30"], ["date", "6/30/2027", "2027-06-30"], ["date", "June 30, 2027", "2027-06-30"], ["date", "3 Mar 2027", "2027-03-03"],
  ["scale", 2, 2, { choices: [[1, "no"], [2, "fair"]] }], ["references", ["s-1"], ["s-1"], { target: "people", also: [] }], ["matrix", "RA", "AR", { options: ["A", "R"] }],
]) test(`“${typed}” as ${kind} is read`, () => assert.deepEqual(readAnswer(question("q", kind, more), typed, { people: [["s-1", "Ann"]] }), kept));

for (const [kind, typed, more] of [
  ["whole", "1.5"], ["whole", "1e3"], ["whole", "12,34"], ["whole", "9".repeat(16)], ["whole", "0", { least: "1" }], ["money", "1.234"], ["money", "5%"], ["decimal", "$5"], ["decimal", "ten"],
  ["date", "2027-02-30"], ["date", "30/6/2027"], ["date", "June 2027"], ["date", "6/30/27"], ["date", "1/1/1800"], ["date", "Juno 3, 2027"],
  ["text", "x".repeat(41)], ["choice", "other", { choices: [["a", "a"]] }], ["reference", "s-2", { target: "people", also: [] }], ["matrix", "AX", { options: ["A", "R"] }],
]) test(`“${typed.slice(0, 20)}” as ${kind} is refused in a sentence`, () => assert.throws(() => readAnswer(question("q", kind, more), typed, { people: [["s-1", "Ann"]] }), /[.]$/));

test("an honest blank keeps whom, by when and why, and no other part", () => {
  assert.deepEqual(readMark({ kind: "to find out", whom: " Ann ", by: "6/30/2027", because: "", more: 1 }), { kind: "to find out", whom: "Ann", by: "2027-06-30" });
  assert.equal(readMark(null), null);
});

test("what the form says is answered, and a wrong answer keeps the others", () => {
  const { say, model } = page();
  const edits = [["by", "soon"], ["gives", "Two lathes"]].map(([field, value]) => ({ uid: field, row: "x-7", field, value, base: null }));
  const { saved, wrong, at } = say({ edits, view: "v", n: 1 });
  assert.deepEqual([saved.map(({ uid }) => uid), wrong.map(({ uid }) => uid), at], [["gives"], ["by"], undefined]);
  assert.equal(model.state.answers["x-7"].gives, "Two lathes");
});

test("the form is handed copies, and hears of an answer only after it has sent", async () => {
  const { model } = page();
  const heard = [];
  model.on("msg:custom", (message) => heard.push(message));
  model.send({ hello: 0 });
  assert.deepEqual(heard, []);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(heard, [{ hello: 0, can: [false, false] }]);
  model.get("state").answers["x-7"].gives = "";
  assert.equal(model.state.answers["x-7"].gives, "A lathe");
});

test("rows are added, duplicated, deleted and put back; the file tells it, and a row that came and went is not in it", () => {
  const { say, edit, draft, model } = page();
  const { row } = say({ act: { add: "gifts", after: "x-7" }, uid: "1" });
  edit(row, "gives", "A crane");
  const copy = say({ act: { duplicate: row }, uid: "2" }).row;
  const gone = say({ act: { add: "gifts", after: copy }, uid: "3" }).row;
  say({ act: { remove: gone }, uid: "4" });
  say({ act: { remove: "x-9" }, uid: "5" });
  say({ act: { remove: "x-7" }, uid: "6" });
  say({ act: { restore: "x-7" }, uid: "7" });
  assert.deepEqual(model.state.rows.gifts, [row, copy, "x-7"]);
  assert.deepEqual(entries(draft), [["x-9", "row", null], [row, "row", ""], [copy, "row", { after: row }], [row, "gives", "A crane"], [copy, "gives", "A crane"]]);
});

test("undo and redo go step by step, and what is back as it was sent is no change", () => {
  const { say, edit, draft } = page();
  edit("x-7", "gives", "A crane");
  say({ act: { add: "gifts", after: "x-9" }, uid: "1" });
  assert.deepEqual(say({ act: { undo: true }, uid: "2" }).can, [true, true]);
  assert.deepEqual(say({ act: { undo: true }, uid: "3" }).places, [["x-7", "gives"]]);
  assert.deepEqual(draft.changes(), []);
  say({ act: { redo: true }, uid: "4" });
  assert.equal(draft.changes().length, 1);
  assert.match(say({ act: { history: true }, uid: "5" }).failed, /not possible/);
});

test("rows are sorted and found without case and accents", () => {
  const { say, edit } = page();
  edit("x-9", "gives", "Ünter");
  edit("x-9", "worth", "1000");
  const view = (more) => say({ act: { view: { table: "gifts", sort: "", descending: false, find: "", columns: ["gives", "by", "worth"], ...more } }, uid: "1" }).shown;
  assert.deepEqual(view({ find: "unter" }), ["x-9"]);
  assert.deepEqual(view({ sort: "worth", descending: true }), ["x-9", "x-7"]);
  assert.deepEqual(view({ sort: "worth" }), ["x-7", "x-9"]);
});

test("a later file holds the earlier one, and only what is new since", () => {
  const { edit, draft } = page();
  edit("x-7", "gives", "One");
  const first = JSON.parse(draft.file()).entries;
  edit("x-7", "gives", "Two");
  const second = JSON.parse(draft.file()).entries;
  assert.deepEqual(second.slice(0, 1), first);
  assert.deepEqual(second.map(({ value }) => value), ["One", "Two"]);
  assert.deepEqual(JSON.parse(draft.file()).entries, second);
});

test("a reload finds everything, and so does a file after the storage was cleared", () => {
  const { say, edit, draft } = page();
  edit("x-7", "gives", "One");
  const { row } = say({ act: { add: "gifts", after: "x-9" }, uid: "1" });
  edit(row, "gives", "New");
  say({ act: { remove: "x-9" }, uid: "2" });
  assert.deepEqual(page().draft.states, draft.states);
  const file = draft.file();
  storage = emptyStorage();
  const fresh = page();
  fresh.draft.goOn(file);
  assert.deepEqual(fresh.draft.states.value.rows, draft.states.value.rows);
  assert.equal(fresh.model.state.answers[row].gives, "New");
  assert.deepEqual(fresh.draft.changes(), []);
  assert.notEqual(fresh.say({ act: { add: "gifts", after: "" }, uid: "3" }).row, row);
});

test("what was typed since stays when a file is taken in", () => {
  const { edit, draft } = page();
  edit("x-7", "gives", "One");
  const file = draft.file();
  emptyStorage();
  const fresh = page();
  fresh.edit("x-9", "gives", "Mine");
  fresh.draft.goOn(file);
  assert.equal(fresh.model.state.answers["x-9"].gives, "Mine");
  assert.equal(fresh.model.state.answers["x-7"].gives, "One");
});

test("new rows of two devices stay two rows when one goes on from the other's file", () => {
  const device = (words) => {
    emptyStorage();
    const opened = page();
    const { row } = opened.say({ act: { add: "gifts", after: "x-9" }, uid: "1" });
    opened.edit(row, "gives", words);
    return { ...opened, row };
  };
  const phone = device("From the phone");
  for (const isFiled of [false, true]) {
    const computer = device("From the computer");
    if (isFiled) computer.draft.file();
    computer.draft.goOn(phone.draft.file());
    const { rows, answers } = computer.model.state;
    assert.deepEqual(new Set(rows.gifts), new Set(["x-7", "x-9", phone.row, computer.row]));
    assert.deepEqual([answers[phone.row].gives, answers[computer.row].gives], ["From the phone", "From the computer"]);
    assert.match(computer.row, /^x-\*\d{1,9}$/);
  }
});

test("two tabs of one browser give new rows names of their own", () => {
  const [first, second] = [page(), page()];
  const rows = [first, second].map(({ say }) => say({ act: { add: "gifts", after: "" }, uid: "1" }).row);
  assert.notEqual(...rows);
});

test("rows that were deleted, put back or answered since stay so when a file is taken in", () => {
  const elsewhere = page();
  elsewhere.edit("x-7", "worth", "1");
  elsewhere.say({ act: { remove: "x-9" }, uid: "1" });
  const file = elsewhere.draft.file();
  emptyStorage();
  const { say, edit, draft, model } = page();
  say({ act: { remove: "x-7" }, uid: "1" });
  edit("x-9", "gives", "Two buses");
  draft.goOn(file);
  assert.deepEqual(model.state.rows.gifts, ["x-9"]);
  assert.equal(model.state.answers["x-9"].gives, "Two buses");
  draft.file();
  say({ act: { restore: "x-7" }, uid: "2" });
  draft.goOn(file);
  assert.deepEqual(new Set(model.state.rows.gifts), new Set(["x-9", "x-7"]));
});

for (const [what, change] of [["cut", (text) => text.slice(0, -3)], ["changed", (text) => text.replace("One", "Uno")], ["another", () => "<html>"], ["empty", () => ""]])
  test(`a file that is ${what} is refused, and nothing is changed`, () => {
    const { edit, draft } = page();
    edit("x-7", "gives", "One");
    const before = structuredClone(draft.states);
    assert.throws(() => draft.goOn(change(draft.file())), /Nothing was changed/);
    assert.deepEqual(draft.states, before);
  });

const entry = { uid: "0".repeat(32), worksheet: "value", row: "x-7", field: "gives", value: "Theirs", at: "" };
const WRONG_ENTRIES = {
  "a row that JavaScript knows": { row: "__proto__", field: "polluted" }, "no row": { row: null }, "an unknown worksheet": { worksheet: "toString" },
  "a field that JavaScript knows": { field: "__proto__", value: { gives: "Theirs" } }, "a number as its field": { field: 7 }, "a short uid": { uid: "u" },
  "a part more": { more: 1 }, "no value": { value: undefined },
};
for (const [what, change] of Object.entries(WRONG_ENTRIES)) {
  const entries = [entry, { ...entry, uid: "1".repeat(32), ...change }];
  test(`a file with ${what} is refused before anything of it is taken in`, () => {
    const { edit, draft } = page();
    edit("x-9", "gives", "Mine");
    const before = structuredClone([draft.states, draft.log]);
    assert.throws(() => draft.goOn(answersText(draft.header, entries)), { name: "Error", message: /never saves. Nothing was changed/ });
    assert.deepEqual([draft.states, draft.log], before);
    assert.equal({}.polluted, undefined);
    assert.deepEqual(page().draft.states, draft.states);
  });
  test(`a storage in whose log stands ${what} is passed over`, () => {
    const { draft } = page();
    localStorage.setItem(draft.key, JSON.stringify({ states: draft.sent, log: entries }));
    assert.deepEqual(page().draft.log, []);
  });
}

test("a file of another format or without entries is refused", () => {
  const { draft } = page();
  for (const text of [answersText(draft.header, /** @type {any} */ ({})), answersText({ mail: "m2" }, [entry])]) assert.throws(() => draft.goOn(text), WrongFile);
});

test("a browser that keeps nothing is known, and one can be emptied", () => {
  emptyStorage(5);
  const { edit, draft } = page();
  edit("x-7", "gives", "One");
  assert.equal(draft.isKept, false);
  storage = emptyStorage();
  const kept = page();
  kept.edit("x-7", "gives", "One");
  assert.equal(Object.keys(storage).length, 1);
  kept.draft.forget();
  assert.deepEqual(Object.keys(storage), []);
});

test("what was removed from a browser stays removed, also after more was typed and saved", () => {
  const { edit, draft } = page();
  edit("x-7", "gives", "One");
  draft.forget();
  edit("x-7", "gives", "Two");
  assert.match(draft.file(), /Two/);
  assert.deepEqual(Object.keys(storage), []);
  assert.equal(draft.isKept, false);
});

test("what is typed after that is not kept either while it is on its way", () => {
  const { draft, model } = page();
  const { kept } = new Autosave(model, () => {}, () => {}, () => true);
  const edit = { uid: "u1", row: "x-7", field: "gives", value: "One", base: null };
  kept.put([edit]);
  assert.equal(Object.keys(storage).length, 1);
  draft.forget();
  kept.put([edit]);
  kept.revision = 7;
  assert.deepEqual(Object.keys(storage), []);
});

for (const text of ["{", "{}", "[]", '"x"', '{"states":{"value":{}},"log":[]}', '{"states":{"value":{"answers":{},"rows":{"gifts":{}}}},"log":[]}', '{"states":{"value":{"answers":{},"rows":{"gifts":["__proto__"]}}},"log":[]}'])
  test(`a storage in which another page wrote ${text} is passed over`, () => {
    localStorage.setItem("ctekit-mail m1", text);
    const { draft } = page();
    assert.deepEqual(draft.states, draft.sent);
    assert.deepEqual(draft.changes(), []);
  });

test("the sum is that of zlib", () => assert.equal(crc32("Señal 123456789"), "3324ea1e"));
