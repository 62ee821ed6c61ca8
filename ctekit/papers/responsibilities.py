"""Who does what, on one page across: a row a duty, a column a partner, a letter where they meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Gap, Paper, Paragraph, Table
from ctekit.papers._frame import framed
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import LETTERS, Roles

TITLE = "Who does what"
ABOUT = "The grid of duties and partners (RACI) on one page, to hang on a wall."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the grid.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    return (replace(framed(answers, "responsibilities", TITLE, ABOUT, _blocks(answers)), is_wide=True),)


def _blocks(answers: Answers) -> Iterator[Block]:
    roles = answers.book[Roles]
    if not roles.tasks:
        yield Paragraph(Gap("What has to be done", "worksheet 6"))
        return
    yield Paragraph("; ".join(f"{letter} {meaning}" for letter, meaning in LETTERS.items()) + ".")
    holding = {organization for cells in roles.matrix.values() for organization, letters in cells.items() if letters}
    columns = [row.id for row in answers.book[Profile].organizations if row.id in holding]
    rows = tuple(
        (answers.name(task.id), *(roles.matrix.get(task.id, {}).get(column, "") for column in columns))
        for task in roles.tasks
    )
    header = ("Duty", *(answers.name(column) for column in columns))
    yield Table("Duties, and the part of each partner", header, rows, widths=(9, *(4 for _ in columns)))
