"""Making a store, and opening one that is there."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ctekit.store import file, pointer, schema
from ctekit.store.access import Clock, now
from ctekit.store.batch import somebody
from ctekit.store.connect import absolute, translated_errors
from ctekit.store.file_database import FileDatabase
from ctekit.store.queries import time_of
from ctekit.store.store import PARTNERSHIP_ID, Store
from ctekit.store.text import to_text


def create_store(
    path: str | os.PathLike[str], *, partnership: str | None = None, clock: Clock | None = None, url: str = ""
) -> Store:
    """Make a new store.

    Parameters
    ----------
    path : path
        Of the file; there must be none yet.
    partnership : str or None
        The id of the partnership, which never changes; None to invent one.
    clock : callable or None
        Gives the time, with its zone; None for the computer's.
    url : str
        The address of a hub's database to keep it in; the file is a pointer to it then. "" for a file of its own.

    Returns
    -------
    Store
        Open, and empty.

    Raises
    ------
    StoreError
        There is a file already, or the folder cannot be written.
    """
    place = absolute(path)
    name = partnership or uuid.uuid4().hex[:12]
    worksheet, row, field = PARTNERSHIP_ID
    at = time_of((clock or now)())
    first = {"seq": 1, "uid": uuid.uuid4().hex, "partnership": name, "worksheet": worksheet, "row": row, "field": field}
    first |= {"respondent": "", "value": to_text(name), "who": somebody(), "at": at}
    if not url:
        file.make(place, [first])
        return open_store(place, clock=clock)
    from ctekit.store.postgres import database as postgres

    where = pointer.address(url)
    file.refuse_place(place)
    postgres.make(where, name, [first])
    pointer.write(place, pointer.Pointer(pointer.location(where), name))
    return Store(postgres.PostgresDatabase(place, where, name), clock)


def open_store(path: str | os.PathLike[str], *, clock: Clock | None = None) -> Store:
    """Open a store that is there; an older one is copied beside itself and brought up to date.

    A store in a read-only folder opens and can be read; saving says why it cannot.

    Parameters
    ----------
    path : path
        Of the file, or of the pointer that a hub has in its place.
    clock : callable or None
        Gives the time, with its zone; None for the computer's.

    Returns
    -------
    Store
        Open.

    Raises
    ------
    StoreError
        It is not there, not ours, damaged, or made by a newer ctekit. Nothing was written.
    """
    place = absolute(path)
    if (there := pointer.read(place)) is not None:
        from ctekit.store.postgres.database import PostgresDatabase

        database = PostgresDatabase(place, pointer.address_of(place, there), there.partnership)
        database.check()
        return Store(database, clock)
    version = file.inspect(place)
    if version < schema.SCHEMA:
        file.migrate(place, version)
    return Store(FileDatabase(place), clock)


@contextmanager
def open_to_read(path: str | os.PathLike[str]) -> Iterator[Store]:
    """Open somebody else's store, which stays as it is; an older one is brought up to date in a copy.

    Parameters
    ----------
    path : path
        Of the file.

    Yields
    ------
    Store
        Open, until the block ends.

    Raises
    ------
    StoreError
        As for `open_store`.
    """
    place = absolute(path)
    with ExitStack() as until_the_end:
        if file.inspect(place) < schema.SCHEMA:
            draft = Path(until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="ctekit-")), place.name)
            with translated_errors(place):
                place = Path(shutil.copyfile(place, draft))
        store = open_store(place)
        until_the_end.callback(store.close)
        yield store
