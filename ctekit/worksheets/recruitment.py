"""3 Purposeful stakeholder recruitment: needs first, then the people who could meet them."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal, get_args

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet
from ctekit.worksheets.national_lists import ConsultationGroup

NeedKind = Literal[
    "expertise",
    "time",
    "work-based-learning places",
    "instructors",
    "equipment",
    "space",
    "money",
    "data",
    "policy",
]
Priority = Literal["must", "should", "could"]
Horizon = Literal["now", "long term"]
Answer = Literal["yes", "no", "waiting"]
Stance = Literal["for", "waiting", "against"]

INFLUENCE = {1: "no", 2: "hardly", 3: "with others", 4: "for the most part", 5: "alone"}
INTEREST = {1: "little", 2: "now and then", 3: "some", 4: "much", 5: "it is their daily work"}

NEEDS_BEFORE_NAMES = 3
"""So many needs must stand before names can be written."""


class Need(Row):
    """Support that the partnership cannot do without, or would be better with."""

    named_by: ClassVar[str] = "support"

    support: str | None = questions.text(
        "Support needed",
        quick=True,
        hint="One need, and no names. Say what it is for someone who was not in the room.",
        example="Employers who host paid internships",
    )
    kind: NeedKind | None = questions.choice("Kind of support", NeedKind)
    promise: str | None = questions.reference(
        "Promise served", "purpose.clauses", quick=True, hint="It serves none? Then drop it, or a promise is missing."
    )
    at_least: int | None = questions.whole(
        "At least how many", quick=True, least=1, hint="People who say yes. Left blank, one is enough.", example="2"
    )
    priority: Priority | None = questions.choice(
        "Must, should or could?", Priority, quick=True, hint="Must: without it a promise fails. The room's dots decide."
    )
    by: datetime.date | None = questions.date(
        "Needed by", quick=True, period=True, hint="When work stops without it.", example="2027-01-15"
    )
    horizon: Horizon | None = questions.choice(
        "Now or later", Horizon, hint="Now: within two years. Long term: three to ten years."
    )


class Invitation(Row):
    """A person we ask, for a need they could meet."""

    named_by: ClassVar[str] = "person"

    person: str | None = questions.reference(
        "Whom we ask", "profile.people", quick=True, hint="From the people of the profile; add them there first."
    )
    needs: tuple[str, ...] = questions.references(
        "For which need", "recruitment.needs", quick=True, hint="At least one. No need, no invitation."
    )
    answer: Answer | None = questions.choice(
        "What they say", Answer, quick=True, hint="Left blank, being here today is a yes. Silence is “waiting”."
    )
    why: str | None = questions.text(
        "Why them", hint="What they can do that others cannot.", example="Runs the only plant with a training line"
    )
    asked_by: str | None = questions.reference(
        "Who asks", "profile.people", quick=True, hint="Someone they would call back. Blank for those who said yes."
    )
    ask: str | None = questions.text(
        "What we ask of them",
        hint="Something with a size, to which yes and no are both possible.",
        example="14 paid places; lead the mentors; lend a line",
    )
    ask_by: datetime.date | None = questions.date("Ask by", period=True, quick=True, example="2026-06-15")
    influence: int | None = questions.scale(
        "Influence", INFLUENCE, private=True, hint="Could they stop it, or make it happen?"
    )
    interest: int | None = questions.scale("Interest", INTEREST, private=True, hint="How much does it matter to them?")
    stance: Stance | None = questions.choice(
        "How they see us today", Stance, private=True, hint="Your own reading. Only the facilitator sees it."
    )


class Group(Row):
    """A group that federal law wants consulted: who speaks for it, or why it does not apply."""

    named_by: ClassVar[str] = "group"

    group: ConsultationGroup | None = questions.choice("Consultation group", ConsultationGroup)
    who: tuple[str, ...] = questions.references(
        "Who speaks for it", "profile.people", hint="Those marked with this group in the profile count anyway."
    )
    does_not_apply: bool | None = questions.yes_no(
        "Does not apply?", hint="Rarely true. “Nobody came” is not a reason."
    )
    because: str | None = questions.text("Because", example="No Tribe or Tribal organization in the region")


def _once_needs_stand(recruitment: Recruitment) -> str:
    """Keep names closed until enough needs are written; names already there stay open, so that nothing is lost."""
    standing = sum(bool(need.support) for need in recruitment.needs)
    if standing >= NEEDS_BEFORE_NAMES or recruitment.invitations:
        return ""
    return (
        f"Names open once {NEEDS_BEFORE_NAMES} needs stand ({standing} so far). "
        "Write what support you need first, then who could give it."
    )


class Recruitment(Worksheet):
    """What support is needed, who is asked for it, and who is still missing."""

    slug: ClassVar[str] = "recruitment"
    element: ClassVar[int] = 3
    title: ClassVar[str] = "Purposeful stakeholder recruitment"
    notebook: ClassVar[str] = "03-recruitment"

    needs: tuple[Need, ...] = questions.rows(
        "What we need",
        Need,
        "need",
        quick=True,
        hint="One need a row, and no names yet. Seven to twelve are plenty.",
    )
    # Not "asks": that is how every worksheet gives its questions.
    invitations: tuple[Invitation, ...] = questions.rows(
        "Whom we ask",
        Invitation,
        "ask",
        quick=True,
        hint="One row a person. Each stands under a need.",
        opens=_once_needs_stand,
    )
    missing: str | None = questions.long_text(
        "Who is missing, and why?",
        quick=True,
        hint="Who was left out because they are awkward, far away or hard to reach? Which learners get no place? Write "
        "groups or jobs, not gossip.",
        example="Night-shift supervisors: we only meet in the daytime",
    )
    groups: tuple[Group, ...] = questions.rows(
        "Groups to consult",
        Group,
        "group",
        hint="A record that can support consultation under Perkins V, section 134. "
        "The duty itself stays with the district or college.",
        ready=tuple({"group": group} for group in get_args(ConsultationGroup)),
    )
