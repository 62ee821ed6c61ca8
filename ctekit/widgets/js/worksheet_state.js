// What the kernel sends of a worksheet (`spec`, its questions; `state`, its answers), read without the page.

import { filled } from "./values.js";

/** The question that an edit answers, with the table or matrix it stands in; null where there is no such place. */
export function findQuestion({ questions }, { rows, refs }, { row, field }) {
  const [head, tail] = field.split("/");
  const name = head === "marks" ? tail : head;
  if (!row) {
    const question = questions.find(({ field, kind }) => field === name && !["rows", "matrix"].includes(kind));
    return question ? { question } : null;
  }
  for (const table of questions) {
    if (table.kind === "rows" && rows[table.field]?.includes(row)) {
      const question = table.columns.find((column) => column.field === name);
      if (question) return { question, table };
    }
    const crosses = table.kind === "matrix" && table.field === head && rows[table.along]?.includes(row);
    if (crosses && refs[table.target]?.some(([column]) => column === tail)) return { question: table, table };
  }
  return null;
}

/** Whether there is a question of this field for the facilitator only. */
export function isPrivate({ questions }, field) {
  return questions.flatMap((question) => [question, ...(question.columns || [])]).some((question) => question.field === field && question.private);
}

/** How many quick questions a worksheet asks, and how many have an answer: as the overview counts them. */
export function countAnswers({ questions }, { rows, answers }, value) {
  const asked = questions.filter(({ quick, field, private: isPrivate }) => quick && !isPrivate && field !== "ready");
  const isAnswered = ({ kind, field }) => {
    if (kind === "rows") return rows[field]?.length > 0;
    if (kind === "matrix") return Object.values(answers).some((row) => Object.keys(row).some((key) => key.startsWith(`${field}/`)));
    return filled(value(field));
  };
  return { asked: asked.length, answered: asked.filter(isAnswered).length };
}

/** Take out of the state what is for the facilitator only. */
export function dropPrivate({ questions }, { answers, rows }) {
  const drop = (row, { field }) => {
    delete answers[row]?.[field];
    delete answers[row]?.[`marks/${field}`];
  };
  for (const question of questions) {
    if (question.kind !== "rows") {
      if (question.private) drop("", question);
      continue;
    }
    const columns = question.columns.filter((column) => question.private || column.private);
    for (const row of rows[question.field]) columns.forEach((column) => drop(row, column));
    if (question.private) rows[question.field] = [];
  }
}
