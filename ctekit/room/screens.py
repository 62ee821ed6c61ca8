"""The wall and the lead's view: how a browser gets there without a token in its address, and what it hears.

``/wall/TOKEN`` hands over a cookie and goes on to ``/wall/``; ``/lead/TOKEN`` to ``/lead/``. The tokens are
`SignedTokens.screens`: the same for all of a day, also when the room was killed. ``/wall/stream`` and ``/lead/stream``
tell all that stands in the room, as `ctekit.room.now` says. A page asks `may_see` first.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ctekit.room import stream
from ctekit.room.middleware import path_in_room
from ctekit.room.security import constant_time_equal
from ctekit.room.state import Room, room_of
from ctekit.room.translations import spoken
from ctekit.worksheets.profile import Profile


def may_see(request: Request, screen: str) -> Room:
    """The room, for a browser that holds the cookie of this screen.

    Parameters
    ----------
    request : Request
    screen : str
        ``"wall"`` or ``"lead"``.

    Returns
    -------
    Room

    Raises
    ------
    HTTPException
        It holds none.
    """
    room = room_of(request)
    for cookie in request.headers.get("cookie", "").split(";"):
        name, _, value = cookie.strip().partition("=")
        if name == _cookie(room, screen) and constant_time_equal(value, room.passes.screens[screen]):
            return room
    raise HTTPException(404)


def language_of(room: Room) -> str:
    """In which language the wall and the lead's view speak: the first of the profile's that we have words for."""
    return spoken(room.store.load()[Profile].languages or "")


async def enter(request: Request) -> Response:
    """Change the token in the address for a cookie."""
    room, screen = room_of(request), path_in_room(request.scope).split("/")[1]
    token = room.passes.screens[screen]
    if not constant_time_equal(request.path_params["token"], token):
        raise HTTPException(404)
    answer = RedirectResponse(f"{room.place.root}/{screen}/", 303)
    # Not `strict`: the way here leads through JupyterLab, which is another site where it is called by another name.
    room.passes.keep(answer, _cookie(room, screen), token, f"{room.place.root}/{screen}", "lax")
    return answer


async def wall_stream(request: Request) -> Response:
    """All that stands in the room, as it changes."""
    return stream.for_screens(may_see(request, "wall"))


async def lead_stream(request: Request) -> Response:
    """The same, for the lead."""
    return stream.for_screens(may_see(request, "lead"))


ROUTES = [
    Route("/wall/stream", wall_stream),
    Route("/lead/stream", lead_stream),
    Route("/wall/{token}", enter),
    Route("/lead/{token}", enter),
]


def _cookie(room: Room, screen: str) -> str:
    return room.passes.cookie.replace("room", screen, 1)
