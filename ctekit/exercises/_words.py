"""Reading what people wrote in their own words: does it say something of a kind, whichever words it takes."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import Any

from ctekit.exercises._task import OTHER_WORDS, Feedback, Praise, Unsure
from ctekit.model import numbers
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.text import plain


def says(text: str | None, *kinds: str) -> bool:
    """Whether a text holds one of these beginnings of words, whatever its case and accents.

    A name in braces stands for a family of words, in English and Spanish: see ``_families.toml``.

    Examples
    --------
    >>> says("They hosted two", "host|pay"), says("Cada joven recibe crédito", "{learner}"), says("Posthaste", "host")
    (True, True, False)
    """
    words = " ".join(re.findall(r"[\w$%.'-]+", plain(text)))
    return any(re.search(rf"(?<!\w){re.escape(plain(word))}", words) for kind in kinds for word in _members(kind))


def _members(kind: str) -> Iterator[str]:
    """The beginnings of words in ``host|{pay}``."""
    for word in kind.split("|"):
        named = word.startswith("{") and word[1:-1] in _families()
        yield from (_families()[word[1:-1]] if named else (word,))


@cache
def _families() -> Mapping[str, tuple[str, ...]]:
    table = files("ctekit").joinpath("exercises", "_families.toml")
    return {name: tuple(words) for name, words in tomllib.loads(table.read_text("utf-8")).items()}


def grade_reply(task: Mapping[str, Any], reply: str) -> Feedback:
    """What is in a reply in words of one's own, by the ``looks_for`` and ``pitfalls`` of a task's table.

    Nothing here is a mistake for sure: only words were looked at.
    """
    for pitfall in task.get("pitfalls", ()):
        if says(reply, pitfall["words"]):
            yield Unsure(pitfall["name"], pitfall["why"], reply)
    for wanted in task["looks_for"]:
        if says(reply, wanted["words"]):
            yield Praise(wanted["good"])
        else:
            yield Unsure(wanted["name"], f"We {OTHER_WORDS.format(wanted['what'])} {wanted['ask']}", reply)


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
