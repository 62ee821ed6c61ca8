"""8 Meetings and follow-up: when we met, what was decided, what we recommended, and what became of it."""

from __future__ import annotations

import datetime
from typing import ClassVar, Literal

from ctekit.model import questions
from ctekit.model.worksheet import Row, Worksheet

MeetingKind = Literal["advisory board", "steering group", "working group", "workshop"]
ItemKind = Literal["to tell", "to talk over", "to decide"]
Decided = Literal["yes", "no", "put off"]
BoardAnswer = Literal["taken up", "in part", "declined", "none yet"]


class Meeting(Row):
    """One meeting, held or to come. Its day is its name."""

    named_by: ClassVar[str] = "date"

    date: datetime.date | None = questions.date("Day of the meeting", quick=True, example="2026-10-13")
    kind: MeetingKind | None = questions.choice(
        "Who meets", MeetingKind, quick=True, hint="Advisory board: the one that your state asks for, if it does."
    )
    starts: str | None = questions.text("Starts at", quick=True, example="2:00 pm")
    ends: str | None = questions.text("Ends at", example="3:15 pm")
    place: str | None = questions.text(
        "Where", quick=True, hint="A room, or the address of a call.", example="Tri-Fork, room 112"
    )
    called_by: str | None = questions.reference("Called by", "profile.people")
    present: tuple[str, ...] = questions.references(
        "Who was there", "profile.people", quick=True, hint="After the meeting. A quorum is counted from it."
    )
    others: int | None = questions.whole(
        "Others present", hint="A number. Guests and learners are not named.", example="3"
    )
    minutes_by: str | None = questions.reference("Who takes the minutes", "profile.people", quick=True)
    approved_on: datetime.date | None = questions.date(
        "Minutes approved on", hint="Most often at the next meeting.", example="2026-11-10"
    )


class Item(Row):
    """One item of an agenda; with its outcome it is a line of the minutes."""

    named_by: ClassVar[str] = "topic"

    meeting: str | None = questions.reference("At which meeting", "meetings.meetings", quick=True)
    topic: str | None = questions.text(
        "What it is about", quick=True, hint="A question is easiest to talk over.", example="Who takes the next visit?"
    )
    kind: ItemKind | None = questions.choice("What it is for", ItemKind, quick=True)
    minutes: int | None = questions.whole("Minutes for it", quick=True, least=1, example="10")
    led_by: str | None = questions.reference("Who leads it", "profile.people")
    comes_from: str | None = questions.source(
        "What it comes from", hint="The code of a finding, or the row it is about.", example="act-2"
    )
    said: str | None = questions.long_text(
        "What was said",
        quick=True,
        hint="Two lines: what matters to somebody who was not there. What was decided, as a sentence.",
        example="The college needs the list by June. Both districts can give it.",
    )
    decided: Decided | None = questions.choice(
        "Decided?", Decided, quick=True, hint="Leave it blank where nothing was to be decided."
    )
    how: str | None = questions.reference(
        "Under which rule", "purpose.decisions", quick=True, hint="One of your decisions in worksheet 2."
    )
    votes_for: int | None = questions.whole("Votes for", quick=True, hint="One vote an organization.", example="7")
    votes_against: int | None = questions.whole("Votes against", quick=True, example="1")
    not_voting: int | None = questions.whole("Not voting", example="0")


class Recommendation(Row):
    """What the partners told a board or an office to do, and its answer."""

    named_by: ClassVar[str] = "recommends"

    recommends: str | None = questions.text(
        "What we recommend",
        quick=True,
        hint="One thing they can say yes or no to.",
        example="Open the lab to the college on Fridays",
    )
    to: str | None = questions.text(
        "To whom", quick=True, hint="The board or office that decides.", example="School board of Novak"
    )
    meeting: str | None = questions.reference("Made at the meeting of", "meetings.meetings", quick=True)
    on: datetime.date | None = questions.date("Sent on", quick=True, example="2026-08-12")
    answer: BoardAnswer | None = questions.choice("Their answer", BoardAnswer, quick=True)
    answered_on: datetime.date | None = questions.date("Answered on", example="2026-09-15")
    why: str | None = questions.text("Their reason", hint="In their words.", example="The bus comes too late for it")
    done_on: datetime.date | None = questions.date("Done on", hint="When you could see it.", example="2026-09-22")


class Meetings(Worksheet):
    """A year of meetings: what was decided and recommended, and what became of it."""

    slug: ClassVar[str] = "meetings"
    element: ClassVar[int] = 8
    title: ClassVar[str] = "Meetings and follow-up"
    notebook: ClassVar[str] = "08-meetings"

    meetings: tuple[Meeting, ...] = questions.rows(
        "Meetings", Meeting, "meet", quick=True, hint="Those of the year to come as well: then nobody asks when."
    )
    items: tuple[Item, ...] = questions.rows(
        "Agendas and minutes",
        Item,
        "item",
        quick=True,
        hint="Before the meeting they are its agenda. Write what was said and decided beside them, and they are its "
        "minutes.",
    )
    recommendations: tuple[Recommendation, ...] = questions.rows(
        "What we recommend to boards", Recommendation, "rec", quick=True, hint="Keep a line until it has an answer."
    )
