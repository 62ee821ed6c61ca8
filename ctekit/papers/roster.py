"""The roster: who takes part, from where, with which part, by sector; no private contact stands on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctekit.analysis import participants
from ctekit.model.text import count
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Gap, Paper, Paragraph, Run, Table, Words
from ctekit.papers._frame import framed
from ctekit.papers._meeting import stacked
from ctekit.worksheets.profile import Organization, Person, Profile

TITLE = "Roster of partners"
ABOUT = (
    "Organizations and people who take part, by sector, with their part in votes and agreement. Many states ask for it."
)
READER = "public"

_COLUMNS = ("Organization", "Sector, and what kind", "People who said yes", "Vote", "Agreement")


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make the roster.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
        One.
    """
    return (framed(answers, "roster", TITLE, ABOUT, _blocks(answers)),)


def _blocks(answers: Answers) -> Iterator[Block]:
    profile = answers.book[Profile]
    if not profile.organizations:
        yield Paragraph(Gap("Organizations", "Profile"))
        return
    confirmed = participants.active_people(answers.book)
    business = sum(participants.sector(answers.book, person) == "business & industry" for person in confirmed)
    share = f"{round(100 * business / len(confirmed))}%" if confirmed else "–"
    yield Fields(
        (
            ("Organizations", str(len(profile.organizations))),
            ("People who said yes", str(len(confirmed))),
            ("From business", f"{count(business, 'person', 'people')} ({share} of those who said yes)"),
        )
    )
    order = list(dict.fromkeys(row.sector for row in profile.organizations))
    rows = sorted(profile.organizations, key=lambda row: order.index(row.sector))
    cells = tuple(_row(answers, row, confirmed) for row in rows)
    yield Table("Organizations, by sector", _COLUMNS, cells, widths=(8, 7, 10, 3, 4))


def _row(answers: Answers, organization: Organization, confirmed: Sequence[Person]) -> tuple[Words, ...]:
    people = [_person(answers, person) for person in confirmed if person.organization == organization.id]
    return (
        answers.words(organization, "name"),
        stacked(
            Run(organization.sector or "sector not written yet", bold=True),
            answers.words(organization, "kind", gap=False),
        ),
        "\n".join(people) or "nobody yet",
        {True: "yes", False: "no", None: ""}[participants.votes(answers.book, organization)],
        answers.words(organization, "agreement", gap=False),
    )


def _person(answers: Answers, person: Person) -> str:
    """Name and part; whoever may not be named is called by that part already, and the organization stands beside it."""
    name, role = answers.name(person.id), person.role
    return role if role and name.startswith(role) else ", ".join(filter(None, (name, role)))
