"""The store keeps every answer: typed, in order, through conflicts, and as it was on any day."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest

from ctekit.model import clock
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, Revision, StaleError, Store, StoreError, batch, open_store, order
from ctekit.store.queries import revisions
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles
from tests.stores import create, promise, promises, say

# What was said is there


def test_answers_come_back_typed_and_in_order(store: Store) -> None:
    say(store, "learners", "learners in three counties")
    say(store, "by", "2028-06-30")
    first, second = promise(store, "one"), promise(store, "two")
    book = open_store(store.path).load()
    assert book[Purpose].learners == "learners in three counties"
    assert book[Purpose].by == datetime.date(2028, 6, 30)
    assert [(row.id, row.promise) for row in book[Purpose].clauses] == [(first, "one"), (second, "two")]
    assert book.revision == store.latest()
    assert book.saved_at == store.history()[-1].at


def test_the_partnership_id_is_made_once(store: Store) -> None:
    assert store.partnership
    assert open_store(store.path).partnership == store.partnership
    with pytest.raises(StoreError, match="never changes"):
        store.save([Edit("profile", "partnership_id", "another")])
    store.save([Edit("profile", "partnership_id", store.partnership)])
    assert store.latest() == 1


def test_a_blank_answer_is_blank_again(store: Store) -> None:
    say(store, "learners", "x")
    say(store, "learners", None)
    assert store.load()[Purpose].learners is None
    assert [revision.value for revision in store.history("purpose", "", "learners")] == ["x", None]
    assert store.history("purpose")[-1].old == "x"


def test_history_tells_who_and_when(tmp_path: Path) -> None:
    noon = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
    store = create(tmp_path / STORE_FILE, partnership="harrow-bend", clock=lambda: noon)
    say(store, "learners", "x", who="Ann")
    last = store.history("purpose")[-1]
    assert (last.who, last.at, store.partnership) == ("Ann", "2027-03-01T12:00:00.000Z", "harrow-bend")


def test_an_answer_that_changes_nothing_makes_no_revision(store: Store) -> None:
    seq = say(store, "learners", "x").seq
    again = say(store, "learners", "x", based_on=0)
    assert (again.seq, again.conflict) == (seq, None)
    assert store.latest() == seq
    assert say(store, "region", None).seq == 0


def test_an_edit_sent_twice_is_written_once(store: Store) -> None:
    batch = [Edit("purpose", "row", "", "clause-*"), Edit("purpose", "promise", "one", "clause-*")]
    first = store.save(batch)
    promise(store, "another")
    assert store.save(batch) == first
    assert [words for _, words in promises(store)] == ["one", "another"]
    blank = [Edit("purpose", "promise", None, "clause-*")]
    assert store.save(blank)[0].row == store.save(blank)[0].row == "clause-3"


def test_half_an_emoji_does_not_stop_the_rest(store: Store) -> None:
    say(store, "learners", "cut \ud83d")
    assert store.load()[Purpose].learners == "cut \ufffd"


@pytest.mark.parametrize(
    "edit",
    [
        Edit("purpse", "learners", "x"),
        Edit("purpose", "lerners", "x"),
        Edit("purpose", "clauses", []),
        Edit("purpose", "promise", "x", "need-1"),
        Edit("purpose", "promise", "x", "clause-one"),
        Edit("purpose", "row", ""),
        Edit("purpose", "marks/lerners", None),
        Edit("roles", "matrix/org-1", "R", "sign-1"),
    ],
)
def test_a_place_that_does_not_exist_is_the_callers_fault(store: Store, edit: Edit) -> None:
    with pytest.raises(LookupError):
        store.save([Edit("purpose", "learners", "x"), edit])
    assert store.latest() == 1


def test_a_position_that_is_none_is_the_callers_fault(store: Store) -> None:
    with pytest.raises(ValueError, match="not a position"):
        say(store, "row", "V0", "clause-1")


# Rows


def test_rows_are_put_moved_removed_and_brought_back(store: Store) -> None:
    first, two, three = (promise(store, words) for words in ("one", "two", "three"))
    top = promise(store, "top", {"after": ""})
    middle = promise(store, "middle", {"after": first})
    assert [row for row, _ in promises(store)] == [top, first, middle, two, three]
    say(store, "row", {"after": three}, top)
    say(store, "row", None, first)
    assert [row for row, _ in promises(store)] == [middle, two, three, top]
    book = store.load()
    assert book.name(first) == "one (removed)"
    say(store, "row", {"after": two}, first)
    assert promises(store)[2] == (first, "one")


def test_a_row_that_is_in_its_place_stays_without_a_revision(store: Store) -> None:
    first, two = promise(store, "one"), promise(store, "two")
    before = store.latest()
    say(store, "row", "", two)
    say(store, "row", {"after": first}, two)
    say(store, "row", {"after": ""}, first)
    assert store.latest() == before


def test_an_id_is_never_used_again(store: Store) -> None:
    for number in range(1, 4):
        row = promise(store, "x")
        assert row == f"clause-{number}"
        say(store, "row", None, row)
    assert promises(store) == []
    assert promise(open_store(store.path), "x") == "clause-4"


def test_an_answer_for_an_unknown_row_gives_birth_to_it(store: Store) -> None:
    store.save([Edit("purpose", "promise", words, f"clause-{number}") for number, words in ((7, "b"), (2, "a"))])
    assert promises(store) == [("clause-7", "b"), ("clause-2", "a")]
    assert promise(store, "next") == "clause-8"
    say(store, "row", None, "clause-2")
    say(store, "promise", "typed into a row that is gone", "clause-2")
    assert [row for row, _ in promises(store)] == ["clause-7", "clause-8"]
    assert store.load().name("clause-2") == "typed into a row that is gone (removed)"


def test_a_new_row_is_named_by_others_of_its_batch_before_it_has_an_id(store: Store) -> None:
    edits = [
        Edit("profile", "row", "", "org-*1"),
        Edit("profile", "row", {"after": ""}, "org-*2"),
        Edit("profile", "row", {"after": "org-*2"}, "org-*3"),
        Edit("profile", "row", "", "s-*1"),
        Edit("profile", "organization", "org-*2", "s-*1"),
        Edit("profile", "name", "org-*2", "s-*1"),
        Edit("roles", "task", "Find sites", "task-*"),
        Edit("roles", "matrix/org-*3", "A", "task-*"),
        Edit("purpose", "agreed_by", ["org-*1", "org-*3"]),
    ]
    store.save(edits)
    book = store.load()
    assert [row.id for row in book.rows("profile.organizations")] == ["org-2", "org-3", "org-1"]
    (person,) = book.rows("profile.people")
    assert (person.organization, person.name) == ("org-2", "org-*2"), "what people write is theirs"
    assert book.sheets["roles"].matrix == {"task-1": {"org-3": "A"}}
    assert book.sheets["purpose"].agreed_by == ("org-1", "org-3")
    store.save(edits)
    assert store.load().rows("profile.organizations") == book.rows("profile.organizations"), "sent again: the same"


def test_answers_are_loaded_as_they_stood_at_a_revision(store: Store) -> None:
    first = say(store, "learners", "one").seq
    say(store, "learners", "two")
    assert store.load(revision=first)[Purpose].learners == "one"
    assert store.load()[Purpose].learners == "two"


def test_two_new_rows_of_one_batch_are_two_tables(store: Store) -> None:
    saved = store.save([Edit("purpose", "promise", "x", "clause-*"), Edit("purpose", "statement", "y", "fact-*")])
    assert [save_result.row for save_result in saved] == ["clause-1", "fact-1"]


def test_marks_and_the_matrix_are_put_together(store: Store) -> None:
    mark = {"kind": "to find out", "whom": "person-1", "by": "2027-01-31", "because": None}
    store.save(
        [
            Edit("purpose", "marks/learners", mark),
            Edit("roles", "task", "Place students", "task-1"),
            Edit("roles", "matrix/org-1", "RA", "task-1"),
            Edit("roles", "matrix/org-2", "C", "task-1"),
            Edit("roles", "matrix/org-1", "I", "task-2"),
            Edit("roles", "marks/task", mark, "task-2"),
        ]
    )
    book = store.load()
    assert book[Purpose].marks["learners"].by == datetime.date(2027, 1, 31)
    assert book[Roles].matrix == {"task-1": {"org-1": "RA", "org-2": "C"}, "task-2": {"org-1": "I"}}
    assert book[Roles].tasks[1].marks["task"].kind == "to find out"
    store.save(
        [
            Edit("roles", "row", None, "task-2"),
            Edit("roles", "matrix/org-2", None, "task-1"),
            Edit("purpose", "marks/learners", None),
        ]
    )
    book = store.load()
    assert book[Roles].matrix == {"task-1": {"org-1": "RA"}}
    assert book[Purpose].marks == {}


def test_an_answer_that_fits_no_more_is_blank_and_the_rest_is_read(store: Store) -> None:
    store.save(
        [
            Edit("purpose", "learners", "x"),
            Edit("purpose", "by", "someday"),
            Edit("purpose", "agreed_by", ["org-1", 2]),
            Edit("purpose", "method", "by shouting", "prot-1"),
            Edit("purpose", "decision", "Spend money", "prot-1"),
            Edit("purpose", "quorum", 5, "prot-2"),
            Edit("purpose", "marks/by", {"kind": "to find out", "by": "soon"}),
            Edit("purpose", "marks/change", {"kind": "to find out"}),
            Edit("purpose", "method", "by shouting", "prot-3"),
            Edit("purpose", "row", None, "prot-3"),
        ]
    )
    sheet = store.load()[Purpose]
    assert (sheet.learners, sheet.by, sheet.agreed_by) == ("x", None, ())
    assert [(row.decision, row.method, row.quorum) for row in sheet.decisions] == [
        ("Spend money", None, None),
        (None, None, 5),
    ]
    assert set(sheet.marks) == {"change"}
    assert "prot-3" in store.load().removed
    assert store.history("purpose", "prot-1", "method")[0].value == "by shouting"


@pytest.mark.slow  # nine seconds of one core
def test_of_many_new_rows_each_is_put_behind_the_last_without_reading_all_positions_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[object] = []
    monkeypatch.setattr(batch, "is_key", lambda key: read.append(key) or order.is_key(key))
    store.save([Edit("purpose", "row", "", f"clause-*{number}") for number in range(200)])
    rows = [row.id for row in store.load().rows("purpose.clauses")]
    assert rows == [f"clause-{number}" for number in range(1, 201)]
    assert len(read) < 3 * 200


@pytest.mark.slow  # three seconds of one core
def test_five_thousand_rows_are_read(store: Store) -> None:
    fields = ("statement", "figure", "source")
    store.save([Edit("purpose", field, "x", f"fact-{row}") for row in range(5000) for field in fields])
    begin = time.perf_counter()
    assert len(store.load()[Purpose].evidence) == 5000
    print(f"5,000 rows are read in {1000 * (time.perf_counter() - begin):.0f} ms")


# Two at once


def test_a_late_writer_is_shown_both_and_both_are_kept(store: Store) -> None:
    base = say(store, "learners", "first").seq
    other = open_store(store.path)
    theirs = say(other, "learners", "theirs", based_on=base, who="Ann")
    ours = say(store, "learners", "ours", based_on=base, who="Ben")
    assert ours.conflict is not None
    assert (ours.conflict.seq, ours.conflict.value, ours.conflict.who) == (theirs.seq, "theirs", "Ann")
    assert store.load()[Purpose].learners == "theirs"
    late = store.history("purpose", "", "learners")[-1]
    assert (late.value, late.conflicts_with, late.old) == ("ours", theirs.seq, "theirs")
    assert store.seqs()["purpose", "", "learners"] == theirs.seq
    assert store.latest() == late.seq == store.load().revision
    chosen = say(store, "learners", "ours", based_on=theirs.seq)
    assert chosen.conflict is None
    assert store.load()[Purpose].learners == "ours"


def test_a_batch_that_is_saved_upon_a_revision_is_saved_only_while_that_is_the_newest(store: Store) -> None:
    read = store.latest()
    saved = store.save([Edit("purpose", "region", "here")], if_newest=read)[0]
    with pytest.raises(StaleError, match="Read again first"):
        store.save([Edit("purpose", "region", "there"), Edit("purpose", "learners", "all")], if_newest=read)
    assert (store.load()[Purpose].region, store.latest()) == ("here", saved.seq)


def test_whoever_is_late_waits_for_none_of_those_who_were_late_before(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that was asleep for a day sends one late edit after the other."""
    read: list[object] = []

    def counted(*query: object, **values: object) -> list[Revision]:
        found = revisions(*query, **values)  # type: ignore[arg-type]
        read.extend(found)
        return found

    monkeypatch.setattr(batch, "revisions", counted)
    store.save([Edit("purpose", "region", "here")])
    for part in range(4):
        late = [Edit("purpose", "region", f"late {part} {number}", based_on=0) for number in range(50)]
        assert all(saved.conflict for saved in store.save(late))
    assert store.load()[Purpose].region == "here"
    assert len(store.history("purpose", "", "region")) == 201
    assert len(read) < 10


