"""What stands at one place of many copies follows from the set of revisions alone, whatever their clocks say.

Without files: thousands of histories are tried in the time that one takes with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ctekit.store.joining import BEFORE_ALL, Joining
from ctekit.store.lines import Line
from ctekit.store.parents import tips

BIRTH = Line(1, "birth", "profile", "", "partnership_id", "", None, '"p"', "", "", None, None)
ANSWER = ("purpose", "", "learners", "")
BALLOT = ("ratings", "round-1", "quick.purpose", "r0")

COPIES = st.integers(0, 3)
CLOCKS = st.integers(0, 3)
WRITE = st.tuples(st.just("write"), COPIES, CLOCKS, st.integers(0, 99), st.sampled_from([*[None] * 10, *range(10)]))
RATE = st.tuples(st.just("rate"), COPIES, st.integers(0, 99))
JOIN = st.tuples(st.just("join"), COPIES, CLOCKS, COPIES)


class Copy:
    """A copy of a file; it numbers as the store does."""

    def __init__(self, lines: Sequence[Line] = (BIRTH,)) -> None:
        self.lines = list(lines)

    def history(self, place: tuple[str, ...]) -> list[Line]:
        return [line for line in self.lines if line.place == place]

    def standing(self, place: tuple[str, ...]) -> Line | None:
        return next((line for line in reversed(self.history(place)) if line.conflicts_with is None), None)

    def newest(self) -> int:
        return max(line.seq for line in self.lines)

    def time(self, clock: int) -> str:
        """Never before what was written here, as the store sees to it."""
        return max([str(clock), *(line.at for line in self.lines if not line.respondent)])

    def write(self, clock: int, uid: str, seen: int | None) -> None:
        """What stands there is written upon, or an earlier revision, the `seen`th of all: then it comes too late."""
        history, now = self.history(ANSWER), self.standing(ANSWER)
        based_on = None if seen is None or not history else history[seen % len(history)].seq
        had = [line for line in history if based_on is None or line.seq <= based_on]
        late = now.seq if now and based_on is not None and based_on < now.seq else None
        parents = tips(had, self.newest())
        value = f'"{uid}"'
        at = self.time(clock)
        self._add(Line(self.newest() + 1, uid, *ANSWER, None, value, "", at, based_on, late, parents))

    def rate(self, uid: str) -> None:
        """Ballots say the day alone, no parents, and have numbers below 0."""
        now = self.standing(BALLOT)
        seq = max((line.seq for line in self.history(BALLOT)), default=BEFORE_ALL) + 1 if now else BEFORE_ALL + 1
        self._add(Line(seq, uid, *BALLOT, None, f'"{uid}"', "", "2", None, None))

    def join(self, other: Copy, clock: int = 0) -> Copy:
        joined = Joining(self.lines, self.newest()).take(other.lines, "other")
        copy = Copy(self.lines)
        for line in joined.arrived(self.time(clock), self.newest(), 0):
            copy._add(line)
        return copy

    def says(self) -> list[str | None]:
        return [line and line.uid for line in map(self.standing, (ANSWER, BALLOT))]

    def _add(self, line: Line) -> None:
        self.lines = sorted([*self.lines, line], key=lambda each: each.seq)


@pytest.mark.slow  # three seconds of one core
@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.one_of(WRITE, RATE, JOIN, JOIN), min_size=15, max_size=40))
# Somebody goes on from what stands since a merge, by a clock behind that of the answer that lost there.
@example([("write", 2, 0, 9, None), ("join", 0, 0, 2), ("write", 2, 0, 8, None), ("join", 1, 0, 2),
          ("write", 0, 0, 7, None), ("write", 1, 0, 6, None)])  # fmt: skip
@example([("rate", 2, 9), ("join", 0, 0, 2), ("rate", 0, 7), ("rate", 2, 8), ("join", 0, 0, 2), ("rate", 0, 6)])
def test_what_stands_is_the_same_whoever_merged_what_and_when(acts: list[Any]) -> None:
    copies = [Copy() for _ in range(4)]
    for number, (kind, copy, *how) in enumerate(acts):
        if kind == "write":
            copies[copy].write(how[0], f"{how[1]:02}-{number:02}", how[2])
        elif kind == "rate":
            copies[copy].rate(f"{how[0]:02}-{number:02}")
        else:
            copies[copy] = copies[copy].join(copies[how[1]], how[0])
    orders = [copies[start:] + copies[:start] for start in range(4)]
    outcomes = [reduce(Copy.join, order).says() for order in (*orders, *(order[::-1] for order in orders))]
    assert all(each == outcomes[0] for each in outcomes)
