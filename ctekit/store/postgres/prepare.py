"""Preparing a database for the partnerships of a hub, and again after an upgrade, by whoever runs it."""

from __future__ import annotations

import hashlib
from importlib import resources

from sqlalchemy import URL, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from ctekit.store.edits import StoreError
from ctekit.store.postgres.database import check_version
from ctekit.store.postgres.sentences import sentence
from ctekit.store.schema import APPLICATION, SCHEMA


def prepare(url: URL) -> bool:
    """Make the tables of the store in a database that has none, and its functions, rights and rules in any.

    Parameters
    ----------
    url : sqlalchemy.URL
        With the name of the role that is to own them; it may make roles.

    Returns
    -------
    bool
        Whether anything was made now; False where all of it was there as this ctekit needs it.

    Raises
    ------
    StoreError
        It cannot be done; nothing was changed.
    """
    from psycopg import Error

    script = (resources.files("ctekit.store.postgres") / "schema.sql").read_text("utf-8")
    stamp = hashlib.sha256(script.encode()).hexdigest()  # by which we know a database that has all of it
    engine = create_engine(url, connect_args={"connect_timeout": 5})
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION})
            is_new = not inspect(connection).has_table("store")
            if not is_new:
                check_version(connection)
                if connection.scalar(text("SELECT obj_description('store'::regclass)")) == stamp:
                    return False
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(script)  # SQLAlchemy would send one statement
            if is_new:
                values = {"application": APPLICATION, "version": SCHEMA}
                query = "INSERT INTO store (application, version) VALUES (:application, :version)"
                connection.execute(text(query), values)
            connection.execute(text(f"COMMENT ON TABLE store IS '{stamp}'"))
            return True
    except (DBAPIError, Error) as error:
        raise StoreError(sentence(error)) from error
    finally:
        engine.dispose()
