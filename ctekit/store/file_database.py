"""A store in a file: each transaction begins as it has to, and sees that the file is still ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from ctekit.store import file
from ctekit.store.connect import connect, sentence, translated_errors
from ctekit.store.ours import partnership_of, verify

T = TypeVar("T")


class FileDatabase:
    """The file of a partnership, a `Database`. Each transaction opens it and closes it again.

    Attributes
    ----------
    path : Path
        Of the file.
    partnership : str
        The id of the partnership, made with the file; it never changes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with translated_errors(path), closing(connect(path, writing=False)) as connection:
            self.partnership = partnership_of(connection, path)

    def engine(self, *, writing: bool) -> Engine:
        """An engine that reads or writes the file."""
        path, partnership = self.path, self.partnership
        # No pool: a file that was put back from a copy is read from then on.
        engine = create_engine("sqlite://", creator=lambda: connect(path, writing=writing), poolclass=NullPool)
        begin = "BEGIN IMMEDIATE" if writing else "BEGIN"  # a reader that began IMMEDIATE would wait for every writer

        @event.listens_for(engine, "begin")
        def _(connection: Connection) -> None:
            connection.exec_driver_sql(begin)
            with translated_errors(path):
                verify(cast(sqlite3.Connection, connection.connection.driver_connection), path, partnership)

        return engine

    def sentence(self, error: Exception) -> str:
        """What an error of SQLite means to people."""
        return sentence(error, self.path)

    def is_busy(self, error: BaseException) -> bool:
        """Whether another program held the file for too long; SQLite has waited already."""
        name = str(getattr(getattr(error, "orig", error), "sqlite_errorname", ""))
        return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))

    def patiently(self, work: Callable[[], T]) -> T:
        """Do the work, once: a file does not go away and come back."""
        return work()

    def copy(self, target: Path) -> None:
        """Copy the file while it is in use."""
        file.copy(self.path, target)

    def close(self) -> None:
        """Nothing is open."""
