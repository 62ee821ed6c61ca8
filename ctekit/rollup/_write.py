"""Writing a roll-up: pages, a spreadsheet, and what the next one has to know."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from ctekit.export import atomic_write
from ctekit.interchange import spreadsheet
from ctekit.model.days import long_day
from ctekit.model.errors import CtekitError
from ctekit.model.files import write_whole
from ctekit.model.text import count
from ctekit.rollup import _memory
from ctekit.rollup._pages import INDEX, Pages
from ctekit.rollup._rollup import Rollup
from ctekit.rollup._summary import Summary
from ctekit.rollup._tables import sheets

SPREADSHEET = "rollup.xlsx"
"""Name of the spreadsheet in a folder of a roll-up."""


def write(
    summaries: Sequence[Summary],
    output: Path,
    *,
    title: str = "",
    day: datetime.date | None = None,
    not_in_it: int = 0,
    replace: bool = False,
) -> list[Path]:
    """Write a roll-up into a folder; it keeps to what earlier ones in the folder told.

    Parameters
    ----------
    summaries : sequence of Summary
        One a partnership.
    output : Path
        Made if it is not there.
    title : str
        Whose view it is; "" for the state that the partnerships name.
    day : datetime.date or None
        Of the roll-up.
    not_in_it : int
        Files that are not in it.
    replace : bool
        Write over a spreadsheet that is there.

    Returns
    -------
    list of Path
        What was written, the first page first.

    Raises
    ------
    CtekitError
        There is no partnership, or the folder holds what would be lost or cannot be read.
    """
    if not summaries:
        raise CtekitError(
            "No source is a partnership that can be read, so nothing was written. Name partnerships' folders, their "
            ".ctekit or .counts.json files, or a folder that holds them."
        )
    exported = [path.name for path in sorted(output.glob("*.html")) if atomic_write.mark_of(path)]
    if exported and not (output / _memory.FILE).exists():
        raise CtekitError(
            f"{output} holds pages such as {exported[0]}, and no {_memory.FILE}, so another export made them. They "
            "would be lost, so nothing was written. Choose another folder, or put that file back."
        )
    rollup = Rollup(summaries, _memory.load(output))
    pages = Pages(rollup, title, day, not_in_it)
    content = _spreadsheet(rollup, pages, day)
    place = output / SPREADSHEET
    if place.exists() and not replace and not (place.is_file() and place.read_bytes() == content):
        raise CtekitError(
            f"{place} is there, and somebody may have written in it. Nothing was written. Move it, or add --replace."
        )
    pages_by_place = {output / f"{name}.html": pages.page(name) for name in pages.names}
    atomic_write.keep_what_is_not_ours(pages_by_place)
    # First: a roll-up that was told must never be forgotten.
    _memory.save(output, rollup.pooled)
    atomic_write.remove_marked(output, ("page",))
    written = [atomic_write.write(path, html) for path, html in pages_by_place.items()]
    write_whole(place, content)
    return [*written, place]


def is_untouched(summaries: Sequence[Summary], output: Path, day: datetime.date, not_in_it: int = 0) -> bool:
    """Whether the spreadsheet in a folder is what `write` makes of these partnerships on a day, and nothing else.

    Parameters
    ----------
    summaries : sequence of Summary
        One a partnership.
    output : Path
        The folder of the roll-up.
    day : datetime.date
        Of the roll-up.
    not_in_it : int
        Files that are not in it.

    Returns
    -------
    bool
        False also where there is no spreadsheet.
    """
    place = output / SPREADSHEET
    if not summaries or not place.is_file():
        return False
    rollup = Rollup(summaries, _memory.load(output))
    return place.read_bytes() == _spreadsheet(rollup, Pages(rollup, "", day, not_in_it), day)


def _spreadsheet(rollup: Rollup, pages: Pages, day: datetime.date | None) -> bytes:
    about = (
        pages.names[INDEX],
        f"{count(rollup.statewide.partnerships, 'partnership')}, added up{f' on {long_day(day)}' if day else ''}.",
        "It ranks nobody: regions differ in whom they serve.",
        pages.left_out,
    )
    return spreadsheet(sheets(rollup, about))
