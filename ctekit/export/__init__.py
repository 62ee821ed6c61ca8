"""Pages that anyone can open, print and read aloud: the only room that knows nbconvert.

Everything is loaded when it is asked for, because nbconvert takes more than a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit.export.errors import ExportError
from ctekit.model.reader import Reader

if TYPE_CHECKING:
    from ctekit.export.exporter import CtekitExporter

__all__ = ["CtekitExporter", "ExportError", "notebooks", "pages", "paper"]


def notebooks(folder: Path) -> list[Path]:
    """The guided notebooks of a folder, in order: those whose names begin with two digits, without copies of others.

    Parameters
    ----------
    folder : Path
        The partnership's folder.

    Returns
    -------
    list of Path
        Empty where there are none.
    """
    from ctekit.export.sources import notebooks as found

    return found(folder)


def pages(
    folder: Path,
    output: Path,
    names: Sequence[str] = (),
    reader: Reader = "partners",
    lesson: bool = False,
    progress: Callable[[str], None] | None = None,
    as_of: str = "",
    say: Callable[[str], None] | None = None,
) -> list[Path]:
    """Write the site of a partnership's folder. No kernel is started, no code is run.

    A brief, a page a worksheet, a page a partner, one for families and one for the state; and one for each notebook of
    the partnership's own.

    Only pages of ours are written over. Those that an earlier export left and this one does not write again are
    removed; when only some are asked for, those that say more than the new ones may.

    Parameters
    ----------
    folder : Path
        Where the notebooks and ``partnership.ctekit`` lie.
    output : Path
        The folder for the pages; made if it is not there.
    names : sequence of str
        Worksheet slugs, or names of notebooks; only the pages of these. Empty for all.
    reader : str
        ``"partners"``; ``"public"``, where people who have not said yes to being named are called by what they do; or
        ``"facilitator"``, who also sees what is private, and what the check found.
    lesson : bool
        Put the prose of the guided notebooks behind the answers; never for the public: it may name people.
    progress : callable
        Told the name of each page once it is written.
    as_of : str
        Everything as it stood at the end of this day, such as ``"2027-01-15"``; "" for now.
    say : callable
        Told, in a sentence each, which notebooks have no page, and which earlier pages were removed.

    Returns
    -------
    list of Path
        The pages, the index last.

    Raises
    ------
    LookupError
        A name is no worksheet.
    ExportError
        There is nothing to export, or something that is not ours lies where a page should: then nothing is written. Or
        a notebook cannot be read: the others are written first.
    """
    from ctekit.export.site import pages as write

    return write(Path(folder), Path(output), names, reader, lesson, progress, as_of, say)


def paper(
    folder: Path | None,
    output: Path,
    kind: str = "blank",
    private: bool = False,
    say: Callable[[str], None] | None = None,
    path: str = "",
    start: time | None = None,
) -> list[Path]:
    """Write what is printed: empty worksheets with cards, slip and ballot, or the facilitator's run sheets.

    Parameters
    ----------
    folder : Path or None
        The partnership's folder, whose name heads each sheet.
    output : Path
        The folder for the sheets; made if it is not there.
    kind : str
        ``"blank"`` or ``"facilitator"``.
    private : bool
        Head each sheet "Facilitator only". A run sheet always is.
    say : callable
        Told, in a sentence, which private pages of an earlier export were removed from among sheets for everybody.
    path : str
        Only the run sheet of this path: ``"half-day"``. All of them if empty.
    start : time
        When a session begins; without it a run sheet counts from 0:00.

    Returns
    -------
    list of Path
        The sheets, in the order in which a workshop uses them.

    Raises
    ------
    ExportError
        The kind is none of the two.
    NotFoundError
        There is no such path.
    """
    from ctekit.export.printables import paper as write

    return write(folder, Path(output), kind, private, say, path, start)


def __getattr__(name: str) -> Any:
    if name == "CtekitExporter":
        from ctekit.export.exporter import CtekitExporter

        return CtekitExporter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
