"""Copies brought together without a command: chosen, looked over, merged, chosen among, taken back."""

from __future__ import annotations

import errno
import json
import sqlite3
from base64 import b64encode
from contextlib import closing
from pathlib import Path

import pytest

from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Store, merge, open_store
from ctekit.widgets.merge_panel import MergePanel
from tests.secrets import found, plant
from tests.stores import create, harrow_bend


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    harrow_bend(tmp_path / "ours")
    return tmp_path / "ours" / STORE_FILE


def chosen(*files: tuple[str, bytes]) -> str:
    return json.dumps([{"name": name, "content": b64encode(content).decode()} for name, content in files])


def copied(path: Path, *edits: Edit) -> bytes:
    """The bytes of a copy in which somebody went on."""
    copy = path.with_name("copy.ctekit")
    with closing(open_store(path)) as store:
        store.backup(copy)
    with closing(open_store(copy)) as store:
        store.save(edits)
        store.backup(path.with_name("whole.ctekit"))
    content = path.with_name("whole.ctekit").read_bytes()
    for left in (copy, path.with_name("whole.ctekit")):
        left.unlink()
    return content


@pytest.fixture
def store(ours: Path) -> Store:
    return open_store(ours)


def learners(store: Store) -> str:
    return str(store.load().sheets["purpose"].learners)  # type: ignore[attr-defined]


def test_what_a_copy_brings_is_seen_before_it_is_written_and_taken_back_in_one_step(ours: Path, store: Store) -> None:
    before = learners(store)
    copy = copied(ours, Edit("purpose", "learners", "<b>juniors</b>", who="Ana"))
    panel = MergePanel(store)
    assert "open" not in panel.draw().partition(">")[0], "folded until it is needed"
    reply = panel.press("read", "", chosen(("partnership (1).ctekit", copy)))
    assert reply == "partnership (1).ctekit: read, and nothing is written yet. Look at what comes in."
    html = panel.draw()
    assert '<summary id="merge-part-1">Comes in: 1</summary>' in html
    assert "&lt;b&gt;juniors&lt;/b&gt;" in html
    assert learners(store) == before
    assert panel.press("merge").startswith("1 change came in, with its history. How it stood before is kept in ")
    assert learners(store) == "<b>juniors</b>"
    assert panel.press("read", "", chosen(("again.ctekit", copy))) == "again.ctekit: nothing to do. All of it is here."
    told_before = panel.draw().partition('id="merge-undo"')[2]
    assert "withdrawn also in every copy that merges this one later" in told_before
    assert panel.press("unmerge") == (
        "The last merge was taken back: 1 answer or row. What came with it is withdrawn also in every copy that merges "
        "this one later. To merge it again after all, first restore the backup from before the merge: "
        "ctekit restore-backup."
    )
    assert learners(store) == before
    assert "nothing to take back" in panel.press("unmerge")


def test_answers_that_contradict_each_other_are_chosen_below(ours: Path, store: Store) -> None:
    copy = copied(ours, Edit("purpose", "learners", "Theirs", who="Ana"))
    store.save([Edit("purpose", "learners", "Ours", who="Ben")])
    panel = MergePanel(store)
    panel.press("read", "", chosen(("copy.ctekit", copy)))
    assert "Given in several ways: what was said last stands until you choose: 1" in panel.draw()
    panel.press("merge")
    assert "Copies contradict each other: 1 answer" in panel.draw()
    (choice,) = panel.choices
    theirs = next(answer for answer in choice.answers if answer.words == "Theirs")
    assert panel.press("choose", theirs.revision.uid) == "1 answer chosen."
    assert learners(store) == "Theirs"
    assert "Take the last choice back" in panel.draw()


