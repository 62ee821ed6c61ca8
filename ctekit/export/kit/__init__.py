"""The kit of a workshop: everything that is on the wall, on the table, on a badge and in the mail, ready to print."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ctekit import rubrics
from ctekit.export.atomic_write import keep_what_is_not_ours, mark_of, write
from ctekit.export.kit import _seats
from ctekit.export.kit._names import names_of
from ctekit.export.kit._options import Options
from ctekit.export.kit._sheets import PAGE, Sheet, all_sheets, pages_of, style
from ctekit.export.page import Page, framed
from ctekit.ratings import questions
from ctekit.views.run_sheet import run_sheet
from ctekit.workshop import load
from ctekit.workshop.marks import marks, with_marks
from ctekit.workshop.posters import posters

__all__ = ["Options", "PrintedSheet", "kit", "sheet_called"]

CHECKLIST = "00-checklist"
NINE = datetime.time(9)


@dataclass(frozen=True)
class PrintedSheet:
    """A sheet of a kit as it was written.

    Attributes
    ----------
    sheet : Sheet
    html, style : str
        Its pages, without the frame; and their CSS.
    pages, copies : int
        How many pages it has, and how often to print them.
    """

    sheet: Sheet
    html: str
    style: str
    pages: int
    copies: int

    @property
    def paper(self) -> int:
        """How many sheets of paper that takes, printed on one side."""
        return self.pages * self.copies

    def framed(self, partnership: str = "", private: bool = False) -> str:
        """Put the frame of a page around it.

        Parameters
        ----------
        partnership : str
            Its name; "" where there is none.
        private : bool
            Head it "Facilitator only".

        Returns
        -------
        str
            The whole file.
        """
        page = Page(self.sheet.title, partnership, private=private, kind="sheet")
        page.language, page.style = self.sheet.language, self.style
        return framed(page, self.html)


def kit(folder: Path | None, output: Path, options: Options) -> list[PrintedSheet]:
    """Write the kit of a workshop, one HTML file a sheet.

    Only sheets of ours are written over. Those that an earlier kit left and this one does not have are removed: whoever
    prints the folder would print them, too.

    Parameters
    ----------
    folder : Path or None
        The partnership's folder, whose names stand on the sheets; None for blank ones.
    output : Path
        The folder for the sheets; made if it is not there.
    options : Options
        What to print it for.

    Returns
    -------
    list of PrintedSheet
        The checklist first.

    Raises
    ------
    ExportError
        Something that is not ours lies where a sheet should; then nothing is written.
    StoreError
        The folder holds no partnership.
    """
    names = names_of(folder)
    values = _values(options) | {
        "names": names,
        "seats": _seats.seated(names.guests, options.people, options.tables, options.path),
    }
    wanted = [sheet for sheet in all_sheets() if sheet.is_for(options)]
    keep_what_is_not_ours(output / f"{sheet.name}.html" for sheet in wanted)
    for sheet in all_sheets():
        left = output / f"{sheet.name}.html"
        if sheet not in wanted and mark_of(left) == "sheet":
            left.unlink(missing_ok=True)
    printed = [_print(sheet, options, values) for sheet in wanted if sheet.name != CHECKLIST]
    checklist = next(sheet for sheet in wanted if sheet.name == CHECKLIST)
    printed.insert(0, _print(checklist, options, values | {"printed": printed}))
    for line in printed:
        write(output / f"{line.sheet.name}.html", line.framed(names.partnership))
    return printed


def sheet_called(name: str, options: Options | None = None) -> PrintedSheet:
    """Fill one sheet, without names.

    Parameters
    ----------
    name : str
        Such as ``31-need-cards``.
    options : Options, optional
        What to print it for.

    Returns
    -------
    PrintedSheet
    """
    options = options or Options()
    sheet = next(sheet for sheet in all_sheets() if sheet.name == name)
    return _print(sheet, options, _values(options))


def _print(sheet: Sheet, options: Options, values: Mapping[str, Any]) -> PrintedSheet:
    html = pages_of(sheet, values)
    pages = sheet.about.get(options.path) or html.count(PAGE)
    return PrintedSheet(sheet, html, style(sheet, options), pages, options.count(sheet.copies))


def _values(options: Options) -> dict[str, Any]:
    """What every template may use, besides what a partnership has written."""
    return {
        "options": options,
        "agenda": load(options.path),
        "posters": posters(),
        "run_sheet": Markup(run_sheet(load(options.path), options.start or NINE)),
        "sectors": _seats.sectors(),
        "mix": _seats.mix(options.people, options.path),
        "supplies": _supplies(),
        "marks": marks(),
        "rubrics": rubrics,
        "questions": questions,
    }


@cache
def _supplies() -> dict[str, Any]:
    written = files("ctekit.export.kit").joinpath("supplies.toml").read_text(encoding="utf-8")
    return tomllib.loads(with_marks(written))
