"""Tables of results as a spreadsheet: to read and to go on counting with, not to be taken back in."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ctekit.interchange import _zip
from ctekit.interchange._files import need_openpyxl
from ctekit.interchange._xlsx_write import column_letter, put

_WIDEST, _NARROWEST = 60, 10


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    title : str
    header : tuple of str
    rows : tuple of tuple
        Text, numbers, or None for an empty cell.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def spreadsheet(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of tables; the same tables always give the same bytes.

    Parameters
    ----------
    sheets : sequence of Sheet
        One at least.

    Returns
    -------
    bytes
        Of a ``.xlsx`` file. Text stays text, whatever it begins with.

    Raises
    ------
    CtekitError
        What writes spreadsheets is not installed.
    """
    need_openpyxl()
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book, wrapped = Workbook(), Alignment(wrap_text=True, vertical="top")
    head, paint = Font(bold=True), PatternFill("solid", fgColor="E8EDF2")
    book.remove(book.active)
    for table in sheets:
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", table.title)[:31].strip())
        for number, row in enumerate((table.header, *table.rows), 1):
            for column, value in enumerate(row, 1):
                cell = put(sheet, number, column, value)
                if number == 1:
                    cell.font, cell.fill = head, paint
                if number == 1 or (isinstance(value, str) and len(value) > _WIDEST):
                    cell.alignment = wrapped
        for column, cells in enumerate(zip(table.header, *table.rows, strict=True), 1):
            longest = max(len(str(cell)) for cell in cells if cell is not None)
            sheet.column_dimensions[column_letter(column)].width = min(max(longest + 2, _NARROWEST), _WIDEST)
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
    content = io.BytesIO()
    book.save(content)
    return _zip.without_clock(content.getvalue())
