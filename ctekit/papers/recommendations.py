"""Recommendations and their answers, on one page: the report to a board, and what states ask advisory boards for."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.model.days import long_day
from ctekit.model.text import count
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Paper, Paragraph, Table, Words
from ctekit.papers._frame import framed
from ctekit.papers._meeting import stacked
from ctekit.worksheets.meetings import Meetings, Recommendation

TITLE = "Recommendations and answers"
ABOUT = "What the partners told boards and offices to do, what they answered and why, and what is done."

ANSWERS = {"taken up": "taken up", "in part": "taken up in part", "declined": "declined"}


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the list.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One; none where nothing is recommended.
    """
    rows = [row for row in answers.book[Meetings].recommendations if row.recommends]
    if not rows:
        return ()
    return (framed(answers, "recommendations", TITLE, ABOUT, _blocks(answers, rows)),)


def _blocks(answers: Answers, rows: list[Recommendation]) -> Iterator[Block]:
    tally = [
        f"{sum(row.answer == answer for row in rows)} {words}"
        for answer, words in ANSWERS.items()
        if any(row.answer == answer for row in rows)
    ]
    waiting = sum(row.answer in (None, "none yet") for row in rows)
    if waiting:
        tally.append(f"{waiting} without an answer yet")
    yield Paragraph(f"{count(len(rows), 'recommendation')}: {', '.join(tally)}.")
    header = ("What we recommend", "To whom, and when", "Answer and reason", "Done")
    cells = tuple(_row(answers, row) for row in rows)
    yield Table("Each of them, and what became of it", header, cells, widths=(5, 4, 4, 2))


def _row(answers: Answers, row: Recommendation) -> tuple[Words, ...]:
    answered = ANSWERS.get(row.answer or "", "none yet")
    when = f"{answered} on {long_day(row.answered_on)}" if row.answered_on and row.answer in ANSWERS else answered
    done = answers.words(row, "done_on", gap=False) or "not yet"
    return (
        answers.words(row, "recommends"),
        stacked(answers.words(row, "to"), answers.words(row, "on")),
        stacked(when, answers.words(row, "why", gap=False)),
        done if row.answer != "declined" else "",
    )
