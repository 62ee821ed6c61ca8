"""What a store is kept in: a file, or PostgreSQL on a hub. All that differs between the two is behind this."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, bindparam, func, select, text

from ctekit.store.edits import StoreError
from ctekit.store.schema import DOOR, r

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
_NEWEST = select(func.max(r.seq))
_NEWEST_OF_ONE = _NEWEST.where(r.partnership == bindparam("partnership"))


def newest_seq(connection: Connection, partnership: str) -> int:
    """The number after which the next revision comes; 0 before the first."""
    # A file numbers all its lines alike, also a stray one of another partnership; a hub, each partnership by itself.
    asked = _NEWEST if _is_file(connection) else _NEWEST_OF_ONE
    newest: int = connection.scalar(asked, {"partnership": partnership}) or 0
    if newest >= MOST_REVISIONS:
        raise StoreError(
            f"Nothing can be saved here: one line has the number {newest}, which ctekit did not give it. "
            "All answers can still be read. Keep this file, and go on with a copy of your newest backup."
        )
    return newest


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
