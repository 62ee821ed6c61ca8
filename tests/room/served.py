"""A room served from this process, so that a test can set its clock; browsers and clients see no difference."""

from __future__ import annotations

import contextlib
import datetime
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn

from ctekit.room.networks import ListeningSocket
from ctekit.room.routes import application
from ctekit.room.server import configuration, listen
from ctekit.room.state import Room
from ctekit.store import Store, open_store
from tests.stores import today


def at(hour: int, minute: int = 0) -> datetime.datetime:
    """A time of this day, by this computer's clock."""
    return datetime.datetime.combine(datetime.date.today(), datetime.time(hour, minute)).astimezone()


class FastClock:
    """A clock that a test moves on by hand; it stands still in between."""

    def __init__(self, moment: datetime.datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime.datetime:
        return self.moment

    def pass_minutes(self, minutes: float) -> None:
        """Let time go by."""
        self.moment += datetime.timedelta(minutes=minutes)


class Served:
    """A room that listens on this computer.

    Attributes
    ----------
    room : Room
    store : Store
        Of the same file, as a notebook would have it open.
    clock : FastClock
    """

    def __init__(self, folder: Path, moment: datetime.datetime | None = None, *, is_anew: bool = False) -> None:
        self.room_store: Store = open_store(folder / "partnership.ctekit")
        self.store: Store = open_store(folder / "partnership.ctekit")
        self.clock = FastClock(moment or datetime.datetime.now(datetime.UTC))
        sockets = listen(["127.0.0.1"], 0, strict=True)
        port = sockets[0].getsockname()[1]
        access = self.room_store.door(today(), port)
        url = f"http://127.0.0.1:{port}/"
        place = ListeningSocket(url, f"{url}room/j/{access.key}", access.code, port, True)
        self.room = Room(self.room_store, access, "presenter", place, is_anew=is_anew)
        self.room.clock = self.clock
        self._server = uvicorn.Server(configuration(application(self.room, {f"127.0.0.1:{port}"})))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": sockets}, daemon=True)
        self.base, self.link = url.rstrip("/"), place.link

    def address(self, screen: str) -> str:
        """Of the wall or the lead's view, with its token."""
        return f"{self.base}/{screen}/{self.room.passes.screens[screen]}"

    def start(self) -> None:
        """Listen."""
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.02)
        assert self._server.started

    def stop(self) -> None:
        """End it."""
        self.room.ended = True
        self._server.should_exit = True
        self._thread.join(20)
        self.room_store.close()
        self.store.close()


@contextlib.contextmanager
def served(folder: Path, moment: datetime.datetime | None = None, *, is_anew: bool = False) -> Iterator[Served]:
    """A room that runs as long as the test."""
    room = Served(folder, moment, is_anew=is_anew)
    room.start()
    try:
        yield room
    finally:
        room.stop()
