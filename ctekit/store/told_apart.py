"""Rows that look like the same, and of which people said that they are two: nobody is asked again, in no copy."""

from __future__ import annotations

import uuid

from sqlalchemy import Connection, select

from ctekit.store.batch import somebody
from ctekit.store.join_rows import check_two
from ctekit.store.lines import APART, Line, append
from ctekit.store.schema import current, r, stands
from ctekit.store.store import Store
from ctekit.store.text import from_text, to_text

SHEET = "profile"
"""The worksheet whose rows can look like the same."""

Pair = frozenset[str]
"""The ids of two rows."""


def tell_apart(store: Store, first: str, second: str) -> None:
    """Keep that two rows are two, whatever they look like.

    Parameters
    ----------
    store : Store
    first, second : str
        Their ids.

    Raises
    ------
    StoreError
        There is no such row, or they are not of one table; or it could not be saved.
    """
    with store._reading() as connection:
        lines = connection.execute(current(store.partnership, r.worksheet == SHEET, r.field == "row")).all()
    check_two({line.row for line in lines if from_text(line.value) is not None}, SHEET, first, second)
    _write(store, {uuid.uuid4().hex: to_text(sorted((first, second)))})


def ask_again(store: Store) -> int:
    """Take back what was said of all pairs: those that look like the same are proposed again.

    Parameters
    ----------
    store : Store

    Returns
    -------
    int
        How many pairs there were.

    Raises
    ------
    StoreError
        It could not be saved.
    """
    there = _standing(store)
    if there:
        _write(store, dict.fromkeys(there))
    return len(set(there.values()))


def told_apart(store: Store) -> frozenset[Pair]:
    """The pairs of rows of which people said that they are two.

    Parameters
    ----------
    store : Store

    Returns
    -------
    frozenset
        Of pairs of ids; it does not matter which comes first.
    """
    return frozenset(_standing(store).values())


def _standing(store: Store) -> dict[str, Pair]:
    mine = (r.partnership == store.partnership, r.worksheet == APART, r.respondent == APART, stands)
    with store._reading() as connection:
        lines = connection.execute(select(r.field, r.value).where(*mine).order_by(r.seq)).all()
    values = {line.field: from_text(line.value) for line in lines}
    return {field: frozenset(map(str, value)) for field, value in values.items() if isinstance(value, list)}


def _write(store: Store, values: dict[str, str | None]) -> None:
    """Write what stands from now on, by the name under which it was first said."""
    token = uuid.uuid4().hex

    def work(connection: Connection, partnership: str, at: str, newest: int) -> None:
        if connection.scalar(select(r.seq).where(r.partnership == partnership, r.uid == f"{token}.1")) is not None:
            return  # sent again, since the connection was lost before it was known to be there
        lines = [
            Line(newest + number, f"{token}.{number}", APART, "", field, APART, None, value, somebody(), at, None, None)
            for number, (field, value) in enumerate(values.items(), 1)
        ]
        append(connection, partnership, lines)

    store.write(work)
