// What there is to choose from, and an answer in words.

/** The choices of a question as [value, words] pairs. */
export function choicesOf(question, refs) {
  if (question.kind === "yes_no") return [[true, "yes"], [false, "no"]];
  if (question.kind === "scale") return question.options.map((step, i) => [Number(step), `${step} ${question.meanings[i]}`]);
  if (question.target) return [...question.also.map((word) => [word, word]), ...(refs[question.target] || [])];
  return question.options.map((word) => [word, word]);
}

export const isMany = (question) => question.kind === "references" || question.kind === "choices";
export const isOne = (question) => ["choice", "yes_no", "scale", "reference"].includes(question.kind);

const STROKES = { ß: "ss", ł: "l", ø: "o", đ: "d", ħ: "h", ı: "i", æ: "ae", œ: "oe", ð: "d", þ: "th" };

/** Words without case, accents and invisible marks, to find them by: `jose` finds José. As `ctekit.model.text.plain`. */
export const plain = (words) => words.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}]/gu, "").replace(/[ßłøđħıæœðþ]/g, (sign) => STROKES[sign]);

/** An answer in words, as a cell of a grid shows it. */
export function inWords(question, value, refs) {
  if (value === null || value === undefined || value === "") return "";
  if (isMany(question) || isOne(question)) {
    const words = new Map(choicesOf(question, refs));
    return [value].flat().map((choice) => words.get(choice) ?? refs.gone?.[choice] ?? `${choice} (removed)`).join(", ");
  }
  if (question.kind === "money") {
    const [dollars, cents] = String(value).split(".");
    return `$${Number(dollars).toLocaleString("en-US")}${cents ? `.${cents}` : ""}`;
  }
  if (question.kind === "percentage") return `${value}%`;
  return String(value);
}
