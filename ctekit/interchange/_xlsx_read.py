"""A spreadsheet taken apart: each answer with its cell. Sheets may be moved and renamed, columns too."""

from __future__ import annotations

import datetime
import io
import warnings
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ctekit import worksheets
from ctekit.interchange import _zip
from ctekit.interchange._cells import Formula, text_of
from ctekit.interchange._contents import LARGEST, MOST_ROWS, Contents, Given, GivenRow, ImportRefusedError, Place
from ctekit.interchange._snapshot import NOT_CARRIED
from ctekit.interchange._xlsx_write import HEAD, MARK_PARTS
from ctekit.model.text import quoted

_MOST_COLUMNS = 300

Line = Mapping[str, Given]
"""The cells of one row that are not empty, by what their column is called in ctekit; ``""`` is the hidden first one."""


def parse(content: bytes) -> Contents:
    """What a file says.

    Raises
    ------
    ImportRefusedError
        It is no file of ours, too large, locked, with macros, or cut off.
    CtekitError
        What reads spreadsheets is not installed.
    """
    if len(content) > LARGEST:
        raise ImportRefusedError(
            f"The file has {len(content):,} bytes, and {LARGEST:,} are read at most. Nothing was changed."
        )
    _zip.check(content)
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what other programs add, which is not read
            book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
            reader = _Reader()
            for sheet in book.worksheets:
                reader.take(sheet)
    except ImportRefusedError:
        raise
    except Exception:  # whatever a stranger's file makes of somebody else's reader
        raise ImportRefusedError(
            "The file could not be read as a spreadsheet. Nothing was changed. Save it anew as .xlsx, then try again."
        ) from None
    return reader.contents()


class _Reader:
    """Goes through the sheets once."""

    def __init__(self) -> None:
        self._head: dict[str, str] = {}
        self._tables: dict[str, list[GivenRow]] = {}
        self._answers: dict[Place, Given] = {}
        self._strange: list[str] = []
        self._cut: list[str] = []

    def contents(self) -> Contents:
        head = self._head
        if head.get("format") != "ctekit-answers" or not (head.get("partnership") and head.get("state")):
            raise ImportRefusedError(
                "The spreadsheet is not from ctekit, or its sheet “About” is gone. Nothing was changed. "
                "Let ctekit write a new one, and put your answers there."
            )
        is_private = head.get("private") == "yes"
        return Contents(
            head["partnership"], head["state"], is_private, self._tables, self._answers, self._strange, self._cut
        )

    def take(self, sheet: Any) -> None:
        """Take one sheet apart, if it is one of ours."""
        rows = sheet.iter_rows(max_row=HEAD + MOST_ROWS + 1, max_col=_MOST_COLUMNS)
        first = [_value(cell) for cell in next(rows, ())]
        key = first[0] if first else None
        slug, _, name = str(key).partition(".")
        kind = worksheets.every().get(slug)
        table = kind.questions().get(name) if kind else None
        if key == "choices":
            return
        if key == "ctekit":
            heads = (str(_value(row[0])).partition("=") for row in rows if row)
            self._head |= {name: value for name, _, value in heads}
            return
        names = {column: str(words) for column, words in enumerate(first) if words and column}
        lines = self._lines(sheet.title, rows, {0: "", **names})
        if key == "questions":
            self._questions(lines)
        elif key == "marks":
            self._marks(lines)
        elif table and table.is_matrix:
            self._matrix(slug, lines)
        elif table and table.is_rows:
            self._table(str(key), table, lines)
        else:
            self._strange.append(f"The sheet {quoted(sheet.title)} is not from ctekit, and was left out.")

    def _lines(self, title: str, rows: Iterator[Any], names: Mapping[int, str]) -> Iterator[tuple[str, Line]]:
        for number, row in enumerate(rows, HEAD):
            values = {column: value for column, cell in enumerate(row) if (value := _value(cell)) not in (None, "")}
            others = [column for column in values if column not in names]
            if others:
                where = f"{quoted(title)}, cell {_letter(others[0])}{number}"
                self._strange.append(f"{where}: this column is not from ctekit, and was left out.")
            if number == HEAD or not values:
                continue
            if number > HEAD + MOST_ROWS:
                self._strange.append(f"{quoted(title)} has more than {MOST_ROWS:,} rows; the rest was left out.")
                self._cut.append(title)
                return
            given = {
                name: Given(values.get(column), f"{quoted(title)}, cell {_letter(column)}{number}")
                for column, name in names.items()
                if column < len(row) or column in values
            }
            yield f"{quoted(title)}, row {number}", given

    def _questions(self, lines: Iterator[tuple[str, Line]]) -> None:
        for where, line in lines:
            slug, _, name = _id(line).partition(".")
            kind = worksheets.every().get(slug)
            if (
                kind is None
                or name not in kind.questions()
                or (slug, name) == NOT_CARRIED
                or kind.questions()[name].is_table
            ):
                self._strange.append(f"{where}: this is no question of ctekit.")
            else:
                self._answers[slug, "", name] = line.get("answer", Given(None, where))

    def _table(self, key: str, table: Any, lines: Iterator[tuple[str, Line]]) -> None:
        asked = table.row.questions()
        rows = []
        for where, line in lines:
            answers = {name: given for name, given in line.items() if name in asked}
            if _id(line) or any(given.value is not None for given in answers.values()):
                rows.append(GivenRow(_id(line), where, answers))
        self._tables[key] = rows

    def _matrix(self, slug: str, lines: Iterator[tuple[str, Line]]) -> None:
        for where, line in lines:
            if not _id(line):
                self._strange.append(f"{where}: this row is new. Add it to its own table first, then write a new file.")
                continue
            for name, given in line.items():
                if "/" in name:
                    self._answers[slug, _id(line), name] = given

    def _marks(self, lines: Iterator[tuple[str, Line]]) -> None:
        for where, line in lines:
            slug, _, rest = _id(line).partition("|")
            row, _, field = rest.partition("|")
            if slug not in worksheets.every() or not field.startswith("marks/"):
                self._strange.append(
                    f"{where}: this row is new. Say in the worksheet which question has no answer yet."
                )
                continue
            parts = {part: line[part].value if part in line else None for part in MARK_PARTS}
            self._answers[slug, row, field] = Given(parts, where)


def _id(line: Line) -> str:
    given = line.get("")
    return given.value if given and isinstance(given.value, str) else ""


def _value(cell: Any) -> Any:
    """What a cell holds: text, a number, a day, or `Formula` for what is none of them."""
    value = cell.value
    if cell.data_type in ("f", "e") and value is not None:
        return Formula(value)
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format):
        return f"{(Decimal(str(value)) * 100).normalize():f}%"  # 12.5% is kept by spreadsheets as 0.125
    shown = str(cell.number_format).lower()
    if isinstance(value, datetime.date) and "y" in shown and "m" in shown and "d" not in shown:
        return f"{value:%Y-%m}"  # a month alone is kept by spreadsheets as its first day
    return value


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))
