"""A store in PostgreSQL: a transaction begins as it has to, and a server that was away is asked again."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, bindparam, create_engine, event, func, insert, select, text
from sqlalchemy.exc import DBAPIError

from ctekit.store import connect, file
from ctekit.store.connect import refuse_fork
from ctekit.store.edits import StoreError
from ctekit.store.postgres.sentences import is_busy, is_gone, sentence
from ctekit.store.schema import APPLICATION, SCHEMA, r, revision

T = TypeVar("T")

_PAUSE = 0.2
"""Seconds between two tries at a server that does not answer."""

_SETTINGS = {
    "synchronous_commit": "on",  # whatever the server's default: "saved" means on the disk
    "lock_timeout": f"{connect.PATIENCE}s",
    # A kernel that hangs must not keep its co-facilitators waiting; one that reads a long paste in on a busy computer
    # says nothing to the server for a minute, and is not hanging.
    "idle_in_transaction_session_timeout": "300s",
    "search_path": "public",
}
_ARGUMENTS = {
    "options": " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items()),
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,  # ms; a server that was unplugged says nothing
    "application_name": "ctekit",
}

# Two who save at once would give the same number twice. The second waits here until the first is done.
_BEGIN_WRITING = text("SELECT set_config('ctekit.partnership', :partnership, true), lock_partnership(:partnership)")


class PostgresDatabase:
    """A partnership in PostgreSQL, a `Database`.

    Attributes
    ----------
    path : Path
        Of the pointer in the partnership's folder.
    partnership : str
        Its id.
    """

    def __init__(self, path: Path, url: URL, partnership: str) -> None:
        refuse_fork()
        self.path, self.partnership, self._url = path, partnership, url
        # One connection is kept. The server may have gone and come back: each is tried before it is used.
        self._engine = create_engine(
            url,
            connect_args=_ARGUMENTS,
            pool_size=1,
            max_overflow=20,
            pool_timeout=connect.PATIENCE,
            pool_pre_ping=True,
        )

        @event.listens_for(self._engine, "begin")
        def _(connection: Connection) -> None:
            if not connection.get_execution_options().get("postgresql_readonly"):
                connection.execute(_BEGIN_WRITING, {"partnership": partnership})

    def engine(self, *, writing: bool) -> Engine:
        """An engine that reads or writes; all that one transaction reads is of one moment."""
        if writing:
            return self._engine
        return self._engine.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")

    def check(self) -> None:
        """See that the database was prepared for this ctekit, and that the partnership can be read.

        Raises
        ------
        StoreError
            It is not so.
        """
        try:
            with self.patiently(self.engine(writing=False).connect) as connection:
                check_version(connection)
                query = select(r.seq).where(r.partnership == self.partnership).limit(1)
                if connection.scalar(query) is None:
                    raise StoreError(
                        f"The partnership of “{self.path}” is not on the hub, or is not shared with you. "
                        "Ask its facilitator to share it with you."
                    )
        except DBAPIError as error:
            raise StoreError(self.sentence(error)) from error

    def sentence(self, error: Exception) -> str:
        """What an error of PostgreSQL means to people."""
        return sentence(error)

    def is_busy(self, error: BaseException) -> bool:
        """Whether somebody else was writing for too long."""
        return is_busy(error)

    def patiently(self, work: Callable[[], T]) -> T:
        """Do some work; again, for a while, where the server was stopped amid it or is not back yet."""
        ends = time.monotonic() + connect.PATIENCE
        while True:
            try:
                return work()
            except DBAPIError as error:
                if not is_gone(error) or time.monotonic() > ends:
                    raise
            time.sleep(_PAUSE)

    def copy(self, target: Path) -> None:
        """Write all of the partnership into a new file, as it stands at one moment."""
        file.refuse_target(target)
        query = select(revision).where(r.partnership == self.partnership).order_by(r.seq)
        with self.engine(writing=False).connect() as connection:
            rows = connection.execution_options(yield_per=1000).execute(query)
            file.make(target, (dict(row._mapping) for row in rows))
        file.inspect(target)

    def close(self) -> None:
        """Give connections back."""
        self._engine.dispose()


def check_version(connection: Connection) -> None:
    """See that a database was prepared for this ctekit.

    Raises
    ------
    StoreError
        It was not, or for another version.
    """
    row = connection.execute(text("SELECT application, version FROM store")).one_or_none()
    if row is None or row.application != APPLICATION:
        raise StoreError("The hub's database holds something that is not ctekit's. Nothing was changed.")
    if row.version != SCHEMA:
        raise StoreError(
            f"The hub's database has schema {row.version}, and this ctekit knows {SCHEMA}. Nothing was changed. "
            "Ask whoever runs the hub for the same version on both sides."
        )


def make(url: URL, partnership: str, rows: list[dict[str, object]]) -> None:
    """Put a new partnership with its first revisions into the database, all of them or none.

    Raises
    ------
    StoreError
        The database cannot be written.
    """
    refuse_fork()
    database = PostgresDatabase(Path(), url, partnership)
    try:
        with database.engine(writing=True).begin() as connection:
            check_version(connection)
            connection.execute(select(func.new_partnership(bindparam("wanted", partnership))))
            connection.execute(insert(revision), rows)
    except DBAPIError as error:
        raise StoreError(sentence(error)) from error
    finally:
        database.close()
