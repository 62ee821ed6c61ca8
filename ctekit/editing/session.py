"""A worksheet being filled: what stands in it, who looks on, and what may be undone. It knows no widget."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Mapping
from typing import Any

from ctekit import worksheets
from ctekit.editing import form_state
from ctekit.editing.protocol import Conflict, FromKernel, FromSheet, State
from ctekit.history import restore
from ctekit.history.undo import undo_stack_of
from ctekit.model.questions import Json
from ctekit.store import Edit, SaveResult, Store
from ctekit.workbook import Workbook

_OLDER = (
    "An older copy was put in the place of this partnership's file: it ends at revision {latest}, and revision {seen} "
    "was in it before. If you wanted that, go on. If not, put the newer file back before you type, and keep both until "
    "you know which one is right."
)


class EditSession:
    """One worksheet while it is filled in. `ctekit.editing.dispatch.receive` takes the messages of its views.

    Parameters
    ----------
    store : Store
        Where answers are kept.
    name : str
        Slug of the worksheet.
    send : callable
        Takes each message for the views.
    only : str
        One question of it, such as ``"actions"``; "" for all.
    who : str
        Who is writing; the name of this computer's user if not told.

    Attributes
    ----------
    state, public_state : dict
        All answers, and those that are not for the facilitator only. See `ctekit.editing.protocol.State`.
    revision : int
        The newest revision that they hold.
    seqs : dict
        The revision of each answer, by worksheet, row and field.
    revealing : set of str
        The views that have asked for what is for the facilitator only.
    private_conflicts : list
        Conflicts about private answers that no view has been told yet.
    newest : dict
        The number of the newest message about each answer, by view, row and field.
    newest_edits, newest_acts : dict
        The numbers of the newest message of edits and the newest act, by view.
    written : dict
        The revision that each view wrote of an answer last, by view, row and field.
    unchanged : set of str
        The uids of edits that changed nothing, or were saved before: sent again, they are done.
    pasted, planned : dict, list of Edit
        What was pasted last, and what it would write.
    """

    def __init__(
        self, store: Store, name: str, send: Callable[[FromKernel], None], *, only: str = "", who: str = ""
    ) -> None:
        self.store = store
        self.kind = worksheets.called(name)
        self.send = send
        self.who = who or _user()
        self.undo_stack = undo_stack_of(store, name, only, self.who)
        self._can = self.undo_stack.can
        self._uids: set[str] = set()
        self.newest: dict[tuple[str, str, str], float] = {}
        self.newest_edits: dict[str, float] = {}
        self.newest_acts: dict[str, float] = {}
        self.written: dict[tuple[str, str, str], int] = {}
        self.unchanged: set[str] = set()
        self.pasted: dict[str, Any] = {}
        self.planned: list[Edit] = []
        self.revealing: set[str] = set()
        self.private_conflicts: list[Conflict] = []
        self._read()

    def _read(self) -> None:
        book, self.seqs = self.store.state()
        self.revision = book.revision
        self.state = form_state.state(self.kind, book)
        self.public_state = form_state.state(self.kind, book.public())

    # What stands.

    def answer(self, row: str, field: str) -> Json:
        """What stands at a place.

        Parameters
        ----------
        row : str
            The id of a row; "" for the worksheet itself.
        field : str
            The question; with its column behind a slash in a matrix.

        Returns
        -------
        str, number, bool, list, dict or None
            None for blank.
        """
        return self.state["answers"].get(row, {}).get(field)

    def seq(self, row: str, field: str) -> int:
        """The revision that stands at a place.

        Parameters
        ----------
        row, field : str
            As for `answer`.

        Returns
        -------
        int
            Its number; 0 for none.
        """
        return self.seqs.get((self.kind.slug, row, field), 0)

    def is_revealed(self, message: FromSheet) -> bool:
        """Whether the view that sent a message shows what is for the facilitator only."""
        return message.get("view", "") in self.revealing

    def book(self, message: FromSheet) -> Workbook:
        """All answers of the partnership that the view which sent a message may see."""
        book = self.store.load()
        return book if self.is_revealed(message) else book.public()

    def state_message(self) -> FromKernel:
        """All answers as the views may have them: the private ones only where a view has asked for them."""
        message: FromKernel = {"state": self.public_state}
        if self.revealing:
            message["private"] = self.state
        return message

    def refresh(self, push: bool = True) -> None:
        """Read the store again if somebody saved something.

        Parameters
        ----------
        push : bool
            Whether to tell the views what changed.

        Raises
        ------
        StoreError
            The file cannot be read now.
        """
        if self.store.latest() == self.revision:
            return
        self.warn_if_older(self.revision)
        before = self.state, self.public_state
        self._read()
        now = self.state, self.public_state
        visible = slice(None) if self.revealing else slice(1, None)
        if push and any(not _is_same(*pair) for pair in list(zip(before, now, strict=True))[visible]):
            self.send(self.state_message())

    def send_consequences(self) -> None:
        """Send what follows from the answers, where it changed: a name just typed can be chosen in the next table."""
        follows = form_state.follows(self.kind, self.store.load().public())
        stood: Mapping[str, object] = self.public_state
        changed: Any = {name: part for name, part in follows.items() if part != stood[name]}
        if changed:
            self.state.update(changed)
            self.public_state.update(changed)
            self.send({"follows": changed})

    def warn_if_older(self, revision: object) -> None:
        """Say so where the file ends before a revision that was seen in it: somebody put an older copy in its place."""
        if isinstance(revision, int) and (latest := self.store.latest()) < revision:
            self.send({"older": _OLDER.format(latest=latest, seen=revision), "revision": latest})

    # What is written.

    def write(self, edits: list[Edit], *, if_newest: int | None = None) -> list[SaveResult]:
        """Save a batch; all that one message writes is one step to be undone.

        Parameters
        ----------
        edits : list of Edit
        if_newest : int or None
            As for `ctekit.store.Store.save`.

        Returns
        -------
        list of SaveResult
            One an edit.

        Raises
        ------
        LookupError, ValueError, TypeError
            An edit names a place that does not exist, or holds what no answer can be.
        StoreError
            It could not be saved; nothing of it was.
        """
        self._uids |= {edit.uid for edit in edits}
        return self.store.save(edits, if_newest=if_newest)

    def record(self, result: SaveResult, value: Json) -> None:
        """Remember what has just been saved, without reading the store again.

        Parameters
        ----------
        result : SaveResult
        value : str, number, bool, list, dict or None
            What stands there now.
        """
        public = not self.kind.is_private(result.field, result.row)
        for state in (self.state, self.public_state) if public else (self.state,):
            answers = state["answers"].setdefault(result.row, {})
            answers.pop(result.field, None)
            if value is not None:
                answers[result.field] = value
        if not result.conflict:
            self.seqs[(self.kind.slug, result.row, result.field)] = result.seq
        if result.seq == self.revision + 1:
            self.revision = result.seq

    def end_step(self, since: int, greeting: bool = False) -> None:
        """Keep what one message wrote as one step to be undone, and say whether there is something to undo and redo.

        Parameters
        ----------
        since : int
            The newest revision before the message.
        greeting : bool
            Whether the message greets: then it is said also where nothing changed.
        """
        if self._uids:
            uids, self._uids = self._uids, set()
            self.undo_stack.push(restore.written(self.store, self.kind.slug, since, uids))
        before, self._can = self._can, self.undo_stack.can
        if self._can != before or (greeting and any(self._can)):
            self.send({"can": self._can})

    def take_private_conflicts(self) -> FromKernel:
        """The private answers that somebody else changed meanwhile, once a view asks for what is private."""
        if not self.revealing or not self.private_conflicts:
            return {}
        conflicts, self.private_conflicts = self.private_conflicts, []
        return {"private_conflict": conflicts}


def _is_same(before: State, now: State) -> bool:
    return {**before, "revision": 0} == {**now, "revision": 0}


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # a container without a user database
        return ""


Action = Callable[[EditSession, FromSheet], FromKernel]
"""Answers a message that holds an act; `ctekit.editing.dispatch` finds it by the act's name."""
