// What somebody typed into a mailed worksheet, read as the store reads it. It may be stricter than that, never looser:
// Python reads everything once more when the answers come back.

import { choicesOf } from "../choices.js";
import { MONTHS } from "../days.js";

/** Why an answer could not be read, in words for people. */
export class Unreadable extends Error {}

const refuse = (words) => {
  throw new Unreadable(words);
};

const EXPECTED = { whole: "a whole number", decimal: "a number", money: "an amount in dollars", percentage: "a percentage" };
const NUMBER = /^(-?)(\$?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.(\d{1,9}))? ?(%?)$/;

/** @returns {number | string} a whole number as one, others in digits, so that no cent is lost */
function readNumber({ kind, least, most }, typed) {
  const expected = EXPECTED[kind];
  const not = `“${typed}” is not ${expected}. Write ${expected} in digits, or leave it blank.`;
  const [, minus, dollar, digits, decimals = "", percent] = typed.match(NUMBER) || refuse(not);
  if ((dollar && kind !== "money") || (percent && kind !== "percentage") || (decimals && kind === "whole")) refuse(not);
  if (kind === "money" && decimals.length > 2) refuse(`“${typed}” has parts of a cent. Write at most two decimals.`);
  const isEither = decimals.length === 3 && digits.length <= 3 && !digits.includes(",") && digits !== "0"; // 1.200 is 1,200 to some
  if (isEither) refuse(`“${typed}” can be read in two ways. Write ${digits},${decimals} or ${digits}.${decimals}0.`);
  const plain = `${minus}${digits.replaceAll(",", "").replace(/^0+(?=\d)/, "")}${decimals ? `.${decimals}` : ""}`;
  const isOutside = (least !== null && Number(plain) < Number(least)) || (most !== null && Number(plain) > Number(most));
  if (isOutside) refuse(`“${typed}” is outside what is expected here: ${expected} ${most === null ? `of at least ${least}` : `from ${least} to ${most}`}.`);
  return kind === "whole" ? Number(plain) : plain;
}

const EXAMPLE = "Write it as June 30, 2027 or as 2027-06-30.";

const monthOf = (name) => {
  const word = name.toLowerCase().replace(".", "");
  return MONTHS.findIndex((month) => month.toLowerCase().startsWith(word)) + 1;
};

/** Year, month and day of words in one of the ways in which people here write a day. */
function partsOfDay(typed) {
  let parts = typed.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/);
  if (parts) return parts.slice(1).map(Number);
  parts = typed.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
  if (parts) return [Number(parts[3]), Number(parts[1]), Number(parts[2])];
  parts = typed.match(/^([A-Za-z]{3,9}\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/);
  if (parts) return [Number(parts[3]), monthOf(parts[1]), Number(parts[2])];
  parts = typed.match(/^(\d{1,2}) ([A-Za-z]{3,9}\.?),? (\d{4})$/);
  if (parts) return [Number(parts[3]), monthOf(parts[2]), Number(parts[1])];
  return refuse(`“${typed}” is not a date. ${EXAMPLE}`);
}

function readDay(typed) {
  const [year, month, day] = partsOfDay(typed);
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!month || !exists) refuse(`“${typed}” is no day of the calendar. ${EXAMPLE}`);
  if (year < 1900 || year > 2200) refuse(`“${typed}” is in the year ${year}. Days from 1900 to 2200 are expected here.`);
  return date.toISOString().slice(0, 10);
}

function readWords({ kind, longest }, typed) {
  const words = (kind === "long_text" ? typed : typed.replace(/\s*\n\s*/g, " ")).trim();
  if (words.length > longest) refuse(`This answer is ${words.length.toLocaleString("en-US")} characters long, and ${longest.toLocaleString("en-US")} can be kept here. Shorten it.`);
  return words;
}

function readChoice(question, refs, value) {
  const known = choicesOf(question, refs).some(([choice]) => choice === value);
  return known ? value : refuse("This is not one of the choices here. Choose one from the list.");
}

function readLetters({ options }, typed) {
  const letters = [...String(typed)];
  if (letters.some((letter) => !options.includes(letter))) refuse(`Use the letters ${options.join(", ")}.`);
  return options.filter((option) => letters.includes(option)).join("");
}

/**
 * Read one answer.
 * @param {any} question with `least`, `most` and `longest` beside what the form knows
 * @returns {any} null for blank
 */
export function readAnswer(question, value, refs) {
  const answer = typeof value === "string" ? value.trim() : value;
  if (answer === null || answer === undefined || answer === "" || (Array.isArray(answer) && !answer.length)) return null;
  if (question.kind === "matrix") return readLetters(question, answer) || null;
  if (question.target || question.choices) return Array.isArray(answer) ? answer.map((part) => readChoice(question, refs, part)) : readChoice(question, refs, answer);
  if (question.kind in EXPECTED) return readNumber(question, String(answer));
  if (question.kind === "date") return readDay(String(answer));
  return readWords(question, String(answer)) || null;
}

/** Read an honest blank: to find out (from whom, by when), or does not apply (because). */
export function readMark(value) {
  if (!value?.kind) return null;
  const mark = { kind: value.kind };
  for (const name of ["whom", "because"]) if (value[name]?.trim()) mark[name] = value[name].trim();
  if (value.by?.trim()) mark.by = readDay(value.by.trim());
  return mark;
}
