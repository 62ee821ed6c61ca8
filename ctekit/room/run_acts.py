"""What a lead does with the run of a meeting: start, go on, back, add, skip, and put something on the wall."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Awaitable, Callable, Mapping

from ctekit import workshop
from ctekit.model import clock
from ctekit.model.errors import CtekitError
from ctekit.room import wall_view
from ctekit.room.offers import offers
from ctekit.room.state import Room
from ctekit.workshop import progress
from ctekit.workshop.run import Run, on_wall, resume

Fields = Mapping[str, str]
Change = Callable[[Run], Run]

MOST_FIGURES = 3
"""Of a number of minutes or of a meeting."""


def run_of(room: Room) -> Run | None:
    """The run of this room's meeting; None where none was begun today."""
    return resume(room.progress.now, room.clock())


def planned_start(written: str, now: datetime.datetime) -> datetime.datetime | None:
    """Today's moment of a time of day as people write it; None for a blank.

    Parameters
    ----------
    written : str
        As for `ctekit.model.clock.read`.
    now : datetime
        Aware.

    Returns
    -------
    datetime or None

    Raises
    ------
    InvalidAnswerError
        It is no time of day.
    """
    if not written.strip():
        return None
    return datetime.datetime.combine(now.astimezone().date(), clock.read(written)).astimezone()


async def begin(room: Room, fields: Fields) -> None:
    """Start a path, or one of its sessions, anew."""
    agenda, now = workshop.load(fields.get("path") or "half-day"), room.clock()
    session = _whole(fields.get("session", "0"), "meeting")
    blocks = agenda.meeting(session + 1).blocks
    start = planned_start(fields.get("start", ""), now)
    fresh = progress.Progress(path=agenda.name, session=session, start=start)
    begun = Run(blocks, fresh).begin(now).progress
    await keep(room, lambda _: begun)


async def go_on(room: Room, fields: Fields) -> None:
    """On to the next block, on the wall too; what is answered no more goes off the phones."""

    def onward(run: Run) -> Run:
        after = fields.get("after", "")
        if after and run.now and run.now.key != after:
            raise CtekitError(f"Somebody else has gone on: now is “{run.now.title}”. Press again to go further.")
        return run.go_on(room.clock())

    await _change(room, onward)
    await _clear(room)
    await _show_block(room)


async def go_back(room: Room, _fields: Fields) -> None:
    """Take the last step back."""
    await _change(room, Run.go_back)


async def add(room: Room, fields: Fields) -> None:
    """Give the block that is on more minutes, or fewer."""
    minutes = _whole(fields.get("minutes", ""), "minutes")
    await _change(room, lambda run: run.add(minutes))


async def skip(room: Room, fields: Fields) -> None:
    """Leave a block out; the one that is on, where none is named."""

    def left_out(run: Run) -> Run:
        key = fields.get("block") or (run.now.key if run.now else "")
        return run.skip(key, room.clock())

    on = (run := run_of(room)) and run.now
    await _change(room, left_out)
    if (run := run_of(room)) and run.now is not on:
        await _clear(room)
        await _show_block(room)


async def put_back(room: Room, fields: Fields) -> None:
    """Take up again a block that was to be left out."""
    await _change(room, lambda run: run.put_back(fields.get("block", "")))


async def show_on_wall(room: Room, fields: Fields) -> None:
    """Put a picture on the wall; "" for what belongs to the moment."""
    name = fields.get("picture", "")
    pictures = ("", "code", "time", *wall_view.ANSWERS, *wall_view.RESULTS, *room.store.load().sheets)
    if name not in pictures:
        raise CtekitError("The wall has no such picture. Choose one of the list.")
    chosen = {"wall": name, "chosen": room.clock()}
    await keep(room, lambda kept: (kept or progress.Progress(path="")).model_copy(update=chosen))


async def show_moment(room: Room) -> None:
    """Put on the wall what belongs to the moment, where the lead has put something else there."""
    if on_wall(room.progress.now, room.clock()):
        await show_on_wall(room, {})


async def keep(room: Room, change: Callable[[progress.Progress | None], progress.Progress]) -> None:
    """Change the run on the disk, and tell everybody."""
    try:
        await asyncio.to_thread(room.progress.change, change)
    except OSError as error:
        raise CtekitError(f"The run could not be kept: {error}") from error
    room.changed()


def _whole(written: str, of: str) -> int:
    figures = written.removeprefix("-")
    if not figures.isdecimal() or len(figures) > MOST_FIGURES:
        raise CtekitError(f"“{written[:20]}” is no number of {of}. Type it in figures, {MOST_FIGURES} at most.")
    return int(written)


async def _change(room: Room, change: Change) -> None:
    def changed(kept: progress.Progress | None) -> progress.Progress:
        run = resume(kept, room.clock())
        if run is None:
            raise CtekitError("No run has started. Choose a path, and press Start.")
        return change(run).progress

    await keep(room, changed)


async def _clear(room: Room) -> None:
    if room.activity and not room.activity.is_open:
        await room.show("")


async def _show_block(room: Room) -> None:
    """Put the block on the wall where phones still answer something of a block before; the lead can call that back."""
    if room.activity and room.activity.is_open and not _opens(run_of(room), room.activity.round.about):
        await show_on_wall(room, {"picture": "time"})


def _opens(run: Run | None, about: str) -> bool:
    """Whether the block that is on opens this too."""
    activities = run.now.activities if run and run.now else ()
    return about in {offer.fields.get("about") for activity in activities for offer in offers(activity)}


RUN_ACTS: Mapping[str, Callable[[Room, Fields], Awaitable[None]]] = {
    "begin": begin,
    "next": go_on,
    "back": go_back,
    "add": add,
    "skip": skip,
    "put_back": put_back,
    "wall": show_on_wall,
}
"""Each act's name in an address, and what it does."""
