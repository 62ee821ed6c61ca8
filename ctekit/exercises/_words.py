"""Reading what people wrote in their own words: does it say something of a kind, whichever words it takes."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress

from ctekit.model import numbers
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.text import key


def says(text: str | None, *kinds: str) -> bool:
    """Whether a text holds one of these beginnings of words: ``says("They hosted", "host|pay")``."""
    words = " ".join(re.findall(r"[\w$%.'-]+", key(text)))
    wanted = (one.casefold() for kind in kinds for one in kind.split("|"))
    return any(re.search(rf"(?<!\w){re.escape(one)}", words) for one in wanted)


def number(text: str | None) -> float | None:
    """The first number in a text: 11.0 of "11.0%"; None without one."""
    match = re.search(r"\d[\d.,]*", text or "")
    words = match[0].rstrip(".,") if match else ""
    with suppress(InvalidAnswerError):
        return float(numbers.read(words, "decimal"))
    return float(words.replace(",", ".")) if re.fullmatch(r"\d+,\d+", words) else None


def day(iso: str) -> datetime.date:
    """A day from its ISO form."""
    return datetime.date.fromisoformat(iso)
