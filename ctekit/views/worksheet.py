"""`worksheet`: everything a room wrote on one sheet, as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ctekit import worksheets
from ctekit.model import questions
from ctekit.model.errors import did_you_mean
from ctekit.model.questions import Question
from ctekit.model.worksheet import Row, Worksheet
from ctekit.views.answers import NAMED, UNNAMED, DisplayedAnswer, Wording, blank
from ctekit.views.draft import draft
from ctekit.views.render import kept_back, render
from ctekit.workbook import Workbook
from ctekit.worksheets.purpose import Purpose

WIDEST = 8
"""More columns than this are shown as one card a row: a table of more can be read neither on a phone nor on paper."""

STILL = 3
"""Up to this many columns fit a phone by wrapping; more scroll sideways in a region of their own."""


@dataclass(frozen=True)
class PlainField:
    """A run of plain questions."""

    answers: tuple[DisplayedAnswer, ...]
    shape: str = "plain"


@dataclass(frozen=True)
class Line:
    """One row of a table: where findings find it, its name first, then its other answers."""

    anchor: str
    name: DisplayedAnswer
    cells: tuple[DisplayedAnswer, ...]

    @property
    def blanks(self) -> str:
        """The questions of this row that nobody answered."""
        return ", ".join(cell.title for cell in self.cells if cell.empty)


@dataclass(frozen=True)
class Table:
    """A table question: as a table, or as cards when it has many columns."""

    title: str
    anchor: str
    private: bool
    columns: tuple[DisplayedAnswer, ...]
    lines: tuple[Line, ...]
    waits: str

    @property
    def shape(self) -> str:
        """``table`` or ``cards``."""
        return "cards" if len(self.columns) > WIDEST else "table"

    @property
    def scrolls(self) -> bool:
        """Whether a phone has to scroll it sideways."""
        return len(self.columns) > STILL


@dataclass(frozen=True)
class Grid:
    """A matrix: names across, names down, letters where they meet."""

    title: str
    anchor: str
    private: bool
    legend: tuple[tuple[str, str], ...]
    across: tuple[str, ...]
    down: tuple[tuple[str, tuple[str, ...]], ...]
    along: str
    waits: str
    shape: str = "matrix"


def worksheet(book: Workbook, name: str, only: str = "", private: bool = False) -> str:
    """Show a worksheet, or one question of it.

    Parameters
    ----------
    book : Workbook
    name : str
        The worksheet's slug.
    only : str
        One of its questions, such as ``"actions"``; "" for all.
    private : bool
        Also what is for the facilitator only, marked.

    Returns
    -------
    str
        A fragment without headings, except that the duties of "roles" end with a draft under an ``h3``.

    Raises
    ------
    LookupError
        There is no such worksheet, or no such question on it.
    """
    kind = worksheets.called(name)
    wording = Wording(book, private)
    book = wording.book
    sheet = book.sheets[name]
    fields = _wanted(kind, only)
    open_fields = {
        field: question for field, question in fields.items() if wording.shows(question) and (only or field != "ready")
    }
    return render(
        "worksheet",
        label=f"{kind.title}: {fields[only].title}" if only else kind.title,
        title=kind.title,
        slug=name,
        private=private,
        parts=tuple(_parts(sheet, open_fields, wording)),
        ready=None if only else questions.show(fields["ready"], sheet.ready),
        kept_back=kept_back("Answers") if wording.kept_back(fields) else "",
        draft=Markup(draft(book)) if name == "roles" and not only else "",
    )


def _wanted(kind: type[Worksheet], only: str) -> dict[str, Question]:
    fields = kind.questions()
    if not only:
        return fields
    if only not in fields:
        guess = did_you_mean(only, fields)
        names = ", ".join(fields)
        raise LookupError(f"The worksheet '{kind.slug}' asks nothing called '{only}'.{guess} It asks: {names}.")
    return {only: fields[only]}


def _parts(sheet: Worksheet, fields: Mapping[str, Question], wording: Wording) -> Iterator[PlainField | Table | Grid]:
    for is_plain, run in groupby(fields.items(), lambda item: not item[1].is_table):
        if is_plain:
            yield PlainField(tuple(_plain(sheet, field, question, wording) for field, question in run))
        else:
            for field, question in run:
                yield (_table if question.is_rows else _grid)(sheet, field, question, wording)


def _plain(sheet: Worksheet, field: str, question: Question, wording: Wording) -> DisplayedAnswer:
    value, aside = getattr(sheet, field), ""
    if blank(value):
        aside = _waits(sheet, question)
        if isinstance(sheet, Purpose) and field == "sentence" and sheet.composed:
            value, aside = sheet.composed, "put together from its parts"
    if field == "partnership_id" and value:
        value, aside = None, "given once, for programs"
    return wording.displayed(question, value, sheet.marks.get(field), f"{sheet.slug}-{field}", aside)


def _table(sheet: Worksheet, field: str, question: Question, wording: Wording) -> Table:
    asked: dict[str, Question] = dict(question.row.questions())
    first = asked.pop(question.row.named_by)
    rows: tuple[Row, ...] = sheet.rows(field)
    shown = {
        name: column
        for name, column in asked.items()
        if wording.shows(column) and any(not blank(getattr(row, name)) or name in row.marks for row in rows)
    }
    columns = tuple(DisplayedAnswer(column.title, "", private=column.private) for column in (first, *shown.values()))
    lines = tuple(_line(sheet, row, first, shown, wording) for row in rows)
    return Table(question.title, f"{sheet.slug}-{field}", question.private, columns, lines, _waits(sheet, question))


def _line(sheet: Worksheet, row: Row, first: Question, shown: Mapping[str, Question], wording: Wording) -> Line:
    def answer(field: str, question: Question) -> DisplayedAnswer:
        withheld = wording.withheld(row, field)
        if withheld and not wording.private:
            return DisplayedAnswer(question.title, "", withheld)
        if withheld:
            return wording.displayed(question, getattr(row, field), row.marks.get(field), aside="Facilitator only")
        return wording.displayed(question, getattr(row, field), row.marks.get(field), unit=row.unit_of(field))

    name = answer(row.named_by, first) if wording.shows(first) else DisplayedAnswer(first.title, UNNAMED)
    if f"{sheet.slug}.{sheet.table_of(row.id)}" in NAMED:
        name = replace(name, names=True)
    return Line(f"{sheet.slug}-{row.id}", name, tuple(answer(field, question) for field, question in shown.items()))


def _grid(sheet: Worksheet, field: str, question: Question, wording: Wording) -> Grid:
    letters: Mapping[str, Mapping[str, Any]] = getattr(sheet, field)
    # Whoever was taken out but still has letters stays readable: a name that says "(removed)".
    down = dict.fromkeys([row.id for row in sheet.rows(question.along)])
    across = dict.fromkeys([row.id for row in wording.book.rows(question.target)])
    for row_id, cells in letters.items():
        if any(cells.values()):
            down[row_id] = None
            across |= dict.fromkeys(column for column, letter in cells.items() if letter)
    return Grid(
        question.title,
        f"{sheet.slug}-{field}",
        question.private,
        tuple(zip(question.options, question.meanings, strict=True)),
        tuple(wording.name(column) for column in across),
        tuple(
            (wording.name(row_id), tuple(letters.get(row_id, {}).get(column) or "" for column in across))
            for row_id in down
        ),
        sheet.tables()[question.along].title,
        _waits(sheet, question),
    )


def _waits(sheet: Worksheet, question: Question) -> str:
    return question.opens(sheet) if question.opens else ""
