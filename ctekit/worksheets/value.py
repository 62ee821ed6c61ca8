"""4 Mutual benefit and shared value: what each partner gives, what it gets, and whether it is worth it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet
from ctekit.worksheets.recruitment import NeedKind

KeptSoFar = Literal["yes", "partly", "no", "too early"]
Reckoned = Literal["price paid", "wage x hours", "fair market value", "other"]

WORTH = {1: "no", 2: "hardly", 3: "fair", 4: "good", 5: "very"}


class Exchange(Row):
    """One thing a partner gives, and what it gets for taking part."""

    named_by: ClassVar[str] = "gives"

    organization: str | None = questions.reference(
        "Partner", "profile.organizations", quick=True, hint="One row for each thing it gives; several rows are fine."
    )
    gives: str | None = questions.text(
        "Gives", quick=True, hint="Something you could see on the day it arrives.", example="Paid internships"
    )
    kind: NeedKind | None = questions.choice("Kind of gift", NeedKind, hint="The same kinds as the needs.")
    how_much: str | None = questions.text("How much", quick=True, hint="A number, and per what.", example="26 a year")
    by: datetime.date | None = questions.date("Gives it by", period=True, quick=True, example="2027-01-15")
    gets: str | None = questions.text(
        "Gets",
        quick=True,
        hint="What this partner gains for itself. “The good of all” is not a gain it can take home.",
        example="Applicants who have already run its machines",
    )
    gets_nothing_yet: bool | None = questions.yes_no(
        "Gets nothing yet?", hint="Say yes if it was talked over and there is nothing. A blank means: not asked."
    )
    in_own_words: str | None = questions.text(
        "In its own words",
        quick=True,
        quoted=True,
        hint="Write what they said, not what they meant.",
        example="Half of new hires leave in ninety days.",
    )
    metric: str | None = questions.reference(
        "How we will know", "metrics.metrics", hint="A measure that would show it. None? Then a day to ask again."
    )
    review: datetime.date | None = questions.date("Ask again on", period=True, example="2027-06-15")
    confirmed_by: str | None = questions.reference(
        "Confirmed by", "profile.people", hint="Someone of that partner, who read the row and said yes."
    )
    confirmed_on: datetime.date | None = questions.date("Confirmed on", example="2026-09-17")
    kept: KeptSoFar | None = questions.choice(
        "Kept so far?", KeptSoFar, hint="Whether what was given and what was got have both come about."
    )
    worth_in_money: Decimal | None = questions.money(
        "Worth in money a year", hint="What a letter for a grant would say. In dollars.", example="4800"
    )
    reckoned: Reckoned | None = questions.choice(
        "How that was worked out", Reckoned, hint="A grant's auditor asks for it. Keep the paper that shows it."
    )
    matches: bool | None = questions.yes_no(
        "Counts toward a match?", hint="Yes where a grant or budget names it as the partners' own share."
    )
    letter_on: datetime.date | None = questions.date("Letter on file since", example="2026-09-30")
    worth: int | None = questions.scale(
        "Is it worth it for you today?", WORTH, private=True, hint="Only the facilitator sees who said it."
    )
    action: str | None = questions.text(
        "What we do about it",
        private=True,
        hint="Where it is not or hardly worth it: who speaks with them, and by when.",
        example="Marcus calls Hank before the next meeting",
    )


class Value(Worksheet):
    """What every partner gives and gets."""

    slug: ClassVar[str] = "value"
    element: ClassVar[int] = 4
    title: ClassVar[str] = "Mutual benefit and shared value"
    notebook: ClassVar[str] = "04-value"

    exchanges: tuple[Exchange, ...] = questions.rows(
        "Who gives what, and gets what",
        Exchange,
        "x",
        quick=True,
        hint="Two people from different sectors fill in each other's slip, read it back and sign it. "
        "Then type what the slips say.",
    )
