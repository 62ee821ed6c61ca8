"""The posters on the wall: what each asks, in the words of its worksheet. Blank sheets ask the same."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ctekit import worksheets
from ctekit.model.questions import Question
from ctekit.workshop.marks import with_marks


@dataclass(frozen=True)
class Part:
    """A part of a poster: some questions with lines to write on, or one table.

    Attributes
    ----------
    half : int
        1 above or 2 below.
    questions : tuple of Question
        What is asked: one after the other, or the columns of the table.
    table : Question or None
        The table they are columns of.
    rows : int
        Of the table; 0 where there is none.
    lines : int
        To write on under each question.
    letters : tuple of (str, str)
        More columns of the table, with what each letter means.
    more : bool
        Goes on with a table that began in the other half.
    ready : tuple of str
        What stands in the first column already.
    """

    half: int
    questions: tuple[Question, ...]
    table: Question | None = None
    rows: int = 0
    lines: int = 2
    letters: tuple[tuple[str, str], ...] = ()
    more: bool = False
    ready: tuple[str, ...] = ()


@dataclass(frozen=True)
class Poster:
    """One poster.

    Attributes
    ----------
    number : int
        From 1, along the wall.
    element : str
        The worksheet whose questions it asks.
    title : str
        The question in a few words.
    say : str
        What the lead reads out.
    sheet : bool
        Whether the blank sheet of the worksheet asks the same.
    parts : tuple of Part
    """

    number: int
    element: str
    title: str
    say: str
    parts: tuple[Part, ...]
    sheet: bool = True

    def half(self, half: int) -> tuple[Part, ...]:
        """The parts of one half."""
        return tuple(part for part in self.parts if part.half == half)


@cache
def posters() -> tuple[Poster, ...]:
    """All posters, in the order of the wall.

    Returns
    -------
    tuple of Poster
        The seven elements, the plan and the parking lot.
    """
    written = files("ctekit.workshop").joinpath("posters.toml").read_text(encoding="utf-8")
    content = tomllib.loads(with_marks(written))
    return tuple(_poster(number, entry) for number, entry in enumerate(content["poster"], start=1))


def parts_of(element: str) -> tuple[Part, ...]:
    """What the posters of a worksheet ask, each question once: this is what its blank sheet asks.

    Parameters
    ----------
    element : str
        The worksheet's name.

    Returns
    -------
    tuple of Part
        Empty where no poster of it has a sheet.
    """
    own = [poster for poster in posters() if poster.element == element and poster.sheet]
    return tuple(part for poster in own for part in poster.parts if not part.more)


def _poster(number: int, entry: dict[str, Any]) -> Poster:
    parts = tuple(_part(entry["element"], part) for part in entry["part"])
    return Poster(number, entry["element"], entry["title"], entry["say"], parts, entry.get("sheet", True))


def _part(element: str, entry: dict[str, Any]) -> Part:
    kind = worksheets.called(element)
    asked = kind.questions()
    if "table" not in entry:
        return Part(entry["half"], tuple(asked[field] for field in entry["fields"]), lines=entry.get("lines", 2))
    table = asked[entry["table"]]
    written = table.row.questions()
    columns = {column: written[column] for column in sorted(entry["columns"], key=list(written).index)}
    matrix = asked.get(entry.get("letters", ""))
    return Part(
        entry["half"],
        tuple(columns.values()),
        table=table,
        rows=entry["rows"],
        letters=tuple(zip(matrix.options, matrix.meanings, strict=True)) if matrix else (),
        more=entry.get("more", False),
        ready=tuple(str(row.get(next(iter(columns))) or "") for row in table.ready),
    )
