"""The match: what partners give that counts as their own share, its worth, how that was worked out, and the letters."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Gap, Note, Paper, Paragraph, Table
from ctekit.papers._frame import framed
from ctekit.papers._year import money
from ctekit.worksheets.value import Value

TITLE = "Table of the match"
ABOUT = "What partners give that counts toward a match: worth, how it was worked out, and whether a letter is on file."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the table.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    return (framed(answers, "match-table", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    rows = [row for row in answers.book[Value].exchanges if row.matches]
    if not rows:
        yield Paragraph(Gap("What counts toward a match", "worksheet 4"))
        return
    yield Note("What a grant takes as a match, and how it is to be shown, the grant says: ask who gives it.")
    rows.sort(key=lambda row: str(row.by or "9999"))
    cells = tuple(
        (
            answers.words(row, "gives"),
            answers.name(row.organization),
            answers.words(row, "by"),
            answers.words(row, "worth_in_money"),
            answers.words(row, "reckoned"),
            answers.words(row, "letter_on", gap=False) or "no letter yet",
        )
        for row in rows
    )
    yield Table("What counts toward a match", _COLUMNS, cells, widths=(4, 4, 3, 2, 3, 3))
    yield Fields(
        (
            ("Total a year", money(rows)),
            ("Of it with a letter on file", money(row for row in rows if row.letter_on)),
        )
    )


_COLUMNS = ("What", "From", "By", "Worth a year", "How worked out", "Letter on file since")
