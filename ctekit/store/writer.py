"""Writing: one thread appends batches of edits, several in one commit, and answers only when they are on the disk."""

from __future__ import annotations

import getpass
import os
import queue
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Integer, cast, func, insert, select
from sqlalchemy.exc import DBAPIError

from ctekit import worksheets
from ctekit.store.edits import Edit, Revision, Saved, StoreError, from_text, to_text
from ctekit.store.file import sentence
from ctekit.store.order import between, is_key
from ctekit.store.reading import revisions
from ctekit.store.schema import current, r, revision, stands

_ROW = re.compile(r"([a-z_]+)-(\d+|\*)")
Place = tuple[str, str, str]

_AT_ONCE = 200
_MANY = 500


def check(edit: Edit) -> None:
    """See that the place an edit writes to exists.

    Raises
    ------
    LookupError
        There is no such worksheet, table or question.
    TypeError, ValueError
        The value cannot be kept, or is no position of a row.
    """
    kind = worksheets.called(edit.worksheet)
    where = f" in row '{edit.row}'" if edit.row else ""
    try:
        if edit.row and not _ROW.fullmatch(edit.row):
            raise KeyError(edit.row)
        head, _, tail = edit.field.partition("/")
        if edit.field == "row":
            kind.table_of(edit.row)
        elif head == "marks":
            kind.ask(tail, edit.row)
        elif tail:
            ask = kind.asks()[head]
            if ask.kind != "matrix" or ask.along != kind.table_of(edit.row) or not _ROW.fullmatch(tail):
                raise KeyError(edit.field)
        elif kind.ask(head, edit.row).kind in ("rows", "matrix"):
            raise KeyError(edit.field)
    except KeyError as error:
        raise LookupError(f"The worksheet '{edit.worksheet}' has no question '{edit.field}'{where}.") from error
    if edit.field == "row" and not (edit.value in (None, "") or is_key(edit.value) or _after(edit.value) is not None):
        raise ValueError(f"“{edit.value}” is not a position of a row. Give '' for the end, or {{'after': 'need-3'}}.")
    to_text(edit.value)


def _after(value: Any) -> str | None:
    return value["after"] if isinstance(value, dict) and set(value) == {"after"} else None


@dataclass(frozen=True)
class _Waiting:
    edits: Sequence[Edit]
    future: Future[list[Saved]]


