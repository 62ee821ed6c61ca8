"""Putting a file on the disk: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file; what is there is replaced only when the new one is complete.

    Parameters
    ----------
    path : pathlib.Path
        Its folder has to be there.
    content : bytes
    mode : int
        Who may read and write it.

    Raises
    ------
    OSError
        The disk is full, or the folder is not to be written to. What was there is there still.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(mode)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
