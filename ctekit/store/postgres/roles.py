"""Roles in the database of a hub: one for each person, whose password is made anew with each start and runs out."""

from __future__ import annotations

import datetime
import hashlib
import secrets

from sqlalchemy import URL, create_engine
from sqlalchemy.exc import DBAPIError

from ctekit.store.edits import StoreError
from ctekit.store.postgres.sentences import sentence

HOURS = 24
"""So long a password lasts; who is connected by then stays so."""

ROOMS = "ctekit_rooms"
"""The role of the process that serves rooms; `schema.sql` makes it and says what it may do."""

AGENCY = "ctekit_agency"
"""The group of the roles of people of the state agency, who see what partnerships submitted, and nothing else."""

_FACILITATOR = "ctekit_facilitator"

_LONGEST = 60
"""Bytes of a role's name; PostgreSQL cuts longer ones, so that two people might share a role."""

_MOST = 40
"""Connections of one facilitator: notebooks, rooms, exports."""


def role_of(user: str, group: str = _FACILITATOR) -> str:
    """The name of the role of a user of the hub in a group."""
    # The second letter is for long names, so that nobody is named like a long name's role.
    short, long = ("a_", "b_") if group == AGENCY else ("f_", "g_")
    if len((name := short + user).encode()) <= _LONGEST:
        return name
    return long + hashlib.sha256(user.encode()).hexdigest()[:40]


def mint(owner: URL, user: str, hours: float = HOURS, group: str = _FACILITATOR) -> URL:
    """Give a user of the hub a fresh password, and a role if there is none yet.

    Parameters
    ----------
    owner : sqlalchemy.URL
        Of the database, with the role that owns the tables.
    user : str
        The user's name on the hub.
    hours : float
        So long the password lasts.
    group : str
        `AGENCY` for somebody of the state agency; a facilitator if not told.

    Returns
    -------
    sqlalchemy.URL
        For the user: the same database, with the role and the password.

    Raises
    ------
    StoreError
        The database does not answer, or does not let us.
    """
    role, password = role_of(user, group), secrets.token_urlsafe(32)
    until = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours)
    _run(owner, role, f"LOGIN CONNECTION LIMIT {_MOST} VALID UNTIL '{until.isoformat()}'", password, group)
    return owner.set(username=role, password=password)


def mint_rooms(owner: URL) -> URL:
    """Give the process that serves rooms to phones a fresh password, which lasts until the next one is made.

    Parameters
    ----------
    owner : sqlalchemy.URL
        Of the database, with the role that owns the tables.

    Returns
    -------
    sqlalchemy.URL
        The same database, with the role and the password.

    Raises
    ------
    StoreError
        The database does not answer, was not prepared, or does not let us.
    """
    password = secrets.token_urlsafe(32)
    _run(owner, ROOMS, "LOGIN VALID UNTIL 'infinity'", password, ROOMS)
    return owner.set(username=ROOMS, password=password)


def retire(owner: URL, user: str) -> None:
    """Take a user's password away, as when their server stops; what is connected stays so until it ends.

    Parameters
    ----------
    owner : sqlalchemy.URL
        Of the database, with the role that owns the tables.
    user : str
        The user's name on the hub.

    Raises
    ------
    StoreError
        The database does not answer, or does not let us.
    """
    for group in (_FACILITATOR, AGENCY):
        _run(owner, role_of(user, group), "NOLOGIN", None)


def _run(owner: URL, role: str, rights: str, password: str | None, group: str = "") -> None:
    """Change a role; one that is not there is made in a group, or left alone without one."""
    from psycopg import Error, sql

    engine = create_engine(owner, connect_args={"connect_timeout": 5})
    try:
        with engine.begin() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            name = sql.Identifier(role)
            if not driver.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                if not group:
                    return
                driver.execute(sql.SQL("CREATE ROLE {} IN ROLE {}").format(name, sql.Identifier(group)))
            # Made unreadable here: statements with passwords end up in logs.
            word = driver.pgconn.encrypt_password((password or "").encode(), role.encode(), b"scram-sha-256").decode()
            secret = sql.Literal(word if password else None)
            driver.execute(sql.SQL("ALTER ROLE {} {} PASSWORD {}").format(name, sql.SQL(rights), secret))
    except (DBAPIError, Error) as error:
        raise StoreError(sentence(error)) from error
    finally:
        engine.dispose()
