"""One odd thing in a store's file costs that answer alone: it reads as blank, and all the rest is read and saved."""

from __future__ import annotations

import gc
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from ctekit import rounds
from ctekit.history import describe
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import InvalidAnswerError
from ctekit.ratings import Ballot
from ctekit.store import Edit, Store, StoreError, open_store
from ctekit.store.pointer import VARIABLE
from ctekit.store.told_apart import tell_apart
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from tests.stores import promise, promises, run_sql, say

COLUMNS = ("uid", "partnership", "worksheet", "row", "field", "respondent", "old", "value", "who", "at")
GOOD: dict[str, Any] = {
    "worksheet": "purpose",
    "row": "",
    "field": "region",
    "respondent": "",
    "old": None,
    "value": '"x"',
    "who": "ann",
    "at": "2027-01-01T00:00:00.000Z",
    "based_on": None,
    "conflicts_with": None,
}


def put(store: Store, **odd: Any) -> None:
    """Write a line as no ctekit would: a later version, a merge by hand, a flipped bit."""
    line = {"uid": f"odd-{json.dumps(odd, default=str)}"[:200], "partnership": store.partnership} | GOOD | odd
    if os.environ.get(VARIABLE):
        line = {"seq": store.latest() + 1} | {name: _as_typed(name, value) for name, value in line.items()}
    names, places = ", ".join(f'"{name}"' for name in line), ", ".join(f":{name}" for name in line)
    is_foreign = os.environ.get(VARIABLE) and line["partnership"] != store.partnership
    with pytest.raises(DBAPIError, match="row-level security") if is_foreign else nullcontext():
        run_sql(store, f"INSERT INTO revision ({names}) VALUES ({places})", **line)


def _as_typed(name: str, value: Any) -> Any:
    """The nearest to an odd value that PostgreSQL takes: its columns have types, its texts are UTF-8 without zeros."""
    if name in ("based_on", "conflicts_with"):
        return value if isinstance(value, int) else None
    text = value.hex() if isinstance(value, bytes) else value
    return None if text is None else str(text).replace("\0", "0").encode(errors="replace").decode()


def everything_reads(store: Store) -> None:
    """Whatever the store is asked, and a partnership on it, gives an answer."""
    opened = open_store(store.path)
    book = opened.load()
    opened.state()
    opened.history()
    for round_ in opened.rounds():
        opened.answered(round_.id)
    opened.ratings()
    opened.counts()
    opened.load("2028-01-01")
    partnership = Partnership(store.path.parent)
    partnership.check()
    assert str(describe.history(opened, book, private=True)) is not None
    assert str(describe.compare(opened, book, "2020-01-01", private=True)) is not None
    opened.close()


ODD_VALUES = {
    "no JSON": "never JSON",
    "an empty text": "",
    "brackets without end": "[" * 100_000,
    "brackets that end": "[" * 900 + "]" * 900,
    "six thousand digits": "9" * 6000,
    "four thousand digits": "9" * 4000,
    "a number beyond numbers": "1e999",
    "not a number": "NaN",
    "bytes": b"\xff\xfe",
    "JSON as bytes": b'"x"',
    "a mapping": '{"a": {"b": 1}}',
    "a list of lists": '[["x"]]',
    "half a letter": '"\\ud83d"',
    "a number": "5",
    "yes": "true",
    "null": "null",
}


PLACES: tuple[dict[str, str], ...] = (
    {"field": "region"},
    {"field": "by"},
    {"field": "marks/learners"},
    {"field": "marks"},
    {"field": "clauses"},
    {"field": "agreed_by"},
    {"row": "clause-1", "field": "promise"},
    {"row": "clause-1", "field": "row"},
    {"row": "clause-1", "field": "id"},
    {"worksheet": "roles", "field": "matrix"},
    {"worksheet": "roles", "row": "task-1", "field": "matrix/org-1"},
    {"worksheet": "convener", "row": "gain-1", "field": "amount"},
    {"worksheet": "ratings", "row": "round-1", "field": "round", "respondent": "facilitator"},
    {"worksheet": "ratings", "row": "round-1", "field": "2.1", "respondent": "somebody"},
)


