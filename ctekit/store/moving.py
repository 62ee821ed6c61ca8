"""Moving a partnership whole between a laptop and a hub: answers, history and ratings, each revision as it was."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from ctekit.store import backups, file, pointer
from ctekit.store.connect import connect, translated_errors
from ctekit.store.edits import StoreError
from ctekit.store.opening import open_store
from ctekit.store.ours import check_schema
from ctekit.store.postgres.database import PostgresDatabase, check_version
from ctekit.store.schema import SCHEMA, r, revision

_MANY = 1000
"""So many revisions go to the hub at once."""

Row = dict[str, object]


def to_hub(path: Path, url: URL) -> Path:
    """Move a partnership from its file into the database of a hub, and leave a pointer in the file's place.

    Parameters
    ----------
    path : pathlib.Path
        Of the file.
    url : sqlalchemy.URL
        Of the database, with user name and password.

    Returns
    -------
    pathlib.Path
        The backup of the file.

    Raises
    ------
    StoreError
        It could not be moved, or goes on at the hub already. The file is as it was.
    """
    file.refuse_pointer(path)
    with closing(open_store(path)) as store:  # which brings an older one up to date
        partnership, backup = store.partnership, backups.keep(store)
    with translated_errors(path), closing(connect(path, writing=True)) as ours:
        ours.execute("BEGIN IMMEDIATE")  # nobody saves from here on
        check_schema(ours, path, SCHEMA)
        _put(path, url, partnership, _rows_of(ours, path, partnership))
        draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
        pointer.write(draft, pointer.Pointer(pointer.location(url), partnership))
        draft.replace(path)  # who waits to save has the old file open still; SQLite sees that it was moved, and refuses
        ours.execute("ROLLBACK")
    return backup


def to_laptop(path: Path) -> None:
    """Move a partnership out of a hub, into a file in the place of its pointer. The hub takes nothing for it any more.

    What the hub has stays there, to be read, until the partnership is moved back.

    Parameters
    ----------
    path : pathlib.Path
        Of the pointer.

    Raises
    ------
    StoreError
        It is in a file already, or could not be moved. Nothing was changed then.
    """
    there = pointer.read(path)
    if there is None:
        raise StoreError(f"“{path}” is a file of its own already, and on no hub. Nothing was changed.")
    database = PostgresDatabase(path, pointer.address_of(path, there), there.partnership)
    database.check()
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with database.engine(writing=True).begin() as connection:
            connection.execute(select(func.send_away(there.partnership)))
            database.copy(draft)
        # Should we end here, the pointer is still there, and the same again does the rest.
        draft.replace(path)
    except DBAPIError as error:
        raise StoreError(database.sentence(error)) from error
    finally:
        draft.unlink(missing_ok=True)
        database.close()


def _rows_of(connection: sqlite3.Connection, path: Path, partnership: str) -> list[Row]:
    """All revisions of a file; a hub takes none that no ctekit wrote."""
    columns = revision.columns.keys()
    names = ", ".join(f'"{column}"' for column in columns)
    rows = [
        dict(zip(columns, row, strict=True)) for row in connection.execute(f"SELECT {names} FROM revision ORDER BY seq")
    ]
    for row in rows:
        if row["partnership"] != partnership or not all(_fits(column, value) for column, value in row.items()):
            raise StoreError(
                f"“{path}” holds a revision that no ctekit wrote (number {row['seq']}), which no hub takes. Nothing "
                "was changed. Ask for help with it, or go on with the file."
            )
    return rows


def _fits(column: str, value: object) -> bool:
    described = revision.columns[column]
    if value is None:
        return bool(described.nullable)
    return isinstance(value, described.type.python_type) and "\0" not in str(value)


def _put(path: Path, url: URL, partnership: str, rows: Sequence[Row]) -> None:
    """Put all revisions into the database, in one transaction."""
    database = PostgresDatabase(path, url, partnership)
    try:
        with database.patiently(database.engine(writing=True).connect) as connection, connection.begin():
            check_version(connection)
            if _is_there(connection, partnership, rows):
                return  # an earlier try came so far
            for start in range(0, len(rows), _MANY):
                connection.execute(insert(revision), list(rows[start : start + _MANY]))
    except DBAPIError as error:
        raise StoreError(database.sentence(error)) from error
    finally:
        database.close()


def _is_there(connection: Connection, partnership: str, rows: Sequence[Row]) -> bool:
    """Make room for a partnership in the database; gives whether it holds just these revisions already."""
    query = text("SELECT is_away FROM partnership WHERE id = :id")
    is_away = connection.scalar(query, {"id": partnership})
    if is_away is None:
        connection.execute(select(func.new_partnership(partnership)))
        return False
    there = connection.execute(select(r.seq, r.uid).where(r.partnership == partnership)).all()
    if is_away and {row.uid for row in there} <= {row["uid"] for row in rows}:  # a copy from before it left has fewer
        connection.execute(select(func.bring_back(partnership)))
        return False
    if is_away or {(row.seq, row.uid) for row in there} != {(row["seq"], row["uid"]) for row in rows}:
        raise StoreError(
            "This partnership is on the hub already and goes on there, with other changes. Nothing was moved. Join the "
            "two with ctekit merge: move the hub's out first, into another folder."
        )
    return True
