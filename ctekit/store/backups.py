"""Backups of a store: dated copies beside it, looked over before they are trusted, and put back in one transaction."""

from __future__ import annotations

import datetime
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ctekit.store import file, schema
from ctekit.store.access import now
from ctekit.store.connect import connect, damaged, is_pointer, translated_errors
from ctekit.store.edits import StoreError
from ctekit.store.opening import open_store
from ctekit.store.ours import check_schema, partnership_of
from ctekit.store.store import Store
from ctekit.store.text import time

FOLDER = "backups"
"""Where they lie, beside the store."""

KEPT = 10
"""So many are kept if nothing else is said."""

_NAME = re.compile(r"\d{4}-\d\d-\d\d-\d{6}-\d{3}\.ctekit")


@dataclass(frozen=True)
class Condition:
    """What a look over a file of a partnership says.

    Attributes
    ----------
    partnership : str
        Its id.
    revisions : int
        How many answers it ever held.
    saved_at : str
        When the newest was saved (ISO 8601, UTC).
    """

    partnership: str
    revisions: int
    saved_at: str


def all_of(folder: Path) -> list[Path]:
    """The backups of the partnership in a folder, oldest first."""
    return sorted(path for path in (folder / FOLDER).glob("*.ctekit") if _NAME.fullmatch(path.name))


def keep(store: Store, most: int = KEPT) -> Path:
    """Make a backup, and let the oldest go; never this one, whatever the clock says.

    Parameters
    ----------
    store : Store
    most : int
        So many are kept; at least this one.

    Returns
    -------
    pathlib.Path
        The backup: whole, checked and on the disk.

    Raises
    ------
    StoreError
        It could not be made. No older one was taken away.
    """
    path = _free(store.path.parent)
    store.backup(path)
    others = [each for each in all_of(store.path.parent) if each != path]
    for old in others[: max(len(others) + 1 - max(most, 1), 0)]:
        with suppress(OSError):  # some other program holds it: it goes next time
            old.unlink(missing_ok=True)
    return path


def keep_daily(store: Store) -> Path | None:
    """Make the day's first backup; None where there is one of today already.

    Where somebody keeps more than is usual, as many stay.
    """
    today, there = f"{now().astimezone():%Y-%m-%d}-", all_of(store.path.parent)
    return None if any(path.name.startswith(today) for path in there) else keep(store, max(KEPT, len(there)))


def verify(path: Path) -> Condition:
    """Look over a file of a partnership, all of it. Nothing is written.

    Parameters
    ----------
    path : pathlib.Path

    Returns
    -------
    Condition

    Raises
    ------
    StoreError
        It is not there, not ours, holds something that is not ours, or is damaged.
    """
    if is_pointer(path):  # all of it is read, into a file
        with tempfile.TemporaryDirectory(prefix="ctekit-") as place, closing(open_store(path)) as store:
            store.backup(Path(place, path.name))
            return verify(Path(place, path.name))
    version = file.inspect(path, sound=False)
    with translated_errors(path), closing(connect(path, writing=False)) as connection:
        connection.execute("BEGIN")
        check_schema(connection, path, version)
        if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise StoreError(damaged(path))
        partnership = partnership_of(connection, path)
        number, newest = connection.execute("SELECT count(*), max(at) FROM revision").fetchone()
    return Condition(partnership, number, time(newest))


def restore(store: Store, backup: Path) -> Path:
    """Put a backup in the place of all answers, ratings and history; how things stand is backed up first.

    It is one transaction of the file that is there, so that nobody who has it open writes beside it.

    Parameters
    ----------
    store : Store
    backup : pathlib.Path
        Of any schema.

    Returns
    -------
    pathlib.Path
        The backup of how it stood until now.

    Raises
    ------
    StoreError
        The backup cannot be used, or is another partnership's. Nothing was changed.
    """
    file.refuse_pointer(store.path)
    condition = verify(backup)
    if condition.partnership != store.partnership:
        raise StoreError(
            f"“{backup}” is a backup of another partnership. Nothing was changed. Put it back into a folder of its own."
        )
    before = _free(store.path.parent)
    with (
        _brought_up_to_date(backup) as draft,
        translated_errors(store.path),
        closing(connect(store.path, writing=True)) as ours,
    ):
        ours.execute("BEGIN IMMEDIATE")
        check_schema(ours, store.path, schema.SCHEMA)
        file.copy(store.path, before)
        with closing(connect(draft, writing=False)) as theirs, unlocked(ours):
            rows = theirs.execute("SELECT * FROM revision ORDER BY seq")
            marks = ", ".join("?" * len(rows.description))
            ours.execute("DELETE FROM revision")
            ours.executemany(f"INSERT INTO revision VALUES ({marks})", rows)
        ours.execute("COMMIT")
    return before


@contextmanager
def unlocked(connection: sqlite3.Connection) -> Iterator[None]:
    """Inside a transaction: revisions may be changed in this block, and never again after it."""
    triggers = [statement for statement in schema.FIRST if statement.startswith("CREATE TRIGGER")]
    for statement in triggers:
        connection.execute(f"DROP TRIGGER {statement.split()[2]}")
    yield
    for statement in triggers:
        connection.execute(statement)


@contextmanager
def _brought_up_to_date(backup: Path) -> Iterator[Path]:
    """A copy of a backup in our schema; the backup stays as it is."""
    with tempfile.TemporaryDirectory(prefix="ctekit-") as place:
        draft = Path(place) / backup.name
        with translated_errors(backup):
            shutil.copyfile(backup, draft)
        version = file.inspect(draft)
        if version < schema.SCHEMA:
            file.migrate(draft, version)
        yield draft


def _free(folder: Path) -> Path:
    """A name for a new backup: the time of this computer, to the thousandth of a second."""
    home = folder / FOLDER
    with translated_errors(folder):
        home.mkdir(exist_ok=True)
    return home / f"{f'{datetime.datetime.now():%Y-%m-%d-%H%M%S-%f}'[:-3]}.ctekit"
