"""An agenda: what happens when, what is on the wall, the paper and the phone, and what the lead says.

A path names blocks of ``scripts`` (``script = "value.slips"``) and gives each its minutes; what else it writes in a
block stands in place of the script's. All times are minutes from the start of a session.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.model.text import count
from ctekit.workshop.block import Block, Data, TableCard, Trouble
from ctekit.workshop.marks import with_marks

NAMES = ("half-day", "two-half-days", "seven-meetings", "employers-90")
"""The four paths."""

FOLDER = files("ctekit") / "workshop"


class Session(Data):
    """One coming together.

    Attributes
    ----------
    title : str
        What it is called.
    minutes : int
        From its start to its end, slack included; what comes before the start does not count.
    blocks : tuple of Block
        In order.
    week : int
        In which week of the path it is held.
    bring : tuple of str
        What has to be in the room.
    read_before : str
        What people read before they come.
    """

    title: str
    minutes: int
    blocks: tuple[Block, ...]
    week: int = 1
    bring: tuple[str, ...] = ()
    read_before: str = ""

    @property
    def offsets(self) -> tuple[int, ...]:
        """Minutes from the start of the session at which each block begins; below zero before the start."""
        now = -sum(block.minutes for block in self.blocks if block.before)
        begins = []
        for block in self.blocks:
            begins.append(now)
            now += block.minutes
        return tuple(begins)


class Agenda(Data):
    """A path through the seven elements.

    Attributes
    ----------
    name : str
        What commands call it: "half-day".
    title : str
        What people call it.
    people : str
        For how many people it is made, and who they are.
    after : str
        What is still open when it is done.
    sessions : tuple of Session
        One, or several on different days.
    trouble : tuple of Trouble
        What may go wrong at any time.
    """

    name: str
    title: str
    people: str = ""
    after: str = ""
    sessions: tuple[Session, ...]
    trouble: tuple[Trouble, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of all sessions, in order."""
        return tuple(block for session in self.sessions for block in session.blocks)

    def meeting(self, number: int) -> Session:
        """One of its meetings.

        Parameters
        ----------
        number : int
            From 1.

        Returns
        -------
        Session

        Raises
        ------
        NotFoundError
            It has not so many.
        """
        if not 1 <= number <= len(self.sessions):
            meetings = count(len(self.sessions), "meeting")
            raise NotFoundError(f"“{self.title}” has {meetings}. Choose a number up to that.")
        return self.sessions[number - 1]


def clock(agenda: Agenda | Session, start: time) -> tuple[time, ...]:
    """When each block begins. Each session of a path begins at the same time of day.

    Parameters
    ----------
    agenda : Agenda or Session
        A path, or one session of it.
    start : time
        When a session begins. Doors open before.

    Returns
    -------
    tuple of time
        One for each of ``agenda.blocks``.
    """
    sessions = agenda.sessions if isinstance(agenda, Agenda) else (agenda,)
    begins = datetime.combine(datetime.min + timedelta(days=1), start)
    return tuple((begins + timedelta(minutes=offset)).time() for session in sessions for offset in session.offsets)


@cache
def load(name: str) -> Agenda:
    """The agenda of a path.

    Parameters
    ----------
    name : str
        One of `NAMES`.

    Returns
    -------
    Agenda
        With its scripts.

    Raises
    ------
    NotFoundError
        If there is no such path.
    """
    if name not in NAMES:
        guess = did_you_mean(name, NAMES)
        raise NotFoundError(f"There is no path called '{name}'.{guess} The paths are: {', '.join(NAMES)}.")
    path = _read(f"paths/{name}.toml")
    sessions = [{**session, "blocks": [_block(block) for block in session["blocks"]]} for session in path["sessions"]]
    trouble = _read("scripts/any-time.toml")["trouble"]
    return Agenda.model_validate({**path, "name": name, "trouble": trouble, "sessions": sessions})


def _block(written: Mapping[str, Any]) -> dict[str, Any]:
    """A block of a path, with what its script adds."""
    block = _with_script(written)
    if tables := block.get("tables"):
        block["tables"] = [{**each, "cards": [_card(card) for card in each["cards"]]} for each in tables]
    return block


def _card(written: Mapping[str, Any]) -> dict[str, Any]:
    card = _with_script(written)
    return {field: card[field] for field in TableCard.model_fields if field in card}


def _with_script(written: Mapping[str, Any]) -> dict[str, Any]:
    own = dict(written)
    script = own.pop("script", "")
    if not script:
        return own
    name, _, key = script.partition(".")
    return {"key": key, **_read(f"scripts/{name}.toml")[key], **own}


@cache
def _read(path: str) -> Mapping[str, Any]:
    return tomllib.loads(with_marks((FOLDER / path).read_text(encoding="utf-8")))
