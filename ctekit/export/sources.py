"""Which notebooks of a folder become pages, and why the others do not."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

_NUMBERED = re.compile(r"\d\d(?!\d).*")
_COPY = re.compile(
    r"(?P<copy>-Copy\d*)$|(?: ?\(\d{1,2}\)| - Copy(?: \(\d+\))?| copy(?: \d+)?| ?\([^()]*conflicted copy[^()]*\))$"
)


class NotebookFormatError(Exception):
    """A file that says it is a notebook, and is none."""


def notebooks(folder: Path) -> list[Path]:
    """The guided notebooks of a folder, in order: those whose names begin with two digits, without copies of others."""
    return [path for path in _files(folder) if not _why_not(path)]


def left_out(folder: Path) -> list[str]:
    """A sentence for each other notebook of the folder: why it has no page."""
    return [f"{path.name} has no page: {why}" for path in _files(folder) if (why := _why_not(path))]


def named(folder: Path, name: str) -> Path | None:
    """The notebook of this name, whatever begins or ends it."""
    wanted = plain_name(name.removesuffix(".ipynb"))
    return next((path for path in _files(folder) if plain_name(path.stem) == wanted), None)


def plain_name(name: str) -> str:
    """A name in the one form in which names are compared: some systems take letters and their accents apart."""
    return unicodedata.normalize("NFC", name)


def label(stem: str) -> str:
    """What a page is called in the list of pages: "20-our-notes" gives "Our notes"."""
    rest = stem[2:] if stem[:2].isdecimal() else stem
    return re.sub(r"[-_\s]+", " ", rest).strip().capitalize() or stem


def read(notebook: Path) -> Any:
    """A notebook in the form of today.

    Raises
    ------
    NotANotebook
        The file holds something else.
    OSError
        It cannot be read.
    """
    if _is_irregular(notebook):  # opening a pipe would wait for a writer for ever
        raise NotebookFormatError
    from nbformat import convert, from_dict, reader

    text = notebook.read_bytes()
    try:
        written = json.loads(text.decode("utf-8-sig"))
        # Of today's form nbformat's own reader is not asked: one odd cell would cost it the whole notebook.
        today = written["nbformat"] == 4 and isinstance(written["nbformat_minor"], int)
        content: Any = from_dict(written) if today else convert(reader.reads(json.dumps(written)), 4)  # type: ignore[no-untyped-call]
    except Exception as reason:  # whatever a reader of several formats stumbles over in a file of none
        raise NotebookFormatError from reason
    if not isinstance(content.get("cells"), list):
        raise NotebookFormatError
    return content


def linked(paths: Sequence[Path]) -> list[str]:
    """The names of those that can be read: no page links to a page that cannot be made."""
    return [path.stem for path in paths if _is_readable(path)]


def _is_readable(notebook: Path) -> bool:
    try:
        state = notebook.stat()
    except OSError:
        return False
    return _reads(notebook.absolute(), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1000)
def _reads(notebook: Path, changed: int, size: int) -> bool:
    try:
        read(notebook)
    except (OSError, NotebookFormatError):
        return False
    return True


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))


def _is_irregular(path: Path) -> bool:
    """Whether a folder, a pipe, a socket or a device stands where a file should."""
    return path.exists() and not path.is_file()


def _why_not(notebook: Path) -> str:
    if _is_irregular(notebook):
        return "it is a folder, a pipe or a device, not a file. Put the notebook itself in its place."
    copied = _COPY.search(notebook.stem)
    original = notebook.with_name(f"{notebook.stem[: copied.start()]}.ipynb") if copied else None
    if original and copied and (copied["copy"] or original.exists()):
        return f"it is a copy of {original.name}. Rename it if it shall have one of its own."
    if not _NUMBERED.fullmatch(notebook.stem):
        return "its name does not begin with two digits, as in 02-purpose.ipynb. Rename it if it shall have one."
    return ""
