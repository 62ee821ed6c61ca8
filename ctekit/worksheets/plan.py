"""99 The whole picture: who does what in the next 90 days, what the state is asked, and what was parked."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet

Element = Literal["convener", "purpose", "recruitment", "value", "communication", "roles", "metrics", "profile"]
ELEMENTS = {
    "convener": "1 Convener",
    "purpose": "2 Purpose",
    "recruitment": "3 Recruitment",
    "value": "4 Value",
    "communication": "5 Communication",
    "roles": "6 Roles",
    "metrics": "7 Metrics",
    "profile": "Start here",
}
"""What the steps call a worksheet."""
Lever = Literal[
    "alignment by governor or agencies",
    "employer tax credit",
    "industry-to-classroom license",
    "flexible funding",
    "regional convener designation",
    "data sharing",
    "other",
]


class Action(Row):
    """Something one person will have done by a day."""

    named_by: ClassVar[str] = "action"

    action: str | None = questions.text(
        "What",
        quick=True,
        hint="Begin with a verb; say what will be there when it is done.",
        example="Bring the credit table to the trustees",
    )
    element: Element | None = questions.choice("Worksheet it belongs to", ELEMENTS)
    finding: str | None = questions.source(
        "Where it comes from", hint="The code of a finding, or the row it is about.", example="task-9"
    )
    owner: str | None = questions.reference("Who", "profile.people", quick=True, hint="One person who said yes.")
    by: datetime.date | None = questions.date(
        "By when", period=True, quick=True, hint="Within 90 days.", example="2026-11-18"
    )
    done: bool | None = questions.yes_no("Done?", quick=True)
    meeting: str | None = questions.reference("Agreed at the meeting of", "meetings.meetings")


class PolicyAsk(Row):
    """Something only the state can change, and what we ask for."""

    named_by: ClassVar[str] = "ask"

    lever: Lever | None = questions.choice("Lever", Lever, hint="What the state could move.")
    decides: str | None = questions.text(
        "Who decides", hint="The office or body, not the person.", example="The state's wage-record office"
    )
    ask: str | None = questions.text(
        "Our ask",
        hint="One thing, small enough to be granted.",
        example="A standard agreement for counts of completers in work",
    )
    evidence: str | None = questions.reference("Measure that shows why", "metrics.metrics")
    other_evidence: str | None = questions.text(
        "Other evidence", hint="A document or a story with a source.", example="Letters from three small firms"
    )
    contact: str | None = questions.reference("Who carries it there", "profile.people")
    by: datetime.date | None = questions.date(
        "By when", period=True, hint="Before the session or the budget closes.", example="2027-01-31"
    )


class Parked(Row):
    """A good thought that did not belong to the day."""

    named_by: ClassVar[str] = "item"

    item: str | None = questions.text("Parked item", example="Evening bus from Novak to the plants")
    raised_by: str | None = questions.reference("Raised by", "profile.people")
    goes_to: str | None = questions.text(
        "Goes to", hint="A meeting and a month; else it is lost.", example="Steering group, June 2027"
    )


class Acknowledgement(Row):
    """A finding that partners have talked over and let stand, with their reason."""

    named_by: ClassVar[str] = "said"

    rule: str | None = questions.text("Code of the rule", example="RE17")
    place: str | None = questions.text(
        "Where it stands", hint="Worksheet, row and field, as the check gives them.", example="recruitment/invitations"
    )
    said: str | None = questions.text(
        "What it said", hint="Word for word. When its facts change its words do, and the finding comes back."
    )
    note: str | None = questions.long_text(
        "Why it may stand", hint="A reason the partners would accept.", example="Two firms join after the harvest"
    )
    by: str | None = questions.reference("Who lets it stand", "profile.people", hint="One person, who can be asked.")
    on: datetime.date | None = questions.date("On", example="2026-10-01")


class Plan(Worksheet):
    """What happens next, and whose it is."""

    slug: ClassVar[str] = "plan"
    element: ClassVar[int] = 99  # behind all others, those to come as well
    title: ClassVar[str] = "The whole picture"
    notebook: ClassVar[str] = "99-whole-picture"

    actions: tuple[Action, ...] = questions.rows(
        "The next 90 days", Action, "act", quick=True, hint="Few, and each with one name and one day."
    )
    asks_of_state: tuple[PolicyAsk, ...] = questions.rows(
        "What we ask of the state", PolicyAsk, "policy", hint="Only what the partners cannot change on their own."
    )
    parked: tuple[Parked, ...] = questions.rows(
        "Parking lot", Parked, "park", hint="What was raised and set aside, and where it goes."
    )
    # Private: it repeats the words of findings, some of which are for the facilitator only. The check shows the others.
    acknowledged: tuple[Acknowledgement, ...] = questions.rows(
        "Findings we let stand",
        Acknowledgement,
        "ack",
        private=True,
        hint="Talked over, with a note and a name. Without both, the finding stays open.",
    )
