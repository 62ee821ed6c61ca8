"""Letters of thanks: one for each partner, with what it gave or will give, and what became of it."""

from __future__ import annotations

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Items, Paper, Paragraph
from ctekit.papers._frame import file_name, framed
from ctekit.papers._letter import signed, to_all, writes
from ctekit.worksheets.profile import Organization, Profile
from ctekit.worksheets.value import Value

TITLE = "Letters of thanks"
ABOUT = "One letter for each partner that gives something: what it is, and what it is for."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make a letter for each organization that gives something.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    giving = {row.organization for row in answers.book[Value].exchanges if row.gives}
    return tuple(
        framed(answers, file_name("thanks", answers.name(row.id), row.id), "Thank you", ABOUT, _letter(answers, row))
        for row in answers.book[Profile].organizations
        if row.id in giving and not writes(answers, row.id)
    )


def _letter(answers: Answers, organization: Organization) -> tuple[Block, ...]:
    rows = [row for row in answers.book[Value].exchanges if row.organization == organization.id and row.gives]
    gifts = tuple((answers.words(row, "gives"), f" ({row.how_much})" if row.how_much else "") for row in rows)
    return (
        to_all(answers, organization, "all at"),
        Paragraph("Thank you for what you bring to this partnership:"),
        Items(gifts),
        Paragraph("It serves what we set out to do:"),
        Paragraph(answers.purpose()),
        Paragraph("If something here is not as you meant it, tell us, and we will put it right."),
        *signed(answers),
    )
