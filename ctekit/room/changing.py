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


def expect_shown(room: Room, round_id: str) -> None:
    """See that a press is about what is before everybody; another lead may have opened something else meanwhile.

    Parameters
    ----------
    room : Room
    round_id : str
        The round that the pressed button stood beside; "" where that was not told.

    Raises
    ------
    CtekitError
        Another one is before everybody by now, or none.
    """
    if round_id and (room.activity is None or room.activity.round.id != round_id):
        raise CtekitError("Somebody has changed meanwhile what is on the phones. Look at it, then press again.")


async def change_round(room: Room, change: Callable[..., Round]) -> None:
    """Change that round by a function of the store and the round's id, and tell everybody."""
    activity = open_activity(room)

    def write() -> None:
        with room.lock:
            activity.look(change(room.store, activity.round.id))

    await asyncio.to_thread(write)
    room.changed()


async def show_taken_up(room: Room, take_up: Callable[[], Round]) -> None:
    """Put a round before everybody that is open or is opened now; where two leads press at once, one opens it."""

    def write() -> str:
        with room.lock:
            return take_up().id

    await room.show(await asyncio.to_thread(write))
