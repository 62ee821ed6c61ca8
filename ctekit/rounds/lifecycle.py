"""The life of a round in a store: opened, timed, closed, revealed. The one way for notebook, panel and command."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence

from ctekit.model import days
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.ratings import SLIP, Results, Round, of_ratings, title_of
from ctekit.ratings.questions import questions
from ctekit.store import Store

LONGEST_TIMER = 600
"""Minutes."""

LARGEST_ROOM = 2000
"""People."""


class NotRevealedError(CtekitError):
    """Somebody asked for the answers of a round that nobody has revealed yet."""


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


def results(store: Store, round_id: str) -> Results:
    """What a revealed round says.

    Raises
    ------
    NotFoundError
        There is no such round.
    NotRevealedError
        Nobody has revealed it yet.
    """
    round_ = find(store, round_id)
    if round_.state != "revealed":
        raise NotRevealedError(
            f"The answers of “{round_.name}” are still secret. Let everybody answer, then reveal them."
        )
    return of_ratings(round_, store.ratings(round_id))
