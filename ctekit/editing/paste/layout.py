"""How a pasted table lies: which line holds the headings, where each column goes, which lines are no rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ctekit.editing.paste import headings
from ctekit.editing.paste.headings import Lines, filled
from ctekit.editing.paste.place import ROW_NAMES, Place
from ctekit.model.text import shortened

_TOTAL = re.compile(r"(grand |sub-?)?totals?( of)?\b.{0,20}|sum|average|mean", re.IGNORECASE | re.DOTALL)
_NOTE = re.compile(r"(notes?|source|legend|key|prepared by|(last )?updated|page \d+|\*+)\b|\*", re.IGNORECASE)
_FOOTER = re.compile(
    r"page \d+( ?of ?|/)\d+|(printed|exported|generated|(last )?updated)\b.*\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b.*"
    r"|(notes?|sources?|prepared by|legend): .*|(grand )?total",
    re.IGNORECASE | re.DOTALL,
)
"""What stands alone in a line below a table, however narrow that is."""


@dataclass(frozen=True)
class PasteOptions:
    """What a person said about a paste after looking at it; what is not said is found.

    Attributes
    ----------
    heading : int or None
        The line of the headings, from 0; -1 for "no line is a heading"; None to find it.
    columns : sequence of str or None
        Where each pasted column goes: a question, "names of the rows" (`place.ROW_NAMES`), or "" to leave it out.
        None to find it.
    every_line : bool
        Whether lines go in, too, that look like titles of sections, notes or totals.
    turned : bool or None
        Whether rows and columns are swapped; None to find it.
    """

    heading: int | None = None
    columns: Sequence[str | None] | None = None
    every_line: bool = False
    turned: bool | None = None

    def chosen(self, place: Place, width: int) -> tuple[str | None, ...]:
        """Where the person said that the columns go; None where that is not there any more."""
        names = {"", ROW_NAMES, *place.columns}
        columns = [name if name in names else None for name in self.columns or ()][:width]
        return (*columns, *[None] * (width - len(columns)))


@dataclass(frozen=True)
class Layout:
    """How pasted lines lie.

    Attributes
    ----------
    heading : int or None
        The line of the headings; None where no line is one.
    columns : tuple of (str or None)
        Where each pasted column goes; "" where it is left out, None where its heading is not known here.
    lines : tuple of int
        The lines that hold answers.
    left_out : dict
        Kind of line -> the lines of that kind that are not pasted.
    unsure : bool
        Whether the headings are strange to us: the person has to say where the columns go.
    turned : bool
        Whether rows and columns were swapped.
    """

    heading: int | None
    columns: tuple[str | None, ...]
    lines: tuple[int, ...] = ()
    left_out: dict[str, list[int]] = field(default_factory=dict)
    unsure: bool = False
    turned: bool = False


def of_table(
    place: Place, lines: Lines, first: int, wishes: PasteOptions, marked: frozenset[int], merged: frozenset[int]
) -> Layout:
    """How a pasted table lies that goes into a table.

    Parameters
    ----------
    place : Place
    lines : lines of cells, equally long
    first : int
        The column that the first pasted one goes to, if there are no headings.
    wishes : Wishes
    marked, merged : frozenset of int
        The lines whose cells are all bold or marked as headings; those that are one cell across.
    """
    width = len(lines[0]) if lines else 0
    data = [[] if at in merged else line for at, line in enumerate(lines)]
    heading, unsure = _heading(place, data, wishes, marked)
    if heading is None:
        columns = _by_position(place, data, first, width)
    else:
        columns = _by_heading(place, lines, heading)
        unsure = unsure or _has_strange_headings(place, lines[heading], columns)
    if wishes.columns is not None:
        columns, unsure = wishes.chosen(place, width), False
    left_out: dict[str, list[int]] = {}
    for at, kind in _no_rows(place, lines, heading, columns, merged):
        left_out.setdefault(kind, []).append(at)
    if wishes.every_line:
        left_out.pop("alone", None)
    away = {at for some in left_out.values() for at in some}
    body = tuple(at for at, line in enumerate(lines) if any(line) and at != heading and at not in away)
    return Layout(heading, columns, body, left_out, unsure)


def _heading(place: Place, lines: Lines, wishes: PasteOptions, marked: frozenset[int]) -> tuple[int | None, bool]:
    """The line of the headings, and whether they are strange."""
    if wishes.heading is not None:
        return (wishes.heading if 0 <= wishes.heading < len(lines) else None), False
    known = headings.known_heading_line(place, lines, marked)
    if known is not None:
        return known, False
    unknown = headings.unknown_heading_line(place, lines, marked)
    return unknown, unknown is not None


def _by_position(place: Place, lines: Lines, first: int, width: int) -> tuple[str | None, ...]:
    """Columns to the right from the one in focus on; a column that only numbers the lines is left out."""
    answers = [line for line in lines if line]
    target = place.columns[first] if first < len(place.columns) else ""
    numbers = bool(target) and place.question(target).kind.is_number
    spare = int(width > 1 and not numbers and headings.is_numbering(answers, 0))
    across = (*[""] * spare, *place.columns[first:])
    return (*across[:width], *[None] * (width - len(across)))


def _by_heading(place: Place, lines: Lines, heading: int) -> tuple[str | None, ...]:
    """Columns by their headings, also where these stand in two lines; each question once."""
    columns: list[str | None] = []
    second = lines[heading + 1] if _is_second_heading(place, lines, heading) else [""] * len(lines[heading])
    for column, words in enumerate(lines[heading]):
        called = place.columns_called(words) or place.columns_called(second[column])
        fields = [name for name in called if name in place.columns and name not in columns]
        numbers = headings.heads_numbers(words) or headings.is_numbering(lines[heading + 1 :], column)
        columns.append(fields[0] if fields else "" if numbers and not called else None)
    return tuple(columns)


def _has_strange_headings(place: Place, heading: Sequence[str], columns: Sequence[str | None]) -> bool:
    """Whether most headings are strange to us, or that of the names may be among those that are."""
    strange = sum(
        name is None and bool(words) and not place.columns_called(words)
        for name, words in zip(columns, heading, strict=True)
    )
    matches = sum(bool(name) for name in columns)
    return strange > matches or bool(strange and place.named_by in place.columns and place.named_by not in columns)


def _is_second_heading(place: Place, lines: Lines, heading: int) -> bool:
    """Whether the next line goes on with the headings: a merged one is repeated in it, or it holds known ones."""
    if heading + 2 >= len(lines):
        return False
    first, second = lines[heading], lines[heading + 1]
    matches = sum(bool(place.columns_called(words)) for words in second if words)
    repeated = any(words and words == above for words, above in zip(second, first, strict=True))
    return (repeated and "" in first) or (matches > 1 and 2 * matches > len(filled(second)))


def _no_rows(
    place: Place, lines: Lines, heading: int | None, columns: Sequence[str | None], merged: frozenset[int]
) -> Iterator[tuple[int, str]]:
    """The lines that are no rows of the table, each with what it is."""
    if heading is None:
        yield from ((at, "merged") for at in sorted(merged))
        return
    yield from ((at, "above") for at in range(heading) if any(lines[at]))
    at = heading + 1
    if at < len(lines) and headings.is_units(lines[at]):
        yield at, "units"
        at += 1
    elif _is_second_heading(place, lines, heading):
        yield at, "headings"
        at += 1
    end = _end(place, lines, heading, at)
    if end < len(lines):
        yield from ((below, "below") for below in range(end, len(lines)) if any(lines[below]))
    wide = sum(bool(words) for words in lines[heading]) > 2
    alone = [below for below in range(at, end) if wide and len(filled(lines[below])) == 1]
    rows = sum(any(line) for line in lines[at:end])
    few = 3 * len(alone) < rows or _are_sections([filled(line) for line in lines[at:end] if any(line)])
    for below in range(at, end):
        line = lines[below]
        if below in merged:
            yield below, "merged"
        elif headings.is_again(line, lines[heading]):
            yield below, "headings"
        elif (below in alone and (few or _is_note(line))) or _is_total(line):
            yield below, "alone"


def _are_sections(rows: Sequence[list[int]]) -> bool:
    """Whether lines of one cell divide a table: full lines stand below each, and there are no others."""
    alone = [len(columns) == 1 for columns in rows]
    if not any(alone) or alone[-1] or any(a and b for a, b in pairwise(alone)):
        return False
    return all(len(columns) > 2 for columns, is_alone in zip(rows, alone, strict=True) if not is_alone)


def _is_note(line: Sequence[str]) -> bool:
    words = line[filled(line)[0]]
    return bool(_NOTE.match(words)) or words.endswith(":") or len(words) > 120


def _is_total(line: Sequence[str]) -> bool:
    if len(filled(line)) == 1:
        return bool(_FOOTER.fullmatch(line[filled(line)[0]].rstrip(":")))
    return len(filled(line)) > 1 and bool(_TOTAL.fullmatch(line[filled(line)[0]].rstrip(":")))


def _end(place: Place, lines: Lines, heading: int, begin: int) -> int:
    """Where the table ends: at another line of headings, or at the notes below a blank line."""
    wide = len(filled(lines[heading]))
    for at in range(begin + 1, len(lines)):
        if lines[at] == lines[heading] or not any(lines[at]):
            continue
        columns = filled(lines[at])
        titles = [words for words in (lines[at][column] for column in columns) if place.columns_called(words)]
        if len(titles) > 1 and 2 * len(titles) > len(columns):
            return at
        if not any(lines[at - 1]):
            narrow = all(len(filled(line)) < 3 for line in lines[at:])
            if (wide > 3 and narrow) or (len(columns) > 1 and headings.stands_out(place, lines, at)):
                return at
    return len(lines)


def notes(layout: Layout, lines: Lines) -> Iterator[str]:
    """Sentences for people about what is not pasted."""
    kinds = {
        "above": "above the headings",
        "units": "with units",
        "headings": "with headings again",
        "merged": "of one merged cell",
        "below": "below the table",
        "alone": "that looks like a section, a note or a total",
        "without letters": "without a name or without letters",
    }
    for kind, some in layout.left_out.items():
        words = "; ".join(f"“{shortened(' '.join(filter(None, lines[at])))}”" for at in some[:3])
        more = f" and {len(some) - 3} more" if len(some) > 3 else ""
        count = "1 line" if len(some) == 1 else f"{len(some)} lines"
        which = kinds[kind] if len(some) == 1 else kinds[kind].replace("looks", "look")
        yield f"Left out: {count} {which} ({words}{more})."
