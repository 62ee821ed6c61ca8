"""The store of one partnership: save and load, look back, keep a copy."""

from __future__ import annotations

import datetime
import os
import sqlite3
import uuid
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from ctekit.store import file, schema
from ctekit.store.batch import check, somebody
from ctekit.store.edits import Edit, Revision, Saved, StoreError, from_text, to_text
from ctekit.store.reading import end_of, revisions, time_of, workbook
from ctekit.store.schema import current, r
from ctekit.store.writer import Writer
from ctekit.workbook import Workbook

Clock = Callable[[], datetime.datetime]
Seqs = dict[tuple[str, str, str], int]

_ID = ("profile", "", "partnership_id")


def create_store(path: str | os.PathLike[str], *, partnership: str | None = None, clock: Clock | None = None) -> Store:
    """Make a new store.

    Parameters
    ----------
    path : path
        Of the file; there must be none yet.
    partnership : str or None
        The id of the partnership, which never changes; None to invent one.
    clock : callable or None
        Gives the time, with its zone; None for the computer's.

    Raises
    ------
    StoreError
        There is a file already, or the folder cannot be written.
    """
    place = Path(path)
    name = partnership or uuid.uuid4().hex[:12]
    worksheet, row, field = _ID
    at = time_of((clock or _now)())
    file.make(
        place, (uuid.uuid4().hex, name, worksheet, row, field, "", None, to_text(name), somebody(), at, None, None)
    )
    return open_store(place, clock=clock)


def open_store(path: str | os.PathLike[str], *, clock: Clock | None = None) -> Store:
    """Open a store that is there; an older one is copied beside itself and brought up to date.

    A store in a read-only folder opens and can be read; saving says why it cannot.

    Raises
    ------
    StoreError
        It is not there, not ours, damaged, or made by a newer ctekit. Nothing was written.
    """
    place = Path(path)
    version = file.inspect(place)
    if version < schema.SCHEMA:
        file.migrate(place, version)
    return Store(place, clock)


class Store:
    """Every answer of a partnership, revision after revision. Made by `create_store` and `open_store`.

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
        self._reader = _engine(path, writing=False)
        with self._reading() as connection:
            worksheet, _, field = _ID
            first = select(r.partnership).where(r.worksheet == worksheet, r.field == field).order_by(r.seq).limit(1)
            found = connection.scalar(first)
        if found is None:
            raise StoreError(file.damaged(path))
        self.partnership: str = found
        tell = clock or _now
        writer = Writer(_engine(path, writing=True), path, found, lambda: time_of(tell()))
        self._writer = writer
        # Also when Python ends: a thread that is merely dropped would take waiting answers with it.
        self._finish = weakref.finalize(self, writer.finish)

    def save(self, edits: Sequence[Edit]) -> list[Saved]:
        """Save a batch, all or nothing, and wait until it is on the disk.

        Raises
        ------
        LookupError, ValueError, TypeError
            An edit names a place that does not exist, or holds what no answer can be.
        StoreError
            It could not be saved; nothing of it was.
        """
        return self.submit(edits).result()

    def submit(self, edits: Sequence[Edit]) -> Future[list[Saved]]:
        """Save a batch without waiting; the future ends when it is on the disk. See `save` for what may go wrong."""
        edits = tuple(edits)
        for edit in edits:
            if (edit.worksheet, edit.row, edit.field) == _ID:
                if edit.value != self.partnership:
                    raise StoreError(
                        f"The id of this partnership is '{self.partnership}' and never changes. "
                        "Make a new partnership if you need another one."
                    )
                continue
            check(edit)
        return self._writer.submit(edits)

    def load(self, as_of: str | None = None) -> Workbook:
        """All answers.

        Parameters
        ----------
        as_of : str or None
            An ISO date or time: as it was at the end of it (of this computer's time, where no zone is given).

        Raises
        ------
        ValueError
            `as_of` is no date or time.
        """
        return self._state(as_of)[0]

    def seqs(self) -> Seqs:
        """The current revision of each answer, by (worksheet, row, field)."""
        return self._state(None)[1]

    def state(self) -> tuple[Workbook, Seqs]:
        """All answers and their revisions, of one moment."""
        return self._state(None)

    def latest(self) -> int:
        """The number of the newest revision; cheap, to be asked often."""
        with self._reading() as connection:
            return connection.scalar(select(func.max(r.seq)).where(r.partnership == self.partnership)) or 0

    def history(self, worksheet: str = "", row: str | None = None, field: str | None = None) -> list[Revision]:
        """The revisions of everything, a worksheet, a row or a field, oldest first; also those that came too late."""
        wanted = [r.partnership == self.partnership, r.respondent == ""]
        wanted += [r.worksheet == worksheet] if worksheet else []
        wanted += [r.row == row] if row is not None else []
        wanted += [r.field == field] if field is not None else []
        with self._reading() as connection:
            return revisions(connection, *wanted)

    def backup(self, path: str | os.PathLike[str]) -> None:
        """Keep a whole, checked copy of everything saved so far; people may go on typing meanwhile.

        Raises
        ------
        StoreError
            There is a file already, or the copy could not be made.
        """
        file.copy(self.path, Path(path))

    def close(self) -> None:
        """Write what is waiting, then stop writing. Closing twice does no harm."""
        self._finish()

    def _state(self, as_of: str | None) -> tuple[Workbook, Seqs]:
        until = [r.at < end_of(as_of)] if as_of else []
        newest = select(r.seq, r.at).where(r.partnership == self.partnership, *until).order_by(r.seq.desc()).limit(1)
        with self._reading() as connection:
            last: Any = connection.execute(newest).one_or_none()
            found = connection.execute(current(self.partnership, *until)).all()
        seqs = {(worksheet, row, field): seq for seq, worksheet, row, field, _ in found}
        answers = ((worksheet, row, field, from_text(value)) for _, worksheet, row, field, value in found)
        return workbook(answers, last.seq if last else 0, last.at if last else ""), seqs

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._reader.begin() as connection:
                yield connection
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreError(file.sentence(error, self.path)) from error


def _engine(path: Path, *, writing: bool) -> Engine:
    # No pool: nothing is kept over a fork, and a file that was put back from a copy is read from then on.
    engine = create_engine("sqlite://", creator=lambda: file.connect(path, writing=writing), poolclass=NullPool)
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"  # a reader that began IMMEDIATE would wait for every writer

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
