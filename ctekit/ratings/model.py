"""What a round, a ballot and an answer are. `ctekit.rounds` opens and closes them; the store keeps them."""

from __future__ import annotations

import dataclasses
import datetime
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from ctekit.model.questions import Json
from ctekit.ratings.questions import IDEAS, SLIP, RatingItem, dots, questions
from ctekit.worksheets.profile import Sector

DONT_KNOW = "?"
"""How "I don't know" is kept."""

SECTORS: tuple[str, ...] = get_args(Sector)
"""The sectors that a person may say to be of."""

State = Literal["open", "closed", "revealed"]


@dataclass(frozen=True)
class Round:
    """One round of answers.

    Attributes
    ----------
    id : str
        ``"round-3"``; "" before the store has given one.
    name, held_on : str
        What people call it, and its date (ISO).
    about : str
        What is asked; see `ctekit.ratings.questions`.
    title, options : str, tuple of str
        For fist to five and dots; of ideas, what they are about, and those that are shown once they are revealed.
    state : str
        ``"open"``: people answer. ``"closed"``: they do no more. ``"revealed"``: the answers may be looked at.
    wording : mapping
        The print of each question's words when it was asked.
    until : str
        When the time is up, as people were told (ISO, UTC); "" for no timer. It closes nothing.
    people : int
        How many are in the room, as the facilitator says; 0 where nobody has said.
    set_aside : str
        Why it counts in nothing, such as "a rehearsal"; "" where it counts.
    dots : int
        How many dots each person has, as the agenda says; 0 for a quarter of the options. Of ideas: in dots on them.
    edited : mapping
        Of ideas: what the lead shows instead of what was typed, by the idea's id; "" for one that is not shown.
    subject : str
        Of ideas, and of dots on them: what they are for, such as ``"recruitment.needs"``; "" where nobody said.
    reopened : int
        How often it was opened again after it was closed: an older view of it closes or opens nothing.
    """

    id: str
    name: str
    held_on: str
    about: str
    title: str = ""
    options: tuple[str, ...] = ()
    state: State = "open"
    wording: Mapping[str, str] = field(default_factory=dict)
    until: str = ""
    people: int = 0
    set_aside: str = ""
    dots: int = 0
    edited: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    reopened: int = 0

    @property
    def places(self) -> int | None:
        """How many phones may join: one a person, and a few for phones that lose their pass; None for any number."""
        return places(self.people)

    @property
    def dots_each(self) -> int:
        """How many dots each person has: one fewer than there are options at most, so that something is chosen."""
        return max(1, min(self.dots, len(self.options) - 1)) if self.dots else dots(self.options)

    @property
    def questions(self) -> tuple[RatingItem, ...]:
        """What it asks, in order. Slips ask nothing that is counted."""
        return questions(self.about, self.options, self.title)

    @property
    def asks_sector(self) -> bool:
        """Whether it is looked at by sector; votes and the exit ballot are not, and so do not ask."""
        return any(question.is_indicator for question in self.questions)

    @property
    def is_counted(self) -> bool:
        """Whether its answers are counted: not words, nor those of a round that was set aside."""
        return not self.set_aside and self.about not in (IDEAS, SLIP)

    @property
    def seconds_left(self) -> int | None:
        """What the timer shows, 0 when the time is up; None without a timer."""
        if not self.until:
            return None
        timedelta = datetime.datetime.fromisoformat(self.until) - datetime.datetime.now(datetime.UTC)
        return max(0, round(timedelta.total_seconds()))

    def to_json(self) -> dict[str, Json]:
        """The round as the store keeps it.

        Returns
        -------
        dict
            Everything but its id.
        """
        kept = dataclasses.asdict(self)
        del kept["id"]
        return {**kept, "options": list(self.options), "wording": dict(self.wording), "edited": dict(self.edited)}

    @classmethod
    def from_json(cls, round_id: str, kept: Mapping[str, Json]) -> Round:
        """The round that the store kept.

        Parameters
        ----------
        round_id : str
            The round's id.
        kept : mapping
            As `to_json` gives it.

        Returns
        -------
        Round
            Equal to the one that was kept.

        Raises
        ------
        ValueError, TypeError, AttributeError
            It is none.
        """
        names = {field.name for field in dataclasses.fields(cls)}
        values = {name: value for name, value in kept.items() if name in names}
        round_ = cls(id=round_id, **{**values, "options": tuple(kept.get("options", ()))})
        texts = (
            round_.name,
            round_.about,
            round_.title,
            round_.set_aside,
            round_.subject,
            *round_.options,
            *round_.wording.keys(),
            *round_.wording.values(),
            *round_.edited.keys(),
            *round_.edited.values(),
        )
        numbers = round_.people, round_.dots, round_.reopened
        if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in numbers):
            raise TypeError(round_id)
        if (
            round_.state not in get_args(State)
            or datetime.date.fromisoformat(round_.held_on).isoformat() != round_.held_on
        ):
            raise ValueError(round_id)
        _ = round_.seconds_left
        return round_


@dataclass(frozen=True)
class Ballot:
    """What one respondent answers, all at once.

    Attributes
    ----------
    round : str
        The round's id.
    respondent : str
        A random name, made for this round alone: see `new_respondent`.
    sector : str
        Where they come from.
    answers : mapping
        Question -> code, `DONT_KNOW`, or None for blank.
    based_on : int or None
        The revision of theirs that was on the screen, 0 for none; None to write in any case.
    uid : str
        Made once. Handing a ballot in again never counts it twice.
    """

    round: str
    respondent: str
    sector: str
    answers: Mapping[str, Json] = field(repr=False)
    based_on: int | None = None
    uid: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True)
class Receipt:
    """What became of a ballot, told only after it is safe on the disk.

    Attributes
    ----------
    outcome : str
        ``"kept"``; ``"newer"``: a newer ballot of this respondent stands; ``"closed"``: the round takes no more.
    seq : int
        The newest revision of this respondent.
    """

    outcome: Literal["kept", "newer", "closed"]
    seq: int


@dataclass(frozen=True)
class Rating:
    """One answer as it stands: round, respondent, sector, question, code."""

    round: str
    respondent: str
    sector: str
    field: str
    code: Json = dataclasses.field(repr=False)


def places(people: int) -> int | None:
    """How many phones may join where so many people are here: one a person, and a few that lose their pass.

    Parameters
    ----------
    people : int
        0 where nobody has said.

    Returns
    -------
    int or None
        None for any number.
    """
    return people + max(2, people // 10) if people else None


def code_of(kept: Json) -> Json:
    """A code that can be counted: True and 2.0 are equal to steps of a ladder in Python, and are none.

    Parameters
    ----------
    kept : object
        An answer as the store kept it.

    Returns
    -------
    object
        The answer itself where it is a whole number, text or blank; else text that equals no code.
    """
    return kept if kept is None or type(kept) in (int, str) else repr(kept)


def new_respondent() -> str:
    """A name for one person in one round, from which nobody can be told.

    Returns
    -------
    str
        Random; another one each time.
    """
    return secrets.token_hex(12)
