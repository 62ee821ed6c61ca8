"""What a notebook or a command may ask and do: from this computer only, and with the token."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ctekit.model.errors import CtekitError
from ctekit.room import idea_acts
from ctekit.room.acts import ACTS, Question
from ctekit.room.changing import expect_shown
from ctekit.room.middleware import MOST
from ctekit.room.security import constant_time_equal
from ctekit.room.state import Room, room_of
from ctekit.store import StoreError


async def now(request: Request) -> Response:
    """What stands in the room."""
    room = room_of(request)
    _is_presenter(request, room)
    with contextlib.suppress(StoreError):  # a busy disk: what was seen last will do
        await room.refresh()
    return JSONResponse(room.now().to_json())


async def act(request: Request) -> Response:
    """Do an act; what stands then, a question to be asked first (409), or why it cannot be done."""
    room, name = room_of(request), request.path_params["act"]
    _is_presenter(request, room)
    fields = await _fields(request)
    if name not in ACTS:
        raise HTTPException(404)
    try:
        expect_shown(room, fields.get("of", ""))
        await ACTS[name](room, fields)
    except Question as question:
        return JSONResponse({"question": str(question)}, 409)
    except StoreError as error:
        return JSONResponse({"trouble": str(error)}, 503)
    except CtekitError as error:
        return JSONResponse({"trouble": str(error)}, 400)
    return JSONResponse(room.now().to_json())


async def screens(request: Request) -> Response:
    """The tokens of the wall and of the lead's view, for whoever opens them in a browser."""
    room = room_of(request)
    _is_presenter(request, room)
    return JSONResponse(room.passes.screens)


async def outcome(request: Request) -> Response:
    """The ideas to be sorted, and what the room chose; for the lead's eyes."""
    room = room_of(request)
    _is_presenter(request, room)
    outcome = await asyncio.to_thread(idea_acts.outcome, room)
    return JSONResponse({**outcome, "idea_list": asdict(outcome["idea_list"]) if outcome["idea_list"] else None})


ROUTES = [
    Route("/presenter", now),
    Route("/presenter/outcome", outcome),
    Route("/presenter/screens", screens),
    Route("/presenter/{act}", act, methods=["POST"]),
]


async def _fields(request: Request) -> dict[str, str]:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST:
            raise HTTPException(413)
    try:
        fields = json.loads(body or b"{}")
        return {str(name): str(value) for name, value in fields.items()}
    except (ValueError, AttributeError):
        raise HTTPException(400) from None


def _is_presenter(request: Request, room: Room) -> None:
    # On a hub notebooks are on other computers, and the token is all there is.
    host = request.client.host if request.client else ""
    here = bool(room.place.root) or host in ("127.0.0.1", "::1", "testclient")
    authorization = request.headers.get("authorization", "")
    if not here or not constant_time_equal(authorization, f"Bearer {room.token}"):
        raise HTTPException(401)
