"""What whoever presents may ask and do: numbers, timer, close, reveal. From this computer only, and with the token."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ctekit import ratings, rounds
from ctekit.model.errors import CtekitError
from ctekit.room.security import constant_time_equal
from ctekit.room.state import room_of
from ctekit.store import Store, StoreError

Act = Callable[[Store, str], ratings.Round]


async def numbers(request: Request) -> Response:
    """Do what is asked for, if anything; tell the numbers as they stand then."""
    room = room_of(request)
    _is_presenter(request, room.token)
    what = request.path_params.get("what", "")
    acts: dict[str, Act] = {"close": rounds.close, "reveal": rounds.reveal, "timer": partial(_timer, request)}
    act = acts.get(what)
    if (request.method == "POST") != (act is not None) or what not in ("", *acts):
        raise HTTPException(404)
    try:
        if act:
            room.round = await asyncio.to_thread(act, room.store, room.round.id)
        if room.slips is not None:
            answered = len(room.slips)
        else:
            answered = await asyncio.to_thread(room.store.answered, room.round.id)
    except StoreError as error:
        return JSONResponse({"trouble": str(error)}, 503)
    except CtekitError as error:
        return JSONResponse({"trouble": str(error)}, 400)
    return JSONResponse(
        {
            "round": room.round.id,
            "name": room.round.name,
            "state": room.round.state,
            "revealed": room.round.state == "revealed",
            "joined": len(room.joined),
            "answered": answered,
            "left": room.round.seconds_left,
        }
    )


ROUTES = [
    Route("/presenter", numbers),
    Route("/presenter/{what}", numbers, methods=["GET", "POST"]),
]


def _timer(request: Request, store: Store, round_id: str) -> ratings.Round:
    minutes = request.query_params.get("minutes", "")
    try:
        return rounds.start_timer(store, round_id, float(minutes))
    except ValueError:
        raise CtekitError(f"“{minutes[:20]}” is no number of minutes.") from None


def _is_presenter(request: Request, token: str) -> None:
    here = request.client is not None and request.client.host in ("127.0.0.1", "::1", "testclient")
    authorization = request.headers.get("authorization", "")
    if not here or not constant_time_equal(authorization, f"Bearer {token}"):
        raise HTTPException(401)
