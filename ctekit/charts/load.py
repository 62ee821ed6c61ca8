"""What each organization carries: its letters in the grid of duties, and hours a month against those it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, ORANGE, Drawing
from ctekit.charts._layout import (
    EDGE,
    LINE,
    MOST_ROWS,
    SMALL,
    TEXT,
    WIDTH,
    beyond,
    fold,
    rows_layout,
    steps_to,
    text_width,
)
from ctekit.charts._words import named, plain, short, shown
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles

WORKSHEET = "roles"
QUESTION = "Who is carrying more than they have hours for?"

POST = 160
"""Hours a month of one full-time post."""
_LETTERS = {"A": 4, "R": 1, "S": 5, "C": 6, "I": 7}
"""In which column of the table each letter of the grid is counted."""
_KEY = "A answers for, R does, S helps, C is asked, I is told"


def numbers(book: Workbook) -> Numbers:
    """One row an organization with a letter in the grid. The hours of a duty are shared equally by those who do it.

    Hours available are known only for the convener, from its paid time. What was pledged in words is not counted.
    """
    roles, convener = book[Roles], book[Convener]
    hours: dict[str, Fraction] = {}
    letters: dict[str, Counter[str]] = {}
    untold = unshared = 0
    for task in roles.tasks:
        across = roles.matrix.get(task.id, {})
        for org, cell in across.items():
            letters.setdefault(org, Counter()).update(set(cell) & set(_LETTERS))
        doers = [org for org, cell in across.items() if "R" in cell]
        untold += task.hours is None and bool(doers)
        unshared += not doers
        for org in doers:
            hours[org] = hours.get(org, Fraction()) + Fraction(task.hours or 0) / len(doers)
    has = _hours_paid(convener)
    order = [organization.id for organization in book[Profile].organizations]
    carry = {id for id, duties in letters.items() if duties}
    ids = [id for id in order if id in carry] + sorted(carry - set(order))
    rows: list[tuple[Any, ...]] = [
        (
            plain(book.name(id)),
            letters[id]["R"],
            round(float(hours.get(id, 0)), 1),
            has.get(id),
            *(letters[id][letter] for letter in "ASCI"),
        )
        for id in ids
    ]
    rows.sort(key=lambda row: (row[3] is None, -row[2]))
    notes = []
    if untold:
        notes.append(f"{count(untold, 'duty', 'duties')} without hours {'is' if untold == 1 else 'are'} counted as 0.")
    if unshared:
        notes.append(
            f"{count(unshared, 'duty', 'duties')} that nobody does {'is' if unshared == 1 else 'are'} left out."
        )
    columns = (
        "Organization",
        "Duties it does (R)",
        "Hours a month it carries",
        "Hours a month it has",
        "Answers for (A)",
        "Helps with (S)",
        "Is asked about (C)",
        "Is told of (I)",
    )
    return Numbers(columns, tuple(rows), " ".join(notes) if rows else "")


def _hours_paid(convener: Convener) -> dict[str, float]:
    """Hours a month of the lead's paid time; before it is settled, what the one chosen offered as a candidate."""
    offered = next(
        (candidate.fte for candidate in convener.candidates if candidate.organization == convener.lead), None
    )
    fte = convener.fte if convener.fte is not None else offered
    return {convener.lead: float(fte * POST)} if convener.lead and fte is not None else {}


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a bar an organization, a thick line at the hours it has where they are known, and its letters under it."""
    rows = numbers.rows[:MOST_ROWS]
    over = {index for index, row in enumerate(rows) if row[3] is not None and row[2] > row[3]}
    words = [shown(row[2]) if row[3] is None else f"{shown(row[2])} of {shown(row[3])}" for row in rows]
    # The words stand after the bar, so the scale ends early enough for the longest of them.
    beside = max((text_width(label, TEXT, True) for label in words), default=0) + 12
    labels = [row[0] for row in rows]
    key = fold(_KEY, width - 2 * EDGE, SMALL)
    foot = 40 + (key.count("\n") + 1) * SMALL * LINE
    layout = rows_layout(
        labels, width=width, bold=over, left=0.42, right=beside, foot=foot, least=46, lines=4, total=len(numbers.rows)
    )
    tight = width < WIDTH
    if not rows:
        return layout.drawing
    steps = steps_to(max(max(row[2], row[3] or 0) for row in rows))
    room = layout.right - layout.left

    def to(hours: float) -> float:
        return layout.left + room * hours / (steps[-1] or 1)

    layout.scale([to(step) for step in steps], [f"{step:,.0f}" for step in steps], "hours a month")
    layout.write(EDGE, layout.bottom + (foot + 34) / 2, key, size=SMALL)
    for index, (middle, row, label) in enumerate(zip(layout.middles, rows, words, strict=True)):
        hours, has, heavy, y = row[2], row[3], index in over, middle - (7 if tight else 8)
        if hours:
            layout.bar(layout.left, y, to(hours) - layout.left, 11 if tight else 15, ORANGE if heavy else BLUE, heavy)
        if has is not None:
            layout.down(to(has), y - 11, y + 11, 3.5)
        layout.write(max(to(hours), to(has or 0)) + 8, y, label, bold=heavy)
        letters = "   ".join(f"{letter} {row[at]}" for letter, at in _LETTERS.items() if row[at])
        layout.write(layout.left, y + (14 if tight else 19), letters, size=SMALL)
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Name who carries more than it has; say for whom nobody knows."""
    rows = numbers.rows
    if not rows:
        return Words(
            "Nobody carries anything yet. Write duties and hours in 06-roles, an R where an organization does one.",
            "An empty chart: no organization has a letter in the grid of duties.",
        )
    rows_with_hours = [row for row in rows if row[3] is not None]
    over = [row for row in rows_with_hours if row[2] > row[3]]
    sentences = []
    if over:
        sentences += [f"{short(row[0])} carries {shown(row[2])} hours a month and has {shown(row[3])}." for row in over]
    elif rows_with_hours:
        sentences += [
            f"Nobody that we know of: {short(row[0])} carries {shown(row[2])} of its {shown(row[3])} hours a month."
            for row in rows_with_hours
        ]
    else:
        sentences.append(
            "Nobody can say: no organization has its hours written. Write the convener's paid time in 01-convener."
        )
    unknown = [row for row in rows if row[3] is None]
    most = max((row[2] for row in unknown), default=0.0)
    if unknown and rows_with_hours:
        sentences.append(
            f"For {count(len(unknown), 'other organization')} nobody has written the hours they have"
            + (f"; the most is {shown(most)} a month, at {_those(unknown, 2, most)}." if most else ".")
        )
    answers = max(row[4] for row in rows)
    if answers > 1:
        each = "answers" if sum(row[4] == answers for row in rows) == 1 else "each answer"
        sentences.append(f"{_those(rows, 4, answers)} {each} for the most duties: {answers}.")
    alt = (
        f"Bar chart with {count(len(rows), 'organization')}, one a row; across, hours a month it carries, from "
        f"{shown(min(row[2] for row in rows))} to {shown(max(row[2] for row in rows))}, with a thick line at the "
        f"hours it has where they are known ({len(rows_with_hours)} of {len(rows)}). {len(over)} past "
        f"{'its' if len(over) == 1 else 'their'} line. Under each bar its letters: "
        f"{', '.join(f'{letter} {sum(row[at] for row in rows)}' for letter, at in _LETTERS.items())} in all."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)


def _those(rows: Sequence[tuple[Any, ...]], at: int, value: float) -> str:
    return named([row[0] for row in rows if row[at] == value])
