"""Running the room: a socket of its own, the addresses people can reach, and the process that listens there."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ctekit.errors import ForPeople
from ctekit.ratings import find
from ctekit.store import NAME, open_store

if TYPE_CHECKING:
    from ctekit.room.patient import Server

PORTS = range(8100, 8800)
"""Short to type. Each partnership begins to look at a place of its own, so that a room finds its port free again."""

SHARED = (
    "Everybody in this network can now open the room's page, and nothing else on this computer. "
    "What they send travels unencrypted: use a network you trust, or the computer's own hotspot."
)
ALONE = "Only this computer can open it. For phones in the same network, start it with --share."


@dataclass(frozen=True)
class Listening:
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
    port: int = 0,
    token: str = "",
    ready: Callable[[Listening], None] = lambda _: None,
    tied: bool = False,
) -> None:
    """Run the room of an open round until it is stopped.

    Parameters
    ----------
    folder : Path
        Of the partnership.
    round_id : str
    share : bool
        Listen to the network; else to this computer alone.
    port : int
        0 for the one it had before, else the first that is free.
    token : str
        The presenter's.
    ready : callable
        Told when it listens.
    tied : bool
        End when standard input ends, so that a room never outlives the notebook that opened it.

    Raises
    ------
    ForPeople
        The round is closed, or the port is taken.
    """
    import uvicorn

    from ctekit.room.app import application
    from ctekit.room.patient import Patient, Server
    from ctekit.room.state import Room

    store = open_store(folder / NAME)
    held = find(store, round_id)
    if held.state != "open":
        raise ForPeople(f"The round “{held.name}” is closed, so nobody can join. Open a new round.")
    door = store.door(round_id)
    host = "0.0.0.0" if share else "127.0.0.1"
    sock = _socket(host, port or door.port or _first_port(store.partnership), strict=bool(port))
    port = sock.getsockname()[1]
    if port != door.port:
        door = store.door(round_id, port)
    names = reachable() if share else []
    address = f"http://{(names or ['127.0.0.1'])[0]}:{port}/"
    hosts = {f"{name}:{port}".lower() for name in ("127.0.0.1", "localhost", *names)}
    _many_files()
    room = Room(store, round_id, door, token or os.urandom(16).hex())
    config = uvicorn.Config(
        application(room, hosts),
        http=Patient,
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
    server = Server(config)
    if tied:
        threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
    # The socket listens already: who comes before the server runs is served when it does.
    ready(Listening(address, f"{address}room/j/{door.key}", door.code, port, share))
    try:
        server.run(sockets=[sock])
    finally:
        store.close()


MOST_OF_A_HEAD = 64 * 1024
"""Bytes of a request's head that are read at all; the gate looks closer."""


def reachable() -> list[str]:
    """The names under which the network may know this computer, the likeliest first. Nothing is sent to find out."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial, contextlib.suppress(OSError):
        trial.connect(("10.255.255.255", 9))  # a datagram socket only looks up the way
        found.append(trial.getsockname()[0])
    found += _of_interfaces()
    name = socket.gethostname()
    with contextlib.suppress(OSError):
        found += socket.gethostbyname_ex(name)[2]
    found = [one for one in found if not one.startswith("127.")]
    found += [name, f"{name.partition('.')[0]}.local"] if name else []
    return list(dict.fromkeys(one.lower() for one in found))


def _of_interfaces() -> list[str]:
    """The address of each of this computer's interfaces. On a hotspot of one's own no way leads out to look up.

    On Linux alone; on macOS and Windows the computer's name leads to them.
    """
    if sys.platform != "linux":
        return []
    import fcntl

    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            with contextlib.suppress(OSError):  # it has none
                told = fcntl.ioctl(asking, _ADDRESS_OF, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(told[20:24]))
    return found


_ADDRESS_OF = 0x8915
"""SIOCGIFADDR, which Python does not name."""


def _socket(host: str, wanted: int, *, strict: bool) -> socket.socket:
    ports = [wanted] if strict else [*range(wanted, wanted + 50), 0]
    for port in ports:
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        if os.name != "nt":  # there it would let two programs listen on one port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((host, port))
            sock.listen(2048)  # only now is the port ours: two may bind at the same moment
        except OSError:
            sock.close()
            continue
        return sock
    raise ForPeople(f"Port {wanted} is taken by another program. Leave --port out, or name another one.")


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


def _end_with_input(server: Server) -> None:
    while os.read(0, 1024):  # not sys.stdin: its lock would be held by this thread when Python ends
        pass
    server.should_exit = True
