"""The one table of the store, and how an older one becomes a newer one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Select, Table, Text, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

NAME = "partnership.ctekit"
"""How the store's file is called in a partnership's folder."""

SCHEMA = 1
"""The version of the schema, kept in the file as SQLite's ``user_version``."""

APPLICATION = 0x4354456B
"""SQLite's ``application_id`` of our files: the letters CTEk."""

STEPS: dict[int, tuple[str, ...]] = {}
"""From each version to the next: the statements to run. They add; a revision that was written is never touched."""

revision = Table(
    "revision",
    MetaData(),
    Column("seq", Integer, primary_key=True),
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
    Column("based_on", Integer),
    Column("conflicts_with", Integer),
    sqlite_autoincrement=True,
)
r = revision.c
stands = r.conflicts_with.is_(None)

# The newest revision of each answer is read from this index alone.
_current_index = Index(
    "revision_current",
    r.partnership,
    r.worksheet,
    r.row,
    r.field,
    r.respondent,
    r.seq.desc(),
    sqlite_where=stands,
)
_newest_index = Index("revision_newest", r.partnership, r.seq)

_TRIGGERS = (
    "CREATE TRIGGER revision_never_changes BEFORE UPDATE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'a revision never changes'); END",
    "CREATE TRIGGER revision_never_goes BEFORE DELETE ON revision "
    "BEGIN SELECT RAISE(ABORT, 'a revision is never deleted'); END",
    # INSERT OR REPLACE deletes without telling the trigger above.
    "CREATE TRIGGER revision_never_replaced BEFORE INSERT ON revision "
    "WHEN EXISTS (SELECT 1 FROM revision WHERE seq = NEW.seq OR uid = NEW.uid) "
    "BEGIN SELECT RAISE(ABORT, 'a revision is never replaced'); END",
)


def statements() -> list[str]:
    """What makes an empty SQLite file a store."""
    dialect = sqlite.dialect()
    made: tuple[Any, ...] = (CreateTable(revision), CreateIndex(_current_index), CreateIndex(_newest_index))
    return [
        *(str(one.compile(dialect=dialect)) for one in made),
        *_TRIGGERS,
        f"PRAGMA application_id = {APPLICATION}",
        f"PRAGMA user_version = {SCHEMA}",
    ]


def current(partnership: str, *narrow: Any) -> Select[Any]:
    """The newest standing revision of every answer: one query, the same on every database."""
    newest = (
        select(func.max(r.seq).label("seq"))
        .where(r.partnership == partnership, r.respondent == "", stands, *narrow)
        .group_by(r.worksheet, r.row, r.field)
        .subquery()
    )
    return select(r.seq, r.worksheet, r.row, r.field, r.value).join(newest, newest.c.seq == r.seq)
