"""What a store is kept in: a file, or PostgreSQL on a hub. All that differs between the two is behind this."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, bindparam, func, select, text

from ctekit.store.edits import StoreError
from ctekit.store.schema import DOOR, r
from ctekit.store.text import time

T = TypeVar("T")

MOST_REVISIONS = 2**53 - 1
"""The largest number that a browser, too, can tell from the next one."""


class Database(Protocol):
    """What a store is kept in.

    Attributes
    ----------
    path : Path
        Of the file, or of the pointer in its place.
    partnership : str
        The id of the partnership that is kept.
    """

    path: Path
    partnership: str

    def engine(self, *, writing: bool) -> Engine:
        """Whose transactions read or write; one that writes is alone in it from its beginning."""

    def sentence(self, error: Exception) -> str:
        """What an error of the database means to people."""

    def is_busy(self, error: BaseException) -> bool:
        """Whether somebody else was writing for too long."""

    def patiently(self, work: Callable[[], T]) -> T:
        """Do some work; again, for a while, where the database went away amid it. Sending twice never writes twice."""

    def copy(self, target: Path) -> None:
        """Copy all of the partnership into a new file, checked and on the disk."""

    def close(self) -> None:
        """Give connections back. Closing twice does no harm."""


# Put together once: they are asked for each batch.
_OURS = r.partnership == bindparam("partnership")
_NEWEST = select(func.max(r.seq))
_NEWEST_TIME = select(r.at).where(_OURS).order_by(r.seq.desc()).limit(1).scalar_subquery()
# A file numbers all its lines alike, also a stray one of another partnership; a hub, each partnership by itself.
_IN_FILE, _ON_HUB = (select(seq.scalar_subquery(), _NEWEST_TIME) for seq in (_NEWEST, _NEWEST.where(_OURS)))


def newest(connection: Connection, partnership: str) -> tuple[int, str]:
    """The number after which the next revision comes, 0 before the first; and when the newest was saved.

    Nothing is ever saved before that time, though somebody sets the clock back: else a look back at that day would show
    what was said later.
    """
    asked = _IN_FILE if _is_file(connection) else _ON_HUB
    seq, at = connection.execute(asked, {"partnership": partnership}).one()
    return seq or 0, time(at)


def newest_seq(connection: Connection, partnership: str) -> int:
    """The number after which the next revision comes; 0 before the first."""
    seq = newest(connection, partnership)[0]
    check_number(seq)
    return seq


def check_number(seq: int) -> None:
    """See that a revision can come after this number. What writes none, such as the end of a room's day, need not ask.

    Raises
    ------
    StoreError
        None can.
    """
    if seq >= MOST_REVISIONS:
        raise StoreError(
            f"Nothing can be saved here: one line has the number {seq}, which ctekit did not give it. "
            "All answers can still be read. Keep this file, and go on with a copy of your newest backup."
        )


def close_doors(connection: Connection, keep: str) -> None:
    """Take all doors away but one; none can be read any more then.

    In a file the place for doors is made with the first one. On a hub it is there, shows the doors of this partnership
    alone, and what a row was is gone with the next cleaning up of the database.
    """
    if _is_file(connection):
        connection.exec_driver_sql("PRAGMA secure_delete = 1")
        connection.exec_driver_sql(DOOR)
        connection.execute(text("DELETE FROM door WHERE round <> :keep"), {"keep": keep})
    else:
        connection.execute(text("SELECT close_doors(:keep)"), {"keep": keep})


def _is_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
