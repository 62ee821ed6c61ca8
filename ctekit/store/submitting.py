"""Submitting a partnership's counts to the state agency on a hub, taking them back, and reading them there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError

from ctekit.store import pointer
from ctekit.store.edits import StoreError
from ctekit.store.postgres.database import PostgresDatabase, check_version
from ctekit.store.postgres.sentences import sentence


def submit(path: Path, document: str) -> None:
    """Give a partnership's counts to the state agency of its hub, in place of earlier ones.

    Parameters
    ----------
    path : pathlib.Path
        Of the pointer to the partnership.
    document : str
        Its counts, as a roll-up reads them.

    Raises
    ------
    StoreError
        It is on no hub, or is not ours to submit.
    """
    _ask(path, lambda partnership: func.submit_counts(partnership, document))


def withdraw(path: Path) -> bool:
    """Take a partnership's counts back from the state agency.

    Parameters
    ----------
    path : pathlib.Path
        Of the pointer to the partnership.

    Returns
    -------
    bool
        Whether there were any.

    Raises
    ------
    StoreError
        It is on no hub, or is not ours to take back.
    """
    return bool(_ask(path, func.withdraw_counts))


def _ask(path: Path, question: Any) -> Any:
    there = pointer.read(path)
    if there is None:
        raise StoreError(
            f"“{path}” is on no hub, so its counts cannot be submitted there. Write them into a file to mail instead: "
            "ctekit submit -o FILE."
        )
    database = PostgresDatabase(path, pointer.address_of(path, there), there.partnership)
    with closing(database):
        try:
            with database.engine(writing=True).begin() as connection:
                return connection.scalar(select(question(there.partnership)))
        except DBAPIError as error:
            raise StoreError(database.sentence(error)) from error


def submissions(url: URL) -> list[tuple[str, str]]:
    """What partnerships of a hub submitted.

    Parameters
    ----------
    url : sqlalchemy.URL
        Of the database, with the name and password of somebody of the state agency.

    Returns
    -------
    list of tuple of str
        Id of the partnership and its counts, in the order of ids.

    Raises
    ------
    StoreError
        The database does not answer, was not prepared, or does not let us.
    """
    engine = create_engine(url, connect_args={"connect_timeout": 5})
    try:
        with engine.connect() as connection:
            check_version(connection)
            query = text("SELECT partnership, document FROM submission ORDER BY partnership")
            return [(row.partnership, row.document) for row in connection.execute(query)]
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == "42501":
            raise StoreError(
                "Only somebody of the state agency can read what partnerships submitted, and you are not one on this "
                "hub. Ask whoever runs the hub."
            ) from error
        raise StoreError(sentence(error)) from error
    finally:
        engine.dispose()
