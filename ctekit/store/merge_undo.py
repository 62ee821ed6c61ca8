"""Taking the last merge back in one step, by new revisions; all of it stays in the history."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ctekit.model.text import count
from ctekit.store.ballots import KEEPER, SHEET
from ctekit.store.batch import somebody
from ctekit.store.differences import taken_back
from ctekit.store.joining import BEFORE_ALL
from ctekit.store.letters import MAIL
from ctekit.store.lines import APART, MERGES, Line, Place, append, by_place, holds, lines_of, row_of
from ctekit.store.parents import tips
from ctekit.store.row_ids import births
from ctekit.store.store import Store
from ctekit.store.text import from_text

_UNDONE = ".undone"
"""How the uid of the revision ends that says that a merge was taken back."""

WITHDRAWN = (
    "What came with it is withdrawn also in every copy that merges this one later.",
    "To merge it again after all, first restore the backup from before the merge: ctekit restore-backup.",
)
"""What becomes of a merge that is taken back, for people: said before they do it, and after."""

_TRIES = 3
"""So often it is looked at anew what to take back because somebody saved amid it, before others have to wait."""


@dataclass(frozen=True)
class Undone:
    """What taking a merge back did.

    Attributes
    ----------
    number : int
        Answers and rows that stand as they stood before.
    stay : int
        Answers that came and that somebody has gone on from since, and rows; they stay.
    """

    number: int = 0
    stay: int = 0

    def sentences(self) -> list[str]:
        """What was done, how much stays, and what becomes of it in other copies, for people.

        Returns
        -------
        list of str
        """
        stay = "stays as it is" if self.stay == 1 else "stay as they are"
        changed = f"{count(self.stay, 'answer or row', 'answers and rows')} changed since then and {stay}."
        return [
            f"The last merge was taken back: {count(self.number, 'answer or row', 'answers and rows')}.",
            *WITHDRAWN,
            *([changed] if self.stay else ()),
        ]


def undo(store: Store) -> Undone | None:
    """Take the last merge back. Nothing of it is still to be chosen then.

    Parameters
    ----------
    store : Store

    Returns
    -------
    Undone or None
        None where there was no merge, or it was taken back before.

    Raises
    ------
    StoreError
        It could not be written; nothing was changed.
    """
    for _ in range(_TRIES):
        with store._reading() as connection:
            ours = lines_of(connection, store.partnership)
        plan = _plan(ours)
        if plan is None:
            return None
        if undone := store.write(partial(_write, plan=plan)):
            return undone

    # Somebody goes on writing in the rows that came, and has to wait now.
    def alone(connection: Connection, partnership: str, at: str, newest: int) -> Undone | None:
        plan = _plan(lines_of(connection, partnership))
        return _write(connection, partnership, at, newest, plan) if plan else None

    return store.write(alone)


class _Back(NamedTuple):
    """A place at which something else stood before the merge: what stands there now, and what did."""

    place: Place
    history: list[Line]
    now: Line
    before: Line | None


@dataclass(frozen=True)
class _Plan:
    """What taking the last merge back says again, of our file as it stood at one moment.

    Attributes
    ----------
    ours : list of Line
        All its revisions.
    note : Line
        The revision that tells of the merge.
    rows : set
        Those in which something came: whatever was saved there meanwhile has to be looked at too.
    back : list of _Back
    stay : int
        As `Undone` has it.
    """

    ours: list[Line]
    note: Line
    rows: set[Place | tuple[str, str]]
    back: list[_Back]
    stay: int


def _plan(ours: list[Line]) -> _Plan | None:
    """What is to be said again; None where there was no merge, or it was taken back before."""
    merges = [line for line in ours if line.worksheet == MERGES]
    if not merges or merges[-1].uid.endswith(_UNDONE):
        return None
    note = merges[-1]
    reports = [_told(line) for line in merges if line.uid.startswith(note.uid)]
    came = {line.uid for line in ours if reports[-1]["after"] < line.seq < note.seq}
    came.update(uid for part in reports for uid in part["ballots"])
    rows = {row_of(line) for line in ours if line.uid in came or line is note}
    born = {row for row, uid in births(ours).items() if uid in came}
    # A row that came, and that somebody has worked on since, stays as a whole.
    kept = {(line.worksheet, line.row) for line in ours if line.seq > note.seq} & born
    back, stay = [], len(kept)
    for place, history in by_place(line for line in ours if line.worksheet not in (MERGES, MAIL, APART)).items():
        is_of_row = place[:2] in born and place[2] not in ("row", "round")  # it goes with its row
        if is_of_row or place[:2] in kept or came.isdisjoint(line.uid for line in history):
            continue
        standing = [line for line in history if line.conflicts_with is None]
        if not standing:
            continue
        again = taken_back(history)
        came |= _came_again(history, again, came)
        before = next((line for line in reversed(standing) if line.uid not in came), None)
        now, value = standing[-1], before.value if before else None
        stay += now is before and now.seq > note.seq and now.uid not in again
        # What never stood here can be chosen as long as nobody wrote upon it.
        if (now is not before and now.value != value) or _is_open(place, history, came, value):
            back.append(_Back(place, history, now, before))
    return _Plan(ours, note, rows, back, stay)


def _write(connection: Connection, partnership: str, at: str, newest: int, plan: _Plan) -> Undone | None:
    """Say it again; None, and nothing is written, where what was saved meanwhile has to be looked at too."""
    if not holds(connection, partnership, plan.ours, plan.rows):
        return None
    back = [_back(*each, at) for each in plan.back]
    undone = Line(0, plan.note.uid + _UNDONE, MERGES, "", "merge", MERGES, None, None, "", at, None, None)
    append(connection, partnership, _numbered([*back, undone], plan.ours, newest))
    return Undone(len(back), plan.stay)


def _came_again(history: Sequence[Line], again: Mapping[str, str], came: set[str]) -> set[str]:
    """The choices that were taken back, and of the answers said again by that those that came with the merge."""
    answers = {(line.said[0], line.value) for line in history if line.uid in came}
    said_again = {line.uid for line in history if line.uid in again and (line.said[0], line.value) in answers}
    return said_again.union(again.values())


def _told(note: Line) -> dict[str, Any]:
    value = from_text(note.value)
    return value if isinstance(value, dict) else {"after": note.seq, "ballots": []}


def _is_open(place: Place, history: Sequence[Line], came: set[str], value: str | None) -> bool:
    """Whether something else than a value came, of which people may still choose it."""
    if place[3]:
        return False  # of rounds and ballots nobody is asked
    ends = came.intersection(tips(history, history[-1].seq))
    return any(line.value != value for line in history if line.uid in ends)


def _back(place: Place, history: Sequence[Line], now: Line, before: Line | None, at: str) -> Line:
    """What stood before the merge, said again."""
    is_ballot = place[0] == SHEET and place[3] != KEEPER
    return now._replace(
        uid=secrets.token_hex(16),
        old=None if place[0] == SHEET else now.value,
        value=before.value if before else None,
        who="" if place[0] == SHEET else somebody(),
        at=now.at if is_ballot else at,
        based_on=BEFORE_ALL if is_ballot else now.seq,
        conflicts_with=None,
        parents=tips(history, max(line.seq for line in history)),
        said_at="",
    )


def _numbered(lines: Sequence[Line], ours: Sequence[Line], newest: int) -> list[Line]:
    """Each with a number; a ballot, which bears one below 0, with one behind what it takes back."""
    used = {line.seq for line in ours if line.seq < 0}
    numbered = []
    for line in lines:
        seq = line.seq
        while seq in used:
            seq += 1
        if seq >= 0:
            seq = newest = newest + 1
        used.add(seq)
        numbered.append(line._replace(seq=seq))
    return numbered
