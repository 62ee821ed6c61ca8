"""Making a store, and opening one that is there."""

from __future__ import annotations

import os
import uuid

from ctekit.store import file, schema
from ctekit.store.access import Clock, now
from ctekit.store.batch import somebody
from ctekit.store.connect import absolute
from ctekit.store.queries import time_of
from ctekit.store.store import PARTNERSHIP_ID, Store
from ctekit.store.text import to_text


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
    first = {"uid": uuid.uuid4().hex, "partnership": name, "worksheet": worksheet, "row": row, "field": field}
    file.make(place, first | {"value": to_text(name), "who": somebody(), "at": at})
    return open_store(place, clock=clock)


def open_store(path: str | os.PathLike[str], *, clock: Clock | None = None) -> Store:
    """Open a store that is there; an older one is copied beside itself and brought up to date.

    A store in a read-only folder opens and can be read; saving says why it cannot.

    Parameters
    ----------
    path : path
        Of the file.
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
    version = file.inspect(place)
    if version < schema.SCHEMA:
        file.migrate(place, version)
    return Store(place, clock)