class Writer:
    """The one thread of a store that writes.

    Parameters
    ----------
    engine : Engine
        Whose transactions begin IMMEDIATE.
    path : Path
        For its sentences.
    partnership : str
        Whose revisions it writes.
    clock : callable
        Gives the time as the store keeps it.
    """

    def __init__(self, engine: Engine, path: Path, partnership: str, clock: Callable[[], str]) -> None:
        self._engine, self._path, self._partnership, self._clock = engine, path, partnership, clock
        self._closed = False
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, edits: Sequence[Edit]) -> Future[list[Saved]]:
        """Hand in a batch: all of it will be saved, or nothing."""
        if self._process != os.getpid():
            self._begin_anew()  # after a fork the thread is on the other side, with what waited for it
        future: Future[list[Saved]] = Future()
        with self._lock:
            if self._closed:
                raise StoreError(f"“{self._path}” has been closed, so nothing was saved. Open it again, then save.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="ctekit-store", daemon=True)
                self._thread.start()
            self._queue.put(_Waiting(edits, future))
        return future

    def finish(self) -> None:
        """Write what is waiting, then stop."""
        if self._process != os.getpid():
            return
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
            if thread is None:
                return
            self._queue.put(None)
        if thread is not threading.current_thread():
            thread.join()

    def _run(self) -> None:
        more = True
        while more:
            group = [self._queue.get()]
            while len(group) < _AT_ONCE and group[-1] is not None and not self._queue.empty():
                group.append(self._queue.get())
            more = group[-1] is not None
            self._write([one for one in group if one is not None and one.future.set_running_or_notify_cancel()])

    def _write(self, group: Sequence[_Waiting]) -> None:
        if not group:
            return
        try:
            with self._engine.begin() as connection:
                saved = [_Batch(connection, self._partnership, self._clock()).write(one.edits) for one in group]
        except BaseException as error:
            if len(group) > 1 and not _is_busy(error):
                for one in group:  # one batch that cannot be written must not take its neighbors with it
                    self._write([one])
                return
            for one in group:
                one.future.set_exception(self._told(error))
            return
        for one, result in zip(group, saved, strict=True):
            one.future.set_result(result)

    def _told(self, error: BaseException) -> BaseException:
        if not isinstance(error, (DBAPIError, sqlite3.Error, OSError)):
            return error
        told = StoreError(sentence(error, self._path))
        told.__cause__ = error
        return told


def _is_busy(error: BaseException) -> bool:
    name = str(getattr(getattr(error, "orig", error), "sqlite_errorname", ""))
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


class _Batch:
    """One batch inside a transaction; whoever holds that one is alone in writing, so revisions can be counted here."""

    def __init__(self, connection: Connection, partnership: str, at: str) -> None:
        self._connection, self._partnership, self._at = connection, partnership, at
        self._begin: int = connection.scalar(select(func.max(r.seq))) or 0
        self._seq = self._begin
        self._known: dict[Place, Revision] = {}
        self._orders: dict[tuple[str, str], dict[str, str | None]] = {}
        self._new: list[Revision] = []

    def write(self, edits: Sequence[Edit]) -> list[Saved]:
        again = {one.uid: one for one in self._stored(r.uid, [edit.uid for edit in edits])}
        ids = {(edit.worksheet, edit.row): again[edit.uid].row for edit in edits if edit.uid in again}
        for edit in edits:
            if edit.row.endswith("-*") and (edit.worksheet, edit.row) not in ids:
                ids[edit.worksheet, edit.row] = self._new_id(edit.worksheet, edit.row)
        edits = [replace(edit, row=ids.get((edit.worksheet, edit.row), edit.row)) for edit in edits]
        self._learn(edits)
        saved = []
        for edit in edits:
            before = again.get(edit.uid)
            if before is None:
                saved.append(self._one(edit))
            else:
                conflict = None if before.conflicts_with is None else self._known.get(_place(edit))
                saved.append(Saved(edit.uid, before.row, before.field, before.seq, before.at, conflict))
        if self._new:
            self._connection.execute(insert(revision), [self._line(one) for one in self._new])
        return saved

    def _one(self, edit: Edit) -> Saved:
        if edit.row and edit.field != "row" and (edit.worksheet, edit.row, "row") not in self._known:
            self._one(Edit(edit.worksheet, "row", "", edit.row, edit.who))
        now = self._known.get(_place(edit))
        if edit.field == "row" and edit.value is not None and not is_key(edit.value):
            edit = replace(edit, value=self._position(edit))
        if to_text(now.value if now else None) == to_text(edit.value):
            return Saved(edit.uid, edit.row, edit.field, now.seq if now else 0, now.at if now else self._at)
        # What this very batch wrote is ours: one cannot be late against oneself.
        late = now is not None and edit.based_on is not None and edit.based_on < now.seq <= self._begin
        self._seq += 1
        made = Revision(
            seq=self._seq,
            uid=edit.uid,
            worksheet=edit.worksheet,
            row=edit.row,
            field=edit.field,
            old=now.value if now else None,
            value=edit.value,
            who=edit.who or somebody(),
            at=self._at,
            based_on=edit.based_on,
            conflicts_with=now.seq if now and late else None,
        )
        self._new.append(made)
        if not late:
            if edit.field == "row":
                self._order(edit)[edit.row] = edit.value
            self._known[_place(edit)] = made
        return Saved(edit.uid, edit.row, edit.field, made.seq, made.at, now if late else None)

    def _line(self, made: Revision) -> dict[str, Any]:
        changed = {"old": to_text(made.old), "value": to_text(made.value)}
        return {**vars(made), **changed, "partnership": self._partnership, "respondent": ""}

    def _learn(self, edits: Sequence[Edit]) -> None:
        """Read what stands at the places of these edits, and which of their rows were ever born."""
        for worksheet in {edit.worksheet for edit in edits}:
            mine = [edit for edit in edits if edit.worksheet == worksheet]
            rows = sorted({edit.row for edit in mine})
            fields = {"row"} | {edit.field for edit in mine}
            for start in range(0, len(rows), _MANY):
                some = r.row.in_(rows[start : start + _MANY])
                found = self._connection.execute(current(self._partnership, r.worksheet == worksheet, some)).all()
                seqs = [one.seq for one in found if one.field in fields]
                self._known.update((_place(one), one) for one in self._stored(r.seq, seqs))

    def _stored(self, column: Any, values: Sequence[Any]) -> Iterator[Revision]:
        for start in range(0, len(values), _MANY):
            yield from revisions(self._connection, column.in_(values[start : start + _MANY]))

    def _new_id(self, worksheet: str, placeholder: str) -> str:
        prefix = placeholder.removesuffix("*")
        number = cast(func.substr(r.row, len(prefix) + 1), Integer)
        used = self._connection.scalar(select(func.max(number)).where(*self._rows(worksheet, prefix), stands))
        return f"{prefix}{(used or 0) + 1}"

    def _rows(self, worksheet: str, prefix: str) -> tuple[Any, ...]:
        mine = (r.partnership == self._partnership, r.worksheet == worksheet, r.respondent == "")
        return (*mine, r.field == "row", r.row.startswith(prefix, autoescape=True))

    def _order(self, edit: Edit) -> dict[str, str | None]:
        """The position of each row in the table of this edit's row; None for those that were removed."""
        prefix = edit.row.rpartition("-")[0] + "-"
        place = edit.worksheet, prefix
        if place not in self._orders:
            found = self._connection.execute(current(self._partnership, *self._rows(edit.worksheet, prefix))).all()
            self._orders[place] = {one.row: from_text(one.value) for one in found}
        return self._orders[place]

    def _position(self, edit: Edit) -> str:
        """The key for the end of the table or behind a row; the key it has, when the row is there already."""
        order = self._order(edit)
        mine = order.get(edit.row)
        others = [key for row, key in order.items() if key is not None and row != edit.row]
        behind = _after(edit.value)
        leader = order.get(behind) if behind and behind != edit.row else None
        low: str | None
        high: str | None = None
        if behind == "":
            low, high = None, min(others, default=None)
        elif leader is not None:
            low, high = leader, min((key for key in others if key > leader), default=None)
        else:
            low = max(others, default=None)
        if mine is not None and (low is None or low < mine) and (high is None or mine < high):
            return mine
        return between(low, high)


def _place(one: Edit | Revision) -> Place:
    return one.worksheet, one.row, one.field


def somebody() -> str:
    """Who sits at this computer; "" when it does not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
