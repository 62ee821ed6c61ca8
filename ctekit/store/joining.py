"""What two copies of a file say together: the revisions of both, and at each place the one that stands.

It follows from the set of revisions alone, not from who merges what into what: rows are known by their birth, revisions
by their uid. Where both sides went on from the same answer, the one that was said last stands until people choose; and
whatever was written upon it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ctekit.store.edits import StoreError
from ctekit.store.lines import Line, Place, by_place
from ctekit.store.parents import parents_of
from ctekit.store.row_ids import Renaming, new_ids

BEFORE_ALL = -(2**49)
"""What a ballot that was written upon none is based on: ballots bear numbers below 0 too."""

_BACK = ".back"
"""How the uid of a revision ends that puts a row back."""

_STEP = 2**20

Said = tuple[str, str]


@dataclass(frozen=True)
class BothChanged:
    """A place that both sides changed.

    Attributes
    ----------
    place : tuple
    ours, theirs : Line
        What stands on each side.
    """

    place: Place
    ours: Line
    theirs: Line


@dataclass
class Joined:
    """What comes of a merge.

    Attributes
    ----------
    lines : list of Line
        New here, with the numbers that come next. Those that are said to arrive now have no time yet; see `arrived`.
    both_changed : list of BothChanged
    put_back : list of Line
        Rows that one side had taken out while the other side went on writing in them; they are there.
    renamed : dict
        Rows whose id was taken here: (worksheet, their id) -> ours.
    """

    lines: list[Line] = field(default_factory=list)
    both_changed: list[BothChanged] = field(default_factory=list)
    put_back: list[Line] = field(default_factory=list)
    renamed: dict[tuple[str, str], str] = field(default_factory=dict)

    def arrived(self, at: str, after: int, by: int) -> list[Line]:
        """The lines as they are written at a time, where the numbers that came next were moved on meanwhile.

        Parameters
        ----------
        at : str
        after : int
            The number after which the next one came.
        by : int
            How many have been given since.
        """

        def moved(number: int | None) -> int | None:
            return number + by if number is not None and number > after else number

        if not by:
            return [line if line.at else line._replace(at=at) for line in self.lines]
        return [
            line._replace(
                seq=line.seq + by if line.seq > after else line.seq,
                at=line.at or at,
                based_on=moved(line.based_on),
                conflicts_with=moved(line.conflicts_with),
            )
            for line in self.lines
        ]


class Joining:
    """Joins other copies to ours, one after another.

    Parameters
    ----------
    ours : sequence of Line
        All revisions here, in order.
    newest : int
        The number after which the next one comes.
    """

    def __init__(self, ours: Sequence[Line], newest: int) -> None:
        self._ours, self._newest = list(ours), newest
        self._used = {line.seq for line in ours if line.seq < 0}

    def take(self, theirs: Sequence[Line], name: str) -> Joined:
        """Join one copy.

        Parameters
        ----------
        theirs : sequence of Line
            All its revisions, in order.
        name : str
            Of the copy, for the sentence when it cannot be.

        Raises
        ------
        StoreError
            It does not begin as ours does, or says where revisions belong in another way.
        """
        joined = Joined(renamed=new_ids(self._ours, theirs))
        if joined.renamed:
            theirs = [*map(Renaming(joined.renamed), theirs)]
        here = {line.uid: line for line in self._ours}
        _check(here, theirs, name)
        arriving = _said_there(theirs, here)
        mine = {line.uid for line in self._ours} - {line.uid for line in theirs}
        joined.put_back = _put_back(self._ours, mine, arriving)
        arriving += joined.put_back
        places = by_place(arriving)
        present = by_place(line for line in self._ours if line.place in places)
        standing = {place: _Place(present.get(place, []), new) for place, new in places.items()}
        numbers = {line.uid: line.seq for line in self._ours}
        rivals = {line.seq: line.uid for line in theirs}
        for line in arriving:
            rival = rivals.get(line.conflicts_with) if line.conflicts_with is not None else None
            new = self._numbered(line, standing[line.place], numbers, rival)
            numbers[new.uid] = new.seq
            joined.lines.append(new)
        new_lines = {line.uid: line for line in joined.lines}
        both_changed = (both.changed(place, mine, new_lines) for place, both in standing.items())
        joined.both_changed = [each for each in both_changed if each]
        self._ours += joined.lines
        self._ours.sort(key=lambda line: line.seq)
        return joined

    def _numbered(self, line: Line, both: _Place, numbers: Mapping[str, int], rival: str | None) -> Line:
        """A revision as it is written here: as late where it was so there (`rival` stood), or one of ours stands."""
        late = None if line.conflicts_with is None else numbers.get(rival or "", 0)
        if both.winner is not None and both.winner.uid in numbers and late is None:
            late = numbers[both.winner.uid]  # ours, or one of theirs that a row is put back behind
        seq = self._seq(line, both)
        if line.respondent and line.seq < 0:
            return line._replace(seq=seq, based_on=BEFORE_ALL, conflicts_with=late)
        based_on = max((numbers[uid] for uid in line.parents if uid in numbers), default=0)
        said_at = line.said_at or line.at
        return line._replace(seq=seq, based_on=based_on, conflicts_with=late, at="", said_at=said_at)

    def _seq(self, line: Line, both: _Place) -> int:
        """Ballots keep the place that was drawn by lot for them, or one behind the same person's earlier answer."""
        seq = line.seq
        if line.respondent and seq < 0:
            while seq in self._used or seq <= both.last:
                seq = max(seq, both.last) + 1 + secrets.randbelow(_STEP)
        if not line.respondent or seq >= 0:
            self._newest += 1
            return self._newest
        self._used.add(seq)
        both.last = seq
        return seq


