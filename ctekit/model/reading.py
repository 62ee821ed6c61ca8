"""Reading: what a person typed or pasted, or a script gave, becomes what the store keeps. Blank stays blank."""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ctekit.model import days, numbers
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.question import Json, Question
from ctekit.model.text import clean, key, loose, plain, quoted

LONGEST_LINE = 5_000
"""So many characters an answer of one line may have."""

MOST_ITEMS = 1_000
"""So many rows or choices one answer may name."""

_ID = re.compile(r"[a-z]{1,30}-[0-9]{1,12}")
_YES = frozenset(["yes", "y", "true", "si", "oui", "ja", "x", *"✓✔☑☒✅🗸"])
_NO = frozenset(["no", "n", "false", "non", "nein"])
_BETWEEN_LETTERS = frozenset(" \n\t,;/|+&.()-–—·•")


def read(question: Question, given: Any) -> Json:
    """Read an answer into the shape the store keeps.

    Parameters
    ----------
    question : Question
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
        given = _words(given, question.kind.longest)
    elif isinstance(given, list | tuple | set | frozenset):
        given = _items(given)
    if given is None or (isinstance(given, str | list) and not given):
        return None
    if (isinstance(given, float) and not math.isfinite(given)) or (
        isinstance(given, Decimal) and not given.is_finite()
    ):
        raise InvalidAnswerError(f"{quoted(given)} is no answer. Write one, or leave it blank.")
    return question.kind.read(question, given)


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


# One reader for each kind, or for several. Each takes what is not blank.


def refuse_rows(question: Question, given: Any) -> Json:
    """No table is read as a whole."""
    raise InvalidAnswerError(f"“{question.title}” is a table. Answer the questions of its rows one by one.")


def read_text(question: Question, given: Any) -> str:
    """Words, or a number or day of Python's in words."""
    if isinstance(given, bool):
        given = "yes" if given else "no"
    elif isinstance(given, datetime.date):
        given = given.isoformat()
    elif (isinstance(given, int) and given.bit_length() < 1000) or isinstance(given, float | Decimal):
        given = str(given)
    if not isinstance(given, str):
        raise InvalidAnswerError(f"{quoted(given)} is no text. Write words, or leave it blank.")
    return given


def read_line(question: Question, given: Any) -> Json:
    """Words in one line."""
    return " ".join(read_text(question, given).split("\n"))


@lru_cache(maxsize=512)
def _options(
    options: tuple[str, ...], meanings: tuple[str, ...], synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> dict[str, str]:
    """What may be written for each option: its own words, its synonyms; of a scale the number, the words, or both."""
    written = {loose(name): option for option, names in synonyms for name in names}
    written |= {loose(option): option for option in options}
    for option, meaning in zip(options, meanings, strict=False):
        written |= {loose(words): option for words in (meaning, option + meaning, option + ".0")}
    return written


def read_choice(question: Question, given: Any) -> Json:
    """One of the options, however it is written."""
    names = _options(question.options, question.meanings, tuple(question.synonyms.items()))
    option = names.get(loose(given)) if _is_short(given) else None
    if option is None:
        choices = ", ".join(question.meanings or question.options)
        raise InvalidAnswerError(f"{quoted(given)} is not one of the choices here. Choose one of: {choices}.")
    return option


def read_choices(question: Question, given: Any) -> Json:
    """Any of the options, each once."""
    return list(dict.fromkeys(read_choice(question, item) for item in _several(given))) or None


def read_scale(question: Question, given: Any) -> Json:
    """A step, by its number, its words, or both."""
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


def read_date(question: Question, given: Any) -> Json:
    """A day, kept as year-month-day."""
    return days.read(given, question.period)


def read_number(question: Question, given: Any, form: str) -> Json:
    """A number within its bounds. `form` says how it is written: see `ctekit.model.numbers.read`."""
    number = numbers.read(given, form, question.units, question.least, question.most)
    if (question.least is not None and number < question.least) or (
        question.most is not None and number > question.most
    ):
        limits = (
            f"of at least {question.least}" if question.most is None else f"from {question.least} to {question.most}"
        )
        raise InvalidAnswerError(
            f"{quoted(given)} is outside what is expected here: {numbers.EXPECTED[form]} {limits}. "
            "Write one that fits, or leave it blank."
        )
    return int(number) if form == "whole" else numbers.text(number, question.least, question.most)


def read_yes_no(question: Question, given: Any) -> Json:
    """Yes or no, in several languages."""
    if isinstance(given, bool):
        return given
    words = loose(plain(given)) if _is_short(given) else ""
    if words not in _YES | _NO:
        raise InvalidAnswerError(f"{quoted(given)} is not yes or no. Choose yes or no, or leave it blank.")
    return words in _YES


def read_ready(question: Question, given: Any) -> Json:
    """A depth, by its name or its words; yes is the last one, and no or "not yet" is blank."""
    if isinstance(given, bool):
        return question.options[-1] if given else None
    words = loose(plain(given)) if _is_short(given) else ""
    if words in _NO or words == loose(question.kind.blank):
        return None
    depth = question.options[-1] if words in _YES else _options(question.options, question.meanings).get(words)
    if depth is None:
        expected = ", ".join((question.kind.blank, *question.meanings))
        raise InvalidAnswerError(f"{quoted(given)} does not say how far you got. Choose one of: {expected}.")
    return depth


def read_reference(question: Question, given: Any) -> Json:
    """The id of a row, or one of the words that are taken besides."""
    if _is_short(given):
        row = _options(question.also, ()).get(loose(given), given)
        if row in question.also or _ID.fullmatch(row):
            return row
    others = f", or one of: {', '.join(question.also)}" if question.also else ""
    raise InvalidAnswerError(f"{quoted(given)} does not name a row. Pick one from the list{others}.")


def read_references(question: Question, given: Any) -> Json:
    """Ids of rows, each once."""
    return list(dict.fromkeys(read_reference(question, item) for item in _several(given))) or None


def read_letters(question: Question, given: Any) -> Json:
    """The letters of a cell of a matrix, in their order."""
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
    return isinstance(given, str) and len(given) <= LONGEST_LINE


def _several(given: Any) -> list[Any]:
    if isinstance(given, str):
        given = _items([part.strip() for part in given.split("\n") if part.strip()])
    return given if isinstance(given, list) else [given]
