"""One worksheet as one widget: questions and answers go out, edits come in and are saved before they are thanked."""

from __future__ import annotations

import datetime
import getpass
from pathlib import Path
from threading import RLock
from typing import Any

import anywidget
import traitlets

from ctekit import asks, history, worksheets
from ctekit.asks import Json, WrongShape
from ctekit.store import Edit, Revision, Saved, Store, StoreError
from ctekit.widgets import live, past, rows, spec
from ctekit.widgets.steps import steps_of

_JS = (
    *("save", "field", "scale", "paste", "view", "rowform", "rowbar", "grid", "matrix"),
    *("history", "present", "progress", "sheet"),
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
    ``follows``, ``state``, ``refused``, ``reply``, and ``can`` (undo, redo). Messages may arrive in two threads at once
    (ipykernel's subshells), hence the lock.
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
        self.newest: dict[tuple[str, str, str], int] = {}
        self.steps = steps_of(store, name, only, self.who)
        self._can = self.steps.can
        self._uids: set[str] = set()
        self.planned: list[Edit] = []
        book, self.seqs = store.state()
        self.revision = book.revision
        self.now = spec.state(self.kind, book)
        super().__init__(spec=spec.spec(self.kind, store.partnership, only), state=self.now)
        self.on_msg(self._receive)
        live.watch(self)

    def __repr__(self) -> str:
        return f"<the worksheet '{self.kind.slug}', open for writing>"

    # What the browser sends.

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        with self.lock:
            since = self.revision
            try:
                if "edits" in message:
                    self._save(message)
                elif "act" in message:
                    self._act(message["act"], message["uid"])
                elif message.get("hello") != self.revision:
                    self.send({"state": self.now})
                else:
                    self.send({"hello": self.revision})
                self._remember(since, "hello" in message)
            except StoreError as error:
                self.send({"refused": str(error)})
            except Exception as error:  # an exception in a callback would vanish: people must see that it was not saved
                self.send(
                    {"refused": f"This was not saved because of a fault in ctekit ({error!r}). What you typed is kept."}
                )
                raise

    def _save(self, message: dict[str, Any]) -> None:
        self.refresh()
        before = self.revision
        edits: list[Edit] = []
        saved: list[dict[str, Any]] = []
        wrong: list[dict[str, Any]] = []
        for one in message["edits"]:
            row, field, key = one["row"], one["field"], (message["view"], one["row"], one["field"])
            if self.newest.get(key, 0) > message["n"]:
                saved.append({"uid": one["uid"], "row": row, "field": field, "value": self._current(row, field)})
                continue
            self.newest[key] = message["n"]
            try:
                value = self._read(row, field, one["value"])
            except WrongShape as error:
                wrong.append({"uid": one["uid"], "row": row, "field": field, "error": str(error)})
                continue
            edits.append(
                Edit(self.kind.slug, field, value, row, self.who, self._based_on(row, field, one["base"]), one["uid"])
            )
        done = self.write(edits) if edits else []
        clashes = [self._clash(edit, result) for edit, result in zip(edits, done, strict=True) if result.conflict]
        for edit, result in zip(edits, done, strict=True):
            value = result.conflict.value if result.conflict else edit.value
            if result.conflict or result.seq > before or not result.seq:
                self._take(result, value)
            else:  # nothing new, or sent once more: what it said may have been taken back since
                value = self._current(result.row, result.field)
            saved.append({"uid": result.uid, "row": result.row, "field": result.field, "value": value})
        self.send({"saved": saved, "wrong": wrong, "conflict": clashes, "at": _clock()})
        if done:
            self._follow()

    def _read(self, row: str, field: str, given: Json) -> Json:
        """What the store keeps of an answer; a wrong shape or a row that is gone is told in one sentence."""
        if row and row not in self.now["answers"] and row not in _standing(self.now):
            raise WrongShape(
                "This row was deleted meanwhile. Copy what you typed, or put the row back and write it again."
            )
        name, _, part = field.partition("/")
        if name == "marks":
            return _read_mark(given)
        return asks.read(self.kind.ask(name, "" if part else row), given)

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
        answers = self.now["answers"].setdefault(result.row, {})
        answers.pop(result.field, None)
        if value is not None:
            answers[result.field] = value
        if not result.conflict:
            self.seqs[(self.kind.slug, result.row, result.field)] = result.seq
        if result.seq == self.revision + 1:
            self.revision = result.seq

    def _clash(self, edit: Edit, result: Saved) -> dict[str, Any]:
        theirs = result.conflict
        assert isinstance(theirs, Revision)
        telling = history.Telling(self.store.load(), private=True)
        return {
            "row": edit.row,
            "field": edit.field,
            "title": history.question(theirs),
            "mine": edit.value,
            "theirs": theirs.value,
            "mine_words": telling.words(theirs, edit.value),
            "theirs_words": telling.words(theirs, theirs.value),
            "who": theirs.who or "somebody else",
            "at": _clock(theirs.at),
        }

    def _follow(self) -> None:
        """Send what follows from the answers, where it changed: a name just typed can be chosen in the next table."""
        follows = spec.follows(self.kind, self.store.load())
        changed = {name: found for name, found in follows.items() if found != self.now[name]}
        if changed:
            self.now |= changed
            self.send({"follows": changed})

    # Rows are added, moved and removed one act at a time; their ids are given by the store.

    def _act(self, act: dict[str, Any], uid: str) -> None:
        reply: dict[str, Any] = {"reply": uid}
        told = past.look(self, act) or rows.look(self, act)
        if told:
            self.send(reply | told)
            return
        if "sample" in act:
            self.send(reply | {"sample": self._sample(act["row"], act["sample"])})
            return
        turned = past.turn(self, act) or rows.turn(self, act)
        if turned:
            reply |= turned
        elif "add" in act:
            prefix = self.kind.tables()[act["add"]].prefix
            done = self.write(
                [Edit(self.kind.slug, "row", {"after": act["after"]}, f"{prefix}-*", self.who, None, uid)]
            )
            reply["row"] = done[0].row
        elif "ready_rows" in act:
            ask = self.kind.tables()[act["ready_rows"]]
            for offered in ask.ready:
                values = {name: asks.read(ask.row.asks()[name], given) for name, given in offered.items()}
                self.write(
                    [Edit(self.kind.slug, name, value, f"{ask.prefix}-*", self.who) for name, value in values.items()]
                )
        elif "move" in act:
            self.write([Edit(self.kind.slug, "row", {"after": act["after"]}, act["move"], self.who, None, uid)])
        elif "remove" in act:
            self.write([Edit(self.kind.slug, "row", None, act["remove"], self.who, None, uid)])
        elif "restore" in act:
            places = [one.value for one in self.store.history(self.kind.slug, act["restore"], "row") if one.value]
            self.write([Edit(self.kind.slug, "row", places[-1], act["restore"], self.who, None, uid)])
        self.refresh(push=False)
        self.send(reply | {"state": self.now, "saved": [], "at": _clock()})

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
            before, self.now = self.now, spec.state(self.kind, book)
            self.revision = book.revision
            if push and {**before, "revision": 0} != {**self.now, "revision": 0}:
                self.send({"state": self.now})


def _standing(state: dict[str, Any]) -> set[str]:
    return {row for rows in state["rows"].values() for row in rows}


def _read_mark(given: Json) -> Json:
    if not given:
        return None
    if given.get("kind") not in ("to find out", "does not apply"):
        raise WrongShape("Choose “to find out” or “does not apply”, or leave it blank.")
    mark = {name: str(given[name]).strip() for name in ("kind", "whom", "because") if given.get(name)}
    if given.get("by"):
        mark["by"] = asks.read(asks.Ask("date", "By when"), given["by"])
    return mark


def _clock(at: str = "") -> str:
    """A time of day as people read it on this computer: 10:42."""
    moment = datetime.datetime.fromisoformat(at) if at else datetime.datetime.now(datetime.UTC)
    return moment.astimezone().strftime("%H:%M")


def _user() -> str:
    try:
        return getpass.getuser()
    except OSError:  # a container without a user database
        return ""
