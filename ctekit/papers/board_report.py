"""A report for the boards of partners, on one page: what came of the work, what is next, and what they vote on."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Heading, Items, Paper, Paragraph, Table
from ctekit.papers._figures import figures
from ctekit.papers._frame import framed, front_door
from ctekit.papers._year import time_and_money
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.roles import Roles

TITLE = "Report to the board"
ABOUT = "One page for the boards of the partners: results, what was done, what is next, and what they vote on."

_MOST = 5
"""Results and actions that fit the page."""


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the report.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    return (framed(answers, "board-report", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    yield Paragraph(answers.purpose())
    measures = [each for each in figures(answers).values() if each.latest] or [
        each for each in figures(answers).values() if each.start
    ]
    yield Heading("Results")
    if measures:
        rows = tuple((each.name, each.start, each.latest or "–", each.target or "–") for each in measures[:_MOST])
        yield Table("Measures that can be shown", ("Measure", "Start", "Latest", "Target"), rows, widths=(5, 3, 3, 3))
    else:
        yield Paragraph("No measure has a figure that can be shown yet.")
    actions = answers.book[Plan].actions
    done = tuple(answers.words(row, "action") for row in actions if row.done)[:_MOST]
    coming = sorted((row for row in actions if not row.done and row.action), key=lambda row: str(row.by or "9999"))
    if done:
        yield Heading("What was done")
        yield Items(done)
    yield Heading("What is next")
    if coming:
        cells = tuple(tuple(answers.words(row, field) for field in ("action", "owner", "by")) for row in coming[:_MOST])
        yield Table("What is next", ("What", "Who", "By"), cells, widths=(5, 3, 3))
    else:
        yield Paragraph("No action is open.")
    yield from _votes(answers)
    lead = answers.book[Convener]
    yield Heading("Time, money and questions")
    paid, door = ("Paid for until", answers.words(lead, "money_until")), ("Questions to", front_door(answers))
    yield Fields((*time_and_money(answers), paid, door))


def _votes(answers: Answers) -> Iterator[Block]:
    waiting = [row for row in answers.book[Roles].signatories if row.board_date and not row.signed_on]
    if waiting:
        yield Heading("What boards vote on")
        yield Items(
            tuple(
                ("The agreement, for ", answers.name(row.organization), ": ", answers.words(row, "board_date"))
                for row in sorted(waiting, key=lambda row: str(row.board_date))
            )
        )
