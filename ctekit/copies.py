"""Other files of partnerships that lie beside ours, such as a cloud's "conflicted copy": named, and compared."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ctekit.history.changes import current_values, differences
from ctekit.history.merging import choices
from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.model.text import count, listed
from ctekit.store import Store, open_store
from ctekit.terminal import command

_NAMES = re.compile(
    r".+\.ctekit(?:[ ~(_].*|-(?!journal|wal|shm).*|\.(?:bak|old|orig|copy|txt|\d+))?", re.IGNORECASE | re.DOTALL
)
"""Programs that copy files add something before the ending, or behind it: ``partnership.ctekit (1)``."""

_MOST = 5
"""So many copies are looked at; a folder with more is told of the others' number."""
_LARGEST = 50_000_000
"""Bytes of a copy that is looked at."""


def beside(store: Store) -> Iterator[str]:
    """One sentence about each other file of a partnership in the store's folder. None of them is touched."""
    others = [path for path in _named_like_one(store.path.parent) if _is_another(path, store.path)]
    for path in others[:_MOST]:
        yield f"Another copy lies here: “{path.name}”. {_compared(path, store)}"
    if others[_MOST:]:
        yield f"And {len(others) - _MOST} more files are named so. Keep one partnership a folder."


def instead(folder: Path) -> str:
    """A sentence about files that may be the partnership's, in a folder that has none; "" if none do."""
    names = [path.name for path in _named_like_one(folder) if path.name != STORE_FILE]
    if not names:
        return ""
    return (
        f" {listed([f'“{name}”' for name in names], 3)} {'lies' if len(names) == 1 else 'lie'} there. If that is your "
        f"partnership, a program has renamed it: name it {STORE_FILE} again."
    )


def notes(store: Store) -> Iterator[str]:
    """What people should know of copies: those that lie here, and where merged ones contradict each other."""
    yield from beside(store)
    if number := len(choices(store)):  # never how many are for the facilitator only
        yield (
            f"Merged copies contradict each other: {count(number, 'answer')}. "
            f"Choose at the end of a notebook, or see {command('ctekit', 'merge', store.path.parent)}"
        )


def _named_like_one(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.name[0] != "." and _NAMES.fullmatch(path.name))
    except OSError:
        return []


def _is_another(path: Path, ours: Path) -> bool:
    # Ours under a second name is passed over: opening and closing it would take away the locks we hold on it.
    try:
        return path.is_file() and not path.samefile(ours)
    except OSError:
        return False


def _compared(path: Path, store: Store) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            return "It is too large to be compared. Move it into a folder of its own."
        # A copy of the copy is opened: a stranger's file, or one that is being written, stays as it is.
        with tempfile.TemporaryDirectory(prefix="ctekit-") as place:
            draft = Path(place) / STORE_FILE
            shutil.copyfile(path, draft)
            other = open_store(draft)
            try:
                if other.partnership != store.partnership:
                    return "It is another partnership's. Move it into a folder of its own."
                number = len(differences(current_values(store.history()), current_values(other.history())))
            finally:
                other.close()
    except (CtekitError, OSError):
        return "It cannot be read. Move it into a folder of its own; if it is yours, keep it until you know what it is."
    if not number:
        return "It says the same, and can be moved away."
    differ = "1 answer differs" if number == 1 else f"{number} answers differ"
    return (
        f"{differ} from {STORE_FILE}, which is the one that is open. Bring both together at the end of a notebook, or "
        f"with: {command('ctekit', 'merge', store.path.parent, path)}"
    )
