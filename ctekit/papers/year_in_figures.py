"""The year in figures: measures from their start to now, who takes part, what was given; small groups stay hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ctekit import charts
from ctekit.analysis import disclosure, participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Gap, Heading, Note, Paper, Paragraph, Table
from ctekit.papers._figures import figures, picture
from ctekit.papers._frame import framed
from ctekit.papers._year import time_and_money
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.value import Value

TITLE = "The year in figures"
ABOUT = "What the measures say, year against year, who takes part and what was given. Small groups are hidden."
READER = "public"


_UNKNOWN = "not written yet"


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make it.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    return (framed(answers, "year-in-figures", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    year = answers.words(answers.book[Profile], "reporting_year", gap=False)
    yield Paragraph(("Reporting year: ", year) if year else Gap("Reporting year", "Profile"))
    yield Heading("What the measures say")
    measures = figures(answers)
    if measures:
        rows = tuple(
            (each.name, each.start or "–", each.latest or "–", each.target or "–", each.state)
            for each in measures.values()
        )
        columns = ("Measure", "Start", "Latest", "Target", "Where it stands")
        yield Table("What the measures say", columns, rows, widths=(5, 3, 3, 3, 3))
        least = disclosure.threshold(answers.book)
        note = charts.of("progress", answers.book).numbers.note
        yield Note(f"No result is told of fewer than {least} people. {note}".strip())
        yield from picture(answers, "progress")
    else:
        yield Paragraph(Gap("What we measure", "worksheet 7"))
    yield Heading("Time and money")
    yield Fields(time_and_money(answers))
    yield from _people(answers)
    yield from _gifts(answers)


def _people(answers: Answers) -> Iterator[Block]:
    book = answers.book
    organizations = Counter(str(row.sector or _UNKNOWN) for row in participants.active_organizations(book))
    people = Counter(participants.sector(book, person) or _UNKNOWN for person in participants.active_people(book))
    yield Heading("Who takes part")
    if not people:
        yield Paragraph("Nobody has said yes yet.")
        return
    rows = [(sector, str(organizations[sector]), str(people[sector])) for sector in people]
    rows.append(("all", str(organizations.total()), str(people.total())))
    yield Table("By sector", ("Sector", "Organizations", "People who said yes"), tuple(rows), widths=(4, 2, 2))


def _gifts(answers: Answers) -> Iterator[Block]:
    exchanges = [row for row in answers.book[Value].exchanges if row.gives]
    yield Heading("What partners give")
    if not exchanges:
        yield Paragraph("Nothing is written yet.")
        return
    rows = tuple(
        (
            answers.words(row, "gives"),
            answers.name(row.organization),
            answers.words(row, "how_much", gap=False),
            answers.words(row, "kept", gap=False) or "not asked yet",
        )
        for row in exchanges
    )
    yield Table("What partners give", ("What", "From", "How much", "Kept so far"), rows, widths=(4, 4, 3, 2))
