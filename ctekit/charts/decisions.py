"""Meeting by meeting: what was decided, and what became of what was agreed on or recommended there."""

from __future__ import annotations

import datetime
from typing import Any

from ctekit.charts._chart import Numbers, Words
from ctekit.charts._drawing import BLUE, PAPER, RED, Drawing
from ctekit.charts._layout import MOST_ROWS, SMALL, TEXT, WIDTH, beyond, fold, rows_layout
from ctekit.charts._words import quoted
from ctekit.model.days import short_day
from ctekit.model.text import count
from ctekit.rules.meetings import ANSWER_WITHIN, decided
from ctekit.workbook import Workbook
from ctekit.worksheets.meetings import Meeting, Meetings, Recommendation
from ctekit.worksheets.plan import Action, Plan

WORKSHEET = "meetings"
QUESTION = "What did we decide, and what became of it?"

DECIDED, OPEN = "Decided", "Put off, turned down, without a quorum or only talked over"
DONE, UNDER_WAY, LATE, DECLINED = "Done", "Under way", "Late or unanswered", "Declined"
_FOLLOW_UP = (DONE, UNDER_WAY, LATE, DECLINED)
_MOST_SLOTS = 8
"""Up to so many, each item is a square; beyond that a number alone."""


def numbers(book: Workbook) -> Numbers:
    """One row a meeting that left something behind, the latest first. Follow-up: its actions and recommendations."""
    sheet, actions, of_all = book[Meetings], book[Plan].actions, decided(book)
    meetings = [meeting for meeting in sheet.meetings if meeting.date]
    rows: list[tuple[Any, ...]] = []
    for meeting in sorted(meetings, key=lambda meeting: str(meeting.date), reverse=True):
        items = [item for item in sheet.items if item.meeting == meeting.id and (item.said or item.decided)]
        states = [_of_action(action, book.day) for action in actions if action.meeting == meeting.id]
        sent = [row for row in sheet.recommendations if row.meeting == meeting.id and row.on]
        states += [_of_recommendation(row, book.day) for row in sent]
        if items or states:
            number = sum(item.id in of_all for item in items)
            follow_up = (states.count(state) for state in _FOLLOW_UP)
            rows.append((_name(meeting), number, len(items) - number, *follow_up))
    return Numbers(("Meeting", DECIDED, OPEN, *_FOLLOW_UP), tuple(rows))


def _name(meeting: Meeting) -> str:
    kind = (meeting.kind or "meeting").capitalize()
    return f"{kind}, {short_day(meeting.date)}" if meeting.date else kind


def _of_action(action: Action, day: datetime.date | None) -> str:
    return DONE if action.done else LATE if action.by and day and action.by < day else UNDER_WAY


def _of_recommendation(row: Recommendation, day: datetime.date | None) -> str:
    if row.done_on:
        return DONE
    if row.answer == "declined":
        return DECLINED
    waits_long = row.answer in (None, "none yet") and row.on and day and row.on < day - ANSWER_WITHIN
    return LATE if waits_long else UNDER_WAY


def draw(numbers: Numbers, width: float = WIDTH) -> Drawing:
    """Draw a full square for each item that was decided, an empty one for each other; beside it what became of it."""
    rows = numbers.rows[:MOST_ROWS]
    late = {index for index, row in enumerate(rows) if row[5]}
    layout = rows_layout(
        [row[0] for row in rows], bold=late, left=0.36, right=6, head=34, least=40, total=len(numbers.rows), width=width
    )
    if not rows:
        return layout.drawing
    layout.rules()
    room = layout.right - layout.left
    second = layout.left + room * 0.44
    layout.write(layout.left, 18, "decided, of all", size=SMALL, bold=True)
    layout.write(second, 18, "what became of it", size=SMALL, bold=True)
    for index, (y, row) in enumerate(zip(layout.middles, rows, strict=True)):
        decided, total = row[1], row[1] + row[2]
        side = min(15.0, (room * 0.44 - 52) / (max(total, 1) * 1.25)) if total <= _MOST_SLOTS else 0
        for slot in range(total if side else 0):
            full = slot < decided
            layout.bar(layout.left + slot * side * 1.25, y, side, side, BLUE if full else PAPER, dashed=not full)
        layout.write(layout.left + total * side * 1.25 + 6, y, f"{decided} of {total}", size=SMALL)
        words = _in_words(row)
        bold = index in late
        start = second + (16 if bold else 0)
        if bold:
            layout.mark([(second + 6, y)], "cross", RED, 10)
        layout.write(start, y, fold(words, layout.right - start, TEXT, 3, bold), bold=bold)
    return layout.drawing


def _in_words(row: tuple[Any, ...]) -> str:
    states = [f"{number} {state.lower()}" for state, number in zip(_FOLLOW_UP, row[3:], strict=True) if number]
    return ", ".join(states) or "no follow-up was agreed on"


def tell(numbers: Numbers) -> Words:
    """Say how much was decided, how much of it is done, and which meetings have something late."""
    rows = numbers.rows
    if not rows:
        return Words(
            "No meeting has left anything yet. Write in 08-meetings what was said and decided, item by item.",
            "An empty chart: no meeting has an item with an outcome.",
        )
    decided, follow_up = sum(row[1] for row in rows), [sum(row[column] for row in rows) for column in range(3, 7)]
    done, under_way, late, declined = follow_up
    sentences = [f"{count(decided, 'item was', 'items were')} decided in {count(len(rows), 'meeting')}."]
    if any(follow_up):
        sentences.append(f"Of {count(sum(follow_up), 'thing')} to follow up, {done} done and {under_way} under way.")
    if declined:
        sentences.append(f"Declined by a board: {declined}.")
    if late:
        sentences.append(f"Late or unanswered from {quoted([row[0] for row in rows if row[5]])}.")
    alt = (
        f"Chart of squares with {count(len(rows), 'meeting')}, one a row, the latest first: a filled square for each "
        f"item that was decided, a dashed empty one for each other; beside them what became of actions and "
        f"recommendations. {done} done, {under_way} under way, {late} late or unanswered, {declined} declined."
        f"{beyond(len(rows))}"
    )
    return Words(" ".join(sentences), alt)
