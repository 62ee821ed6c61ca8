"""The calendar: every day that the answers name, and whose it is; as a file, for people's own calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ctekit.model.days import long_day
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Event, Note, Paper, Paragraph, Table
from ctekit.papers._events import events
from ctekit.papers._frame import NO_DAY, framed

TITLE = "Calendar"
ABOUT = "Every day that the worksheets name: what is due, what ends, who votes, with whose it is."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the calendar.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One; its events are those of the calendar file.
    """
    dated = events(answers)
    standing = tuple(event for event in dated if not event.is_canceled)
    return (replace(framed(answers, "calendar", TITLE, ABOUT, _blocks(answers, standing)), events=dated),)


def _blocks(answers: Answers, dated: tuple[Event, ...]) -> Iterator[Block]:
    today = answers.book.day or NO_DAY
    late = [event for event in dated if event.day < today and not event.is_done]
    coming = [event for event in dated if event.day >= today]
    yield Note("There is a file of these days for your own calendar. Ask whoever gave you this paper.")
    if coming:
        yield _table(f"From {long_day(today)} on", coming)
    if late:
        yield _table("Days that have passed, and are not marked as done", late)
    if not dated:
        yield Paragraph("No day is written yet.")


def _table(caption: str, rows: Iterable[Event]) -> Table:
    cells = tuple((long_day(event.day), _what(event), event.who) for event in rows)
    return Table(caption, ("Day", "What", "Whose"), cells, widths=(3, 7, 4))


def _what(event: Event) -> str:
    return ", ".join(filter(None, (event.summary, event.hours, event.place)))
