"""Into which row each pasted line goes: by its name where lines have names, else down from the cell in focus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ctekit.editing.paste.cells import UnreadableValue, misfit
from ctekit.editing.paste.headings import Lines
from ctekit.editing.paste.layout import Layout
from ctekit.editing.paste.place import ROW_NAMES, Place
from ctekit.editing.paste.reader import did_you_mean
from ctekit.model.text import shortened

SUGGESTIONS = 40
"""Among so many misfits a near name is looked for; it takes a while for each."""


@dataclass
class Targets:
    """Where lines go.

    Attributes
    ----------
    rows : dict
        Line -> its row; "" for a new one.
    named : set of int
        The lines whose row was found by its name, which then stays as it is written.
    misfits : list of Misfit
        The lines that go nowhere.
    """

    rows: dict[int, str] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    misfits: list[UnreadableValue] = field(default_factory=list)


def targets(place: Place, layout: Layout, lines: Lines, row: str) -> Targets:
    """Find the row of every line that holds answers; lines without names go down from `row`."""
    columns = layout.columns
    if ROW_NAMES in columns:
        return _by_name_in_matrix(place, layout, lines, columns.index(ROW_NAMES))
    if layout.heading is not None and place.named_by and place.named_by in columns:
        return _by_name_in_table(place, layout, lines, columns.index(place.named_by), row)
    return _by_position(place, layout, lines, row)


def _by_position(place: Place, layout: Layout, lines: Lines, row: str) -> Targets:
    targets = Targets()
    first = place.rows.index(row) if row in place.rows else 0 if place.is_matrix else len(place.rows)
    begin = layout.lines[0] if layout.lines and layout.left_out else 0
    for number, at in enumerate(layout.lines):
        # Without headings a blank line passes a row by, as in a spreadsheet.
        index = first + (at - begin if layout.heading is None else number)
        if index < len(place.rows):
            targets.rows[at] = place.rows[index]
        elif place.prefix:
            targets.rows[at] = ""
        else:
            words = next(filter(None, lines[at]))
            targets.misfits.append(misfit(at, "", words, "There is no row here for this line."))
    return targets


def _by_name_in_matrix(place: Place, layout: Layout, lines: Lines, names: int) -> Targets:
    targets = Targets()
    taken: set[str] = set()
    row_names = list(place.row_names.values())
    for at in layout.lines:
        name = lines[at][names]
        called = place.rows_called(name)
        why = _why_not(name, called, taken)
        if not called:
            near = did_you_mean(name, row_names) if len(targets.misfits) < SUGGESTIONS else ""
            why = f"No row here is called “{shortened(name)}”.{near}"
        if why:
            targets.misfits.append(misfit(at, "", name, why))
            continue
        targets.rows[at] = called[0]
        taken.add(called[0])
    return targets


def _by_name_in_table(place: Place, layout: Layout, lines: Lines, names: int, row: str) -> Targets:
    """Rows that have these names; other lines go into blank rows from the one in focus on, then into new ones."""
    targets = Targets()
    taken: set[str] = set()
    blank = _blank_rows(place, row)
    for at in layout.lines:
        name = lines[at][names]
        called = place.rows_called(name)
        why = _why_not(name, called, taken)
        if why:
            targets.misfits.append(misfit(at, place.titles[place.named_by], name, why))
            continue
        targets.rows[at] = called[0] if called else next(blank, "")
        if called:
            targets.named.add(at)
            taken.add(called[0])
    return targets


def _blank_rows(place: Place, row: str) -> Iterator[str]:
    first = place.rows.index(row) if row in place.rows else len(place.rows)
    return iter([blank for blank in place.rows[first:] if not place.row_names[blank]])


def _why_not(name: str, called: list[str], taken: set[str]) -> str:
    """Why a line cannot go to the rows of its name; "" if it can, or if there are none."""
    if called and set(called) <= taken:
        return f"“{shortened(name)}” stands in more than one line. Only the first one is taken."
    return f"More than one row is called “{shortened(name)}”. Paste it by hand." if len(called) > 1 else ""
