"""One's own steps in a sheet: taken back, and done again. Both are new revisions; nothing is ever unwritten."""

from __future__ import annotations

import datetime
from collections.abc import Set
from pathlib import Path

from ctekit import worksheets
from ctekit.history.changes import CurrentValues, Place, Step, current_values, place
from ctekit.history.describe import question_of, quoted_title
from ctekit.history.entries import local_time
from ctekit.history.restore import write
from ctekit.model.errors import CtekitError
from ctekit.model.text import count
from ctekit.store import Edit, Revision, Store

TOGETHER = 10.0
"""Seconds: saves of one text that follow each other so soon are one step, for they are one bout of typing."""


class SupersededError(CtekitError):
    """A step cannot be taken back, because somebody else has gone on from there. The message is one sentence."""


class UndoStack:
    """What one person did in one sheet, to be taken back and done again.

    It lives in memory, as long as the kernel does: running a cell again keeps it, a restart does not. The history has
    it all.
    """

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._mine: set[int] = set()

    @property
    def can(self) -> tuple[bool, bool]:
        """Whether there is something to take back, and something to do again."""
        return bool(self._done), bool(self._undone)

    def push(self, step: Step) -> None:
        """Remember what one act wrote. Whatever could be done again can be no more.

        Parameters
        ----------
        step : tuple of Revision
            What came too late among them is left out.
        """
        step = self._own(step)
        if not step:
            return
        if self._done and not self._undone and _continues(self._done[-1], step):
            self._done[-1] += step
        else:
            self._done.append(step)
        self._undone.clear()

    def undo(self, store: Store, who: str = "") -> Step:
        """Take back the last step.

        Parameters
        ----------
        store : Store
        who : str
            Who takes it back.

        Returns
        -------
        tuple of Revision
            What that wrote; nothing if there was no step.

        Raises
        ------
        SupersededError
            Somebody else changed the same since; theirs stays, and the step is no longer among those to be undone.
        """
        return self._turn(store, who, self._done, self._undone)

    def redo(self, store: Store, who: str = "") -> Step:
        """Do again what was taken back last. See `undo`."""
        return self._turn(store, who, self._undone, self._done)

    def _turn(self, store: Store, who: str, source: list[Step], target: list[Step]) -> Step:
        while source:
            now = current_values(store.history(source[-1][0].worksheet))
            try:
                edits = inverse_edits(source[-1], now, self._mine, who)
            except SupersededError:
                source.pop()
                raise
            step = self._own(write(store, edits))
            source.pop()
            if step:
                target.append(step)
                return step
        return ()

    def _own(self, step: Step) -> Step:
        step = tuple(revision for revision in step if revision.conflicts_with is None)
        self._mine.update(revision.seq for revision in step)
        return step


_stacks: dict[tuple[Path, str, str, str], UndoStack] = {}


def undo_stack_of(store: Store, worksheet: str, only: str, who: str) -> UndoStack:
    """The steps of one person in one sheet; the same again when the notebook's cells are run again."""
    return _stacks.setdefault((store.path.resolve(), worksheet, only, who), UndoStack())


def inverse_edits(step: Step, now: CurrentValues, mine: Set[int], who: str = "") -> list[Edit]:
    """The edits that take a step back; none, if it is back already.

    Parameters
    ----------
    step : tuple of Revision
        Oldest first.
    now : mapping
        What stands in the worksheet.
    mine : set of int
        The numbers of the revisions that are one's own.
    who : str
        Who takes it back.

    Raises
    ------
    SupersededError
        What stands there now is somebody else's.
    """
    first: dict[Place, Revision] = {}
    for revision in step:
        first.setdefault(place(revision), revision)
    # A row that came with the step goes with it. Its answers stay with it, and come back when it does.
    born = {revision.row for revision in first.values() if revision.field == "row" and revision.old is None}
    for where in now:
        touched = where in first or where[1] in born
        if touched and now[where].seq > step[0].seq and now[where].seq not in mine:
            raise _superseded(now[where])
    edits = []
    for where, revision in reversed(first.items()):
        worksheet, row, field = where
        if field != "row" and row in born:
            continue
        gone = now.get((worksheet, row, "row"))
        if field != "row" and gone and gone.value is None and (worksheet, row, "row") not in first:
            raise _superseded(gone)
        if where in now and now[where].value != revision.old:  # a copy put in the file's place may lack it
            edits.append(Edit(worksheet, field, revision.old, row, who, now[where].seq))
    return edits


def _superseded(theirs: Revision) -> SupersededError:
    is_deleted = theirs.field == "row" and theirs.value is None
    what = "The row was deleted" if is_deleted else f"{quoted_title(theirs)} was changed"
    return SupersededError(
        f"{what} by {theirs.who or 'somebody'} at {local_time(theirs.at)}, after you. That stays; see History for both."
    )


def _continues(before: Step, step: Step) -> bool:
    """Whether a step is more of the same text: typing is saved at each pause, but is taken back as a whole."""
    last, first = before[-1], step[0]
    if len({place(revision) for revision in (*before, *step)}) > 1 or first.field == "row" or first.old != last.value:
        return False
    question = question_of(first)
    apart = datetime.datetime.fromisoformat(first.at) - datetime.datetime.fromisoformat(last.at)
    is_typed = question is not None and question.kind.is_words and not first.field.startswith("marks/")
    return is_typed and apart.total_seconds() < TOGETHER


def step_in_words(step: Step) -> str:
    """What a step was about, for one line on the screen."""
    places = dict.fromkeys(place(revision) for revision in step)
    rows = {row for _, row, field in places if field == "row"}
    if len(places) == 1:
        return f"a row of {quoted_title(step[0])}" if rows else quoted_title(step[0])
    what = count(len(rows), "row") if rows else count(len(places), "answer")
    return f"{what} of “{worksheets.called(step[0].worksheet).title}”"
