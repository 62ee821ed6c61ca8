"""Reading: what a person typed or pasted, or a script gave, becomes what the store keeps. Blank stays blank."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ctekit.model import days, numbers
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.question import Json, Question
from ctekit.model.text import clean, key, loose, plain, quoted

LONGEST = {"text": 5_000, "long_text": 200_000}
"""So many characters an answer in words may have."""

MOST_ITEMS = 1_000
"""So many rows or choices one answer may name."""

MARKS = ("to find out", "does not apply")

_ID = re.compile(r"[a-z]{1,30}-[0-9]{1,12}")
_YES = frozenset(["yes", "y", "true", "si", "oui", "ja", "x", *"✓✔☑☒✅🗸"])
_NO = frozenset(["no", "n", "false", "non", "nein"])
_BETWEEN_LETTERS = frozenset(" \n\t,;/|+&.()-–—·•")


def read(question: Question, given: Any) -> Json:
    """Read an answer into the shape the store keeps.

    Parameters
    ----------
    ask : Question
        The question.
    given : object
        What was typed (text), or a Python value of the kind.

    Returns
    -------
    object
        JSON-ready: None for blank.

    Raises
    ------
    InvalidAnswerError
        With one sentence: what was given, what is expected. Nothing else is raised, whatever was given.
    """
    if type(given).__module__ == "numpy" and getattr(given, "shape", None) == ():
        given = given.item()
    if isinstance(given, str):
        given = _words(given, LONGEST.get(question.kind, LONGEST["long_text"]))
    elif isinstance(given, list | tuple | set | frozenset):
        given = _items(given)
    if given is None or (isinstance(given, str | list) and not given):
        return None
    if (isinstance(given, float) and not math.isfinite(given)) or (
        isinstance(given, Decimal) and not given.is_finite()
    ):
        raise InvalidAnswerError(f"{quoted(given)} is no answer. Write one, or leave it blank.")
    reader = _READERS.get(question.kind)
    if reader is None:
        raise InvalidAnswerError(f"“{question.title}” is a table. Answer the questions of its rows one by one.")
    return reader(question, given)


def read_mark(given: Any) -> Json:
    """Read an honest blank: *to find out* (from whom, by when), or *does not apply* (because ...); None for neither.

    Raises
    ------
    InvalidAnswerError
        It is none of the two, or one of its parts cannot be read.
    """
    if given is None or (isinstance(given, str | dict) and not given):
        return None
    if not isinstance(given, dict) or given.get("kind") not in MARKS:
        raise InvalidAnswerError("Choose “to find out” or “does not apply”, or leave it blank.")
    parts = {
        "whom": Question("text", "From whom"),
        "because": Question("text", "Because"),
        "by": Question("date", "By when"),
    }
    mark = {name: read(question, given.get(name)) for name, question in parts.items()}
    return {"kind": given["kind"]} | {name: part for name, part in mark.items() if part is not None}


def _words(given: str, most: int) -> str:
    """The text as it is kept; "" where nothing of it can be seen."""
    if len(given) > most:
        raise InvalidAnswerError(
            f"This answer is {len(given):,} characters long, and {most:,} can be kept here. "
            "Shorten it, or keep it in a file of its own and say here where that is."
        )
    words = clean(given)
    return "" if len(words) < 100 and not key(words) else words


def _items(given: Any) -> list[Any]:
    if len(given) > MOST_ITEMS:
        raise InvalidAnswerError(
            f"This answer names {len(given):,} things, and {MOST_ITEMS:,} can be kept here. Choose the most important."
        )
    return list(given)


def _read_text(question: Question, given: Any) -> Json:
    if isinstance(given, bool):
        given = "yes" if given else "no"
    elif isinstance(given, datetime.date):
        given = given.isoformat()
    elif (isinstance(given, int) and given.bit_length() < 1000) or isinstance(given, float | Decimal):
        given = str(given)
    if not isinstance(given, str):
        raise InvalidAnswerError(f"{quoted(given)} is no text. Write words, or leave it blank.")
    return " ".join(given.split("\n")) if question.kind == "text" else given


@lru_cache(maxsize=512)
def _options(options: tuple[str, ...], meanings: tuple[str, ...]) -> dict[str, str]:
    """What may be written for each option: its own words; of a scale the number, the words, or both."""
    written = {loose(option): option for option in options}
    for option, meaning in zip(options, meanings, strict=False):
        written |= {loose(words): option for words in (meaning, option + meaning, option + ".0")}
    return written


def _read_choice(question: Question, given: Any) -> Json:
    option = _options(question.options, ()).get(loose(given)) if _is_short(given) else None
    if option is None:
        raise InvalidAnswerError(
            f"{quoted(given)} is not one of the choices here. Choose one of: {', '.join(question.options)}."
        )
    return option


def _read_choices(question: Question, given: Any) -> Json:
    return list(dict.fromkeys(_read_choice(question, item) for item in _several(given))) or None


def _read_scale(question: Question, given: Any) -> Json:
    words = given
    if isinstance(given, float | Decimal) and given in range(1000):
        words = str(int(given))
    elif isinstance(given, int) and not isinstance(given, bool) and given in range(1000):
        words = str(given)
    option = _options(question.options, question.meanings).get(loose(words)) if _is_short(words) else None
    if option is None:
        first, last = question.options[0], question.options[-1]
        raise InvalidAnswerError(f"{quoted(given)} is not on the scale. Choose a step from {first} to {last}.")
    return int(option)


def _read_date(question: Question, given: Any) -> Json:
    return days.read(given, question.period)


def _read_number(question: Question, given: Any) -> Json:
    number = numbers.read(given, question.kind, question.units, question.least, question.most)
    if (question.least is not None and number < question.least) or (
        question.most is not None and number > question.most
    ):
        limits = (
            f"of at least {question.least}" if question.most is None else f"from {question.least} to {question.most}"
        )
        raise InvalidAnswerError(
            f"{quoted(given)} is outside what is expected here: {numbers.EXPECTED[question.kind]} {limits}. "
            "Write one that fits, or leave it blank."
        )
    return int(number) if question.kind == "whole" else numbers.text(number, question.least, question.most)


def _read_yes_no(question: Question, given: Any) -> Json:
    if isinstance(given, bool):
        return given
    words = loose(plain(given)) if _is_short(given) else ""
    if words not in _YES | _NO:
        raise InvalidAnswerError(f"{quoted(given)} is not yes or no. Choose yes or no, or leave it blank.")
    return words in _YES


def _read_reference(question: Question, given: Any) -> Json:
    if _is_short(given):
        row = _options(question.also, ()).get(loose(given), given)
        if row in question.also or _ID.fullmatch(row):
            return row
    others = f", or one of: {', '.join(question.also)}" if question.also else ""
    raise InvalidAnswerError(f"{quoted(given)} does not name a row. Pick one from the list{others}.")


def _read_references(question: Question, given: Any) -> Json:
    return list(dict.fromkeys(_read_reference(question, item) for item in _several(given))) or None


def _read_letters(question: Question, given: Any) -> Json:
    expected = f"Use the letters {', '.join(question.options)}."
    if not _is_short(given):
        raise InvalidAnswerError(f"{quoted(given)} holds no letters for this cell. {expected}")
    typed = {letter for letter in key(given).upper() if letter not in _BETWEEN_LETTERS}
    wrong = sorted(typed - set(question.options))
    if wrong:
        raise InvalidAnswerError(f"{quoted(given)} holds {wrong[0]}, which means nothing here. {expected}")
    return "".join(letter for letter in question.options if letter in typed) or None


def _is_short(given: Any) -> bool:
    """Whether this is a text that could be a choice, a name or a few letters."""
    return isinstance(given, str) and len(given) <= LONGEST["text"]


def _several(given: Any) -> list[Any]:
    if isinstance(given, str):
        given = _items([part.strip() for part in given.split("\n") if part.strip()])
    return given if isinstance(given, list) else [given]


_READERS: dict[str, Callable[[Question, Any], Json]] = {
    "text": _read_text,
    "long_text": _read_text,
    "choice": _read_choice,
    "choices": _read_choices,
    "scale": _read_scale,
    "date": _read_date,
    "whole": _read_number,
    "decimal": _read_number,
    "money": _read_number,
    "percentage": _read_number,
    "yes_no": _read_yes_no,
    "reference": _read_reference,
    "references": _read_references,
    "matrix": _read_letters,
}
