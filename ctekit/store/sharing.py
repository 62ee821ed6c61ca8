"""Sharing a partnership of a hub between facilitators."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from ctekit.store import pointer
from ctekit.store.edits import StoreError
from ctekit.store.postgres.database import PostgresDatabase
from ctekit.store.postgres.roles import role_of


def share(path: Path, facilitator: str) -> str:
    """Let another facilitator read and write a partnership, all of it.

    Parameters
    ----------
    path : pathlib.Path
        Of the pointer to it.
    facilitator : str
        The other's name on the hub.

    Returns
    -------
    str
        The partnership's id.

    Raises
    ------
    StoreError
        It is on no hub, is not ours to share, or nobody there is called so.
    """
    there = pointer.read(path)
    if there is None:
        raise StoreError(f"“{path}” is on no hub, so it cannot be shared there. Move it to one first: ctekit move.")
    database = PostgresDatabase(path, pointer.address_of(path, there), there.partnership)
    with closing(database):
        try:
            with database.engine(writing=True).begin() as connection:
                connection.execute(select(func.share_partnership(there.partnership, role_of(facilitator))))
        except DBAPIError as error:
            raise StoreError(database.sentence(error)) from error
    return there.partnership
