"""Copies are merged from the terminal: what comes in is listed before, and how it stood is kept."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ctekit import cli, workspace
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, backups, open_store
from ctekit.worksheets.purpose import Purpose


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A partnership's folder and a copy of it, in which other people went on."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    workspace.make(ours, "Ours")
    shutil.copytree(ours, theirs)
    edits = {
        ours: [Edit("purpose", "learners", "our words", who="ann")],
        theirs: [Edit("purpose", "learners", "their words", who="bob"), Edit("purpose", "region", "Three counties")],
    }
    for folder, saved in edits.items():
        with closing(open_store(folder / STORE_FILE)) as store:
            store.save(saved)
    return ours, theirs


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return int(ended.value.code or 0), " ".join((captured.out + captured.err).split())


def learners(folder: Path) -> str | None:
    with closing(open_store(folder / STORE_FILE)) as store:
        return store.load()[Purpose].learners


def test_a_copy_is_merged_and_the_last_line_names_the_backup(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    ours, theirs = pair
    code, output = run(capsys, "merge", ours, theirs, "--yes")
    (backup,) = backups.all_of(ours)
    assert code == 0
    assert output.endswith(f"How it stood before is in {backup}.")
    assert (
        "withdrawn also in every copy that merges this one later. To merge it again after all, first restore" in output
    )
    assert "our words ann," in output
    assert "their words bob," in output
    assert "Three counties" in output
    assert backups.verify(backup).partnership == backups.verify(ours / STORE_FILE).partnership
    assert "Nothing to do: all of it is here." in run(capsys, "merge", ours, theirs / STORE_FILE, "--yes")[1]
    output = run(capsys, "undo-merge", ours)[1]
    assert "taken back: 2" in output
    assert (
        "withdrawn also in every copy that merges this one later. To merge it again after all, first restore" in output
    )
    assert "there was no merge, or it was taken back before" in run(capsys, "undo-merge", ours)[1]
    assert learners(ours) == "our words"


@pytest.mark.parametrize(("side", "words"), [("--ours", "our words"), ("--theirs", "their words")])
def test_one_side_is_taken_while_merging_or_afterwards(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], side: str, words: str
) -> None:
    ours, theirs = pair
    both = shutil.copytree(ours, ours.with_name("both"))
    run(capsys, "merge", ours, theirs, side, "--yes")
    run(capsys, "merge", both, theirs, "--yes")
    assert "Which learners" in run(capsys, "merge", both)[1]
    assert "1 answer was chosen" in run(capsys, "merge", both, side)[1]
    for folder in (ours, both):
        assert learners(folder) == words
        assert "Nothing to choose" in run(capsys, "merge", folder)[1]


def test_nothing_is_written_before_somebody_says_yes(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pair
    monkeypatch.setattr("ctekit.cli.merging.confirmed", lambda question: False)
    content = (ours / STORE_FILE).read_bytes()
    _, output = run(capsys, "merge", ours, theirs)
    assert "Three counties" in output
    assert output.endswith("Nothing was changed.")
    assert (ours / STORE_FILE).read_bytes() == content


def test_what_is_for_the_facilitator_only_is_told_only_when_asked_for(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = pair
    for folder, words in ((ours, "SECRET of ours"), (theirs, "SECRET of theirs")):
        with closing(open_store(folder / STORE_FILE)) as store:
            store.save([Edit("profile", "name", "Ana", "s-*1"), Edit("profile", "note", words, "s-*1")])
    run(capsys, "merge", ours, theirs, "--yes")
    with closing(open_store(theirs / STORE_FILE)) as store:
        store.save([Edit("profile", "note", "SECRET two", "s-1")])
    with closing(open_store(ours / STORE_FILE)) as store:
        store.save([Edit("profile", "note", "SECRET three", "s-2")])
    assert "SECRET" not in run(capsys, "merge", ours, theirs, "--yes")[1]
    code, output = run(capsys, "merge", ours)
    assert code == 0
    assert "SECRET" not in output
    assert "--private shows it" in output
    assert "SECRET three" in run(capsys, "merge", ours, "--private")[1]


def test_a_private_row_that_is_put_back_is_told_only_when_asked_for(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    ours, theirs = pair
    with closing(open_store(ours / STORE_FILE)) as store:
        store.save([Edit("plan", "said", "SECRET finding", "ack-*1")])
    run(capsys, "merge", theirs, ours, "--yes")
    with closing(open_store(ours / STORE_FILE)) as store:
        store.save([Edit("plan", "row", None, "ack-1")])
    with closing(open_store(theirs / STORE_FILE)) as store:
        store.save([Edit("plan", "note", "SECRET reason", "ack-1")])
    asked = shutil.copytree(ours, ours.with_name("asked"))
    output = run(capsys, "merge", ours, theirs, "--yes")[1]
    assert "SECRET" not in output
    assert "put back" not in output
    assert "put back: 1 SECRET finding" in run(capsys, "merge", asked, theirs, "--yes", "--private")[1]


@pytest.mark.parametrize("others", [["nowhere"], ["."], ["--ours", "--theirs"]])
def test_bad_input_is_one_sentence(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], others: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pair[0].parent)
    code, output = run(capsys, "merge", pair[0], *others)
    assert code == 2
    assert "Traceback" not in output


def test_what_somebody_went_on_from_is_told_when_a_merge_is_taken_back(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    ours, theirs = pair
    run(capsys, "merge", ours, theirs, "--yes")
    with closing(open_store(ours / STORE_FILE)) as store:
        store.save([Edit("purpose", "learners", "newer")])
    assert "1 answer or row changed since then and stays as it is." in run(capsys, "undo-merge", ours)[1]


@pytest.mark.parametrize("other", ["org-999", "org-1", "s-1"])
def test_only_two_rows_of_one_table_are_told_apart(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], other: str
) -> None:
    with closing(open_store(pair[0] / STORE_FILE)) as store:
        store.save([Edit("profile", "name", "Ridge Tool", "org-*"), Edit("profile", "name", "Ana Ruiz", "s-*")])
    code, output = run(capsys, "join-rows", pair[0], "org-1", other, "--two")
    assert (code, "othing was changed" in output) == (2, True), output
    assert "not proposed again" not in output


def test_doubles_are_proposed_and_joined_only_when_told(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "500")
    ours, theirs = pair
    for folder, name in ((ours, "Ridge Tool"), (theirs, "Ridge Tool, Inc.")):
        with closing(open_store(folder / STORE_FILE)) as store:
            store.save([Edit("profile", "name", name, "org-*")])
    output = run(capsys, "merge", ours, theirs, "--yes")[1]
    assert "Look like the same; nothing was joined: 1 “Ridge Tool” (org-1) and “Ridge Tool, Inc.” (org-2)" in output
    assert f"Make one of two with: ctekit join-rows {ours} org-1 org-2" in output
    assert "“Ridge Tool, Inc.” is “Ridge Tool” now" in run(capsys, "join-rows", ours, "org-1", "org-2")[1]
    assert "Look like" not in run(capsys, "merge", ours)[1]
    assert "They are two again" in run(capsys, "undo-join-rows", ours)[1]
    assert "Nothing to do" in run(capsys, "undo-join-rows", ours)[1]
    assert "are two, and not proposed again" in run(capsys, "join-rows", ours, "org-1", "org-2", "--two")[1]
    assert "Look like" not in run(capsys, "merge", ours)[1]
    assert "1 pair told apart" in run(capsys, "merge", theirs, ours, "--yes")[1]
    assert "Look like" not in run(capsys, "merge", theirs)[1]
