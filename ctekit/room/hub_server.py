"""The rooms of a hub: one process serves them all, under a host name of their own, to phones that have no account.

A facilitator's notebook opens a room by putting the day's way in, its door, into the database (`ctekit.room.hub`).
Here the doors are read again and again, and the room behind one is made when somebody first comes to it. So nothing
has to be told to this process, and one that was killed and started again serves the same rooms to the same phones.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import hashlib
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ctekit.model.errors import CtekitError
from ctekit.room.http_protocol import Server
from ctekit.room.middleware import HEADERS, RequestRefused
from ctekit.room.networks import ListeningSocket
from ctekit.room.pages import language
from ctekit.room.routes import application
from ctekit.room.server import configuration, listen
from ctekit.room.state import Room
from ctekit.room.translations import words
from ctekit.store import Store, StoreError, pointer
from ctekit.store.hub_rooms import HubDoors
from ctekit.store.room_access import RoomAccess

LOOK_EVERY = 1.0
"""Seconds until a door that was opened or closed is so here."""


def serve(store: str, address: str, folder: Path, port: int, proxy: str = "127.0.0.1") -> None:
    """Serve the rooms of a hub, to a proxy on this computer, until it is stopped.

    Parameters
    ----------
    store : str
        The address of the hub's database, with the role that rooms have there.
    address : str
        What people's browsers call the rooms: ``"https://rooms.example.org"``.
    folder : pathlib.Path
        For files of its own.
    port : int
        Where it listens, on this computer alone.
    proxy : str
        The address that the proxy's requests come from.

    Raises
    ------
    CtekitError
        An address cannot be used, the database does not answer, or the port is taken.
    """
    there = urlsplit(address)
    if there.scheme not in ("http", "https") or not there.netloc or there.path.strip("/"):
        raise CtekitError(f"“{address}” is no address of rooms. Write it as https://rooms.example.org, without a path.")
    doors = HubDoors(pointer.address(store))
    doors.read("")  # who has a wrong password is told now
    sockets = listen(["127.0.0.1"], port, strict=True)
    with contextlib.closing(doors):
        Server(configuration(HubRooms(doors, address, folder).application(), proxy)).run(sockets=sockets)


class Doors(Protocol):
    """Where rooms are found; `ctekit.store.hub_rooms.HubDoors` on a hub."""

    def read(self, day: str) -> Mapping[str, tuple[str, RoomAccess]]:
        """Each room's name with its partnership and its door."""

    def store(self, partnership: str, folder: Path) -> Store:
        """The store of a partnership."""


@dataclass(frozen=True)
class _Served:
    room: Room
    app: ASGIApp
    looking: asyncio.Task[None]


class HubRooms:
    """All rooms of a hub; each is served below its name: ``/K7QF2M/room/``.

    Parameters
    ----------
    doors : Doors
    address : str
        What people's browsers call it: ``"https://rooms.example.org"``.
    folder : pathlib.Path
        Where rooms keep how far their meetings have come. No answer stands there.
    """

    def __init__(self, doors: Doors, address: str, folder: Path) -> None:
        self._source, self._address, self._folder = doors, address.rstrip("/"), folder
        self._doors: Mapping[str, tuple[str, RoomAccess]] = {}
        self._has_looked = False
        self._served_before: set[str] = set()
        self._served: dict[str, _Served] = {}
        self._opening: dict[str, asyncio.Lock] = {}

    def application(self) -> Starlette:
        """What a server runs."""
        app = Starlette(lifespan=self._living)
        app.mount("", self._serve)
        return app

    @contextlib.asynccontextmanager
    async def _living(self, _: Starlette) -> AsyncIterator[None]:
        await self._look()
        looking = asyncio.create_task(self._look_on())
        yield
        looking.cancel()
        for name in list(self._served):
            await self._close(name)

    async def _look_on(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self._look()
            except Exception:  # without a next look no room would open or end any more
                logging.getLogger("ctekit").warning("The open rooms could not be looked at", exc_info=True)

    async def _look(self) -> None:
        day = f"day-{datetime.date.today().isoformat()}"
        with contextlib.suppress(StoreError):  # the database is away: rooms go on, and tell their phones so
            self._doors = await asyncio.to_thread(self._source.read, day)
            if not self._has_looked:  # whoever has joined these was in a process before this one
                self._served_before = {*self._doors}
            self._has_looked = True
            for name in [name for name, served in self._served.items() if self._is_over(name, served)]:
                await self._close(name)

    def _is_over(self, name: str, served: _Served) -> bool:
        return served.room.ended or self._doors.get(name, (None, None))[1] != served.room.access

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path"].split("/")[1]
        if name not in self._doors and name.upper() in self._doors:  # as a phone's keyboard writes it
            await RedirectResponse(f"/{name.upper()}/", 303, _headers())(scope, receive, send)
            return
        try:
            app = await self._find(name) or _sentence(RequestRefused(404, "gate_no_room"), scope)
        except StoreError:
            app = _sentence(RequestRefused(503, "gate_away"), scope)
        await app({**scope, "root_path": f"/{name}"}, receive, send)

    async def _find(self, name: str) -> ASGIApp | None:
        """The room of this name, made if there is only its door yet; None where there is none."""
        if not self._has_looked:
            raise StoreError("Which rooms are open is not known yet.")
        if name not in self._doors:
            return None
        async with self._opening.setdefault(name, asyncio.Lock()):
            served = self._served.get(name)
            if served is None or served.room.ended:
                await self._close(name)
                if name not in self._doors:  # closed meanwhile
                    return None
                self._served[name] = served = await self._open(name, *self._doors[name])
            return served.app

    async def _open(self, name: str, partnership: str, access: RoomAccess) -> _Served:
        address = f"{self._address}/{name}/"
        place = ListeningSocket(address, f"{address}room/j/{access.key}", access.code, 0, True)
        # An id is what its facilitator likes; as the name of a folder it might lead anywhere.
        folder = self._folder / hashlib.sha256(partnership.encode()).hexdigest()[:32]

        def make() -> Room:
            folder.mkdir(parents=True, exist_ok=True)
            is_anew = name in self._served_before
            return Room(self._source.store(partnership, folder), access, access.token, place, is_anew=is_anew)

        room = await asyncio.to_thread(make)
        self._served_before.add(name)
        there = urlsplit(self._address)
        app = application(room, {there.netloc.lower()}, there.scheme)
        return _Served(room, app, asyncio.create_task(room.look()))

    async def _close(self, name: str) -> None:
        served = self._served.pop(name, None)
        if served is None:
            return
        served.room.stop()
        served.looking.cancel()
        await asyncio.to_thread(served.room.store.close)


def _sentence(refused: RequestRefused, scope: Scope) -> ASGIApp:
    """The sentence for a phone that no room can tell it, in the phone's language."""
    return PlainTextResponse(words()[language(Request(scope))][refused.what], refused.status, _headers())


def _headers() -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in HEADERS}
