"""How a run stands, in words: the same in the notebook's card, the lead's view and the terminal."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from ctekit.model.clock import minutes
from ctekit.room.translations import clock, presenting, words
from ctekit.workshop.run import Run


def text(lang: str = "en") -> Mapping[str, Any]:
    """The words of the lead's view."""
    return presenting(lang)["lead"]


def time_of_day(moment: datetime.datetime, lang: str = "en") -> str:
    """A moment by this computer's clock, such as ``"9:05 AM"``."""
    return clock(moment, words()[lang])


def at(moment: datetime.datetime, lang: str = "en") -> str:
    """The same inside a sentence: in Spanish ``"la 1:05 p. m."``, but ``"las 2:05 p. m."``."""
    name = "clock_one" if moment.astimezone().hour % 12 == 1 else "clock"
    return str(text(lang)[name]).format(clock=time_of_day(moment, lang))


def drift(run: Run | None, now: datetime.datetime, lang: str = "en") -> tuple[str, str]:
    """How far ahead or behind the room is: a word for the page's style, and the words for people.

    Parameters
    ----------
    run : Run or None
    now : datetime
    lang : str

    Returns
    -------
    tuple of str
        Two blanks where nothing is on.
    """
    if run is None or run.now is None:
        return "", ""
    behind = run.behind(now)
    if not behind:
        return "on-time", text(lang)["on_time"]
    name = "behind" if behind > 0 else "ahead"
    hours, rest = divmod(abs(behind), 60)
    length = text(lang)["hours" if hours else "minutes"].format(hours=hours, minutes=rest)
    return name, text(lang)[name].format(time=length)


def until(run: Run | None, now: datetime.datetime, lang: str = "en") -> str:
    """When the block that is on ends, or since when its time is up; "" where none is on.

    Parameters
    ----------
    run : Run or None
    now : datetime
    lang : str

    Returns
    -------
    str
    """
    ends = run.ends if run and run.now else None
    if not ends:
        return ""
    return str(text(lang)["until" if ends > now else "was_until"]).format(clock=at(ends, lang))


def line(run: Run | None, now: datetime.datetime) -> str:
    """All of it in one line.

    Parameters
    ----------
    run : Run or None
    now : datetime

    Returns
    -------
    str
    """
    if run is None:
        return str(text()["not_started"])
    if run.ended:
        return str(text()["ended"])
    following = f"{text()['next']}: {run.next.title}." if run.next else text()["no_next"]
    if run.now is None:
        return f"{text()['not_started']} {following}"
    left = run.left(now)
    passed = f"{minutes(left)} {text()['left' if left > 0 else 'over']}"
    return f"{text()['now']}: {run.now.title}, {passed}, {until(run, now)}. {drift(run, now)[1]}. {following}"
