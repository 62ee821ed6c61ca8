"""Reading and writing what one partnership is kept in: one transaction a look, one thread that writes."""

from __future__ import annotations

import datetime
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ctekit.store.connect import absolute, refuse_fork
from ctekit.store.database import Database
from ctekit.store.edits import StoreError
from ctekit.store.queries import time_of
from ctekit.store.writer import T, Work, Writer

Clock = Callable[[], datetime.datetime]


class Access:
    """A partnership, open. No reading keeps anybody from saving; one thread writes.

    Attributes
    ----------
    path : Path
        Of the file, or of the pointer in its place.
    partnership : str
        The id of the partnership, made with the store; it never changes.
    """

    def __init__(self, database: Database, clock: Clock | None = None) -> None:
        self.path: Path = database.path
        self.partnership: str = database.partnership
        self._database = database
        self._reader = database.engine(writing=False)
        tell = clock or now
        self._writer = Writer(database, lambda: time_of(tell()))
        # Also when Python ends: a thread that is merely dropped would take waiting answers with it.
        self._finish = weakref.finalize(self, _finish, self._writer, database)

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Keep a whole, checked copy of everything saved so far; people may go on typing meanwhile.

        Parameters
        ----------
        path : path
            Of the copy; there must be no file yet.

        Raises
        ------
        StoreError
            There is a file already, or the copy could not be made.
        """
        with self._reading():  # which sees that the file is still ours
            self._database.copy(absolute(path))

    def write(self, work: Work[T]) -> T:
        """Write in one transaction, alone, and wait until it is on the disk.

        Parameters
        ----------
        work : callable
            Takes the connection, the partnership's id, the time, and the number of the newest revision.

        Returns
        -------
        object
            What `work` gives.

        Raises
        ------
        StoreError
            It could not be saved; nothing of it was.
        """
        return self._writer.submit(work).result()

    def close(self) -> None:
        """Write what is waiting, then stop writing. Closing twice does no harm."""
        self._finish()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        refuse_fork()
        try:
            with ExitStack() as stack:
                yield self._database.patiently(lambda: stack.enter_context(self._reader.begin()))
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreError(self._database.sentence(error)) from error


def _finish(writer: Writer, database: Database) -> None:
    writer.finish()
    database.close()


def now() -> datetime.datetime:
    """The time of this computer's clock."""
    return datetime.datetime.now(datetime.UTC)
