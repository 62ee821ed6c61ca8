"""What a year took and brought: hours in meetings, and the worth in money of what partners give."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from ctekit.model import clock, questions
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.text import count
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Words
from ctekit.worksheets.meetings import Meeting, Meetings
from ctekit.worksheets.value import Exchange, Value


def time_and_money(answers: Answers) -> tuple[tuple[str, Words], ...]:
    """Names with what stands beside each, for `Fields`.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of pair
    """
    gifts = [row for row in answers.book[Value].exchanges if row.gives]
    return (("Meetings in twelve months", _meetings(answers)), ("Worth of what partners give, a year", _worth(gifts)))


def money(exchanges: Iterable[Exchange]) -> str:
    """What exchanges are worth a year, together: "$12,000".

    Parameters
    ----------
    exchanges : iterable of Exchange
        Those whose worth nobody wrote count nothing.

    Returns
    -------
    str
    """
    question = Exchange.questions()["worth_in_money"]
    total = sum((row.worth_in_money for row in exchanges if row.worth_in_money is not None), Decimal())
    return questions.show(question, total, str)


def _meetings(answers: Answers) -> str:
    """How many, and the hours of all who were there where both times are written."""
    day = answers.book.day or datetime.date.max
    days = range(day.toordinal() - 365, day.toordinal() + 1)
    meetings = [
        row for row in answers.book[Meetings].meetings if row.present and row.date and row.date.toordinal() in days
    ]
    timed = [(row, hours) for row in meetings if (hours := _hours(row)) is not None]
    total = sum(hours * (len(row.present) + (row.others or 0)) for row, hours in timed)
    words = count(len(meetings), "meeting")
    if timed:
        of = "" if len(timed) == len(meetings) else f" (of {count(len(timed), 'meeting')} with times written)"
        words += f", {total:,.0f} hours of the people who were there{of}"
    return words


def _hours(meeting: Meeting) -> float | None:
    """How long it took; None where its times are not written, or in another way than clocks show them."""
    try:
        starts, ends = (clock.read(time or "") for time in (meeting.starts, meeting.ends))
    except InvalidAnswerError:
        return None
    day = datetime.date.min
    length = datetime.datetime.combine(day, ends) - datetime.datetime.combine(day, starts)
    return length / datetime.timedelta(hours=1) if ends > starts else None


def _worth(gifts: list[Exchange]) -> str:
    reckoned = [row for row in gifts if row.worth_in_money is not None]
    if not reckoned:
        return "not worked out yet"
    return f"{money(reckoned)}, from {len(reckoned)} of {count(len(gifts), 'gift')}"
