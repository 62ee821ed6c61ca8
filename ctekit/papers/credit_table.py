"""The table of credit: which course of the school counts as which course of the college, until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Gap, Note, Paper, Paragraph, Run, Table, Words
from ctekit.papers._frame import framed
from ctekit.worksheets.pathway import Credit
from ctekit.worksheets.profile import Profile

TITLE = "Table of credit"
ABOUT = "Course by course, what counts at the college, of which kind, and until when: what runs out stands first."

_SOON = datetime.timedelta(days=90)


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
    return (framed(answers, "credit-table", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    rows = sorted(answers.book[Profile].credits, key=lambda row: str(row.agreed_until or "9999"))
    if not rows:
        yield Paragraph(Gap("Credit, course by course", "Profile"))
        return
    yield Note("Dual enrollment is earned at once. Articulated credit waits until the learner enrolls.")
    yield Table("Credit, course by course", _COLUMNS, tuple(_row(answers, row) for row in rows), widths=_WIDTHS)


_COLUMNS = ("Course at the high school", "Course at the college", "Credits", "Kind", "Agreed until", "Last checked")
_WIDTHS = (4, 5, 2, 3, 4, 3)


def _row(answers: Answers, row: Credit) -> tuple[Words, ...]:
    college = f"\n{answers.name(row.college)}" if row.college else ""
    return (
        answers.words(row, "school_course"),
        (answers.words(row, "college_course"), college),
        answers.words(row, "credits"),
        answers.words(row, "kind"),
        (answers.words(row, "agreed_until"), _warning(answers, row.agreed_until)),
        answers.words(row, "checked_on"),
    )


def _warning(answers: Answers, until: datetime.date | None) -> Words:
    today = answers.book.day
    if not until or not today or until > today + _SOON:
        return ""
    return ("\n", Run("has run out" if until < today else "runs out soon", bold=True))
