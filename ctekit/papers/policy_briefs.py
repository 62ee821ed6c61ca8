"""Policy briefs for the state: two pages for each lever, with the ask, the evidence, and who stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Heading, Items, Paper, Paragraph, Words
from ctekit.papers._figures import figures, picture
from ctekit.papers._frame import file_name, framed, front_door
from ctekit.worksheets.plan import Plan, PolicyAsk
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.value import Value

TITLE = "Policy briefs"
ABOUT = "For each lever that the state could move, two pages: what we ask, why, what we bring, and who asks."
READER = "public"


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make a brief for each lever.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    levers: dict[str, list[PolicyAsk]] = {}
    for row in answers.book[Plan].asks_of_state:
        levers.setdefault(row.lever or "", []).append(row)
    return tuple(
        framed(
            answers,
            file_name("policy-brief", lever, rows[0].id),
            f"Policy brief: {lever}" if lever else "Policy brief",
            ABOUT,
            _blocks(answers, rows),
        )
        for lever, rows in levers.items()
    )


def _blocks(answers: Answers, rows: Sequence[PolicyAsk]) -> Iterator[Block]:
    profile = answers.book[Profile]
    yield Heading("What we ask")
    for row in rows:
        yield Fields(
            (
                ("Our ask", answers.words(row, "ask")),
                ("Who decides", answers.words(row, "decides")),
                ("By when", answers.words(row, "by")),
            )
        )
    yield Heading("Why")
    yield Fields(
        (
            ("Needed within two years", answers.words(profile, "immediate_need")),
            ("In three to ten years", answers.words(profile, "long_term_need")),
        )
    )
    for row in rows:
        yield from _evidence(answers, row)
    yield Heading("Who asks")
    yield Paragraph(answers.purpose())
    partners = answers.names(row.id for row in participants.active_organizations(answers.book))
    if partners:
        yield Paragraph(f"Together: {partners}.")
    carrying = dict.fromkeys(row.contact for row in rows if row.contact)
    yield Fields((("Carries it there", answers.names(carrying)), ("Front door", front_door(answers))))
    yield Heading("What the region brings itself")
    gifts = [
        (answers.name(row.organization), ": ", answers.words(row, "gives"), f", {row.how_much}" if row.how_much else "")
        for row in answers.book[Value].exchanges
        if row.gives
    ]
    yield Items(tuple(gifts)) if gifts else Paragraph("Nothing is written yet.")
    yield Heading("The pathway, from school to a job")
    yield from picture(answers, "pathway") or (Paragraph("No step is written yet."),)


def _evidence(answers: Answers, row: PolicyAsk) -> Iterator[Block]:
    pairs: list[tuple[str, Words]] = []
    measure = figures(answers).get(row.evidence or "")
    if measure:
        latest = (("Start", measure.start), ("Latest", measure.latest), ("Target", measure.target))
        numbers = "; ".join(f"{label.lower()} {words.replace(chr(10), ', ')}" for label, words in latest if words)
        pairs.append(
            (measure.name, numbers if measure.start else "; ".join(part for part in (numbers, measure.state) if part))
        )
    if row.other_evidence:
        pairs.append(("Other evidence", answers.words(row, "other_evidence")))
    yield Fields(tuple(pairs) or (("What shows it", answers.words(row, "evidence")),))
