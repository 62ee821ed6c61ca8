"""Times of day as people write them, and lengths of time as clocks show them."""

from __future__ import annotations

import datetime
import re

from ctekit.model.errors import InvalidAnswerError
from ctekit.model.text import quoted, western

_TIME = re.compile(r"(\d{1,2})(?::(\d\d)(?::\d\d)?)? ?(?:([ap])\.? ?m\.?)?")


def read(written: str) -> datetime.time:
    """Read a time of day.

    Parameters
    ----------
    written : str
        Such as ``"9:00"``, ``"13:30"``, ``"1:30 pm"`` or ``"9"``.

    Returns
    -------
    time

    Raises
    ------
    InvalidAnswerError
        It is none.

    Examples
    --------
    >>> read("1:30 p.m."), read("9")
    (datetime.time(13, 30), datetime.time(9, 0))
    """
    time = _TIME.fullmatch(western(written[:100]).lower())
    if time:
        hour, minute, half = int(time[1]), int(time[2] or 0), time[3]
        is_hour = 1 <= hour <= 12 if half else hour < 24
        if is_hour and minute < 60:
            return datetime.time(hour % 12 + 12 * (half == "p") if half else hour, minute)
    raise InvalidAnswerError(f"{quoted(written)} is not a time of day. Write it as 9:00 or 1:30 pm.")


def time_of_day(moment: datetime.datetime, morning: str = "AM", afternoon: str = "PM", *, seconds: bool = False) -> str:
    """A time of day as people here say it; the zone is the moment's own.

    Parameters
    ----------
    moment : datetime
    morning, afternoon : str
        What stands behind the time.
    seconds : bool
        Whether they are said.

    Returns
    -------
    str

    Examples
    --------
    >>> time_of_day(datetime.datetime(2027, 3, 1, 0, 5)), time_of_day(datetime.datetime(2027, 3, 1, 22, 38))
    ('12:05 AM', '10:38 PM')
    """
    form = f"{moment:%M:%S}" if seconds else f"{moment:%M}"
    return f"{moment.hour % 12 or 12}:{form} {morning if moment.hour < 12 else afternoon}"


def minutes(seconds: int) -> str:
    """A length of time, whichever way it runs.

    Parameters
    ----------
    seconds : int

    Returns
    -------
    str

    Examples
    --------
    >>> minutes(270), minutes(-5)
    ('4:30', '0:05')
    """
    return f"{abs(seconds) // 60}:{abs(seconds) % 60:02}"
