"""Changing the round that is before everybody, one change after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ctekit.model.errors import CtekitError
from ctekit.ratings import Round
from ctekit.room.activity import Activity
from ctekit.room.state import Room


def open_activity(room: Room) -> Activity:
    """What is before everybody.

    Raises
    ------
    CtekitError
        Nothing is.
    """
    if room.activity is None:
        raise CtekitError("Nothing is open in the room. Open a round first.")
    return room.activity


async def change_round(room: Room, change: Callable[..., Round]) -> None:
    """Change that round by a function of the store and the round's id, and tell everybody."""
    activity = open_activity(room)

    def write() -> None:
        with room.lock:
            activity.look(change(room.store, activity.round.id))

    await asyncio.to_thread(write)
    room.changed()