@pytest.fixture
def no_collection() -> Iterator[None]:
    """Collect no garbage amid the deepest brackets: Hypothesis's callback for it would find no room to run in."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collection")
@pytest.mark.parametrize("value", ODD_VALUES.values(), ids=ODD_VALUES.keys())
def test_an_odd_value_costs_that_answer_alone(store: Store, value: Any) -> None:
    say(store, "learners", "learners of three counties")
    promise(store, "first")
    promise(store, "second")
    round_ = rounds.open_round(store, "purpose")
    store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 3, "2.2": 2})])
    for place in PLACES:
        put(store, **place, value=value)
    everything_reads(store)
    assert store.load()[Purpose].learners == "learners of three counties"
    assert sorted(row for row, _ in promises(store)) == ["clause-1", "clause-2"]
    assert [kept.id for kept in store.rounds()] == [round_.id]
    # It can be answered anew, and rows be put behind it.
    say(store, "region", "a new answer")
    say(store, "promise", "a new promise", "clause-1")
    say(store, "row", {"after": "clause-2"}, "clause-1")
    third = promise(store, "third", {"after": "clause-1"})
    assert promises(store) == [("clause-2", "second"), ("clause-1", "a new promise"), (third, "third")]
    assert store.load()[Purpose].region == "a new answer"
    rounds.reveal(store, round_.id)
    everything_reads(store)


@pytest.mark.parametrize(
    "odd",
    [
        {"row": "clause-", "field": "promise"},
        {"row": "clause-x", "field": "row"},
        {"row": f"clause-{'9' * 5000}", "field": "row", "value": '"V"'},
        {"row": "clause-99999999999", "field": "row", "value": '"V"'},
        {"row": "clause-١", "field": "row", "value": '"V"'},
        {"row": "nothing-1", "field": "row", "value": '"V"'},
        {"row": b"clause-1", "field": "promise"},
        {"worksheet": b"purpose"},
        {"worksheet": "recipes"},
        {"field": b"region"},
        {"field": ""},
        {"field": "/"},
        {"field": "learners/x"},
        {"field": "nothing"},
        {"at": "yesterday"},
        {"at": b"2027"},
        {"at": ""},
        {"at": "2027-02-30T00:00:00.000Z"},
        {"who": b"ann"},
        {"who": "x" * 100_000},
        {"old": "never JSON"},
        {"based_on": "some"},
        {"conflicts_with": "some"},
        {"uid": b"\x00"},
        {"partnership": "another"},
        {"partnership": b"\xff"},
        {"respondent": b"\xff", "worksheet": "ratings", "row": "round-1"},
        {"respondent": "facilitator", "worksheet": "ratings", "row": "round-x", "field": "round", "value": "{}"},
    ],
    ids=lambda odd: str(odd)[:60],
)
def test_an_odd_line_costs_nothing_but_itself(store: Store, odd: dict[str, Any]) -> None:
    say(store, "learners", "x")
    promise(store, "first")
    put(store, **odd)
    everything_reads(store)
    say(store, "region", "saved")
    assert promise(store, "second") == "clause-2"
    sheet = open_store(store.path).load()[Purpose]
    assert (sheet.learners, sheet.region) == ("x", "saved")
    assert [row.promise for row in sheet.clauses] == ["first", "second"]


@pytest.mark.file
@pytest.mark.parametrize("number", [2**63 - 1, 2**53 - 1])
def test_a_number_after_which_none_can_come_is_told_and_all_is_read(store: Store, number: int) -> None:
    say(store, "learners", "x")
    put(store, seq=number, field="other")
    everything_reads(store)
    assert store.load()[Purpose].learners == "x"
    with pytest.raises(StoreError, match="which ctekit did not give it"):
        say(store, "region", "more")
    assert open_store(store.path).load()[Purpose].learners == "x"


@pytest.mark.file
def test_a_rooms_day_opens_and_ends_where_no_number_can_come(store: Store) -> None:
    """Its secret has to go, whatever stands in the file."""
    named = store.save([Edit("profile", "name", "River College", row=f"org-*{number}") for number in (1, 2)])
    put(store, seq=2**53 - 1, field="other")
    store.door("day-2027-01-01")
    assert store.has_door("day-2027-01-01")
    store.close_door()
    assert not store.has_door("day-2027-01-01")
    with pytest.raises(StoreError, match="which ctekit did not give it"):
        tell_apart(store, *(result.row for result in named))


def test_new_rows_get_ids_that_are_read_again_whatever_number_a_row_has(store: Store) -> None:
    promise(store, "first")
    for number in (3, 999_999_999):
        put(store, row=f"clause-{number}", field="row", value='"V"')
        put(store, row=f"clause-{number}", field="promise", value=f'"{number}"')
    ids = [promise(store, words) for words in ("second", "third")]
    assert ids == ["clause-4", "clause-5"]
    assert {"second", "third"} <= {words for _, words in promises(store)}


@pytest.mark.file
def test_text_that_is_no_utf_8_costs_a_letter(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute(
            "INSERT INTO revision (uid, partnership, worksheet, row, field, value, who, at) "
            "VALUES ('u', ?, 'purpose', '', 'region', CAST(x'22ff7822' AS TEXT), 'ann', '2027-01-01T00:00:00.000Z')",
            [store.partnership],
        )
        connection.commit()
    assert store.load()[Purpose].region == "\ufffdx"
    everything_reads(store)


@pytest.mark.parametrize("number", ["1e999999999", "9" * 3_000_000, "NaN", "0e-999999999", "1E+40"], ids="abcde")
def test_a_number_of_many_digits_is_left_blank(store: Store, number: str) -> None:
    store.save([Edit("profile", "name", "here")])
    field = next(name for name, question in Profile.questions().items() if question.kind.dtype == "Float64")
    put(store, worksheet="profile", field=field, value=json.dumps(number))
    assert getattr(store.load()[Profile], field) is None
    assert store.load()[Profile].name == "here"
    everything_reads(store)


odd_text = st.one_of(st.none(), st.text(max_size=8), st.binary(max_size=8), st.integers(-(2**63), 2**63 - 1))
places = st.sampled_from(
    ["purpose", "profile", "roles", "ratings", "", "clause-1", "task-1", "round-1", "row", "round"]
)


@pytest.mark.slow  # two seconds of one core
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*GOOD]), st.one_of(odd_text, places), min_size=1, max_size=4))
def test_whatever_a_line_holds_the_rest_is_read(store: Store, odd: dict[str, Any]) -> None:
    say(store, "learners", "x")
    required = {"worksheet", "row", "field", "respondent", "who", "at"}
    odd = {name: "" if value is None and name in required else value for name, value in odd.items()}
    put(store, **odd, uid=json.dumps(odd, default=repr) + str(store.latest()))
    everything_reads(store)
    say(store, "learners", f"x{store.latest()}")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("x" * 1_000_001, "1,000,001 characters; the most that can be kept is 1,000,000"),
        (["x" * 600_000, "y" * 600_000], "characters; the most"),
        (float("nan"), "cannot be kept"),
        (10**6000, "cannot be kept"),
        (10**20, "cannot be kept"),
        (json.loads("[" * 20 + "]" * 20), "cannot be kept"),
    ],
    ids=["long", "long list", "not a number", "six thousand digits", "twenty digits", "brackets"],
)
def test_what_cannot_be_read_again_is_not_written(store: Store, value: Any, words: str) -> None:
    with pytest.raises(InvalidAnswerError, match=words):
        say(store, "learners", value)
    say(store, "learners", "x" * 1_000_000)
    assert store.load()[Purpose].learners == "x" * 1_000_000
