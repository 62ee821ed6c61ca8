"""Every answer of a round as a dot, indicator by indicator, with the median marked."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, PAPER, Drawing
from ctekit.charts._ladder import NOT_RATED, rated
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, TEXT, WIDTH, beyond, fold, rows_layout, text_width
from ctekit.charts._words import plain, short, shown
from ctekit.model.days import long_day
from ctekit.model.text import count
from ctekit.ratings.results import LEAST_IN_ALL, Results
from ctekit.workbook import Workbook

WORKSHEET = "plan"
QUESTION = "How far apart do our answers lie?"

_AFTER = ("I don't know", "Answered", "Middle answer", "Agreement (1 alike, 0 even, -1 split)")
_SIZES = (8.0, 6.5, 5.0, 4.0, 3.0, 2.2)
"""Diameters of a dot in points: the largest with which all have room."""
_HIGHEST = 90.0


def numbers(book: Workbook) -> Numbers:
    """One row an indicator of the latest round: how many chose each level."""
    results = rated(book)
    return of_round(results) if results else Numbers(("Indicator", *_AFTER), ())


def of_round(results: Results) -> Numbers:
    """The same of one round, or of a part of it. Fewer than three answers are not shown."""
    choices = results.indicators[0].question.choices
    rows: list[tuple[Any, ...]] = []
    for indicator in results.indicators:
        name = (
            f"{indicator.number} {plain(indicator.question.statement)}"
            if indicator.number[:1].isdigit()
            else indicator.question.statement
        )
        if indicator.everyone.n < LEAST_IN_ALL:
            rows.append((name, *(None for _ in choices), None, indicator.everyone.n, None, None))
            continue
        levels = [indicator.everyone.levels.count(choice.code) for choice in choices]
        agreement = None if indicator.agreement is None else round(indicator.agreement, 2)
        rows.append(
            (name, *levels, indicator.everyone.dont_know, indicator.everyone.n, indicator.everyone.median, agreement)
        )
    people = count(results.people, "person", "people")
    note = f"“{plain(results.round.name)}”, {long_day(results.round.held_on)}, {people}."
    few = sum(row[-2] is None and row[-3] < LEAST_IN_ALL for row in rows)
    if few:
        note += f" {count(few, 'question')} with fewer than {LEAST_IN_ALL} answers not shown."
    return Numbers(("Indicator", *(f"{choice.code} {choice.word}" for choice in choices), *_AFTER), tuple(rows), note)


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a dot an answer over its level, hollow ones for "I don't know", and a thick line at the median."""
    rows = numbers.rows[:MOST_ROWS]
    levels = numbers.columns[1 : -len(_AFTER)]
    labels = ["too few" if row[-2] is None and row[1] is None else f"middle {shown(row[-2])}" for row in rows]
    beside = max((text_width(line) for line in labels), default=0) + 16
    step = (width * 0.6 - beside) / (len(levels) + 1)
    most = max((value or 0 for row in rows for value in row[1 : len(levels) + 2]), default=0)
    size = next((size for size in _SIZES if _high(most, step, size) <= _HIGHEST), _SIZES[-1])
    each = max(1, ceil(_high(most, step, size) / _HIGHEST))
    many = f". A dot is {each} answers or a part of them" if each > 1 else ""
    ladder = fold("; ".join((*levels, f"? I don't know{many}")), width - 2 * EDGE, SMALL, 4)
    foot = 48 + (ladder.count("\n") + 1) * SMALL * 1.36
    layout = rows_layout(
        [row[0] for row in rows],
        width=width,
        left=0.4,
        right=beside,
        foot=foot if rows else 8,
        least=max(44, _high(ceil(most / each), step, size) + 16),
        total=len(numbers.rows),
    )
    if not rows:
        return layout.drawing
    step = (layout.right - layout.left) / (len(levels) + 1)

    def at(place: float) -> float:
        return layout.left + (place + 0.5) * step

    layout.rules()
    first = int(levels[0].split()[0])
    ticks = [*(level.split()[0] for level in levels), "?"]
    layout.scale([at(place) for place in range(len(ticks))], ticks, "level")
    layout.write(EDGE, layout.bottom + 38 + (ladder.count("\n") + 1) * SMALL * 0.68, ladder, size=SMALL)
    for y, row, words in zip(layout.middles, rows, labels, strict=True):
        for place, value in enumerate(row[1 : len(levels) + 2]):
            dots = list(_pile(ceil((value or 0) / each), at(place), y, step, size))
            layout.mark(dots, "circle", BLUE if place < len(levels) else PAPER, size)
        if row[-2] is not None:
            half = max(12, _high(ceil(max(row[1 : len(levels) + 1]) / each), step, size) / 2 + 5)
            x = at(row[-2] - first)
            layout.down(x, y - half, y + half, 3.5)
        layout.write(layout.right + 10, y, words, size=TEXT)
    return layout.drawing


def _across(step: float, size: float) -> int:
    return max(1, int((step - 6) // (size + 1.5)))


def _high(dots: int, step: float, size: float) -> float:
    return ceil(dots / _across(step, size)) * (size + 1.5)


def _pile(dots: int, x: float, y: float, step: float, size: float) -> Iterator[tuple[float, float]]:
    """Where the dots of one level lie: lines above each other, around the middle."""
    wide, apart = _across(step, size), size + 1.5
    lines = ceil(dots / wide)
    for line in range(lines):
        here = min(wide, dots - line * wide)
        for place in range(here):
            yield x + (place - (here - 1) / 2) * apart, y + (line - (lines - 1) / 2) * apart


def tell(numbers: Numbers) -> Words:
    """Name where answers lie furthest apart, and what is lowest."""
    rows, levels = numbers.rows, numbers.columns[1 : -len(_AFTER)]
    if not rows:
        return Words(NOT_RATED, "An empty chart: no round of ratings has been revealed.")
    answered_rows = [row for row in rows if row[-2] is not None]
    if not answered_rows:
        return Words(
            f"Nobody can say: no question has {LEAST_IN_ALL} answers.",
            f"A chart without dots: {count(len(rows), 'question')}, too few answers to show.",
        )
    apart = min((row for row in answered_rows if row[-1] is not None), key=lambda row: row[-1], default=None)
    sentences = []
    if apart is not None and apart[-1] < 1:
        there = [place for place, value in enumerate(apart[1 : len(levels) + 1]) if value]
        ends = [levels[place].split()[0] for place in (there[0], there[-1])]
        sentences.append(f"Furthest apart: “{short(apart[0], 90)}”, from {ends[0]} to {ends[1]}.")
    elif apart is not None:
        sentences.append("Not at all: each question has one answer from everybody.")
    least = min(row[-2] for row in answered_rows)
    low = [
        row[0].split(" ")[0] if row[0][:1].isdigit() else f"“{short(row[0])}”"
        for row in answered_rows
        if row[-2] == least
    ]
    sentences.append(f"Lowest, with a middle answer of {shown(least)}: {', '.join(low)}.")
    unsure = sum(row[-4] for row in answered_rows)
    if unsure:
        sentences.append(f"“I don't know” was said {'once' if unsure == 1 else f'{unsure} times'}.")
    details = "; ".join(f"{short(row[0], 40)}: middle answer {shown(row[-2])}" for row in answered_rows[:12])
    alt = (
        f"Dot plot with {count(len(rows), 'question')}, one a row; across, the levels {levels[0]} to {levels[-1]}, "
        f"then “I don't know”; answers are dots, and a thick line marks the middle one. {details}.{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)
