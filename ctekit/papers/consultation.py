"""The record of consultation: which groups were asked, who spoke for them, and which do not apply and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Gap, Note, Paper, Table, Words
from ctekit.papers._frame import framed
from ctekit.worksheets.national_lists import ConsultationGroup
from ctekit.worksheets.recruitment import Recruitment

TITLE = "Record of consultation"
ABOUT = (
    "Which groups took part, through whom, and which do not apply. It can support a consultation; it is none by itself."
)
READER = "public"


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the record.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    return (framed(answers, "consultation", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    yield Note(
        "This record can support the consultation that federal law asks of a district or college. "
        "It does not say that the consultation is complete: ask your state."
    )
    rows = tuple(_row(answers, group) for group in get_args(ConsultationGroup))
    yield Table("Groups, and who spoke for them", ("Group", "Who", "Where from, or why nobody"), rows, widths=(3, 3, 4))


def _row(answers: Answers, group: str) -> tuple[Words, ...]:
    listed = [row for row in answers.book[Recruitment].groups if row.group == group]
    for row in listed:
        if row.does_not_apply:
            return (group, "does not apply", answers.words(row, "because"))
    named = {person for row in listed for person in row.who}
    people = [
        person for person in participants.active_people(answers.book) if group in person.groups or person.id in named
    ]
    if not people:
        return (group, Gap("Who speaks for this group", "worksheet 3"), "")
    organizations = dict.fromkeys(answers.name(person.organization) for person in people if person.organization)
    return (group, "\n".join(answers.name(person.id) for person in people), "\n".join(organizations))
