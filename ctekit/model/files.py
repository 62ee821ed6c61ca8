"""Putting a file on the disk: whole, or not at all."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

from ctekit.model.errors import CtekitError
from ctekit.model.text import quoted

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_LONGEST = 200
"""Characters of a path that a message can hold."""


_PREFIX, _SUFFIX = ".ctekit-", ".part"
DRAFT = f"{_PREFIX}*{_SUFFIX}"
"""The names of files that are not whole yet. Others begin so, too: the clock of a session does."""


_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:\..*)?", re.IGNORECASE)
_UNFIT = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


class NotWrittenError(CtekitError, OSError):
    """A file or folder could not be made. The message names what was asked for, why, and what to do."""


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file; what is there is replaced only when the new one is complete.

    Parameters
    ----------
    path : pathlib.Path
        Its folder is made where it is not there.
    content : bytes
    mode : int
        Who may read and write it.

    Raises
    ------
    NotWrittenError
        The disk is full, the folder is not to be written to, or something else lies there. What was there is there
        still.
    """
    make_folder(path.parent, for_file=path)
    part: Path | None = None
    try:
        if path.exists() and not path.is_file():  # a device is not replaced either
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX, suffix=_SUFFIX)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        part.chmod(mode)
        part.replace(path)
    except BaseException as error:
        if part:
            part.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise NotWrittenError(f"{_shown(path)} could not be written{_reason(path, error)}") from None
        raise


def make_folder(folder: Path, *, for_file: Path | None = None) -> None:
    """Make a folder, and those above it, where they are not there.

    Parameters
    ----------
    folder : pathlib.Path
    for_file : pathlib.Path or None
        What was asked for, where that is a file in it.

    Raises
    ------
    NotWrittenError
        It could not be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"{_shown(for_file)} could not be written" if for_file else f"The folder {_shown(folder)} cannot be made"
        raise NotWrittenError(f"{what}{_reason(folder / 'file', error)}") from None


def fits_everywhere(name: str) -> bool:
    """Whether files and folders can be called so on every system, Windows too.

    Parameters
    ----------
    name : str
        Of one file or folder, no path.

    Returns
    -------
    bool
    """
    return not (_OF_WINDOWS.fullmatch(name) or _UNFIT.search(name))


def refuse_unfit(folder: Path) -> None:
    """Refuse a folder that is to be made under a name that Windows cannot have: it may lie in a shared drive.

    Parameters
    ----------
    folder : pathlib.Path
        Of its parts, those that are there already may be called as they like.

    Raises
    ------
    CtekitError
    """
    for place in (folder, *folder.parents):
        if place.name != ".." and not fits_everywhere(place.name) and not place.is_dir():
            raise CtekitError(
                f"No computer with Windows could open a folder called {quoted(place.name)}. Nothing was made. Choose a "
                'name without < > : " | ? * and \\ that ends in no dot or blank, and not CON, NUL or the like.'
            )


def not_written_beside(name: str) -> str:
    """What a button in a notebook says, where nobody chooses the folder: what to look after there.

    Parameters
    ----------
    name : str
        The folder's name.

    Returns
    -------
    str
        Two sentences, in plain text.
    """
    return (
        f"The folder “{name}” beside this notebook could not be used. Make sure that the disk has room, that no file "
        "has that name and that you may write there, then press again."
    )


def _reason(path: Path, error: OSError) -> str:
    """Why a file could not be written, and what to do."""
    if error.errno == errno.ENAMETOOLONG:
        return f" ({error.strerror}). Choose a shorter name."
    if error.errno in _FULL:
        return f" ({error.strerror}). Make room, or choose a folder on another disk."
    with suppress(OSError):  # of a place where one may not look, no more is known
        if path.exists() and not path.is_file():
            return f": there is {'a folder' if path.is_dir() else 'something else'} of that name. Choose another name."
        if taken := next((parent for parent in path.parents if parent.is_file()), None):
            return f": {_shown(taken)} is a file and no folder. Choose another folder."
    return f" ({error.strerror or error}). Choose a folder that you may write to."


def _shown(path: Path) -> str:
    words = os.fspath(path)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 2 :]}"
