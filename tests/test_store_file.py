"""The store's file: copies of it, older and newer ones, and files that are not ours, which nobody touches."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ctekit.store import NAME, Edit, Store, StoreError, create_store, open_store, schema
from ctekit.worksheets.purpose import Purpose
from tests.stores import in_process, names, say


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


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"
COLUMNS = "seq, uid, partnership, worksheet, row, field, respondent, old, value, who, at, based_on, conflicts_with"


@pytest.mark.parametrize(
    ("statements", "what"),
    [
        (("DROP TABLE revision", f"CREATE VIEW revision AS {ENDLESS} x AS seq, x AS field FROM n"), "view “revision”"),
        ((f"CREATE VIEW other AS {ENDLESS} x FROM n",), "view “other”"),
        (("CREATE TRIGGER more AFTER INSERT ON revision BEGIN SELECT 1; END",), "trigger “more”"),
        (("DROP TRIGGER revision_never_goes", "CREATE TABLE more (x)"), "table “more”"),
        (("CREATE INDEX more ON revision (who)",), "index “more”"),
        (("CREATE INDEX more ON revision (abs(length(value)))",), "index “more”"),
        (("ALTER TABLE revision ADD COLUMN more TEXT AS (upper(value))",), "table “revision”"),
        (
            ("DROP TABLE revision", f"CREATE TABLE revision (seq INTEGER PRIMARY KEY CHECK (1 IN ({'1,' * 9000}1)))"),
            "rev",
        ),
        (("CREATE VIRTUAL TABLE more USING fts5(x)",), "table “more"),
        (("CREATE TABLE door (round TEXT PRIMARY KEY, secret TEXT DEFAULT 1)",), "table “door”"),
        (("CREATE TABLE 'a\x1b[31m\nb' (x)",), "table “a[31mb”"),
    ],
)
def test_a_file_that_holds_more_than_ours_is_refused_before_any_of_it_runs(
    store: Store, statements: tuple[str, ...], what: str
) -> None:
    store.close()
    with closing(sqlite3.connect(store.path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    before = store.path.read_bytes()
    for attempt in (lambda: open_store(store.path), store.load, store.latest):
        with pytest.raises(StoreError, match="did not put there") as told:
            attempt()
        assert what in str(told.value)
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("part", ["TRIGGER revision_never_replaced", "INDEX revision_current"])
def test_a_file_that_lacks_something_of_ours_is_damaged(store: Store, part: str) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"DROP {part}")
    with pytest.raises(StoreError, match="damaged"):
        open_store(store.path)


def test_a_statement_of_many_megabytes_is_not_read_through(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(f"CREATE TABLE more (x CHECK (x NOT IN ({'1,' * 400_000}1)))")
    with pytest.raises(StoreError, match=r"damaged|did not put there"):
        open_store(store.path)


AS_SQLALCHEMY_WROTE_IT = """
CREATE TABLE revision (
\tseq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, \n\tuid TEXT NOT NULL, \n\tpartnership TEXT NOT NULL, \n\tworksheet TEXT NOT NULL, \n\t"row" TEXT NOT NULL, \n\tfield TEXT NOT NULL, \n\trespondent TEXT DEFAULT '' NOT NULL, \n\told TEXT, \n\tvalue TEXT, \n\twho TEXT NOT NULL, \n\tat TEXT NOT NULL, \n\tbased_on INTEGER, \n\tconflicts_with INTEGER, \n\tUNIQUE (uid)\n)
"""  # noqa: E501


def test_a_file_of_the_first_release_opens_also_after_a_column_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(AS_SQLALCHEMY_WROTE_IT)
        for statement in schema.FIRST[1:]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
        first = ("u", "abc", "profile", "", "partnership_id", '"abc"', "ann", "2027-01-01T00:00:00.000Z")
        connection.execute(
            "INSERT INTO revision (uid, partnership, worksheet, row, field, value, who, at) VALUES (?,?,?,?,?,?,?,?)",
            first,
        )
        connection.commit()
    store = open_store(path)
    store.door("round-1")
    say(store, "learners", "x")
    store.close()
    monkeypatch.setattr(schema, "SCHEMA", 2)
    monkeypatch.setitem(schema.STEPS, 1, ("ALTER TABLE revision ADD COLUMN parents TEXT",))
    newer = open_store(path)
    assert (newer.load()[Purpose].learners, newer.partnership) == ("x", "abc")
    newer.close()
    fresh = create_store(tmp_path / "fresh.ctekit")
    say(fresh, "learners", "a new file of the newer schema")
    assert open_store(fresh.path).load()[Purpose].learners == "a new file of the newer schema"


def test_the_file_of_another_partnership_in_its_place_is_neither_read_nor_written(store: Store, tmp_path: Path) -> None:
    say(store, "learners", "ours")
    ours, theirs = store.path.read_bytes(), create_store(tmp_path / "theirs.ctekit")
    say(theirs, "learners", "theirs")
    theirs.close()
    theirs.path.replace(store.path)
    before = store.path.read_bytes()
    for attempt in (
        lambda: say(store, "learners", "x"),
        store.load,
        store.latest,
        lambda: store.door("round-1"),
        lambda: store.rounds(),
        lambda: store.backup(tmp_path / "copy"),
    ):
        with pytest.raises(StoreError, match="replaced by the file of another partnership"):
            attempt()
    assert store.path.read_bytes() == before
    assert names(tmp_path) == [NAME]
    store.path.write_bytes(ours)
    say(store, "region", "put back")
    assert (store.load()[Purpose].learners, store.load()[Purpose].region) == ("ours", "put back")


FOLDER_REPLACED = """
import shutil
from ctekit.partnership import Partnership
home, backup = path.parent, path.parent.with_name("backup")
shutil.copytree(home, backup)
os.chdir(home)
mine = open_store(NAME)
shutil.rmtree(home)
answer = []
def attempt(work):
    try:
        answer.append(work())
    except StoreError as error:
        answer.append(str(error))
attempt(lambda: say(mine, "learners", "lost").seq)
attempt(lambda: open_store(NAME).latest())
shutil.copytree(backup, home)
attempt(lambda: say(mine, "learners", "saved in the backup").seq)
attempt(lambda: open_store(NAME).latest())
attempt(lambda: Partnership(".").name)
"""


def test_a_folder_that_was_replaced_while_open_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    create_store(tmp_path / "home" / NAME).close()
    gone, anew, put_back, *again = in_process(FOLDER_REPLACED, tmp_path / "home" / NAME)
    assert "no longer there" in gone
    assert "restart the kernel" in anew
    assert put_back == 2
    assert len(again) == 2
    assert all("restart the kernel" in words for words in again)
    assert open_store(tmp_path / "home" / NAME).load()[Purpose].learners == "saved in the backup"
