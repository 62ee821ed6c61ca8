"""An answer as the text that the file keeps, and back. What lies in a file may be anything: what is odd reads as blank.

One odd value must never keep people from all others, so that nothing here raises while reading.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from functools import lru_cache
from typing import NoReturn

from ctekit.model.errors import InvalidAnswerError
from ctekit.model.questions import Json
from ctekit.store.order import is_key

LONGEST = 1_000_000
"""Characters of an answer that is written."""

_LONGEST_READ = 10 * LONGEST
"""Characters of an answer that is read: files of earlier versions, which had no bound, go on opening."""

_DEEPEST = 8
"""Lists and mappings within each other. The deepest answer is a mapping of texts."""

_LARGEST = 10**18
"""Of a number. Numbers with decimals, and larger ones, are kept as text."""

LAST = "~"
"""Where a row stands whose position cannot be read: it sorts after every key, and is none."""

LARGEST_ROW = 1_000_000
"""The largest number of a row that counts: new rows go on from the largest one up to here, whatever a file holds."""

NO_TIME = "1970-01-01T00:00:00.000Z"
_ROW = re.compile(r"[a-z]+-[0-9]{1,9}")
_TIME = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")


def to_text(value: Json) -> str | None:
    """An answer as the text the store keeps; equal answers give equal texts.

    Raises
    ------
    InvalidAnswerError, TypeError
        The value is nothing that JSON can hold, or too long.
    """
    if value is None:
        return None
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError):
        raise InvalidAnswerError(
            "This cannot be kept as an answer. Write it as text, a number, or a short list."
        ) from None
    length = len(value) if isinstance(value, str) else len(text)
    if length > LONGEST:
        raise InvalidAnswerError(
            f"This answer has {length:,} characters; the most that can be kept is {LONGEST:,}. Shorten it, or keep it "
            "in a file of its own."
        )
    if _is_odd(value):
        raise InvalidAnswerError("This cannot be kept as an answer. Write it as text, a number, or a short list.")
    try:
        text.encode()
    except UnicodeEncodeError:  # half a letter, as a browser sends it when an emoji was cut in two
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def from_text(text: object) -> Json:
    """The answer behind what lies in the store; None where it is blank or none that was ever written by ctekit."""
    if not isinstance(text, str) or len(text) > _LONGEST_READ:
        return None
    return _again(text) if text.startswith('"') and len(text) < _SHORT else _decoded(text)


def _decoded(text: str) -> Json:
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return None if _is_odd(value) else value


def position(text: object) -> str | None:
    """A row's position; None where the row was removed."""
    if text is None:
        return None
    value = from_text(text)
    return value if is_key(value) else LAST


def time(text: object) -> str:
    """A time of the store; one before every partnership, where it is none."""
    try:
        if isinstance(text, str) and _TIME.fullmatch(text):
            datetime.datetime.fromisoformat(text)
            return text
    except ValueError:  # the 30th of February
        pass
    return NO_TIME


def is_row(text: object) -> bool:
    """Whether this is the id of a row, such as ``need-3``; longer numbers were never given."""
    return isinstance(text, str) and _ROW.fullmatch(text) is not None


def row_number(row: str) -> int:
    """The number in the id of a row; 0 where it has none, or one so large that soon no number would come after it."""
    number = int(row.rpartition("-")[2]) if is_row(row) else 0
    return number if number <= LARGEST_ROW else 0


def _is_odd(value: Json, left: int = _DEEPEST) -> bool:
    """Whether no question has such an answer: it is nested deeply, or holds a number that few programs can."""
    if isinstance(value, float):
        return not (math.isfinite(value) and abs(value) < _LARGEST)
    if isinstance(value, int):
        return abs(value) >= _LARGEST
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return False
    return not left or any(_is_odd(part, left - 1) for part in value)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_constant=_refuse)  # NaN and Infinity are no JSON

_SHORT = 300
"""Words up to this length are kept as they were read: after each save the whole file is read again."""
_again = lru_cache(maxsize=16_384)(_decoded)
