"""The duties, organization by organization, with a place to sign: a draft that counsel reads before anyone signs."""

from __future__ import annotations

from dataclasses import dataclass

from ctekit.model.questions import show
from ctekit.views.render import render
from ctekit.workbook import Workbook
from ctekit.worksheets.roles import Roles, Signatory

SIGNATURE = {
    "signer": "Name",
    "title": "Title",
    "authority": "Authority",
    "board_date": "Board date",
    "signed_on": "Signed on",
}
"""What a signature needs, from the worksheet's rows "who signs for whom"."""


@dataclass(frozen=True)
class DutyTexts:
    """What one organization would sign.

    Attributes
    ----------
    organization : str
    answers, does : tuple of str
        The duties it answers for, and those it does.
    signers : tuple of tuple of pairs
        For each who signs: what a signature needs, with what is known of it.
    """

    organization: str
    answers: tuple[str, ...]
    does: tuple[str, ...]
    signers: tuple[tuple[tuple[str, str], ...], ...]


def draft(book: Workbook, level: int = 3) -> str:
    """Print the duties with signature blocks.

    Parameters
    ----------
    book : Workbook
    level : int
        Of its heading; each organization stands one lower.

    Returns
    -------
    str
        "" while no duty has been given to an organization.
    """
    roles = book[Roles]
    agreement = tuple(
        (Roles.question(field).title, words)
        for field in ("agreement_kind", "starts", "ends", "notice")
        if (words := show(Roles.question(field), getattr(roles, field)))
    )
    duties = tuple(_duties(book))
    return render("draft", duties=duties, agreement=agreement, level=level) if duties else ""


def _duties(book: Workbook) -> list[DutyTexts]:
    roles = book[Roles]
    ids = [row.id for row in book.rows("profile.organizations")]
    doing = {
        column for cells in roles.matrix.values() for column, letters in cells.items() if set(letters) & {"A", "R"}
    }
    organizations = [
        *(organization for organization in ids if organization in doing),
        *sorted(doing.difference(ids)),
    ]
    return [
        DutyTexts(
            book.name(organization),
            _holding(book, organization, "A"),
            _holding(book, organization, "R"),
            tuple(_lines(row) for row in roles.signatories if row.organization == organization) or (_lines(),),
        )
        for organization in organizations
    ]


def _holding(book: Workbook, organization: str, letter: str) -> tuple[str, ...]:
    roles = book[Roles]
    tasks = dict.fromkeys([*(row.id for row in roles.tasks), *roles.matrix])
    return tuple(book.name(task) for task in tasks if letter in roles.matrix.get(task, {}).get(organization, ""))


def _lines(signer: Signatory | None = None) -> tuple[tuple[str, str], ...]:
    asks = Signatory.questions()
    lines = [(label, show(asks[field], getattr(signer, field)) if signer else "") for field, label in SIGNATURE.items()]
    return (*lines, ("Signature", ""))