def test_a_late_writer_who_says_the_same_is_not_in_conflict(store: Store) -> None:
    base = say(store, "learners", "first").seq
    theirs = say(store, "learners", "same", based_on=base)
    ours = say(store, "learners", "same", based_on=base)
    assert (ours.seq, ours.conflict) == (theirs.seq, None)


def test_a_blank_that_somebody_filled_meanwhile_is_a_conflict(store: Store) -> None:
    say(store, "learners", "theirs", based_on=0)
    edit = Edit("purpose", "learners", "ours", based_on=0)
    first = store.save([edit])[0]
    assert first.conflict is not None
    assert store.save([edit])[0] == first


def test_one_is_never_late_against_oneself_in_a_batch(store: Store) -> None:
    edits = [Edit("purpose", "learners", words, based_on=0) for words in "abc"]
    assert [save_result.conflict for save_result in store.save(edits)] == [None, None, None]
    assert store.load()[Purpose].learners == "c"


# Looking back


def test_as_of_a_day_a_minute_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [datetime.datetime(2027, 3, 1, 10, 42, 7, 500_000, tzinfo=datetime.UTC)]
    store = create(tmp_path / STORE_FILE, clock=lambda: now[0])
    say(store, "learners", "monday")
    row = promise(store, "kept")
    saved_at = store.load().saved_at
    now[0] += datetime.timedelta(days=1)
    say(store, "learners", "tuesday")
    say(store, "row", None, row)
    assert store.load()[Purpose].learners == "tuesday"
    for moment in (saved_at, "2027-03-01T10:42Z", "2027-03-01T10:42:07Z", "2027-03-01T23:59:59+00:00"):
        assert store.load(moment)[Purpose].learners == "monday"
        assert promises(store, moment) == [(row, "kept")]
        assert store.load(moment).saved_at == saved_at
    here = now[0].astimezone() - datetime.timedelta(days=1)
    assert store.load(f"{here:%Y-%m-%d} {clock.time_of_day(here)}").saved_at == saved_at, "as the history shows it"
    assert store.load("2027-03-01T10:41Z")[Purpose].learners is None
    assert store.load("2027-03-01T10:41Z").revision == 0
    assert store.load("2027-03-01")[Purpose].learners == "monday"
    for wrong in ("yesterday", "2027-13-01", "2027-3-1"):
        with pytest.raises(ValueError, match="not a date"):
            store.load(wrong)