class _Place:
    """One place on both sides."""

    def __init__(self, present: Sequence[Line], arriving: Sequence[Line]) -> None:
        self.arriving = {line.uid for line in arriving}
        self.last = max((line.seq for line in present if line.seq < 0), default=BEFORE_ALL)
        lines = {line.uid: line for line in (*present, *arriving)}
        parents = {**parents_of(present), **{line.uid: line.parents for line in arriving}}
        written_upon = {uid for uids in parents.values() for uid in uids}
        tips = [line for line in lines.values() if line.uid not in written_upon]
        self.open = [line for line in tips if line.conflicts_with is None]
        self.winner = max(self.open, key=lambda line: _said_upon(line, lines, parents), default=None)

    def changed(self, place: Place, mine: set[str], new: Mapping[str, Line]) -> BothChanged | None:
        """What people have to choose between, if both sides changed it and do not say the same."""
        people = [line for line in self.open if not line.uid.endswith(_BACK)]
        ours = [line for line in people if line.uid in mine]
        theirs = [line for line in people if line.uid in self.arriving]
        if self.winner is None or not ours or not theirs or ours[-1].value == theirs[-1].value:
            return None
        if place[-1] or (place[2] == "row" and None not in (ours[-1].value, theirs[-1].value)):
            return None  # rounds, ballots, and where a row stands: nobody is asked
        return BothChanged(place, ours[-1], new[theirs[-1].uid])


def _said_upon(line: Line, lines: Mapping[str, Line], parents: Mapping[str, Sequence[str]]) -> list[Said]:
    """When a revision, and all that it was written upon, was said; the latest first. The largest such list wins.

    No clock is trusted to run as others do. What was written upon an answer has all that the answer has, and more: it
    wins wherever the answer does. So what lost once never wins again, in copies where it is not marked as late either.
    """
    upon, more = set[str](), [line.uid]
    while more:
        uid = more.pop()
        if uid in lines and uid not in upon:
            upon.add(uid)
            more += parents[uid]
    return sorted((lines[uid].said for uid in upon), reverse=True)


def _check(here: Mapping[str, Line], theirs: Sequence[Line], name: str) -> None:
    begin = next((line.uid for line in theirs if line.field == "partnership_id"), "")
    if begin not in here:
        raise StoreError(
            f"“{name}” did not begin as a copy of this partnership's file, so it cannot be merged. Nothing was "
            "changed. If it was made from a file of answers, take those in with `ctekit import`."
        )
    for line in theirs:
        if line.uid in here and here[line.uid].place != line.place:
            raise StoreError(
                f"“{name}” says in another way what was written here, so it was not merged; nothing was changed. "
                "Ask whoever sent it for another copy."
            )


def _said_there(theirs: Sequence[Line], here: Mapping[str, Line]) -> list[Line]:
    """What is new here, each with the parents that it had there."""
    missing = [line for line in theirs if line.uid not in here]
    places = by_place(missing)
    all_of_them = by_place(line for line in theirs if line.place in places)
    parents = {uid: uids for lines in all_of_them.values() for uid, uids in parents_of(lines).items()}
    return [line._replace(parents=parents[line.uid]) for line in missing]


def _put_back(ours: Sequence[Line], mine: set[str], arriving: Sequence[Line]) -> list[Line]:
    """Rows taken out by somebody who had not seen what somebody else wrote in them meanwhile: they are put back.

    It follows from the taking out alone what is written, so that all copies write the same.
    """
    sides = [line for line in ours if line.uid in mine], arriving
    put_back: dict[str, Line] = {}
    for removed, written in (sides, sides[::-1]):
        rows = {(line.worksheet, line.row) for line in written if line.field != "row" and not line.respondent}
        for line in removed:
            is_removal = line.field == "row" and line.value is None and line.old is not None and not line.respondent
            if is_removal and (line.worksheet, line.row) in rows:
                put_back[line.uid] = line._replace(
                    uid=line.uid + _BACK,
                    old=None,
                    value=line.old,
                    who="",
                    parents=(line.uid,),
                    at=line.said_at or line.at,
                    said_at=line.said_at or line.at,
                    conflicts_with=None,
                )
    uids = {line.uid for line in (*ours, *arriving)}
    return [line for line in put_back.values() if line.uid not in uids]
