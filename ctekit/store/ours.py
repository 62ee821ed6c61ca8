"""Whether a file is ours: it holds just what ctekit made, and is still the same partnership's."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import cache, lru_cache
from pathlib import Path

from ctekit.store import schema
from ctekit.store.connect import damaged
from ctekit.store.edits import StoreError

_KINDS = ("table", "index", "view", "trigger")

_STATISTICS = frozenset(
    ("table", name, name, f"CREATE TABLE {name}({columns})")
    for name, columns in (("sqlite_stat1", "tbl,idx,stat"), ("sqlite_stat4", "tbl,idx,neq,nlt,ndlt,sample"))
)
"""What SQLite counts for itself when somebody looks into a file with a tool for databases and lets it tidy up."""

Parts = frozenset[tuple[str, str, str, str]]
"""What a file holds: kind, name, table, and the statement that made it."""


def check_schema(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """See that a file of a version holds what ctekit made, all of it and nothing else.

    It comes before any query on a table: a view of that name, or a trigger, would run whatever a stranger wrote.

    Raises
    ------
    StoreError
        It is not so.
    """
    parts = _parts(connection) - _STATISTICS
    first, more = schema.statements(version), (schema.DOOR,)
    if parts in (_made_by(first), _made_by(first + more)):
        return
    strange = sorted(parts - _made_by(first + more))
    if not strange:
        raise StoreError(damaged(path))
    kind, name, *_ = strange[0]
    what = f"{kind if kind in _KINDS else 'thing'} “{''.join(filter(str.isprintable, name))[:40]}”"
    raise StoreError(
        f"“{path}” holds something that ctekit did not put there ({what}), so it was not used; nothing in it was "
        "changed. If somebody sent it, ask them for another copy; if it is yours, go on with a copy of your backup."
    )


def partnership_of(connection: sqlite3.Connection, path: Path) -> str:
    """The id of the partnership whose file it is, made with the file.

    Raises
    ------
    StoreError
        There is none.
    """
    query = (
        "SELECT partnership FROM revision WHERE worksheet = 'profile' AND field = 'partnership_id' ORDER BY seq LIMIT 1"
    )
    row = connection.execute(query).fetchone()
    if row is None or not isinstance(row[0], str):
        raise StoreError(damaged(path))
    return row[0]


def verify(connection: sqlite3.Connection, path: Path, partnership: str) -> None:
    """See that the file at a path is still the one that was opened, at the beginning of each transaction.

    Raises
    ------
    StoreError
        Another file lies there by now.
    """
    check_schema(connection, path, schema.SCHEMA)
    if partnership_of(connection, path) != partnership:
        raise StoreError(
            f"“{path}” was replaced by the file of another partnership while it was open, so nothing was saved or "
            "read. Restart the kernel and run all cells to go on with that one, or put the first file back."
        )


def _parts(connection: sqlite3.Connection) -> Parts:
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    return frozenset((str(kind), str(name), str(table), _plain(str(sql or ""))) for kind, name, table, sql in rows)


@cache
def _made_by(statements: tuple[str, ...]) -> Parts:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in statements:
            connection.execute(statement)
        return _parts(connection)


@lru_cache(64)
def _plain(statement: str) -> str:
    """A statement without the quotes and blanks that one version of SQLAlchemy writes and another does not."""
    return re.sub(r"\s*([(),])\s*", r"\1", " ".join(statement.replace('"', "").split()))
