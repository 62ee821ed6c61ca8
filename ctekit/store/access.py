"""Reading and writing the file of one partnership: one transaction a look, one thread that writes."""

from __future__ import annotations

import datetime
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ctekit.store import file
from ctekit.store.connect import absolute, connect, sentence, told
from ctekit.store.edits import StoreError
from ctekit.store.engine import engine
from ctekit.store.ours import partnership_of
from ctekit.store.queries import time_of
from ctekit.store.writer import Writer

Clock = Callable[[], datetime.datetime]


class FileAccess:
    """The file of a partnership, open.

    Each reading opens the file and closes it again: it never keeps anybody from saving, and always reads what lies at
    the path now. One thread writes.

    Attributes
    ----------
    path : Path
        Of the file.
    partnership : str
        The id of the partnership, made with the file; it never changes.
    """

    def __init__(self, path: Path, clock: Clock | None = None) -> None:
        self.path = path
        with told(path), closing(connect(path, writing=False)) as connection:
            self.partnership = partnership_of(connection, path)
        self._reader = engine(path, self.partnership, writing=False)
        tell = clock or now
        writer = Writer(engine(path, self.partnership, writing=True), path, self.partnership, lambda: time_of(tell()))
        self._writer = writer
        # Also when Python ends: a thread that is merely dropped would take waiting answers with it.
        self._finish = weakref.finalize(self, writer.finish)

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
            file.copy(self.path, absolute(path))

    def close(self) -> None:
        """Write what is waiting, then stop writing. Closing twice does no harm."""
        self._finish()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._reader.begin() as connection:
                yield connection
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreError(sentence(error, self.path)) from error


def now() -> datetime.datetime:
    """The time of this computer's clock."""
    return datetime.datetime.now(datetime.UTC)
