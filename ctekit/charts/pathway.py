"""Pathway steps, from school to a job, and where one of them leads nowhere."""

from __future__ import annotations

from typing import Any

from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import INK, PAPER, RED, Drawing
from ctekit.charts._layout import EDGE, LINE, MOST_ROWS, SMALL, TEXT, WIDTH, Layout, beyond, fold
from ctekit.charts._words import plain, quoted, several, short
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.pathway import Step
from ctekit.worksheets.profile import Profile

WORKSHEET = "profile"
QUESTION = "Can a learner walk from school to a job without a gap?"

NOWHERE, UNREACHED, UNPLACED = "leads nowhere", "no step leads here", "no place is named"
REMOVED, STARTS_OVER = "leads to a step that was removed", "no credit carries to the next place"
BETWEEN = 14.0
"""Points between two boxes, besides what is written there."""


def numbers(book: Workbook) -> Numbers:
    """One row a step, numbered in the order people put them."""
    steps, following = book[Profile].steps, book[Profile].onward
    place = {step.id: index for index, step in enumerate(steps, 1)}
    led_to = {target for step in steps for target in following[step.id] if target != step.id}
    start = next((step.id for step in steps if step.id not in led_to), steps[0].id if steps else "")
    rows = []
    for index, step in enumerate(steps, 1):
        where = ", ".join(plain(place if place == "employers" else book.name(place)) for place in step.where)
        onward = ", ".join(str(place[target]) for target in following[step.id] if target in place)
        gaps = "; ".join(_gaps(step, following[step.id], steps, place, step.id == start or step.id in led_to))
        rows.append(
            (
                f"{index}. {plain(step.step) or 'Step without a name'}",
                where or None,
                plain(step.credential) or None,
                plain(step.credit) or None,
                onward or "none",
                plain(step.job) or "none",
                None if step.wage is None else float(step.wage),
                gaps or "none",
            )
        )
    columns = (
        "Step",
        "Where",
        "Credential",
        "Credit that carries",
        "Leads to step",
        "Or to this job",
        "Starting wage ($ an hour)",
        "Gap",
    )
    return Numbers(columns, tuple(rows))


def _gaps(
    step: Step, leads_to: tuple[str, ...], steps: tuple[Step, ...], place: dict[str, int], reached: bool
) -> list[str]:
    onward = [target for target in leads_to if target in place and target != step.id]
    gaps = []
    if not reached:
        gaps.append(UNREACHED)
    if not step.where:
        gaps.append(UNPLACED)
    if len(onward) < len([target for target in leads_to if target != step.id]):
        gaps.append(REMOVED)
    elif not onward and not step.job:
        gaps.append(NOWHERE)
    if (step.credit or "").strip(" .").casefold() == "none" and step.where:
        next_places = [set(steps[place[target] - 1].where) for target in onward]
        # Within one school nothing needs to carry; at another one the learner would start over.
        if next_places and all(where and where.isdisjoint(step.where) for where in next_places):
            gaps.append(STARTS_OVER)
    return gaps


def _onward(row: tuple[Any, ...]) -> list[int]:
    return [] if row[4] == "none" else [int(part) - 1 for part in row[4].split(", ")]


