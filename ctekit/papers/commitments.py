"""Letters of commitment: one for each partner that gives something, to be put on its own paper and signed."""

from __future__ import annotations

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Heading, Paper, Paragraph, Signature, Table, Words
from ctekit.papers._frame import file_name, framed
from ctekit.papers._meeting import stacked
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Organization, Profile
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Exchange, Value

TITLE = "Letters of commitment"
ABOUT = "One letter for each partner that gives something: what, how much and by when, for its own paper and signature."


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
        framed(
            answers,
            file_name("commitment", answers.name(row.id), row.id),
            "Letter of commitment",
            ABOUT,
            _letter(answers, row),
        )
        for row in answers.book[Profile].organizations
        if row.id in giving
    )


def _letter(answers: Answers, organization: Organization) -> tuple[Block, ...]:
    name, partnership = answers.name(organization.id), answers.book[Profile].name or "the partnership"
    convener = answers.name(answers.book[Convener].lead)
    rows = [row for row in answers.book[Value].exchanges if row.organization == organization.id and row.gives]
    signatories = [row for row in answers.book[Roles].signatories if row.organization == organization.id]
    signer: dict[str, Words] = {"Name": "", "Title": ""}
    if signatories:
        signer = {
            "Name": answers.words(signatories[0], "signer", gap=False),
            "Title": answers.words(signatories[0], "title", gap=False),
        }
    return (
        Paragraph(stacked(("To ", partnership), *([("In care of ", convener)] if convener else []))),
        Paragraph((name, " takes part in this partnership. Its purpose:")),
        Paragraph(answers.purpose()),
        Paragraph((name, " means to give what is written below.")),
        Table("What we mean to give", _COLUMNS, tuple(_row(answers, row) for row in rows), widths=(4, 3, 3, 2, 3)),
        Paragraph(
            "This letter says what we mean to do. It is no contract, and it binds nobody beyond what law or a signed "
            "agreement says. We tell the partnership as soon as something changes."
        ),
        Heading("Signed"),
        Signature(name, (*signer.items(), ("Signature", ""), ("Date", ""))),
    )


_COLUMNS = ("What", "How much", "By", "Worth a year", "How that was worked out")


def _row(answers: Answers, row: Exchange) -> tuple[Words, ...]:
    needed = bool(row.matches)
    worth = tuple(answers.words(row, field, gap=needed) or "–" for field in ("worth_in_money", "reckoned"))
    return (answers.words(row, "gives"), answers.words(row, "how_much"), answers.words(row, "by"), *worth)
