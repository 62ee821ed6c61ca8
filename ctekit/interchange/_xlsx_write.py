"""Answers as a spreadsheet: one sheet a table, plain questions and honest blanks on sheets of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ctekit import worksheets
from ctekit.interchange import _cells, _zip
from ctekit.interchange._snapshot import Snapshot, columns, matrices, plain_questions, table_of, tables
from ctekit.model.questions import Question
from ctekit.model.text import printable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = 2
"""The row of headings; above it, hidden, what each column is called in ctekit."""

_SPARE = 500
"""Rows below the last one that offer their choices too."""

_LINE, _MOST_LINES = 15, 20
"""Points of a line, and so many lines a row is high at most."""

_WIDTHS = {True: 42, False: 20}
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

MARK_PARTS = {"kind": "Why there is none", "whom": "From whom", "by": "By when", "because": "Because"}
_ABOUT = (
    "Change answers, or add rows below the last one. Leave the hidden first row and first column as they are.",
    "Then: ctekit import FILE. It shows what is new and changed, and asks before anything is written.",
    "A row that you delete here stays in the partnership, unless you import with --delete.",
    "The order of rows, formulas and columns of your own are not taken back.",
)


def write(snapshot: Snapshot, partnership: str, state: str) -> bytes:
    """The file of a snapshot; see `ctekit.interchange._json.write`."""
    from openpyxl import Workbook

    book = Workbook()
    writer = _Writer(book)
    head = {"format": "ctekit-answers", "partnership": partnership, "state": state,
            "private": "yes" if snapshot.private else "no"}  # fmt: skip
    writer.about(book.active, snapshot, head)
    writer.plain(snapshot)
    for slug, name, question in tables(snapshot.private):
        writer.table(snapshot, slug, name, question)
    for slug, name, question in matrices():
        writer.matrix(snapshot, slug, name, question)
    writer.marks(snapshot)
    for sheet in book.worksheets[1:]:
        _fit_heights(sheet)
    writer.choices()
    book.active = 1
    content = io.BytesIO()
    book.save(content)
    return _zip.without_clock(content.getvalue())


class _Writer:
    """Fills a workbook, and remembers which choices it needs."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._choices: dict[tuple[str, ...], int] = {}

    def about(self, sheet: Worksheet, snapshot: Snapshot, head: Mapping[str, str]) -> None:
        sheet.title = "About"
        name = getattr(snapshot.book.sheets["profile"], "name", None) or "A partnership"
        day = snapshot.book.day
        secret = "With the answers for the facilitator only." if snapshot.private else ""
        lines = [name, f"As of {day}." if day else "", secret, *_ABOUT]
        put(sheet, 1, 1, "ctekit")
        for row, (key, value) in enumerate(head.items(), HEAD):
            put(sheet, row, 1, f"{key}={value}")
        for row, words in enumerate(filter(None, lines), HEAD):
            put(sheet, row, 2, words)
        sheet.column_dimensions["A"].hidden = sheet.row_dimensions[1].hidden = True
        sheet.column_dimensions["B"].width = 110

    def plain(self, snapshot: Snapshot) -> None:
        sheet = self._sheet(
            "Questions", "questions", {"worksheet": "Worksheet", "question": "Question", "answer": "Answer"}
        )
        for letter, width in {"B": 32, "C": 42, "D": 70}.items():
            sheet.column_dimensions[letter].width = width
        for row, (slug, name, question) in enumerate(plain_questions(snapshot.private), HEAD + 1):
            title = worksheets.called(slug).title
            for column, words in enumerate((f"{slug}.{name}", title, _title(question)), 1):
                self._label(sheet, row, column, words)
            self._answer(sheet, row, 4, _cells.shown(snapshot, (slug, "", name), question), question)
            self._offer(sheet, f"D{row}", question, snapshot)

    def table(self, snapshot: Snapshot, slug: str, name: str, table: Question) -> None:
        asked = columns(table, snapshot.private)
        sheet = self._sheet(
            table.title, f"{slug}.{name}", {field: _title(question) for field, question in asked.items()}
        )
        rows = snapshot.rows[f"{slug}.{name}"]
        for row, row_id in enumerate(rows, HEAD + 1):
            put(sheet, row, 1, row_id)
            for column, (field, question) in enumerate(asked.items(), 2):
                self._answer(sheet, row, column, _cells.shown(snapshot, (slug, row_id, field), question), question)
        for column, question in enumerate(asked.values(), 2):
            letter = column_letter(column)
            sheet.column_dimensions[letter].width = _WIDTHS[question.kind.is_words or question.kind.is_several]
            if not question.kind.is_number and not question.kind.is_date:
                sheet.column_dimensions[letter].number_format = "@"  # so that 007 and 1/2 stay what was typed
            self._offer(sheet, f"{letter}{HEAD + 1}:{letter}{HEAD + len(rows) + _SPARE}", question, snapshot)

    def matrix(self, snapshot: Snapshot, slug: str, name: str, question: Question) -> None:
        across = snapshot.names(question.target)
        heads = {"row": "", **{f"{name}/{column}": words for column, words in across.items()}}
        sheet = self._sheet(question.title, f"{slug}.{name}", heads)
        sheet.column_dimensions["B"].width = 42
        for row, (row_id, words) in enumerate(snapshot.names(table_of(question, slug, name)).items(), HEAD + 1):
            put(sheet, row, 1, row_id)
            self._label(sheet, row, 2, words)
            for place, column in enumerate(across, 3):
                self._answer(sheet, row, place, snapshot.answers.get((slug, row_id, f"{name}/{column}")), question)

    def marks(self, snapshot: Snapshot) -> None:
        heads = {"worksheet": "Worksheet", "row": "Row", "question": "Question", **MARK_PARTS}
        sheet = self._sheet("No answer yet", "marks", heads)
        places = [place for place in snapshot.answers if place[2].startswith("marks/")]
        for row, (slug, row_id, field) in enumerate(places, HEAD + 1):
            kind = worksheets.called(slug)
            question = kind.question(field.removeprefix("marks/"), row_id)
            name = snapshot.wording.name(row_id) if row_id else ""
            for column, words in enumerate(("|".join((slug, row_id, field)), kind.title, name, _title(question)), 1):
                self._label(sheet, row, column, words)
            for column, part in enumerate(_cells.shown(snapshot, (slug, row_id, field), question).values(), 5):
                put(sheet, row, column, part)
        for letter in "DEFGH":
            sheet.column_dimensions[letter].width = 28

    def choices(self) -> None:
        sheet = self._book.create_sheet("Choices")
        sheet.sheet_state = "hidden"
        put(sheet, 1, 1, "choices")
        for words, column in self._choices.items():
            for row, word in enumerate(words, HEAD):
                put(sheet, row, column, word)

    def _sheet(self, title: str, key: str, heads: Mapping[str, str]) -> Worksheet:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet: Worksheet = self._book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip())
        put(sheet, 1, 1, key)
        for column, (name, words) in enumerate(heads.items(), 2):
            put(sheet, 1, column, name)
            cell = put(sheet, HEAD, column, words)
            cell.font, cell.fill = Font(name="Calibri", size=11, bold=True), PatternFill("solid", fgColor="E8EDF2")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.column_dimensions[column_letter(column)].width = 20
        sheet.column_dimensions["A"].hidden = sheet.row_dimensions[1].hidden = True
        sheet.freeze_panes = f"C{HEAD + 1}"
        sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = f"{HEAD}:{HEAD}"
        return sheet

    def _answer(self, sheet: Worksheet, row: int, column: int, value: Any, question: Question) -> None:
        from openpyxl.styles import Alignment

        cell = put(sheet, row, column, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if question.kind.is_date:
            cell.number_format = "yyyy-mm-dd"
        elif not question.kind.is_number:
            cell.number_format = "@"

    def _label(self, sheet: Worksheet, row: int, column: int, words: str) -> None:
        from openpyxl.styles import Alignment

        put(sheet, row, column, words).alignment = Alignment(wrap_text=True, vertical="top")

    def _offer(self, sheet: Worksheet, cells: str, question: Question, snapshot: Snapshot) -> None:
        """Offer what may be chosen; other words are warned of, not refused: a row may have been added."""
        from openpyxl.worksheet.datavalidation import DataValidation

        words = _offered(question, snapshot)
        if not words or question.kind.is_several:
            return
        column = column_letter(self._choices.setdefault(words, len(self._choices) + 2))
        rule = DataValidation(
            "list", formula1=f"Choices!${column}${HEAD}:${column}${HEAD - 1 + len(words)}", allow_blank=True
        )
        rule.errorStyle, rule.error = "warning", "This is not in the list. Is it the name of a row that you added?"
        sheet.add_data_validation(rule)
        rule.add(cells)


def put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """Put a value into a cell; text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _ESCAPED.sub("_x005F_", printable(value))  # spreadsheets read _x0041_ as a letter
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    return cell


def _fit_heights(sheet: Worksheet) -> None:
    """Make each row as high as its fullest cell; not every spreadsheet does so when it opens a file."""
    widths = [sheet.column_dimensions[column_letter(column)].width for column in range(1, sheet.max_column + 1)]
    for row in sheet.iter_rows(min_row=HEAD):
        filled = [(str(cell.value), width) for cell, width in zip(row, widths, strict=True) if cell.value is not None]
        lines = [sum(1 + len(line) // int(width) for line in words.split("\n")) for words, width in filled[1:]]
        sheet.row_dimensions[row[0].row].height = _LINE * min(max(lines, default=1), _MOST_LINES)


def _offered(question: Question, snapshot: Snapshot) -> tuple[str, ...]:
    words: Iterable[str] = (words for _, words in question.kind.choices(question))
    if question.is_reference:
        words = (*question.also, *snapshot.names(question.target).values())
    return tuple(words)


def _title(question: Question) -> str:
    return f"{question.title} ({question.kind.unit})" if question.kind.unit else question.title


def column_letter(column: int) -> str:
    """The letters over a column, counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
