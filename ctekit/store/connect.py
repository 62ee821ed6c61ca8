"""Connections to the file: never in a process that was forked, and what goes wrong with them in sentences."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from ctekit.store.edits import StoreError

PATIENCE = 30
"""Seconds to wait for another program that is writing."""

_LONGEST_STATEMENT = 100_000
"""Characters of an SQL statement. Ours are shorter; a stranger's file may hold one of 400 MB."""

_NAMES = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "SQLITE_READONLY"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO), "SQLITE_FULL"),
}
"""What the system's errors are called in SQLite."""

_forked = False


def _mark_child() -> None:
    global _forked
    _forked = True


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_mark_child)


def is_forked() -> bool:
    """Whether this process was split off from another one by a fork, without starting a program of its own."""
    return _forked


def refuse_fork() -> None:
    """See that SQLite may be touched here.

    A thread of the parent may have held one of SQLite's own locks at the moment of the fork; in the child nobody gives
    it back, and whatever touches SQLite may wait for ever.

    Raises
    ------
    StoreError
        This process is a fork.
    """
    if _forked:
        raise StoreError(
            "This process was split off (forked) from one that uses ctekit, and can read and save nothing. "
            "Start a fresh one: with subprocess, or with multiprocessing's method “spawn”."
        )


def absolute(path: str | os.PathLike[str]) -> Path:
    """The same place whatever this process does next: a folder that is taken away takes relative paths with it.

    Raises
    ------
    StoreError
        The folder that this process runs in is gone.
    """
    try:
        return Path(path).absolute()
    except FileNotFoundError:
        raise StoreError(
            "The folder of this notebook was moved, deleted or replaced while it was open. "
            "Open the folder that is there now, restart the kernel, then run all cells."
        ) from None


def connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    """A connection to a file that is there (it is never created by opening), in autocommit.

    A reader may not say ``mode=ro``: it could not clean up after a crash. ``query_only`` keeps it from writing answers.
    """
    connection = _open(path, "mode=rw")
    if writing:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")
    else:
        connection.execute("PRAGMA query_only = 1")
    return connection


def application(path: Path) -> int:
    """SQLite's ``application_id`` of a file; 0 if it is no file of SQLite. The file is not touched.

    A stranger's file stays as it is: `immutable` leaves even the journal of a crash alone. It takes no locks, either,
    so that a file of ours may be amid a save, and this says nothing about whether it is sound. `writable_schema` lets
    SQLite read the header of a file that has not grown yet as far as its first page says.

    The header is read through SQLite, never with open(): closing a second handle on a file would take away the locks
    that another store of this process holds on it.
    """
    try:
        with closing(_open(path, "immutable=1")) as connection:
            connection.execute("PRAGMA writable_schema = 1")
            number: int = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") not in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            raise
        return 0
    return number


def _open(path: Path, how: str) -> sqlite3.Connection:
    refuse_fork()
    connection = sqlite3.connect(
        f"{path.as_uri()}?{how}", uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_STATEMENT)
    # One text that is not UTF-8 must not keep people from all others.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    return connection


_LARGEST_POINTER = 2000
"""Bytes. No file of SQLite is so small once a table of ours is in it, so that such a one may be read with open()."""


def is_pointer(path: Path) -> bool:
    """Whether a small text lies there that says where on a hub the partnership is; see `ctekit.store.pointer`."""
    try:
        return (
            path.is_file() and 0 < path.stat().st_size <= _LARGEST_POINTER and "\nstore = " in path.read_text("utf-8")
        )
    except (OSError, ValueError):
        return False


def sentence(error: Exception, path: Path) -> str:
    """What an error of SQLite means to people."""
    cause = getattr(error, "orig", error)
    name = _NAMES.get(getattr(cause, "errno", None) or 0) or str(getattr(cause, "sqlite_errorname", ""))
    if not path.exists():
        return f"The file “{path}” is no longer there. Put it back, or open the folder it is in now; then try again."
    if is_pointer(path):
        return (
            f"“{path}” was moved to a hub while it was open, so nothing was saved or read. Open the partnership there; "
            "a notebook that is open there goes on after its kernel was restarted."
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return (
            f"The disk is full or does not answer: “{path}” could not be written and is as it was before. "
            "Free some space, then save again."
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return (
            f"Another program kept “{path}” busy for {PATIENCE} seconds, so nothing was saved. "
            "Close the other program, then save again."
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return (
            f"“{path}” cannot be written: the file or its folder is read-only. "
            "Copy the folder to a place where you may write, and open it there."
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "no such table" in str(error):
        return damaged(path)
    return f"“{path}” could not be read or written ({cause}). Nothing was changed; keep the file and try again."


def damaged(path: Path) -> str:
    """What to say about a file that is ours but broken; only after it was read with locks."""
    return f"“{path}” is damaged, and nothing was written to it. Keep it, and go on with a copy of your newest backup."


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into a StoreError with one sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(sentence(error, path)) from error
