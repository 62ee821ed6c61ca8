"""Backups: whole, few, looked over before they are trusted, and put back without a writer losing anything unseen."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ctekit import cli
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, StoreError, backups, create_store, open_store
from ctekit.worksheets.purpose import Purpose
from tests.store.test_schemas import of_schema
from tests.stores import say


def test_the_newest_backups_are_kept_and_other_files_stay(store: Store) -> None:
    folder = store.path.parent
    kept = [backups.keep(store, 2) for _ in range(3)]
    other = folder / backups.FOLDER / "mine.ctekit"
    other.write_text("mine")
    kept.append(backups.keep(store, 2))
    assert backups.all_of(folder) == kept[-2:]
    assert other.read_text() == "mine"
    assert backups.keep_daily(store) is None, "there is one of today"


def test_no_backup_goes_that_somebody_was_told_is_kept(store: Store) -> None:
    folder = store.path.parent / backups.FOLDER
    folder.mkdir()
    later = [folder / f"2999-01-{day:02d}-120000-000.ctekit" for day in range(1, 13)]
    for path in later:  # of a computer whose clock was wrong
        path.write_text("")
    first = backups.keep_daily(store)
    assert first, "there was none of today"
    assert first.exists(), "the new one, though it is the oldest by its name"
    assert len(backups.all_of(store.path.parent)) == 12, "whoever keeps more than ten goes on keeping more"


@pytest.mark.file
def test_a_backup_put_back_is_all_there_was_and_what_stood_is_kept(store: Store) -> None:
    say(store, "learners", "yesterday")
    backup, there = backups.keep(store), store.history()
    say(store, "learners", "today")
    beside = open_store(store.path)
    assert beside.load()[Purpose].learners == "today"
    before = backups.restore(store, backup)
    for each in (store, beside):
        assert each.load()[Purpose].learners == "yesterday", "also for who had it open"
        assert each.history() == there
    assert open_store(before).load()[Purpose].learners == "today"
    say(beside, "region", "and it is written to as before")
    with closing(sqlite3.connect(store.path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute("UPDATE revision SET value = 1")
    assert open_store(store.path).load()[Purpose].region


@pytest.mark.file
def test_a_backup_of_an_older_schema_is_put_back(tmp_path: Path) -> None:
    old = of_schema(1, tmp_path / "old.ctekit")
    before = old.read_bytes()
    store = create_store(tmp_path / STORE_FILE, partnership="abc")
    backups.restore(store, old)
    assert store.load()[Purpose].learners == "two"
    assert old.read_bytes() == before


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def _no_store(path: Path) -> None:
    path.write_text("a letter")


def _sql(statement: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(statement)
            connection.commit()

    return run


@pytest.mark.file
@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_cut, "damaged"),
        (_no_store, "is not a partnership of ctekit"),
        (Path.unlink, "no "),
        (_sql("CREATE TRIGGER more AFTER INSERT ON revision BEGIN SELECT 1; END"), "trigger “more”"),
        (_sql("CREATE VIEW more AS SELECT 1"), "view “more”"),
        (_sql("ALTER TABLE revision ADD COLUMN more TEXT AS (upper(value))"), "table “revision”"),
    ],
    ids=["cut", "no store", "gone", "trigger", "view", "generated column"],
)
def test_a_spoiled_or_strange_backup_is_refused_in_a_sentence_and_nothing_changes(
    store: Store, spoil: Callable[[Path], None], sentence: str
) -> None:
    store.save([Edit("purpose", "not_do", "long " * 9_000)])
    backup = backups.keep(store)
    spoil(backup)
    before = store.path.read_bytes()
    for attempt in (lambda: backups.verify(backup), lambda: backups.restore(store, backup)):
        with pytest.raises(StoreError, match=sentence):
            attempt()
    assert store.path.read_bytes() == before
    assert backups.all_of(store.path.parent) in ([backup], []), "no second one was made"


@pytest.mark.file
def test_a_backup_of_another_partnership_is_refused(store: Store, tmp_path: Path) -> None:
    other = create_store(tmp_path / "other.ctekit")
    with pytest.raises(StoreError, match="another partnership"):
        backups.restore(store, other.path)


@pytest.mark.file
def test_the_commands_back_up_look_over_and_put_back(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*words: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out + captured.err

    folder = store.path.parent
    say(store, "learners", "one")
    assert run("backup", folder)[0] == 0
    (backup,) = backups.all_of(folder)
    say(store, "learners", "two")
    code, output = run("verify", folder)
    assert (code, output.count("ok    ")) == (0, 2)
    monkeypatch.setattr("typer.confirm", lambda _: False)
    assert "Nothing was changed" in run("restore-backup", backup, folder)[1]
    assert store.load()[Purpose].learners == "two"
    assert "is in its place" in run("restore-backup", backup, folder, "--yes")[1]
    assert store.load()[Purpose].learners == "one"
    _cut(backup)
    code, output = run("verify", folder)
    assert (code, output.count("WRONG")) == (1, 1)


@pytest.mark.file
def test_a_hundred_megabytes_are_backed_up_and_looked_over(store: Store) -> None:
    store.save([Edit("purpose", "not_do", f"{number} " + "x" * 900_000) for number in range(60)])
    begun = time.perf_counter()
    path = backups.keep(store)
    backed_up = time.perf_counter()
    assert backups.verify(path).revisions > 60
    took = f"backup {backed_up - begun:.1f} s, verify {time.perf_counter() - backed_up:.1f} s"
    print(f"{path.stat().st_size / 1e6:.0f} MB: {took}")
    assert path.stat().st_size > 100_000_000
