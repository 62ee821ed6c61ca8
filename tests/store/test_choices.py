"""A choice among answers that contradict each other is taken back: people choose again among the same ones."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ctekit.model.paths import STORE_FILE
from ctekit.store import Revision, Store, backups, create_store, merge_undo, open_store
from ctekit.store.differences import choose, differences, reopen
from ctekit.worksheets.purpose import Purpose
from tests.store.test_merge import Clock, join, values
from tests.stores import say

LATER, EARLIER = 3, 1
"""The hour at the other computer; at ours it is two."""


@pytest.fixture
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """A partnership, and a copy of it on another computer, where it is later."""
    create_store(tmp_path / STORE_FILE, clock=Clock(0)).close()
    copy = shutil.copyfile(tmp_path / STORE_FILE, tmp_path / "theirs.ctekit")
    ours = open_store(tmp_path / STORE_FILE, clock=Clock(2))
    theirs = open_store(copy, clock=Clock(getattr(request, "param", LATER)))
    yield ours, theirs
    ours.close()
    theirs.close()


def learners(store: Store) -> object:
    return store.load()[Purpose].learners


def take(store: Store, side: str) -> list[Revision]:
    """Choose one side of the only difference; gives what was written."""
    (difference,) = differences(store)
    since = store.latest()
    choose(store, [(difference, difference.of(side))])
    return store.history(since=since)


@pytest.mark.parametrize(("pair", "stands"), [(LATER, "theirs"), (EARLIER, "ours")], indirect=["pair"])
@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_the_same_answers_stand_in_the_same_columns_after_a_choice_is_taken_back(
    pair: tuple[Store, Store], side: str, stands: str
) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours", who="ann")
    say(theirs, "learners", "theirs", who="bob")
    join(ours, theirs)
    (before,) = differences(ours)
    assert reopen(ours, take(ours, side)) == 1
    (after,) = differences(ours)
    assert values(after.answers) == values(before.answers) == ["ours", "theirs"]
    assert learners(ours) == after.stands.value == before.stands.value == stands
    join(theirs, ours)
    (there,) = differences(theirs)
    assert (sorted(map(str, values(there.answers))), learners(theirs)) == (["ours", "theirs"], stands)


def test_an_answer_that_was_refused_as_too_late_does_not_come_back_with_a_choice_taken_back(
    pair: tuple[Store, Store],
) -> None:
    ours, theirs = pair
    say(ours, "learners", "before anybody")
    base = ours.latest()
    say(ours, "learners", "ours", who="ann")
    assert say(ours, "learners", "refused", who="carol", based_on=base).conflict is not None
    say(theirs, "learners", "theirs", who="bob")
    join(ours, theirs)
    assert reopen(ours, take(ours, "theirs")) == 1
    (difference,) = differences(ours)
    assert values(difference.answers) == ["ours", "theirs"]
    assert learners(ours) == "theirs"


def test_a_choice_that_came_too_late_is_not_counted_as_taken_back(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours")
    say(theirs, "learners", "theirs")
    join(ours, theirs)
    (difference,) = differences(ours)
    say(ours, "learners", "newer")
    since = ours.latest()
    assert choose(ours, [(difference, difference.of("ours"))]) == 0
    assert reopen(ours, ours.history(since=since)) == 0
    assert learners(ours) == "newer"


def test_a_choice_that_is_gone_with_a_backup_put_back_is_not_counted_as_taken_back(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours")
    backup = backups.keep(ours)
    say(theirs, "learners", "theirs")
    join(ours, theirs)
    choice = take(ours, "theirs")
    backups.restore(ours, backup)
    assert reopen(ours, choice) == 0
    assert learners(ours) == "ours"


@pytest.mark.parametrize("pair", [LATER, EARLIER], indirect=True)
@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_merge_is_taken_back_after_a_choice_among_what_it_brought_was(pair: tuple[Store, Store], side: str) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours", who="ann")
    say(theirs, "learners", "theirs", who="bob")
    join(ours, theirs)
    reopen(ours, take(ours, side))
    assert merge_undo.undo(ours) == merge_undo.Undone(1)
    assert (learners(ours), differences(ours)) == ("ours", [])
    join(ours, theirs)
    assert (learners(ours), differences(ours)) == ("ours", [])
    join(theirs, ours)
    assert (learners(theirs), differences(theirs)) == ("ours", [])


def test_a_merge_is_taken_back_with_all_it_said_of_what_was_blank(pair: tuple[Store, Store], tmp_path: Path) -> None:
    ours, theirs = pair
    with closing(open_store(shutil.copyfile(ours.path, tmp_path / "third.ctekit"), clock=Clock(4))) as third:
        say(theirs, "learners", "theirs")
        say(third, "learners", "of the third")
        join(ours, theirs, third)
    reopen(ours, take(ours, "ours"))
    assert merge_undo.undo(ours) == merge_undo.Undone(1)
    assert (learners(ours), differences(ours)) == (None, [])
