"""The room from a terminal: open a round or take up the open one, show the way in, and wait."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

from ctekit import ratings, rounds
from ctekit.model import clock, text
from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.room import hub, starting
from ctekit.room.ending import before_reveal, unsent_answers
from ctekit.room.networks import ListeningSocket, Network, choose, networks
from ctekit.room.server import ALONE, ON_A_HUB, SHARED, serve
from ctekit.store import Store, open_store
from ctekit.terminal import holds, width
from ctekit.views.ratings import here

Say = Callable[..., None]
"""Prints; each argument is one line."""


def run(
    folder: Path,
    about: str,
    *,
    share: bool,
    port: int,
    say: Say,
    what: str = "",
    address: str = "",
    minutes: float = 0,
    people: int = 0,
) -> None:
    """Open the room for `about` and serve until Ctrl+C.

    For fist to five and dots, `what` is what is voted on; see `ctekit.rounds.voted_on`.

    Parameters
    ----------
    folder : Path
        Of the partnership.
    about, what : str
        As for `ctekit.rounds.asked`.
    share, address, port
        As for `ctekit.room.start`.
    say : callable
        Prints; each argument is one line.
    minutes, people
        As for `ctekit.rounds.take_up`.

    Raises
    ------
    CtekitError
        There is nothing to vote on, or the room cannot be opened; one sentence.
    """
    rooms = hub.rooms_of(folder)
    if share and not rooms:
        _say_networks(choose(address), say)  # before a round is opened that nobody could join
    store = open_store(folder / STORE_FILE)
    title, options = rounds.asked(store.load(), about, what)
    before = {earlier.id for earlier in store.rounds()}
    round_ = rounds.take_up(store, about, title=title, options=options, minutes=minutes, people=people)
    how = "goes on" if round_.id in before else "is open"
    say(f"The round “{round_.name}” ({round_.held_on}) {how}.{f' It is about: {title}' if title else ''}")
    if round_.people:
        say(f"{here(round_.people)}: no more phones than {round_.places} can join. Change it with --people.")
    bell = _bell(round_, say)
    paper = "slips" if about == ratings.SLIP else "ballots"
    try:
        if (there := starting.find(folder)) or rooms:
            running = starting.start(folder, round_.id, share, address=address)
            if there:
                say("The room of today runs already; this round is now before everybody who has joined.")
            _show(ListeningSocket(running.address, running.link, running.code, 0, running.shared), paper, say)
            _wait(store, round_)
        else:
            serve(
                folder,
                round_.id,
                share=share,
                address=address,
                port=port,
                ready=lambda listening: _show(listening, paper, say),
            )
    finally:
        bell.cancel()
    _say_stopped(store, round_, say)


def _wait(store: Store, round_: ratings.Round) -> None:
    """Until the round is closed elsewhere, or Ctrl+C."""
    with contextlib.suppress(KeyboardInterrupt):
        while rounds.find(store, round_.id).state == "open":
            time.sleep(1)


def _say_stopped(store: Store, round_: ratings.Round, say: Say) -> None:
    if rounds.find(store, round_.id).state != "open":
        say("", f"The round “{round_.name}” is closed.")
        return
    if round_.about == ratings.SLIP:
        say(
            "",
            "Stopped. What was kept stands in the worksheet of element 4. The same command goes on; --reveal ends it.",
        )
        return
    answered = rounds.responses(store, round_.id)
    say(
        "",
        f"Stopped. {answered} answered. The round is still open: the same command goes on with it, "
        "and with --reveal closes it and shows what it says.",
    )


def reveal(folder: Path, about: str, *, what: str, say: Say, sure: Callable[[str], bool] = lambda _: True) -> None:
    """Close the open round, and tell what it says.

    Where so few have answered that nothing can be shown, `sure` is asked first.

    Parameters
    ----------
    folder, what, say
        As for `run`.
    about : str
        As for `run`; "" for whatever the one open round is about.
    sure : callable
        Takes a question and gives whether to go on.

    Raises
    ------
    CtekitError
        There is nothing to reveal, or nobody knows which of several; one sentence.
    """
    store = open_store(folder / STORE_FILE)
    standing = _standing(store, about, what)
    answered = rounds.responses(store, standing.id)
    running = starting.find(folder)
    unsent = unsent_answers(running.now() if running else None, standing)
    question = before_reveal(standing, answered, *unsent)
    if question and not sure(f"{question} Reveal all the same?"):
        say("Nothing was changed. The round is still open.")
        return
    round_ = rounds.reveal(store, standing.id)
    if round_.about == ratings.SLIP:
        say(f"“{round_.name}” is closed. The slips stand in the worksheet of element 4; ask each partner to confirm.")
        return
    _tell(store, round_, say)


def _standing(store: Store, about: str, what: str) -> ratings.Round:
    """The open round that is meant."""
    standing = [round_ for round_ in store.rounds() if round_.state == "open" and round_.about != ratings.IDEAS]
    if not about and len(standing) > 1:
        names = text.listed([f"“{round_.name}”" for round_ in standing])
        raise CtekitError(
            f"{len(standing)} rounds are open: {names}. Say which to reveal with --quick, --element, --dots, --fist or "
            "--slip."
        )
    if about:
        standing = [round_ for round_ in standing if round_.about == about]
    if about in ("dots", "fist"):
        # What stands there may have been changed since; then the newest vote of the kind is meant.
        asked = rounds.asked(store.load(), about, what)[0]
        standing = [round_ for round_ in standing if round_.title == asked] or standing
    if not standing:
        which = f"round about “{about}”" if about else "rating, vote or round of slips"
        raise CtekitError(f"No {which} is open, so there is nothing to reveal. Open one first.")
    return standing[-1]


def _say_networks(chosen: Network, say: Say) -> None:
    others = [network for network in networks() if network != chosen]
    if others:
        say(
            f"This computer is in {len(others) + 1} networks. The room is open in one of them: {chosen}.",
            f"If the phones are in another, stop and choose it with --address: {', '.join(map(str, others))}.",
        )


def _bell(round_: ratings.Round, say: Say) -> threading.Timer:
    """Says when the time is up. It closes nothing."""
    left = round_.seconds_left or 0
    if left:
        say(f"Time: {clock.minutes(left)}, shown on the phones. Nothing closes by itself.")
    bell = threading.Timer(left, lambda: say("", "The time is up. The round stays open until you close it."))
    bell.daemon = True
    if left:
        bell.start()
    return bell


def _show(listening: ListeningSocket, paper: str, say: Say) -> None:
    import io

    import segno

    drawn = io.StringIO()
    segno.make(listening.link, error="m").terminal(drawn, compact=True)
    code = drawn.getvalue().splitlines()
    say("", f"Phones open  {listening.address}  and type  {listening.code}")
    if holds(drawn.getvalue()) and len(code[0]) <= width():
        say("or scan:", "", *code, "")
    else:
        say(f"This terminal cannot draw the QR code. It is of this link, which joins at once: {listening.link}")
    say(ON_A_HUB if listening.root else SHARED if listening.shared else ALONE)
    say(f"If phones cannot reach it, take the paper {paper}: ctekit export --blank. Stop with Ctrl+C.")


def _tell(store: Store, round_: ratings.Round, say: Say) -> None:
    results = rounds.results(store, round_.id)
    people = f"{results.people} answered{f', {here(round_.people)}' if round_.people else ''}"
    if round_.about == "dots":
        say(f"“{round_.title}”: {people}. Dots:")
        for indicator in results.talk_first:
            say(f"  {indicator.dots:>3}  {indicator.question.statement}")
        return
    say(f"“{round_.name}”: {people}. What to talk about first:")
    for indicator in results.talk_first:
        median = indicator.everyone.median
        middle = "too few to show" if median is None else f"middle answer {median:g}"
        gap = f", gap {indicator.gap:g}" if indicator.gap else ""
        say(f"  {indicator.number}  {indicator.question.statement}: {middle}{gap}", f"       {indicator.prompt}")
