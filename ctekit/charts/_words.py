"""How charts word things: names made safe and short, lists that stay readable."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ctekit.model.figures import figure
from ctekit.model.text import listed

ACROSS = 80
"""So many characters of a name stand in a caption: a measure or a promise, whole; the table has all of it."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def plain(text: str | None) -> str:
    """One line of what people typed, without characters that no page can print."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text or "").split())


def short(text: str, most: int = ACROSS) -> str:
    """Cut a long name, with an ellipsis to say so."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    # At a word's end where there is one near.
    return f"{(head.rpartition(' ')[0] if ' ' in head[most // 2 :] else head).rstrip(' ,.;:')}…"


def several(names: Sequence[str], most: int = 3) -> str:
    """A list in words: "A, B and 2 more"."""
    return listed(names, most)


def named(names: Sequence[str]) -> str:
    """Several names, each cut short."""
    return several([short(name) for name in names])


def quoted(names: Sequence[str]) -> str:
    """Several names that are sentences: in quotation marks, without their periods."""
    return several([f"“{short(name.rstrip('.'))}”" for name in names])


def shown(number: float | None) -> str:
    """A number as people write it: no idle zeros."""
    return "not known" if number is None else figure(number)


def brief_day(day: datetime.date) -> str:
    """A day of a year that is clear: "Oct 22"."""
    return f"{MONTHS[day.month - 1]} {day.day}"
