"""A roll-up as tables: one a subject, a row for what is counted, all together and by where partnerships belong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_args

from ctekit import rubrics, rules
from ctekit.interchange import Sheet
from ctekit.ratings import SECTORS
from ctekit.rollup._figures import EVERYONE, Figures
from ctekit.rollup._rollup import Rollup
from ctekit.rollup._summary import ANSWERS, DIMENSIONS, NOT_SAID, AgreementState
from ctekit.worksheets.national_lists import ConsultationGroup
from ctekit.worksheets.plan import Lever
from ctekit.worksheets.recruitment import NeedKind, Priority

Row = tuple[Any, ...]

RECURS = 2
"""A finding recurs where so many partnerships have it. It is no secret: one less another group may show whose it is."""
STATE = ("all", "all")

_KINDS = (*get_args(NeedKind), NOT_SAID)
PRIORITIES = (*get_args(Priority), NOT_SAID)


def overview(figures: Figures) -> Iterator[Row]:
    """One row: how many partnerships, and the few numbers that everything else begins with."""
    unmet, needs = figures.unmet
    reached, groups = figures.reached
    asks = sum(number for _, number in figures.asks.values())
    yield figures.partnerships, needs, unmet, groups, reached, figures.signed, asks


def needs(figures: Figures) -> Iterator[Row]:
    """A row a kind of support and priority."""
    for kind in _KINDS:
        for priority in PRIORITIES:
            if counted := figures.needs.get((priority, kind)):
                yield kind, priority, counted[1], counted[0]


def findings(figures: Figures) -> Iterator[Row]:
    """A row a rule with findings in several partnerships, those of the most partnerships first."""
    sentences = {rule.code: rule.sentence for rule in rules.every()}
    recurring = {code: counted for code, counted in figures.findings.items() if counted[0] >= RECURS}
    for code, (having, asked) in sorted(recurring.items(), key=lambda item: (-item[1][0], item[0])):
        yield code, sentences[code], asked, having


def asks(figures: Figures) -> Iterator[Row]:
    """A row a lever."""
    for lever in (*get_args(Lever), NOT_SAID):
        if lever in figures.asks:
            yield lever, *figures.asks[lever]


def consultation(figures: Figures) -> Iterator[Row]:
    """A row a consultation group."""
    for group in get_args(ConsultationGroup):
        yield (
            group,
            *(figures.consulted.get((group, where), 0) for where in ("reached", "does not apply", "nobody yet")),
        )


def agreements(figures: Figures) -> Iterator[Row]:
    """A row a stage of the agreement."""
    for state in get_args(AgreementState):
        if state in figures.agreements:
            yield state, *figures.agreements[state]


def measures(figures: Figures) -> Iterator[Row]:
    """A row a code and program year."""
    for measure, total in sorted(figures.measures.items()):
        sums = (total.counted, total.out_of, total.percent) if total.partnerships else (None, None, None)
        yield *measure, total.partnerships, *sums, total.left_out


def readiness(figures: Figures) -> Iterator[Row]:
    """A row an element and sector: how often each answer was given, and the middle of them."""
    for element in rubrics.ELEMENTS:
        for who in (EVERYONE, *SECTORS):
            total = figures.ratings.get((element.number, who))
            if total:
                codes = total.numbers if total.partnerships else [None] * len(ANSWERS)
                name = f"{element.number} {element.title}"
                people = total.people if total.partnerships else None
                yield name, who, total.partnerships, people, *codes, *(total.middle or (None,) * 3), total.left_out


Rows = Callable[[Figures], Iterator[Row]]

TABLES: dict[str, tuple[tuple[str, ...], Rows]] = {
    "Overview": (
        ("Partnerships", "Needs", "Not met yet", "Groups to consult", "Reached", "Agreements signed", "Asks"),
        overview,
    ),
    "Needs": (("Kind of support", "Priority", "Needs", "Not met yet"), needs),
    "Findings that recur": (("Rule", "What should hold", "Partnerships asked", "Where it does not"), findings),
    "Asks of the state": (("Lever", "Partnerships", "Asks"), asks),
    "Consultation": (("Group", "Reached", "Does not apply", "Nobody yet"), consultation),
    "Agreements": (("How far", "Partnerships", "Signatures", "Parties"), agreements),
    "Measures": (
        (
            "Code",
            "Law",
            "School or college",
            "Program year",
            "Partnerships",
            "How many did it",
            "Out of",
            "Percent",
            "Partnerships left out",
        ),
        measures,
    ),
    "Readiness": (
        (
            "Element",
            "Who",
            "Partnerships",
            "People",
            *(f"Answered {step}" for step in ANSWERS[:-1]),
            "I don't know",
            "Lower quartile",
            "Middle",
            "Upper quartile",
            "Partnerships left out",
        ),
        readiness,
    ),
}
"""Subject -> what its columns are called, and its rows."""


def groups(rollup: Rollup) -> Iterator[tuple[str, str, Figures]]:
    """All partnerships together, then by where they belong: dimension, group, figures."""
    yield *STATE, rollup.statewide
    for dimension in DIMENSIONS:
        yield from ((dimension, group, figures) for group, figures in rollup.by(dimension).items())


def sheets(rollup: Rollup, about: tuple[str, ...]) -> tuple[Sheet, ...]:
    """The roll-up as sheets of a spreadsheet.

    Parameters
    ----------
    rollup : Rollup
    about : tuple of str
        What stands on the first sheet, a line each.

    Returns
    -------
    tuple of Sheet
    """
    subjects = (
        Sheet(
            title,
            ("By", "Group", *header),
            tuple((*where, *row) for *where, figures in groups(rollup) for row in rows(figures)),
        )
        for title, (header, rows) in TABLES.items()
    )
    return (Sheet("About", ("About this roll-up",), tuple((line,) for line in about)), *subjects)
