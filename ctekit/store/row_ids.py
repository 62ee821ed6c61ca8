"""The same row in two copies of a file: known by how it was born, and called one name wherever it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ctekit import worksheets
from ctekit.model.questions import Json, Question
from ctekit.store.ballots import KEEPER, SHEET
from ctekit.store.letters import MAIL
from ctekit.store.lines import APART, Line
from ctekit.store.text import from_text, row_number, to_text

Row = tuple[str, str]
"""Worksheet and id."""

_IN_WORDS = (("plan", "finding"), ("plan", "place"), ("meetings", "comes_from"))
"""Texts that name rows by id: where a finding stands, or the row that something is about."""

_NAMING = ("whom", "organization", "person")
"""What names a row inside an answer: of a mark, from whom we find out; of a letter, to whom it was sent."""

_ID = re.compile(r"\b[a-z]+-[0-9]+\b")


def births(lines: Iterable[Line]) -> dict[Row, str]:
    """The uid of the revision by which each row, or round, came to be."""
    born: dict[Row, str] = {}
    for line in lines:
        if line.row and (line.field == "row" or (line.worksheet == SHEET and line.respondent == KEEPER)):
            born.setdefault((line.worksheet, line.row), line.uid)
    return born


def new_ids(ours: Iterable[Line], theirs: Iterable[Line]) -> dict[Row, str]:
    """What their rows are called here, of those that are called another way.

    Parameters
    ----------
    ours, theirs : iterable of Line
        All revisions of both copies, in order.

    Returns
    -------
    dict
        A row that was born on their side, and whose id is taken here, has the next number.
    """
    here, there = births(ours), births(theirs)
    called = {(worksheet, uid): row for (worksheet, row), uid in here.items()}
    taken = here.keys() | there.keys()
    last: dict[Row, int] = {}
    for worksheet, row in taken:
        prefix = row.rpartition("-")[0]
        last[worksheet, prefix] = max(row_number(row), last.get((worksheet, prefix), 0))
    changed: dict[Row, str] = {}
    for (worksheet, row), uid in there.items():
        new = called.get((worksheet, uid))
        if new is None and (worksheet, row) in here:
            prefix = row.rpartition("-")[0]
            last[worksheet, prefix] += 1
            while (worksheet, f"{prefix}-{last[worksheet, prefix]}") in taken:
                last[worksheet, prefix] += 1
            new = f"{prefix}-{last[worksheet, prefix]}"
        if new is not None and new != row:
            changed[worksheet, row] = new
    return changed


class Renaming:
    """Calls rows by other ids, wherever a revision names them: its row, a column, a reference, whom a mark names.

    Parameters
    ----------
    ids : mapping
        What each row is called.
    """

    def __init__(self, ids: Mapping[Row, str]) -> None:
        self._ids = ids
        self._names = tuple(f'"{row}"' for _, row in ids)
        self._by_id = {row: new for (worksheet, row), new in ids.items() if worksheet != SHEET}
        self._targets: dict[tuple[str, str, str], str] = {}

    def __call__(self, line: Line) -> Line:
        """A revision as it is said here."""
        row = self._ids.get((line.worksheet, line.row), line.row)
        target = self._target(line)
        head, slash, column = line.field.partition("/")
        field = line.field
        if slash and head != "marks":
            field = f"{head}/{self._ids.get((target, column), column)}"
        elif (line.worksheet, head) in _IN_WORDS:
            line = line._replace(old=self._words(line.old), value=self._words(line.value))
        elif target:
            line = line._replace(old=self._text(target, line.old), value=self._text(target, line.value))
        return line._replace(row=row, field=field)

    def _words(self, text: str | None) -> str | None:
        return None if text is None else _ID.sub(lambda match: self._by_id.get(match[0], match[0]), text)

    def _text(self, target: str, text: str | None) -> str | None:
        if text is None or not any(name in text for name in self._names):
            return text
        return to_text(self._value(target, from_text(text)))

    def _value(self, target: str, value: Json) -> Json:
        if isinstance(value, list):
            return [self._value(target, part) for part in value]
        if isinstance(value, dict):
            return {name: self._value(target, part) if name in _NAMING else part for name, part in value.items()}
        return self._ids.get((target, value), value) if isinstance(value, str) else value

    def _target(self, line: Line) -> str:
        """The worksheet whose rows the answer, or the column, names; "" for none."""
        head, slash, _ = line.field.partition("/")
        if head == "marks" or line.worksheet in (MAIL, APART):
            return "profile"
        key = line.worksheet, line.row.rpartition("-")[0], head
        if key not in self._targets:
            question = _question(line, "" if slash else line.row, head)
            self._targets[key] = question.target.partition(".")[0] if question else ""
        return self._targets[key]


def _question(line: Line, row: str, field: str) -> Question | None:
    try:
        return worksheets.called(line.worksheet).question(field, row)
    except LookupError:
        return None
