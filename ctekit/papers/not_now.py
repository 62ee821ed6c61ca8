"""Letters to those who said no: thanks for a clear answer, and an open door."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Items, Paper, Paragraph
from ctekit.papers._frame import file_name, framed, front_door
from ctekit.papers._letter import dear, signed, writes
from ctekit.worksheets.profile import Person, Profile
from ctekit.worksheets.recruitment import Recruitment

TITLE = "“Not now” letters"
ABOUT = "One letter for each person who said no: thanks for the answer, and a way back in."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make a letter for each person who said no.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    said_no = {row.person for row in answers.book[Recruitment].invitations if row.answer == "no"}
    return tuple(
        framed(
            answers,
            file_name("not-now", answers.name(person.id), person.id),
            "Thank you for your answer",
            ABOUT,
            _letter(answers, person),
        )
        for person in answers.book[Profile].people
        if (person.status == "declined" or (person.status in (None, "asked") and person.id in said_no))
        and participants.standing(answers.book, person.id) != "active"
        and not participants.has_left(person)
        and not writes(answers, person.id)
    )


def _letter(answers: Answers, person: Person) -> tuple[Block, ...]:
    invitations = [row for row in answers.book[Recruitment].invitations if row.person == person.id]
    needs = tuple(dict.fromkeys(answers.name(need) for row in invitations for need in row.needs))
    asked = (Paragraph("We had asked you because the work needs:"), Items(needs)) if needs else ()
    return (
        dear(answers, person.id),
        Paragraph("Thank you for your clear answer. A no helps us too: we can go on and ask somebody else."),
        *asked,
        Paragraph("If you know somebody who could help with it, please tell us. If things change, the door is open:"),
        Fields((("Write to", front_door(answers)),)),
        *signed(answers),
    )
