"""Putting a page on the disk: whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ctekit.export import ExportError


def write(path: Path, html: str) -> Path:
    """Write a page whole or not at all: what is there is replaced only when the new one is complete.

    Raises
    ------
    ExportError
        The place cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(html.encode())
            part.chmod(0o644)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as reason:
        raise ExportError(
            f"{path} could not be written ({reason.strerror or reason})."
            " Choose a folder that you may write to and that has room."
        ) from reason
    return path
