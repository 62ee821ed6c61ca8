"""What the agreement says of decisions: who votes, how each decision is taken, and what happens without agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ctekit.analysis import participants
from ctekit.model.text import count
from ctekit.model.worksheet import Row
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Gap, Heading, Paragraph, Table, Words
from ctekit.papers._meeting import stacked
from ctekit.worksheets.purpose import Decision, Purpose

_VOTING = "voting partners"
_DECISION = ("Decision", "Who decides", "How", "If there is no agreement")
_METHODS = {
    "fist to five": "each voter shows zero to five fingers, from “no” to “I will help”; whoever shows "
    "fewer than three is heard before all show again",
    "consent": "it is decided unless a voter gives a reason why it would do harm",
    "decides after advice": "one person decides, once those named were asked",
}
"""How a decision is taken, for somebody who was not in the workshop."""


def decisions(answers: Answers) -> Iterator[Block]:
    """The section of decisions and disputes.

    Parameters
    ----------
    answers : Answers

    Yields
    ------
    Block
    """
    purpose = answers.book[Purpose]
    yield Heading("5 Decisions and disputes")
    if purpose.decisions:
        yield from _voters(answers)
        rows = tuple(_decision(answers, row) for row in purpose.decisions)
        yield Table("How decisions are taken", _DECISION, rows, widths=(4, 3, 3, 4))
        taken = {row.method for row in purpose.decisions}
        words = [f"{method.capitalize()}: {meaning}." for method, meaning in _METHODS.items() if method in taken]
        if words:
            yield Paragraph(" ".join(words))
    else:
        yield Paragraph(Gap("Decisions we will face", "worksheet 2"))
    if purpose.disputes:
        yield Paragraph("When parties disagree, they take these steps in turn.")
        columns = {"step": "Step", "who": "Who", "within_days": "Within days"}
        yield table_of(answers, "Steps when we disagree", purpose.disputes, columns)
    else:
        yield Paragraph(Gap("When we disagree", "worksheet 2"))


def table_of(
    answers: Answers, caption: str, rows: Iterable[Row], columns: dict[str, str], widths: tuple[int, ...] = ()
) -> Table:
    """Rows of a worksheet as a table.

    Parameters
    ----------
    answers : Answers
    caption : str
    rows : iterable of Row
    columns : dict of str to str
        Question -> what its column is called.
    widths : tuple of int

    Returns
    -------
    Table
    """
    cells = tuple(tuple(answers.words(row, field) for field in columns) for row in rows)
    return Table(caption, tuple(columns.values()), cells, widths)


def _voters(answers: Answers) -> Iterator[Block]:
    """Who the voting partners are, where any decision is theirs."""
    if all(row.decider != _VOTING for row in answers.book[Purpose].decisions):
        return
    voters = participants.voters(answers.book)
    if voters:
        partners = count(len(voters), "partner votes", "partners vote")
        names = answers.names(row.id for row in voters)
        yield Paragraph(f"{partners}, with one vote each: {names}. They are the “voting partners” below.")
    else:
        yield Paragraph(Gap("Which partners vote", "Profile"))


def _decision(answers: Answers, row: Decision) -> tuple[Words, ...]:
    """One decision. Only where several vote does it matter how many must be there and agree."""
    votes = row.decider == _VOTING

    def labeled(label: str, words: Words) -> Words:
        return (f"{label}: ", words) if words else ""

    return (
        answers.words(row, "decision"),
        stacked(
            answers.words(row, "decider"), labeled("After advice from", answers.words(row, "advice_from", gap=False))
        ),
        stacked(
            answers.words(row, "method"),
            labeled("Must agree", answers.words(row, "agree", votes)),
            labeled("Must be there", _quorum(answers, row, votes)),
        ),
        stacked(answers.words(row, "fallback"), labeled("Written in", answers.words(row, "recorded", gap=False))),
    )


def _quorum(answers: Answers, row: Decision, votes: bool) -> Words:
    """How many voters must be there, of how many; a number that is too high is told beside those there are."""
    words, voters = answers.words(row, "quorum", votes), len(participants.voters(answers.book))
    if not votes or row.quorum is None:
        return words
    if not voters:
        return (words, " voters")
    return (words, f" of the {count(voters, 'voter')}" if row.quorum <= voters else f" voters (there are {voters})")
