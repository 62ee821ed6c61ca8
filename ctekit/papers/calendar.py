"""The calendar: every day that the answers name, and whose it is; as a file, for people's own calendars."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ctekit.model.days import long_day
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Heading, Note, Paper, Paragraph, Table
from ctekit.papers._event import Event
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
        yield Heading(f"From {long_day(today)} on")
        for month, rows in groupby(coming, _month):
            yield Heading(month, level=3)
            yield _table(month, ((long_day(event.day).partition(",")[0], event) for event in rows))
    if late:
        passed = "Days that have passed, and are not marked as done"
        yield Heading(passed)
        yield _table(passed, ((long_day(event.day), event) for event in late))
    if not dated:
        yield Paragraph("No day is written yet.")


def _month(event: Event) -> str:
    return f"{calendar.month_name[event.day.month]} {event.day.year}"


def _table(caption: str, rows: Iterable[tuple[str, Event]]) -> Table:
    cells = tuple((day, _what(event), event.who or "–") for day, event in rows)
    return Table(caption, ("Day", "What", "Whose"), cells, widths=(3, 9, 5), is_headed=True)


def _what(event: Event) -> str:
    return ", ".join(filter(None, (event.summary, event.hours, event.place)))
