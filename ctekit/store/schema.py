"""The one table of the store, and how an older one becomes a newer one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, MetaData, Select, Table, Text, func, select

SCHEMA = 2
"""The version of the schema, kept in the file as SQLite's ``user_version``."""

APPLICATION = 0x4354456B
"""SQLite's ``application_id`` of our files: the letters CTEk."""

revision = Table(
    "revision",
    MetaData(),
    Column("seq", BigInteger, primary_key=True),
    Column("uid", Text, nullable=False, unique=True),
    Column("partnership", Text, nullable=False),
    Column("worksheet", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("respondent", Text, nullable=False, server_default=""),
    Column("old", Text),
    Column("value", Text),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("based_on", BigInteger),
    Column("conflicts_with", BigInteger),
    Column("parents", Text),
    Column("said_at", Text),
)
r = revision.c
stands = r.conflicts_with.is_(None)


FIRST = (
    "CREATE TABLE revision ("
    "seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL, partnership TEXT NOT NULL, "
    "worksheet TEXT NOT NULL, \"row\" TEXT NOT NULL, field TEXT NOT NULL, respondent TEXT DEFAULT '' NOT NULL, "
    "old TEXT, value TEXT, who TEXT NOT NULL, at TEXT NOT NULL, based_on INTEGER, conflicts_with INTEGER, "
    "UNIQUE (uid))",
    # The newest revision of each answer is read from this index alone.
    'CREATE INDEX revision_current ON revision (partnership, worksheet, "row", field, respondent, seq DESC) '
    "WHERE conflicts_with IS NULL",
    "CREATE INDEX revision_newest ON revision (partnership, seq)",
    "CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END",
    "CREATE TRIGGER revision_never_goes BEFORE DELETE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END",
    # INSERT OR REPLACE deletes without telling the trigger above.
    "CREATE TRIGGER revision_never_replaced BEFORE INSERT ON revision "
    "WHEN EXISTS (SELECT 1 FROM revision WHERE seq = NEW.seq OR uid = NEW.uid) "
    "BEGIN SELECT RAISE(ABORT, 'a revision is never replaced'); END",
)
"""What makes an empty SQLite file a store of version 1. It stays as it is, whatever SQLAlchemy would write: a file is
ours only if it holds just what these statements and the steps after them make."""

STEPS: dict[int, tuple[str, ...]] = {
    1: (
        "ALTER TABLE revision ADD COLUMN parents TEXT",
        "ALTER TABLE revision ADD COLUMN said_at TEXT",
        'CREATE INDEX revision_late ON revision (partnership, worksheet, "row", field, seq) '
        "WHERE conflicts_with IS NOT NULL",
    ),
}
"""From each version to the next: the statements to run. They add; a revision that was written is never touched."""

DOOR = (
    "CREATE TABLE IF NOT EXISTS door (round TEXT PRIMARY KEY, secret TEXT NOT NULL, code TEXT NOT NULL, "
    "key TEXT NOT NULL, port INTEGER NOT NULL)"
)
"""Lies beside the revisions once a room was opened; see `ctekit.store.room_access`."""


def statements(version: int) -> tuple[str, ...]:
    """What makes an empty SQLite file a store of a version.

    Raises
    ------
    LookupError
        There was no such version.
    """
    if version < 1 or version > SCHEMA:
        raise LookupError(version)
    return FIRST + tuple(statement for number in range(1, version) for statement in STEPS[number])


def current(partnership: Any, *narrow: Any) -> Select[Any]:
    """The newest standing revision of every answer: one query, the same on every database."""
    newest = (
        select(func.max(r.seq).label("seq"))
        .where(r.partnership == partnership, r.respondent == "", stands, *narrow)
        .group_by(r.worksheet, r.row, r.field)
        .subquery()
    )
    return select(r.seq, r.worksheet, r.row, r.field, r.value).join(
        newest, (r.partnership == partnership) & (newest.c.seq == r.seq)
    )
