// What there is to choose from, and an answer in words.

import { dayInWords } from "./days.js";

/** The choices of a question as [value, words] pairs. */
export const choicesOf = (question, refs) =>
  question.target ? [...question.also.map((word) => [word, word]), ...(refs[question.target] || [])] : question.choices || [];

const STROKES = { ß: "ss", ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", ð: "d", þ: "th" };

/** Words without case, accents and invisible marks, to find them by: `jose` finds José. As `ctekit.model.text.plain`. */
export const plain = (words) => words.normalize("NFKD").toLowerCase().replace(/[‘’‚‛ʹʻʼʽ`´′‵]/g, "'").replace(/[“”„‟«»″‶〝〞]/g, '"').replace(/\p{Pd}/gu, "-").replace(/[\p{M}\p{Cf}ـ]/gu, "").replace(/[ßłøđħıæœðþ]/g, (sign) => STROKES[sign]);

/** An answer in words, as a cell of a grid shows it. */
export function inWords(question, value, refs) {
  if (value === null || value === undefined || value === "") return "";
  if (question.target || question.choices) {
    const words = new Map(choicesOf(question, refs));
    const names = [value].flat().map((choice) => words.get(choice) ?? refs.gone?.[choice] ?? `${choice} (removed)`);
    return names.join(names.some((name) => name.includes(",")) ? "; " : ", "); // as in model/text.py
  }
  if (question.control === "source") return refs.sources?.[value] ?? String(value);
  if (question.kind === "date") return dayInWords(value);
  if (question.unit === "$") {
    const [dollars, cents] = String(value).split(".");
    return `$${Number(dollars).toLocaleString("en-US")}${cents ? `.${cents}` : ""}`;
  }
  return `${value}${question.unit || ""}`;
}
