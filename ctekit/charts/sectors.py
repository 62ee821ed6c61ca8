"""How differently the sectors see each indicator: their medians side by side, the widest gap first."""

from __future__ import annotations

from typing import Any

from ctekit.charts import _ladder
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import Drawing
from ctekit.charts._layout import WIDTH, beyond
from ctekit.charts._words import plain, short, shown
from ctekit.model.days import long_day
from ctekit.model.text import count
from ctekit.ratings.folding import LEAST
from ctekit.ratings.results import Results
from ctekit.workbook import Workbook

WORKSHEET = "plan"
QUESTION = "What do the sectors see differently?"


def numbers(book: Workbook) -> Numbers:
    """One row an indicator of the latest round, the widest gap first. Sectors of under five people are folded."""
    results = _ladder.rated(book)
    return of_round(results) if results else Numbers(("Indicator", "Everyone", "Gap"), ())


def of_round(results: Results) -> Numbers:
    """The same of one round, or of a part of it."""
    there = {spread.who for indicator in results.indicators for spread in indicator.sectors}
    groups = [group for group in _ladder.GROUPS if group in there]
    rows: list[tuple[Any, ...]] = []
    for indicator in results.talk_first:
        medians = {spread.who: spread.median for spread in indicator.sectors}
        name = f"{indicator.number} {plain(indicator.question.statement)}"
        rows.append((name, indicator.everyone.median, *(medians.get(group) for group in groups), indicator.gap))
    sizes = {spread.who: spread.n for indicator in results.indicators for spread in indicator.sectors}
    named = ", ".join(f"{group} ({sizes[group]})" for group in groups)
    hidden = sum(not indicator.sectors for indicator in results.indicators)
    note = (
        f"“{plain(results.round.name)}”, {long_day(results.round.held_on)}, {count(results.people, 'person', 'people')}"
    )
    note += f": {named}. " if named else ". "
    note += f"A sector of fewer than {LEAST} is never shown alone"
    note += f"; at {count(hidden, 'indicator')} none could be." if hidden else "."
    return Numbers(("Indicator", "Everyone", *groups, "Gap"), tuple(rows), note)


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a sign a sector at its median, a thick line at the median of all, and the gap at the end."""
    rows, groups = numbers.rows, numbers.columns[2:-1]
    labels = ["not shown" if row[-1] is None else "no gap" if not row[-1] else f"gap {shown(row[-1])}" for row in rows]
    return _ladder.draw(
        [row[0] for row in rows], groups, [row[2:-1] for row in rows], [row[1] for row in rows], labels, width
    )


def tell(numbers: Numbers) -> Words:
    """Name the widest gap, and who stands at its ends."""
    rows, groups = numbers.rows, numbers.columns[2:-1]
    if not rows:
        return Words(_ladder.NOT_RATED, "An empty chart: no round of ratings has been revealed.")
    wide = [row for row in rows if row[-1]]
    if wide:
        first = wide[0]
        by_group = {group: value for group, value in zip(groups, first[2:-1], strict=True) if value is not None}
        low, high = min(by_group.values()), max(by_group.values())
        ends = [" and ".join(group for group, value in by_group.items() if value == end) for end in (low, high)]
        caption = (
            f"Most of all “{short(first[0], 90)}”: {ends[0]} {shown(low)}, {ends[1]} {shown(high)}. "
            f"{count(len(wide), 'indicator')} of {len(rows)} with a gap."
        )
    elif any(row[-1] == 0 for row in rows):
        caption = "Nothing: wherever two groups may be shown, their middle answers are the same."
    else:
        caption = f"Nobody can say: there are not two groups of {LEAST} people or more to be told apart."
    details = "; ".join(
        f"{row[0].split(' ')[0]}: "
        + (
            ", ".join(f"{name} {shown(v)}" for name, v in zip(groups, row[2:-1], strict=True) if v is not None)
            or "none"
        )
        for row in rows[:12]
    )
    alt = (
        f"Dot chart with {count(len(rows), 'indicator')}, one a row, the widest gap first; across, the middle answer "
        f"from 0 to 4 with a sign for each of {count(len(groups), 'group')} and a thick line for everyone. {details}."
        f"{beyond(len(rows))}"
    )
    return Words(caption, alt)
