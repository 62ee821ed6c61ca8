"""Promises: how many organizations work on each, and how many measures show it."""

from __future__ import annotations

from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, ORANGE, PAPER, RED, Drawing
from ctekit.charts._layout import MOST_ROWS, SMALL, WIDTH, beyond, rows_layout
from ctekit.charts._words import plain, quoted
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles

WORKSHEET = "purpose"
QUESTION = "Which promise has nobody working on it, or nothing to show it?"


def numbers(book: Workbook) -> Numbers:
    """One row a promise. Work is a duty with an R, for a need that serves the promise."""
    roles, metrics = book[Roles], book[Metrics]
    served = {need.id: need.promise for need in book[Recruitment].needs}
    rows = []
    for clause in book[Purpose].clauses:
        duties = [task for task in roles.tasks if served.get(task.need or "") == clause.id]
        doers = {org for task in duties for org, letters in roles.matrix.get(task.id, {}).items() if "R" in letters}
        measures = [metric.id for metric in metrics.metrics if metric.promise == clause.id]
        counted = sum(
            any(
                observation.percent is not None or observation.counted is not None
                for observation in metrics.observed(id)
            )
            for id in measures
        )
        name = plain(clause.promise) or "Promise without words"
        rows.append((name, len(duties), len(doers), len(measures), counted))
    columns = (
        "Promise",
        "Duties that serve it",
        "Organizations that do them",
        "Measures that test it",
        "Measures with a figure",
    )
    return Numbers(columns, tuple(rows))


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw two bars a promise: who works on it, and what shows it."""
    rows = numbers.rows[:MOST_ROWS]
    thin = {index for index, row in enumerate(rows) if not row[2] or not row[4]}
    layout = rows_layout(
        [row[0] for row in rows],
        bold=thin,
        left=0.42,
        right=8,
        head=44,
        least=44,
        lines=5,
        total=len(numbers.rows),
        width=width,
    )
    if not rows:
        return layout.drawing
    half = (layout.right - layout.left) / 2
    room = half - 46
    layout.write(layout.left, 22, "organizations\nat work on it", size=SMALL, bold=True)
    layout.write(layout.left + half, 22, "measures\nwith a figure", size=SMALL, bold=True)
    layout.rules()
    longest = max(max(row[2], row[3]) for row in rows) or 1
    for y, (_, _, doers, measures, counted) in zip(layout.middles, rows, strict=True):
        for x, full, empty, color, hatched in (
            (layout.left, doers, 0, BLUE, False),
            (layout.left + half, counted, measures - counted, ORANGE, True),
        ):
            if full:
                layout.bar(x, y, room * full / longest, 18, color, hatched)
            if empty:
                layout.bar(x + room * full / longest, y, room * empty / longest, 18, PAPER, dashed=True)
            end = x + room * (full + empty) / longest
            if full:
                layout.write(end + 7, y, f"{full} of {full + empty}" if empty else str(full), bold=False)
            else:
                layout.mark([(end + 8, y)], "cross", RED, 12)
                layout.write(end + 19, y, "none" if not empty else f"0 of {empty}", bold=True)
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Name the promises without work, and those without a figure."""
    rows = numbers.rows
    if not rows:
        return Words(
            "There is no promise yet. Write three to five in 02-purpose; needs and measures then point to them.",
            "An empty chart: no promise is written.",
        )
    idle = [row[0] for row in rows if not row[2]]
    untested = [row[0] for row in rows if not row[3]]
    uncounted = [row[0] for row in rows if row[3] and not row[4]]
    sentences = []
    if idle:
        sentences.append(f"Nobody works on {_which(idle, len(rows))}.")
    if untested:
        sentences.append(f"No measure tests {_which(untested, len(rows))}.")
    if uncounted:
        sentences.append(f"Measured, but without a figure yet: {quoted(uncounted)}.")
    if not sentences:
        least = min(row[2] for row in rows)
        sentences.append(
            f"None: all {count(len(rows), 'promise')} have somebody at work and a measure with a figure. The fewest "
            f"at work: {count(least, 'organization')}, on {quoted([row[0] for row in rows if row[2] == least])}."
        )
    alt = (
        f"Bar chart with {count(len(rows), 'promise')}, one a row, and two bars each: organizations at work on it, "
        f"from 0 to {max(row[2] for row in rows)}, and measures with a figure, from 0 to "
        f"{max(row[4] for row in rows)}. {len(idle)} without anybody at work, {len(untested) + len(uncounted)} "
        "without a figure."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)


def _which(names: list[str], all_of_them: int) -> str:
    if len(names) == all_of_them and all_of_them > 1:
        return f"any of the {all_of_them} promises"
    return quoted(names)
