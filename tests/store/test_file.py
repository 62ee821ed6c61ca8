"""The store's file: copies of it, older and newer ones, and files that are not ours, which nobody touches."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, StoreError, create_store, open_store, schema
from ctekit.store.connect import sentence
from ctekit.worksheets.purpose import Purpose
from tests.stores import create, names, run_sql, say


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
    assert names(tmp_path) == ["copy.ctekit", STORE_FILE]


@pytest.mark.file
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
    say(create(folder / STORE_FILE), "learners", "x")
    assert open_store(folder / STORE_FILE).load()[Purpose].learners == "x"
    assert names(folder) == [STORE_FILE]


@pytest.mark.file
def test_an_older_schema_is_copied_and_brought_up_to_date(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(store, "learners", "x")
    store.close()
    ours = schema.SCHEMA
    monkeypatch.setattr(schema, "SCHEMA", ours + 1)
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match="no steps lead"):
        open_store(store.path)
    assert store.path.read_bytes() == before
    monkeypatch.setitem(schema.STEPS, ours, ("CREATE TABLE later (x TEXT)",))
    newer = open_store(store.path)
    say(newer, "region", "y")
    assert newer.load()[Purpose].learners == "x"
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (ours + 1,)
        assert connection.execute("SELECT count(*) FROM later").fetchone() == (0,)
    (copy,) = tmp_path.glob(f"{STORE_FILE}.schema-{ours}-*")
    monkeypatch.setattr(schema, "SCHEMA", ours)
    assert open_store(copy).load()[Purpose].learners == "x"


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


def _without_its_last_byte(path: Path) -> None:
    _full(path)
    with path.open("r+b") as handle:
        handle.truncate(path.stat().st_size - 1)


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


@pytest.mark.file
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_foreign, "not a partnership of ctekit"),
        (_other_application, "not a partnership of ctekit"),
        (_empty, "not a partnership of ctekit"),
        (_newer, "newer ctekit .schema 99"),
        (_truncated, "damaged"),
        (_without_its_last_byte, "damaged"),
        (_garbled, "damaged"),
        (_without_table, "damaged"),
    ],
)
def test_a_file_that_is_not_ours_is_never_written(tmp_path: Path, spoil: Callable[[Path], None], words: str) -> None:
    path = tmp_path / STORE_FILE
    spoil(path)
    before = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(StoreError, match=words) as raised:
        open_store(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert names(tmp_path) == [STORE_FILE]
    assert str(path) in str(raised.value)


@pytest.mark.file
def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no partnership"):
        open_store(tmp_path / STORE_FILE)
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path)
    for attempt in (open_store, create_store):
        with pytest.raises(StoreError, match="no folder"):
            attempt(tmp_path / "nowhere" / STORE_FILE)
        with pytest.raises(StoreError, match="network"):
            attempt("\\\\server\\share\\partnership.ctekit")
    assert names(tmp_path) == []


def test_making_a_store_never_writes_over_a_file(store: Store) -> None:
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match="already a file"):
        create(store.path)
    assert store.path.read_bytes() == before


@pytest.mark.file
def test_a_file_that_was_taken_away_is_not_made_anew(store: Store) -> None:
    store.path.rename(store.path.with_name("moved"))
    with pytest.raises(StoreError, match="no longer there"):
        say(store, "learners", "x")
    with pytest.raises(StoreError, match="no longer there"):
        store.load()
    assert not store.path.exists()


def test_a_revision_never_changes_and_never_goes(store: Store) -> None:
    say(store, "learners", "x")
    for statement in ("UPDATE revision SET value = 'y'", "DELETE FROM revision"):
        with pytest.raises((sqlite3.IntegrityError, DBAPIError), match=r"a revision|permission denied"):
            run_sql(store, statement)
    assert store.load()[Purpose].learners == "x"


@pytest.mark.file
def test_a_revision_is_never_replaced(store: Store) -> None:
    columns = "'u','p','w','r','f','',NULL,NULL,'','',NULL,NULL,NULL,NULL"
    with pytest.raises(sqlite3.IntegrityError, match="a revision"):
        run_sql(store, f"INSERT OR REPLACE INTO revision VALUES (1, {columns})")


@pytest.mark.file
def test_an_error_of_the_database_is_told_without_the_answers_it_was_about(tmp_path: Path) -> None:
    path = tmp_path / "partnership.ctekit"
    path.touch()
    cause = sqlite3.OperationalError("too many terms")
    error = OperationalError("INSERT INTO revision", {"value": "her number"}, cause)
    message = sentence(error, path)
    assert "(too many terms)" in message
    assert "her number" not in message
