"""The wall's page: what stands on the projector now. It has no control, and nothing of the script is sent to it."""

from __future__ import annotations

import asyncio

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ctekit.ratings import IDEAS, LEAST_IN_ALL
from ctekit.room import pages, wall_view
from ctekit.room.activity import Activity
from ctekit.room.offers import opens_phones
from ctekit.room.run_acts import run_of
from ctekit.room.run_words import until
from ctekit.room.screens import language_of, may_see
from ctekit.room.state import Room
from ctekit.room.translations import presenting, translated
from ctekit.workshop.run import Run, on_wall


def name_of(room: Room) -> str:
    """Which picture stands on the wall: the lead's choice, else what belongs to the moment.

    Parameters
    ----------
    room : Room

    Returns
    -------
    str
        ``"code"``, ``"time"``, ``"ideas"``, or one of `wall_view.ANSWERS`, `wall_view.RESULTS` or the worksheets.
    """
    chosen = on_wall(room.progress.now, room.clock())
    activity = _activity(room)
    if chosen and not (chosen in wall_view.RESULTS and not (activity and activity.results)):
        return chosen
    if activity is not None:
        if activity.round.about == IDEAS and activity.round.state == "revealed":
            return "ideas"
        return "everyone" if activity.results else "code"
    run = run_of(room)
    return "time" if run and run.started and not _joins(run, room) else "code"


def few_joined(room: Room) -> bool:
    """Whether so few phones have joined that no answer of theirs could be shown; not where none can."""
    return room.place.shared and len(room.joined) < LEAST_IN_ALL


def picture(room: Room) -> str:
    """The picture of this moment, as HTML.

    Parameters
    ----------
    room : Room

    Returns
    -------
    str
    """
    name, run, now, lang = name_of(room), run_of(room), room.clock(), language_of(room)
    activity = _activity(room)
    if name == "code":
        return wall_view.code(_way_in(room, lang), lang)
    if name == "time":
        return wall_view.block(run, now, lang) if run else wall_view.code(_way_in(room, lang), lang)
    if name == "ideas" and activity:
        return wall_view.ideas(activity.round, activity.answered, lang)
    if name in wall_view.RESULTS and activity and activity.results:
        return wall_view.results(activity.results, name, lang)
    left = run.left(now) if run and run.now else None
    return wall_view.answers(room.store.load(), name, now.astimezone().date(), left, lang)


async def page(request: Request) -> Response:
    """The page, with what stands on it now."""
    room = may_see(request, "wall")
    shown = Markup(await asyncio.to_thread(picture, room))
    lang = await asyncio.to_thread(language_of, room)
    text = presenting(lang)["wall"]
    return HTMLResponse(pages.fragment("wall", root=room.place.root, text=text, lang=lang, picture=shown))


async def now(request: Request) -> Response:
    """What stands on it now, alone."""
    return HTMLResponse(await asyncio.to_thread(picture, may_see(request, "wall")))


ROUTES = [
    Route("/wall/", page),
    Route("/wall/now", now),
    *pages.assets("/wall", "wall.css", "wall.js", "screen.js"),
]


def _activity(room: Room) -> Activity | None:
    """What is open; what was set aside is so at once."""
    activity = room.activity
    return None if activity is None or activity.round.set_aside else activity


def _joins(run: Run, room: Room) -> bool:
    """Whether people join in the block that is on: at the doors, or before phones are needed where few have joined."""
    if run.now is None:
        return False
    if any(activity.kind == "join" for activity in run.now.activities):
        return True
    return few_joined(room) and not any(
        opens_phones(block) for block in run.blocks[: run.blocks.index(run.now)] if not block.before
    )


def _left_to_join(run: Run | None, room: Room) -> int | None:
    return run.left(room.clock()) if run and _joins(run, room) else None


def _planned_until(run: Run | None, room: Room, lang: str) -> str:
    """When the block that is on ends; "" once that is past: who is late need not be told before all."""
    now = room.clock()
    return until(run, now, lang) if run and run.now and run.left(now) > 0 else ""


def _way_in(room: Room, lang: str) -> wall_view.WayIn:
    activity, place, run = _activity(room), room.place, run_of(room)
    left = activity.round.seconds_left if activity and activity.is_open else _left_to_join(run, room)
    return wall_view.WayIn(
        place.address.rstrip("/"),
        place.code,
        wall_view.qr(place.link, lang),
        translated(lang).get(activity.round.name, activity.round.name) if activity else "",
        len(room.joined),
        activity.answered if activity else None,
        room.people,
        left,
        _planned_until(run, room, lang) if activity and activity.is_open and left is None else "",
        bool(activity and activity.slips is not None),
        bool(activity and not activity.is_open),
        **(wall_view.asked(activity.round, lang) if activity else {}),
    )
