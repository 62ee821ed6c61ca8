"""Putting a page on the disk: whole, or not at all, and never over what is not ours."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from html import unescape
from pathlib import Path

from ctekit.export.errors import ExportError
from ctekit.model.files import write_whole

_MARK = re.compile(rb'<meta name="generator" content="ctekit (private |public )?(page|sheet)">')
_BEFORE_MARKS = re.compile(rb'<body class="ctekit-page (page|sheet)">')
_TITLE = re.compile(rb"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_BEGINNING = 200_000


def mark_of(path: Path) -> str:
    """What a file says that it is; "" if it is not ours.

    ``page`` or ``sheet``; with ``private`` before it for the facilitator only, with ``public`` for everybody.
    """
    beginning = _beginning(path)
    if match := _MARK.search(beginning):
        return (match[1] or b"").decode() + match[2].decode()
    if match := _BEFORE_MARKS.search(beginning):
        return ("private " if b'<p class="facilitator-only">' in beginning else "") + match[1].decode()
    return ""


def title_of(path: Path) -> str:
    """The title of a page of ours."""
    match = _TITLE.search(_beginning(path))
    return unescape(match[1].decode("utf-8", "replace")) if match else path.stem


def _beginning(path: Path) -> bytes:
    if not path.is_file():  # opening a pipe would wait for a writer for ever
        return b""
    try:
        with path.open("rb") as file:
            return file.read(_BEGINNING)
    except OSError:
        return b""


def remove_marked(output: Path, marks: Collection[str] = ("private page",)) -> list[str]:
    """Take pages of an earlier export away that say more than the next ones may; gives their names.

    Before anything is written: whoever ends the export halfway must not send both.
    """
    gone = [path for path in sorted(output.glob("*.html")) if mark_of(path) in marks]
    for path in gone:
        path.unlink(missing_ok=True)
    return [path.name for path in gone]


def removed(gone: Sequence[str], output: Path) -> str:
    """What is said of pages that were taken away."""
    what = "1 page" if len(gone) == 1 else f"{len(gone)} pages"
    return f"Removed {what} of an earlier export from {output}: {', '.join(gone)}."


def keep_what_is_not_ours(paths: Iterable[Path]) -> None:
    """Refuse to go on where a file that we did not make would be written over.

    Raises
    ------
    ExportError
        Says which.
    """
    theirs = [path for path in paths if os.path.lexists(path) and not mark_of(path)]
    if theirs:
        names = ", ".join(path.name for path in theirs[:3])
        names += f" and {len(theirs) - 3} more" if len(theirs) > 3 else ""
        were = "was" if len(theirs) == 1 else "were"
        raise ExportError(
            f"{names} in {theirs[0].parent} {were} not made by ctekit and would be lost, so nothing was written."
            " Choose another folder for the pages, or move what is there."
        )


def write(path: Path, html: str) -> Path:
    """Write a page whole or not at all: what is there is replaced only when the new one is complete.

    Raises
    ------
    ExportError
        Something lies there that is not ours.
    ctekit.model.files.NotWrittenError
        The place cannot be written to.
    """
    keep_what_is_not_ours([path])
    write_whole(path, html.encode())
    return path
