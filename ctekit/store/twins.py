"""Rows that stand at one place, as where two copies each added one at the end: in the order in which they were born.

Their ids cannot say it: each copy numbers in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from ctekit.store.schema import r


def births_of_twins(connection: Connection, partnership: str, lines: Iterable[Any]) -> dict[tuple[str, str], Any]:
    """When each row was born that stands where another one does: (worksheet, row) -> time and uid.

    Parameters
    ----------
    connection : Connection
    partnership : str
    lines : iterable
        What stands, as `ctekit.store.schema.current` gives it.

    Returns
    -------
    dict
        Empty where no copies were ever merged.
    """
    places: dict[tuple[str, str, str], list[str]] = {}
    for _, worksheet, row, field, value in lines:
        if field == "row" and isinstance(row, str) and isinstance(value, str):
            places.setdefault((worksheet, row.rpartition("-")[0], value), []).append(row)
    born: dict[tuple[str, str], Any] = {}
    for worksheet, *_, rows in ((*place, rows) for place, rows in places.items() if len(rows) > 1):
        mine = (r.partnership == partnership, r.worksheet == worksheet, r.field == "row", r.row.in_(rows))
        for line in connection.execute(select(r.row, r.said_at, r.at, r.uid).where(*mine).order_by(r.seq)):
            born.setdefault((worksheet, line.row), (line.said_at or line.at, line.uid))
    return born
