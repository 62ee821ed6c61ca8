"""Reading days as people write them: one clear day, or a sentence that asks."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

from ctekit.model.errors import InvalidAnswerError
from ctekit.model.text import plain, quoted, western

FIRST_YEAR, LAST_YEAR = 1900, 2200
_EITHER_CENTURY = 50
"""From here on a year of two digits may be of the last century: agreements and courses are as old."""
_FIRST_OF_SPREADSHEETS = datetime.date(1899, 12, 30)

_MONTHS = (
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)
_MONTH_BY_NAME = {name: number for names in _MONTHS for number, name in enumerate(names.split(), 1)}
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_WEEKDAYS_IN_SPANISH = ["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"]

_TIME = re.compile(
    r"(?:T|,? +(?:at )?)(?:(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
    r" ?(?:[ap]\.?m\.?)?(?: ?Z| ?UTC|[+-]\d\d:?\d\d)?|1?\d ?[ap]\.?m\.?)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"({'|'.join(f'{name[:3]}(?:{name[3:]}|[a-z]{{1,2}})?' for name in _WEEKDAYS)}"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)[.,]* +",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{1,4}) ?([-/.]) ?(\d{1,2}) ?\2 ?(\d{1,4})")
_SERIAL = re.compile(r"([3-7]\d{4})(?:\.\d+)?")
_ENDS = re.compile(r"(?:(?:by|until) )?(?:(?:the )?end of )?(?=\S)", re.IGNORECASE)
_YEAR_AND_MONTH = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)|(?P<first>\d\d?)[-/.](?P<last>\d{4})")
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+(?:st|nd|rd|th)?", re.IGNORECASE)

_EXAMPLE = "Write it as June 30, 2027 or as 2027-06-30."
_EXAMPLE_OF_PERIOD = "Write a day, a month or a year, such as June 30, 2027, June 2027 or 2027."


def read(given: Any, period: bool = False) -> str:
    """Read a day.

    Parameters
    ----------
    given : object
        What was typed or pasted, or a date of Python's.
    period : bool
        Whether a month or a year alone will do, which then stands for its last day.

    Returns
    -------
    str
        As ``2027-06-30``.

    Raises
    ------
    InvalidAnswerError
        It is no day, there are two ways to read it, or its year is out of the question. The message says what to write.
    """
    if isinstance(given, datetime.date):
        parts = re.match(r"(\d{4})-(\d\d)-(\d\d)", given.isoformat())
        if parts is None:
            raise _not(given)
        return _day(given.isoformat()[:10], *map(int, parts.groups()))
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 < given < 100_000:
        given = str(given)  # a year, or a day as spreadsheets count them
    if not isinstance(given, str) or len(given) > 100:
        raise _not(given)
    words = western(given).rstrip(" .,;")
    ends = _TIME.search(words)
    if ends and ends.end() == len(words):
        words = words[: ends.start()]
    weekday = _WEEKDAY.match(words)
    day = _dated(given, words[weekday.end() :] if weekday else words, period)
    number = datetime.date.fromisoformat(day).weekday()
    day_name = plain(weekday[1]) if weekday else ""
    if day_name and not _WEEKDAYS[number].startswith(day_name[:3]) and day_name != _WEEKDAYS_IN_SPANISH[number]:
        named = _WEEKDAYS[number].capitalize()
        raise InvalidAnswerError(
            f"{quoted(given)} does not fit: {day} is a {named}. Write the right day, such as 2027-06-30."
        )
    return day


def long_day(day: str | datetime.date) -> str:
    """A day as people say it.

    Parameters
    ----------
    day : str or datetime.date
        Such as ``2027-06-30``.

    Returns
    -------
    str
        As ``June 30, 2027``; a text that is no day stays as it is.
    """
    try:
        date = datetime.date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        return str(day)
    return f"{calendar.month_name[date.month]} {date.day}, {date.year}"


def short_day(day: datetime.date) -> str:
    """A day in few letters, for tables: ``Jun 30, 2027``."""
    return f"{calendar.month_abbr[day.month]} {day.day}, {day.year}"


def long_days(words: str) -> str:
    """A text in which each day is said as people say it; see `long_day`."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda day: long_day(day[0]), words)


def in_full(words: str) -> str:
    """A day as people say it, however it is written; other words stay as they are: the name of a meeting is its day."""
    try:
        return long_day(read(words))
    except InvalidAnswerError:
        return words


def _dated(given: str, words: str, period: bool) -> str:
    digits = _DIGITS.fullmatch(words)
    if digits:
        return _of_digits(given, *digits.groups())
    part = _YEAR_AND_MONTH.fullmatch(words)
    if part:
        return _of_part(given, int(part["year"] or part["last"]), int(part["month"] or part["first"]), period)
    if re.fullmatch(r"\d{4}", words):
        return _of_part(given, int(words), 0, period)
    counted = _SERIAL.fullmatch(words)
    if counted:
        raise _unclear(given, str(_FIRST_OF_SPREADSHEETS + datetime.timedelta(int(counted[1]))))
    return _of_words(given, _ENDS.sub("", words, count=1) if period else words, period)


