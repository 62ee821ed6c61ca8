// Answers and their places, without the page.

/** A random id; `crypto.randomUUID` needs a secure context, which a plain http hub is not. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** The place of an answer: its row, or "" for none, and its field. */
export const keyOf = (row, field) => `${row}|${field}`;

export const isText = (value) => typeof value === "string";

/** Words without signs that turn the words behind them around. As `ctekit.model.text.legible`. */
export const legible = (words) => words.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

/** Whether there is an answer. */
export const filled = (value) => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && !value.length);

/** Whether two answers are the same to people: blank is blank, however it is written. */
export const same = (a, b) => JSON.stringify(a ?? "") === JSON.stringify(b ?? "") || ((a ?? "") === "" && (b ?? "") === "") || (Array.isArray(a) && !a.length && !b);
