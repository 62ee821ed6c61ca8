"""Worksheets are put together anew only where something was saved, and hold always what stands in the store."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ctekit.store import Edit, Store, open_store
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from tests.stores import say


def test_what_is_read_again_is_what_another_program_reads(store: Store) -> None:
    say(store, "learners", "juniors")
    store.save([Edit("profile", "name", "Riverside")])
    before = store.load()
    say(store, "learners", "seniors")
    after = store.load()
    assert (before[Purpose].learners, after[Purpose].learners) == ("juniors", "seniors")
    assert after[Profile] is before[Profile], "nothing was said there"
    assert after.sheets == store.load(revision=store.latest()).sheets
    say(store, "learners", None)
    assert store.load().sheets == store.load(revision=store.latest()).sheets


@pytest.mark.file
def test_a_copy_that_was_put_in_place_of_the_file_is_read_though_it_has_come_as_far(store: Store) -> None:
    copy = Path(shutil.copyfile(store.path, store.path.with_name("copy")))
    say(store, "learners", "juniors")
    assert store.load()[Purpose].learners == "juniors"
    with closing(open_store(copy)) as other:
        say(other, "learners", "seniors")
        assert other.latest() == store.latest()
    copy.replace(store.path)
    assert store.load()[Purpose].learners == "seniors"
