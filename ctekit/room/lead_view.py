"""What the lead's view shows: where the run is, what this block opens, what to say, and what may go wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ctekit import rounds, workshop
from ctekit.model.errors import CtekitError
from ctekit.model.text import shortened
from ctekit.ratings import SLIP, Round
from ctekit.room import needed, wall, wall_view
from ctekit.room.idea_acts import outcome
from ctekit.room.offers import Offer, offers
from ctekit.room.run_acts import run_of
from ctekit.room.run_words import drift, text, time_of_day, until
from ctekit.room.screens import language_of
from ctekit.room.state import Room
from ctekit.room.translations import named_in, translated
from ctekit.workshop.block import Activity, Block
from ctekit.workshop.run import Slot, on_wall

PICTURES = ("", "code", "time", "sentence", "steps", "needs", "matrix", "asks", "plan", "questions")


MOST_PAST = 6
"""More rounds of a day than can be found again at a glance are looked up in the notebook."""


@dataclass(frozen=True)
class Line:
    """A block in the list of all, with its time of day."""

    slot: Slot
    clock: str


def values(room: Room) -> dict[str, Any]:
    """All that the page shows at this moment.

    Parameters
    ----------
    room : Room

    Returns
    -------
    dict
        For the template.
    """
    run, now, lang = run_of(room), room.clock(), language_of(room)
    on = run.now if run else None
    of_today = _rounds_of_today(room)
    return {
        "text": text(lang),
        "lang": lang,
        "translated": translated(lang),
        "run": run,
        "drift": drift(run, now, lang),
        "left": run.left(now) if run and on else None,
        "until": until(run, now, lang),
        "lines": [Line(slot, time_of_day(slot.starts, lang)) for slot in run.slots(now)] if run else [],
        "offers": _offers(room, on, of_today, lang) if on else [],
        "any_time": workshop.load(run.progress.path).trouble if run else (),
        "paths": [workshop.load(name) for name in workshop.NAMES],
        "now": room.now(),
        "round_name": _round_name(room.activity.round, lang) if room.activity else "",
        "results": room.activity.results if room.activity else None,
        **outcome(room),
        "result_pictures": _result_pictures(room, lang),
        "past": _past(room, of_today, lang),
        "pictures": [(name, text(lang)["pictures"][name]) for name in PICTURES],
        "shown": (shown := wall.name_of(room)),
        "shown_name": text(lang)["pictures"].get(shown) or wall_view.title_of(shown, lang),
        "chosen": on_wall(room.progress.now, now),
        "timers": rounds.TIMERS,
        "needed": needed.of_run(room.store.load(), run, lang) if run else [],
        "few_joined": bool(on) and wall.few_joined(room),
        "show_code": offers(Activity(kind="join"), lang)[0],
    }


def _offers(room: Room, on: Block, of_today: Sequence[Round], lang: str) -> list[Offer]:
    """The buttons of a block; that of what was revealed today says that it opens another round."""
    offered = [offer for activity in on.activities for offer in offers(activity, lang)]
    revealed = {(each.about, each.title) for each in of_today if each.state == "revealed"}
    anew = text(lang)["anew"]
    return [
        replace(offer, label=anew.format(label=offer.label)) if _asked(room, offer) in revealed else offer
        for offer in offered
    ]


def _asked(room: Room, offer: Offer) -> tuple[str, str] | None:
    """What a button opens a round about, and its title: two votes of a block may be on different things."""
    about = offer.fields.get("about", "")
    try:
        return about, rounds.asked(room.store.load(), about, offer.fields.get("what", ""))[0]
    except CtekitError:  # it opens no round, or what is voted on is blank by now
        return None


def _rounds_of_today(room: Room) -> list[Round]:
    today = room.clock().astimezone().date().isoformat()
    return [each for each in room.store.rounds() if each.held_on == today and not each.set_aside]


def _past(room: Room, of_today: Sequence[Round], lang: str) -> list[tuple[str, str]]:
    """Today's rounds that can be shown again and stand before nobody now, each with its label, the newest first.

    Also those that are open or closed and not revealed: who went on without a reveal, let phones wait, or started the
    room anew, goes on with them here.
    """
    before = room.activity.round.id if room.activity else ""
    labels, names = [], Counter[str]()
    for each in filter(_can_be_shown, of_today):
        name = _round_name(each, lang)
        names[name] += 1
        number = f" ({names[name]})" if names[name] > 1 else ""
        labels.append((each.id, text(lang)[f"show_{each.state}"].format(name=name + number)))
    return [(round_id, label) for round_id, label in reversed(labels) if round_id != before][:MOST_PAST]


def _round_name(round_: Round, lang: str) -> str:
    """How a round is called: by what it asks, and of what, where the day asks so of several things."""
    name = translated(lang).get(round_.name, round_.name)
    return f"{name}: {shortened(named_in(round_.title, lang))}" if round_.title else name


def _can_be_shown(round_: Round) -> bool:
    return {"open": True, "closed": round_.about != SLIP, "revealed": round_.is_counted}[round_.state]


def _result_pictures(room: Room, lang: str) -> list[tuple[str, str]]:
    """The pictures of a reveal, with their names; a vote has one."""
    if room.activity is None or room.activity.results is None:
        return []
    names = wall_view.RESULTS if room.activity.round.asks_sector else wall_view.RESULTS[:1]
    return [(name, text(lang)["pictures"][name]) for name in names]


def block_names(block: Block, lang: str = "en") -> tuple[tuple[str, str], ...]:
    """What a block needs besides words: paper, phones, what the scribe types; those that are said.

    Parameters
    ----------
    block : Block
    lang : str

    Returns
    -------
    tuple
        Heading and words.
    """
    needs = {name: getattr(block, name) for name in ("paper", "phone", "typed")}
    return tuple((text(lang)[name], words) for name, words in needs.items() if words)
