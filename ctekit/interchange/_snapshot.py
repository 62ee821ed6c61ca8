"""The answers of a partnership at one moment, place by place: what files hold, and what they are compared with."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from ctekit import worksheets
from ctekit.interchange._contents import Place
from ctekit.model.questions import Json, Question
from ctekit.views.answers import Wording
from ctekit.workbook import Workbook

NOT_CARRIED = ("profile", "partnership_id")
"""The id of a partnership never changes, and stands at the head of a file."""


def tables(private: bool) -> Iterator[tuple[str, str, Question]]:
    """The tables that a file holds: worksheet, field and question."""
    for slug, kind in worksheets.every().items():
        yield from ((slug, name, table) for name, table in kind.tables().items() if private or not table.private)


def columns(table: Question, private: bool) -> dict[str, Question]:
    """The questions of the rows of a table that a file holds, by field."""
    return {name: question for name, question in table.row.questions().items() if private or not question.private}


def plain_questions(private: bool) -> Iterator[tuple[str, str, Question]]:
    """The questions outside tables that a file holds: worksheet, field and question."""
    for slug, kind in worksheets.every().items():
        for name, question in kind.questions().items():
            if not question.is_table and (private or not question.private) and (slug, name) != NOT_CARRIED:
                yield slug, name, question


def matrices() -> Iterator[tuple[str, str, Question]]:
    """The grids: worksheet, field and question."""
    for slug, kind in worksheets.every().items():
        yield from ((slug, name, question) for name, question in kind.questions().items() if question.is_matrix)


def table_of(question: Question, slug: str, name: str) -> str:
    """The table whose rows are the rows of a grid, or the table itself."""
    return f"{slug}.{question.along or name}"


class Snapshot:
    """The answers at one moment.

    Parameters
    ----------
    book : Workbook
    private : bool
        Also what is for the facilitator only.

    Attributes
    ----------
    rows : mapping
        Ids of the rows by table (``"profile.people"``), in the order people put them.
    """

    def __init__(self, book: Workbook, private: bool) -> None:
        self.private = private
        self.wording = Wording(book, private)
        self.book = self.wording.book
        self.rows = {f"{slug}.{name}": [row.id for row in self.book.rows(f"{slug}.{name}")]
                     for slug, name, _ in tables(private)}  # fmt: skip

    @cached_property
    def answers(self) -> Mapping[Place, Json]:
        """What is not blank, as the store keeps it; marks as ``"marks/name"``, a cell as ``"matrix/org-1"``."""
        return {place: value for place, value in self._answers() if value is not None}

    def of_row(self, row: str) -> Mapping[Place, Json]:
        """The answers of one row."""
        return self._by_row.get(row, {})

    @cached_property
    def _by_row(self) -> Mapping[str, Mapping[Place, Json]]:
        rows: defaultdict[str, dict[Place, Json]] = defaultdict(dict)
        for place, value in self.answers.items():
            rows[place[1]][place] = value
        return rows

    @cached_property
    def withheld(self) -> Mapping[Place, str]:
        """Why a count may stand in no file, in words, by place. Who asks for what is private gets all counts."""
        if self.private:
            return {}
        words = {
            ("metrics", row.id, name): self.wording.withheld(row, name)
            for row in self.book.rows("metrics.observations")
            for name in ("counted", "out_of")
        }
        return {place: why for place, why in words.items() if why}

    def names(self, target: str) -> dict[str, str]:
        """The name of each row of a table by id; where two have the same, they are numbered."""
        return self._names.get(target, {})

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        return {table: apart({row: " ".join(self.wording.name(row).split()) for row in ids})
                for table, ids in self.rows.items()}  # fmt: skip

    def _answers(self) -> Iterator[tuple[Place, Json]]:
        for slug, name, _ in plain_questions(self.private):
            yield (slug, "", name), kept(getattr(self.book.sheets[slug], name))
        for slug, sheet in self.book.sheets.items():
            yield from self._marks(slug, "", sheet)
        for slug, table, question in tables(self.private):
            for row in self.book.rows(f"{slug}.{table}"):
                for name in columns(question, self.private):
                    yield (slug, row.id, name), kept(getattr(row, name))
                yield from self._marks(slug, row.id, row)
        for slug, name, _ in matrices():
            for row_id, cells in getattr(self.book.sheets[slug], name).items():
                yield from (((slug, row_id, f"{name}/{column}"), letters) for column, letters in cells.items())

    @staticmethod
    def _marks(slug: str, row_id: str, answered: Any) -> Iterator[tuple[Place, Json]]:
        for name, mark in answered.marks.items():
            yield (slug, row_id, f"marks/{name}"), mark.model_dump(mode="json", exclude_none=True)


def kept(value: Any) -> Json:
    """A typed answer as the store keeps it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return list(value) or None
    return value


def apart(names: Mapping[str, str]) -> dict[str, str]:
    """Names by row, in order; where two are the same, each with its number."""
    many, ordinals, apart = Counter(names.values()), Counter[str](), {}
    for row, name in names.items():
        ordinals[name] += 1
        apart[row] = f"{name} ({ordinals[name]})" if many[name] > 1 else name
    return apart
