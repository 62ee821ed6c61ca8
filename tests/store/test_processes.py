"""Several at one store: threads, programs, and children that were forked."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import event

from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, StoreError, open_store
from ctekit.worksheets.purpose import Purpose
from tests.stores import LIMIT, begin, held, in_process, names, promise, say
from tests.waiting import until


@pytest.mark.slow  # a fresh process
def test_two_processes_on_one_file_merge(store: Store) -> None:
    script = "mine = open_store(path)\n"
    script += "answer = [say(mine, 'region', f'r{number}').seq for number in range(20)] + [promise(mine, 'b')]"
    other = begin(script, store.path)
    for number in range(20):
        say(store, "learners", f"l{number}")
    promise(store, "a")
    _, errors = other.communicate(timeout=LIMIT)
    assert other.returncode == 0, errors
    sheet = store.load()[Purpose]
    assert (sheet.learners, sheet.region) == ("l19", "r19")
    assert {row.promise for row in sheet.clauses} == {"a", "b"}
    assert len(store.history("purpose", "", "region")) == len(store.history("purpose", "", "learners")) == 20


SAVE_WITHOUT_PATIENCE = """
import ctekit.store.connect
ctekit.store.connect.PATIENCE = 0.2
try:
    answer = say(open_store(path), "learners", "x").seq
except StoreError as error:
    answer = str(error)
"""


@pytest.mark.slow  # two fresh processes
@pytest.mark.file
def test_opening_a_store_never_loosens_a_lock_of_this_process(store: Store) -> None:
    with closing(sqlite3.connect(store.path, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        open_store(store.path).load()
        assert "Another program" in in_process(SAVE_WITHOUT_PATIENCE, store.path)
        writing.execute("COMMIT")
    assert in_process(SAVE_WITHOUT_PATIENCE, store.path) == 2


FORKED = """
mine = open_store(path)
say(mine, "learners", "the parent's")
attempts = (
    lambda: say(mine, "learners", "x"),
    lambda: mine.load(),
    lambda: mine.latest(),
    lambda: mine.door("round-1"),
    lambda: mine.backup(path.with_name("copy")),
    lambda: open_store(path),
    lambda: create(path.with_name("other")),
)
read, write = os.pipe()
child = os.fork()
if child == 0:
    told = []
    for attempt in attempts:
        try:
            attempt()
            told.append("done")
        except StoreError as error:
            told.append(str(error))
    mine.close()
    os.write(write, json.dumps(told).encode())
    os._exit(0)
os.close(write)
with os.fdopen(read) as pipe:
    answer = json.loads(pipe.read())
os.waitpid(child, 0)
say(mine, "region", "the parent goes on")
"""


@pytest.mark.slow  # a fresh process, and its child
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which this system has not")
def test_a_forked_child_is_told_to_be_a_fresh_process(store: Store) -> None:
    output = in_process(FORKED, store.path)
    assert len(output) == 7
    assert len(set(output)) == 1
    assert "fresh" in output[0]
    sheet = store.load()[Purpose]
    assert (sheet.learners, sheet.region) == ("the parent's", "the parent goes on")
    assert names(store.path.parent) == [STORE_FILE]


def test_saved_means_on_the_disk(store: Store, engine: str) -> None:
    with store._writer._engine.connect() as connection:
        if engine == "postgresql":
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
            assert connection.exec_driver_sql("SHOW fsync").scalar() == "on"
            return
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3, "EXTRA: also the journal's end is synced"


def test_a_closed_store_says_so(store: Store) -> None:
    future = store.submit([Edit("purpose", "learners", "x")])
    store.close()
    store.close()
    assert future.done()
    with pytest.raises(StoreError, match="closed"):
        say(store, "learners", "y")


@pytest.mark.file
def test_a_file_somebody_holds_for_long_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctekit.store.connect.PATIENCE", 0.2)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program"):
            say(store, "learners", "x")
    say(store, "learners", "y")
    assert store.load()[Purpose].learners == "y"


def test_reading_does_not_wait_for_somebody_who_writes(store: Store) -> None:
    say(store, "learners", "x")
    with held(store):
        store.latest()  # would wait half a minute for the lock, and then fail
        assert store.load()[Purpose].learners == "x"


def test_batches_that_wait_share_one_commit_and_fail_alone(store: Store, engine: str) -> None:
    commits: list[Any] = []
    event.listen(store._writer._engine, "commit", commits.append)
    with held(store):
        commits.clear()
        first = store.submit([Edit("purpose", "learners", "first")])
        until(first.running, "the writer has begun with it alone")
        waiting = [store.submit([Edit("purpose", "learners", str(number))]) for number in range(20)]
        assert not first.done()
    assert [future.result(LIMIT)[0].seq for future in waiting] == list(range(3, 23))
    assert len(commits) == 2 + (engine == "postgresql"), "one more of whoever held it"
    with held(store):
        good = [store.submit([Edit("purpose", "region", str(number))]) for number in range(3)]
        bad = store.submit([Edit("purpose", "region", "x"), Edit("purpose", "change", "x", who="\ud800")])
        good.append(store.submit([Edit("purpose", "region", "last")]))
    assert isinstance(bad.exception(LIMIT), UnicodeEncodeError)
    assert all(future.result(LIMIT) for future in good)
    assert [revision.value for revision in store.history("purpose", "", "region")] == ["0", "1", "2", "last"]
