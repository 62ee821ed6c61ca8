"""Preparing a database for the partnerships of a hub, once, by whoever runs it."""

from __future__ import annotations

from importlib import resources

from sqlalchemy import URL, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from ctekit.store.edits import StoreError
from ctekit.store.postgres.database import check_version
from ctekit.store.postgres.sentences import sentence
from ctekit.store.schema import APPLICATION, SCHEMA


def prepare(url: URL) -> bool:
    """Make the tables, rights and rules of the store in a database that has none.

    Parameters
    ----------
    url : sqlalchemy.URL
        With the name of the role that is to own them; it may make roles.

    Returns
    -------
    bool
        Whether they were made now; False where they were there, of this version.

    Raises
    ------
    StoreError
        It cannot be done; nothing was changed.
    """
    from psycopg import Error

    engine = create_engine(url, connect_args={"connect_timeout": 5})
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION})
            if inspect(connection).has_table("store"):
                check_version(connection)
                return False
            script = (resources.files("ctekit.store.postgres") / "schema.sql").read_text("utf-8")
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(script)  # SQLAlchemy would send one statement
            values = {"application": APPLICATION, "version": SCHEMA}
            connection.execute(text("INSERT INTO store (application, version) VALUES (:application, :version)"), values)
            return True
    except (DBAPIError, Error) as error:
        raise StoreError(sentence(error)) from error
    finally:
        engine.dispose()
