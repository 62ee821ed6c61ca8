"""A file that somebody else made or put in place: looked at in bounded time, neither run nor written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, StoreError, create_store, open_store, schema
from ctekit.worksheets.purpose import Purpose
from tests.stores import in_process, names, say

pytestmark = pytest.mark.file

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT"


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
        with pytest.raises(StoreError, match="did not put there") as raised:
            attempt()
        assert what in str(raised.value)
    assert store.path.read_bytes() == before


def test_a_file_that_a_tool_for_databases_has_tidied_up_is_still_ours(store: Store) -> None:
    path = store.path
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("ANALYZE", "REINDEX", "VACUUM"):
            connection.execute(statement)
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat1'").fetchone()
    with closing(open_store(path)) as again:
        again.save([Edit("purpose", "learners", "in three counties")])
        assert again.load()[Purpose].learners == "in three counties"


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
    path = tmp_path / STORE_FILE
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
    monkeypatch.setattr(schema, "SCHEMA", schema.SCHEMA + 1)
    monkeypatch.setitem(schema.STEPS, schema.SCHEMA - 1, ("ALTER TABLE revision ADD COLUMN later TEXT",))
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
    assert names(tmp_path) == [STORE_FILE]
    store.path.write_bytes(ours)
    say(store, "region", "put back")
    assert (store.load()[Purpose].learners, store.load()[Purpose].region) == ("ours", "put back")


FOLDER_REPLACED = """
import shutil
from ctekit.model.paths import STORE_FILE
from ctekit.jupyter.partnership import Partnership
home, backup = path.parent, path.parent.with_name("backup")
shutil.copytree(home, backup)
os.chdir(home)
mine = open_store(STORE_FILE)
shutil.rmtree(home)
answer = []
def attempt(work):
    try:
        answer.append(work())
    except StoreError as error:
        answer.append(str(error))
attempt(lambda: say(mine, "learners", "lost").seq)
attempt(lambda: open_store(STORE_FILE).latest())
shutil.copytree(backup, home)
attempt(lambda: say(mine, "learners", "saved in the backup").seq)
attempt(lambda: open_store(STORE_FILE).latest())
attempt(lambda: Partnership(".").name)
"""


@pytest.mark.slow  # a fresh process: it goes into the folder
def test_a_folder_that_was_replaced_while_open_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    create_store(tmp_path / "home" / STORE_FILE).close()
    gone, anew, put_back, *again = in_process(FOLDER_REPLACED, tmp_path / "home" / STORE_FILE)
    assert "no longer there" in gone
    assert "restart the kernel" in anew
    assert put_back == 2
    assert len(again) == 2
    assert all("restart the kernel" in words for words in again)
    assert open_store(tmp_path / "home" / STORE_FILE).load()[Purpose].learners == "saved in the backup"
