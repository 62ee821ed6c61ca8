"""Measures: from their baseline to the latest figure, and on to the target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctekit.analysis import disclosure
from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, PAPER, YELLOW, Drawing
from ctekit.charts._layout import EDGE, MOST_ROWS, SMALL, WIDTH, Layout, beyond, fold, rows_layout, text_width
from ctekit.charts._words import plain, quoted, shown
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metric, Metrics
from ctekit.worksheets.roles import Roles

WORKSHEET = "metrics"
QUESTION = "Are we moving, and from a start that everybody accepts?"

NO_AGREEMENT = "held back: data about single people without an agreement"
SMALL_SHOWN = "held back: a small group is marked to be shown"
SMALL_GROUP = "hidden: marked so, or too few people"
AWAY = "away from the target"
NO_COUNT = "no count with a date yet"


def numbers(book: Workbook) -> Numbers:
    """One row a measure, for everybody together: single groups are not drawn.

    A measure is held back while it reads data about single people without an agreement, or while one of its small
    groups is marked to be shown: the total beside it would be the other half of the sum.
    """
    withheld = _gives_away(book)
    rows = [_row(book, metric, metric.id in withheld) for metric in book[Metrics].metrics]
    few = f"hidden: marked so, or of fewer than {disclosure.threshold(book)} people"
    withheld_by_state = {NO_AGREEMENT: NO_AGREEMENT, SMALL_SHOWN: SMALL_SHOWN, SMALL_GROUP: few}
    notes = [
        f"{count(number, 'measure')} {why}."
        for state, why in withheld_by_state.items()
        if (number := sum(row[9] == state for row in rows))
    ]
    columns = (
        "Measure",
        "Unit",
        "Baseline",
        "Baseline as of",
        "Latest",
        "Latest as of",
        "Target",
        "Target date",
        "Start can be looked up (source and holder named)",
        "State",
    )
    return Numbers(columns, tuple(rows), " ".join(notes))


def _gives_away(book: Workbook) -> set[str | None]:
    """The measures about single people of which a small group is marked to be shown, or follows from what is."""
    disclosures = disclosure.given_away(book)
    return {
        observation.metric for disclosure in disclosures for observation in (*disclosure.small, *disclosure.complement)
    }


def _row(book: Workbook, metric: Metric, gives_away: bool) -> tuple[Any, ...]:
    name = plain(metric.name) or "Measure without a name"
    unit = plain(metric.unit) or "percent"
    target = None if metric.target is None else float(metric.target)
    due = metric.target_date.isoformat() if metric.target_date else None
    has_source = bool(metric.source and metric.steward)
    hidden = disclosure.hidden(book)
    everybody = book[Metrics].observed(metric.id)
    values = [
        (float(value), observation.as_of)
        for observation in everybody
        if observation.id not in hidden
        and (value := observation.percent if _percent(unit) else observation.counted) is not None
    ]
    agreements = {agreement.id for agreement in book[Roles].data_agreements}
    state = ""
    if metric.about in disclosure.SINGLE_PEOPLE and metric.agreement not in agreements:
        state = NO_AGREEMENT
    elif gives_away:
        state = SMALL_SHOWN
    elif not values:
        state = SMALL_GROUP if any(observation.id in hidden for observation in everybody) else NO_COUNT
    if state:
        return name, unit, None, None, None, None, target, due, has_source, state
    (first, began), (last, ended) = values[0], values[-1]
    began_on, ended_on = began and began.isoformat(), ended and ended.isoformat()
    if len(values) == 1:
        return name, unit, first, began_on, None, None, target, due, has_source, "start only"
    return (
        name,
        unit,
        first,
        began_on,
        last,
        ended_on,
        target,
        due,
        has_source,
        _moved(first, last, target, metric.direction),
    )


def _moved(first: float, last: float, target: float | None, direction: str | None) -> str:
    wanted = {"up": 1.0, "down": -1.0}.get(direction or "", 0.0)
    if target is not None and target != first:
        wanted = target - first
    if last == first:
        return "unchanged"
    if not wanted:
        return "moved; which way is better is not written"
    return "toward the target" if (last - first) * wanted > 0 else AWAY


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a row a measure: a ring for the start, a diamond for the latest figure, a bar for the target."""
    rows = numbers.rows[:MOST_ROWS]
    away = {index for index, row in enumerate(rows) if row[9] == AWAY}
    is_narrow = width < WIDTH
    layout = rows_layout(
        [row[0] for row in rows],
        bold=away,
        left=0.42,
        right=16,
        head=26,
        foot=40,
        least=39 if is_narrow else 46,
        lines=5,
        total=len(numbers.rows),
        width=width,
    )
    if not rows:
        return layout.drawing
    room = layout.right - layout.left

    def at(percent: float) -> float:
        return layout.left + room * min(max(percent, 0), 100) / 100

    layout.rules()
    layout.scale([at(step) for step in range(0, 101, 25)], ["0", "25", "50", "75", "100"], "percent")
    starts, ends = _legend(layout)
    ways, moves = [], []
    for y, row in zip(layout.middles, rows, strict=True):
        first, last, target = row[2], row[4], row[6]
        if first is None or not _percent(row[1]):
            layout.write(layout.left + 4, y, fold(_in_words(row), room - 8, SMALL, 2), size=SMALL)
            continue
        line, bold = y + (7 if is_narrow else 9), row[9] == AWAY
        points = [at(value) for value in (first, last, target) if value is not None]
        ways.append([(min(points), line), (max(points), line)])
        starts.append((at(first), line))
        if last is not None:
            moves.append([(at(first), line), (at(last), line)])
            ends.append((at(last), line))
        if target is not None:
            layout.bar(at(target) - 2.5, line, 5, 13 if is_narrow else 18, YELLOW)
        _write_above(layout, points, y - (8 if is_narrow else 11), _percents(first, last, target), bold)
    for way in ways:
        layout.line(way, 1.2, style="dotted")
    for way in moves:
        layout.line(way, 3.0)
    layout.mark(starts, "circle", PAPER, 11)
    layout.mark(ends, "diamond", BLUE, 9)
    return layout.drawing


