"""What a half-day asks: a sample cut to its quick questions, and to the amounts that the agenda gives a room."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ctekit import ratings, samples, worksheets

Answers = dict[str, dict[str, Any]]

AMOUNTS = {"audiences": 5, "tasks": 10, "metrics": 5}
"""Five audiences, ten duties and five measures: the tables have 25 minutes."""


def cut_to_quick(name: str, mend: tuple[str, ...] | None = None) -> Answers:
    """The quick answers of a sample, every worksheet of it that a room walks through marked as done so far."""
    walked = {"profile", *ratings.elements(), "plan"}
    return {slug: quick(slug, fields) for slug, fields in samples.read(name, mend).items() if slug in walked}


def quick(slug: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The quick answers of one worksheet. Of the grid a room types the letters A and R only."""
    kept: dict[str, Any] = {"ready": "quick"}
    for field, question in worksheets.called(slug).questions().items():
        if field == "ready" or not question.quick or field not in fields:
            continue
        answer = fields[field]
        if question.is_rows:
            columns = {"id", *(column for column, asked in question.row.questions().items() if asked.quick)}
            kept[field] = [{column: row[column] for column in row if column in columns} for row in answer]
        elif question.is_matrix:
            kept[field] = {
                row: {
                    column: "".join(letter for letter in letters if letter in "AR") for column, letters in cells.items()
                }
                for row, cells in answer.items()
            }
        else:
            kept[field] = answer
    return kept


def cells(name: str) -> Counter[str]:
    """How many cells of each of the seven worksheets a room of this size types in a half-day.

    One slip an organization. Who is here is not asked again: of them a row says only who meets which need. One is the
    number of people that a need takes while nothing is written. The sentence stands as its parts do.
    """
    answers = cut_to_quick(name)
    here = {person["id"] for person in answers["profile"]["people"] if person.get("here_today")}
    slips = {row["organization"]: row for row in reversed(answers["value"]["exchanges"])}
    answers["value"]["exchanges"] = list(slips.values())
    for row in answers["recruitment"]["invitations"]:
        if row["person"] in here:
            row.pop("asked_by", None)
            row.pop("ask_by", None)
    for row in answers["recruitment"]["needs"]:
        if row.get("at_least") == 1:
            del row["at_least"]
    for fields in answers.values():
        for table, most in AMOUNTS.items():
            if table in fields:
                fields[table] = fields[table][:most]
    del answers["purpose"]["sentence"]
    duties = {task["id"] for task in answers["roles"]["tasks"]}
    count: Counter[str] = Counter()
    for slug, fields in answers.items():
        for field, answer in fields.items():
            if field == "matrix":
                count[slug] += sum(
                    bool(letters) for row, cells in answer.items() if row in duties for letters in cells.values()
                )
            elif isinstance(answer, list) and answer and isinstance(answer[0], dict):
                count[slug] += sum(len(row) - 1 for row in answer)
            else:
                count[slug] += 1
    return Counter({slug: number for slug, number in count.items() if slug not in ("profile", "plan")})