def _of_digits(given: str, first: str, sign: str, middle: str, last: str) -> str:
    """A day all in digits: year first, or month first as in the United States."""
    if len(first) == 4 and len(last) <= 2:
        return _day(given, int(first), int(middle), int(last))
    if len(first) > 2 or len(last) not in (2, 4):
        raise _not(given)
    year, *earlier = _years(last)
    # Who writes other digits than these does not put the month first.
    is_american = all(digit.isascii() or "０" <= digit <= "９" for digit in given if digit.isdecimal())
    if is_american and (sign == "/" or (sign == "-" and len(last) == 4)):
        if int(first) > 12 and _exists(year, int(middle), int(first)):
            raise _unclear(given, f"{year:04}-{int(middle):02}-{int(first):02}")
        return _of_century(given, last, int(first), int(middle))
    orders = ((first, middle), (middle, first))
    ways = {f"{any_year:04}-{int(month):02}-{int(day):02}" for any_year in (year, *earlier) for month, day in orders}
    if sign == "-" and int(first) > 12 and len(last) == 2:
        ways.add(f"20{first}-{int(middle):02}-{last}")
    real = sorted(way for way in ways if _exists(*map(int, way.split("-"))))
    raise _unclear(given, *real) if real and FIRST_YEAR <= year <= LAST_YEAR else _not(given)


def _of_words(given: str, words: str, period: bool) -> str:
    """A day with the name of its month: March 4th, 2026; 4 Mar 2026; 3-Jun-2027."""
    tokens = [word for word in _WORD_OR_NUMBER.findall(words) if word.lower() not in ("the", "of", "de", "del", "el")]
    months = [(place, _month(word)) for place, word in enumerate(tokens) if _month(word)]
    if len(months) != 1 or not 2 <= len(tokens) <= 3 or re.search(r"[^\w\s.,'/-]|--", words):
        raise _not(given, period)
    (place, month), numbers = months[0], [word for word in tokens if not _month(word)]
    if any(not word[0].isdigit() for word in numbers):
        raise _not(given, period)
    if len(numbers) == 1:
        if not re.fullmatch(r"\d{4}", numbers[0]):
            raise InvalidAnswerError(f"{quoted(given)} can be a day without its year, or a month. {_EXAMPLE}")
        return _of_part(given, int(numbers[0]), month, period)
    day, year = numbers if len(numbers[0]) < 4 or not numbers[0].isdigit() else numbers[::-1]
    if not re.fullmatch(r"\d{2}|\d{4}", year) or len(day.rstrip("stndrhSTNDRH")) > 2 or (place == 2 and len(year) < 4):
        raise _not(given, period)
    return _of_century(given, year, month, int(re.sub(r"\D", "", day)))


def _years(written: str) -> list[int]:
    """The years that are meant by four digits, or may be by two: 27 is 2027, 98 may also be 1998."""
    if len(written) > 2:
        return [int(written)]
    return [2000 + int(written)] + ([1900 + int(written)] if int(written) >= _EITHER_CENTURY else [])


def _of_century(given: str, year: str, month: int, day: int) -> str:
    """A day whose year may be written in two digits."""
    days = [_day(given, way, month, day) for way in _years(year)]
    if len(days) > 1:
        raise _unclear(given, *sorted(days))
    return days[0]


def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it, in English or Spanish; 0 for any other word."""
    name = plain(word)
    return next((number for month, number in _MONTH_BY_NAME.items() if len(name) > 2 and month.startswith(name)), 0)


def _of_part(given: str, year: int, month: int, period: bool) -> str:
    """The last day of a month, or of a year where the month is 0."""
    if month > 12 or not FIRST_YEAR <= year <= LAST_YEAR:
        raise _not(given, period)
    last = f"{year}-{month or 12:02}-{calendar.monthrange(year, month or 12)[1]}"
    if period:
        return last
    named = f"{_MONTHS[0].split()[month - 1].capitalize()} {year}" if month else str(year)
    raise InvalidAnswerError(
        f"{quoted(given)} names no day. Which day in {named}? Write the day, such as {long_day(last)}."
    )


def _day(given: str, year: int, month: int, day: int) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        meant = (
            f"{year + 2000}-{month:02}-{day:02}" if year < 100 and _exists(year + 2000, month, day) else "2027-06-30"
        )
        raise InvalidAnswerError(
            f"{quoted(given)} is in the year {year}. Days from {FIRST_YEAR} to {LAST_YEAR} are expected here. "
            f"Write it as {meant}."
        )
    if not _exists(year, month, day):
        raise InvalidAnswerError(f"{quoted(given)} is no day of the calendar. {_EXAMPLE}")
    return f"{year}-{month:02}-{day:02}"


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]


def _unclear(given: str, *ways: str) -> InvalidAnswerError:
    meant = " if that is meant" if len(ways) == 1 else ""
    return InvalidAnswerError(
        f"{quoted(given)} can be read as {' or as '.join(ways)}. Write {' or '.join(ways)}{meant}."
    )


def _not(given: Any, period: bool = False) -> InvalidAnswerError:
    return InvalidAnswerError(f"{quoted(given)} is not a date. {_EXAMPLE_OF_PERIOD if period else _EXAMPLE}")
