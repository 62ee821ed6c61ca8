"""5 Open lines of communication: who hears what, from whom, how often, and how they answer."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet
from ctekit.worksheets.sector_names import SECTOR_NAMES

AudienceKind = Literal[
    "business & industry",
    "K-12",
    "postsecondary",
    "convener or intermediary",
    "workforce or other public agency",
    "community",
    "learners & families",
    "mixed",
]
HowOften = Literal[
    "every week",
    "every two weeks",
    "monthly",
    "every two months",
    "each term",
    "quarterly",
    "twice a year",
    "yearly",
    "when needed",
]

DAYS: dict[HowOften, int] = {
    "every week": 7,
    "every two weeks": 14,
    "monthly": 30,
    "every two months": 60,
    "quarterly": 90,
    "each term": 120,
    "twice a year": 180,
    "yearly": 365,
}
"""Days from one time to the next. "When needed" has none: nobody can say how long it will be."""


class Audience(Row):
    """A group of people who hear the same thing, in the same way, from the same person."""

    named_by: ClassVar[str] = "audience"

    audience: str | None = questions.text(
        "Audience", quick=True, hint="People who need to hear the same thing.", example="Host employers"
    )
    kind: AudienceKind | None = questions.choice(
        "Who are they?",
        AudienceKind,
        synonyms=SECTOR_NAMES,
        quick=True,
        hint="Until you pick names, everybody of this sector hears it. “Mixed” when several sectors sit together.",
    )
    members: tuple[str, ...] = questions.references(
        "Who hears this?", "profile.people", hint="By name. Whoever is in no audience hears nothing."
    )
    purpose: str | None = questions.text(
        "What do they need to know?",
        quick=True,
        hint="What they will do or decide with it. If you cannot say, do not send it.",
        example="Fix problems on site early",
    )
    message: str | None = questions.text(
        "The message, in one line", hint="As they would repeat it.", example="What to fix before next month"
    )
    channel: str | None = questions.text(
        "How it reaches them", hint="Where they already look or meet.", example="Visit at a plant"
    )
    how_often: HowOften | None = questions.choice(
        "How often", HowOften, quick=True, hint="As often as you can keep up. Monthly is enough for most."
    )
    owner: str | None = questions.reference(
        "Who sends it?", "profile.people", quick=True, hint="One person. Five audiences are enough for anybody."
    )
    backup: str | None = questions.reference(
        "Who steps in?", "profile.people", hint="Another person, for a holiday or a sick week."
    )
    language: str | None = questions.text(
        "Language", hint="Every language they read at home.", example="English and Spanish"
    )
    format: str | None = questions.text(
        "Format", hint="Think of small screens, large print and screen readers.", example="Print 14 pt, text message"
    )
    reply: str | None = questions.text(
        "How they answer, and who replies",
        quick=True,
        hint="A way that costs them one minute.",
        example="On the visit, or by text to the sender",
    )
    two_way: bool | None = questions.yes_no(
        "Can they answer here?", hint="Yes, if they can speak up in this very meeting, call or message."
    )
    first_on: datetime.date | None = questions.date("First on", example="2026-10-22")
    metrics: tuple[str, ...] = questions.references(
        "Measures they see", "metrics.metrics", hint="Each measure needs somebody who looks at it."
    )


class Communication(Worksheet):
    """How partners, families and learners hear from the partnership, and are heard."""

    slug: ClassVar[str] = "communication"
    element: ClassVar[int] = 5
    title: ClassVar[str] = "Open lines of communication"
    notebook: ClassVar[str] = "05-communication"

    front_door: str | None = questions.text(
        "What is the one front door called?",
        quick=True,
        hint="The place to turn to when you do not know whom to ask.",
        example="Harrow Bend Pathway Desk",
    )
    front_door_person: str | None = questions.reference(
        "Who answers there?", "profile.people", hint="A person with time for it every working day."
    )
    front_door_address: str | None = questions.text(
        "Its address",
        hint="The partnership's own, so that it stays when people move on.",
        example="frontdoor@harrowbend.example",
    )
    emergency: str | None = questions.text(
        "Emergency line",
        hint="Whom to call when a learner is hurt or missing at a work site. An office's number, not a private one.",
        example="Main office of the learner's school",
    )
    longest_silence: int | None = questions.whole(
        "Longest silence allowed, in days",
        least=1,
        hint="Nobody waits longer to hear something, even if it is “nothing new”.",
        example="90",
    )
    audiences: tuple[Audience, ...] = questions.rows(
        "Who hears what",
        Audience,
        "com",
        quick=True,
        hint="Five or six audiences. Strike those you do not have; families and learners stay.",
        ready=(
            {"audience": "Families and learners", "kind": "learners & families"},
            {"audience": "Steering group", "kind": "mixed"},
            {"audience": "All partners", "kind": "mixed"},
            {"audience": "Teachers and counselors", "kind": "K-12"},
            {"audience": "Host employers", "kind": "business & industry"},
            {"audience": "Boards of the public bodies", "kind": "mixed"},
        ),
    )
    change_of_contact: str | None = questions.long_text(
        "When a name or an address changes",
        hint="Whom to tell, how soon, and who passes it on.",
        example="Tell the front door within five working days; it tells all who send.",
    )