def test_a_clock_that_is_set_back_moves_nothing_into_the_past(tmp_path: Path) -> None:
    now = [datetime.datetime(2027, 3, 1, 10, tzinfo=datetime.UTC)]
    store = create(tmp_path / STORE_FILE, clock=lambda: now[0])
    say(store, "learners", "in 2027")
    begun = store.history()[-1].at
    now[0] = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    assert say(store, "learners", "while the clock said 2020").at == begun
    assert say(open_store(store.path, clock=lambda: now[0]), "region", "by another program").at == begun
    now[0] = datetime.datetime(2027, 4, 1, tzinfo=datetime.UTC)
    assert say(store, "learners", "in April").at == "2027-04-01T00:00:00.000Z"
    assert store.load("2026-12-31").revision == 0
    assert store.load("2027-03-02")[Purpose].learners == "while the clock said 2020"


@pytest.mark.parametrize("moment", ["9999-12-31", "9999-12-31T23:59", "9999-12-31T23:59:59Z", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_told(store: Store, moment: str) -> None:
    with pytest.raises(ValueError, match="not a date or a time"):
        store.load(moment)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs tzset, which this system has not")
def test_a_day_is_a_day_where_people_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime.datetime(2027, 3, 2, 3, tzinfo=datetime.UTC)
    store = create(tmp_path / STORE_FILE, clock=lambda: evening)
    say(store, "learners", "x")
    try:
        for zone, there in (("America/Chicago", "x"), ("UTC", None)):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            assert store.load("2027-03-01")[Purpose].learners == there
    finally:
        monkeypatch.undo()
        time.tzset()
