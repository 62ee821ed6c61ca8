"""Fills an exercise in: the same steps on plain answers, which is quick, or on a practice partnership."""

from __future__ import annotations

from typing import Any, NamedTuple

from ctekit import worksheets
from ctekit.jupyter.partnership import Partnership
from ctekit.model.worksheet import Worksheet
from ctekit.samples import Answers
from ctekit.workbook import Workbook


class Step(NamedTuple):
    """One thing a learner does."""

    verb: str
    words: tuple[Any, ...]
    values: dict[str, Any]


UndoStack = list[Step]


def answer(worksheet: str, field: str, value: Any) -> Step:
    return Step("answer", (worksheet, field, value), {})


def change(worksheet: str, row: str, **values: Any) -> Step:
    return Step("change", (worksheet, row), values)


def mark(worksheet: str, row: str, column: str, letters: str) -> Step:
    return Step("mark", (worksheet, row, column, letters), {})


def add(worksheet: str, table: str, **values: Any) -> Step:
    return Step("add", (worksheet, table, values), {})


def remove(worksheet: str, row: str) -> Step:
    return Step("remove", (worksheet, row), {})


def by_hand(partnership: Partnership, steps: UndoStack) -> None:
    """On a practice partnership, through its store."""
    for step in steps:
        getattr(partnership, step.verb)(*step.words, **step.values)


def on_paper(answers: Answers, steps: UndoStack) -> Workbook:
    """On plain answers, without a store."""
    desk = _Desk(answers)
    for step in steps:
        getattr(desk, step.verb)(*step.words, **step.values)
    return Workbook({slug: _read(slug, fields) for slug, fields in answers.items()})


_SHEETS: dict[tuple[str, str], Worksheet] = {}


def _read(slug: str, fields: dict[str, Any]) -> Worksheet:
    """One worksheet; the hundreds of wrong answers change one each, so that the others are read once."""
    key = (slug, repr(fields))
    if key not in _SHEETS:
        _SHEETS[key] = worksheets.called(slug).from_answers(fields)
    return _SHEETS[key]


class _Desk:
    """The writing half of a partnership, on plain answers."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def answer(self, worksheet: str, field: str, value: Any) -> None:
        worksheets.called(worksheet).question(field)
        self.answers[worksheet][field] = value

    def add(self, worksheet: str, table: str, values: dict[str, Any]) -> None:
        prefix = worksheets.called(worksheet).tables()[table].prefix
        rows = self.answers[worksheet].setdefault(table, [])
        used = [int(row["id"].rpartition("-")[2]) for row in rows]
        rows.append({"id": f"{prefix}-{max(used, default=0) + 1}"} | values)

    def change(self, worksheet: str, row: str, **values: Any) -> None:
        self._rows(worksheet, row)[row].update(values)

    def mark(self, worksheet: str, row: str, column: str, letters: str) -> None:
        cells = self.answers[worksheet]["matrix"].setdefault(row, {})
        cells.pop(column, None)
        if letters:
            cells[column] = letters

    def remove(self, worksheet: str, row: str) -> None:
        table = worksheets.called(worksheet).table_of(row)
        self.answers[worksheet][table].remove(self._rows(worksheet, row)[row])

    def _rows(self, worksheet: str, row: str) -> dict[str, dict[str, Any]]:
        table = worksheets.called(worksheet).table_of(row)
        return {answer["id"]: answer for answer in self.answers[worksheet][table]}
