"""The year of communications: what goes out to whom, on which day of the next twelve months."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator
from typing import Any

from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, RED, RULE, Drawing
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, WIDTH, Layout, beyond, fold, rows_layout, text_width
from ctekit.charts._words import MONTHS, named, plain, several
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import DAYS, Communication, HowOften

WORKSHEET = "communication"
QUESTION = "Which month of the year ahead is quiet, and who has no date yet?"

AHEAD = 12
"""Months that are drawn."""
BEFORE = 4
"""Columns of the table that come before the months."""
NO_FIRST, NO_RHYTHM, WHEN_NEEDED, LATER = "no first date", "how often is not written", "when needed", "begins later"
_LAST = datetime.date(9998, 12, 1)
"""The calendar of Python ends soon after."""


def numbers(book: Workbook) -> Numbers:
    """One row an audience, in the order people put them; how many dates fall into each month.

    The year begins with the month of the as-of date or the last save, never with the clock's.
    """
    audiences = [
        audience
        for audience in book[Communication].audiences
        if plain(audience.audience) or audience.members or audience.how_often
    ]
    begin = book.day or min((audience.first_on for audience in audiences if audience.first_on), default=None)
    start = begin and min(begin, _LAST).replace(day=1)
    rows = []
    for audience in audiences:
        first, often = audience.first_on, audience.how_often
        dates = list(_dates(first, often, start)) if first and start else []
        ahead = [_month(date) - _month(start) for date in dates] if start else []
        missing = [] if first else [NO_FIRST]
        missing += [NO_RHYTHM] if often is None else [WHEN_NEEDED] if often == "when needed" else []
        missing += [LATER] if first and not dates and often != "when needed" else []
        rows.append(
            (
                plain(audience.audience) or "Audience without a name",
                plain(book.name(audience.owner)) if audience.owner else None,
                often,
                first.isoformat() if first else None,
                *(ahead.count(month) for month in range(AHEAD)),
                "; ".join(missing) or "none",
            )
        )
    months = [_month(start) + ahead if start else 0 for ahead in range(AHEAD)]
    heads = [
        f"{MONTHS[month % 12]} {month // 12}" if start else f"month {ahead}" for ahead, month in enumerate(months, 1)
    ]
    columns = (
        "Audience",
        "Who sends it",
        "How often",
        "First on",
        *(f"Dates in {head}" for head in heads),
        "Still to settle",
    )
    return Numbers(columns, tuple(rows))


def _month(date: datetime.date) -> int:
    """Months since the year 0, so that they can be counted."""
    return date.year * 12 + date.month - 1


def _start(numbers: Numbers) -> datetime.date | None:
    _, _, month, year = numbers.columns[BEFORE].split()
    return datetime.date(int(year), MONTHS.index(month) + 1, 1) if month in MONTHS else None


def _dates(first: datetime.date, often: HowOften | None, start: datetime.date) -> Iterator[datetime.date]:
    """The days in the twelve months from a first of the month."""
    days, end = DAYS.get(often or "when needed", 0), _month(start) + AHEAD
    if not days:
        if 0 <= _month(first) - _month(start) < AHEAD:
            yield first
    elif days < DAYS["monthly"]:
        ahead = max(-((first - start).days // days), 0) if first < start else 0
        date = first + datetime.timedelta(days * ahead)
        while _month(date) < end:
            if date >= start:
                yield date
            date += datetime.timedelta(days)
    else:
        # What comes monthly comes on the same day of the month, or on its last.
        step = round(days / DAYS["monthly"])
        at = _month(first) + max(-(-(_month(start) - _month(first)) // step), 0) * step
        for month in range(at, end, step):
            year, after = divmod(month, 12)
            yield datetime.date(year, after + 1, min(first.day, monthrange(year, after + 1)[1]))


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a line of twelve months an audience, with a mark on each day that something goes out."""
    rows, start = numbers.rows[:MOST_ROWS], _start(numbers)
    bare = {index for index, row in enumerate(rows) if NO_FIRST in row[-1]}
    labels = [row[0] for row in rows]
    layout = rows_layout(
        labels, bold=bare, left=0.3, right=38, head=22, foot=60, least=30, lines=2, total=len(numbers.rows), width=width
    )
    if not rows:
        return layout.drawing
    layout.rules()
    month = (layout.right - layout.left) / AHEAD
    layout.write(layout.width - EDGE, 11, "times", size=SMALL, align="right")
    for index in range(AHEAD + 1):
        layout.down(layout.left + month * index, layout.top, layout.bottom, color=RULE)
    first_month = _month(start) if start else 0
    marks: dict[int, list[tuple[float, float]]] = {}
    for y, row in zip(layout.middles, rows, strict=True):
        first, many = row[3] and datetime.date.fromisoformat(row[3]), sum(row[BEFORE:-1])
        if not first or not start:
            layout.mark([(layout.left + 9, y)], "cross", RED, 12)
            label = fold(row[-1], layout.right - layout.left - 26, SMALL, 1, True)
            layout.write(layout.left + 21, y, label, size=SMALL, bold=True)
        elif not many:
            layout.write(layout.left + 6, y, fold(row[-1], layout.right - layout.left - 12, SMALL, 1), size=SMALL)
        for date in _dates(first, row[2], start) if first and start else ():
            share = (date.day - 1) / monthrange(date.year, date.month)[1]
            at = layout.left + month * (_month(date) - first_month + share)
            marks.setdefault(9 if many <= AHEAD else 6 if many <= 26 else 4, []).append((at + 3, y))
        layout.write(layout.width - EDGE, y, str(many), bold=not many, align="right")
    for size, points in marks.items():
        layout.mark(points, "diamond", BLUE, size)
    _months(layout, numbers, month)
    return layout.drawing


