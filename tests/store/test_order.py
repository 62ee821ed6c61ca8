"""Positions of rows: there is always one more between any two, and they stay short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctekit.store import between
from ctekit.store.order import Positions


def test_positions_stay_short_when_rows_are_added_at_the_end() -> None:
    key = None
    for _ in range(10_000):
        key, before = between(key, None), key
        assert before is None or before < key
    assert key is not None
    assert len(key) <= 5


@given(st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(["between", "start", "end"])), max_size=60))
def test_there_is_always_a_position_between(wishes: list[tuple[int, str]]) -> None:
    keys: list[str] = []
    for number, wish in wishes:
        at = {"between": number % (len(keys) + 1), "start": 0, "end": len(keys)}[wish]
        key = between(keys[at - 1] if at else None, keys[at] if at < len(keys) else None)
        keys.insert(at, key)
        assert not key.endswith("0")
    assert keys == sorted(set(keys))


@given(st.text("0Vz1y", min_size=1, max_size=8), st.text("0Vz1y", min_size=1, max_size=8))
def test_between_any_two_keys(a: str, b: str) -> None:
    a, b = a + "1", b + "1"
    assert a < between(a, None)
    assert between(None, b) < b
    if a < b:
        assert a < between(a, b) < b
    else:
        with pytest.raises(ValueError, match="Nothing lies between"):
            between(a, b)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "gone", *map(str, range(10))]) | st.none()), max_size=60)
)
def test_rows_stand_where_they_were_put_whatever_came_and_went_before(wishes: list[tuple[int, str | None]]) -> None:
    positions = Positions({})
    stand: list[str] = []
    for number, after in wishes:
        row = str(number)
        if after == "gone":
            positions.put(row, None)
            stand = [other for other in stand if other != row]
            continue
        others = [other for other in stand if other != row]
        at = 0 if after == "" else others.index(after) + 1 if after in others else len(others)
        stand = [*others[:at], row, *others[at:]]
        positions.put(row, positions.place(row, after))
        keys = positions.of_rows
        assert sorted((each for each in keys if keys[each]), key=lambda each: str(keys[each])) == stand


def test_a_row_that_stands_where_it_is_wanted_keeps_its_key() -> None:
    positions = Positions({"a": "V", "b": "X", "c": None})
    assert [positions.place("b", after) for after in ("a", None, "c")] == ["X", "X", "X"]
    assert positions.place("a", "") == "V"
    assert positions.place("c", "a") == between("V", "X")
