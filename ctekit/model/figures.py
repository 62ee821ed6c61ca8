"""Numbers as people write them: thousands set apart, no idle zeros, the unit beside them."""

from __future__ import annotations

import re
from decimal import Decimal

_AMBIGUOUS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
"""With three decimals a number looks like thousands, as others write them: it keeps a zero."""
_PERCENT = re.compile(r"(?:per ?cent(?:age)?(?! points?)\b|%)", re.IGNORECASE)
"""How a unit begins that stands beside its number as a sign; percentage points are another unit."""
_PERCENTAGE = re.compile(r"([-−]?\d[\d,]*\.\d+)( ?%)")
"""A percentage and nothing else, as people type it."""
_EXACT = 10**9
"""A float below this may be a quotient, of which ten digits are told; of a larger one all are."""


def figure(number: float | Decimal, unit: str = "") -> str:
    """A number in words.

    Parameters
    ----------
    number : int, float or Decimal
    unit : str
        What it counts, as people wrote it: ``"percent"``, ``"percent of dollars"``, ``"hours"``; "" for nothing.

    Returns
    -------
    str
        Such as ``62,000``, ``94.5%``, ``64.6% of dollars`` or ``40 hours``.
    """
    exact = Decimal(f"{number:.10g}" if isinstance(number, float) and abs(number) < _EXACT else str(number))
    words = f"{exact or Decimal(0):,f}"  # no minus before a zero
    words = words.rstrip("0").rstrip(".") if "." in words else words
    return with_unit(f"{words}0" if isinstance(number, Decimal) and _AMBIGUOUS.fullmatch(words) else words, unit)


def with_unit(number: str, unit: str | None) -> str:
    """A number in words with its unit; see `figure`.

    Parameters
    ----------
    number : str
    unit : str or None

    Returns
    -------
    str
        "" where there is no number.
    """
    named = " ".join((unit or "").split())
    if not number or not named or number.endswith("%"):
        return number
    if percent := _PERCENT.match(named):
        return f"{number}%{named[percent.end() :]}"
    if named == "$":
        return f"-${number[1:]}" if number.startswith("-") else f"${number}"
    return f"{number} {named}"


def tidy(words: str) -> str:
    """What somebody typed; of a percentage and nothing else, the idle zeros go, as of any other figure.

    Codes and amounts stay as they are: their zeros are not idle.

    Parameters
    ----------
    words : str

    Returns
    -------
    str
        ``11%`` of ``11.0%``.
    """
    percentage = _PERCENTAGE.fullmatch(words)
    if percentage is None or _AMBIGUOUS.fullmatch(percentage[1]):
        return words
    return percentage[1].rstrip("0").rstrip(".") + percentage[2]


def dollars(amount: Decimal) -> str:
    """An amount of dollars: with its cents, or without any.

    Parameters
    ----------
    amount : Decimal

    Returns
    -------
    str
        Such as ``$12,000`` or ``$2,000.50``.
    """
    return f"${figure(amount)}" if amount == amount.to_integral_value() else f"${amount:,.2f}"
