"""The pathway, in the profile: the steps from school to a job, and the college credit that is agreed on."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row

CreditKind = Literal["dual enrollment", "articulated", "credential"]


class Step(Row):
    """One step of the pathway, from school to a job."""

    named_by: ClassVar[str] = "step"

    step: str | None = questions.text(
        "Step",
        quick=True,
        hint="What is learned there, in a few words.",
        example="Grades 11-12: mechatronics 1 and 2, internship",
    )
    where: tuple[str, ...] = questions.references("Where", "profile.organizations", quick=True, also=("employers",))
    credential: str | None = questions.text(
        "Credential", hint="What a learner can show at the end. Write “none” if none.", example="college certificate"
    )
    credit: str | None = questions.text(
        "Credit that carries", quick=True, hint="What counts toward the next step.", example="9 college credits"
    )
    leads_to: tuple[str, ...] = questions.references(
        "Leads to",
        "profile.steps",
        hint="While none is picked, each step leads to the one below it.",
    )
    job: str | None = questions.text("Or to this job", quick=True, example="mechanic (49-9041)")
    wage: Decimal | None = questions.money(
        "Starting wage", hint="Dollars an hour, for that job, in your region.", example="22.40"
    )


class Credit(Row):
    """A course of the school that counts as a course of the college."""

    named_by: ClassVar[str] = "school_course"

    school_course: str | None = questions.text("Course at the high school", example="Mechatronics 1")
    college_course: str | None = questions.text("Course at the college", example="MEC 101")
    college: str | None = questions.reference("At which college", "profile.organizations")
    credits: Decimal | None = questions.decimal("Credits", example="3")
    kind: CreditKind | None = questions.choice(
        "Kind of credit",
        CreditKind,
        hint="Dual enrollment: earned at once, on the college's record. Articulated: promised, and given once the "
        "learner enrolls there. Credential: given for a credential.",
    )
    agreed_until: datetime.date | None = questions.date("Agreed until", period=True, example="2028-06-30")
    checked_on: datetime.date | None = questions.date(
        "Last checked on", hint="When both sides last compared what the two courses teach.", example="2026-08-20"
    )
