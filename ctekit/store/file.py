"""The file on the disk: looked at before it is touched, made, copied and brought up to date whole."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path, PureWindowsPath

from ctekit.model.paths import STORE_FILE
from ctekit.store import schema
from ctekit.store.connect import application, connect, damaged, is_pointer, refuse_fork, translated_errors
from ctekit.store.edits import StoreError
from ctekit.store.ours import check_schema


def refuse_pointer(path: Path) -> None:
    """See that a partnership is in a file of its own.

    Raises
    ------
    StoreError
        It is kept on a hub.
    """
    if is_pointer(path):
        raise StoreError(
            f"“{path}” is kept on a hub, where this cannot be done. Take it out with `ctekit move --here`, do it "
            "there, and move it back."
        )


def inspect(path: Path, *, sound: bool = True) -> int:
    """Look at a file, and give the version of its schema. What is not ours is not touched.

    `sound` also reads all of it; whoever looks closer afterwards need not have it read twice.

    Only what was read with locks says that a file is damaged: without them, a save that goes on, or was cut short and
    will be taken back, looks like damage.

    Raises
    ------
    StoreError
        It is not there, not ours, damaged, or made by a newer ctekit.
    """
    _refuse_network(path)
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder “{path.parent}”. Check its name, or make one with `ctekit new`.")
    if path.is_dir():
        raise StoreError(f"“{path}” is a folder, but a partnership is a file. Open the “{STORE_FILE}” in its folder.")
    if not path.exists():
        raise StoreError(f"There is no partnership “{path}”. Check the folder, or make one with `ctekit new`.")
    if not os.access(path, os.R_OK):
        raise StoreError(f"You may not read “{path}”. Ask whoever owns the file to let you.")
    refuse_pointer(path)
    with translated_errors(path):
        # Opening a pipe would wait for a writer for ever.
        if not path.is_file() or application(path) != schema.APPLICATION:
            raise StoreError(_foreign(path))
        with closing(connect(path, writing=False)) as connection:
            connection.execute("BEGIN")  # so that all this is of one moment
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            if version > schema.SCHEMA:
                raise StoreError(
                    f"“{path}” was written by a newer ctekit (schema {version}; this one knows {schema.SCHEMA}). "
                    "Nothing in it was changed. Update ctekit, then open it again."
                )
            try:
                check_schema(connection, path, version)
                schema.statements(schema.SCHEMA)
            except LookupError:  # there was no such version, or a step is missing
                raise StoreError(
                    f"“{path}” has schema {version}, and no steps lead from there to {schema.SCHEMA}. "
                    "Nothing in it was changed. Open it with the ctekit that wrote it."
                ) from None
            if sound and _troubles(connection, path):
                raise StoreError(damaged(path))
    return version


def make(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Make a store with its first revisions, by column. It is there whole, or not at all.

    Raises
    ------
    StoreError
        There is a file already, or the folder cannot be written.
    """
    refuse_place(path)
    with whole(path) as draft, translated_errors(path.parent):
        draft.touch()
        with closing(connect(draft, writing=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for statement in schema.statements(schema.SCHEMA):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
            connection.execute(f"PRAGMA user_version = {schema.SCHEMA}")
            columns = schema.revision.columns.keys()
            names, places = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
            lines = ([row.get(column) for column in columns] for row in rows)
            connection.executemany(f"INSERT INTO revision ({names}) VALUES ({places})", lines)
            connection.execute("COMMIT")


def refuse_place(path: Path) -> None:
    """See that a store can be made at a path.

    Raises
    ------
    StoreError
        There is a file already, or no folder for it.
    """
    refuse_fork()
    _refuse_network(path)
    if not path.parent.is_dir():
        raise StoreError(f"There is no folder “{path.parent}”. Make the folder first.")
    if path.exists():
        raise StoreError(f"There is already a file “{path}”. Open that one, or choose another folder.")


def copy(path: Path, target: Path) -> None:
    """Copy a store while it is in use; the copy is checked and on the disk before it has its name.

    Raises
    ------
    StoreError
        There is a file already at the target, the disk is full, or the store is damaged.
    """
    refuse_target(target)
    with whole(target) as draft:
        with (
            translated_errors(path if not path.exists() else target.parent),
            closing(connect(path, writing=True)) as connection,
        ):
            connection.execute("VACUUM INTO ?", (str(draft),))
        with translated_errors(target.parent), closing(connect(draft, writing=False)) as connection:
            if _troubles(connection, draft):
                raise StoreError(damaged(path))


def refuse_target(target: Path) -> None:
    """See that a copy can be made at a path.

    Raises
    ------
    StoreError
        There is a file already, or no folder for it.
    """
    if target.exists():
        raise StoreError(f"There is already a file “{target}”, and a copy never writes over one. Choose another name.")
    if not target.parent.is_dir():
        raise StoreError(f"There is no folder “{target.parent}”. Make the folder first, then copy again.")


def migrate(path: Path, version: int) -> None:
    """Bring an older store to our schema, after a copy of it has been put beside it.

    Raises
    ------
    StoreError
        The file cannot be written.
    """
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise StoreError(
            f"“{path}” is from an older ctekit and has to be brought up to date, but may not be written. "
            "Copy the folder to a place where you may write, and open it there."
        )
    copy(path, path.with_name(f"{path.name}.schema-{version}-{uuid.uuid4().hex[:8]}"))
    with translated_errors(path), closing(connect(path, writing=True)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        # Another program may have been faster.
        now: int = connection.execute("PRAGMA user_version").fetchone()[0]
        for number in range(now, schema.SCHEMA):
            for statement in schema.STEPS[number]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(now, schema.SCHEMA)}")
        connection.execute("COMMIT")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A draft beside `path`. At the end it takes that name, never over a file that is there; else it goes away."""
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        yield draft
        with translated_errors(path.parent):
            _flush(draft)
        try:
            os.link(draft, path)
        except FileExistsError as error:
            raise StoreError(f"There is already a file “{path}”. Open that one, or choose another name.") from error
        except OSError:  # a disk without hard links
            with translated_errors(path.parent):
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


def _troubles(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether something is damaged, or missing at the end: of a last page that is cut off SQLite takes what is left."""
    read = connection.execute
    (size,), (count,), (mode,) = (
        read(f"PRAGMA {name}").fetchone() for name in ("page_size", "page_count", "journal_mode")
    )
    is_cut = mode != "wal" and path.stat().st_size < size * count  # the log of that mode may hold what is missing
    return is_cut or read("PRAGMA quick_check(1)").fetchall() != [("ok",)]


def _foreign(path: Path) -> str:
    return (
        f"“{path}” is not a partnership of ctekit, or its beginning is damaged; it was not touched. Check the name. "
        "If it was one once, keep it and every file beside it whose name begins like it."
    )


def _refuse_network(path: Path) -> None:
    places = [path, path.resolve()] if os.name == "nt" else [path]
    for place in places:
        drive = PureWindowsPath(place).drive
        if drive.startswith("\\\\") and (not drive.startswith("\\\\?\\") or drive.upper().startswith("\\\\?\\UNC")):
            raise StoreError(
                f"“{path}” lies on a network drive, where two people writing at once can destroy it. "
                "Keep it on this computer, and put copies on the network."
            )
