"""The room: a few pages for phones, and the numbers for whoever presents. It can do nothing else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Collection

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ctekit.model.text import loose
from ctekit.room import answering, lead, pages, presenter, replies, screens, stream, wall, writing
from ctekit.room.middleware import RequestGuard, path_in_room
from ctekit.room.security import constant_time_equal
from ctekit.room.state import Room, room_of
from ctekit.store import StoreError

JUST_JOINED = "joined"
"""Marks the way on from joining: whoever comes there without a pass has a browser that keeps no cookies."""


def application(room: Room, hosts: Collection[str], scheme: str = "http") -> Starlette:
    """The pages and the presenter's numbers, behind the guard.

    Parameters
    ----------
    room : Room
        Each function below finds it by `ctekit.room.state.room_of`.
    hosts : collection of str
        The names, with port, under which it may be called.
    scheme : str
        How browsers call it: ``"https"`` behind a hub's proxy.
    """
    app = Starlette(
        routes=[
            *ROUTES,
            *answering.ROUTES,
            *writing.ROUTES,
            *presenter.ROUTES,
            *wall.ROUTES,
            *lead.ROUTES,
            *screens.ROUTES,
        ],
        middleware=[Middleware(RequestGuard, hosts=hosts, scheme=scheme)],
        exception_handlers={HTTPException: _nothing, StoreError: _unread},
        lifespan=_living,
    )
    app.state.room = room
    return app


@contextlib.asynccontextmanager
async def _living(app: Starlette) -> AsyncIterator[None]:
    looking = asyncio.create_task(app.state.room.look())
    yield
    looking.cancel()


async def front(request: Request) -> Response:
    """On to the room."""
    return RedirectResponse(f"{room_of(request).place.root}/room/", 303)


async def enter(request: Request) -> Response:
    """What a phone sees: what is open once it has joined, else the field for the code."""
    room = room_of(request)
    phone, just_joined = room.who(request), JUST_JOINED in request.query_params
    if not phone and not room.waits(request):
        return pages.message(request, "no_cookie", 400) if just_joined else _code_page(request, room)
    if just_joined:  # said once: the address that stays on the phone tells nothing
        return replies.go(request, "/room/")
    activity = replies.activity_for(room, phone)
    if not phone or activity is None or (round_ := activity.round).state != "open":
        return replies.wait(request, room)
    respondent = room.passes.respondent(phone, round_.id)
    token = room.passes.form(respondent)
    if activity.slips is not None:
        return pages.slip(request, round_, activity.slips.names, token)
    ballot = await activity.given(respondent)
    return (
        pages.questions(request, round_, ballot, token)
        if ballot.seq
        else pages.blank_questions(request, activity, round_, token)
    )


async def join_by_key(request: Request) -> Response:
    """The way in by the QR code: a page with one button, and what the button does."""
    room = room_of(request)
    if not constant_time_equal(request.path_params["key"], room.access.key):
        return pages.message(request, "wrong_code", 404)
    if request.method == "POST":
        return await _let_in(request, room)
    return pages.page(request, "join", action=f"{room.place.root}/room/j/{room.access.key}")


async def join_by_code(request: Request) -> Response:
    """The way in by the code on the screen."""
    room, address = room_of(request), request.client.host if request.client else ""
    if room.guesses.locked(address):
        return pages.message(request, "locked", 429, back=False)
    code = dict(replies.form(request)).get("code", "")
    if not constant_time_equal(loose(code[:40]).upper(), room.access.code):
        room.guesses.wrong(address)
        return _code_page(request, room, trouble=True)
    return await _let_in(request, room)


ROUTES = [
    Route("/", front),
    Route("/room", front),
    Route("/room/", enter),
    Route("/room/now", stream.for_phones),
    Route("/room/code", join_by_code, methods=["POST"]),
    Route("/room/j/{key}", join_by_key, methods=["GET", "POST"]),
    *pages.assets("/room", "page.css", "draft.js", "send.js", "timer.js", "progress.js", "follow.js"),
]


async def _let_in(request: Request, room: Room) -> Response:
    # A phone that scans the code again stays who it is, so that it counts once.
    phone = room.who(request) or room.waits(request) or await room.admit()
    if not phone:
        return replies.full(request)
    return replies.hand_pass(replies.go(request, f"/room/?{JUST_JOINED}=1"), room, phone)


def _code_page(request: Request, room: Room, *, trouble: bool = False) -> Response:
    return pages.page(request, "code", 403 if trouble else 200, trouble=trouble, count=len(room.access.code))


async def _nothing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    if path_in_room(request.scope).startswith("/presenter"):
        return JSONResponse({"trouble": "Nothing here."}, status)
    return pages.message(request, "nothing", status)


async def _unread(request: Request, _: Exception) -> Response:
    return pages.message(request, "unsaved", 503)
