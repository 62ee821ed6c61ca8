"""The lead's page: a second screen or a phone that runs the meeting. Plain forms, so that it works without script."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ctekit.model.errors import CtekitError
from ctekit.room import lead_view, pages, replies
from ctekit.room.acts import ACTS, Question
from ctekit.room.changing import expect_shown
from ctekit.room.screens import language_of, may_see
from ctekit.room.state import Room
from ctekit.store import StoreError


async def page(request: Request) -> Response:
    """All of it, as it stands."""
    return await _shown(may_see(request, "lead"))


async def act(request: Request) -> Response:
    """Do what a button says, and show what stands then; where something is in the way, say so and lose nothing."""
    room, name = may_see(request, "lead"), request.path_params["act"]
    fields = {field: value for field, value in replies.form(request) if value}
    if name not in ACTS:
        return await _shown(room, 404)
    try:
        expect_shown(room, fields.get("of", ""))
        await ACTS[name](room, fields)
    except Question as question:
        asked = question.asks(await asyncio.to_thread(language_of, room))
        return await _shown(room, 409, question=asked, act=name)
    except StoreError as error:
        return await _shown(room, 503, trouble=str(error))
    except CtekitError as error:
        return await _shown(room, 400, trouble=str(error))
    if "application/x-ctekit" in request.headers.get("accept", ""):
        return await _shown(room)
    return RedirectResponse(f"{room.place.root}/lead/", 303)


ROUTES = [
    Route("/lead/", page),
    Route("/lead/do/{act}", act, methods=["POST"]),
    *pages.assets("/lead", "lead.css", "lead.js", "screen.js"),
]


async def _shown(room: Room, status: int = 200, **more: object) -> Response:
    values = await asyncio.to_thread(lead_view.values, room)
    values |= {
        "root": room.place.root,
        "trouble": "",
        "question": "",
        "act": "",
        "extras": lead_view.block_names,
    } | more
    return HTMLResponse(pages.fragment("lead", **values), status)
