"""Letters that ask an organization to name somebody: one for each of which nobody has said yes."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Heading, Items, Paper, Paragraph, Signature
from ctekit.papers._frame import file_name, framed, front_door
from ctekit.papers._letter import signed, to_all, writes
from ctekit.worksheets.profile import Organization, Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment

TITLE = "Letters of nomination"
ABOUT = "One letter for each organization of which nobody has said yes: will it name somebody, and for what?"


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make a letter for each organization without anybody who takes part.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    taking_part = {row.id for row in participants.active_organizations(answers.book)}
    return tuple(
        framed(
            answers,
            file_name("nomination", answers.name(row.id), row.id),
            "Whom will you name?",
            ABOUT,
            _letter(answers, row),
        )
        for row in answers.book[Profile].organizations
        if row.name and row.id not in taking_part and not writes(answers, row.id)
    )


def _letter(answers: Answers, organization: Organization) -> tuple[Block, ...]:
    theirs = {person.id for person in participants.people_of(answers.book, organization.id)}
    invitations = [row for row in answers.book[Recruitment].invitations if row.person in theirs]
    needs = tuple(dict.fromkeys(answers.name(need) for row in invitations for need in row.needs))
    asked = (Paragraph("We ask because the work needs:"), Items(needs)) if needs else ()
    return (
        to_all(answers, organization, "the leaders of"),
        Paragraph("Schools, colleges and employers of our region work together for this:"),
        Paragraph(answers.purpose()),
        *asked,
        Paragraph("Please name one person who may speak for you, and somebody who stands in."),
        Fields((("We meet", answers.words(answers.book[Purpose], "rhythm")), ("Send it to", front_door(answers)))),
        *signed(answers),
        Heading("Your answer"),
        Signature(
            f"Named by {answers.name(organization.id)}",
            tuple((label, "") for label in ("Name", "Title", "Stands in", "Signature", "Date")),
        ),
    )