def test_a_choice_of_copies_that_were_merged_elsewhere_can_be_taken_back(ours: Path, store: Store) -> None:
    copy = ours.with_name("theirs.ctekit")
    copy.write_bytes(copied(ours, Edit("purpose", "learners", "Theirs", who="Ana")))
    store.save([Edit("purpose", "learners", "Ours", who="Ben")])
    merge.merge(store, merge.read(store, [copy]))
    panel = MergePanel(store)
    panel.press("ours")
    assert panel.choices == []
    assert "Take the last choice back (1 answer)" in panel.draw()
    panel.press("undo")
    assert len(panel.choices) == 1


def test_where_the_copy_has_no_room_to_be_looked_at_it_is_one_sentence(
    ours: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy, revision = copied(ours, Edit("purpose", "learners", "Theirs")), store.latest()

    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    reply = MergePanel(store).press("read", "", chosen(("copy.ctekit", copy)))
    assert reply.startswith("The copy could not be looked at (No space left on device). Nothing was changed.")
    assert store.latest() == revision


def test_what_was_saved_between_the_look_and_the_merge_is_looked_at_again(ours: Path, store: Store) -> None:
    panel = MergePanel(store)
    panel.press("read", "", chosen(("copy.ctekit", copied(ours, Edit("purpose", "learners", "Theirs", who="Ana")))))
    store.save([Edit("purpose", "learners", "Ours", who="Ben")])
    assert "Nothing is written yet. Look again" in panel.press("merge")
    assert learners(store) == "Ours"
    panel.press("merge")
    assert len(panel.choices) == 1


def test_several_copies_come_in_at_once_and_a_copy_that_is_left_changes_nothing(ours: Path, store: Store) -> None:
    ana = copied(ours, Edit("purpose", "learners", "Theirs", who="Ana"))
    bo = copied(ours, Edit("purpose", "change", "A first job", who="Bo"))
    panel, revision = MergePanel(store), store.latest()
    panel.press("read", "", chosen(("ana.ctekit", ana), ("bo.ctekit", bo)))
    assert "What ana.ctekit, bo.ctekit would bring" in panel.draw()
    assert panel.press("leave") == "Nothing was changed."
    assert panel.press("merge") == "There is no copy to bring in. Choose it again."
    assert store.latest() == revision
    panel.press("read", "", chosen(("ana.ctekit", ana), ("bo.ctekit", bo)))
    assert panel.press("merge").startswith("2 changes came in, with their history.")


def trigger(content: bytes, folder: Path) -> bytes:
    path = folder / "strange.ctekit"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON revision BEGIN DELETE FROM revision; END")
        connection.commit()
    return path.read_bytes()


def test_a_file_that_is_no_copy_is_one_sentence_that_names_it(ours: Path, store: Store, tmp_path: Path) -> None:
    copy, revision = copied(ours), store.latest()
    create(tmp_path / "another.ctekit").close()
    another = (tmp_path / "another.ctekit").read_bytes()
    panel = MergePanel(store)
    for name, content in {
        "photo.jpg": b"\xff\xd8",
        "empty.ctekit": b"",
        "half.ctekit": copy[: len(copy) // 2],
        "another.ctekit": another,
        "strange.ctekit": trigger(copy, tmp_path),
    }.items():
        reply = panel.press("read", "", chosen((name, content)))
        assert name in reply
        assert "ctekit-" not in reply, "no folder that is gone again"
        assert 'data-act="merge"' not in panel.draw()
    assert panel.press("read", "", "[1]") == "The files could not be read. Nothing was written. Choose them again."
    assert store.latest() == revision


def test_nothing_for_the_facilitator_only_is_on_the_screen(tmp_path: Path) -> None:
    plant(tmp_path)
    path = tmp_path / STORE_FILE
    with closing(open_store(path)) as store:
        panel = MergePanel(store)
        panel.press("read", "", chosen(("copy.ctekit", copied(path, Edit("purpose", "learners", "Theirs")))))
        assert "Theirs" in panel.draw()
        assert "what is for the facilitator only come in too, and are not in this list" in panel.draw()
        assert not found(panel.draw())
