"""The run sheet of a path: the whole clock on one page, then each block with its steps, its words and its troubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ctekit.views.render import render
from ctekit.workshop import Agenda, Block, Session, Step


@dataclass(frozen=True)
class Timed:
    """A block at its time.

    Attributes
    ----------
    block : Block
    at : str
        When it begins: "9:08", or "0:08" from the start where no time of day is known.
    steps : sequence of (str, int, str)
        When each part begins, its minutes, and what to do.
    cards : sequence of (str, steps)
        What each kind of table works on meanwhile, and its steps.
    """

    block: Block
    at: str
    steps: Sequence[tuple[str, int, str]]
    cards: Sequence[tuple[str, Sequence[tuple[str, int, str]]]]


def run_sheet(agenda: Agenda, start: time | None = None) -> str:
    """Print the run sheet of a path, for the facilitator only.

    Parameters
    ----------
    agenda : Agenda
        The path.
    start : time, optional
        When each session begins. Without it, times are counted from the start.

    Returns
    -------
    str
        HTML.
    """
    sessions = [(session, timed(session, start)) for session in agenda.sessions]
    return render("paper_run_sheet", agenda=agenda, sessions=sessions)


def timed(session: Session, start: time | None = None) -> list[Timed]:
    """The blocks of a session with their times.

    Parameters
    ----------
    session : Session
        One coming together.
    start : time, optional
        When it begins. Without it, times are counted from the start.

    Returns
    -------
    list of Timed
        In order.
    """
    rows = []
    for block, offset in zip(session.blocks, session.offsets, strict=True):
        cards = {card.title: card.steps for variant in block.tables for card in variant.cards}
        timed_cards = [(title, _timed(steps, offset, start)) for title, steps in cards.items()]
        rows.append(Timed(block, _clock(offset, start), _timed(block.steps, offset, start), timed_cards))
    return rows


def _timed(steps: Sequence[Step], offset: int, start: time | None) -> list[tuple[str, int, str]]:
    rows = []
    for step in steps:
        rows.append((_clock(offset, start), step.minutes, step.do))
        offset += step.minutes
    return rows


def _clock(offset: int, start: time | None) -> str:
    if start is None:
        hours, minutes = divmod(abs(offset), 60)
        return f"{'-' if offset < 0 else ''}{hours}:{minutes:02}"
    at = datetime.combine(datetime.min + timedelta(days=1), start) + timedelta(minutes=offset)
    return f"{at.hour % 12 or 12}:{at.minute:02}"
