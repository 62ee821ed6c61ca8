"""Revisions as the file holds them, of answers and of ballots alike: what two copies of a file are joined from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, or_, select, tuple_

from ctekit.store import file, schema
from ctekit.store.connect import connect, translated_errors
from ctekit.store.database import check_number
from ctekit.store.edits import Revision, StoreError
from ctekit.store.ours import check_schema, partnership_of
from ctekit.store.schema import r
from ctekit.store.text import LARGEST_ROW, from_text, is_row, time, to_text

MERGES = "merges"
"""The worksheet of the revisions that tell of a merge; each copy has its own."""

APART = "told-apart"
"""The worksheet of the revisions that say of rows that look like the same that they are two."""

_LARGEST = 500_000_000
"""Bytes of a copy that is read: five times the largest partnership that was ever measured."""

_LONGEST = 1000
"""Characters of what names a revision, its place and who wrote it."""

_LONGEST_ANSWER = 10_000_000

Place = tuple[str, str, str, str]
"""Worksheet, row, field and respondent."""


class Line(NamedTuple):
    """One revision. Answers are kept as text: most are never looked into."""

    seq: int
    uid: str
    worksheet: str
    row: str
    field: str
    respondent: str
    old: str | None
    value: str | None
    who: str
    at: str
    based_on: int | None
    conflicts_with: int | None
    parents: tuple[str, ...] = ()
    said_at: str = ""

    def __repr__(self) -> str:
        # Without its answers, which may be for the facilitator only.
        return f"Line({self.seq}, {self.uid!r}, {'.'.join(filter(None, self.place))!r}, {self.who!r}, {self.at!r})"

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return self.worksheet, self.row, self.field, self.respondent

    @property
    def said(self) -> tuple[str, str]:
        """When it was said, wherever that was; no two revisions have the same."""
        return self.said_at or self.at, self.uid

    @property
    def revision(self) -> Revision:
        """The same with its answers read."""
        return Revision(
            self.seq, self.uid, self.worksheet, self.row, self.field, from_text(self.old), from_text(self.value),
            self.who, time(self.at), self.based_on, self.conflicts_with, self.parents, self.said_at,
        )  # fmt: skip

    def columns(self, partnership: str) -> dict[str, Any]:
        """What goes into the file."""
        columns = {"parents": to_text(self.parents or None), "said_at": self.said_at or None}
        return {**self._asdict(), **columns, "partnership": partnership}


def by_place(lines: Iterable[Line]) -> Mapping[Place, list[Line]]:
    """The same by the place they belong to, in order."""
    places: dict[Place, list[Line]] = {}
    for line in lines:
        places.setdefault(line.place, []).append(line)
    return places


_OURS = select(*(r[name] for name in Line._fields)).order_by(r.seq)


def lines_of(connection: Connection, partnership: str, first: int | None = None) -> list[Line]:
    """All revisions of a partnership in its own file, in order; with `first`, only those from that number on."""
    query = _OURS.where(r.partnership == partnership)
    query = query if first is None else query.where(r.seq >= first)
    return [_read(tuple(row)) for row in connection.execute(query)]


_PLACE = (r.worksheet, r.row, r.field)


def lines_that_met_others(connection: Connection, partnership: str) -> list[Line]:
    """The revisions of answers of which one was said elsewhere, and those of all rows, in order."""
    mine = (r.partnership == partnership, r.respondent == "")
    elsewhere = select(*_PLACE).where(*mine, r.said_at.is_not(None)).distinct()
    query = _OURS.where(*mine, or_(r.field == "row", tuple_(*_PLACE).in_(elsewhere)))
    return [_read(tuple(row)) for row in connection.execute(query)]


def holds(
    connection: Connection, partnership: str, read: Sequence[Line], rows: Container[Place | tuple[str, str]]
) -> bool:
    """Whether our file still is as it was read, but for answers elsewhere than in some rows.

    Parameters
    ----------
    connection : sqlalchemy.Connection
    partnership : str
    read : sequence of Line
        All its revisions, as `lines_of` gave them.
    rows : container
        As `row_of` gives them.

    Returns
    -------
    bool
    """
    last = read[-1]
    since = lines_of(connection, partnership, last.seq)
    before = select(func.count()).where(r.partnership == partnership, r.seq <= last.seq)
    if since[:1] != [last] or connection.scalar(before) != len(read):  # a backup was put back, or ballots came
        return False
    return not any(row_of(line) in rows for line in since[1:])


def row_of(line: Line) -> Place | tuple[str, str]:
    """The row that a revision is about; where it is about none, its place."""
    return line.place[:2] if line.row else line.place


def append(connection: Connection, partnership: str, lines: Sequence[Line]) -> None:
    """Write revisions that have their numbers, which follow upon the newest; those of ballots are below 0."""
    check_number(min((line.seq for line in lines if line.seq > 0), default=1) - 1)
    if lines:
        connection.execute(insert(schema.revision), [line.columns(partnership) for line in lines])


def read_copy(path: Path, partnership: str) -> list[Line]:
    """All revisions of another copy of a partnership's file. It is looked over before it is read, and not changed.

    Parameters
    ----------
    path : pathlib.Path
    partnership : str
        The id of ours.

    Returns
    -------
    list of Line
        In order.

    Raises
    ------
    StoreError
        It is not there, not ours, damaged, too large, another partnership's, or holds what ctekit never wrote.
    """
    if path.is_file() and path.stat().st_size > _LARGEST:
        raise StoreError(f"“{path}” has more than {_LARGEST:,} bytes, so it was not read. Nothing was changed.")
    version = file.inspect(path)
    names = [name if version > 1 or name not in ("parents", "said_at") else "NULL" for name in Line._fields]
    with translated_errors(path), closing(connect(path, writing=False)) as connection:
        connection.execute("BEGIN")
        check_schema(connection, path, version)
        if partnership_of(connection, path) != partnership:
            raise StoreError(f"“{path}” is another partnership's, so it was not merged. Nothing was changed.")
        lines = [_known(row, path) for row in _rows(connection, names, partnership)]
    return [line for line in lines if line.worksheet != MERGES]


def _rows(connection: sqlite3.Connection, names: list[str], partnership: str) -> Iterable[tuple[Any, ...]]:
    query = f"SELECT {', '.join(names)} FROM revision WHERE partnership = ? ORDER BY seq"
    return connection.execute(query, (partnership,))


def _known(row: tuple[Any, ...], path: Path) -> Line:
    """A revision of a stranger's file, if it is of the kind that ctekit writes."""
    seq, uid, worksheet, of_row, field, respondent, old, value, who, at, based_on, conflicts_with, parents, said_at = (
        row
    )
    if not (
        isinstance(seq, int)
        and isinstance(based_on, int | None)
        and isinstance(conflicts_with, int | None)
        and all(map(_is_short, (uid, worksheet, of_row, field, respondent, who, at)))
        and uid
        and (of_row == "" or (is_row(of_row) and int(of_row.rpartition("-")[2]) <= LARGEST_ROW))
        and all(_is_text(text) for text in (old, value, parents, said_at) if text is not None)
    ):
        raise StoreError(
            f"“{path}” holds an answer that ctekit did not write, so nothing of it was taken and nothing was changed. "
            "Ask whoever sent it for another copy."
        )
    return _read(row)


def _is_short(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST


def _is_text(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _LONGEST_ANSWER


def _read(row: tuple[Any, ...]) -> Line:
    return Line._make((*row[:-2], _uids(row[-2]), time(row[-1]) if row[-1] else ""))


def _uids(text: object) -> tuple[str, ...]:
    try:
        uids = json.loads(text) if isinstance(text, str) else ()
    except (ValueError, RecursionError):
        return ()
    return tuple(map(str, uids)) if isinstance(uids, list) else ()
