"""The pathway, in the profile: the steps from school to a job."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from ctekit.model import questions
from ctekit.model.worksheet import Row


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
