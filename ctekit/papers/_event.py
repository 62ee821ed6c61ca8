"""A day of a paper that people may take into their own calendars."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """A day for people's calendars: a whole one, or the hours of it that it takes.

    Attributes
    ----------
    key : str
        Names it in all calendars and never changes, whatever becomes of the day and the words.
    day : datetime.date
    summary : str
        What is on.
    who : str
        Whose it is, or "".
    hours : str
        When on that day, as people wrote it, or "".
    starts, ends : datetime or None
        The same as times, in no zone: it is where people meet. None where none is written that a clock shows.
    place : str
        Where it is, or "".
    sequence : int
        How often it was changed: of two with one key, a calendar keeps the higher.
    is_done : bool
        Whether what it was for has come about.
    is_canceled : bool
        Whether it has to leave the calendars that hold it.
    """

    key: str
    day: datetime.date
    summary: str
    who: str = ""
    hours: str = ""
    starts: datetime.datetime | None = None
    ends: datetime.datetime | None = None
    place: str = ""
    sequence: int = 0
    is_done: bool = False
    is_canceled: bool = False
