"""How a room is found: a file beside the store with its port and token, for the owner of the folder alone."""

from __future__ import annotations

import contextlib
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


def write(folder: Path, **told: Any) -> bool:
    """Write it down, readable by the owner alone; False where another room was faster."""
    try:
        handle = os.open(folder / NAME, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"folder": str(folder.resolve()), **told}, file)
    return True


def remove(folder: Path, token: str = "") -> None:
    """Take it away; with `token`, only that of this room."""
    if token and (read(folder) or {}).get("token") != token:
        return
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
