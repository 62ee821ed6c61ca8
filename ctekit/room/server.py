"""Running the room: a socket of its own, the addresses people can reach, and the process that listens there."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.room.networks import choose, host_names
from ctekit.rounds import find
from ctekit.store import Store, open_store
from ctekit.store.room_access import RoomAccess

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

PORTS = range(8100, 8800)
"""Short to type. Each partnership begins to look at a place of its own, so that a room finds its port free again."""

LINGER = 300.0
"""Seconds."""

SHARED = (
    "Everybody in this network can now open the room's page, and nothing else on this computer. "
    "What they send travels unencrypted: use a network you trust, or the computer's own hotspot."
)
ALONE = "Only this computer can open it. For phones in the same network, start it with --share."


@dataclass(frozen=True)
class ListeningSocket:
    """A room that listens.

    Attributes
    ----------
    address : str
        What people type, such as ``"http://192.168.1.5:8100/"``.
    link : str
        What the QR code carries.
    code : str
        The join code.
    port : int
    shared : bool
    """

    address: str
    link: str
    code: str
    port: int
    shared: bool


def serve(
    folder: Path,
    round_id: str,
    *,
    share: bool = False,
    address: str = "",
    port: int = 0,
    token: str = "",
    ready: Callable[[ListeningSocket], None] = lambda _: None,
    tied: bool = False,
    linger: float = LINGER,
) -> None:
    """Run the room of an open round until it is stopped.

    Parameters
    ----------
    folder : Path
        Of the partnership.
    round_id : str
    share : bool
        Listen to a network; else to this computer alone.
    address : str
        This computer's in the network to share with; "" for the likeliest, see `networks`.
    port : int
        0 for the one it had before, else the first that is free.
    token : str
        The presenter's.
    ready : callable
        Told when it listens.
    tied : bool
        End when standard input ends, so that a room never outlives the notebook that opened it.
    linger : float
        Seconds that phones are still told that the round is closed. Then the room ends by itself.

    Raises
    ------
    CtekitError
        The round is closed, the port is taken, or this computer is in no such network.
    """
    from ctekit.room.http_protocol import Server
    from ctekit.room.routes import application
    from ctekit.room.state import Room

    with contextlib.closing(open_store(folder / STORE_FILE)) as store:
        round_ = find(store, round_id)
        if round_.state != "open":
            raise CtekitError(f"The round “{round_.name}” is closed, so nobody can join. Open a new round.")
        # The loopback always, for whoever presents; of the networks the chosen one, and no other.
        own = ["127.0.0.1", *([choose(address).address] if share else [])]
        access, sockets = _listen_again(store, round_id, own, port)
        url = f"http://{own[-1]}:{access.port}/"
        names = (*own, "localhost", *(host_names() if share else ()))
        _many_files()
        room = Room(store, round_id, access, token or os.urandom(16).hex(), linger)
        server = Server(_configuration(application(room, {f"{name}:{access.port}".lower() for name in names})))

        def end() -> None:
            server.should_exit = True

        room.end = end
        if tied:
            threading.Thread(target=_at_end_of_input, args=(end,), daemon=True).start()
        # The sockets listen already: who comes before the server runs is served when it does.
        ready(ListeningSocket(url, f"{url}room/j/{access.key}", access.code, access.port, share))
        server.run(sockets=sockets)


MOST_OF_A_HEAD = 64 * 1024
"""Bytes of a request's head that are read at all; the gate looks closer."""


def _configuration(app: Starlette) -> uvicorn.Config:
    import uvicorn

    from ctekit.room.http_protocol import HeaderTimeoutProtocol

    return uvicorn.Config(
        app,
        http=HeaderTimeoutProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        access_log=False,  # it would write down addresses
        log_level="error",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=MOST_OF_A_HEAD,
    )


def _listen_again(
    store: Store, round_id: str, hosts: Sequence[str], port: int
) -> tuple[RoomAccess, list[socket.socket]]:
    """Listen where the room did before, else where it is free; the way in remembers where that is."""
    access = store.door(round_id)
    sockets = _listen(hosts, port or access.port or _first_port(store.partnership), strict=bool(port))
    port = sockets[0].getsockname()[1]
    return (access if port == access.port else store.door(round_id, port)), sockets


def _listen(hosts: Sequence[str], wanted: int, *, strict: bool) -> list[socket.socket]:
    """A socket for each host, all on one port."""
    ports = [wanted] if strict else [*range(wanted, wanted + 50), 0]
    for port in ports:
        sockets: list[socket.socket] = []
        try:
            for host in hosts:
                sockets.append(_bound(host, port))
                port = sockets[0].getsockname()[1]
        except OSError:
            for sock in sockets:
                sock.close()
            continue
        return sockets
    raise CtekitError(f"Port {wanted} is taken by another program. Leave --port out, or name another one.")


def _bound(host: str, port: int) -> socket.socket:
    # asyncio sets TCP_NODELAY only where the socket says that it speaks TCP; without, a page waits for 40 ms.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # there it would let two programs listen on one port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(2048)  # only now is the port ours: two may bind at the same moment
    except OSError:
        sock.close()
        raise
    return sock


def _first_port(partnership: str) -> int:
    return PORTS[zlib.crc32(partnership.encode()) % len(PORTS)]


def _many_files() -> None:
    """Each phone takes a file handle or two; the usual 1,024 are few when somebody opens connections for fun."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = hard if hard != resource.RLIM_INFINITY else 16384
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(most, 16384)), hard))


def _at_end_of_input(end: Callable[[], None]) -> None:
    while os.read(0, 1024):  # not sys.stdin: its lock would be held by this thread when Python ends
        pass
    end()
