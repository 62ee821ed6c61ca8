"""What the families share: how a blank, a list of names and a person who should be active are spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ctekit.analysis import participants
from ctekit.model import text
from ctekit.model.worksheet import Row
from ctekit.rules._rule import Finding, Pending
from ctekit.workbook import Workbook
from ctekit.worksheets.recruitment import Recruitment

NO_NAMES = Pending("Waits until somebody is to be asked.")


def has_no_names(book: Workbook) -> bool:
    """Whether a room has written needs and not come to names: that is to do, and no fault of each need."""
    sheet = book[Recruitment]
    return sheet.ready == "quick" and not any(invitation.person for invitation in sheet.invitations)


def answered(row: Row, field: str) -> bool:
    """Whether a field has an answer, or is marked "does not apply" with a reason."""
    return row.is_excused(field) or getattr(row, field) not in (None, "", ())


def listed(names: Iterable[str], most: int = 6) -> str:
    """Names in a row: "A, B and C"; beyond `most`, how many more."""
    return text.listed(names, most)


def should_be_active(
    book: Workbook, place: tuple[str, str, str], row_id: str, does: str, advice: str
) -> Iterator[Finding | Pending]:
    """Find a person or organization who holds a duty without having said yes; wait while nobody has said.

    Somebody who left is another rule's finding (ME41), once.

    Parameters
    ----------
    book : Workbook
    place : tuple of str
        Worksheet, row and field.
    row_id : str
        Of the person or organization.
    does : str
        What they do, as it follows their name: "leads".
    advice : str
    """
    if participants.has_left(participants.people(book).get(row_id)):
        return
    match participants.standing(book, row_id):
        case "unknown":
            yield Pending(f"Waits until it is known whether {book.name(row_id)} has said yes.")
        case "not active":
            says = f"{book.name(row_id)} {does} and {participants.why_not(book, row_id)}."
            yield Finding(*place, says, advice, subject="" if place[1] else book.name(row_id))
