"""A partnership moves whole: laptop, hub, laptop, with its history and ratings, and the same bytes come out of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ctekit import rounds, workspace
from ctekit.model.paths import STORE_FILE
from ctekit.partnership import Partnership
from ctekit.ratings import Ballot
from ctekit.store import Store, StoreError, backups, merge, moving, open_store
from ctekit.store.forget import forget
from ctekit.worksheets.purpose import Purpose
from tests.hub.conftest import Facilitator
from tests.stores import LIMIT, names, say

Make = Callable[[str], Facilitator]


def everything(store: Store) -> object:
    """All that a store tells: answers, history, rounds and ratings, each with its number."""
    book, seqs = store.state()
    return book.sheets, book.removed, seqs, store.history(), store.rounds(), store.ratings(), store.counts()


def pages(folder: Path, output: Path) -> dict[str, bytes]:
    Partnership(folder).export(output)
    return {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def test_laptop_hub_laptop_is_the_same_partnership_with_the_same_pages(facilitator: Make, tmp_path: Path) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, sample="harrow-bend")
    with closing(open_store(path)) as store:
        say(store, "learners", "said on a laptop", who="Ann")
        seq = say(store, "learners", "and again").seq
        say(store, "learners", "too late", based_on=seq - 1)
        before = everything(store)
    first = pages(ann.folder, tmp_path / "laptop")
    with ann.here():
        moving.to_hub(path, ann.url)
        assert path.read_text().count("\n") == 3, "a pointer"
        assert ann.url.password not in path.read_text()
        with closing(open_store(path)) as store:
            assert everything(store) == before
        assert pages(ann.folder, tmp_path / "hub") == first
        moving.to_laptop(path)
    with closing(open_store(path)) as store:
        assert everything(store) == before
    assert pages(ann.folder, tmp_path / "again") == first
    assert names(ann.folder / backups.FOLDER), "how it was before is kept"


def test_what_is_done_on_the_hub_comes_home_and_goes_back(facilitator: Make) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, "Here")
    with ann.here():
        moving.to_hub(path, ann.url)
        with closing(open_store(path)) as store:
            say(store, "learners", "said on the hub")
            round_ = rounds.open_round(store, "purpose")
            store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 3})])
            rounds.reveal(store, round_.id)
        moving.to_laptop(path)
        with closing(open_store(path)) as store:
            assert store.load()[Purpose].learners == "said on the hub"
            assert len(store.ratings()) == 1
            say(store, "region", "at home")
            before = everything(store)
        moving.to_hub(path, ann.url)
        with closing(open_store(path)) as store:
            assert everything(store) == before
            say(store, "region", "on the hub again")


def test_nothing_is_saved_into_what_was_moved_away(facilitator: Make) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, "Here")
    with ann.here(), closing(open_store(path)) as on_laptop:
        say(on_laptop, "learners", "before")
        moving.to_hub(path, ann.url)
        with pytest.raises(StoreError, match="hub"):
            say(on_laptop, "learners", "typed into a notebook that was open all the time")
        with closing(open_store(path)) as on_hub:
            moving.to_laptop(path)
            with pytest.raises(StoreError, match="moved out of the hub"):
                say(on_hub, "learners", "typed on the hub")
        with closing(open_store(path)) as store:
            assert store.load()[Purpose].learners == "before"


def test_who_saves_while_it_moves_is_told_the_truth(facilitator: Make) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, "Here")
    with ann.here(), closing(open_store(path)) as busy:
        mover = threading.Thread(target=moving.to_hub, args=(path, ann.url))
        mover.start()
        acknowledged = []
        while mover.is_alive():
            words = f"words {len(acknowledged)}"
            try:
                say(busy, "region", words)
            except StoreError:
                break
            acknowledged.append(words)
        mover.join(LIMIT)
        with closing(open_store(path)) as store:
            assert [revision.value for revision in store.history("purpose", "", "region")] == acknowledged


def test_a_move_cut_short_is_done_again(facilitator: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, "Here")
    with ann.here():
        with monkeypatch.context() as patched:
            patched.setattr(moving.pointer, "write", lambda *_: (_ for _ in ()).throw(OSError("the power went")))
            with pytest.raises(StoreError):
                moving.to_hub(path, ann.url)
        with closing(open_store(path)) as store:
            assert store.path.stat().st_size > 2000, "the file is there still"
        moving.to_hub(path, ann.url)
        with closing(open_store(path)) as store:
            say(store, "learners", "on the hub")


def test_a_partnership_that_goes_on_at_the_hub_is_not_written_over(facilitator: Make) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, "Here")
    with ann.here():
        backup = moving.to_hub(path, ann.url)
        with closing(open_store(path)) as store:
            say(store, "learners", "said on the hub")
        second = ann.folder / "second"
        second.mkdir()
        (second / STORE_FILE).write_bytes(backup.read_bytes())
        with pytest.raises(StoreError, match="goes on there"):
            moving.to_hub(second / STORE_FILE, ann.url)


def test_an_old_copy_does_not_take_the_place_of_what_is_away(facilitator: Make) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, "Here")
    old, hub = ann.folder / "old", ann.folder / "hub"
    old.mkdir()
    with ann.here():
        backup = moving.to_hub(path, ann.url)
        (old / STORE_FILE).write_bytes(backup.read_bytes())
        with closing(open_store(path)) as store:
            say(store, "learners", "said on the hub")
            identity = store.partnership
        moving.to_laptop(path)
        with closing(open_store(old / STORE_FILE)) as store:
            say(store, "region", "said in the copy")
        with pytest.raises(StoreError, match=r"other changes\. Nothing was moved\. Join the two"):
            moving.to_hub(old / STORE_FILE, ann.url)
        # What it says to do: the hub's into another folder, the two joined, and back.
        joined = workspace.join(hub, ann.address, identity)
        moving.to_laptop(joined)
        with closing(open_store(joined)) as ours, closing(open_store(old / STORE_FILE)) as theirs:
            merge.merge(ours, merge.read(ours, [theirs.path]))
        moving.to_hub(joined, ann.url)
        with closing(open_store(joined)) as store:
            purpose = store.load()[Purpose]
            assert (purpose.learners, purpose.region) == ("said on the hub", "said in the copy")


def test_a_person_is_forgotten_while_the_partnership_is_away(facilitator: Make) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, sample="harrow-bend")
    with ann.here():
        moving.to_hub(path, ann.url)
        moving.to_laptop(path)
        with closing(open_store(path)) as store:
            assert forget(store, "s-1").number
            before = everything(store)
        moving.to_hub(path, ann.url)
        with closing(open_store(path)) as store:
            assert everything(store) == before


def test_what_only_a_file_can_do_says_so_on_a_hub(facilitator: Make) -> None:
    ann = facilitator("ann")
    path = workspace.make(ann.folder, "Here")
    with ann.here():
        moving.to_hub(path, ann.url)
        with closing(open_store(path)) as store:
            backup = backups.keep(store)
            assert backups.verify(backup).partnership == store.partnership
            for attempt in (lambda: backups.restore(store, backup), lambda: forget(store, "s-1")):
                with pytest.raises(StoreError, match="kept on a hub"):
                    attempt()
