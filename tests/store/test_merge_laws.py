"""Whatever people write in twelve copies of a file: merged in any order it is the same, and nothing is lost.

CTEKIT_MERGES says how many sets of copies are tried. Hundreds were, when it was written. All of an example follows from
its seed, the times and the ids too: what fails once fails again.
"""

from __future__ import annotations

import contextlib
import datetime
import os
import random
import secrets
import shutil
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctekit.ratings import Ballot, Round
from ctekit.store import Edit, Store, StoreError, ballots, create_store, merge, merge_undo, open_store
from ctekit.store.differences import choose, differences, reopen
from ctekit.store.joining import Joining
from ctekit.store.lines import MERGES, lines_of
from ctekit.store.row_ids import Renaming, births
from ctekit.store.told_apart import tell_apart

pytestmark = pytest.mark.slow  # three seconds of one core each

COPIES = 12
FEW = settings(
    max_examples=int(os.environ.get("CTEKIT_MERGES", "3")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
NAMES = ("Berg", "Ruiz", "Castellan")
TABLES = {"org": "profile", "s": "profile", "task": "roles"}


STEPS = ((1,), (0,), (0, 1), (1, 3600), (1, -3600))
"""By how many seconds the clocks of computers go on from one look to the next: some stand, some are put on or back."""


class Clock:
    """Of a computer whose time nobody set."""

    def __init__(self, chance: random.Random) -> None:
        self._now = datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(hours=chance.randrange(4))
        self._steps, self._chance = chance.choice(STEPS), random.Random(chance.random())

    def __call__(self) -> datetime.datetime:
        self._now += datetime.timedelta(seconds=self._chance.choice(self._steps))
        return self._now


def begin(folder: Path, chance: random.Random) -> Path:
    store = create_store(folder / "base.ctekit", clock=Clock(chance))
    for number in range(3):
        store.save([Edit("profile", "name", NAMES[number], "org-*"), Edit("profile", "name", "Ann", "s-*")])
        store.save([Edit("roles", "duty", "Teach", "task-*"), Edit("purpose", "learners", "all")])
    round_ = store.keep_round(Round("", "Quick", "2027-01-15", "quick"))
    store.rate([Ballot(round_.id, "r0", "", {"quick.purpose": 2})])
    store.close()
    return store.path


def act(store: Store, chance: random.Random, who: str) -> None:
    """One thing that somebody does in a copy."""
    rows = {name: sorted({at[1] for at in store.seqs() if at[1].startswith(f"{name}-")}) for name in TABLES}
    kind = chance.randrange(12)
    words = chance.choice(NAMES)
    table = chance.choice(list(TABLES))
    row = chance.choice(rows[table])
    name = "duty" if table == "task" else "name"
    edit: Edit
    if kind == 0:
        edit = Edit(TABLES[table], name, words, f"{table}-*", who)
    elif kind == 1:
        edit = Edit(TABLES[table], "row", chance.choice([None, "", {"after": chance.choice(rows[table])}]), row, who)
    elif kind == 2:
        edit = Edit("profile", "organization", chance.choice(rows["org"]), chance.choice(rows["s"]), who)
    elif kind == 3:
        edit = Edit("roles", f"matrix/{chance.choice(rows['org'])}", chance.choice(["A", "R", None]),
                    chance.choice(rows["task"]), who)  # fmt: skip
    elif kind == 4:
        edit = Edit("profile", "marks/role", {"kind": "to find out", "whom": chance.choice(rows["s"])}, row, who)
        if table != "s":
            return
    elif kind == 9:
        with contextlib.suppress(StoreError):  # one of them was taken out
            tell_apart(store, *chance.sample(rows["org"], 2))
        return
    elif kind == 10:
        choose_and_reopen(store, chance)
        return
    elif kind == 11:
        merge_undo.undo(store)
        return
    elif kind == 5:
        rounds(store, chance, who)
        return
    else:
        based_on = chance.choice([None, chance.randrange(1, 12)])
        edit = Edit("purpose", chance.choice(["learners", "region"]), words, who=who, based_on=based_on)
    store.save([edit])


def choose_and_reopen(store: Store, chance: random.Random) -> None:
    there = differences(store)[:1]
    since = store.latest()
    choose(store, [(difference, difference.of(chance.choice(["ours", "theirs"]))) for difference in there])
    if there and chance.random() < 0.5:
        reopen(store, store.history(since=since))


def rounds(store: Store, chance: random.Random, who: str) -> None:
    there = store.rounds()
    round_ = chance.choice(there)
    if chance.random() < 0.3:
        store.keep_round(Round("", who, "2027-01-15", "quick"))
    elif chance.random() < 0.3:
        store.keep_round(
            Round(round_.id, round_.name, round_.held_on, "quick", state=chance.choice(["open", "closed"]))
        )
    else:
        code = chance.randrange(1, 5)
        store.rate([Ballot(round_.id, chance.choice(["r0", who]), "", {"quick.purpose": code})])


def said(store: Store) -> Any:
    """All that a copy says, with its rows named by their birth."""
    with store._reading() as connection:
        lines = [line for line in lines_of(connection, store.partnership) if line.worksheet != MERGES]
        rounds = {round_.id: round_.to_json() for round_ in ballots.rounds(connection, store.partnership)}
        ratings = ballots.ratings(connection, store.partnership, list(rounds))
    born = births(lines)
    renamed = [*map(Renaming(born), lines)]
    standing = {line.place: line.value for line in renamed if line.conflicts_with is None}
    book = store.load()
    order = {
        f"{slug}.{table}": [born[slug, row.id] for row in sheet.rows(table)]
        for slug, sheet in book.sheets.items()
        for table in sheet.tables()
    }
    answers = sorted((born["ratings", rating.round], rating.respondent, rating.code) for rating in ratings)
    by_birth = {born["ratings", row]: content for row, content in rounds.items()}
    return {line.uid for line in renamed}, standing, order, answers, by_birth


class House:
    """Copies in a folder."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.chance, self.made = folder, random.Random(seed), 0

    def copy(self, path: Path) -> Path:
        self.made += 1
        return Path(shutil.copyfile(path, self.folder / f"{self.made}.ctekit"))

    def write(self, path: Path, number: int, acts: int) -> Path:
        store = open_store(path, clock=Clock(self.chance))
        for _ in range(acts):
            act(store, self.chance, f"r{number}")
        store.close()
        return path

    def join_while_writing(self, ours: Path, *others: Path) -> Path:
        """Joined while somebody goes on in ours."""
        path = self.copy(ours)
        acts = iter(range(self.chance.randrange(1, 4)))

        def slow_take(joining: Joining, *copy: Any) -> Any:
            if next(acts, None) is not None:
                self.write(path, 50, 1)
            return take(joining, *copy)

        take = Joining.take
        with pytest.MonkeyPatch.context() as patched, closing(open_store(path, clock=Clock(self.chance))) as store:
            patched.setattr(Joining, "take", slow_take)
            merge.write(store, merge.read(store, others))
        return path

    def join(self, ours: Path, *others: Path) -> Path:
        path = self.copy(ours)
        store = open_store(path, clock=Clock(self.chance))
        merge.merge(store, merge.read(store, others))
        store.close()
        return path


@contextmanager
def house_of(factory: Any, seed: int) -> Iterator[House]:
    """A house in which the ids of revisions, and the places of ballots, follow from the seed too."""
    ids = random.Random(seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(uuid, "uuid4", lambda: uuid.UUID(int=ids.getrandbits(128), version=4))
        patched.setattr(secrets, "randbelow", ids.randrange)
        yield House(factory.mktemp("copies"), seed)


def what(path: Path) -> Any:
    store = open_store(path)
    try:
        return said(store)
    finally:
        store.close()


def uids(path: Path) -> set[str]:
    return set(what(path)[0])


@FEW
@given(seed=st.integers(0, 10**6))
def test_twelve_copies_say_the_same_in_any_order_and_lose_nothing(tmp_path_factory: Any, seed: int) -> None:
    with house_of(tmp_path_factory, seed) as house:
        base = begin(house.folder, house.chance)
        copies = [house.write(house.copy(base), number, 6) for number in range(COPIES)]
        everything = set().union(*map(uids, copies))
        shuffled = house.chance.sample(copies, COPIES)
        merged, other = house.join(copies[0], *copies[1:]), house.join(shuffled[0], *shuffled[1:])
        assert everything <= uids(merged)
        assert what(merged) == what(other)
        assert what(house.join(merged, *shuffled)) == what(merged), "merged twice"
        halves = house.join(house.join(*copies[:6]), house.join(*copies[6:]))
        assert what(halves) == what(merged), "merged by halves"


@FEW
@given(seed=st.integers(0, 10**6))
def test_copies_that_go_on_after_a_merge_still_say_the_same(tmp_path_factory: Any, seed: int) -> None:
    with house_of(tmp_path_factory, seed) as house:
        base = begin(house.folder, house.chance)
        copies = [house.write(house.copy(base), number, 8) for number in range(3)]
        for turn in range(5):
            ours, theirs = house.chance.sample(range(3), 2)
            copies[ours] = house.write(house.join(copies[ours], copies[theirs]), 10 * turn + ours, 5)
        a, b, c = copies
        assert what(house.join(a, b)) == what(house.join(b, a))
        assert what(house.join(house.join(a, b), c)) == what(house.join(a, house.join(b, c)))
        assert what(house.join(a, a)) == what(a)


@FEW
@given(seed=st.integers(0, 10**6))
def test_what_is_written_in_ours_while_others_are_joined_is_joined_too(tmp_path_factory: Any, seed: int) -> None:
    with house_of(tmp_path_factory, seed) as house:
        base = begin(house.folder, house.chance)
        a, b, c = (house.write(house.copy(base), number, 8) for number in range(3))
        merged = house.join_while_writing(a, b, c)
        assert uids(a) | uids(b) | uids(c) <= uids(merged)
        assert what(house.join(merged, c, b)) == what(merged), "merged twice"
        assert what(house.join(b, merged)) == what(house.join(c, merged)) == what(merged), "merged from the other sides"
