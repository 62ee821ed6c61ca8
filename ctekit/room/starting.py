"""The room of a folder: found where it runs, whoever has started it, or started in a process of its own."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

from ctekit.model.errors import CtekitError
from ctekit.room import hub, running
from ctekit.room.client import RoomProcess

TOKEN = "CTEKIT_ROOM_TOKEN"

_NO_ROOM = (
    "The room needs a few small packages that are not installed. "
    "Install them with: python -m pip install 'ctekit[room]'. Paper works without."
)


def find(folder: str | os.PathLike[str]) -> RoomProcess | None:
    """The room of a folder that runs, whoever has started it.

    Parameters
    ----------
    folder : path
        Of the partnership.

    Returns
    -------
    RoomProcess or None
        None where none runs.
    """
    written = running.living(Path(folder))
    if written is None:
        return None
    try:
        return RoomProcess(written.get("address") or _here(written["port"]), written["token"])
    except CtekitError:
        return None


def start(
    folder: str | os.PathLike[str],
    round_id: str = "",
    share: bool = False,
    port: int = 0,
    *,
    address: str = "",
    rehearsal: bool = False,
) -> RoomProcess:
    """The room of today: the one that runs, or a process of its own; also after a crash.

    Parameters
    ----------
    folder : path
        Of the partnership.
    round_id : str
        An open round to put before everybody; see `ctekit.rounds.take_up`. "" to leave what is there.
    share : bool
        Listen to a network, for phones. Else only this computer can open it. A room that runs is opened to it.
    port : int
        0 for the one it had before, or a free one.
    address : str
        With `share`: this computer's in the network of the phones, where it is in several; "" for the likeliest.
    rehearsal : bool
        Work on a copy that is thrown away.

    Returns
    -------
    RoomProcess
        It listens already.

    Raises
    ------
    CtekitError
        The round is closed, the port taken, this computer in no such network, or the packages are missing.
    """
    folder = Path(folder).absolute()
    if not rehearsal and (rooms := hub.rooms_of(folder)):
        return hub.start(folder, rooms, round_id)  # where all phones reach it
    room = find(folder)
    if room and room.rehearsal != rehearsal:
        runs, wanted = ("A rehearsal", "real day") if room.rehearsal else ("The real day", "rehearsal")
        raise CtekitError(f"{runs} is open. End it first, then open the {wanted}.")
    if room and (room.serves(share, address) or (room.shared and not share)):
        if round_id:
            room.act("show", round=round_id)
        return room
    if room:
        room.stop()
    return _started(folder, round_id, share, port, address, rehearsal)


def _started(folder: Path, round_id: str, share: bool, port: int, address: str, rehearsal: bool) -> RoomProcess:
    left = running.read(folder)
    if left:  # by a room that does not answer
        running.remove(folder, left["token"])
    token = secrets.token_urlsafe(24)
    command = [sys.executable, "-P", "-m", "ctekit.room", str(folder), *([round_id] if round_id else [])]
    command += ["--port", str(port), "--keeper", str(_keeper())]
    command += (["--share", "--address", address] if share else []) + (["--rehearsal"] if rehearsal else [])
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it outlives whoever started it, and whose error output that is
        env={**os.environ, TOKEN: token},
        start_new_session=True,  # Ctrl+C and the interrupt button are for the notebook
    )
    assert process.stdout is not None
    with process.stdout as output:
        line = output.readline()
    first: dict[str, Any] = json.loads(line) if line.startswith(b"{") else {"trouble": _why()}
    if "trouble" in first:
        process.kill()
        process.wait()
        if room := find(folder):  # another notebook was faster
            return room
        raise CtekitError(first["trouble"])
    return RoomProcess(_here(first["port"]), token, process)


def _here(port: int) -> str:
    return f"http://127.0.0.1:{port}/"


def _keeper() -> int:
    """With which process a room that is started here ends: the Jupyter server of this kernel, else this program."""
    server = os.environ.get("JPY_PARENT_PID", "")
    return int(server) if server.isdigit() and int(server) > 1 else os.getpid()


def _why() -> str:
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("starlette", "uvicorn", "itsdangerous", "segno")):
        return _NO_ROOM
    return "The room could not be started. Try it in a terminal, where it says why: ctekit room"
