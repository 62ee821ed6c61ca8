"""The agenda of the next meeting: its items, what each is for, and what is open from the last one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Gap, Heading, Note, Paper, Paragraph, Run, Table, Words
from ctekit.papers._meeting import head, of_next_meeting, stacked
from ctekit.views.agenda import items_of, reasons
from ctekit.worksheets.meetings import Item, Meeting, Meetings
from ctekit.worksheets.plan import Action, Plan
from ctekit.worksheets.profile import Profile

TITLE = "Agenda"
ABOUT = "The next meeting: what is on it, what each item is for, how long it takes, and what is open from before."

OPEN_MEETING = (
    "Public bodies sit in this partnership. Where enough members of one of them meet, its open-meeting law may hold: "
    "ask counsel where and how early this agenda has to be posted."
)


COLUMNS = {"kind": ("What it is for", 3), "minutes": ("Minutes", 2), "led_by": ("Led by", 3)}
"""Field of an item -> its heading, and its share of the width."""


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the agenda of the next meeting.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One; none where no meeting to come has a day.
    """
    return of_next_meeting(answers, "agenda", TITLE, ABOUT, _blocks)


def _blocks(answers: Answers, meeting: Meeting) -> Iterator[Block]:
    calls = ("Called by", answers.words(meeting, "called_by", gap=False))
    yield head(answers, meeting, *(pair for pair in (calls,) if pair[1]))
    if any(organization.public_body for organization in answers.book[Profile].organizations):
        yield Note(OPEN_MEETING)
    yield Heading("Items")
    items = items_of(answers.book, meeting)
    if items:
        why = reasons(answers.book, items)
        cells = {field: [answers.words(item, field, gap=False) for item in items] for field in COLUMNS}
        said = [field for field in COLUMNS if any(cells[field])]  # one that nobody filled would only squeeze the items
        topics = [_topic(answers, item, why.get(item.id, "")) for item in items]
        rows = tuple(zip(topics, *(cells[field] for field in said), strict=True))
        headings, widths = zip(("Item", 6), *(COLUMNS[field] for field in said), strict=True)
        yield Table("In this order", headings, rows, widths=widths)
    else:
        yield Paragraph(Gap("What the meeting is about", "worksheet 8"))
    actions = [action for action in answers.book[Plan].actions if not action.done and action.action]
    waiting = [row for row in answers.book[Meetings].recommendations if row.recommends and row.answer in _NO_ANSWER]
    if actions or waiting:
        yield Heading("Open from before")
        due = [row for row in actions if not (row.by and meeting.date and row.by > meeting.date)]
        yield from _actions(answers, "Done by now?", due)
        yield from _actions(answers, "Due after this meeting", [row for row in actions if row not in due])
    if waiting:
        rows = tuple(tuple(answers.words(row, field) for field in ("recommends", "to", "on")) for row in waiting)
        yield Table("Recommendations without an answer", ("What", "To whom", "Sent on"), rows, widths=(6, 3, 3))


_NO_ANSWER = (None, "none yet")


def _actions(answers: Answers, caption: str, actions: Sequence[Action]) -> Iterator[Block]:
    if actions:
        rows = tuple(
            tuple(answers.words(row, field) for field in ("action", "owner", "by"))
            for row in sorted(actions, key=lambda row: str(row.by or "9999"))
        )
        yield Table(caption, ("What", "Who", "By"), rows, widths=(6, 3, 3))


def _topic(answers: Answers, item: Item, reason: str) -> Words:
    topic = answers.words(item, "topic")
    return stacked(Run(topic, bold=True), reason) if reason and isinstance(topic, str) else topic
