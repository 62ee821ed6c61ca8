"""One worksheet as one widget: questions and answers go out, edits come in and are saved before they are thanked."""

from __future__ import annotations

import datetime
import getpass
import logging
from pathlib import Path
from threading import RLock
from typing import Any

import anywidget
import traitlets

from ctekit import asks, history, worksheets
from ctekit.asks import Json, WrongShape
from ctekit.errors import ForPeople
from ctekit.store import Edit, Revision, Saved, Store, StoreError
from ctekit.store.text import LONGEST
from ctekit.widgets import incoming, live, past, rows, spec
from ctekit.widgets.steps import steps_of

_JS = (
    *("keys", "kept", "connection", "save", "field", "scale", "paste", "view", "rowform", "rowbar", "entry", "grid"),
    *("matrix", "history", "present", "progress", "unsaved", "sheet", "mount"),
)
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

    _esm = "\n".join((_HERE / "js" / f"{name}.js").read_text("utf-8") for name in _JS)
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
        self.now, self.shown = spec.state(self.kind, book), spec.state(self.kind, book.public())
        bounds = {"home": spec.home(store.path), "longest": LONGEST}
        super().__init__(spec=spec.spec(self.kind, store.partnership, only) | bounds, state=self.shown)
        self.on_msg(self._receive)
        live.watch(self)

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
                    self._save(said)
                elif "act" in said:
                    self._try(said["act"], said.get("uid"), view)
                elif said.get("hello") != self.revision:
                    self.send({"state": self.shown})
                else:
                    self.send({"hello": self.revision})
                if "hello" in said and self.asking:
                    self.asking.clear()  # a view that is gone never says so: those that still show it ask again
                    self.send({"ask_again": True})
                self._remember(since, "hello" in said)
            except StoreError as error:
                self.send({"refused": str(error), "view": view})
            except Exception as error:  # an exception in a callback would vanish: people must see that it was not saved
                words = f"This was not saved because of a fault in ctekit ({error!r}). What you typed is kept."
                self.send({"refused": words, "view": view})
                raise

    def _save(self, message: dict[str, Any]) -> None:
        self.refresh()
        before = self.revision
        view, number = incoming.sender(message)
        edits: list[Edit] = []
        saved: list[dict[str, Any]] = []
        wrong: list[dict[str, Any]] = []
        for given in incoming.sent_edits(message):
            try:
                sent = incoming.read_edit(given)
                row, field, key = sent.row, sent.field, (view, sent.row, sent.field)
                if self.newest.get(key, 0) > number:
                    saved.append(self._thanks(sent.uid, row, field, self._current(row, field)))
                    continue
                value = self._read(row, field, sent.value)
                based_on = self._based_on(row, field, sent.base)
            except Exception as error:  # whatever is wrong with one edit, the others are saved
                wrong.append(incoming.refusal(self.kind, given, error))
                continue
            self.newest[key] = number
            edits.append(Edit(self.kind.slug, field, value, row, self.who, based_on, sent.uid))
        edits, done = self._write_what_can_be(edits, wrong)
        clashes = self._clashes([(edit, result.conflict) for edit, result in zip(edits, done, strict=True)])
        for edit, result in zip(edits, done, strict=True):
            value = result.conflict.value if result.conflict else edit.value
            if result.conflict or result.seq > before or not result.seq:
                self._take(result, value)
            else:  # nothing new, or sent once more: what it said may have been taken back since
                value = self._current(result.row, result.field)
            saved.append(self._thanks(result.uid, result.row, result.field, value))
        self.missed += [one for one in clashes if one["private"]]
        shown = [one for one in clashes if not one["private"]]
        news = {"saved": saved, "wrong": wrong, "conflict": shown, "at": _clock(), "view": view}
        self.send(news | self._missed())
        if done:
            self._follow()

    def _write_what_can_be(self, edits: list[Edit], wrong: list[dict[str, Any]]) -> tuple[list[Edit], list[Saved]]:
        """Save a batch; where the store cannot hold it, each edit by itself, and tell those that it cannot hold."""
        if not edits:
            return [], []
        try:
            return edits, self.write(edits)
        except StoreError:
            raise
        except Exception as error:
            if len(edits) == 1:
                raise  # a fault, until another edit shows that it is this one's
            fault = error
        kept: list[Edit] = []
        done: list[Saved] = []
        for edit in edits:
            try:
                done += self.write([edit])
                kept.append(edit)
            except StoreError:
                raise
            except Exception as error:
                wrong.append(incoming.refusal(self.kind, vars(edit), error))
        if not kept:
            raise fault
        return kept, done

    def _read(self, row: str, field: str, given: Json) -> Json:
        """What the store keeps of an answer; a wrong shape or a row that is gone is told in one sentence."""
        incoming.check_place(self.kind, self.now, row, field)
        name, _, part = field.partition("/")
        if name == "marks":
            return asks.read_mark(given)
        return asks.read(self.kind.ask(name, "" if part else row), given)

    def _thanks(self, uid: str, row: str, field: str, value: Json) -> dict[str, Any]:
        """What is said of an answer that is on the disk; a private one is named only while a view has asked for it."""
        thanks = {"uid": uid, "row": row, "field": field}
        if not self.kind.is_private(field, row):
            return thanks | {"value": value}
        return thanks | ({"private": value} if self.asking else {})

    def _missed(self) -> dict[str, Any]:
        """The private answers that somebody else changed meanwhile, once a view asks for what is private."""
        if not self.asking or not self.missed:
            return {}
        missed, self.missed = self.missed, []
        return {"private_conflict": missed}

    def _state(self) -> dict[str, Any]:
        """All answers as the browser may have them: to every view, and with the private ones where it was asked for."""
        return {"state": self.shown} | ({"private": self.now} if self.asking else {})

    def _current(self, row: str, field: str) -> Json:
        return self.now["answers"].get(row, {}).get(field)

    def _based_on(self, row: str, field: str, base: Json) -> int:
        """The revision an edit was made upon: the current one if the person saw its value, else none (a conflict)."""
        try:
            seen = self._read(row, field, base)
        except WrongShape:
            seen = base
        return self.seqs.get((self.kind.slug, row, field), 0) if seen == self._current(row, field) else 0

    def _take(self, result: Saved, value: Json) -> None:
        """Remember what has just been saved, without reading the store again."""
        public = not self.kind.is_private(result.field, result.row)
        for state in (self.now, self.shown) if public else (self.now,):
            answers = state["answers"].setdefault(result.row, {})
            answers.pop(result.field, None)
            if value is not None:
                answers[result.field] = value
        if not result.conflict:
            self.seqs[(self.kind.slug, result.row, result.field)] = result.seq
        if result.seq == self.revision + 1:
            self.revision = result.seq

    def _clashes(self, edits: list[tuple[Edit, Revision | None]]) -> list[dict[str, Any]]:
        """What to say of each edit that came too late, and of the revision that stands instead."""
        late = [(edit, theirs) for edit, theirs in edits if theirs is not None]
        if not late:
            return []
        telling = history.Telling(self.store.load(), private=True)  # once, however many they are
        return [
            {
                "row": edit.row,
                "field": edit.field,
                "private": self.kind.is_private(edit.field, edit.row),
                "title": history.question(theirs),
                "mine": edit.value,
                "theirs": theirs.value,
                "mine_words": telling.words(theirs, edit.value),
                "theirs_words": telling.words(theirs, theirs.value),
                "who": theirs.who or "somebody else",
                "at": _clock(theirs.at),
            }
            for edit, theirs in late
        ]

    def _follow(self) -> None:
        """Send what follows from the answers, where it changed: a name just typed can be chosen in the next table."""
        follows = spec.follows(self.kind, self.store.load().public())
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
        except ForPeople as error:
            self.send({"reply": uid, "failed": str(error)})
        except Exception:
            logging.getLogger("ctekit").warning("An act of the form could not be done", exc_info=True)
            self.send({"reply": uid, "failed": incoming.NOT_DONE})

    def _act(self, act: dict[str, Any], uid: str, view: str = "") -> None:
        reply: dict[str, Any] = {"reply": uid}
        if "reveal" in act:
            self._ask(view, bool(act["reveal"]))
            self.send(reply | self._state() | self._missed())
            return
        private = view in self.asking
        told = past.look(self, act, private) or rows.look(self, act, private)
        if told:
            self.send(reply | told)
            return
        if "sample" in act:
            self.send(reply | {"sample": self._sample(act["row"], act["sample"])})
            return
        turned = past.turn(self, act) or rows.turn(self, act, uid)
        self.refresh(push=False)
        self.send(reply | turned | self._state() | {"saved": [], "at": _clock()})

    def _ask(self, view: str, asks_for_it: bool) -> None:
        """Remember which view shows what is for the facilitator only, and which no longer does."""
        self.refresh()
        (self.asking.add if asks_for_it else self.asking.discard)(view)

    def write(self, edits: list[Edit]) -> list[Saved]:
        """Save a batch; all that one message writes is one step to be undone."""
        self._uids |= {edit.uid for edit in edits}
        return self.store.save(edits)

    def _remember(self, since: int, greeting: bool) -> None:
        """Keep what one message wrote as one step to be undone, and say whether there is something to undo and redo."""
        if self._uids:
            uids, self._uids = self._uids, set()
            self.steps.did(history.written(self.store, self.kind.slug, since, uids))
        before, self._can = self._can, self.steps.can
        if self._can != before or (greeting and any(self._can)):
            self.send({"can": list(self._can)})

    def _sample(self, row: str, field: str) -> str:
        from ctekit import sample

        book = sample.book("harrow-bend")
        sheet = book[self.kind]
        if not row:
            return asks.show(self.kind.ask(field), getattr(sheet, field), book.name) or "Harrow Bend left this blank."
        ask = self.kind.ask(field, row)
        shown = [asks.show(ask, getattr(one, field), book.name) for one in sheet.rows(self.kind.table_of(row))]
        return " · ".join(list(dict.fromkeys(words for words in shown if words))[:3]) or "Harrow Bend left this blank."

    # What others saved.

    def refresh(self, push: bool = True) -> None:
        """Read the store again if somebody saved something, and tell the browser what changed."""
        with self.lock:
            if self.store.latest() == self.revision:
                return
            book, self.seqs = self.store.state()
            before = self._state()
            self.now, self.shown = spec.state(self.kind, book), spec.state(self.kind, book.public())
            self.revision = book.revision
            now = self._state()
            if push and any({**before[part], "revision": 0} != {**now[part], "revision": 0} for part in now):
                self.send(now)


def _clock(at: str = "") -> str:
    """A time of day as people read it on this computer: 10:42."""
    moment = datetime.datetime.fromisoformat(at) if at else datetime.datetime.now(datetime.UTC)
    return moment.astimezone().strftime("%H:%M")


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # a container without a user database
        return ""
