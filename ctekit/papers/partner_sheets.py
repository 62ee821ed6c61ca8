"""A sheet for each partner: what it gives and gets in its own words, its duties with dates, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Heading, Items, Note, Paper, Paragraph, Table, Words
from ctekit.papers._duties import table_of_duties
from ctekit.papers._frame import file_name, framed
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Organization, Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles, Task
from ctekit.worksheets.value import Value

TITLE = "Partner sheets"
ABOUT = "For each partner, a sheet: what it gives and gets, its duties with dates, whom to call, when we meet."


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make a sheet for each organization that gives something or has a duty.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    giving = {row.organization for row in answers.book[Value].exchanges}
    holding = {organization for cells in answers.book[Roles].matrix.values() for organization in cells}
    return tuple(
        framed(
            answers,
            file_name("partner", answers.name(row.id), row.id),
            answers.name(row.id),
            ABOUT,
            _blocks(answers, row),
        )
        for row in answers.book[Profile].organizations
        if row.id in giving | holding
    )


def _blocks(answers: Answers, organization: Organization) -> Iterator[Block]:
    purpose = answers.book[Purpose]
    yield Note(answers.purpose())
    yield from _exchanges(answers, organization)
    yield from _duties(answers, organization)
    lead, front = answers.book[Convener], answers.book[Communication]
    yield Heading("Whom to call, and when we meet")
    yield Fields(
        (
            ("Front door", answers.words(front, "front_door")),
            ("Address", answers.words(front, "front_door_address")),
            ("Leads", answers.words(lead, "lead_person")),
            ("Stands in", answers.words(lead, "stand_in")),
            ("We meet", answers.words(purpose, "rhythm")),
        )
    )


def _exchanges(answers: Answers, organization: Organization) -> Iterator[Block]:
    rows = [row for row in answers.book[Value].exchanges if row.organization == organization.id]
    yield Heading("What we give, and what we get")
    if not rows:
        yield Paragraph("Nothing is written yet.")
        return
    columns = ("Gives", "How much", "By", "Gets")
    cells = tuple(
        (
            answers.words(row, "gives"),
            answers.words(row, "how_much", gap=False),
            answers.words(row, "by", gap=False),
            answers.words(row, "gets", gap=not row.gets_nothing_yet) or "nothing yet",
        )
        for row in rows
    )
    yield Table("What we give, and what we get", columns, cells, widths=(3, 2, 2, 4))
    quotations = tuple(f"“{row.in_own_words.rstrip('. ')}.”" for row in rows if row.in_own_words)
    if quotations:
        yield Paragraph("In our own words:")
        yield Items(quotations)
    if owed := tuple(answers.words(row, "gives") for row in rows if row.matches and not row.letter_on):
        yield Paragraph("Letters we owe, for what counts toward a match:")
        yield Items(owed)


def _duties(answers: Answers, organization: Organization) -> Iterator[Block]:
    roles = answers.book[Roles]
    rows: list[tuple[Task, Words]] = []
    for task in roles.tasks:
        letters = roles.matrix.get(task.id, {}).get(organization.id, "")
        parts = [word for letter, word in _LETTERS.items() if letter in letters]
        if parts:
            rows.append((task, " and ".join(parts)))
    yield Heading("Our duties")
    if rows:
        yield from table_of_duties(answers, "Our duties", ("Duty", "Our part"), rows, widths=(5, 3, 2))
        if not any(task.by for task, _ in rows):
            yield Paragraph("It has no end date." if len(rows) == 1 else "None of them has an end date.")
    else:
        yield Paragraph("No duty is ours.")


_LETTERS = {"A": "answers for it", "R": "does it", "S": "helps"}
