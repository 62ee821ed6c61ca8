"""What the process that serves the rooms of a hub sees of its database: the open doors, and their partnerships."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError

from ctekit.model.paths import STORE_FILE
from ctekit.store.edits import StoreError
from ctekit.store.postgres.database import PostgresDatabase
from ctekit.store.postgres.sentences import sentence
from ctekit.store.room_access import RoomAccess
from ctekit.store.store import Store

# A book for a code would be read again each second, and keep all rooms waiting.
_QUERY = text(
    "SELECT partnership, round, secret, code, key, port FROM doors "
    "WHERE round = :day AND length(partnership || secret || code || key) < 1000"
)
_SECRET = re.compile("[0-9a-f]{64}")


class HubDoors:
    """The ways into the rooms of a hub.

    Parameters
    ----------
    url : sqlalchemy.URL
        Of the hub's database, with the role that rooms have there; see `ctekit.store.postgres.roles.mint_rooms`.
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine = create_engine(url, connect_args={"connect_timeout": 5}, pool_size=1, pool_pre_ping=True)

    def read(self, day: str) -> Mapping[str, tuple[str, RoomAccess]]:
        """The doors of a day.

        Parameters
        ----------
        day : str
            As `RoomAccess.day` has it.

        Returns
        -------
        mapping
            Each room's name with its partnership and its door. Facilitators may write into their doors what they like:
            what is no door is left out, and so are two rooms of one name, since one of them means to be the other.

        Raises
        ------
        StoreError
            The database does not answer.
        """
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(_QUERY, {"day": day}).all()
        except DBAPIError as error:
            raise StoreError(sentence(error)) from error
        doors = [(row[0], RoomAccess(*row[1:])) for row in rows if _SECRET.fullmatch(row.secret)]
        names = [access.name for _, access in doors]
        return {name: door for name, door in zip(names, doors, strict=True) if names.count(name) == 1}

    def store(self, partnership: str, folder: Path) -> Store:
        """The store of a partnership whose room is open.

        Parameters
        ----------
        partnership : str
            Its id.
        folder : pathlib.Path
            Where the room keeps files of its own, such as how far the meeting has come.

        Returns
        -------
        Store
            Open. It reads all answers, and adds what a room may add.

        Raises
        ------
        StoreError
            The database does not answer, or the room was closed meanwhile.
        """
        database = PostgresDatabase(folder / STORE_FILE, self._url, partnership)
        database.check()
        return Store(database, None)

    def close(self) -> None:
        """Give connections back."""
        self._engine.dispose()
