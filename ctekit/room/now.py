"""What is open now: one object that phones, wall, lead's view, notebooks and terminal all show.

`Room.now` makes a `Now`; ``to_json`` is what is sent. Each of these streams (server-sent events) sends it anew when it
changes, and a comment every 15 seconds in between:

- ``/wall/stream`` and ``/lead/stream``: the whole object. Their pages are reached by ``/wall/TOKEN`` and
  ``/lead/TOKEN``, which hand over a cookie and go on to ``/wall/`` and ``/lead/``: no token stays in an address that a
  projector shows. See `ctekit.room.screens`.
- ``/room/now``: for phones, ``{"screen": ..., "late": [...]}`` alone. A phone whose page is of another screen loads it
  anew; where something in it is not sent and its round is among ``late``, it asks first. See `ctekit.room.late`.
- ``/presenter``: the object once, for notebooks and commands; see `ctekit.room.client`.

Nothing here is an answer before its round is revealed, nor who came when.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import asdict, dataclass
from typing import Any

from ctekit.ratings import Results, Round


@dataclass(frozen=True)
class OpenActivity:
    """The round that is open, closed or revealed in the room.

    Attributes
    ----------
    round, name, about, title : str
        Its id, what people call it, what is asked (``"quick"``, ``"fist"``, a worksheet, ...), and what is voted on.
    options : tuple of str
        What dots are given to; or the ideas, once they are revealed.
    state : str
        ``"open"``, ``"closed"`` or ``"revealed"``.
    answered : int
        Ballots, or slips, that are kept.
    left : int or None
        Seconds of the timer; 0 when the time is up, None without one.
    version : int
        Another one whenever the lead has changed how ideas are shown.
    unsent : int
        Phones on which something stands that was not sent.
    """

    round: str
    name: str
    about: str
    title: str
    options: tuple[str, ...]
    state: str
    answered: int
    left: int | None
    version: int = 0
    unsent: int = 0


@dataclass(frozen=True)
class Now:
    """What stands in the room at this moment.

    Attributes
    ----------
    screen : str
        Names what phones show: a round and its state such as ``"round-3 open"``, or ``"wait"``; ``"over"`` once the run
        has ended.
    day : str
        ISO.
    rehearsal : bool
        Whether all of it will be thrown away.
    address, code, link : str
        What people type into a phone, the code, and what the QR code carries.
    shared : bool
        Whether phones in the network can reach it.
    people : int
        How many are here, as the facilitator says; 0 where nobody has said.
    joined, waiting : int
        Phones that have joined, and those that wait for the facilitator's nod since there are more than people.
    activity : OpenActivity or None
        None: phones say "please wait, look at the wall".
    results : dict or None
        What the activity says, once it is revealed; see `revealed`.
    run : dict or None
        How far the meeting has come, and what stands on the wall; see `ctekit.workshop.progress.Progress`.
    saved : int
        The number of the newest save: the wall shows answers, and draws them anew.
    late : int
        Phones on which something stands of what was open before, and can still be sent; see `ctekit.room.late`.
    hearing : bool
        Whether the room was just started anew amid a round, and phones may still say that something stands on them.
    """

    screen: str
    day: str
    rehearsal: bool
    address: str
    code: str
    link: str
    shared: bool
    people: int
    joined: int
    waiting: int
    activity: OpenActivity | None
    results: dict[str, Any] | None
    run: dict[str, Any] | None = None
    saved: int = 0
    late: int = 0
    hearing: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it is sent."""
        return asdict(self)


def screen_of(round_: Round) -> str:
    """Names what phones show of a round."""
    return f"{round_.id} {round_.state}"


def revealed(results: Results) -> dict[str, Any]:
    """What a revealed round says, as pages draw it; what may not be shown is not in it.

    Returns
    -------
    dict
        ``people``, and ``items`` in the order in which to talk about them: ``number``, ``statement``, ``choices``
        (code and word), ``everyone`` and ``sectors`` (each ``who``, ``n``, ``levels`` one number a person, ``median``,
        ``middle_half``, ``dont_know``), ``dots``, ``gap``, ``agreement``, ``prompt``.
    """
    return {
        "people": results.people,
        "items": [
            {
                "number": item.number,
                "statement": item.question.statement,
                "choices": [(choice.code, choice.word) for choice in item.question.choices],
                "everyone": asdict(item.everyone),
                "sectors": [asdict(spread) for spread in item.sectors],
                "dots": item.dots,
                "gap": item.gap,
                "agreement": item.agreement,
                "prompt": item.prompt,
            }
            for item in results.talk_first
        ],
    }


class Bell:
    """Wakes everybody who waits for a change."""

    def __init__(self) -> None:
        self.turn = 0
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Something has changed."""
        self.turn += 1
        self._event.set()
        self._event = asyncio.Event()

    async def after(self, turn: int, patience: float) -> None:
        """Wait until something has changed since a turn, or for so many seconds."""
        if self.turn == turn:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._event.wait(), patience)
