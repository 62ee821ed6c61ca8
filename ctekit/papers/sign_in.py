"""The sign-in sheet of the next meeting: who is expected, and lines for guests; learners are a number."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Note, Paper, Table, Words
from ctekit.papers._meeting import head, of_next_meeting
from ctekit.rules.reach import FAMILIES
from ctekit.worksheets.meetings import Meeting
from ctekit.worksheets.profile import Person

TITLE = "Sign-in sheet"
ABOUT = "Who is expected at the next meeting, with a line to sign, and lines for guests."
GUESTS = 6


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
    people = participants.active_people(answers.book)
    rows = [*(_row(answers, person) for person in people), *(("Guest", "", "") for _ in range(GUESTS))]
    yield Table("Please sign beside your name", ("Name", "Organization", "Signature"), tuple(rows), widths=(4, 4, 4))
    yield Fields((("Learners present (a number)", ""), ("Voting organizations present (a number)", "")))


def _row(answers: Answers, person: Person) -> tuple[Words, ...]:
    """Somebody of families has a line without a name: nobody asked whether it may be printed."""
    is_family = participants.sector(answers.book, person) == FAMILIES
    return ("Families’ seat" if is_family else answers.name(person.id), answers.name(person.organization), "")
