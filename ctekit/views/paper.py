"""Empty worksheets to print: what is asked on the poster of an element, or its quick questions, with room to write.

Each is a fragment that begins a new page; `stylesheet` goes with it. Lines and boxes need no color.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from ctekit import worksheets
from ctekit.model.questions import Question
from ctekit.views.render import render
from ctekit.workshop.posters import Part, parts_of

ROWS = 8
"""Empty rows of a table on paper, ready-made ones included: with its head they fit on one page."""

FITS_ACROSS = 4
"""More columns than this need a page that lies on its side."""

FITS_IN_A_HEAD = 3
"""So many choices stand in the head of a column; more would fill it."""


@dataclass(frozen=True)
class BlankQuestion:
    """One question with room to answer it by hand.

    Attributes
    ----------
    title, hint : str
    options : tuple of str
        To tick; empty where one writes.
    lines : int
        Ruled lines to write on.
    """

    title: str
    hint: str
    options: tuple[str, ...] = ()
    lines: int = 1


@dataclass(frozen=True)
class RuledTable:
    """An empty table.

    Attributes
    ----------
    title, hint : str
    columns : tuple of Space
    names : tuple of str
        One a row: what stands ready in its first column, "" where there is nothing.
    letters : tuple of (str, str)
        Columns of a matrix, with what each letter means. Whoever it is for is written below it.
    """

    title: str
    hint: str
    columns: tuple[BlankQuestion, ...]
    names: tuple[str, ...]
    letters: tuple[tuple[str, str], ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it has too many columns for a page that stands upright."""
        return len(self.columns) + len(self.letters) > FITS_ACROSS


@cache
def stylesheet() -> str:
    """The style of everything on paper."""
    return files("ctekit.views").joinpath("paper.css").read_text(encoding="utf-8")


def blank(name: str) -> str:
    """Print one worksheet empty: what its poster asks, or else its quick questions, with room to write.

    Raises
    ------
    LookupError
        There is no such worksheet.
    """
    kind = worksheets.called(name)
    parts = list(_of_posters(parts_of(name)) or _of_questions(kind.questions()))
    wide = any(isinstance(part, RuledTable) and part.is_wide for part in parts)
    return render(
        "paper_blank", title=kind.title, element=kind.element, parts=parts, wide=wide, fits_in_a_head=FITS_IN_A_HEAD
    )


def space(question: Question) -> BlankQuestion:
    """The room that a question has on paper, by its kind."""
    choices = tuple(words for _, words in question.kind.choices(question))
    return BlankQuestion(question.title, question.hint, choices, 0 if choices else question.kind.paper_lines)


def _of_posters(parts: tuple[Part, ...]) -> list[BlankQuestion | RuledTable]:
    sheet: list[BlankQuestion | RuledTable] = []
    for part in parts:
        if part.table:
            columns = tuple(space(question) for question in part.questions)
            rows = tuple(part.ready) + ("",) * (ROWS - len(part.ready))
            sheet.append(RuledTable(part.table.title, part.table.hint, columns, rows, part.letters))
        else:
            spaces = [space(question) for question in part.questions]
            sheet += [replace(each, lines=min(each.lines, part.lines)) for each in spaces]
    return sheet


def _of_questions(asked: dict[str, Question]) -> Iterator[BlankQuestion | RuledTable]:
    for field, question in asked.items():
        if not question.quick or question.private or field == "ready":
            continue
        if question.is_rows:
            yield _ruled(question)
        elif question.is_matrix:
            letters = tuple(zip(question.options, question.meanings, strict=True))
            yield RuledTable(question.title, question.hint, (), ("",) * ROWS, letters)
        else:
            yield space(question)


def _ruled(question: Question) -> RuledTable:
    row = {name: column for name, column in question.row.questions().items() if not column.private}
    quick = {name: column for name, column in row.items() if column.quick} or {
        question.row.named_by: row[question.row.named_by]
    }
    first = next(iter(quick))
    names = [str(ready.get(first) or "") for ready in question.ready]
    names += [""] * (ROWS - len(names))
    return RuledTable(question.title, question.hint, tuple(space(column) for column in quick.values()), tuple(names))
