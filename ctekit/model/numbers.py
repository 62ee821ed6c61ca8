"""Reading numbers as people write them: one clear reading, or a sentence that asks."""

from __future__ import annotations

import numbers
import re
from decimal import Decimal
from typing import Any

from ctekit.model.errors import InvalidAnswerError
from ctekit.model.text import quoted, western

MOST_DIGITS = 15
"""Before the point: what any program that reads the answers can hold exactly."""

MOST_DECIMALS = 20

Bounds = tuple[Decimal | None, Decimal | None]

EXPECTED = {
    "whole": "a whole number",
    "decimal": "a number",
    "money": "an amount in dollars",
    "percentage": "a percentage",
}
_UNITS = {"whole": "", "money": "$", "percentage": "%"}

_UNIT = r"US\$|USD|\$|dollars?|%|percent|[^\W\d_]{0,2}[€£¥₹₽₩]|EUR|GBP|CAD|MXN|pesos?|euros?"
_NUMBER = re.compile(
    rf"(?P<open>\()? ?(?P<sign>[+-]?) ?(?P<before>{_UNIT})? ?(?P<inner>[+-]?) ?"
    rf"(?P<body>[.,]?\d[\d., ']*) ?(?P<after>{_UNIT})? ?(?P<close>\))?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"[1-9]\d{0,2}([,' ])\d{3}(?:\1\d{3})*(?:\.\d*)?")
_PLAIN = re.compile(r"\d+\.?\d*|\.\d+")
_DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_DECIMAL_COMMA = re.compile(r"\d*,\d+")
_OTHER_WAY = re.compile(r"[1-9]\d{0,2}(?:([. '])\d{3}(?:\1\d{3})*,\d+|(?:\.\d{3}){2,})")
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?")
_MULTIPLE = re.compile(r"([+-]?)\$?(\d+(?:\.\d+)?) ?(k|thousand|m|mm|mio|million|e[+-]?\d{1,2})", re.IGNORECASE)
_RANGE = re.compile(r"\D{0,4}\d[^-]*(?:-| to )[^-]*\d[^-]*", re.IGNORECASE)


def read(given: Any, kind: str, units: str = "", least: Decimal | None = None, most: Decimal | None = None) -> Decimal:
    """Read a number.

    Parameters
    ----------
    given : object
        What was typed or pasted, or a number of Python's.
    kind : str
        ``whole``, ``decimal``, ``money`` or ``percentage``.
    units : str
        For ``decimal``: which of ``$`` and ``%`` may stand beside it.
    least, most : Decimal or None
        Bounds: of two ways to read points among digits, one beyond them is none. Whoever asks looks at them again.

    Returns
    -------
    Decimal

    Raises
    ------
    InvalidAnswerError
        It is no such number, or there are two ways to read it. The message says what to write.
    """
    expected = EXPECTED[kind]
    if isinstance(given, str):
        number = _typed(given, kind, expected, _UNITS.get(kind, units), (least, most))
    elif isinstance(given, numbers.Number) and not isinstance(given, bool | complex):
        number = _number(given, expected)
    else:
        raise _not(given, expected)
    return _fitting(number, given, kind, expected)


def _number(given: Any, expected: str) -> Decimal:
    if isinstance(given, numbers.Integral):
        if int(given).bit_length() > 64:
            raise _long(given)
        return Decimal(int(given))
    try:
        return given if isinstance(given, Decimal) else Decimal(repr(float(given)))
    except (ValueError, OverflowError):
        raise _not(given, expected) from None


def text(number: Decimal, least: Decimal | None = None, most: Decimal | None = None) -> str:
    """A number as text that is read in one way: not with just three decimals, where thousands could be meant."""
    words = format(number, "f")
    if not _DOTTED.fullmatch(words.lstrip("-")) or not _is_inside(number.scaleb(3), least, most):
        return words
    words = words.rstrip("0").rstrip(".")
    return f"{words}0" if _DOTTED.fullmatch(words.lstrip("-")) else words


def _typed(given: str, kind: str, expected: str, units: str, bounds: Bounds) -> Decimal:
    if len(given) > 100:
        raise _not(given, expected)
    words = western(given)
    match = _NUMBER.fullmatch(words)
    if match is None:
        raise _unread(given, words, expected)
    if bool(match["open"]) != bool(match["close"]) or bool(match["open"]) + len(match["sign"] + match["inner"]) > 1:
        raise _not(given, expected)
    _fit_units(given, match["before"], match["after"], expected, units)
    sign = "-" if match["open"] or "-" in (match["sign"], match["inner"]) else ""
    body = match["body"].strip()
    readings = _readings(body)
    if _DOTTED.fullmatch(body):
        share = "%" in (_sign(match["before"]), _sign(match["after"]))
        least, most = bounds[0], Decimal(100) if share else bounds[1]
        inside = [reading for reading in readings if _is_inside(Decimal(sign + reading), least, most)]
        readings = inside or readings
    if len(readings) == 1 and (_PLAIN.fullmatch(body) or _GROUPED.fullmatch(body)):
        return Decimal(sign + readings[0])
    if readings:
        raise _unclear(given, [Decimal(sign + reading) for reading in readings], kind, expected)
    if re.search(r"\d[, ]+\d", body):
        raise InvalidAnswerError(
            f"{quoted(given)} looks like more than one number. Write one number in digits, such as 1,200."
        )
    raise _not(given, expected)


def _is_inside(number: Decimal, least: Decimal | None, most: Decimal | None) -> bool:
    return (least is None or number >= least) and (most is None or number <= most)


def _readings(body: str) -> list[str]:
    """The ways to read digits with points and commas among them, as Python writes them."""
    if _GROUPED.fullmatch(body):
        return [re.sub("[,' ]", "", body)]
    if _DOTTED.fullmatch(body):
        return [body, body.replace(".", "")]
    if _PLAIN.fullmatch(body):
        return [body]
    if _DECIMAL_COMMA.fullmatch(body):
        return [body.replace(",", "."), body.replace(",", "")]
    if _OTHER_WAY.fullmatch(body):
        return [re.sub("[. ']", "", body).replace(",", ".")]
    return [body.replace(",", "")] if _LAKHS.fullmatch(body) else []


def _fit_units(given: str, before: str | None, after: str | None, expected: str, units: str) -> None:
    """Refuse a unit that is not expected, or two of them."""
    named = [unit for unit in (before, after) if unit]
    for unit in named:
        sign = _sign(unit)
        if len(named) > 1 or sign not in units:
            share = ", such as 0.5 for one half" if sign == "%" and expected == EXPECTED["decimal"] else ""
            raise InvalidAnswerError(f"{quoted(given)} holds “{unit}”. Write {expected} without it{share}.")


def _sign(unit: str | None) -> str:
    """The sign of a unit that is written in words."""
    words = unit or ""
    return {"percent": "%", "us$": "$", "usd": "$", "dollar": "$", "dollars": "$"}.get(words.lower(), words)


def _unread(given: str, words: str, expected: str) -> InvalidAnswerError:
    """What to say of words that hold digits and something else: 5k, 1e5, 10-20."""
    multiple = _MULTIPLE.fullmatch(words)
    if multiple:
        sign, digits, times = multiple[1], multiple[2], multiple[3].lower()
        power = int(times[1:]) if times[0] == "e" else 3 if times in ("k", "thousand") else 6
        if abs(power) <= MOST_DIGITS and len(digits) <= MOST_DIGITS:
            full = _shown(Decimal(f"{sign}{digits}").scaleb(power))
            return InvalidAnswerError(f"{quoted(given)} can be read as {full}. Write {full} in full if that is meant.")
    if _RANGE.fullmatch(words):
        return InvalidAnswerError(f"{quoted(given)} is a range. Write one number, and put the range into a note.")
    return _not(given, expected)


def _unclear(given: str, readings: list[Decimal], kind: str, expected: str) -> InvalidAnswerError:
    places = {"whole": 0, "money": 2}.get(kind, MOST_DECIMALS)
    fitting = [reading for reading in readings if len(_shown(reading).partition(".")[2].rstrip("0")) <= places]
    ways, right = " or as ".join(map(_shown, readings)), " or ".join(text(_whole(reading)) for reading in fitting)
    if len(fitting) < len(readings):
        advice = f"Write {right} if that is meant." if fitting else "Write it in digits, or leave it blank."
        return InvalidAnswerError(f"{quoted(given)} can be read as {ways}, and {expected} is expected here. {advice}")
    only = " if that is meant" if len(fitting) == 1 else ""
    return InvalidAnswerError(f"{quoted(given)} can be read as {ways}. Write {right}{only}.")


def _fitting(number: Decimal, given: Any, kind: str, expected: str) -> Decimal:
    """The number in bounds, and of its kind; never minus nothing."""
    if not number.is_finite():
        raise _not(given, expected)
    exponent = int(number.as_tuple().exponent)
    if number.adjusted() >= MOST_DIGITS or exponent < -MOST_DECIMALS or exponent > MOST_DIGITS:
        raise _long(given)
    if kind == "whole" and number != number.to_integral_value():
        raise _not(given, expected)
    if kind == "money":
        cents = number.quantize(Decimal("0.01"))
        if cents != number:
            raise InvalidAnswerError(
                f"{quoted(given)} has parts of a cent. Write at most two decimals, such as {cents}."
            )
        number = number if exponent >= -2 else cents
    return number if number else abs(number)


def _shown(number: Decimal) -> str:
    return format(_whole(number), "f")


def _whole(number: Decimal) -> Decimal:
    """Without decimals that are all nothing."""
    whole = number.to_integral_value()
    return whole if number == whole else number


def _not(given: Any, expected: str) -> InvalidAnswerError:
    return InvalidAnswerError(f"{quoted(given)} is not {expected}. Write {expected} in digits, or leave it blank.")


def _long(given: Any) -> InvalidAnswerError:
    return InvalidAnswerError(
        f"{quoted(given)} has too many digits. Write at most {MOST_DIGITS} before the decimal point and "
        f"{MOST_DECIMALS} after it."
    )
