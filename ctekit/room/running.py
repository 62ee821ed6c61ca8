"""How a room is found: a file beside the store with its port and token, for the owner of the folder alone."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import time
from pathlib import Path
from typing import Any

NAME = ".ctekit-room.json"


def read(folder: Path) -> dict[str, Any] | None:
    """What the room of a folder has written down; None where none has, or it was copied with another folder."""
    for _ in range(20):
        try:
            written = json.loads((folder / NAME).read_text("utf-8"))
        except FileNotFoundError:
            return None
        except ValueError:  # it is being written
            time.sleep(0.02)
            continue
        ours = isinstance(written, dict) and written.get("folder") == str(folder.resolve())
        return written if ours else None
    return None


def living(folder: Path) -> dict[str, Any] | None:
    """What the room of a folder that runs has written down; None where none runs, whatever a killed one has left."""
    written = read(folder)
    if written and "address" in written:  # on a hub, until the day is over
        return written if written.get("day") == datetime.date.today().isoformat() else None
    return written if written and listens(written.get("pid"), written.get("port")) else None


def listens(pid: Any, port: Any) -> bool:
    """Whether a process is there and listens at a port; ids and ports of a killed one go to other programs."""
    import psutil

    try:
        connections = psutil.Process(int(pid)).net_connections("tcp")
    except (psutil.Error, TypeError, ValueError):
        return False
    return any(each.status == psutil.CONN_LISTEN and each.laddr.port == port for each in connections)


def write(folder: Path, *, port: int, token: str) -> bool:
    """Write down this process, which listens already, for the owner alone to read; False where another room runs."""
    written = living(folder)
    if written is None or "address" in written:  # of a hub where the partnership is no more
        remove(folder)  # of two that do so at once, the first ends by itself: see `Room.may_go_on`
    return _write(folder, {"port": port, "token": token, "pid": os.getpid()})


def write_on_hub(folder: Path, *, address: str, token: str) -> None:
    """Write down where the room of today is that was opened on a hub."""
    mark = {"address": address, "token": token, "day": datetime.date.today().isoformat()}
    if (read(folder) or {}).items() >= mark.items():
        return
    remove(folder)
    _write(folder, mark)


def _write(folder: Path, mark: dict[str, Any]) -> bool:
    try:
        handle = os.open(folder / NAME, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"folder": str(folder.resolve()), **mark}, file)
    return True


def remove(folder: Path, token: str = "") -> None:
    """Take it away; with `token`, only that of this room."""
    if token and (read(folder) or {}).get("token") != token:
        return
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
