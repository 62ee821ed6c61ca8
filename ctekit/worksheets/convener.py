"""1 Convening agency or intermediary: who leads, who stands in, and until when it is paid for."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet

Settled = Literal["yes, and partners would all say so", "yes, but not everyone knows", "no, we are choosing"]
CHOOSING: Settled = "no, we are choosing"
"""The one answer that opens criteria, candidates, scores and evidence."""

CriterionGroup = Literal["alignment", "skills", "accountability", "resources"]

TRACK_RECORD = {
    1: "has never done it",
    2: "tried it once",
    3: "has done it, unevenly",
    4: "does it well",
    5: "does it so well that others copy it",
}


class Job(Row):
    """One job of a convener, and who does it now."""

    named_by: ClassVar[str] = "job"

    job: str | None = questions.text("Job", example="Counting results together")
    who: str | None = questions.reference(
        "Who does it now", "profile.organizations", hint="It need not be the lead. Blank means that nobody does."
    )


class Criterion(Row):
    """Something we look for in whoever leads."""

    named_by: ClassVar[str] = "criterion"

    criterion: str | None = questions.text(
        "Criterion",
        hint="Something a stranger could see a sign of.",
        example="Staff who can run meetings between meetings",
    )
    group: CriterionGroup | None = questions.choice("What it is about", CriterionGroup)
    weight: Decimal | None = questions.decimal(
        "Weight",
        most=100,
        units="%",
        hint="How much it counts, from 0 to 100. All weights together make 100.",
        example="25",
    )


class Candidate(Row):
    """An organization that could lead."""

    named_by: ClassVar[str] = "organization"

    organization: str | None = questions.reference("Candidate", "profile.organizations")
    fte: Decimal | None = questions.decimal(
        "Paid time (FTE)", hint="Share of a full-time post: 0.5 is 80 hours a month.", example="0.5"
    )
    money_a_year: Decimal | None = questions.money(
        "Money a year", hint="What it would bring or raise.", example="60000"
    )
    can_hold_funds: bool | None = questions.yes_no("Can hold funds?", hint="A must: money of others, with an audit.")
    can_sign: bool | None = questions.yes_no("Can sign?", hint="A must: agreements in its own name.")


class Score(Row):
    """What one organization gave one candidate on one criterion."""

    named_by: ClassVar[str] = "candidate"

    candidate: str | None = questions.reference("Scored candidate", "convener.candidates")
    criterion: str | None = questions.reference("On which criterion", "convener.criteria")
    scored_by: str | None = questions.reference(
        "Scored by", "profile.organizations", private=True, hint="What an organization gives itself does not count."
    )
    score: int | None = questions.scale(
        "Score", TRACK_RECORD, private=True, hint="Score what they have done, not what they promise."
    )


class EvidenceNote(Row):
    """What we know about one candidate on one criterion."""

    named_by: ClassVar[str] = "evidence"

    candidate: str | None = questions.reference("About which candidate", "convener.candidates")
    criterion: str | None = questions.reference("For which criterion", "convener.criteria")
    evidence: str | None = questions.text(
        "What shows it",
        hint="One note for the pair; everyone scores from the same note.",
        example="Ran two job fairs that both districts and 30 firms joined",
    )


class Funding(Row):
    """One source of the money that pays for convening."""

    named_by: ClassVar[str] = "source"

    source: str | None = questions.text("Where the money comes from", example="Perkins V reserve grant")
    amount: Decimal | None = questions.money("Amount a year", example="38000")
    until: datetime.date | None = questions.date(
        "Until", period=True, hint="The last day that is paid for, not the day you hope for.", example="2028-06-30"
    )


def _while_choosing(table: str) -> Callable[[Convener], str]:
    """Keep a table closed unless the lead is being chosen; one that holds rows stays open, so that nothing is lost."""

    def reason(convener: Convener) -> str:
        if convener.settled == CHOOSING or convener.rows(table):
            return ""
        return (
            f"This part opens when the first question is answered “{CHOOSING}”. "
            "Where the lead is settled, there is nobody to score."
        )

    return reason


class Convener(Worksheet):
    """Who leads the partnership, with what time and money, and how that was settled."""

    slug: ClassVar[str] = "convener"
    element: ClassVar[int] = 1
    title: ClassVar[str] = "Convening agency or intermediary"
    notebook: ClassVar[str] = "01-convener"

    settled: Settled | None = questions.choice(
        "Is it settled who leads?",
        Settled,
        quick=True,
        hint="Ask three partners separately before you answer. Only the last answer opens criteria and scores.",
    )
    lead: str | None = questions.reference(
        "Which organization leads?", "profile.organizations", quick=True, hint="The one that calls the meetings."
    )
    shared_with: tuple[str, ...] = questions.references(
        "Who shares the lead?", "profile.organizations", hint="Blank if nobody does. Two leads need a written split."
    )
    lead_person: str | None = questions.reference(
        "Which person leads?", "profile.people", quick=True, hint="The one a partner would call."
    )
    stand_in: str | None = questions.reference(
        "Who stands in?",
        "profile.people",
        quick=True,
        hint="Another person, better from another organization. They should hold the agenda and the contact list.",
    )
    consent_on: datetime.date | None = questions.date(
        "When did the lead say yes?",
        hint="The day its own leaders agreed. Being named by others is not a yes.",
        example="2026-05-15",
    )
    fte: Decimal | None = questions.decimal(
        "How much paid time? (FTE)",
        hint="Share of a full-time post. One post is 160 hours a month, so 0.6 is 96 hours.",
        example="0.6",
    )
    money_until: datetime.date | None = questions.date(
        "Until when is it paid for?",
        period=True,
        quick=True,
        hint="The day on which the first of the needed money ends.",
        example="2027-06-30",
    )
    can_hold_funds: bool | None = questions.yes_no(
        "Can the lead hold funds?", hint="Money that belongs to the partnership, with an audit."
    )
    can_sign: bool | None = questions.yes_no("Can the lead sign?", hint="Agreements in its own name.")
    sponsor: str | None = questions.reference(
        "Who holds the money or signs for it?",
        "profile.organizations",
        hint="If the lead cannot: a fiscal sponsor, most often another partner. That is ordinary.",
    )
    will_not_do: str | None = questions.long_text(
        "What will the lead not do?",
        hint="A lead that does everything has no partners.",
        example="Hire for any one firm; keep records of single learners",
    )
    first_year_only: bool | None = questions.yes_no(
        "Only for the first year?", hint="Some lead the start and then hand over. Better said now."
    )
    reason: str | None = questions.long_text(
        "Why this one, if another came first?",
        hint="Needed when another candidate ranks first once self-scores are left out. A good reason is fine; "
        "an unwritten one is not.",
        example="Employers trust it; the board lends its fiscal staff.",
    )
    review: datetime.date | None = questions.date(
        "When do we look at the lead again?", period=True, hint="Within a year is wise.", example="2027-10-01"
    )
    jobs: tuple[Job, ...] = questions.rows(
        "Jobs of a convener",
        Job,
        "job",
        hint="Six jobs. Who does each one today, not who should.",
        ready=(
            {"job": "Vision and strategy"},
            {"job": "Getting partners to pull together"},
            {"job": "Counting results together"},
            {"job": "Winning the public over"},
            {"job": "Talking with the state about rules"},
            {"job": "Money"},
        ),
    )
    funding: tuple[Funding, ...] = questions.rows(
        "Money for convening", Funding, "fund", hint="Each source once. What ends first decides how long you have."
    )
    criteria: tuple[Criterion, ...] = questions.rows(
        "What we look for",
        Criterion,
        "crit",
        hint="Four to six. Weigh them before anyone names a candidate.",
        ready=(
            {"criterion": "Trusted by schools and employers alike", "group": "alignment"},
            {"criterion": "Staff who can run meetings between meetings", "group": "skills"},
            {"criterion": "Can hold money and account for it", "group": "accountability"},
            {"criterion": "Can stay funded past three years", "group": "resources"},
        ),
        opens=_while_choosing("criteria"),
    )
    candidates: tuple[Candidate, ...] = questions.rows(
        "Who could lead",
        Candidate,
        "cand",
        hint="No more than five, and each has been asked whether it wants to.",
        opens=_while_choosing("candidates"),
    )
    evidence: tuple[EvidenceNote, ...] = questions.rows(
        "What we know about them",
        EvidenceNote,
        "note",
        hint="Written before the scoring and read by everyone who scores.",
        opens=_while_choosing("evidence"),
    )
    scores: tuple[Score, ...] = questions.rows(
        "Scores",
        Score,
        "score",
        private=True,
        hint="Each organization scores alone. Only the spread is shown, never who gave what.",
        opens=_while_choosing("scores"),
    )
