"""SQLAlchemy's engine over the file: each transaction begins as it has to, and sees that the file is still ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from ctekit.store.connect import connect, told
from ctekit.store.ours import verify


def engine(path: Path, partnership: str, *, writing: bool) -> Engine:
    """An engine that reads or writes the file of a partnership."""
    # No pool: a file that was put back from a copy is read from then on.
    engine_ = create_engine("sqlite://", creator=lambda: connect(path, writing=writing), poolclass=NullPool)
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN"  # a reader that began IMMEDIATE would wait for every writer

    @event.listens_for(engine_, "begin")
    def _(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
        with told(path):
            verify(cast(sqlite3.Connection, connection.connection.driver_connection), path, partnership)

    return engine_
