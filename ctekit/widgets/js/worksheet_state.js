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

/** How many of these questions there are that take one answer, and how many have it. */
export function countAnswers(questions, answers) {
  const single = questions.filter(({ kind }) => kind !== "rows" && kind !== "matrix");
  return { asked: single.length, answered: single.filter(({ field }) => filled(answers(field))).length };
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
