"""2 Clear purpose and established protocols: what changes for whom, and how we decide."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.figures import tidy
from ctekit.model.worksheet import Row, Worksheet

Method = Literal["consent", "fist to five", "vote", "decides after advice"]


class Evidence(Row):
    """A local fact that employers and educators both accept."""

    named_by: ClassVar[str] = "statement"

    statement: str | None = questions.text("What we know", example="Openings a year in the two occupations")
    figure: str | None = questions.text("Figure", example="130")
    source: str | None = questions.text("Where it comes from", hint="A name that someone else could look up.")
    as_of: str | None = questions.text("As of", hint="Year, or month and year.", example="August 2026")


class Clause(Row):
    """One promise of the partnership."""

    named_by: ClassVar[str] = "promise"

    promise: str | None = questions.text(
        "Promise",
        quick=True,
        hint="One sentence a parent could hold us to. No more than five promises.",
        example="Any learner in the programs who wants paid work experience gets it.",
    )


class Decision(Row):
    """A decision we will face, and how it is taken."""

    named_by: ClassVar[str] = "decision"

    decision: str | None = questions.text(
        "A decision we will face", example="Change a course, credential or credit rule"
    )
    decider: str | None = questions.reference(
        "Who decides", "profile.people", also=("voting partners",), hint="One person, or the partners who vote."
    )
    method: Method | None = questions.choice("How", Method)
    agree: str | None = questions.text("How many must agree", example="two-thirds of those present")
    advice_from: tuple[str, ...] = questions.references("After advice from", "profile.people")
    quorum: int | None = questions.whole("How many must be there", hint="A whole number of voting organizations.")
    fallback: str | None = questions.text("If we cannot agree", example="Hold over one meeting")
    recorded: str | None = questions.text("Written where", example="Minutes, decision log")


class Dispute(Row):
    """One step of the ladder when partners disagree."""

    named_by: ClassVar[str] = "step"

    step: str | None = questions.text("Step", example="Talk to each other")
    who: tuple[str, ...] = questions.references("Who", "profile.people", also=("the two parties", "someone both name"))
    within_days: int | None = questions.whole("Within how many days")


class Purpose(Worksheet):
    """What the partnership is for, what it promises, and how it decides."""

    slug: ClassVar[str] = "purpose"
    element: ClassVar[int] = 2
    title: ClassVar[str] = "Clear purpose and established protocols"
    notebook: ClassVar[str] = "02-purpose"

    learners: str | None = questions.text(
        "Which learners is this for?", quick=True, example="high-school and college learners in three counties"
    )
    region: str | None = questions.text("Where do they live or study?", example="Alderfield, Corrigan Flats and Novak")
    change: str | None = questions.text(
        "What changes for them?",
        quick=True,
        hint="One thing you could count. Say what will be different, not what you will do.",
        example="graduates with work-based learning",
    )
    start: str | None = questions.text(
        "From what figure?", quick=True, hint="No figure yet? Mark it “to find out” and say who will.", example="11.0%"
    )
    target: str | None = questions.text("To what figure?", quick=True, example="25.0%")
    by: datetime.date | None = questions.date(
        "By when?",
        quick=True,
        period=True,
        hint="A month or a year will do: its last day is kept.",
        example="2028-06-30",
    )
    employer_reason: str | None = questions.text(
        "Why do employers care?",
        quick=True,
        hint="In an employer's words.",
        example="firms fill 130 openings a year with people trained here",
    )
    learner_reason: str | None = questions.text(
        "Why do learners care?",
        quick=True,
        hint="In a learner's words.",
        example="a first job at $22.40 or more, or credit toward a degree",
    )
    sentence: str | None = questions.long_text(
        "The purpose in one sentence",
        quick=True,
        hint="Put together from the parts above, and it stands as they do until you write it in your own words.",
    )
    badge: str | None = questions.text("The same in ten words", hint="It has to fit on a name badge.")
    clauses: tuple[Clause, ...] = questions.rows(
        "What we promise", Clause, "clause", quick=True, hint="Three to five. Each will need people, and a measure."
    )
    not_do: str | None = questions.long_text(
        "What will we not do?",
        quick=True,
        hint="The list you will be glad of when somebody offers money for something else.",
        example="Train for one firm only; place minors on a site without a supervisor",
    )
    principles: str | None = questions.long_text(
        "How we work together", example="Answer within two working days. Say no early."
    )
    agreed_on: datetime.date | None = questions.date("Agreed on")
    agreed_by: tuple[str, ...] = questions.references("Agreed by", "profile.organizations")
    evidence: tuple[Evidence, ...] = questions.rows(
        "The facts behind it", Evidence, "fact", hint="Figures that employers and educators both accept."
    )
    decisions: tuple[Decision, ...] = questions.rows(
        "Decisions we will face",
        Decision,
        "prot",
        hint="Settle these before the first quarrel.",
        ready=(
            {"decision": "Add a partner"},
            {"decision": "Spend money"},
            {"decision": "Change a course"},
            {"decision": "Show results"},
        ),
    )
    disputes: tuple[Dispute, ...] = questions.rows(
        "When we disagree", Dispute, "rung", hint="Each step has a name and a limit in days."
    )
    rhythm: str | None = questions.text("When do we meet?", example="Second Tuesday of the month, 75 minutes")
    data_stance: str | None = questions.text(
        "How do we handle data about learners?", example="Counts, not names; agreement first"
    )
    review: datetime.date | None = questions.date("When do we look at this again?", period=True, quick=True)

    @property
    def composed(self) -> str:
        """The purpose sentence put together from its parts; "" until the essential ones are there."""
        if not (self.learners and self.change and self.by):
            return ""
        where = f" in {self.region}" if self.region else ""
        figures = f" from {tidy(self.start)} to {tidy(self.target)}" if self.start and self.target else ""
        sentence = f"For {self.learners}{where}: {self.change}{figures} by {self.by:%B %Y}."
        # After a colon a noun, a verb and a whole sentence read well alike.
        reasons = {"why employers care": self.employer_reason, "why learners care": self.learner_reason}
        why = "; ".join(f"{label}: {reason.rstrip(' .')}" for label, reason in reasons.items() if reason)
        return f"{sentence} {why[0].upper()}{why[1:]}." if why else sentence

    def suggestions(self) -> Mapping[str, str]:
        """The composed sentence, for the question that asks for it."""
        return {"sentence": self.composed} if self.composed else {}
