"""What opens a room: its secret, code and key. Kept in the store's file but in no revision, and gone with the day."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import astuple, dataclass

from sqlalchemy import Connection, inspect, text

from ctekit.store.database import close_doors

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 symbols for codes, without those that look alike: no 0 O, 1 I L."""

ALONE, ON_A_HUB = 6, 8
"""Symbols of a code. On a hub the page may be reachable for more people than are in the room."""


@dataclass(frozen=True)
class RoomAccess:
    """The way into the room of one day.

    Attributes
    ----------
    day : str
        ``"day-2026-09-16"``, or ``"rehearsal-2026-09-16"`` in the copy that a rehearsal works on.
    secret : str
        Signs the cookies of the phones. While it lives, a room that was killed takes its phones back; once it is gone,
        nobody can tell any more which phone was which respondent.
    code : str
        Six symbols that people type; eight on a hub.
    key : str
        What the QR code carries instead: too long to be guessed.
    port : int
        Where the room listened last; 0 for nowhere yet.
    """

    day: str
    secret: str
    code: str
    key: str
    port: int = 0

    @property
    def name(self) -> str:
        """What the address of the room begins with on a hub, where one host has many rooms: another one each day."""
        return "".join(LETTERS[byte % len(LETTERS)] for byte in self._derived("name")[:ALONE])

    @property
    def token(self) -> str:
        """What lets a notebook act in a room that it did not start itself, on a hub: only who reads the door has it."""
        return self._derived("presenter").hex()

    def _derived(self, what: str) -> bytes:
        return hmac.digest(self.secret.encode(), f"{what}:{self.day}".encode(), hashlib.sha256)


def new_door(day: str, length: int = 0) -> RoomAccess:
    """A door with a fresh secret, code and key; a code of `length`, 0 for what this computer asks for."""
    length = length or (ON_A_HUB if os.environ.get("JUPYTERHUB_API_URL") else ALONE)
    code = "".join(secrets.choice(LETTERS) for _ in range(length))
    return RoomAccess(day, secrets.token_hex(32), code, secrets.token_urlsafe(16))


def door(connection: Connection, day: str, port: int | None = None) -> RoomAccess:
    """The door of a day, made if there is none; with `port`, moved there. Doors of other days are taken away."""
    revoke(connection, keep=day)
    # The column is called as it was when each round had a door of its own.
    query = text("SELECT round, secret, code, key, port FROM door WHERE round = :day")
    row = connection.execute(query, {"day": day}).first()
    if row is None:
        room_access = new_door(day)
        values = dict(zip(("day", "secret", "code", "key", "port"), astuple(room_access), strict=True))
        connection.execute(text("INSERT INTO door VALUES (:day, :secret, :code, :key, :port)"), values)
        row = connection.execute(query, {"day": day}).one()
    if port is not None:
        connection.execute(text("UPDATE door SET port = :port WHERE round = :day"), {"port": port, "day": day})
        row = connection.execute(query, {"day": day}).one()
    return RoomAccess(*row)


def is_open(connection: Connection, day: str) -> bool:
    """Whether a day has a door. In a file the place for doors is made with the first one."""
    query = text("SELECT 1 FROM door WHERE round = :day")
    return inspect(connection).has_table("door") and connection.execute(query, {"day": day}).first() is not None


def revoke(connection: Connection, keep: str = "") -> None:
    """Take all doors away for good, but that of the day to `keep`; what they were is overwritten in the file."""
    close_doors(connection, keep)
