"""Writing: one thread appends batches of edits, several in one commit, and answers only when they are on the disk."""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ctekit.store.connect import is_forked, refuse_fork
from ctekit.store.database import Database, newest
from ctekit.store.edits import StoreError

_AT_ONCE = 200
"""So many batches go into one commit at most."""

T = TypeVar("T")
Work = Callable[[Connection, str, str, int], T]
"""Writes inside a transaction; what it gives is told when it is on the disk.

It is given the connection, the partnership's id, the time, and the number of the newest revision.
"""


@dataclass(frozen=True)
class _Waiting:
    work: Work[Any]
    future: Future[Any]


class Writer:
    """The one thread of a store that writes.

    Parameters
    ----------
    database : Database
        Where to.
    clock : callable
        Gives the time as the store keeps it.
    """

    def __init__(self, database: Database, clock: Callable[[], str]) -> None:
        self._database, self._clock = database, clock
        self._engine = database.engine(writing=True)
        self._closed = False
        self._lock = threading.Lock()
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, work: Work[T]) -> Future[T]:
        """Hand in a batch: all of it will be saved, or nothing.

        Raises
        ------
        StoreError
            The store has been closed, or this process is a fork.
        """
        refuse_fork()
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise StoreError(
                    f"“{self._database.path}” has been closed, so nothing was saved. Open it again, then save."
                )
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="ctekit-store", daemon=True)
                self._thread.start()
            self._queue.put(_Waiting(work, future))
        return future

    def finish(self) -> None:
        """Write what is waiting, then stop."""
        if is_forked():
            return  # the thread is on the other side, with what waits for it
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
            self._write(
                [waiting for waiting in group if waiting is not None and waiting.future.set_running_or_notify_cancel()]
            )

    def _write(self, group: Sequence[_Waiting]) -> None:
        if not group:
            return
        try:
            saved = self._database.patiently(lambda: self._commit(group))
        except BaseException as error:
            if len(group) > 1 and not self._database.is_busy(error):
                for waiting in group:  # one batch that cannot be written must not take its neighbors with it
                    self._write([waiting])
                return
            for waiting in group:
                waiting.future.set_exception(self._translated(error))
            return
        for waiting, result in zip(group, saved, strict=True):
            waiting.future.set_result(result)

    def _commit(self, group: Sequence[_Waiting]) -> list[Any]:
        with self._engine.begin() as connection:
            return [self._do(waiting.work, connection) for waiting in group]

    def _do(self, work: Work[T], connection: Connection) -> T:
        seq, earliest = newest(connection, self._database.partnership)
        return work(connection, self._database.partnership, max(self._clock(), earliest), seq)

    def _translated(self, error: BaseException) -> BaseException:
        if not isinstance(error, (DBAPIError, sqlite3.Error, OSError)):
            return error
        store_error = StoreError(self._database.sentence(error))
        store_error.__cause__ = error
        return store_error
