"""Letters of confirmation: one for each person who said yes, with what they said yes to and how the work goes on."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Items, Paper, Paragraph
from ctekit.papers._frame import file_name, framed, front_door
from ctekit.papers._letter import dear, signed, writes
from ctekit.rules.reach import FAMILIES
from ctekit.worksheets.profile import Person
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment

TITLE = "Letters of confirmation"
ABOUT = "One letter for each person who said yes: what they said yes to, when we meet, and whom to call."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make a letter for each person who takes part.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    return tuple(
        framed(
            answers,
            file_name("confirmation", answers.name(person.id), person.id),
            "Welcome, and thank you for your yes",
            ABOUT,
            _letter(answers, person),
        )
        for person in participants.active_people(answers.book)
        if not writes(answers, person.id)
    )


def _letter(answers: Answers, person: Person) -> tuple[Block, ...]:
    invitations = [row for row in answers.book[Recruitment].invitations if row.person == person.id]
    asks = tuple(answers.words(row, "ask") for row in invitations if row.ask)
    needs = tuple(dict.fromkeys(answers.name(need) for row in invitations for need in row.needs))
    is_family = participants.sector(answers.book, person) == FAMILIES
    whom = "families and learners" if is_family else answers.name(person.organization)
    opening = f"You said yes for {whom}." if whom else "You said yes."
    return (
        dear(answers, person.id),
        Paragraph(f"{opening} Thank you. This is what we work for together:"),
        Paragraph(answers.purpose()),
        *((Paragraph("This is what we asked of you:"), Items(asks)) if asks else ()),
        *((Paragraph("It serves what the work needs:"), Items(needs)) if needs else ()),
        Fields((("We meet", answers.words(answers.book[Purpose], "rhythm")), ("Questions to", front_door(answers)))),
        Paragraph("If something here is not as you meant it, or changes, please tell us."),
        *signed(answers),
    )
