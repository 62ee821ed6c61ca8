"""The run sheet of a path: the whole clock on one page, then each block with its steps, its words and its troubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ctekit.views.render import render
from ctekit.workshop import Agenda, Block, Session


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
    """

    block: Block
    at: str
    steps: Sequence[tuple[str, int, str]]


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
        steps, now = [], offset
        for step in block.steps:
            steps.append((_clock(now, start), step.minutes, step.do))
            now += step.minutes
        rows.append(Timed(block, _clock(offset, start), steps))
    return rows


def _clock(offset: int, start: time | None) -> str:
    if start is None:
        hours, minutes = divmod(abs(offset), 60)
        return f"{'-' if offset < 0 else ''}{hours}:{minutes:02}"
    at = datetime.combine(datetime.min + timedelta(days=1), start) + timedelta(minutes=offset)
    return f"{at.hour % 12 or 12}:{at.minute:02}"
