"""Where people say the seven elements stand: the middle of each element's indicators, for all and by sector."""

from __future__ import annotations

from typing import Any

from ctekit import rubrics
from ctekit.charts import _ladder
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import Drawing
from ctekit.charts._layout import WIDTH
from ctekit.charts._words import plain, short, shown
from ctekit.model.days import long_day
from ctekit.model.text import count
from ctekit.ratings import median
from ctekit.ratings.results import IndicatorResult, Results
from ctekit.workbook import Workbook

WORKSHEET = "plan"
QUESTION = "Where do people say we stand, and who says so?"


def numbers(book: Workbook) -> Numbers:
    """One row an element, from the latest round that asked about it.

    A sector's level is the middle of its medians, and there only where each of them may be shown. Levels are never
    added up into a grade: an element's row says where its middle indicator stands.
    """
    latest = {element.number: _latest(book, element.number) for element in rubrics.ELEMENTS}
    there = {spread.who for rated in latest.values() if rated for indicator in rated[1] for spread in indicator.sectors}
    groups = [group for group in _ladder.GROUPS if group in there]
    columns = ("Element", "Everyone", *groups, "Gap", "Indicators rated", "In which round")
    if not any(latest.values()):
        return Numbers(columns, ())
    rows: list[tuple[Any, ...]] = []
    for element in rubrics.ELEMENTS:
        name, rated = f"{element.number} {element.title}", latest[element.number]
        if rated is None:
            rows.append((name, *(None for _ in columns[1:-2]), 0, "not rated yet"))
            continue
        round_, four = rated[0].round, rated[1]
        levels = [_of_group(four, group) for group in groups]
        values = [level for level in levels if level is not None]
        gap = max(values) - min(values) if len(values) > 1 else None
        source = f"{plain(round_.name)}, {long_day(round_.held_on)}"
        rows.append((name, _middle([indicator.everyone.median for indicator in four]), *levels, gap, len(four), source))
    return Numbers(columns, tuple(rows), rubrics.NOT_VALIDATED)


def _latest(book: Workbook, element: int) -> tuple[Results, tuple[IndicatorResult, ...]] | None:
    for results in reversed(book.rounds()):
        of_it = tuple(indicator for indicator in results.indicators if indicator.number.startswith(f"{element}."))
        if any(indicator.everyone.median is not None for indicator in of_it):
            return results, of_it
    return None


def _of_group(four: tuple[IndicatorResult, ...], who: str) -> float | None:
    medians = [spread.median for indicator in four for spread in indicator.sectors if spread.who == who]
    return _middle(medians) if len(medians) == len(four) and None not in medians else None


def _middle(medians: list[float | None]) -> float | None:
    # Halves of steps, doubled to whole numbers: the middle of two medians may lie at a quarter.
    doubled = median([int(2 * middle) for middle in medians if middle is not None])
    return None if doubled is None else doubled / 2


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a thick line an element at its level, and a sign a sector."""
    rows, groups = numbers.rows, numbers.columns[2:-3]
    labels = ["not rated" if not row[-2] else "not shown" if row[1] is None else shown(row[1]) for row in rows]
    return _ladder.draw(
        [row[0] for row in rows], groups, [row[2:-3] for row in rows], [row[1] for row in rows], labels, width
    )


def tell(numbers: Numbers) -> Words:
    """Say how many are rated, which is lowest, and where the sectors differ most."""
    rows, groups = [row for row in numbers.rows if row[1] is not None], numbers.columns[2:-3]
    if not rows:
        return Words(_ladder.NOT_RATED, "An empty chart: no round of ratings has been revealed.")
    least = min(row[1] for row in rows)
    low = [short(row[0]) for row in rows if row[1] == least]
    sentences = [f"{len(rows)} of {count(len(numbers.rows), 'element')} rated."]
    sentences.append(f"Lowest, at {shown(least)} of 4: {'; '.join(low)}.")
    widest = max((row[-3] for row in rows if row[-3]), default=None)
    if widest:
        row = next(row for row in rows if row[-3] == widest)
        by_group = {group: value for group, value in zip(groups, row[2:-3], strict=True) if value is not None}
        low_end, high_end = min(by_group, key=by_group.__getitem__), max(by_group, key=by_group.__getitem__)
        sentences.append(
            f"Seen most differently: {short(row[0])} ({low_end} {shown(by_group[low_end])}, "
            f"{high_end} {shown(by_group[high_end])})."
        )
    details = "; ".join(f"{row[0]} {shown(row[1])}" for row in rows)
    alt = (
        f"Dot chart with {count(len(numbers.rows), 'element')}, one a row; across, the level from 0 to 4: a thick line "
        f"for everyone and a sign for each of {count(len(groups), 'group')}. {details}. "
        f"{len(numbers.rows) - len(rows)} not rated."
    )
    return Words(" ".join(sentences), alt)
