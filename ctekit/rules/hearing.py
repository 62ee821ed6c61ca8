"""Rules 54 and 55: nobody sends more than they can keep up, and nobody waits too long to hear."""

from __future__ import annotations

from ctekit.analysis import audiences, participants
from ctekit.model.text import count
from ctekit.rules._places import listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import DAYS, Communication
from ctekit.worksheets.profile import Profile

MOST_AUDIENCES = 5
ALLOWED = 90
"""Days, where the worksheet does not say."""


@rule(
    "CM54",
    needs=(Communication,),
    severity="hint",
    asks="Which of these could somebody else send?",
    action="Find somebody to take one audience over from {subject}",
)
def nobody_sends_to_more_than_five(book: Workbook) -> Found:
    """Nobody sends to more than five audiences.

    The sixth is the one that gets last month's news.

    Source: ctekit's own, from practice.
    """
    sent: dict[str, list[str]] = {}
    for audience in book[Communication].audiences:
        if audience.owner:
            sent.setdefault(audience.owner, []).append(book.name(audience.id))
    if not sent:
        yield Pending("Waits until an audience says who sends to it.")
    for person, names in sent.items():
        if len(names) > MOST_AUDIENCES:
            says = f"{book.name(person)} sends to {len(names)} audiences: {listed(names)}."
            advice = "Give one to the person who steps in, or join two audiences."
            yield Finding(Communication.slug, "", "audiences", says, advice, subject=book.name(person))


@rule(
    "CM55",
    needs=(Profile, Communication),
    severity="warning",
    depth="full",
    asks="How can they hear from us more often?",
    action="Settle how {subject} hears more often",
)
def nobody_waits_longer_than_allowed(book: Workbook) -> Found:
    """Nobody who said yes waits longer to hear something than the longest silence allowed.

    The audience that meets most often sets how long a person waits; left blank, 90 days are allowed. Whoever is in no
    audience at all is another rule's finding.

    Source: ctekit's own, from practice.
    """
    sheet = book[Communication]
    allowed = sheet.longest_silence or ALLOWED
    heard = audiences.heard_in(book)
    people = [person for person in participants.active_people(book) if person.id in heard]
    if not people:
        yield Pending("Waits until somebody who said yes is in an audience.")
    late: dict[tuple[str, str], list[str]] = {}
    for person in people:
        if any(audience.how_often is None for audience in heard[person.id]):
            yield Pending(f"Waits until it is written how often {book.name(person.id)} hears something.")
            continue
        often = min(heard[person.id], key=lambda audience: DAYS.get(audience.how_often or "when needed", 10_000))
        if DAYS.get(often.how_often or "when needed", 10_000) > allowed:
            late.setdefault((often.id, often.how_often or ""), []).append(book.name(person.id))
    for (row, how_often), names in late.items():
        says = (
            f"{listed(names)} {'hears' if len(names) == 1 else 'hear'} at most “{how_often}”, from “{book.name(row)}”; "
            f"the longest silence we allow is {count(allowed, 'day')}."
        )
        yield Finding(
            Communication.slug,
            row,
            "how_often",
            says,
            "Send oftener, or add them to another audience.",
            subject=listed(names),
        )
