"""Rounds and ballots: opened, answered alone, closed, revealed. The store keeps them like every other answer."""

from __future__ import annotations

import dataclasses
import datetime
import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from ctekit import samples
from ctekit.model import days
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.model.questions import Json
from ctekit.ratings.questions import SLIP, RatingItem, element_of, questions, title_of
from ctekit.worksheets.profile import Sector

if TYPE_CHECKING:
    from ctekit.store import Store

DONT_KNOW = "?"
"""How "I don't know" is kept."""

LONGEST_TIMER = 600
"""Minutes."""

LARGEST_ROOM = 2000
"""People."""

SECTORS: tuple[str, ...] = get_args(Sector)
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
        For fist to five and dots.
    state : str
        ``"open"``: people answer. ``"closed"``: they do no more. ``"revealed"``: the answers may be looked at.
    wording : mapping
        The print of each question's words when it was asked.
    until : str
        When the time is up, as people were told (ISO, UTC); "" for no timer. It closes nothing.
    people : int
        How many are in the room, as the facilitator says; 0 where nobody has said.
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

    @property
    def places(self) -> int | None:
        """How many phones may join: one a person, and a few for phones that lose their pass; None for any number."""
        return self.people + max(2, self.people // 10) if self.people else None

    @property
    def questions(self) -> tuple[RatingItem, ...]:
        """What it asks, in order. Slips ask nothing that is counted."""
        return questions(self.about, self.options, self.title)

    @property
    def seconds_left(self) -> int | None:
        """What the timer shows, 0 when the time is up; None without a timer."""
        if not self.until:
            return None
        timedelta = datetime.datetime.fromisoformat(self.until) - datetime.datetime.now(datetime.UTC)
        return max(0, round(timedelta.total_seconds()))

    def to_json(self) -> dict[str, Json]:
        """The round as the store keeps it."""
        kept = dataclasses.asdict(self)
        del kept["id"]
        return {**kept, "options": list(self.options), "wording": dict(self.wording)}

    @classmethod
    def from_json(cls, round_id: str, kept: Mapping[str, Json]) -> Round:
        """The round that the store kept.

        Raises
        ------
        ValueError, TypeError, AttributeError
            It is none.
        """
        known = {field.name for field in dataclasses.fields(cls)}
        values = {name: value for name, value in kept.items() if name in known}
        round_ = cls(id=round_id, **{**values, "options": tuple(kept.get("options", ()))})
        texts = (
            round_.name,
            round_.about,
            round_.title,
            *round_.options,
            *round_.wording.keys(),
            *round_.wording.values(),
        )
        if not all(isinstance(text, str) for text in texts) or type(round_.people) is not int:
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
    answers: Mapping[str, Json]
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
    code: Json


def code_of(kept: Json) -> Json:
    """A code that can be counted: True and 2.0 are equal to steps of a ladder in Python, and are none."""
    return kept if kept is None or type(kept) in (int, str) else repr(kept)


def new_respondent() -> str:
    """A name for one person in one round, from which nobody can be told."""
    return secrets.token_hex(12)


def open_round(
    store: Store, about: str, name: str = "", held_on: str = "", *, title: str = "", options: Sequence[str] = ()
) -> Round:
    """Open a round.

    Parameters
    ----------
    store : Store
    about : str
        A worksheet's slug, ``"quick"``, ``"exit"``, ``"fist"``, ``"dots"`` or ``"slip"``.
    name, held_on : str
        What to call it, and the day; today if not told.
    title, options
        What is voted on.

    Raises
    ------
    NotFoundError, ValueError
        As for `ctekit.ratings.questions`; or the date is none; or slips are asked for and no organization is named.
    """
    if about == SLIP and not any(row.name for row in store.load().rows("profile.organizations")):
        raise ValueError(
            "No organization is named in the profile, so nobody could say whose slip it is. Add them first."
        )
    rating_items = questions(about, options, title)
    day = days.read(held_on) if held_on else datetime.date.today().isoformat()
    wording = {question.field: question.wording for question in rating_items}
    return store.keep_round(
        Round("", name.strip() or title_of(about), day, about, title, tuple(options), wording=wording)
    )


def take_up(store: Store, about: str, *, title: str = "", options: Sequence[str] = ()) -> Round:
    """The newest open round that asks just this, or a new one. Raises as `open_round` does."""
    asked = about, title, tuple(options)
    standing = [
        round_
        for round_ in store.rounds()
        if round_.state == "open" and (round_.about, round_.title, round_.options) == asked
    ]
    return standing[-1] if standing else open_round(store, about, title=title, options=options)


def start_timer(store: Store, round_id: str, minutes: float) -> Round:
    """Tell everybody how long they have. Nothing closes when the time is up; people do that.

    Raises
    ------
    CtekitError
        So many minutes are no timer, or the round is closed.
    """
    standing = find(store, round_id)
    if not 0 < minutes <= LONGEST_TIMER:
        raise CtekitError(f"A timer of {minutes:g} minutes cannot be set. Give 1 to {LONGEST_TIMER} minutes.")
    if standing.state != "open":
        raise CtekitError(f"The round “{standing.name}” is closed, so no time runs. Open a new round.")
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=minutes)
    return store.keep_round(dataclasses.replace(standing, until=ends.isoformat(timespec="milliseconds")))


