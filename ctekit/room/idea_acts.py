"""What a lead does with ideas from phones, and with what the room has chosen: sort them, ask for dots, keep one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ctekit import rounds, rules
from ctekit.model import text
from ctekit.model.errors import CtekitError
from ctekit.ratings import IDEAS, Round
from ctekit.room.changing import change_round, open_activity, show_taken_up
from ctekit.room.run_acts import show_moment
from ctekit.room.state import Room
from ctekit.rounds import ideas
from ctekit.store import Edit, Store
from ctekit.views.ratings import finding

Fields = Mapping[str, str]
PICKED = "idea-"
"""Begins the name of each box that is ticked."""
SORT: Mapping[str, Callable[..., Round]] = {"merge": ideas.merge, "hide": ideas.hide, "restore": ideas.restore}


def reopened(room: Room, title: str) -> Round | None:
    """Today's ideas on the same, which a lead comes back to; None where new ones are to be asked for."""
    standing = rounds.newest(room.store, IDEAS, title=title)
    if standing is None or standing.held_on != room.day:
        return None
    shown = room.activity is not None and room.activity.round.id == standing.id
    return None if shown and standing.state == "revealed" else standing


async def sort(room: Room, fields: Fields) -> None:
    """Merge the ideas that are ticked, hide them, or show them as they were typed."""
    picked = {name.removeprefix(PICKED) for name in fields if name.startswith(PICKED)}
    if (do := fields.get("do", "")) not in SORT:
        raise CtekitError("That cannot be done with ideas. Merge them, hide them, or bring them back.")
    await change_round(room, lambda store, round_id: SORT[do](store, round_id, picked))


async def change_words(room: Room, fields: Fields) -> None:
    """Show an idea in other words, and write them into the list where it stands already."""
    picked, words = fields.get("idea", ""), fields.get("words", "")

    def change(store: Store, round_id: str) -> Round:
        shown = {idea.id: idea.words for idea in ideas.listed(store, rounds.find(store, round_id))}
        changed = ideas.change_words(store, round_id, picked, words)
        if before := shown[picked]:
            rounds.change_in_list(store, changed, before, text.one_line(words))
        return changed

    await change_round(room, change)
    await room.refresh()


async def dots_on_ideas(room: Room, _fields: Fields) -> None:
    """Open dots on just the ideas that are shown."""
    round_ = open_activity(room).round
    if round_.about != IDEAS or round_.state != "revealed":
        raise CtekitError("Dots go to ideas that all can see. Reveal the ideas first.")

    def take_up() -> Round:
        title = f"{round_.name}: {round_.title}" if round_.title else round_.name
        return rounds.take_up(
            room.store,
            "dots",
            title=title,
            options=round_.options,
            dots=round_.dots,
            subject=round_.subject,
            people=room.people,
        )

    await show_taken_up(room, take_up)
    await show_moment(room)


async def keep_in_list(room: Room, _fields: Fields) -> None:
    """Put the ideas that all can see into the list that they were asked for."""
    round_ = open_activity(room).round
    if round_.state != "revealed":
        raise CtekitError("Only what all can see goes into the list. Reveal it first.")

    def write() -> None:
        with room.lock:  # of two leads who press at once, the second is told that they are there
            rounds.keep_in_list(room.store, round_)

    await asyncio.to_thread(write)
    await room.refresh()


async def keep_in_plan(room: Room, fields: Fields) -> None:
    """Make an action of the plan from what the room has chosen; who does it by when, the plan asks."""
    results = open_activity(room).results
    chosen = [item for item in results.chosen if item.number == fields.get("option")] if results else []
    if results is None or not chosen:
        raise CtekitError("The room has not chosen that. Take one of those with the most dots.")

    def write() -> None:
        with room.lock:  # of two leads who press at once, the second is told that it is there
            answers = rules.plan_action(room.store.load(), finding(results, chosen[0]), chosen[0].question.statement)
            room.store.save([Edit(sheet, field, value, row) for sheet, row, field, value in answers])

    await asyncio.to_thread(write)
    await room.refresh()


IDEA_ACTS: Mapping[str, Callable[[Room, Fields], Awaitable[None]]] = {
    "sort": sort,
    "words": change_words,
    "dots_on_ideas": dots_on_ideas,
    "keep": keep_in_plan,
    "keep_in_list": keep_in_list,
}
"""Each act's name in an address, and what it does."""


def outcome(room: Room) -> dict[str, Any]:
    """What the lead alone has before their eyes of ideas and dots; it goes to no wall and no phone.

    Parameters
    ----------
    room : Room

    Returns
    -------
    dict
        ``"ideas"``: those of a round that takes no more, each with ``id``, ``words`` and ``typed``; None where none is.
        ``"choices"``: of revealed dots, what the room chose, each with ``number``, ``words`` and ``planned``.
        ``"idea_list"``: of ideas, or dots on them, that are revealed, the `ctekit.rounds.IdeaList`; else None.
    """
    activity = room.activity
    if activity is None or activity.is_open:
        return {"ideas": None, "choices": [], "idea_list": None}
    listed, choices, target = None, [], None
    if activity.round.subject and activity.round.state == "revealed":
        target = rounds.idea_list(room.store, activity.round)
    if activity.round.about == IDEAS:
        listed = [
            {"id": idea.id, "words": idea.words, "typed": list(idea.typed)}
            for idea in ideas.listed(room.store, activity.round)
        ]
    if (results := activity.results) and results.chosen:
        book = room.store.load()
        choices = [
            {
                "number": item.number,
                "words": item.question.statement,
                "planned": rules.action_of(book, finding(results, item)) is not None,
            }
            for item in results.chosen
        ]
    return {"ideas": listed, "choices": choices, "idea_list": target}
