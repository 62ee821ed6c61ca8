"""Open findings of each worksheet, from the first day of the history to now."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ctekit import rules
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, ORANGE, RULE, Drawing
from ctekit.charts._layout import SMALL, WIDTH, rows_layout, text_width
from ctekit.charts._words import brief_day, several
from ctekit.model.days import long_day
from ctekit.model.text import count
from ctekit.workbook import Workbook

WORKSHEET = "plan"
QUESTION = "Where is something still open, and is it getting less?"

MOST_DAYS = 6
"""Days that are looked at, the last one included; of a longer history, spread evenly."""
NOW = "now"


def numbers(book: Workbook) -> Numbers:
    """One row a worksheet that has been begun; a column for each day looked at.

    A finding that was acknowledged, or is for the facilitator alone, is not counted.
    """
    book = book.public()
    saved = book.days()
    days = [(day, _open(book.as_of(day))) for day in _some(saved[:-1])]
    # The last day of a history is the one looked back to, or that of the last save; a sample has its own.
    last = book.as_it_stood_on or (saved[-1] if saved else book.day.isoformat() if book.day else NOW)
    days.append((last, _open(book)))
    rows = []
    for sheet in book:
        numbers_by_day = [there[sheet.slug] for _, there in days]
        if any(numbers_by_day) or sheet != type(sheet)():
            rows.append((sheet.title, *numbers_by_day, days[-1][1][f"{sheet.slug}/error"]))
    heads = [f"Open on {day}" if day != NOW else "Open now" for day, _ in days]
    columns = ("Worksheet", *heads, "Errors among the last")
    note = "Findings for the facilitator only, and acknowledged ones, are not counted." if rows else ""
    return Numbers(columns, tuple(rows), note)


def _some(before: Sequence[str]) -> Sequence[str]:
    """The days before the last one, thinned out so that the first stays."""
    few = MOST_DAYS - 1
    if len(before) <= few:
        return before
    return [before[round(at * (len(before) - 1) / (few - 1))] for at in range(few)]


# A workbook never changes: what was found on a day is found once, however often the chart is drawn.
@lru_cache(maxsize=2 * MOST_DAYS)
def _open(book: Workbook) -> Mapping[str, int]:
    """How many findings each worksheet has, and under ``slug/error`` how many of those are errors."""
    numbers: Counter[str] = Counter()
    for result in rules.check(book):
        for finding in result.findings:
            numbers[finding.worksheet] += 1
            numbers[f"{finding.worksheet}/error"] += finding.severity == "error"
    return numbers


def _days(numbers: Numbers) -> list[str]:
    return [column.removeprefix("Open on ").removeprefix("Open ") for column in numbers.columns[1:-1]]


def _in_words(day: str) -> str:
    return NOW if day == NOW else long_day(day)


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a small row of upright bars a worksheet, one a day, the last one hatched."""
    rows = numbers.rows
    open_now = {index for index, row in enumerate(rows) if row[-2]}
    layout = rows_layout([row[0] for row in rows], bold=open_now, left=0.42, right=8, foot=34, least=48, width=width)
    if not rows:
        return layout.drawing
    days = _days(numbers)
    step = min((layout.right - layout.left) / len(days), 60.0)
    most = max(max(row[1:-1]) for row in rows) or 1
    layout.rules()
    for y, row in zip(layout.middles, rows, strict=True):
        ground = y + 20
        for at, many in enumerate(row[1:-1]):
            last = at == len(days) - 1
            high = 24 * many / most
            middle = layout.left + step * (at + 0.5)
            if many:
                layout.bar(middle - 9, ground - high / 2, 18, high, ORANGE if last else BLUE, last)
            layout.write(middle, ground - high - 8, str(many), size=SMALL, bold=last and bool(many), align="center")
        layout.across(ground, layout.left, layout.left + step * len(days), color=RULE)
    # A narrow sheet has no room for every day: the last one always stands.
    for at in range(len(days) - 1, -1, -1 if step > text_width("Sep 30", SMALL) + 4 else -2):
        day = None if days[at] == NOW else datetime.date.fromisoformat(days[at])
        words = f"{brief_day(day)}\n{day.year}" if day else NOW
        layout.write(layout.left + step * (at + 0.5), layout.bottom + 17, words, size=SMALL, align="center")
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Say how many are open now, where most, and whether it was more before."""
    rows: tuple[tuple[Any, ...], ...] = numbers.rows
    if not rows:
        return Words(
            "There is nothing to check yet. Begin with 00-start-here; what does not fit together then shows here.",
            "An empty chart: no worksheet has been begun.",
        )
    days = _days(numbers)
    totals = [sum(row[1 + at] for row in rows) for at in range(len(days))]
    errors = sum(row[-1] for row in rows)
    if totals[-1]:
        most = max(row[-2] for row in rows)
        where = several([row[0] for row in rows if row[-2] == most])
        sentences = [
            f"{count(totals[-1], 'finding')} {'is' if totals[-1] == 1 else 'are'} open, {errors} of them "
            f"{'an error' if errors == 1 else 'errors'}; most at {where} ({most})."
        ]
    else:
        sentences = ["Nothing is open on the worksheets begun so far."]
    if len(days) > 1:
        before, since = totals[0], _in_words(days[0])
        change = totals[-1] - before
        sentences.append(
            f"As many as on {since}."
            if not change
            else f"That is {abs(change)} {'more' if change > 0 else 'fewer'} than on {since}."
        )
    else:
        sentences.append("There is no earlier day to compare with yet.")
    when = f"{_in_words(days[0])} to {_in_words(days[-1])}" if len(days) > 1 else _in_words(days[-1])
    alt = (
        f"Small bar charts of {count(len(rows), 'worksheet')}, one a row, with an upright bar for each of "
        f"{count(len(days), 'day')} ({when}): open findings, in all "
        f"{several([str(total) for total in totals], MOST_DAYS)}."
    )
    return Words(" ".join(sentences), alt)
