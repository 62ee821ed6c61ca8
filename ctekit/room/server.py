"""Running the room: a socket of its own, the addresses people can reach, and the process that listens there."""

from __future__ import annotations

import contextlib
import datetime
import os
import socket
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.room import running
from ctekit.room.hub import refuse_closed
from ctekit.room.networks import ListeningSocket, choose, host_names
from ctekit.store import Store, open_store
from ctekit.store.room_access import RoomAccess

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

PORTS = range(8100, 8800)
"""Short to type. Each partnership begins to look at a place of its own, so that a room finds its port free again."""

SHARED = (
    "Everybody in this network can now open the room's page, and nothing else on this computer. "
    "What they send travels unencrypted: use a network you trust, or the computer's own hotspot."
)
ON_A_HUB = "It is on the hub: whoever has the code can join, from wherever the hub can be reached."
ALONE = "Only this computer can open it. For phones in the same network, start it with --share."


def serve(
    folder: Path,
    round_id: str = "",
    *,
    share: bool = False,
    address: str = "",
    port: int = 0,
    token: str = "",
    ready: Callable[[ListeningSocket], None] = lambda _: None,
    keeper: int = 0,
    rehearsal: bool = False,
) -> None:
    """Run the room of today until it is stopped, its keeper is gone, or the day is over.

    Parameters
    ----------
    folder : Path
        Of the partnership.
    round_id : str
        A round to put before everybody at once; "" for the newest of today that is open.
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
    keeper : int
        A process without which it does not go on, such as the Jupyter server; 0 for none.
    rehearsal : bool
        Work on a copy of the store, and throw it away.

    Raises
    ------
    CtekitError
        The round is closed, the port is taken, this computer is in no such network, or a room runs already.
    """
    from ctekit.room.http_protocol import Server
    from ctekit.room.routes import application
    from ctekit.room.state import Room

    with contextlib.ExitStack() as stack:
        store = stack.enter_context(
            _copied(folder) if rehearsal else contextlib.closing(open_store(folder / STORE_FILE))
        )
        if round_id:
            refuse_closed(store, round_id)
        # The loopback always, for whoever presents; of the networks the chosen one, and no other.
        own = ["127.0.0.1", *([choose(address).address] if share else [])]
        day = f"{'rehearsal' if rehearsal else 'day'}-{datetime.date.today().isoformat()}"
        is_anew = store.has_door(day)
        access, sockets = _listen_again(store, day, own, port)
        url, token = f"http://{own[-1]}:{access.port}/", token or os.urandom(16).hex()
        place = ListeningSocket(url, f"{url}room/j/{access.key}", access.code, access.port, share)
        if not running.write(folder, port=access.port, token=token):
            raise CtekitError("A room of this partnership runs already. Go on with that one, or end it first.")
        stack.callback(running.remove, folder, token)
        _many_files()
        room = Room(store, access, token, place, rehearsal=rehearsal, round_id=round_id, is_anew=is_anew)
        names = (*own, "localhost", *(host_names() if share else ()))
        server = Server(configuration(application(room, {f"{name}:{access.port}".lower() for name in names})))

        def end() -> None:
            server.should_exit = True

        room.end = end
        room.may_go_on = lambda: _kept(keeper) and (running.read(folder) or {}).get("token") == token
        # The sockets listen already: who comes before the server runs is served when it does.
        ready(place)
        server.run(sockets=sockets)


@contextlib.contextmanager
def _copied(folder: Path) -> Iterator[Store]:
    """A copy of the store, in a folder that only its owner can read and that goes away."""
    with (
        tempfile.TemporaryDirectory(prefix="ctekit-rehearsal-") as place,
        contextlib.closing(open_store(folder / STORE_FILE)) as store,
    ):
        store.backup(Path(place, STORE_FILE))
        with contextlib.closing(open_store(Path(place, STORE_FILE))) as copy:
            yield copy


def _kept(keeper: int) -> bool:
    import psutil

    if not keeper:
        return True
    try:
        return bool(psutil.Process(keeper).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


MOST_OF_A_HEAD = 64 * 1024
"""Bytes of a request's head that are read at all; the gate looks closer."""


def configuration(app: Starlette, proxy: str = "") -> uvicorn.Config:
    """How rooms are served: little is told, nothing is written down, and nobody is waited for.

    Parameters
    ----------
    app : Starlette
    proxy : str
        The address of the proxy in front, whose word is taken for where a phone is; "" for none.
    """
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
        proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy or None,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=2,
        h11_max_incomplete_event_size=MOST_OF_A_HEAD,
    )


def _listen_again(store: Store, day: str, hosts: Sequence[str], port: int) -> tuple[RoomAccess, list[socket.socket]]:
    """Listen where the room did before, else where it is free; the way in remembers where that is."""
    access = store.door(day)
    sockets = listen(hosts, port or access.port or _first_port(store.partnership), strict=bool(port))
    port = sockets[0].getsockname()[1]
    return (access if port == access.port else store.door(day, port)), sockets


def listen(hosts: Sequence[str], wanted: int, *, strict: bool) -> list[socket.socket]:
    """A socket for each host, all on one port; unless `strict`, on the next that is free.

    Raises
    ------
    CtekitError
        The port is taken.
    """
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
