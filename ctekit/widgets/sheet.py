"""One worksheet as one widget: questions and answers go out, edits come in and are saved before they are thanked."""

from __future__ import annotations

import getpass
import logging
from pathlib import Path
from threading import RLock
from typing import Any

import anywidget
import traitlets

from ctekit import worksheets
from ctekit.editing import form_state, history_actions, incoming, saving, table_actions
from ctekit.editing.saving import clock
from ctekit.history import changes
from ctekit.history.undo import steps_of
from ctekit.model import questions
from ctekit.model.errors import CtekitError, describe_fault
from ctekit.store import Edit, SaveResult, Store, StoreError
from ctekit.store.text import LONGEST
from ctekit.widgets import watcher
from ctekit.widgets.bundle import bundle

_HERE = Path(__file__).parent


class Sheet(anywidget.AnyWidget):
    """A live worksheet.

    Parameters
    ----------
    store : Store
        Where answers are kept.
    name : str
        Slug of the worksheet.
    only : str
        One question of it, such as ``"actions"``; "" for all.
    who : str
        Who is writing; the name of this computer's user if not told.

    Notes
    -----
    The browser sends ``{"hello"}``, ``{"edits"}`` and ``{"act"}``; the answers are ``saved``, ``wrong``, ``conflict``,
    ``follows``, ``state``, ``refused``, ``reply``, and ``can`` (undo, redo). What concerns one view of the page alone
    names it (``view``). Messages may arrive in two threads at once (ipykernel's subshells), hence the lock.

    What a trait holds is saved with a notebook, so `state` never holds what is for the facilitator only. That leaves
    the kernel in messages, ``{"private"}``, and only while a view has asked for it.
    """

    _esm = bundle("sheet")
    _css = (_HERE / "sheet.css").read_text("utf-8")
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, store: Store, name: str, *, only: str = "", who: str = "") -> None:
        self.store = store
        self.kind = worksheets.called(name)
        self.who = who or _user()
        self.lock = RLock()
        self.newest: dict[tuple[str, str, str], float] = {}
        self.steps = steps_of(store, name, only, self.who)
        self._can = self.steps.can
        self._uids: set[str] = set()
        self.pasted: dict[str, Any] = {}
        self.planned: list[Edit] = []
        book, self.seqs = store.state()
        self.revision = book.revision
        self.asking: set[str] = set()
        self.missed: list[dict[str, Any]] = []
        self.now, self.shown = form_state.state(self.kind, book), form_state.state(self.kind, book.public())
        bounds = {"home": form_state.home(store.path), "longest": LONGEST}
        super().__init__(spec=form_state.spec(self.kind, store.partnership, only) | bounds, state=self.shown)
        self.on_msg(self._receive)
        watcher.watch(self)

    def __repr__(self) -> str:
        return f"<the worksheet '{self.kind.slug}', open for writing>"

    # What the browser sends.

    def _receive(self, _widget: Any, message: Any, _buffers: Any) -> None:
        said = message if isinstance(message, dict) else {}
        view, _ = incoming.sender(said)
        with self.lock:
            since = self.revision
            try:
                if "edits" in said:
                    saving.save(self, said)
                elif "act" in said:
                    self._try(said["act"], said.get("uid"), view)
                elif said.get("hello") != self.revision:
                    self.send({"state": self.shown})
                else:
                    self.send({"hello": self.revision})
                self._tell_if_older(said.get("seen"))
                if "hello" in said and self.asking:
                    self.asking.clear()  # a view that is gone never says so: those that still show it ask again
                    self.send({"ask_again": True})
                self._remember(since, "hello" in said)
            except StoreError as error:
                self.send({"refused": str(error), "view": view})
            except Exception as error:  # an exception in a callback would vanish: people must see that it was not saved
                fault = describe_fault(error)
                words = f"This was not saved because of a fault in ctekit ({fault}). What you typed is kept."
                self.send({"refused": words, "view": view})
                raise

    def missed_news(self) -> dict[str, Any]:
        """The private answers that somebody else changed meanwhile, once a view asks for what is private."""
        if not self.asking or not self.missed:
            return {}
        missed, self.missed = self.missed, []
        return {"private_conflict": missed}

    def _state(self) -> dict[str, Any]:
        """All answers as the browser may have them: to every view, and with the private ones where it was asked for."""
        return {"state": self.shown} | ({"private": self.now} if self.asking else {})

    def follow(self) -> None:
        """Send what follows from the answers, where it changed: a name just typed can be chosen in the next table."""
        follows = form_state.follows(self.kind, self.store.load().public())
        changed = {name: found for name, found in follows.items() if found != self.shown[name]}
        if changed:
            self.now |= changed
            self.shown |= changed
            self.send({"follows": changed})

    # Rows are added, moved and removed one act at a time; their ids are given by the store.
    def _try(self, act: Any, uid: Any, view: str) -> None:
        """Do an act; one that cannot be done is answered with a sentence, and nothing waits for it."""
        try:
            self._act(act, uid, view)
        except CtekitError as error:
            self.send({"reply": uid, "failed": str(error)})
        except Exception:
            logging.getLogger("ctekit").warning("An act of the form could not be done", exc_info=True)
            self.send({"reply": uid, "failed": incoming.NOT_DONE})

    def _act(self, act: dict[str, Any], uid: str, view: str = "") -> None:
        reply: dict[str, Any] = {"reply": uid}
        if "reveal" in act:
            self._ask(view, bool(act["reveal"]))
            self.send(reply | self._state() | self.missed_news())
            return
        private = view in self.asking
        told = history_actions.look(self, act, private) or table_actions.look(self, act, private)
        if told:
            self.send(reply | told)
            return
        if "sample" in act:
            self.send(reply | {"sample": self._sample(act["row"], act["sample"])})
            return
        turned = history_actions.turn(self, act) or table_actions.turn(self, act, uid)
        self.refresh(push=False)
        self.send(reply | turned | self._state() | {"saved": [], "at": clock()})

    def _ask(self, view: str, asks_for_it: bool) -> None:
        """Remember which view shows what is for the facilitator only, and which no longer does."""
        self.refresh()
        (self.asking.add if asks_for_it else self.asking.discard)(view)

    def write(self, edits: list[Edit]) -> list[SaveResult]:
        """Save a batch; all that one message writes is one step to be undone."""
        self._uids |= {edit.uid for edit in edits}
        return self.store.save(edits)

    def _remember(self, since: int, greeting: bool) -> None:
        """Keep what one message wrote as one step to be undone, and say whether there is something to undo and redo."""
        if self._uids:
            uids, self._uids = self._uids, set()
            self.steps.did(changes.written(self.store, self.kind.slug, since, uids))
        before, self._can = self._can, self.steps.can
        if self._can != before or (greeting and any(self._can)):
            self.send({"can": list(self._can)})

    def _sample(self, row: str, field: str) -> str:
        from ctekit import samples

        book = samples.book("harrow-bend")
        sheet = book[self.kind]
        if not row:
            return (
                questions.show(self.kind.ask(field), getattr(sheet, field), book.name) or "Harrow Bend left this blank."
            )
        question = self.kind.ask(field, row)
        shown = [
            questions.show(question, getattr(one, field), book.name) for one in sheet.rows(self.kind.table_of(row))
        ]
        return " · ".join(list(dict.fromkeys(words for words in shown if words))[:3]) or "Harrow Bend left this blank."

    # What others saved.

    def refresh(self, push: bool = True) -> None:
        """Read the store again if somebody saved something, and tell the browser what changed."""
        with self.lock:
            if self.store.latest() == self.revision:
                return
            self._tell_if_older(self.revision)
            book, self.seqs = self.store.state()
            before = self._state()
            self.now, self.shown = form_state.state(self.kind, book), form_state.state(self.kind, book.public())
            self.revision = book.revision
            now = self._state()
            if push and any({**before[part], "revision": 0} != {**now[part], "revision": 0} for part in now):
                self.send(now)

    def _tell_if_older(self, seen: Any) -> None:
        """Say so where the file ends before a revision that was seen in it: somebody put an older copy in its place."""
        latest = self.store.latest() if isinstance(seen, int) else 0
        if isinstance(seen, int) and latest < seen:
            self.send({"older": _OLDER.format(latest=latest, seen=seen), "revision": latest})


_OLDER = (
    "An older copy was put in the place of this partnership's file: it ends at revision {latest}, and revision {seen} "
    "was in it before. If you wanted that, go on. If not, put the newer file back before you type, and keep both until "
    "you know which one is right."
)


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # a container without a user database
        return ""
