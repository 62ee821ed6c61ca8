"""Actions of the next 90 days on a line of time, each with its owner."""

from __future__ import annotations

import datetime
import re
from typing import Any

from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, ORANGE, RED, Drawing
from ctekit.charts._layout import MOST_ROWS, TEXT, WIDTH, beyond, fold, rows_layout, text_width
from ctekit.charts._words import brief_day, plain, quoted, short
from ctekit.model.days import long_day
from ctekit.model.text import count
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Action, Plan
from ctekit.worksheets.profile import Profile

WORKSHEET = "plan"
QUESTION = "What must happen in the next 90 days, and whose is it?"

AHEAD = 90
LATE, SOON, LATER, UNDATED, DONE = "overdue", "in the next 90 days", "later", "no date", "done"
NOBODY, NO_DAY = "nobody yet", "a day that is not written"
_LAST = datetime.date(9999, 6, 30)
"""The calendar of Python ends soon after."""
_ORDER = (LATE, SOON, UNDATED, LATER, DONE)


def numbers(book: Workbook) -> Numbers:
    """One row an action, by date. Days count from the as-of date or the last save, never from the clock."""
    actions = [action for action in book[Plan].actions if plain(action.action) or action.by or action.owner]
    today = _today(book, actions)
    gone = {person.id: person.status for person in book[Profile].people if person.status in ("declined", "left")}
    rows = []
    for action in actions:
        days = (action.by - today).days if action.by and today else None
        owner = plain(book.name(action.owner)) if action.owner else NOBODY
        if action.owner in gone:
            owner = f"{NOBODY} ({owner} {'has left' if gone[action.owner] == 'left' else 'said no'})"
        by = action.by.isoformat() if action.by else None
        rows.append((plain(action.action) or "Action without words", owner, by, days, _state(action, days)))
    rows.sort(key=lambda row: (_ORDER.index(row[4]), row[2] or ""))
    columns = ("Action", "Owner", "By", f"Days from {today or NO_DAY}", "State")
    return Numbers(columns, tuple(rows))


def _today(book: Workbook, actions: list[Action]) -> datetime.date | None:
    # A workbook that was never saved has no day of its own: begin with its first open action.
    today = book.day or min((action.by for action in actions if action.by and not action.done), default=None)
    return today and min(today, _LAST)


def _state(action: Action, days: int | None) -> str:
    if action.done:
        return DONE
    if days is None:
        return UNDATED
    return LATE if days < 0 else SOON if days <= AHEAD else LATER


def _start(numbers: Numbers) -> datetime.date | None:
    match = re.search(r"\d{4}-\d\d-\d\d", numbers.columns[3])
    return datetime.date.fromisoformat(match.group()) if match else None


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a line of 90 days, a mark for each open action at its day, and its owner beside the mark."""
    rows = [row for row in numbers.rows if row[4] != DONE][:MOST_ROWS]
    urgent = {index for index, row in enumerate(rows) if row[4] == LATE or row[1].startswith(NOBODY)}
    layout = rows_layout(
        [row[0] for row in rows],
        bold=urgent,
        left=0.42,
        right=20,
        head=10,
        foot=40,
        least=48,
        total=len([row for row in numbers.rows if row[4] != DONE]),
        width=width,
    )
    if not rows:
        return layout.drawing
    start, room = _start(numbers), layout.right - layout.left

    def at(days: float) -> float:
        return layout.left + room * days / AHEAD

    layout.rules()
    ticks = [0, 30, 60, AHEAD]
    if start:
        months = [day for day in range(12, AHEAD - 11) if (start + datetime.timedelta(day)).day == 1]
        ticks = [0, *months, AHEAD]
    words = [brief_day(start + datetime.timedelta(day)) if start else str(day) for day in ticks]
    layout.scale([at(day) for day in ticks], words, "day it is due")
    for y, row in zip(layout.middles, rows, strict=True):
        _, owner, by, days, state = row
        x = at(min(max(days, 0), AHEAD)) if days is not None else layout.left
        marker, color = {LATE: ("left", RED), SOON: ("diamond", BLUE), LATER: ("right", ORANGE)}.get(
            state, ("cross", RED)
        )
        line = y + 9
        if state in (SOON, LATER):
            layout.line([(layout.left, line), (x, line)], 1.2, style="dotted")
        layout.mark([(x + (6 if x == layout.left else 0), line)], marker, color, 11)
        when = {UNDATED: "no date"}.get(state) or brief_day(datetime.date.fromisoformat(by))
        when = f"{when}, overdue" if state == LATE else f"{when} {by[:4]}" if state == LATER else when
        bold = row[1].startswith(NOBODY)
        label = f"{when}: {fold(owner, room - text_width(when + ': ', TEXT, bold) - 8, TEXT, 1, bold)}"
        long = text_width(label, TEXT, bold)
        left = min(max(x - long / 2, layout.left + 2), max(layout.width - long - 4, layout.left + 2))
        layout.write(left, y - 9, label, bold=bold)
    return layout.drawing


def tell(numbers: Numbers) -> Words:
    """Say what is due, whose it is, and what has no owner or no day."""
    rows: tuple[tuple[Any, ...], ...] = numbers.rows
    if not rows:
        return Words(
            "There is no action yet. Write in 99-whole-picture who will have done what, by which day.",
            "An empty chart: no action is written.",
        )
    open_ones = [row for row in rows if row[4] != DONE]
    soon = [row for row in rows if row[4] == SOON]
    late = [row for row in rows if row[4] == LATE]
    undated = [row[0] for row in rows if row[4] == UNDATED]
    nobody = [row[0] for row in open_ones if row[1].startswith(NOBODY)]
    sentences = []
    if not open_ones:
        sentences.append(
            f"Nothing is open: {'the one action is' if len(rows) == 1 else f'all {len(rows)} actions are'} done."
        )
    elif soon:
        first = soon[0]
        due = long_day(first[2])
        owner = "and nobody owns it" if first[1].startswith(NOBODY) else f"by {short(first[1])}"
        sentences.append(
            f"{count(len(soon), 'action')} {'is' if len(soon) == 1 else 'are'} due in the next {AHEAD} days. "
            f"Next: {quoted([first[0]])}, due {due}, {owner}."
        )
    else:
        sentences.append(f"Nothing is due in the next {AHEAD} days.")
    if late:
        sentences.append(f"Overdue: {quoted([row[0] for row in late])}.")
    if nobody:
        sentences.append(f"Nobody's yet: {quoted(nobody)}.")
    if undated:
        sentences.append(f"Without a day: {quoted(undated)}.")
    start = _start(numbers)
    since = long_day(start) if start else NO_DAY
    alt = (
        f"Timeline of {count(len(open_ones), 'open action')}, one a row; across, the {AHEAD} days from "
        f"{since}: a diamond at the day each is due, with its owner. {len(late)} overdue, "
        f"{len(nobody)} without an owner, {len(undated)} without a day."
        f"{beyond(len(open_ones))}"
    )
    return Words(" ".join(sentences), alt)
