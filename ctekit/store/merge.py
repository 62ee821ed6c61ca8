"""Merging other copies of a partnership's file into ours: joined while people go on, written in one transaction."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection

from ctekit.model.paths import STORE_FILE
from ctekit.store import backups
from ctekit.store.batch import Batch
from ctekit.store.database import newest_seq
from ctekit.store.edits import Edit
from ctekit.store.joining import Joined, Joining
from ctekit.store.lines import MERGES, Line, Place, append, holds, lines_of, read_copy, row_of
from ctekit.store.opening import open_store
from ctekit.store.store import Store
from ctekit.store.text import from_text, to_text

Side = Literal["", "ours", "theirs"]
"""Whose answer is taken where both changed the same; "" for the one that was said last, until somebody chooses."""

_TRIES = 3
"""So often a merge is made anew because somebody saved amid it, before it keeps others from saving."""

_NAMED = 150
"""So many ballots are named in one revision: however long their uids are, it is not too long for an answer."""


@dataclass(frozen=True)
class Copy:
    """Another copy of the file, read.

    Attributes
    ----------
    name : str
    lines : list of Line
        All its revisions, in order.
    """

    name: str
    lines: list[Line]


def read(store: Store, paths: Iterable[Path]) -> list[Copy]:
    """Read other copies, all of each, before anything is written. None of them is changed.

    Parameters
    ----------
    store : Store
        Ours.
    paths : iterable of pathlib.Path
        Of their files.

    Returns
    -------
    list of Copy

    Raises
    ------
    StoreError
        One cannot be used.
    """
    return [Copy(str(path), read_copy(path, store.partnership)) for path in paths]


@contextmanager
def tried(store: Store, copies: Sequence[Copy], side: Side = "") -> Iterator[tuple[Store, list[Joined]]]:
    """What `merge` would make of our file, in a copy of it that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="ctekit-") as place:
        store.backup(Path(place) / STORE_FILE)
        draft = open_store(Path(place) / STORE_FILE)
        try:
            yield draft, write(draft, copies, side)
        finally:
            draft.close()


def merge(store: Store, copies: Sequence[Copy], side: Side = "") -> tuple[list[Joined], Path]:
    """Merge other copies into ours, all of it or nothing; how it stood is backed up first.

    Parameters
    ----------
    store : Store
        Ours.
    copies : sequence of Copy
    side : str
        Whose answer is taken where both changed the same.

    Returns
    -------
    list of Joined
        One a copy.
    pathlib.Path
        The backup.

    Raises
    ------
    StoreError
        A copy cannot be merged, or the file not be written. Nothing was changed.
    """
    backup = backups.keep(store, max(backups.KEPT, len(backups.all_of(store.path.parent))))
    return write(store, copies, side), backup


def write(store: Store, copies: Sequence[Copy], side: Side = "") -> list[Joined]:
    """What `merge` does, without the backup. All is read and joined before anybody has to wait with saving."""
    token = f"merge-{uuid.uuid4().hex}"
    for _ in range(_TRIES):
        with store._reading() as connection:
            there = lines_of(connection, store.partnership), newest_seq(connection, store.partnership)
        plan = _plan(*there, copies)
        if not plan.lines or store.write(partial(_append, plan=plan, side=side, token=token)):
            return plan.joined

    # Somebody goes on writing in the rows that come, and has to wait now.
    def alone(connection: Connection, partnership: str, at: str, newest: int) -> list[Joined]:
        plan = _plan(lines_of(connection, partnership), newest, copies)
        if plan.lines:  # else all of it came meanwhile: somebody merged the same, or we did and lost the connection
            _append(connection, partnership, at, newest, plan, side, token)
        return plan.joined

    return store.write(alone)


@dataclass(frozen=True)
class _Plan:
    """What comes of a merge, joined to our file as it stood at one moment.

    Attributes
    ----------
    ours : list of Line
        All its revisions.
    newest : int
        The number after which the next one came.
    joined : list of Joined
        One a copy.
    """

    ours: list[Line]
    newest: int
    joined: list[Joined]

    @property
    def lines(self) -> list[Line]:
        return [line for each in self.joined for line in each.lines]


def _plan(ours: list[Line], newest: int, copies: Sequence[Copy]) -> _Plan:
    joining = Joining(ours, newest)
    return _Plan(ours, newest, [joining.take(copy.lines, copy.name) for copy in copies])


def _append(connection: Connection, partnership: str, at: str, first: int, plan: _Plan, side: Side, token: str) -> bool:
    """Write what comes; False, and nothing, where what was saved meanwhile has to be joined too."""
    if not holds(connection, partnership, plan.ours, {row_of(line) for line in plan.lines}):
        return False
    lines = [line for each in plan.joined for line in each.arrived(at, plan.newest, first - plan.newest)]
    append(connection, partnership, lines)
    if side:
        Batch(connection, partnership, at, newest_seq(connection, partnership)).write(_chosen(plan.joined, side, token))
    append(connection, partnership, _notes(token, first, newest_seq(connection, partnership), lines, at))
    return True


def _chosen(joined: Sequence[Joined], side: Side, token: str) -> list[Edit]:
    chosen: dict[Place, Line] = {}
    for both in (both for each in joined for both in each.both_changed):
        if side == "ours":
            chosen.setdefault(both.place, both.ours)
        else:
            chosen[both.place] = both.theirs
    return [
        Edit(line.worksheet, line.field, from_text(line.value), line.row, uid=f"{token}.{number}", settles=True)
        for number, line in enumerate(chosen.values())
    ]


def _notes(token: str, first: int, newest: int, lines: Sequence[Line], at: str) -> list[Line]:
    """The revisions that say what came with a merge; ballots bear numbers by lot, and so are named.

    The last one has the uid of the merge; those before it, where there are more ballots than one can name, begin so.
    """
    ballots = [line.uid for line in lines if line.seq < 0]
    parts = [ballots[start : start + _NAMED] for start in range(0, len(ballots), _NAMED)] or [[]]
    uids = [*(f"{token}.{number}" for number in range(1, len(parts))), token]
    return [
        Line(
            seq, uid, MERGES, "", "merge", MERGES, None, to_text({"after": first, "ballots": part}), "", at, None, None
        )
        for seq, (uid, part) in enumerate(zip(uids, parts, strict=True), newest + 1)
    ]
