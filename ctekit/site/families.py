"""For families and learners: what there is, what it leads to, whom to ask. One page, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.model.worksheet import Row, Worksheet
from ctekit.papers import Fields, Heading, Items, Paragraph, Table
from ctekit.site._blocks import SiteBlock, Statement
from ctekit.site._says import Says
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose

TITLE = "For families and learners"
_STEPS = {
    "step": "What you learn",
    "where": "Where",
    "credential": "What you can show",
    "credit": "What counts on",
    "wage": "Pay an hour",
}


def blocks(says: Says) -> Iterator[SiteBlock]:
    """What stands on the page."""
    profile, purpose, front = says.book[Profile], says.book[Purpose], says.book[Communication]
    yield Statement(says.words(purpose, "badge") or says.words(profile, "pathway") or says.answers.purpose())
    if purpose.clauses:
        yield Heading("What we promise")
        yield Items(tuple(says.words(clause, "promise") for clause in purpose.clauses))
    if profile.steps:
        yield Heading("The steps")
        cells = tuple(tuple(says.words(step, field) for field in _STEPS) for step in profile.steps)
        yield Table("From school to a job", tuple(_STEPS.values()), cells, widths=(4, 4, 3, 3, 2))
    yield Heading("Whom to ask")
    asked = (
        ("Any question", _line(says, front, "front_door", "front_door_address")),
        ("If a learner is hurt or missing at a work site", says.words(front, "emergency")),
        ("Languages", says.words(profile, "languages")),
        ("What we will not do", says.words(purpose, "not_do")),
        ("How we handle data about learners", says.words(purpose, "data_stance")),
    )
    yield Fields(tuple((label, words or "–") for label, words in asked))
    heard = [row for row in front.audiences if row.kind == "learners & families" and row.channel]
    if heard:
        yield Heading("How you hear from us")
        yield Items(tuple(_line(says, row, "channel", "how_often", "language", "reply") for row in heard))
    yield Paragraph("Taking part is free to say yes or no to. Ask us anything; there is no wrong question.")


def _line(says: Says, part: Worksheet | Row, *fields: str) -> str:
    return ", ".join(str(words) for field in fields if (words := says.words(part, field)))
