"""6 Clear stakeholder roles and responsibilities: who does what, who answers for it, and what is signed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet

Phase = Literal["set up", "run", "renew"]
Duty = Literal["coordination", "communication", "reporting", "delivery"]

LETTERS: Mapping[str, str] = {
    "A": "answers for it (one only)",
    "R": "does it",
    "S": "helps",
    "C": "is asked before",
    "I": "is told after",
}
"""What the letters of the grid mean. A and R may stand together."""


class Task(Row):
    """A duty: something that somebody must do for a promise to hold."""

    named_by: ClassVar[str] = "task"

    task: str | None = questions.text(
        "Duty",
        quick=True,
        hint="Begin with a verb: a stranger should be able to see whether it was done.",
        example="Host learners at work sites",
    )
    phase: Phase | None = questions.choice(
        "Phase", Phase, hint="To get going, to keep going, or to go on after the end date."
    )
    need: str | None = questions.reference("Need it serves", "recruitment.needs", hint="No need? Ask why you do it.")
    gives: tuple[str, ...] = questions.references(
        "What partners give by doing it", "value.exchanges", hint="Lines of worksheet 4 that come true with this duty."
    )
    hours: Decimal | None = questions.decimal(
        "Hours a month",
        hint="For all who do it, together. One full-time post is 160 hours a month.",
        example="24",
    )
    by: datetime.date | None = questions.date(
        "By when",
        period=True,
        quick=True,
        hint="A month or a year will do. Leave blank when it goes on.",
        example="2027-01-15",
    )
    duty: Duty | None = questions.choice(
        "Kind of duty", Duty, hint="Coordination, communication and reporting are the convener's daily work."
    )
    person: str | None = questions.reference(
        "Which person answers for it?", "profile.people", hint="Somebody of the organization that holds the A."
    )
    cost_to_stop: str | None = questions.text(
        "What would it cost to stop?",
        hint="Who would notice, and what would break.",
        example="40 learners without a place by February",
    )


class DataAgreement(Row):
    """A written agreement that lets partners use data about learners."""

    named_by: ClassVar[str] = "purpose"

    purpose: str | None = questions.text(
        "What the data are for", hint="One purpose an agreement.", example="Yearly results for CTE concentrators"
    )
    basis: str | None = questions.text(
        "What allows it (counsel to confirm)",
        hint="The law, consent or contract that counsel names.",
        example="Written agreement; legal basis to be named by counsel",
    )
    parties: tuple[str, ...] = questions.references(
        "Between whom", "profile.organizations", hint="All who give, hold or read the data."
    )
    data: str | None = questions.text(
        "Which data", hint="No more than the purpose asks for.", example="Graduation and internship flags by learner"
    )
    destroy_by: datetime.date | None = questions.date("Destroyed by", period=True, example="2029-06-30")
    expires: datetime.date | None = questions.date("Runs out on", period=True, example="2028-12-31")


class Signatory(Row):
    """Who signs the agreement for an organization, and by what right."""

    named_by: ClassVar[str] = "signer"

    organization: str | None = questions.reference("For which organization", "profile.organizations")
    signer: str | None = questions.text(
        "Who signs", hint="Often somebody who never came to a meeting.", example="Ruben Achterberg"
    )
    title: str | None = questions.text("Title of the signer", example="Superintendent")
    authority: str | None = questions.text(
        "By what authority",
        hint="What gives this person the right to bind the organization.",
        example="Board resolution",
    )
    board_date: datetime.date | None = questions.date(
        "Board votes on", hint="Public bodies need one: ask for the agenda deadline.", example="2026-10-14"
    )
    signed_on: datetime.date | None = questions.date("Signed on", hint="Blank until it is signed.")


class Roles(Worksheet):
    """Who answers for each duty, who does it, and what the partners sign."""

    slug: ClassVar[str] = "roles"
    element: ClassVar[int] = 6
    title: ClassVar[str] = "Clear stakeholder roles and responsibilities"
    notebook: ClassVar[str] = "06-roles"

    tasks: tuple[Task, ...] = questions.rows(
        "What has to be done",
        Task,
        "task",
        quick=True,
        hint="Ten duties in the room. Do not forget to call meetings, to answer the front door, to publish results.",
    )
    matrix: Mapping[str, Mapping[str, str]] = questions.matrix(
        "Who does what",
        along="tasks",
        target="profile.organizations",
        letters=LETTERS,
        quick=True,
        hint="In the room only A and R: one A for each duty, at least one R. Both may stand in one cell.",
        example="AR",
    )
    agreement_kind: str | None = questions.text(
        "Kind of agreement",
        hint="What you mean to sign, and whether it binds. A draft until counsel has read it.",
        example="Memorandum of understanding, not binding on money",
    )
    parties: tuple[str, ...] = questions.references(
        "Who signs it", "profile.organizations", hint="Every organization that holds an A or an R, if it can sign."
    )
    advisory: tuple[str, ...] = questions.references(
        "Who advises and does not sign", "profile.organizations", hint="Such as a seat that is not a legal body."
    )
    starts: datetime.date | None = questions.date("Starts on", example="2026-11-01")
    ends: datetime.date | None = questions.date(
        "Ends on", period=True, hint="Not before the date in your purpose.", example="2028-10-31"
    )
    renewal: str | None = questions.text("How it is renewed", example="Review in June 2028, sign again by October")
    renewal_date: datetime.date | None = questions.date(
        "Settled anew by", period=True, hint="Early enough that boards can vote before it ends.", example="2028-06-15"
    )
    money_flow: str | None = questions.text(
        "Who holds the money, and who pays whom",
        example="Chamber is fiscal agent; partners pay yearly by 1 December",
    )
    notice: str | None = questions.text(
        "Notice to end", hint="How long before leaving a partner has to say so.", example="60 days"
    )
    who_keeps: str | None = questions.text(
        "Who keeps what if we stop",
        hint="Equipment, money left over, records, the name.",
        example="Lent equipment goes back to its owner",
    )
    riders: str | None = questions.long_text(
        "What else must be in it",
        hint="When minors go on site: supervision, insurance, transport, pay, who checks the adults, who is told when "
        "a learner drops out.",
        example="No learner under 18 works on a site without a named supervisor",
    )
    data_agreements: tuple[DataAgreement, ...] = questions.rows(
        "Agreements about data",
        DataAgreement,
        "da",
        hint="One for each purpose that needs figures about single people. Counsel confirms all of it.",
    )
    signatories: tuple[Signatory, ...] = questions.rows(
        "Who signs for whom", Signatory, "sign", hint="Ask early: board calendars set your real start date."
    )
