"""A run from a terminal: the room in a process of its own, the clock in one line, and a letter for each step."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ctekit import workshop
from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.room import needed
from ctekit.room.client import RoomProcess
from ctekit.room.hub import rooms_of
from ctekit.room.run_words import line
from ctekit.room.server import ALONE, ON_A_HUB, SHARED
from ctekit.room.starting import start
from ctekit.room.translations import presenting
from ctekit.store import open_store
from ctekit.workshop.progress import Progress
from ctekit.workshop.run import Run, resume

Say = Callable[..., None]
"""Prints; each argument is one line."""

LOOK_EVERY = 1.0
"""Seconds, where nobody types."""


def run(
    folder: Path,
    path: str,
    *,
    at: str = "",
    session: int = 1,
    share: bool = False,
    address: str = "",
    rehearsal: bool = False,
    again: bool = False,
    say: Say,
    ask: Callable[[], str] | None,
    show: Callable[[str, str], None],
) -> None:
    """Run a meeting until it is left; the same command goes on with it.

    Parameters
    ----------
    folder : Path
        Of the partnership.
    path : str
        One of `ctekit.workshop.NAMES`.
    at : str
        When it starts, such as ``"9:00"``; "" for now.
    session : int
        Which meeting of the path, from 1.
    share, address, rehearsal
        As for `ctekit.room.start`.
    again : bool
        Start the clock anew, though a run of today is there.
    say : callable
        Prints; each argument is one line.
    ask : callable or None
        Gives the line that somebody typed, and raises `EOFError` at the end; None where nobody can.
    show : callable
        Opens a page for somebody: takes its name, ``"wall"`` or ``"lead"``, and its address.

    Raises
    ------
    CtekitError
        There is no such path, or the room cannot be opened; one sentence.
    """
    agenda, text = workshop.load(path), presenting()["terminal"]
    room = start(folder, share=share or bool(address), address=address, rehearsal=rehearsal)
    standing = _run(room)
    goes_on = standing and (standing.progress.path, standing.progress.session) == (path, session - 1)
    if again or not goes_on:
        room.act("begin", path=path, session=session - 1, start=at)
    on_hub = rooms_of(folder) and not rehearsal
    say(f"{agenda.title}. {text['lead']}", ON_A_HUB if on_hub else SHARED if room.shared else ALONE)
    for screen in ("wall", "lead"):
        show(screen, room.screens()[screen])
    say(text["own_phone"])
    if lacking := _needed(folder, room):
        say("", text["needed"], *(f"- {words}" for words in lacking))
    say("", f"{text['phones']}  {room.address}  {text['code']}  {room.code}", "")
    try:
        _listen(room, say, ask)
    except KeyboardInterrupt:
        say("")
    say(text["left"])


def _needed(folder: Path, room: RoomProcess) -> list[str]:
    with closing(open_store(folder / STORE_FILE)) as store:
        run = _run(room)
        return needed.of_run(store.load(), run) if run else []


def _listen(room: RoomProcess, say: Say, ask: Callable[[], str] | None) -> None:
    text, shown = presenting()["terminal"], ""
    while room.running:
        run = _run(room)
        words = line(run, datetime.datetime.now(datetime.UTC))
        block = words.partition(",")[0]
        if ask is not None or block != shown:
            say(words)
        shown = block
        if ask is None:
            time.sleep(LOOK_EVERY)
            continue
        say(text["keys"])
        try:
            typed = ask().strip().lower()
        except EOFError:
            ask = None
            continue
        if typed == "q":
            return
        try:
            _do(room, typed, run.now.key if run and run.now else "")
        except CtekitError as error:
            say(error)


def _do(room: RoomProcess, typed: str, block: str) -> None:
    """One typed line: a letter of the list, or minutes to add. `block` was on when the steps were printed."""
    if typed in ("", "n"):
        room.act("next", after=block)
    elif typed == "s":
        room.act("skip", block=block)
    elif typed == "b":
        room.act("back")
    elif typed.lstrip("+-").isdecimal():
        room.act("add", minutes=typed.removeprefix("+"))
    elif typed != "?":
        raise CtekitError(presenting()["terminal"]["unknown"].format(typed=typed[:20]))


def _run(room: RoomProcess) -> Run | None:
    kept = room.now()["run"]
    return resume(Progress.model_validate(kept) if kept else None, datetime.datetime.now(datetime.UTC))