def _months(layout: Layout, numbers: Numbers, month: float) -> None:
    """Under the rows: the months, how many dates fall into each, and the year."""
    totals = _totals(numbers)
    heads = [column.split()[2] for column in numbers.columns[BEFORE:-1]]
    every = 1 if month > text_width("May", SMALL, True) + 2 else 2
    for at, (head, total) in enumerate(zip(heads, totals, strict=True)):
        x = layout.left + month * (at + 0.5)
        if not at % every:
            layout.write(x, layout.bottom + 11, head, size=SMALL, align="center")
        layout.write(x, layout.bottom + 27, str(total), size=SMALL, bold=not total, align="center")
    layout.write(layout.left - 8, layout.bottom + 27, "dates a month", size=SMALL, align="right")
    if _start(numbers):
        label = f"{_named(numbers)[0]} to {_named(numbers)[-1]}"
        layout.write((layout.left + layout.right) / 2, layout.bottom + 46, label, size=SMALL, align="center")


def _totals(numbers: Numbers) -> list[int]:
    return [sum(row[BEFORE + at] for row in numbers.rows) for at in range(AHEAD)]


def _named(numbers: Numbers) -> list[str]:
    return [column.removeprefix("Dates in ") for column in numbers.columns[BEFORE:-1]]


def tell(numbers: Numbers) -> Words:
    """Name the quiet months, the fullest one, and who has no date."""
    rows: tuple[tuple[Any, ...], ...] = numbers.rows
    if not rows:
        return Words(
            "There is no date yet. Write the audiences in 05-communication, how often each hears something, and the "
            "first day.",
            "An empty chart: no audience is written.",
        )
    totals, months = _totals(numbers), _named(numbers)
    bare = [row[0] for row in rows if NO_FIRST in row[-1]]
    loose = [row[0] for row in rows if NO_FIRST not in row[-1] and NO_RHYTHM in row[-1]]
    quiet = [month for month, total in zip(months, totals, strict=True) if not total]
    sentences = []
    if not any(totals):
        sentences.append("Nobody can say yet: nothing has a date in these twelve months.")
    else:
        most, least = max(totals), min(totals)
        sentences.append(
            f"Quiet: {several(quiet)}."
            if quiet
            else f"No month is quiet: the fewest dates are {least}, in {_those(months, totals, least)}."
        )
        if most > least:
            sentences.append(f"The most: {most}, in {_those(months, totals, most)}.")
    if bare:
        sentences.append(f"Without a first date: {named(bare)}.")
    if loose:
        sentences.append(f"How often is not written: {named(loose)}.")
    when = f"from {months[0]} to {months[-1]}" if _start(numbers) else "of a year that has no beginning yet"
    alt = (
        f"Calendar with {count(len(rows), 'audience')}, one a row; across, the twelve months {when}, with a diamond on "
        f"each day that something goes out: {sum(totals)} in all, from {min(totals)} to {max(totals)} a month. "
        f"{len(bare)} without a first date, marked with a cross."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)


def _those(months: list[str], totals: list[int], many: int) -> str:
    return several([month for month, total in zip(months, totals, strict=True) if total == many])
