"""Letters that invite: one for each person who is still to be asked, with the need, the ask and the day."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Gap, Items, Paper, Paragraph
from ctekit.papers._frame import file_name, framed, front_door
from ctekit.papers._letter import dear, signed
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Invitation, Recruitment

TITLE = "Letters of invitation"
ABOUT = "One letter for each person who is still to be asked: the need, the ask, and whom to call. Write the day in."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make a letter for each person of the list who has not answered.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    waiting = {
        row.id
        for row in answers.book[Profile].people
        if row.status in (None, "to ask", "asked")
        and not participants.has_left(row)
        and participants.standing(answers.book, row.id) != "active"
    }
    return tuple(
        framed(
            answers,
            file_name("invitation", answers.name(row.person), row.id),
            "Will you join us?",
            ABOUT,
            _letter(answers, row),
        )
        for row in answers.book[Recruitment].invitations
        if row.person in waiting and row.answer is None and row.person != row.asked_by
    )


def _letter(answers: Answers, row: Invitation) -> tuple[Block, ...]:
    needs = tuple(answers.name(need) for need in row.needs)
    return (
        dear(answers, row.person),
        Paragraph("Schools, colleges and employers of our region work together for this:"),
        Paragraph(answers.purpose()),
        Paragraph("We ask you because the work needs:"),
        Items(needs or (Gap("The need it serves", f"worksheet 3: {answers.name(row.id)}"),)),
        Fields(
            (
                ("What we ask", answers.words(row, "ask")),
                ("Please answer by", ""),  # “Ask by” is our own day: by then the letter is out
                ("To", front_door(answers)),
            )
        ),
        Paragraph("A no is an answer too. If somebody else should have had this letter, please tell us who."),
        *signed(answers, answers.words(row, "asked_by")),
    )
