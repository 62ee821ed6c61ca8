"""A person who asks for it is forgotten: in answers, history, backups and older copies, and nothing else is touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from ctekit import cli
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, backups, open_store
from ctekit.store.forget import FORGOTTEN, forget
from ctekit.worksheets.purpose import Purpose
from tests.stores import say

pytestmark = pytest.mark.file

NAME, EARLIER, CONTACT = "Rosalind Quill-Marsh", "Rosalind Marsh", "rosalind@example.org"


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(word) for word in words])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), captured.out + captured.err


def people(store: Store) -> str:
    saved = store.save(
        [
            Edit("profile", "name", EARLIER, "s-*1"),
            Edit("profile", "contact", CONTACT, "s-*1"),
            Edit("profile", "role", "Welding teacher, by Rosalind", "s-*1"),
            Edit("profile", "status", "confirmed", "s-*1"),
            Edit("profile", "marks/seat", {"kind": "to find out", "whom": "her sister"}, "s-*1"),
            Edit("profile", "name", "Rosalind Marshall", "s-*2"),
            Edit("purpose", "agreed_by", None),
        ]
    )
    row = saved[0].row
    store.save([Edit("profile", "name", NAME, row)])
    store.save([Edit("convener", "lead_person", row)])
    say(store, "not_do", f"What {NAME.upper()} said; write to {CONTACT}.")
    say(store, "principles", f"A promise of {EARLIER}, not of Rosalind Marshall", who=NAME)
    return row


def test_nothing_of_the_person_is_in_any_file_and_all_else_is(store: Store) -> None:
    row = people(store)
    backup = backups.keep(store)
    old = store.path.with_name(f"{STORE_FILE}.schema-1-abcdef01")
    store.backup(old)
    beside = open_store(store.path)
    assert NAME in str(beside.load().name(row))
    before = store.history()
    assert forget(store, row).number > 10
    for path in (store.path, backup, old):
        content = path.read_bytes().lower()
        for words in (NAME, f"{EARLIER},", f'"{EARLIER}"', CONTACT, "welding teacher", "her sister"):
            assert words.lower().encode() not in content, (path.name, words)
        assert backups.verify(path).revisions >= len(before)
    book = beside.load()
    assert book.name(row) == FORGOTTEN, "also for who had it open"
    assert book.row_by_id[row].status == "confirmed"
    assert book.sheets["convener"].lead_person == row, "what refers to the row goes on doing so"
    assert book[Purpose].not_do == f"What {FORGOTTEN} said; write to {FORGOTTEN}."
    assert book[Purpose].principles == f"A promise of {FORGOTTEN}, not of Rosalind Marshall"
    assert [(each.seq, each.uid, each.field, each.at) for each in store.history()][: len(before)] == [
        (each.seq, each.uid, each.field, each.at) for each in before
    ], "that something changed stays"
    with closing(sqlite3.connect(store.path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute("UPDATE revision SET value = 1")
    say(beside, "region", "and people go on")
    assert forget(store, row).number >= 0, "twice does no harm"


def test_a_damaged_backup_is_named_and_keeps_no_other_file_from_forgetting(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    row, folder = people(store), store.path.parent
    backups.keep(store)
    spoiled, another, other = backups.keep(store), backups.keep(store), backups.keep(store)
    whole = spoiled.read_bytes()
    spoiled.write_text("a letter")
    another.write_text("a letter")
    code, output = run(capsys, "forget", NAME, folder, "--yes")
    assert (code, output.count("Not done"), spoiled.name in output, another.name in output) == (1, 2, True, True)
    assert "Delete them, even where" in output
    another.unlink()
    code, output = run(capsys, "forget", row, folder, "--yes")
    assert (code, output.count("Not done"), "Delete it, even where" in output) == (1, 1, True)
    assert "only the name and contact that stand in the file itself" in output
    for path in (other, store.path):
        assert NAME.lower().encode() not in path.read_bytes().lower()
    spoiled.write_bytes(whole)
    assert f"forget {row}" in output
    assert run(capsys, "forget", row, folder, "--yes")[0] == 0, "the same again takes what it has itself"
    assert NAME.lower().encode() not in spoiled.read_bytes().lower()
    assert EARLIER.lower().encode() + b"," not in spoiled.read_bytes().lower()


def test_a_backup_that_gave_the_id_to_somebody_else_keeps_them(store: Store) -> None:
    empty = backups.keep(store)
    first = store.save([Edit("profile", "name", "Somebody Else", "s-*1")])[0].row
    with_other = backups.restore(store, empty)
    assert store.save([Edit("profile", "name", NAME, "s-*1")])[0].row == first, "the same id, another person"
    forget(store, first)
    assert open_store(with_other).load().name(first) == "Somebody Else"


def test_the_command_asks_first_and_knows_people_by_name(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    row, folder = people(store), store.path.parent
    code, output = run(capsys, "forget", "Nobody At All", folder)
    assert (code, "Nothing was changed" in output) == (2, True)
    assert "or the row's id" in output
    asked: list[str] = []
    monkeypatch.setattr("typer.confirm", asked.append)
    for person in (NAME, row):
        assert "Nothing was changed" in run(capsys, "forget", person, folder)[1]
        assert f"“{NAME}” ({row}" in asked.pop(), "an id is easily mistyped: who it is stands in the question"
    assert store.load().name(row) == NAME
    (other,) = store.save([Edit("profile", "name", NAME, "s-*3")])
    code, output = run(capsys, "forget", NAME, folder)
    assert (code, f"“{NAME}” ({other.row})" in output, f"“{NAME}” ({row}, Welding teacher" in output) == (2, True, True)
    store.save([Edit("profile", "name", "Somebody Else", other.row)])
    output = run(capsys, "forget", NAME.lower(), folder, "--yes")[1]
    assert "Done" in output
    assert f"“{NAME}” ({row}" in output
    assert store.load().name(row) == FORGOTTEN
    assert store.load().name(other.row) == "Somebody Else"
