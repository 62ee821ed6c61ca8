"""What a file says: its answers, each with its place in the file, before anything is read or compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ctekit.model.errors import CtekitError

LARGEST = 20_000_000
"""Bytes of a file that is read, and of what a spreadsheet unpacks to."""

MOST_ROWS = 10_000
"""Rows of a table that are read."""

Place = tuple[str, str, str]
"""Worksheet, row and field, as the store has them."""


class ImportRefusedError(CtekitError):
    """A file cannot be taken in, and nothing was written. The message is one sentence or two for people."""


@dataclass(frozen=True)
class Given:
    """One answer of a file.

    Attributes
    ----------
    value : object
        As the file holds it; of a mark, a mapping of its parts.
    where : str
        Where it stands, for people: ``"People, cell C7"``.
    """

    value: Any = field(repr=False)
    where: str


@dataclass(frozen=True)
class GivenRow:
    """One row of a table of a file.

    Attributes
    ----------
    id : str
        The row it was when the file was written; "" for one that was added.
    where : str
        Where it stands, for people.
    answers : mapping
        By field; marks as ``"marks/name"``.
    """

    id: str
    where: str
    answers: Mapping[str, Given]


@dataclass(frozen=True)
class Contents:
    """All that a file says.

    Attributes
    ----------
    partnership : str
        The id of the partnership it is of.
    state : str
        The uid of the revision that was the newest when it was written.
    private : bool
        Whether it was written with the answers for the facilitator only.
    tables : mapping
        Rows by table (``"profile.people"``); only of tables that the file holds.
    answers : mapping
        The answers outside tables, cells of a matrix, and marks that stand apart, by place.
    strange : sequence of str
        Sentences about what is in it and belongs to no question.
    cut : sequence of str
        What people call the tables whose last rows were not read: there are too many.
    """

    partnership: str
    state: str
    private: bool
    tables: Mapping[str, Sequence[GivenRow]] = field(default_factory=dict)
    answers: Mapping[Place, Given] = field(default_factory=dict)
    strange: Sequence[str] = ()
    cut: Sequence[str] = ()