def _walk(rows: tuple[tuple[Any, ...], ...]) -> set[int]:
    """The steps one can get to from the first one that is a beginning."""
    begin = next((index for index, row in enumerate(rows) if UNREACHED not in row[7]), 0)
    led_to = {target for row in rows for target in _onward(row)}
    begin = next((index for index, row in enumerate(rows) if index not in led_to and UNREACHED not in row[7]), begin)
    visited, ahead = set(), [begin]
    while ahead:
        index = ahead.pop()
        if index not in visited:
            visited.add(index)
            ahead += _onward(rows[index])
    return visited


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw boxes from top to bottom: a step each, the arrow onward under it, the job it opens beside it."""
    rows = numbers.rows[:MOST_ROWS]
    is_narrow = width < WIDTH
    gutter = EDGE + (34 if _runs_beside(rows) else 0)
    split = width * (0.58 if is_narrow else 0.63)
    room = split - gutter - 16
    words = [_lines(row, room, 4 if is_narrow else 2) for row in rows]
    heights = [sum(text.count("\n") + 1 for text, _ in cell) * TEXT * LINE + 14 for cell in words]
    carried = [fold(_carried(row), width - gutter - 40, SMALL, 2) for row in rows]
    gaps = [BETWEEN + (text.count("\n") + 1) * SMALL * LINE for text in carried]
    tops = [EDGE + sum(heights[:index]) + sum(gaps[:index]) for index in range(len(heights))]
    down = (tops[-1] + heights[-1] if tops else 0) + EDGE
    layout = Layout(width, down, gutter, split, 0, down)
    middles = [top + high / 2 for top, high in zip(tops, heights, strict=True)]
    arrows: list[tuple[float, float, str]] = []
    for index, row in enumerate(rows):
        broken = row[7] != "none"
        layout.bar(gutter, middles[index], split - gutter, heights[index], PAPER, dashed=broken)
        y = tops[index] + 7
        for text, bold in words[index]:
            high = (text.count("\n") + 1) * TEXT * LINE
            layout.write(gutter + 8, y + high / 2, text, bold=bold, size=TEXT if bold else SMALL)
            y += high
        lanes = 0
        for target in _onward(row):
            if target >= len(rows):
                continue
            if target == index + 1:
                x = gutter + 14
                layout.down(x, tops[index] + heights[index], tops[target] - 6, 1.6)
                arrows.append((x, tops[target] - 5, "down"))
            elif target != index:
                # An arrow that skips or goes back runs beside the boxes, in one of three lanes.
                x = gutter - 10 - 8 * ((index + lanes) % 3)
                lanes += 1
                start, end = middles[index] + 6, middles[target] - 6
                layout.line([(gutter, start), (x, start), (x, end), (gutter - 6, end)], 1.4)
                arrows.append((gutter - 4, end, "right"))
        if _onward(row) and index + 1 < len(rows):
            layout.write(gutter + 28, tops[index] + heights[index] + gaps[index] / 2, carried[index], size=SMALL)
        if row[5] != "none":
            arrows.append((split + 20, middles[index], "right"))
        _beside(layout, row, split, middles[index])
    for marker in ("down", "right"):
        layout.mark([(x, y) for x, y, kind in arrows if kind == marker], marker, INK, 9)
    return layout.drawing


def _beside(layout: Layout, row: tuple[Any, ...], split: float, y: float) -> None:
    """Draw the job that a step opens, or why it leads nowhere."""
    room = layout.width - split - 44 - EDGE
    if row[5] != "none":
        pay = "wage not known" if row[6] is None else f"${row[6]:,.2f} an hour"
        layout.across(y, split, split + 18, 1.6)
        job = fold(row[5], room, TEXT, 2, True)
        high = (job.count("\n") + 1) * TEXT * LINE
        layout.write(split + 34, y - 8, job, bold=True)
        layout.write(split + 34, y + high / 2, pay, size=SMALL)
    elif row[7] != "none":
        layout.mark([(split + 16, y)], "cross", RED, 13)
        layout.write(split + 34, y, fold(row[7], room, TEXT, 3, True), bold=True)


def _lines(row: tuple[Any, ...], room: float, most: int) -> list[tuple[str, bool]]:
    """What stands in the box of a step; at most so many lines of each."""
    lines = [(fold(row[0], room, TEXT, most, True), True)]
    lines.append((fold(row[1] or "no place is named", room, SMALL, most), False))
    if row[2]:
        lines.append((fold(f"credential: {row[2]}", room, SMALL, most), False))
    if row[7] != "none" and row[5] != "none":
        lines.append((fold(f"Gap: {row[7]}", room, SMALL, most), False))
    return lines


def _carried(row: tuple[Any, ...]) -> str:
    return "credit not written" if row[3] is None else f"credit: {row[3]}"


def _runs_beside(rows: tuple[tuple[Any, ...], ...]) -> bool:
    """Whether an arrow skips a step or goes back, beside the boxes."""
    return any(target not in (index, index + 1) for index, row in enumerate(rows) for target in _onward(row))


def tell(numbers: Numbers) -> Words:
    """Say whether the walk ends at a job, and where it breaks."""
    rows = numbers.rows
    if not rows:
        return Words(
            "There is no pathway step yet. Write the steps from ninth grade to a job in the profile, in 00-start-here.",
            "An empty chart: no pathway step is written.",
        )
    reached = _walk(rows)
    jobs = [rows[index] for index in sorted(reached) if rows[index][5] != "none"]
    broken = [row for row in rows if row[7] != "none"]
    gaps = [f"step {short(row[0])}: {row[7]}" for row in broken]
    pay = [row[6] for row in jobs if row[6] is not None]
    wages = ""
    if pay:
        lowest, highest = f"${min(pay):,.2f}", f"${max(pay):,.2f}"
        wages = f", at {lowest} an hour" if lowest == highest else f", from {lowest} to {highest} an hour"
    ends = f"{count(len(jobs), 'job')} ({several([short(row[5]) for row in jobs])}{wages})"
    if not jobs:
        caption = (
            f"Not yet: from the first step no job is reached. Look at {several(gaps)}."
            if gaps
            else "Not yet: the steps lead to each other, and none of them to a job."
        )
    elif gaps:
        caption = f"Not without a gap. The steps lead to {ends}, but there {'is' if len(gaps) == 1 else 'are'} "
        caption += f"{count(len(gaps), 'gap')}: {several(gaps)}."
    elif len(rows) == 1:
        caption = f"Yes, in one step, which leads to {ends}."
    else:
        caption = f"Yes. From the first step to the last all {len(rows)} join up, and they lead to {ends}."
    silent = [row[0] for row in rows if row[4] != "none" and row[3] is None]
    if silent:
        caption += f" Not written yet: what credit carries on from {quoted(silent)}."
    alt = (
        f"Flow chart from top to bottom with {count(len(rows), 'box', 'boxes')}, one a pathway step; arrows lead to "
        f"the next step and, on the right, to jobs with their starting wage. {count(len(jobs), 'job')} can be "
        "reached from the first step. "
        + (f"Marked with a cross or a dashed border: {several(gaps)}." if gaps else "No step is marked as a gap.")
        + beyond(len(rows))
    )
    return Words(caption, alt)
