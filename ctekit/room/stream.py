"""Telling of changes as they come: server-sent events for phones, the wall and the lead's view."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from ctekit.room import pages
from ctekit.room.now import Bell
from ctekit.room.state import Room, room_of

HEARTBEAT = 15.0
"""Seconds between two signs of life, by which either side sees that the other is gone."""

EACH = 4
"""Streams of one phone at once: a few tabs, and one that is not known to be gone yet."""


async def for_phones(request: Request) -> Response:
    """Which screen this phone shows, and which rounds still take what was not sent, whenever that changes; no more."""
    room = room_of(request)
    phone = room.who(request) or room.waits(request)
    if not phone:
        return pages.message(request, "lost", 403)
    if room.streams[phone] >= EACH:
        return pages.message(request, "fast", 429)

    def shown() -> dict[str, Any]:
        return {"screen": room.screen(phone), "late": room.late.round_ids}

    async def events() -> AsyncIterator[str]:
        room.streams[phone] += 1
        try:
            async for event in _changes(room, room.screens, shown):
                yield event
        finally:
            room.streams[phone] -= 1

    return _stream(events())


def for_screens(room: Room) -> Response:
    """All that stands in the room, whenever it changes."""
    return _stream(_changes(room, room.changes, lambda: room.now().to_json()))


def _stream(events: AsyncIterator[str]) -> Response:
    return StreamingResponse(events, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _changes(room: Room, bell: Bell, tell: Callable[[], dict[str, Any]]) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    before: dict[str, Any] | None = None
    while not room.ended:
        turn, now = bell.turn, tell()
        yield ": here\n\n" if now == before else f"data: {json.dumps(now)}\n\n"
        before = now
        await bell.after(turn, HEARTBEAT)
    if room.is_over:
        yield "event: over\ndata: {}\n\n"