def set_people(store: Store, round_id: str, people: int) -> Round:
    """Say how many people are in the room. From then on no more phones can join than that, and a few.

    Raises
    ------
    CtekitError
        So many people are no room, or the round is closed.
    """
    standing = find(store, round_id)
    if not 1 <= people <= LARGEST_ROOM:
        raise CtekitError(f"A room of {people} people cannot be set. Give 1 to {LARGEST_ROOM} people.")
    if standing.state != "open":
        raise CtekitError(f"The round “{standing.name}” is closed, so nobody joins it. Open a new round.")
    return store.keep_round(dataclasses.replace(standing, people=people))


def find(store: Store, round_id: str) -> Round:
    """The round with this id.

    Raises
    ------
    NotFoundError
        There is none; the sentence names those there are.
    """
    rounds = store.rounds()
    for round_ in rounds:
        if round_.id == round_id:
            return round_
    there = ", ".join(f"{round_.id} ({round_.name})" for round_ in rounds) or "none yet"
    raise NotFoundError(f"There is no round “{round_id}”. The rounds are: {there}.")


def close(store: Store, round_id: str) -> Round:
    """Take no more answers. What was secret stays so until `reveal`."""
    standing = find(store, round_id)
    return standing if standing.state != "open" else store.keep_round(dataclasses.replace(standing, state="closed"))


def reveal(store: Store, round_id: str) -> Round:
    """Let everybody look at the answers. Whoever has seen them no longer answers alone, so the round closes too.

    Slips are no secret and stand in their worksheet; there the round is only closed.
    """
    standing = find(store, round_id)
    if standing.about == SLIP:
        return close(store, round_id)
    return (
        standing if standing.state == "revealed" else store.keep_round(dataclasses.replace(standing, state="revealed"))
    )


def responses(store: Store, round_id: str) -> int:
    """How many have answered, without saying what."""
    return store.answered(round_id)


def slips_kept(store: Store, round_id: str) -> set[str]:
    """How the slips of a round are called that stand in the worksheet; each is called so in the uid of its edits."""
    begins = f"{SLIP}-{round_id}-"
    written = (revision.uid.partition(".")[0] for revision in store.history("value", field="note"))
    return {uid for uid in written if uid.startswith(begins)}


_GROUPS = {
    "business": ("business & industry",),
    "K-12": ("K-12",),
    "postsecondary": ("postsecondary",),
    "others": (
        "workforce or other public agency",
        "workforce or other public agency",
        "workforce or other public agency",
        "convener or intermediary",
        "community",
        "learners & families",
    ),
}
"""Who the people in a sample's round are; "others" in the order of its note."""


def sample(name: str) -> tuple[Round, tuple[Ballot, ...]]:
    """The round that belongs to an invented partnership, with ballots that give exactly its counts.

    Raises
    ------
    CtekitError
        The sample has no round.
    """
    told = samples.ratings(name)
    if not told:
        raise CtekitError(f"The sample “{name}” has no round of ratings. Take “harrow-bend”.")
    fields = list(told["counts"])
    about = "+".join(dict.fromkeys(element_of(field) for field in fields))
    wording = {question.field: question.wording for question in questions(about)}
    round_ = Round("round-1", told["name"], str(told["held_on"]), about, state="revealed", wording=wording)
    ballots = []
    for group, size in told["people"].items():
        columns = [_answers(told["counts"][one][group], turn) for turn, one in enumerate(fields)]
        for person in range(size):
            given = {one: column[person] for one, column in zip(fields, columns, strict=True) if person < len(column)}
            sectors = _GROUPS[group]
            who = f"{name}-{group}-{person + 1}".lower()
            ballots.append(Ballot("round-1", who, sectors[person % len(sectors)], given))
    return round_, tuple(ballots)


def keep_sample(store: Store, name: str) -> Round:
    """Put a sample's round into a store, revealed."""
    round_, ballots = sample(name)
    kept = store.keep_round(dataclasses.replace(round_, id="", state="open"))
    store.rate([dataclasses.replace(ballot, round=kept.id) for ballot in ballots])
    return reveal(store, kept.id)


def _answers(counts: Sequence[int], turn: int) -> list[Json]:
    """One column of answers. Turned a little from question to question, so that nobody is always lowest."""
    column: list[Json] = [level for level, count in enumerate(counts[:5]) for _ in range(count)]
    column += [DONT_KNOW] * counts[5]
    turn = turn * 2 % max(1, len(column))
    return column[turn:] + column[:turn]
