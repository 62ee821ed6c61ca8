"""What whoever leads may do in the room, be it from a notebook, the lead's view or a terminal."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping

from ctekit import rounds
from ctekit.model.errors import CtekitError
from ctekit.ratings import IDEAS, Round
from ctekit.room.changing import change_round, expect_shown, open_activity, show_taken_up
from ctekit.room.ending import before_close, before_reveal
from ctekit.room.idea_acts import IDEA_ACTS, reopened
from ctekit.room.run_acts import RUN_ACTS, show_moment
from ctekit.room.state import Room
from ctekit.rounds import ideas

Fields = Mapping[str, str]


class Question(CtekitError):
    """Something has to be confirmed first; the same act with ``sure`` does it.

    Attributes
    ----------
    asks : callable
        Takes a language, and gives the question in it.
    """

    def __init__(self, asks: Callable[[str], str]) -> None:
        super().__init__(asks("en"))
        self.asks = asks


async def open_round(room: Room, fields: Fields) -> None:
    """Open a round about something, or take up the open one, and put it before everybody."""

    def take_up() -> Round:
        about, what = fields.get("about", ""), fields.get("what", "")
        title, options = rounds.asked(room.store.load(), about, what)
        minutes = _number(fields.get("minutes", "0"), "minutes")
        name = fields.get("name", "")
        if about == IDEAS and (standing := reopened(room, title)):
            return standing
        return rounds.take_up(
            room.store,
            about,
            title=title,
            options=options,
            name=name,
            minutes=minutes,
            people=room.people,
            dots=int(_number(fields.get("dots", "0"), "dots")),
            subject=what if about == IDEAS else "",
        )

    await show_taken_up(room, take_up)
    await show_moment(room)


async def show(room: Room, fields: Fields) -> None:
    """Put a round that is there before everybody; without one, phones wait and look at the wall."""
    await room.show(fields.get("round", ""))
    await show_moment(room)


async def close(room: Room, fields: Fields) -> None:
    """Take no more answers; where somebody is amid one, ask first. What was secret stays so."""
    unsent = open_activity(room).summary.unsent
    _ask(lambda lang: before_close(unsent, room.is_hearing, lang), fields)
    await change_round(room, rounds.close)


async def reopen(room: Room, _fields: Fields) -> None:
    """Take answers again, where that was ended by mistake; not of what all have seen."""
    await change_round(room, rounds.reopen)
    await show_moment(room)


async def reveal(room: Room, fields: Fields) -> None:
    """Let the answers be looked at; where too few are there to be shown, or somebody is amid one, ask first."""
    await room.refresh()
    expect_shown(room, fields.get("of", ""))
    activity = open_activity(room)
    if activity.round.state != "revealed":
        stands = activity.round, activity.answered, activity.summary.unsent, room.is_hearing
        _ask(lambda lang: before_reveal(*stands, lang), fields)
    await change_round(room, ideas.show if activity.round.about == IDEAS else rounds.reveal)
    await show_moment(room)


async def set_aside(room: Room, fields: Fields) -> None:
    """Let the round count in nothing, with a reason; phones wait."""
    await change_round(room, lambda store, round_id: rounds.set_aside(store, round_id, fields.get("reason", "")))
    await room.show("")


async def timer(room: Room, fields: Fields) -> None:
    """Tell everybody how long they have."""
    minutes = _number(fields.get("minutes", ""), "minutes")
    await change_round(room, lambda store, round_id: rounds.start_timer(store, round_id, minutes))


async def people(room: Room, fields: Fields) -> None:
    """Say how many are here. From then on more phones than that, and a few, wait for a nod."""
    count = int(_number(fields.get("people", ""), "people"))
    if not 1 <= count <= rounds.LARGEST_ROOM:
        raise CtekitError(f"A room of {count} people cannot be set. Give 1 to {rounds.LARGEST_ROOM} people.")
    room.people = count
    if room.activity and room.activity.is_open:
        await change_round(room, lambda store, round_id: rounds.set_people(store, round_id, count))
    room.changed()


async def admit(room: Room, _fields: Fields) -> None:
    """Let everybody in who waits for a nod."""
    room.nod()


async def stop(room: Room, _fields: Fields) -> None:
    """End the process. The day goes on: started again, whoever has joined goes on where they were."""
    room.stop()


async def end(room: Room, _fields: Fields) -> None:
    """End the day: its secret goes, and no pass of it is worth anything any more."""
    await asyncio.to_thread(room.store.close_door)
    room.is_over = True
    room.stop()


ACTS: Mapping[str, Callable[[Room, Fields], Awaitable[None]]] = {
    "open": open_round,
    "show": show,
    "close": close,
    "reopen": reopen,
    "reveal": reveal,
    "set_aside": set_aside,
    "timer": timer,
    "people": people,
    "admit": admit,
    "stop": stop,
    "end": end,
    **RUN_ACTS,
    **IDEA_ACTS,
}
"""Each act's name in an address, and what it does."""


def _ask(asks: Callable[[str], str], fields: Fields) -> None:
    if asks("en") and not fields.get("sure"):
        raise Question(asks)


def _number(value: str, of: str) -> float:
    try:
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(value)
        return number
    except ValueError:
        raise CtekitError(f"“{value[:20]}” is no number of {of}. Type it in figures.") from None
