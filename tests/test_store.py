"""The store keeps every answer: through merges, conflicts, kills, full disks and files that are not ours."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from ctekit import worksheets
from ctekit.store import NAME, Edit, Store, StoreError, between, create_store, open_store, schema
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which this system has not")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = create_store(tmp_path / NAME)
    yield made
    made.close()


def say(store: Store, field: str, value: Any, row: str = "", **more: Any) -> Any:
    return store.save([Edit("purpose", field, value, row, **more)])[0]


def promise(store: Store, words: str, place: Any = "") -> str:
    saved = store.save([Edit("purpose", "row", place, "clause-*"), Edit("purpose", "promise", words, "clause-*")])
    return str(saved[0].row)


def promises(store: Store, as_of: str | None = None) -> list[tuple[str, str | None]]:
    return [(row.id, row.promise) for row in store.load(as_of)[Purpose].clauses]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def in_child(work: Callable[[], Any], nobody: bool = False) -> Any:
    """Do some work in a forked process, as a user who owns nothing if asked, and bring back its answer."""
    worksheets.every()  # imported before we give up the right to read them
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if nobody and os.getuid() == 0:
                os.setuid(65534)
            answer = json.dumps(work())
        except BaseException as error:
            answer = json.dumps(f"{type(error).__name__}: {error}")
        os.write(write, answer.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer)


def in_child_later(work: Callable[[], Any]) -> Callable[[], Any]:
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            os._exit(1)

    def wait() -> None:
        assert os.waitpid(child, 0)[1] == 0

    return wait


# What was said is there


def test_answers_come_back_typed_and_in_order(store: Store) -> None:
    say(store, "learners", "learners in three counties")
    say(store, "by", "2028-06-30")
    first, second = promise(store, "one"), promise(store, "two")
    book = open_store(store.path).load()
    assert book[Purpose].learners == "learners in three counties"
    assert book[Purpose].by == datetime.date(2028, 6, 30)
    assert [(row.id, row.promise) for row in book[Purpose].clauses] == [(first, "one"), (second, "two")]
    assert book.revision == store.latest()
    assert book.saved_at == store.history()[-1].at


def test_the_partnership_id_is_made_once(store: Store) -> None:
    assert store.partnership
    assert open_store(store.path).partnership == store.partnership
    with pytest.raises(StoreError, match="never changes"):
        store.save([Edit("profile", "partnership_id", "another")])
    store.save([Edit("profile", "partnership_id", store.partnership)])
    assert store.latest() == 1


def test_a_blank_answer_is_blank_again(store: Store) -> None:
    say(store, "learners", "x")
    say(store, "learners", None)
    assert store.load()[Purpose].learners is None
    assert [one.value for one in store.history("purpose", "", "learners")] == ["x", None]
    assert store.history("purpose")[-1].old == "x"


def test_history_tells_who_and_when(tmp_path: Path) -> None:
    noon = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
    store = create_store(tmp_path / NAME, partnership="harrow-bend", clock=lambda: noon)
    say(store, "learners", "x", who="Ann")
    last = store.history("purpose")[-1]
    assert (last.who, last.at, store.partnership) == ("Ann", "2027-03-01T12:00:00.000Z", "harrow-bend")


def test_an_answer_that_changes_nothing_makes_no_revision(store: Store) -> None:
    seq = say(store, "learners", "x").seq
    again = say(store, "learners", "x", based_on=0)
    assert (again.seq, again.conflict) == (seq, None)
    assert store.latest() == seq
    assert say(store, "region", None).seq == 0


def test_an_edit_sent_twice_is_written_once(store: Store) -> None:
    batch = [Edit("purpose", "row", "", "clause-*"), Edit("purpose", "promise", "one", "clause-*")]
    first = store.save(batch)
    promise(store, "another")
    assert store.save(batch) == first
    assert [words for _, words in promises(store)] == ["one", "another"]
    blank = [Edit("purpose", "promise", None, "clause-*")]
    assert store.save(blank)[0].row == store.save(blank)[0].row == "clause-3"


def test_half_an_emoji_does_not_stop_the_rest(store: Store) -> None:
    say(store, "learners", "cut \ud83d")
    assert store.load()[Purpose].learners == "cut \ufffd"


@pytest.mark.parametrize(
    "edit",
    [
        Edit("purpse", "learners", "x"),
        Edit("purpose", "lerners", "x"),
        Edit("purpose", "clauses", []),
        Edit("purpose", "promise", "x", "need-1"),
        Edit("purpose", "promise", "x", "clause-one"),
        Edit("purpose", "row", ""),
        Edit("purpose", "marks/lerners", None),
        Edit("roles", "matrix/org-1", "R", "sign-1"),
    ],
)
def test_a_place_that_does_not_exist_is_the_callers_fault(store: Store, edit: Edit) -> None:
    with pytest.raises(LookupError):
        store.save([Edit("purpose", "learners", "x"), edit])
    assert store.latest() == 1


def test_a_position_that_is_none_is_the_callers_fault(store: Store) -> None:
    with pytest.raises(ValueError, match="not a position"):
        say(store, "row", "V0", "clause-1")


# Rows


def test_rows_are_put_moved_removed_and_brought_back(store: Store) -> None:
    one, two, three = (promise(store, words) for words in ("one", "two", "three"))
    top = promise(store, "top", {"after": ""})
    middle = promise(store, "middle", {"after": one})
    assert [row for row, _ in promises(store)] == [top, one, middle, two, three]
    say(store, "row", {"after": three}, top)
    say(store, "row", None, one)
    assert [row for row, _ in promises(store)] == [middle, two, three, top]
    book = store.load()
    assert book.name(one) == "one (removed)"
    say(store, "row", {"after": two}, one)
    assert promises(store)[2] == (one, "one")


def test_a_row_that_is_in_its_place_stays_without_a_revision(store: Store) -> None:
    one, two = promise(store, "one"), promise(store, "two")
    before = store.latest()
    say(store, "row", "", two)
    say(store, "row", {"after": one}, two)
    say(store, "row", {"after": ""}, one)
    assert store.latest() == before


def test_an_id_is_never_used_again(store: Store) -> None:
    for number in range(1, 4):
        row = promise(store, "x")
        assert row == f"clause-{number}"
        say(store, "row", None, row)
    assert promises(store) == []
    assert promise(open_store(store.path), "x") == "clause-4"


def test_an_answer_for_an_unknown_row_gives_birth_to_it(store: Store) -> None:
    store.save([Edit("purpose", "promise", words, f"clause-{number}") for number, words in ((7, "b"), (2, "a"))])
    assert promises(store) == [("clause-7", "b"), ("clause-2", "a")]
    assert promise(store, "next") == "clause-8"
    say(store, "row", None, "clause-2")
    say(store, "promise", "typed into a row that is gone", "clause-2")
    assert [row for row, _ in promises(store)] == ["clause-7", "clause-8"]
    assert store.load().name("clause-2") == "typed into a row that is gone (removed)"


def test_two_new_rows_of_one_batch_are_two_tables(store: Store) -> None:
    saved = store.save([Edit("purpose", "promise", "x", "clause-*"), Edit("purpose", "statement", "y", "fact-*")])
    assert [one.row for one in saved] == ["clause-1", "fact-1"]


def test_marks_and_the_matrix_are_put_together(store: Store) -> None:
    mark = {"kind": "to find out", "whom": "person-1", "by": "2027-01-31", "because": None}
    store.save(
        [
            Edit("purpose", "marks/learners", mark),
            Edit("roles", "task", "Place students", "task-1"),
            Edit("roles", "matrix/org-1", "RA", "task-1"),
            Edit("roles", "matrix/org-2", "C", "task-1"),
            Edit("roles", "matrix/org-1", "I", "task-2"),
            Edit("roles", "marks/task", mark, "task-2"),
        ]
    )
    book = store.load()
    assert book[Purpose].marks["learners"].by == datetime.date(2027, 1, 31)
    assert book[Roles].matrix == {"task-1": {"org-1": "RA", "org-2": "C"}, "task-2": {"org-1": "I"}}
    assert book[Roles].tasks[1].marks["task"].kind == "to find out"
    store.save(
        [
            Edit("roles", "row", None, "task-2"),
            Edit("roles", "matrix/org-2", None, "task-1"),
            Edit("purpose", "marks/learners", None),
        ]
    )
    book = store.load()
    assert book[Roles].matrix == {"task-1": {"org-1": "RA"}}
    assert book[Purpose].marks == {}


def test_an_answer_that_fits_no_more_is_blank_and_the_rest_is_read(store: Store) -> None:
    store.save(
        [
            Edit("purpose", "learners", "x"),
            Edit("purpose", "by", "someday"),
            Edit("purpose", "agreed_by", ["org-1", 2]),
            Edit("purpose", "method", "by shouting", "prot-1"),
            Edit("purpose", "decision", "Spend money", "prot-1"),
            Edit("purpose", "quorum", 5, "prot-2"),
            Edit("purpose", "marks/by", {"kind": "to find out", "by": "soon"}),
            Edit("purpose", "marks/change", {"kind": "to find out"}),
            Edit("purpose", "method", "by shouting", "prot-3"),
            Edit("purpose", "row", None, "prot-3"),
        ]
    )
    sheet = store.load()[Purpose]
    assert (sheet.learners, sheet.by, sheet.agreed_by) == ("x", None, ())
    assert [(row.decision, row.method, row.quorum) for row in sheet.decisions] == [
        ("Spend money", None, None),
        (None, None, 5),
    ]
    assert set(sheet.marks) == {"change"}
    assert "prot-3" in store.load().removed
    assert store.history("purpose", "prot-1", "method")[0].value == "by shouting"


def test_five_thousand_rows_are_read(store: Store) -> None:
    fields = ("statement", "figure", "source")
    store.save([Edit("purpose", field, "x", f"fact-{row}") for row in range(5000) for field in fields])
    begin = time.perf_counter()
    assert len(store.load()[Purpose].evidence) == 5000
    print(f"5,000 rows are read in {1000 * (time.perf_counter() - begin):.0f} ms")


# Positions


def test_positions_stay_short_when_rows_are_added_at_the_end() -> None:
    key = None
    for _ in range(10_000):
        key, before = between(key, None), key
        assert before is None or before < key
    assert key is not None
    assert len(key) <= 5


@given(st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(["between", "start", "end"])), max_size=60))
def test_there_is_always_a_position_between(wishes: list[tuple[int, str]]) -> None:
    keys: list[str] = []
    for number, wish in wishes:
        at = {"between": number % (len(keys) + 1), "start": 0, "end": len(keys)}[wish]
        made = between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None)
        keys.insert(at, made)
        assert not made.endswith("0")
    assert keys == sorted(set(keys))


@given(st.text("0Vz1y", min_size=1, max_size=8), st.text("0Vz1y", min_size=1, max_size=8))
def test_between_any_two_keys(a: str, b: str) -> None:
    a, b = a + "1", b + "1"
    assert a < between(a, None)
    assert between(None, b) < b
    if a < b:
        assert a < between(a, b) < b
    else:
        with pytest.raises(ValueError, match="Nothing lies between"):
            between(a, b)


# Two at once


@forks
def test_two_processes_on_one_file_merge(store: Store) -> None:
    def other() -> list[int]:
        mine = open_store(store.path)
        return [say(mine, "region", f"r{number}").seq for number in range(20)] + [len(promise(mine, "b"))]

    child = in_child_later(other)
    for number in range(20):
        say(store, "learners", f"l{number}")
    promise(store, "a")
    child()
    sheet = store.load()[Purpose]
    assert (sheet.learners, sheet.region) == ("l19", "r19")
    assert {row.promise for row in sheet.clauses} == {"a", "b"}
    assert len(store.history("purpose", "", "region")) == len(store.history("purpose", "", "learners")) == 20


def test_a_late_writer_is_shown_both_and_both_are_kept(store: Store) -> None:
    seen = say(store, "learners", "first").seq
    other = open_store(store.path)
    theirs = say(other, "learners", "theirs", based_on=seen, who="Ann")
    ours = say(store, "learners", "ours", based_on=seen, who="Ben")
    assert ours.conflict is not None
    assert (ours.conflict.seq, ours.conflict.value, ours.conflict.who) == (theirs.seq, "theirs", "Ann")
    assert store.load()[Purpose].learners == "theirs"
    late = store.history("purpose", "", "learners")[-1]
    assert (late.value, late.conflicts_with, late.old) == ("ours", theirs.seq, "theirs")
    assert store.seqs()["purpose", "", "learners"] == theirs.seq
    assert store.latest() == late.seq == store.load().revision
    chosen = say(store, "learners", "ours", based_on=theirs.seq)
    assert chosen.conflict is None
    assert store.load()[Purpose].learners == "ours"


def test_a_late_writer_who_says_the_same_is_not_in_conflict(store: Store) -> None:
    seen = say(store, "learners", "first").seq
    theirs = say(store, "learners", "same", based_on=seen)
    ours = say(store, "learners", "same", based_on=seen)
    assert (ours.seq, ours.conflict) == (theirs.seq, None)


def test_a_blank_that_somebody_filled_meanwhile_is_a_conflict(store: Store) -> None:
    say(store, "learners", "theirs", based_on=0)
    edit = Edit("purpose", "learners", "ours", based_on=0)
    first = store.save([edit])[0]
    assert first.conflict is not None
    assert store.save([edit])[0] == first


def test_one_is_never_late_against_oneself_in_a_batch(store: Store) -> None:
    edits = [Edit("purpose", "learners", words, based_on=0) for words in "abc"]
    assert [one.conflict for one in store.save(edits)] == [None, None, None]
    assert store.load()[Purpose].learners == "c"


def test_a_revision_never_changes_and_never_goes(store: Store) -> None:
    say(store, "learners", "x")
    columns = "'u','p','w','r','f','',NULL,NULL,'','',NULL,NULL"
    with closing(sqlite3.connect(store.path)) as connection:
        for statement in (
            "UPDATE revision SET value = 'y'",
            "DELETE FROM revision",
            f"INSERT OR REPLACE INTO revision VALUES (1, {columns})",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="a revision"):
                connection.execute(statement)
            connection.rollback()
    assert store.load()[Purpose].learners == "x"


def test_reading_does_not_wait_for_somebody_who_writes(store: Store) -> None:
    say(store, "learners", "x")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        store.latest()  # would wait half a minute for the lock, and then fail
        assert store.load()[Purpose].learners == "x"


@forks
def test_opening_a_store_never_loosens_a_lock_of_this_process(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctekit.store.file._PATIENCE", 0.2)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        open_store(store.path).load()
        assert "Another program" in in_child(lambda: say(open_store(store.path), "learners", "x").seq)
        writing.execute("COMMIT")
    assert in_child(lambda: say(open_store(store.path), "learners", "x").seq) == 2


def test_batches_that_wait_share_one_commit_and_fail_alone(store: Store) -> None:
    commits: list[Any] = []
    event.listen(store._writer._engine, "commit", commits.append)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        first = store.submit([Edit("purpose", "learners", "first")])
        time.sleep(0.1)
        waiting = [store.submit([Edit("purpose", "learners", str(number))]) for number in range(20)]
        assert not first.done()
        other.execute("COMMIT")
    assert [future.result()[0].seq for future in waiting] == list(range(3, 23))
    assert len(commits) == 2
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        good = [store.submit([Edit("purpose", "region", str(number))]) for number in range(3)]
        bad = store.submit([Edit("purpose", "region", "x"), Edit("purpose", "change", "x", who="\ud800")])
        good.append(store.submit([Edit("purpose", "region", "last")]))
        other.execute("COMMIT")
    assert isinstance(bad.exception(), UnicodeEncodeError)
    assert all(future.result() for future in good)
    assert [one.value for one in store.history("purpose", "", "region")] == ["0", "1", "2", "last"]


# Looking back, keeping copies


def test_as_of_a_day_a_minute_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [datetime.datetime(2027, 3, 1, 10, 42, 7, 500_000, tzinfo=datetime.UTC)]
    store = create_store(tmp_path / NAME, clock=lambda: now[0])
    say(store, "learners", "monday")
    row = promise(store, "kept")
    seen = store.load().saved_at
    now[0] += datetime.timedelta(days=1)
    say(store, "learners", "tuesday")
    say(store, "row", None, row)
    assert store.load()[Purpose].learners == "tuesday"
    for moment in (seen, "2027-03-01T10:42Z", "2027-03-01T10:42:07Z", "2027-03-01T23:59:59+00:00"):
        assert store.load(moment)[Purpose].learners == "monday"
        assert promises(store, moment) == [(row, "kept")]
        assert store.load(moment).saved_at == seen
    assert store.load("2027-03-01T10:41Z")[Purpose].learners is None
    assert store.load("2027-03-01T10:41Z").revision == 0
    assert store.load("2027-03-01")[Purpose].learners == "monday"
    for wrong in ("yesterday", "2027-13-01", "2027-3-1"):
        with pytest.raises(ValueError, match="not a date"):
            store.load(wrong)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs tzset, which this system has not")
def test_a_day_is_a_day_where_people_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime.datetime(2027, 3, 2, 3, tzinfo=datetime.UTC)
    store = create_store(tmp_path / NAME, clock=lambda: evening)
    say(store, "learners", "x")
    try:
        for zone, there in (("America/Chicago", "x"), ("UTC", None)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert store.load("2027-03-01")[Purpose].learners == there
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_backup_is_a_store_of_the_same_partnership(store: Store, tmp_path: Path) -> None:
    say(store, "learners", "x")
    store.backup(tmp_path / "copy.ctekit")
    copy = open_store(tmp_path / "copy.ctekit")
    assert copy.history() == store.history()
    assert copy.partnership == store.partnership
    say(store, "learners", "y")
    with pytest.raises(StoreError, match="never writes over one"):
        store.backup(tmp_path / "copy.ctekit")
    with pytest.raises(StoreError, match="never writes over one"):
        store.backup(store.path)
    with pytest.raises(StoreError, match="no folder"):
        store.backup(tmp_path / "nowhere" / "copy.ctekit")
    assert names(tmp_path) == ["copy.ctekit", NAME]


def test_a_file_put_back_from_a_copy_is_read_from_then_on(store: Store, tmp_path: Path) -> None:
    say(store, "learners", "old")
    store.backup(tmp_path / "copy.ctekit")
    say(store, "learners", "new")
    (tmp_path / "copy.ctekit").replace(store.path)
    assert store.load()[Purpose].learners == "old"
    say(store, "region", "written into the file that is there")
    assert open_store(store.path).load()[Purpose].region == "written into the file that is there"


def test_odd_names_of_folders(tmp_path: Path) -> None:
    folder = tmp_path / "Käse #1, 100%? & more"
    folder.mkdir()
    say(create_store(folder / NAME), "learners", "x")
    assert open_store(folder / NAME).load()[Purpose].learners == "x"
    assert names(folder) == [NAME]


def test_an_older_schema_is_copied_and_brought_up_to_date(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(store, "learners", "x")
    store.close()
    monkeypatch.setattr(schema, "SCHEMA", 2)
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match="no steps lead"):
        open_store(store.path)
    assert store.path.read_bytes() == before
    monkeypatch.setitem(schema.STEPS, 1, ("CREATE TABLE later (x TEXT)",))
    newer = open_store(store.path)
    say(newer, "region", "y")
    assert newer.load()[Purpose].learners == "x"
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
    (copy,) = tmp_path.glob(f"{NAME}.schema-1-*")
    monkeypatch.setattr(schema, "SCHEMA", 1)
    assert open_store(copy).load()[Purpose].learners == "x"


# What goes wrong


def test_saved_means_on_the_disk(store: Store) -> None:
    with store._writer._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 3, "EXTRA: also the journal's end is synced"


@forks
def test_every_acknowledged_answer_survives_kill_9(store: Store) -> None:
    acknowledged = 0
    for number in range(5):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            mine = open_store(store.path)
            for count in range(10_000):
                words = f"{number}/{count}"
                promise(mine, words)
                os.write(write, f"{words}\n".encode())
            os._exit(1)
        os.close(write)
        begun = os.read(read, 1)  # at least one, however slow the disk
        time.sleep(random.uniform(0.05, 0.25))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as pipe:
            said = (begun.decode() + pipe.read()).split()
        acknowledged += len(said)
        kept = promises(open_store(store.path))
        assert {words for _, words in kept} >= set(said)
        assert None not in {words for _, words in kept}, "half a batch was kept"
        assert len({row for row, _ in kept}) == len(kept)
    assert acknowledged >= 5


def test_what_waits_is_written_when_python_ends(store: Store) -> None:
    script = (
        "import sys; from ctekit.store import *\n"
        "store = open_store(sys.argv[1])\n"
        "for number in range(60): store.submit([Edit('purpose', 'learners', str(number))])\n"
    )
    root = Path(__file__).parents[1]
    subprocess.run([sys.executable, "-c", script, store.path], cwd=root, check=True)
    assert len(store.history("purpose", "", "learners")) == 60


def test_a_closed_store_says_so(store: Store) -> None:
    future = store.submit([Edit("purpose", "learners", "x")])
    store.close()
    store.close()
    assert future.done()
    with pytest.raises(StoreError, match="closed"):
        say(store, "learners", "y")


@forks
def test_a_forked_child_can_save(store: Store) -> None:
    say(store, "learners", "x")
    assert in_child(lambda: say(store, "region", "y").seq) == 3
    assert store.load()[Purpose].region == "y"


def _other_application(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def _foreign(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 a zip, perhaps" * 1000)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _newer(path: Path) -> None:
    create_store(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def _full(path: Path) -> None:
    store = create_store(path)
    store.save([Edit("purpose", "statement", "x" * 200, f"fact-{row}") for row in range(500)])
    store.close()


def _truncated(path: Path) -> None:
    _full(path)
    with path.open("r+b") as handle:
        handle.truncate(path.stat().st_size // 2)


def _garbled(path: Path) -> None:
    _full(path)
    with path.open("r+b") as handle:
        for page in range(2, 20):
            handle.seek(4096 * page)
            handle.write(b"\xa5" * 2000)


def _without_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.SCHEMA}")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_foreign, "not a partnership of ctekit"),
        (_other_application, "not a partnership of ctekit"),
        (_empty, "not a partnership of ctekit"),
        (_newer, "newer ctekit .schema 99"),
        (_truncated, "damaged"),
        (_garbled, "damaged"),
        (_without_table, "damaged"),
    ],
)
def test_a_file_that_is_not_ours_is_never_written(tmp_path: Path, spoil: Callable[[Path], None], words: str) -> None:
    path = tmp_path / NAME
    spoil(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(StoreError, match=words) as told:
        open_store(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert names(tmp_path) == [NAME]
    assert str(path) in str(told.value)


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no partnership"):
        open_store(tmp_path / NAME)
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path)
    for attempt in (open_store, create_store):
        with pytest.raises(StoreError, match="no folder"):
            attempt(tmp_path / "nowhere" / NAME)
        with pytest.raises(StoreError, match="network"):
            attempt("\\\\server\\share\\partnership.ctekit")
    assert names(tmp_path) == []


def test_making_a_store_never_writes_over_a_file(store: Store) -> None:
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match="already a file"):
        create_store(store.path)
    assert store.path.read_bytes() == before


def test_a_file_that_was_taken_away_is_not_made_anew(store: Store) -> None:
    store.path.rename(store.path.with_name("moved"))
    with pytest.raises(StoreError, match="no longer there"):
        say(store, "learners", "x")
    with pytest.raises(StoreError, match="no longer there"):
        store.load()
    assert not store.path.exists()


@forks
def test_a_read_only_folder_can_be_read_and_says_why_not_more() -> None:
    folder, elsewhere = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    elsewhere.chmod(0o777)
    try:
        store = create_store(folder / NAME)
        say(store, "learners", "x")
        store.path.chmod(0o444)
        folder.chmod(0o555)

        def look() -> list[str]:
            mine = open_store(folder / NAME)
            told = [mine.load()[Purpose].learners or ""]
            for attempt in (lambda: say(mine, "learners", "y"), lambda: create_store(folder / "other")):
                try:
                    attempt()
                except StoreError as error:
                    told.append(str(error))
            mine.backup(elsewhere / "copy")
            return [*told, open_store(elsewhere / "copy").load()[Purpose].learners or ""]

        value, saving, making, copied = in_child(look, nobody=True)
        (elsewhere / "copy").unlink()
        assert value == copied == "x"
        assert "read-only" in saving
        assert "read-only" in making
        store.path.chmod(0o666)
        assert "read-only" in in_child(look, nobody=True)[1], "the file may be written, its journal may not"
        assert names(folder) == [NAME]
        store.path.chmod(0)
        assert "may not read" in in_child(look, nobody=True)
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
        shutil.rmtree(elsewhere)


@forks
def test_a_full_disk_loses_nothing_and_the_next_save_works(store: Store) -> None:
    import resource

    say(store, "learners", "before")

    def fill() -> list[Any]:
        mine = open_store(store.path)
        size, limit = store.path.stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, limit[1]))
        told = []
        for attempt in (
            lambda: mine.save([Edit("purpose", "region", "small"), Edit("purpose", "sentence", "x" * 200_000)]),
            lambda: mine.backup(store.path.with_name("copy")),
        ):
            try:
                attempt()
            except StoreError as error:
                told.append(str(error))
        seen = mine.load()[Purpose]
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        mine.save([Edit("purpose", "sentence", "x" * 200_000)])
        return [*told, seen.learners, seen.region]

    saving, *rest = in_child(fill)
    assert "disk is full" in saving
    assert rest[-2:] == ["before", None]
    sheet = open_store(store.path).load()[Purpose]
    assert (sheet.learners, len(sheet.sentence or "")) == ("before", 200_000)


def test_a_file_somebody_holds_for_long_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctekit.store.file._PATIENCE", 0.2)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="Another program"):
            say(store, "learners", "x")
    say(store, "learners", "y")
    assert store.load()[Purpose].learners == "y"
