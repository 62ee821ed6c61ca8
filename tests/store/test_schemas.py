"""A file of every schema opens, holds what it held, and knows from then on what each answer was written upon."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ctekit.model.paths import STORE_FILE
from ctekit.ratings import Round
from ctekit.store import Edit, Store, create_store, open_store, schema
from ctekit.store.parents import parents_of, tips
from ctekit.worksheets.purpose import Purpose
from tests.stores import say

pytestmark = pytest.mark.file

AT = "2027-01-01T00:00:0{}.000Z"
OLD = [  # uid, field, value, based on, conflicts with
    ("u1", "partnership_id", '"abc"', None, None),
    ("u2", "learners", '"one"', None, None),
    ("u3", "learners", '"two"', 2, None),
    ("u4", "learners", '"late"', 2, 3),
    ("u5", "region", '"three counties"', None, None),
]


def of_schema(version: int, path: Path) -> Path:
    """A file as the release of a schema made it: two answers, one of them contested."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in schema.statements(version):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {version}")
        lines = [
            (
                number,
                uid,
                "profile" if field == "partnership_id" else "purpose",
                field,
                value,
                AT.format(number),
                on,
                late,
            )
            for number, (uid, field, value, on, late) in enumerate(OLD, 1)
        ]
        connection.executemany(
            "INSERT INTO revision "
            "(seq, uid, partnership, worksheet, row, field, value, who, at, based_on, conflicts_with) "
            "VALUES (?, ?, 'abc', ?, '', ?, ?, 'ann', ?, ?, ?)",
            lines,
        )
        connection.commit()
    return path


@pytest.mark.parametrize("version", range(1, schema.SCHEMA + 1))
def test_a_file_of_every_schema_opens_with_all_its_answers_and_history(tmp_path: Path, version: int) -> None:
    store = open_store(of_schema(version, tmp_path / STORE_FILE))
    purpose = store.load()[Purpose]
    assert (store.partnership, purpose.learners, purpose.region) == ("abc", "two", "three counties")
    assert [revision.uid for revision in store.history()] == [uid for uid, *_ in OLD]
    say(store, "learners", "chosen", based_on=4)
    assert store.history("purpose", "", "learners")[-1].parents == ("u3", "u4"), "both that were in conflict"
    store.close()
    kept = [path.name for path in tmp_path.iterdir() if ".schema-" in path.name]
    assert len(kept) == (version < schema.SCHEMA), "the older file is kept beside it"
    assert open_store(tmp_path / STORE_FILE).load()[Purpose].learners == "chosen"


def test_an_answer_knows_what_it_was_written_upon_and_when_it_was_said(store: Store) -> None:
    first = say(store, "learners", "one", uid="one").seq
    say(store, "learners", "two", uid="two", based_on=first)
    say(store, "learners", "theirs", uid="theirs", based_on=first, said_at="2026-01-01T00:00:00.000Z")
    two = store.seqs()["purpose", "", "learners"]
    say(store, "learners", "still two", uid="three", based_on=two)
    say(store, "learners", "chosen", uid="four")
    revisions = {revision.uid: revision for revision in store.history("purpose", "", "learners")}
    assert {uid: revision.parents for uid, revision in revisions.items()} == {
        "one": (),
        "two": ("one",),
        "theirs": ("one",),
        "three": ("two",),
        "four": ("theirs", "three"),
    }
    assert (revisions["theirs"].said_at, revisions["four"].said_at) == ("2026-01-01T00:00:00.000Z", "")


def test_a_batch_that_writes_one_place_twice_is_a_chain(store: Store) -> None:
    store.save(
        [Edit("purpose", "learners", "a", uid="a", based_on=0), Edit("purpose", "learners", "b", uid="b", based_on=0)]
    )
    assert [revision.parents for revision in store.history("purpose", "", "learners")] == [(), ("a",)]


def test_what_an_older_file_does_not_say_follows_from_its_numbers(tmp_path: Path) -> None:
    history = open_store(of_schema(1, tmp_path / STORE_FILE)).history("purpose", "", "learners")
    assert parents_of(history) == {"u2": (), "u3": ("u2",), "u4": ("u2",)}
    assert tips(history, 4) == ("u3", "u4")
    assert tips(history, 3) == ("u3",)


def test_rounds_that_two_copies_open_are_told_apart(tmp_path: Path) -> None:
    first = create_store(tmp_path / STORE_FILE)
    first.backup(tmp_path / "copy.ctekit")
    uids = []
    for store in (first, open_store(tmp_path / "copy.ctekit")):
        store.keep_round(Round("", "Quick round", "2027-01-15", "quick"))
        with closing(sqlite3.connect(store.path)) as connection:
            uids += connection.execute("SELECT uid FROM revision WHERE worksheet = 'ratings'").fetchall()
        store.close()
    assert len(set(uids)) == 2
