"""`agenda`: what the next meeting could talk about, from what is overdue, open, parked, unanswered or about to end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.text import count, quotation
from ctekit.rules import action_source
from ctekit.rules.terms import SOON, all_endings
from ctekit.views.render import render
from ctekit.views.room_questions import chosen
from ctekit.views.standing import open_findings
from ctekit.workbook import Workbook
from ctekit.worksheets.meetings import Item, ItemKind, Meeting, Meetings
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.roles import Roles

SAID_BELOW = ("MT70", "MT73", "MT74")
"""Rules whose findings have a list of their own here; overdue actions have one, too."""


@dataclass(frozen=True)
class Proposal:
    """Something that the next meeting could talk about.

    Attributes
    ----------
    group : str
        What it is, in words.
    topic : str
        As it would stand on the agenda.
    kind : str
        What it is for: to tell, to talk over, to decide.
    source : str
        What it comes from: code and place of a finding, or the id of a row. No two proposals have the same.
    taken : bool
        It stands on the agenda of a meeting to come.
    """

    group: str
    topic: str
    kind: ItemKind
    source: str
    taken: bool = False


def next_meeting(book: Workbook) -> Meeting | None:
    """The first meeting that is not over.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    Meeting or None
        None where no day is written.
    """
    ahead = _ahead(book)
    return ahead[0] if ahead else None


def _ahead(book: Workbook) -> list[Meeting]:
    """The meetings to come, by their day. It counts from the last save, or from a sample's own day."""
    dated = [row for row in book[Meetings].meetings if row.date and (book.day is None or row.date >= book.day)]
    return sorted(dated, key=lambda row: str(row.date))


def items_of(book: Workbook, meeting: Meeting | None) -> list[Item]:
    """The agenda of a meeting as it stands.

    Parameters
    ----------
    book : Workbook
    meeting : Meeting or None

    Returns
    -------
    list of Item
        In their order.
    """
    return [item for item in book[Meetings].items if meeting and item.meeting == meeting.id]


def proposals(book: Workbook) -> list[Proposal]:
    """What the next meeting could talk about; nothing of it is for the facilitator only.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    list of Proposal
        What is overdue first. Of findings at most five, as questions.
    """
    book = book.public()
    ahead = {meeting.id for meeting in _ahead(book)}
    taken = {item.comes_from for item in book[Meetings].items if item.meeting in ahead}
    return [Proposal(*four, taken=four[-1] in taken) for four in _proposed(book)]


def _proposed(book: Workbook) -> Iterator[tuple[str, str, ItemKind, str]]:
    day = book.day or datetime.date.min
    overdue = [row for row in book[Plan].actions if row.action and row.by and row.by < day and not row.done]
    for action in overdue:
        yield "Overdue actions", f"How does it stand with {quotation(action.action)}?", "to talk over", action.id
    overdue_below = {f"PL67 {Plan.slug}/{action.id}/by" for action in overdue}
    for finding in chosen(
        [
            each
            for each in open_findings(book)
            if each.code not in SAID_BELOW and action_source(each) not in overdue_below
        ]
    ):
        yield "What does not fit together", f"{finding.says} {finding.asks}", "to talk over", action_source(finding)
    for parked in book[Plan].parked:
        if parked.item:
            yield "Parking lot", parked.item, "to talk over", parked.id
    for row in book[Meetings].recommendations:
        if row.recommends and row.on and row.answer in (None, "none yet") and not row.is_excused("answer"):
            topic = f"What does {row.to or 'the board'} say to {quotation(row.recommends)}?"
            yield "Recommendations without an answer", topic, "to tell", row.id
    yield from _ending(book, day)


def _ending(book: Workbook, day: datetime.date) -> Iterator[tuple[str, str, ItemKind, str]]:
    soon = min(day, datetime.date.max - SOON) + SOON
    for person in participants.active_people(book):
        if person.term_ends and person.term_ends <= soon:
            who = book.name(person.id)
            topic = f"{who}: the term ends on {long_day(person.term_ends)}. Who takes the seat?"
            yield "Terms and agreements that end", topic, "to decide", person.id
    for ending in all_endings(book):
        if ending.on <= soon:
            topic = f"{ending.name} ends on {long_day(ending.on)}. Who settles it anew?"
            yield (
                "Terms and agreements that end",
                topic,
                "to decide",
                ending.row or f"{ending.worksheet}/{ending.field}",
            )
    renewal = book[Roles].renewal_date
    if renewal and renewal <= soon:
        topic = f"The agreement is to be settled anew by {long_day(renewal)}. What has to change in it?"
        yield "Terms and agreements that end", topic, "to decide", "roles/renewal_date"


def agenda(book: Workbook, private: bool = False) -> str:
    """Show the agenda of the next meeting as it stands, and what could be on it.

    Parameters
    ----------
    book : Workbook
    private : bool
        Changes nothing: an agenda is for everybody.

    Returns
    -------
    str
        A fragment whose headings are ``h3`` and ``h4``.
    """
    return with_buttons(book, "")


def with_buttons(book: Workbook, name: str, status: str = "") -> str:
    """The same with a button at each proposal. For a notebook only.

    Parameters
    ----------
    book : Workbook
    name : str
        Begins the id of each button; "" for none.
    said : str
        What came of the last press.

    Returns
    -------
    str
    """
    book = book.public()
    meeting = next_meeting(book)
    items = items_of(book, meeting)
    open_ones = [proposal for proposal in proposals(book) if not proposal.taken]
    groups = {words: list(group) for words, group in groupby(open_ones, key=lambda proposal: proposal.group)}
    minutes = sum(item.minutes or 0 for item in items)
    return render(
        "agenda",
        meeting=f"{(meeting.kind or 'meeting').capitalize()}, {named(meeting)}" if meeting else "",
        items=items,
        total=count(minutes, "minute") if minutes else "",
        groups=groups,
        numbers={proposal.source: number for number, proposal in enumerate(open_ones, 1)},
        buttons=name,
        status=status,
    )


def named(meeting: Meeting) -> str:
    """The day of a meeting as people write it, and when it starts.

    Parameters
    ----------
    meeting : Meeting

    Returns
    -------
    str
    """
    day = long_day(meeting.date) if meeting.date else "no day yet"
    return f"{day}, {meeting.starts}" if meeting.starts else day
