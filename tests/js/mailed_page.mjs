// A mailed page without its forms, for the tests: two rows that were sent, the model, and what the model answers.

import "./browser.mjs";

const { Draft } = await import("../../ctekit/widgets/js/mailed/draft.js");
const { StandIn } = await import("../../ctekit/widgets/js/mailed/stand_in.js");

export const question = (field, kind, more = {}) => ({ field, kind, title: field, least: null, most: null, longest: 40, ...more });
const gives = question("gives", "text");
const by = question("by", "date");
const worth = question("worth", "money");
const gifts = { field: "gifts", kind: "rows", prefix: "x", title: "Gifts", columns: [gives, by, worth] };
const sent = () => ({
  header: { mail: "m1", partnership: "p1", to: "org-1", name: "mill" },
  sheets: [{ spec: { slug: "value", mailed: true, questions: [gifts] }, state: { revision: 0, rows: { gifts: ["x-7", "x-9"] }, answers: { "": {}, "x-7": { gives: "A lathe", worth: "900" }, "x-9": { gives: "A bus" } }, refs: {}, closed: {}, suggestions: {} } }],
});

/** A page with its model, and what the model answers. */
export function page() {
  const draft = new Draft(sent());
  const model = new StandIn(draft, "value");
  const say = (message) => model.answer(message);
  const edit = (row, field, value) => say({ edits: [{ uid: `${row}${field}${value}`, row, field, value, base: null }], view: "v", n: 1 });
  return { draft, model, say, edit };
}

export const entries = (draft) => JSON.parse(draft.file(new Date(0))).entries.map(({ row, field, value }) => [row, field, value]);
