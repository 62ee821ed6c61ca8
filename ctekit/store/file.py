"""The file on the disk: looked at before it is touched, made and copied whole; its troubles told in sentences."""

from __future__ import annotations

import errno
import os
import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path, PureWindowsPath

from ctekit.store import schema
from ctekit.store.edits import StoreError

_PATIENCE = 30
"""Seconds to wait for another program that is writing."""

_NAMES = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "SQLITE_READONLY"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO), "SQLITE_FULL"),
}
"""What the system's errors are called in SQLite."""


def connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """A connection to a file that is there (it is never created by opening), in autocommit.

    A reader may not say ``mode=ro``: it could not clean up after a crash. ``query_only`` keeps it from writing answers.
    """
    name = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(name, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    if writing:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")
    else:
        connection.execute("PRAGMA query_only = 1")
    return connection


def sentence(error: Exception, path: Path) -> str:
    """What an error of SQLite means to people."""
    cause = getattr(error, "orig", error)
    name = _NAMES.get(getattr(cause, "errno", None) or 0) or str(getattr(cause, "sqlite_errorname", ""))
    if not path.exists():
        return f"The file “{path}” is no longer there. Put it back, or open the folder it is in now; then try again."
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return (
            f"The disk is full or does not answer: “{path}” could not be written and is as it was before. "
            "Free some space, then save again."
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return (
            f"Another program kept “{path}” busy for {_PATIENCE} seconds, so nothing was saved. "
            "Close the other program, then save again."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return (
            f"“{path}” cannot be written: the file or its folder is read-only. "
            "Copy the folder to a place where you may write, and open it there."
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "no such table" in str(error):
        return damaged(path)
    return f"“{path}” could not be read or written ({error}). Nothing was changed; keep the file and try again."


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into a StoreError with one sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(sentence(error, path)) from error


def inspect(path: Path) -> int:
    """Look at a file without touching it, and give the version of its schema.

    Raises
    ------
    StoreError
        It is not there, not ours, damaged, or made by a newer ctekit.
    """
    _refuse_network(path)
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder “{path.parent}”. Check its name, or make one with `ctekit new`.")
    if path.is_dir():
        raise StoreError(f"“{path}” is a folder, but a partnership is a file. Open the “{schema.NAME}” in its folder.")
    if not path.exists():
        raise StoreError(f"There is no partnership “{path}”. Check the folder, or make one with `ctekit new`.")
    if not os.access(path, os.R_OK):
        raise StoreError(f"You may not read “{path}”. Ask whoever owns the file to let you.")
    if _number(path, "application_id", untouched=True) != schema.APPLICATION:
        raise StoreError(_foreign(path))
    version = _number(path, "user_version", untouched=False)
    if version > schema.SCHEMA:
        raise StoreError(
            f"“{path}” was written by a newer ctekit (schema {version}; this one knows {schema.SCHEMA}). "
            "It was not touched. Update ctekit, then open it again."
        )
    with told(path), closing(connect(path, writing=False)) as connection:
        if _troubles(connection):
            raise StoreError(damaged(path))
    return version


def make(path: Path, first: Sequence[object]) -> None:
    """Make a store with its first revision, in the order of the columns without seq. It is there whole, or not at all.

    Raises
    ------
    StoreError
        There is a file already, or the folder cannot be written.
    """
    _refuse_network(path)
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder “{path.parent}”. Make the folder first.")
    if path.exists():
        raise StoreError(f"There is already a file “{path}”. Open that one, or choose another folder.")
    with _whole(path) as draft, told(path.parent):
        draft.touch()
        with closing(connect(draft, writing=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in schema.statements():
                connection.execute(statement)
            places = ", ".join("?" for _ in first)
            connection.execute(f"INSERT INTO revision VALUES (NULL, {places})", first)
            connection.execute("COMMIT")


def copy(path: Path, target: Path) -> None:
    """Copy a store while it is in use; the copy is checked and on the disk before it has its name.

    Raises
    ------
    StoreError
        There is a file already at the target, the disk is full, or the store is damaged.
    """
    if target.exists():
        raise StoreError(f"There is already a file “{target}”, and a copy never writes over one. Choose another name.")
    if not target.parent.is_dir():
        raise StoreError(f"There is no folder “{target.parent}”. Make the folder first, then copy again.")
    with _whole(target) as draft:
        with told(path if not path.exists() else target.parent), closing(connect(path, writing=True)) as connection:
            connection.execute("VACUUM INTO ?", (str(draft),))
        with told(target.parent), closing(connect(draft, writing=False)) as connection:
            if _troubles(connection):
                raise StoreError(damaged(path))


def migrate(path: Path, version: int) -> None:
    """Bring an older store to our schema, after a copy of it has been put beside it.

    Raises
    ------
    StoreError
        No steps lead from that version to ours, or the file cannot be written.
    """
    if any(number not in schema.STEPS for number in range(version, schema.SCHEMA)):
        raise StoreError(
            f"“{path}” has schema {version}, and no steps lead from there to {schema.SCHEMA}. It was not touched. "
            "Open it with the ctekit that wrote it."
        )
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreError(
            f"“{path}” is from an older ctekit and has to be brought up to date, but may not be written. "
            "Copy the folder to a place where you may write, and open it there."
        )
    copy(path, path.with_name(f"{path.name}.schema-{version}-{uuid.uuid4().hex[:8]}"))
    with told(path), closing(connect(path, writing=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        # Another program may have been faster.
        now: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(now, schema.SCHEMA):
            for statement in schema.STEPS[number]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(now, schema.SCHEMA)}")
        connection.execute("COMMIT")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A draft beside `path`. At the end it takes that name, never over a file that is there; else it goes away."""
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        yield draft
        with told(path.parent):
            _flush(draft)
        try:
            os.link(draft, path)
        except FileExistsError as error:
            raise StoreError(f"There is already a file “{path}”. Open that one, or choose another name.") from error
        except OSError:  # a disk without hard links
            with told(path.parent):
                draft.rename(path)
        _flush(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows does not open folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _number(path: Path, pragma: str, *, untouched: bool) -> int:
    # The header is read through SQLite, never with open(): closing a second handle on a file would take away the locks
    # that another store of this process holds on it. `immutable` leaves even the journal of a crash alone.
    how = "immutable=1" if untouched else "mode=rw"
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=_PATIENCE)) as connection:
            number: int = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
            return number
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise StoreError(_foreign(path)) from error
        raise StoreError(sentence(error, path)) from error


def _troubles(connection: sqlite3.Connection) -> bool:
    found = connection.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]
    return found or not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'revision'").fetchall()


def _foreign(path: Path) -> str:
    return (
        f"“{path}” is not a partnership of ctekit, or its beginning is damaged; it was not touched. "
        "Check the name, or take your newest copy."
    )


def damaged(path: Path) -> str:
    """What to say about a file that is ours but broken."""
    return f"“{path}” is damaged, and nothing was written to it. Keep it, and go on with a copy of your newest backup."


def _refuse_network(path: Path) -> None:
    places = [path, path.resolve()] if os.name == "nt" else [path]
    for place in places:
        drive = PureWindowsPath(place).drive
        if drive.startswith("\\\\") and (not drive.startswith("\\\\?\\") or drive.upper().startswith("\\\\?\\UNC")):
            raise StoreError(
                f"“{path}” lies on a network drive, where two people writing at once can destroy it. "
                "Keep it on this computer, and put copies on the network."
            )
