"""The life of a round in a store: opened, timed, closed, revealed. The one way for notebook, panel and command."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence

from ctekit.model import days
from ctekit.model.errors import CtekitError
from ctekit.ratings import SLIP, Round, title_of
from ctekit.ratings.questions import questions
from ctekit.rounds.ideas import carried_over
from ctekit.rounds.lookup import asking, find
from ctekit.store import Store

LONGEST_TIMER = 600
TIMERS = (3, 5, 10)
"""Minutes: the most a timer may be set to, and those that are offered."""

LARGEST_ROOM = 2000
"""People."""


def open_round(
    store: Store,
    about: str,
    name: str = "",
    held_on: str = "",
    *,
    title: str = "",
    options: Sequence[str] = (),
    dots: int = 0,
    subject: str = "",
) -> Round:
    """Open a new round, whatever others are open; people go by `take_up`.

    Parameters
    ----------
    store : Store
    about : str
        A worksheet's slug, ``"quick"``, ``"exit"``, ``"fist"``, ``"dots"``, ``"ideas"`` or ``"slip"``.
    name, held_on : str
        What to call it, and the day; its usual name, and today, if not told.
    title, options : str, sequence of str
        What is voted on; see `ctekit.rounds.asked`.
    dots : int
        How many dots each person has; 0 for a quarter of the options.
    subject : str
        What ideas, or dots on them, are for, such as ``"recruitment.needs"``; "" for no list.

    Returns
    -------
    Round
        As the store keeps it, with its id.

    Raises
    ------
    CtekitError
        As for `ctekit.ratings.questions`; or the date is none; or slips are asked for and no organization is named.
    """
    if about == SLIP and not any(row.name for row in store.load().rows("profile.organizations")):
        raise CtekitError(
            "No organization is named in the profile, so nobody could say whose slip it is. Add them first."
        )
    wording = {question.field: question.wording for question in questions(about, options, title)}
    day = days.read(held_on) if held_on else datetime.date.today().isoformat()
    return store.keep_round(
        Round(
            "",
            name.strip() or title_of(about),
            day,
            about,
            title,
            tuple(options),
            wording=wording,
            dots=dots,
            subject=subject,
        )
    )


def take_up(
    store: Store,
    about: str,
    *,
    title: str = "",
    options: Sequence[str] = (),
    name: str = "",
    held_on: str = "",
    dots: int = 0,
    subject: str = "",
    minutes: float = 0,
    people: int = 0,
) -> Round:
    """The newest open round that asks just this, or a new one: the one way for panel, cell and command.

    Parameters
    ----------
    store : Store
    about, title, options, name, held_on, dots, subject
        As for `open_round`. A round that is open keeps its name, day and dots.
    minutes : float
        Start a timer, unless one runs; 0 for none.
    people : int
        How many are in the room; 0 to say nothing.

    Returns
    -------
    Round

    Raises
    ------
    CtekitError
        As for `open_round`, `start_timer` and `set_people`.
    """
    standing = [round_ for round_ in asking(store, about, title, options) if round_.state == "open"]
    round_ = (
        standing[-1]
        if standing
        else open_round(store, about, name, held_on, title=title, options=options, dots=dots, subject=subject)
    )
    if minutes and not round_.seconds_left:
        round_ = start_timer(store, round_.id, minutes)
    return set_people(store, round_.id, people) if people else round_


def start_timer(store: Store, round_id: str, minutes: float) -> Round:
    """Tell everybody how long they have. Nothing closes when the time is up; people do that.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.
    minutes : float
        From now on.

    Returns
    -------
    Round
        As it stands now.

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

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.
    people : int
        How many.

    Returns
    -------
    Round
        As it stands now.

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


def close(store: Store, round_id: str) -> Round:
    """Take no more answers. What was secret stays so until `reveal`.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Returns
    -------
    Round
        As it stands now.
    """
    standing = find(store, round_id)
    return standing if standing.state != "open" else store.keep_round(dataclasses.replace(standing, state="closed"))


def reopen(store: Store, round_id: str) -> Round:
    """Take answers again that were not taken any more. What has been revealed stays closed: nobody would answer alone.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Returns
    -------
    Round
        As it stands now.

    Raises
    ------
    CtekitError
        It was revealed, or set aside.
    """
    standing = find(store, round_id)
    if standing.state == "revealed" or standing.set_aside:
        raise CtekitError(
            f"All have seen what “{standing.name}” says, or it was set aside: it takes no more answers. Open another."
        )
    if standing.state == "open":
        return standing
    reopened = dataclasses.replace(standing, state="open", reopened=standing.reopened + 1)
    edited = carried_over(store.ideas(round_id), standing, reopened) if standing.edited else {}
    return store.keep_round(dataclasses.replace(reopened, edited=edited))


def set_aside(store: Store, round_id: str, reason: str) -> Round:
    """Let a round count in nothing any more: no picture, no page, no comparison. It stays in the file, with the reason.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.
    reason : str
        For whoever asks later, such as "a rehearsal".

    Returns
    -------
    Round
        As it stands now; closed, if it was open.

    Raises
    ------
    CtekitError
        No reason is given; nothing is changed then.
    """
    if not reason.strip():
        raise CtekitError("Say why this round is set aside, such as “a rehearsal”. The reason stays in the file.")
    standing = close(store, round_id)
    return store.keep_round(dataclasses.replace(standing, set_aside=reason.strip()[:200]))


def reveal(store: Store, round_id: str) -> Round:
    """Let everybody look at the answers. Whoever has seen them no longer answers alone, so the round closes too.

    Slips are no secret and stand in their worksheet; there the round is only closed.

    Parameters
    ----------
    store : Store
        Where the round is kept.
    round_id : str
        The round's id.

    Returns
    -------
    Round
        As it stands now.
    """
    standing = find(store, round_id)
    if standing.about == SLIP:
        return close(store, round_id)
    return (
        standing if standing.state == "revealed" else store.keep_round(dataclasses.replace(standing, state="revealed"))
    )