def _percents(first: float, last: float | None, target: float | None) -> str:
    now = " → ".join(f"{shown(value)}%" for value in (first, last) if value is not None)
    return f"{now}, {'no target' if target is None else f'target {shown(target)}%'}"


def _write_above(layout: Layout, points: Sequence[float], y: float, words: str, bold: bool) -> None:
    """Write a row's figures above the middle of its points, around y, within the chart."""
    half = text_width(words, SMALL, bold) / 2
    x = min(max((min(points) + max(points)) / 2, layout.left + half), layout.width - half - EDGE)
    layout.write(x, y, words, size=SMALL, align="center", bold=bold)


def _legend(layout: Layout) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """Write what each sign means, draw the bar, and give the places of the ring and of the diamond."""
    signs, x = [], layout.left + 8
    for word in ("start", "latest", "target"):
        signs.append(x)
        layout.write(x + 10, 13, word, size=SMALL)
        x += text_width(word, SMALL) + 30
    start, latest, target = signs
    layout.bar(target - 2.5, 13, 5, 16, YELLOW)
    return [(start, 13.0)], [(latest, 13.0)]


def _percent(unit: str) -> bool:
    return unit.casefold().startswith(("percent", "%"))


def _in_words(row: tuple[Any, ...]) -> str:
    """What a row says that has no place on a scale of percent."""
    _, unit, first, _, last, _, target, *_, state = row
    if first is None:
        return str(state)
    now = shown(first) if last is None else f"from {shown(first)} to {shown(last)}"
    return f"{now}{'' if target is None else f', target {shown(target)}'} ({unit})"


def tell(numbers: Numbers) -> Words:
    """Say how many moved and which way, and whose start cannot be looked up."""
    rows = numbers.rows
    if not rows:
        return Words(
            "There is no measure yet. Write in 07-metrics what you count, and a first count of group “all”: the start.",
            "An empty chart: no measure is written.",
        )
    twice = [row for row in rows if row[4] is not None]
    toward = [row for row in twice if row[9] == "toward the target"]
    away = [row[0] for row in twice if row[9] == AWAY]
    begun = [row for row in rows if row[2] is not None]
    back = [row[0] for row in rows if row[2] is None and row[9] != NO_COUNT]
    bare = [row[0] for row in rows if row[9] == NO_COUNT]
    sentences = []
    if twice:
        sentences.append(
            f"{len(toward)} of {count(len(twice), 'measure')} with a second figure moved toward the target."
        )
    else:
        sentences.append(f"Nobody can say yet: none of {count(len(rows), 'measure')} has a second figure to show.")
    if away:
        sentences.append(f"Moving away: {quoted(away)}.")
    if begun:
        loose = [row[0] for row in begun if not row[8]]
        have = "The one start shown has" if len(begun) == 1 else f"All {len(begun)} starts shown have"
        sentences.append(
            f"Whose start cannot be looked up, for want of a source or a holder: {quoted(loose)}."
            if loose
            else f"{have} a source and somebody who holds the figures; ask whether everybody accepts them."
        )
    if bare:
        sentences.append(f"{count(len(bare), 'measure')} without a dated count.")
    if back:
        sentences.append(f"Held back: {quoted(back)}.")
    alt = (
        f"Dot chart with {count(len(rows), 'measure')}, one a row; across, percent from 0 to 100: a ring for the "
        f"start, a diamond for the latest figure, a bar for the target. {len(toward)} of {len(twice)} moved toward "
        f"the target, {len(away)} away from it; {len(begun) - len(twice)} have a start only; "
        f"{len(rows) - len(begun)} have nothing to show."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)
