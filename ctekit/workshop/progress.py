"""How far a run of an agenda has come, and the file in the partnership's folder that keeps it.

A reload, another kernel and another day find the run where it was left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from ctekit.model.files import write_whole

FILE = ".ctekit-run.json"
"""Beside the store. It says when each block was begun, and nothing of anybody's answers."""


class Visit(BaseModel):
    """A block that was begun, and when."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    block: str
    began: AwareDatetime


class Progress(BaseModel):
    """How far a run of an agenda has come; all that has to be kept of it.

    Attributes
    ----------
    path : str
        The agenda's name, such as ``"half-day"``.
    session : int
        Which of its sessions, from 0.
    start : datetime or None
        When the session starts by the run sheet; None: when its first block is begun. What comes before the start, as
        the doors do, ends then.
    visits : tuple of Visit
        The blocks begun so far, in order; the last one is now.
    added : mapping
        Minutes more (or fewer) by block.
    skipped : frozenset of str
        The blocks left out.
    ended : datetime or None
        When the last block was done.
    wall : str
        What the lead has put on the wall, such as ``"needs"``; "" for what belongs to the moment.
    chosen : datetime or None
        When the lead did that: it stands until the end of the day.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    path: str
    session: int = 0
    start: AwareDatetime | None = None
    visits: tuple[Visit, ...] = ()
    added: Mapping[str, int] = {}
    skipped: frozenset[str] = frozenset()
    ended: AwareDatetime | None = None
    wall: str = ""
    chosen: AwareDatetime | None = None


class ProgressFile:
    """The run of a partnership, for a process whose threads read and change it at once.

    Parameters
    ----------
    folder : Path
        The partnership's.

    Attributes
    ----------
    now : Progress or None
        As it was seen last.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._lock = folder, Lock()
        self.now = read(folder)

    def look(self) -> None:
        """See what another process has changed."""
        with self._lock:
            self.now = read(self._folder)

    def change(self, change: Callable[[Progress | None], Progress]) -> None:
        """Change what is kept, whole; of two changes at once, one is made after the other.

        Parameters
        ----------
        change : callable
            Takes the run as it is kept, and gives the one to keep.

        Raises
        ------
        OSError
            It cannot be written; nothing was changed.
        """
        with self._lock:
            kept = change(read(self._folder))
            write(self._folder, kept)
            self.now = kept


def read(folder: Path) -> Progress | None:
    """The run of a partnership; None where none was begun, or where its file cannot be read.

    Parameters
    ----------
    folder : Path
        The partnership's.

    Returns
    -------
    Progress or None
    """
    try:
        return Progress.model_validate_json((folder / FILE).read_bytes())
    except (OSError, ValidationError):  # a lost clock is begun again with one press
        return None


def write(folder: Path, progress: Progress) -> None:
    """Keep a run, whole or not at all.

    Parameters
    ----------
    folder : Path
        The partnership's.
    progress : Progress

    Raises
    ------
    OSError
        The disk is full, or the folder is not to be written to.
    """
    write_whole(folder / FILE, progress.model_dump_json().encode())
