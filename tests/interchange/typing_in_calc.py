"""Somebody at LibreOffice Calc: types into cells as from a keyboard, sorts, puts a row in, takes one out, saves."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.interchange.files import cell, sheet

_LIMIT = 200
_PYTHON = "/usr/bin/python3"
"""A Linux system's own, for which its LibreOffice brings `uno`."""


class Calc:
    """A spreadsheet that is open in Calc; what is done to it is written down, and done when it is saved.

    Parameters
    ----------
    content : bytes
    folder : pathlib.Path
        Where the file lies, and Calc's own things.
    """

    def __init__(self, content: bytes, folder: Path) -> None:
        self.folder = folder
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.steps: list[list[Any]] = []
        (folder / "opened.xlsx").write_bytes(content)

    def type(self, key: str, row: str, field: str, words: str) -> None:
        """Type into the cell of an answer, over what stands there."""
        self._step("type", key, cell(self.book, key, row, field).coordinate, words)

    def sort_down(self, key: str, field: str) -> None:
        """Sort all rows of a sheet by a column, the last first."""
        page = sheet(self.book, key)
        column = next(cell.column for cell in page[1] if cell.value == field) - 1
        last = page.cell(page.max_row, page.max_column).coordinate
        self._step("sort down", key, f"A3:{last}", column)

    def insert_row(self, key: str, line: int, **answers: str) -> None:
        """Put a row in at a line and type into it."""
        self._step("insert row", key, line)
        page = sheet(self.book, key)
        for column in page[1]:
            if column.value in answers:
                self._step("type", key, f"{column.column_letter}{line}", answers[column.value])

    def remove_row(self, key: str, row: str) -> None:
        """Take a row out."""
        line = next(cell.row for cell in sheet(self.book, key)["A"] if cell.value == row)
        self._step("remove row", key, line)

    def saved(self) -> Path:
        """The file as Calc saved it."""
        office = shutil.which("soffice")
        asks = [_PYTHON, "-c", "import uno"]
        if (
            not office
            or not Path(_PYTHON).exists()
            or subprocess.run(asks, check=False, capture_output=True, timeout=_LIMIT).returncode
        ):
            pytest.skip("LibreOffice, or its module for Python, is not on this machine")
        (self.folder / "steps.json").write_text(json.dumps(self.steps), encoding="utf-8")
        script = Path(__file__).with_name("at_calc.py")
        command = [_PYTHON, str(script), office, str(self.folder)]
        subprocess.run(command, check=True, capture_output=True, timeout=_LIMIT)
        return self.folder / "written.xlsx"

    def _step(self, kind: str, key: str, *more: Any) -> None:
        self.steps.append([kind, int(self.book.index(sheet(self.book, key))), *more])
