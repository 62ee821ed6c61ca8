"""`agenda`: what the next meeting could talk about, from what is overdue, open, parked, unanswered or about to end."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.text import count, key, quotation
from ctekit.rules import Finding, action_source, agenda_topic
from ctekit.rules.terms import SOON, all_endings
from ctekit.views.render import render
from ctekit.views.room_questions import chosen
from ctekit.views.standing import open_findings
from ctekit.workbook import Workbook
from ctekit.worksheets.meetings import Item, ItemKind, Meeting, Meetings
from ctekit.worksheets.plan import Action, Plan
from ctekit.worksheets.roles import Roles

SAID_BELOW = ("MT70", "MT73", "MT74")
"""Rules whose findings have a list of their own here; overdue actions have one, too."""

FINDINGS, ENDINGS = "What does not fit together", "Terms and agreements that end"


@dataclass(frozen=True)
class Proposal:
    """Something that the next meeting could talk about.

    Attributes
    ----------
    group : str
        What it is, in words.
    topic : str
        A short title, as it would stand on the agenda.
    reason : str
        Why now, in a sentence; "" where the title says it.
    kind : str
        What it is for: to tell, to talk over, to decide.
    source : str
        What it comes from: code and place of a finding, or the id of a row. No two proposals have the same.
    taken : bool
        It stands on the agenda of a meeting to come.
    """

    group: str
    topic: str
    reason: str
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
    picked = {action_source(finding) for finding in chosen(_findings(book))}
    return [
        replace(proposal, taken=proposal.source in taken)
        for proposal in _proposed(book)
        if proposal.group != FINDINGS or proposal.source in picked
    ]


def reasons(book: Workbook, items: Sequence[Item]) -> dict[str, str]:
    """Why items are on an agenda, as long as it is so; nothing of it is for the facilitator only.

    Parameters
    ----------
    book : Workbook
    items : sequence of Item

    Returns
    -------
    dict
        Id of an item -> a sentence, where its topic does not say it: topics once held the reason, too.
    """
    sentences = {proposal.source: proposal.reason for proposal in _proposed(book.public())}
    reasons = {item.id: sentences.get(item.comes_from or "", "") for item in items}
    return {item.id: reasons[item.id] for item in items if key(reasons[item.id]).rstrip(".") not in key(item.topic)}


def _proposed(book: Workbook) -> Iterator[Proposal]:
    day = book.day or datetime.date.min
    for action in _overdue(book):
        topic = f"How does it stand with {quotation(action.action)}?"
        whose = f" {book.name(action.owner)} has it." if action.owner else ""
        due = f"It was due on {long_day(action.by)}.{whose}" if action.by else whose
        yield Proposal("Overdue actions", topic, due, "to talk over", action.id)
    for finding in _findings(book):
        yield Proposal(FINDINGS, agenda_topic(book, finding), finding.says, "to talk over", action_source(finding))
    for parked in book[Plan].parked:
        if parked.item:
            who = f"{book.name(parked.raised_by)} raised it." if parked.raised_by else ""
            yield Proposal("Parking lot", parked.item, who, "to talk over", parked.id)
    for row in book[Meetings].recommendations:
        if row.recommends and row.on and row.answer in (None, "none yet") and not row.is_excused("answer"):
            topic = f"{row.to or 'The board'}: any answer to {quotation(row.recommends)}?"
            sent = f"It was sent on {long_day(row.on)}."
            yield Proposal("Recommendations without an answer", topic, sent, "to tell", row.id)
    yield from _ending(book, day)


def _overdue(book: Workbook) -> list[Action]:
    day = book.day or datetime.date.min
    return [row for row in book[Plan].actions if row.action and row.by and row.by < day and not row.done]


def _findings(book: Workbook) -> list[Finding]:
    """The open findings of which no other list here tells."""
    overdue_below = {f"PL67 {Plan.slug}/{action.id}/by" for action in _overdue(book)}
    return [
        finding
        for finding in open_findings(book)
        if finding.code not in SAID_BELOW and action_source(finding) not in overdue_below
    ]


def _ending(book: Workbook, day: datetime.date) -> Iterator[Proposal]:
    soon = min(day, datetime.date.max - SOON) + SOON
    for person in participants.active_people(book):
        if person.term_ends and person.term_ends <= soon:
            topic, ends = (
                f"{book.name(person.id)}: who takes the seat?",
                f"The term ends on {long_day(person.term_ends)}.",
            )
            yield Proposal(ENDINGS, topic, ends, "to decide", person.id)
    for ending in all_endings(book):
        if ending.on <= soon:
            source = ending.row or f"{ending.worksheet}/{ending.field}"
            ends = f"It ends on {long_day(ending.on)}."
            yield Proposal(ENDINGS, f"{ending.name}: who settles it anew?", ends, "to decide", source)
    renewal = book[Roles].renewal_date
    if renewal and renewal <= soon:
        until = f"It is to be settled anew by {long_day(renewal)}."
        yield Proposal(ENDINGS, "The agreement: what has to change in it?", until, "to decide", "roles/renewal_date")


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
    status : str
        What came of the last press.

    Returns
    -------
    str
    """
    book = book.public()
    meeting = next_meeting(book)
    items = items_of(book, meeting)
    why = reasons(book, items)
    open_ones = [proposal for proposal in proposals(book) if not proposal.taken]
    groups = {words: list(group) for words, group in groupby(open_ones, key=lambda proposal: proposal.group)}
    minutes = sum(item.minutes or 0 for item in items)
    return render(
        "agenda",
        meeting=f"{(meeting.kind or 'meeting').capitalize()}, {named(meeting)}" if meeting else "",
        items=[(item, why.get(item.id, "")) for item in items],
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
