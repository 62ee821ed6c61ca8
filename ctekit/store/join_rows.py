"""Making one row of two that are the same: what named the one names the other from then on. Undone in one step."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from ctekit import worksheets
from ctekit.model.questions import Json
from ctekit.store import steps
from ctekit.store.batch import Batch, check
from ctekit.store.edits import Edit, StoreError
from ctekit.store.lines import Line, Place, by_place, lines_of
from ctekit.store.row_ids import Renaming
from ctekit.store.store import Store
from ctekit.store.text import from_text, to_text


def join_rows(store: Store, worksheet: str, kept: str, other: str) -> int:
    """Make one row of two.

    Parameters
    ----------
    store : Store
    worksheet : str
        The slug of the worksheet that both are in.
    kept : str
        The id of the row that stays; what is blank in it is taken from the other one.
    other : str
        The id of the row that goes; it stays in the history, with all that was said in it.

    Returns
    -------
    int
        How many answers changed.

    Raises
    ------
    StoreError
        There is no such row, or they are not of one table; or it could not be written.
    """
    token = f"join-{uuid.uuid4().hex}"

    # Read and written in one transaction: no answer that somebody gives meanwhile is written over.
    def work(connection: Connection, partnership: str, at: str, newest: int) -> int:
        lines = [line for line in lines_of(connection, partnership) if not line.respondent]
        written = sum(line.uid.startswith(f"{token}.") for line in lines)  # before the connection was lost
        if written:
            return written
        edits = _joining(_standing(lines), worksheet, kept, other)
        numbered = [replace(edit, uid=f"{token}.{number}") for number, edit in enumerate(edits)]
        return len(Batch(connection, partnership, at, newest).write(numbered))

    return store.write(work)


def check_two(rows: Collection[str], worksheet: str, first: str, second: str) -> None:
    """See that two rows are there, and are of one table.

    Parameters
    ----------
    rows : collection of str
        The ids of the rows that stand in the worksheet.
    worksheet : str
        Its slug.
    first, second : str
        The ids of the two.

    Raises
    ------
    StoreError
        There is no such row, or they are not of one table.
    """
    for row in (first, second):
        if row not in rows:
            raise StoreError(f"There is no row “{row}” in “{worksheet}”. Nothing was changed. See `ctekit merge`.")
    if first == second or first.rpartition("-")[0] != second.rpartition("-")[0]:
        raise StoreError(f"“{first}” and “{second}” are no two rows of one table, so nothing was changed.")


def _joining(standing: Mapping[Place, Line], worksheet: str, kept: str, other: str) -> list[Edit]:
    """What makes one row of two.

    Raises
    ------
    StoreError
        There is no such row, or they are not of one table.
    """
    present = {place for place, line in standing.items() if line.value is not None}
    rows = {row for slug, row, field, _ in present if (slug, field) == (worksheet, "row")}
    check_two(rows, worksheet, kept, other)
    edits = [*_edits(standing, worksheet, kept, other), Edit(worksheet, "row", None, other)]
    for edit in edits:
        check(edit)
    return edits


def undo(store: Store) -> int:
    """Make two rows again of those that were joined last.

    Parameters
    ----------
    store : Store

    Returns
    -------
    int
        How many answers changed; 0 where no rows were joined, or it was taken back before. What somebody has changed
        since stays.
    """
    history = store.history()
    token, step = steps.last(history, "join")
    now = {(each.worksheet, each.row, each.field): each.seq for each in history if each.conflicts_with is None}
    edits = [
        Edit(each.worksheet, each.field, each.old, each.row, based_on=each.seq, uid=f"{token}.undo.{number}")
        for number, each in enumerate(step)
        if now.get((each.worksheet, each.row, each.field)) == each.seq
    ]
    return sum(result.conflict is None for result in store.save(edits)) if edits else 0


def _standing(lines: list[Line]) -> Mapping[Place, Line]:
    places = by_place(line for line in lines if line.conflicts_with is None)
    return {place: history[-1] for place, history in places.items()}


def _edits(standing: Mapping[Place, Line], worksheet: str, kept: str, other: str) -> Iterator[Edit]:
    rename = Renaming({(worksheet, other): kept})
    for line in standing.values():
        new = rename(line)
        if line.field == "row" or line.value is None or new == line:
            continue
        there = standing.get(new.place) if new.place != line.place else None
        value = _once(from_text(new.value))
        if new.row != line.row:  # an answer of the row that goes, where the other one has none
            if not _answered(standing, new):
                yield Edit(new.worksheet, new.field, value, new.row)
        elif new.field != line.field:  # letters in its column
            yield Edit(line.worksheet, line.field, None, line.row)
            yield Edit(new.worksheet, new.field, _letters(new, value, there), new.row)
        elif to_text(value) != line.value:
            yield Edit(new.worksheet, new.field, value, new.row)


def _answered(standing: Mapping[Place, Line], new: Line) -> bool:
    """Whether the row that stays says something there, if only that there is no answer yet."""
    name = new.field.removeprefix("marks/")
    places = (standing.get((new.worksheet, new.row, field, "")) for field in (name, f"marks/{name}"))
    return any(line is not None and line.value is not None for line in places)


def _letters(new: Line, value: Json, there: Line | None) -> str:
    """The letters of both columns, in their order."""
    question = worksheets.called(new.worksheet).question(new.field.partition("/")[0])
    both = f"{value or ''}{(from_text(there.value) if there else None) or ''}"
    return "".join(letter for letter in question.options if letter in both)


def _once(value: Json) -> Json:
    """A list of references without the one that is in it twice by now."""
    return list({to_text(part): part for part in value}.values()) if isinstance(value, list) else value
