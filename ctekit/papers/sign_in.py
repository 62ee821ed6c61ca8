"""The sign-in sheet of the next meeting: who is expected, and lines for guests; learners are a number."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.analysis import participants
from ctekit.model.text import key
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Note, Paper, Table, Words
from ctekit.papers._meeting import head, of_next_meeting
from ctekit.rules.reach import FAMILIES
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.meetings import Meeting
from ctekit.worksheets.profile import Person

TITLE = "Sign-in sheet"
ABOUT = "Who is expected at the next meeting, with a line to sign, and lines for guests. Others sign as guests."

GUESTS = 5


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the sign-in sheet of the next meeting.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One; none where no meeting to come has a day.
    """
    return of_next_meeting(answers, "sign-in", TITLE, ABOUT, _blocks)


def _blocks(answers: Answers, meeting: Meeting) -> Iterator[Block]:
    yield head(answers, meeting)
    yield Note("No learner signs here: write how many there are. Nobody has to give an address.")
    rows = [*(_row(answers, person) for person in expected(answers.book, meeting)), *[("Guest", "", "")] * GUESTS]
    columns = ("Name", "Organization", "Signature")
    yield Table("Please sign beside your name", columns, tuple(rows), widths=(3, 5, 4), is_form=True)
    yield Fields((("Number of learners", ""), ("Number of voters", "")))


def expected(book: Workbook, meeting: Meeting) -> tuple[Person, ...]:
    """Who is expected: the group of worksheet 5 that meets, if there is one of that name; else all who said yes."""
    people = participants.active_people(book)
    named = key(meeting.kind)
    groups = [row for row in book[Communication].audiences if named and row.members and key(row.audience) == named]
    members = {person for group in groups for person in group.members}
    return tuple(person for person in people if not groups or person.id in members)


def _row(answers: Answers, person: Person) -> tuple[Words, ...]:
    """Somebody of families has a line without a name: nobody asked whether it may be printed."""
    is_family = participants.sector(answers.book, person) == FAMILIES
    return ("Families’ seat" if is_family else answers.name(person.id), answers.name(person.organization), "")
