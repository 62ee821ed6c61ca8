"""The charter: on one page, what the partnership is for, what it promises, how it decides, and what it will not do."""

from __future__ import annotations

from collections.abc import Mapping

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Gap, Heading, Items, Paper, Paragraph, Words
from ctekit.papers._frame import framed
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.purpose import Decision, Purpose

TITLE = "Charter"
ABOUT = "Purpose, promises, how we decide, and what we will not do, on one page."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the charter.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    purpose, lead, front = answers.book[Purpose], answers.book[Convener], answers.book[Communication]
    promises = tuple(answers.words(clause, "promise") for clause in purpose.clauses)
    decisions = tuple(_decision(answers, row) for row in purpose.decisions)
    blocks: tuple[Block, ...] = (
        Paragraph(answers.purpose()),
        Heading("What we promise"),
        Items(promises or (Gap("What we promise", "worksheet 2"),), is_ordered=True),
        Heading("How we decide"),
        Items(decisions or (Gap("Decisions we will face", "worksheet 2"),)),
        Heading("What we hold to"),
        Fields(
            (
                ("What we will not do", answers.words(purpose, "not_do")),
                ("How we work together", answers.words(purpose, "principles", gap=False) or "–"),
                ("When we meet", answers.words(purpose, "rhythm")),
                ("Who leads", _people(answers.words(lead, "lead"), answers.words(lead, "lead_person"))),
                ("Front door", answers.words(front, "front_door")),
                ("Looked at again", answers.words(purpose, "review")),
            )
        ),
    )
    return (framed(answers, "charter", TITLE, ABOUT, blocks),)


def _decision(answers: Answers, row: Decision) -> Words:
    """One decision in a line: what, who, how."""
    how = f", {_METHOD[row.method]}" if row.method else ""
    return (answers.words(row, "decision"), ": ", answers.words(row, "decider"), how)


_METHOD: Mapping[str, str] = {
    "consent": "by consent",
    "fist to five": "by fist to five",
    "vote": "by vote",
    "decides after advice": "after advice",
}


def _people(organization: Words, person: Words) -> Words:
    return (organization, " (", person, ")")
