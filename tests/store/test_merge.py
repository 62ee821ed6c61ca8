"""Two copies of a file are joined: what each says comes together once, and what contradicts stays to be chosen."""

from __future__ import annotations

import datetime
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ctekit.model.paths import STORE_FILE
from ctekit.ratings import Ballot, Round
from ctekit.store import Edit, Revision, Store, StoreError, backups, create_store, forget, merge, merge_undo, open_store
from ctekit.store.differences import choose, differences
from ctekit.store.joining import Joined, Joining
from ctekit.store.letters import Letter
from ctekit.store.lines import Line
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles
from tests.store.test_schemas import of_schema
from tests.stores import promise, promises, say

FIRST = datetime.datetime(2027, 1, 1, 9, tzinfo=datetime.UTC)


class Clock:
    """A computer's; each look is a second later."""

    def __init__(self, hours: int) -> None:
        self._now = FIRST + datetime.timedelta(hours=hours)

    def __call__(self) -> datetime.datetime:
        self._now += datetime.timedelta(seconds=1)
        return self._now


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """A partnership, and a copy of it on another computer, where it is an hour later."""
    (tmp_path / "ours").mkdir()
    ours = create_store(tmp_path / "ours" / STORE_FILE, clock=Clock(0))
    ours.save(
        [
            Edit("profile", "name", "Berg Tool", "org-*"),
            Edit("profile", "name", "Ana Ruiz", "s-*"),
            Edit("roles", "duty", "Teach", "task-*"),
            Edit("purpose", "learners", "all"),
        ]
    )
    ours.backup(tmp_path / "theirs.ctekit")
    theirs = open_store(tmp_path / "theirs.ctekit", clock=Clock(1))
    yield ours, theirs
    ours.close()
    theirs.close()


def join(ours: Store, *others: Store, side: merge.Side = "") -> None:
    merge.merge(ours, merge.read(ours, [other.path for other in others]), side)


def values(answers: Sequence[Revision]) -> list[object]:
    return [answer.value for answer in answers]


def test_what_one_side_changed_comes_in_with_who_said_it_and_when(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(ours, "region", "three counties", who="ann")
    result = say(theirs, "change", "less travel", who="bob")
    join(ours, theirs)
    purpose = ours.load()[Purpose]
    assert (purpose.region, purpose.change, differences(ours)) == ("three counties", "less travel", [])
    came = ours.history("purpose", "", "change")[-1]
    assert (came.who, came.said_at, came.uid) == ("bob", result.at, result.uid)
    assert came.at == ours.history()[-1].at, "when it arrived"
    before = ours.history("purpose", "", "region")[-1].at
    assert ours.load(before).sheets["purpose"].change is None, "a look back never sees what came later"


def test_what_both_changed_is_shown_until_somebody_chooses_and_both_stay_in_the_history(
    pair: tuple[Store, Store],
) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours", who="ann")
    say(theirs, "learners", "theirs", who="bob")
    join(ours, theirs)
    join(theirs, ours)
    for store in pair:
        (difference,) = differences(store)
        assert sorted(map(str, values(difference.answers))) == ["ours", "theirs"]
        assert store.load()[Purpose].learners == difference.stands.value == "theirs", "what was said last"
    (difference,) = differences(ours)
    assert choose(ours, [(difference, difference.of("ours"))]) == 1
    assert (ours.load()[Purpose].learners, differences(ours)) == ("ours", [])
    assert values(ours.history("purpose", "", "learners")) == ["all", "ours", "theirs", "ours"]
    join(ours, theirs)
    assert differences(ours) == [], "merged again it is not asked again"
    join(theirs, ours)
    assert (theirs.load()[Purpose].learners, differences(theirs)) == ("ours", [])


def test_an_answer_that_stands_already_can_be_chosen_too(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours")
    say(theirs, "learners", "theirs")
    join(ours, theirs, side="theirs")
    assert (ours.load()[Purpose].learners, differences(ours)) == ("theirs", [])


def test_who_chooses_is_not_written_over_what_was_said_meanwhile(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours")
    say(theirs, "learners", "theirs")
    join(ours, theirs)
    (difference,) = differences(ours)
    say(ours, "learners", "newer", who="carol")
    assert choose(ours, [(difference, difference.of("ours"))]) == 0
    assert ours.load()[Purpose].learners == "newer"


def test_a_row_whose_id_is_taken_gets_another_one_wherever_it_is_named(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    ours.save([Edit("profile", "name", "Novak", "org-*"), Edit("profile", "name", "Tom", "s-*")])
    theirs.save(
        [
            Edit("profile", "name", "Puente", "org-*1"),
            Edit("profile", "name", "Eva", "s-*1"),
            Edit("profile", "organization", "org-*1", "s-*1"),
            Edit("roles", "matrix/org-*1", "A", "task-1"),
            Edit("profile", "marks/role", {"kind": "to find out", "whom": "s-*1"}, "s-1"),
            Edit("plan", "finding", "ME33 profile/s-2/role", "act-*1"),
            Edit("plan", "owner", "s-*1", "act-*1"),
        ]
    )
    theirs.save([Edit("profile", "marks/role", {"kind": "to find out", "whom": "s-2"}, "s-1")])
    join(ours, theirs)
    book = ours.load()
    profile, plan = book[Profile], book[Plan]
    assert [(org.id, org.name) for org in profile.organizations][1:] == [("org-2", "Novak"), ("org-3", "Puente")]
    assert [(person.id, person.name, person.organization) for person in profile.people][1:] == [
        ("s-2", "Tom", None),
        ("s-3", "Eva", "org-3"),
    ]
    assert book[Roles].matrix == {"task-1": {"org-3": "A"}}
    assert profile.people[0].marks["role"].whom == "s-3"
    assert (plan.actions[0].finding, plan.actions[0].owner) == ("ME33 profile/s-3/role", "s-3")
    join(theirs, ours)
    assert [org.name for org in theirs.load()[Profile].organizations] == ["Berg Tool", "Novak", "Puente"]
    assert theirs.load()[Plan].actions[0].owner == "s-2", "there it goes on being called so"


def test_a_letter_names_whom_it_was_sent_to_also_where_that_row_has_another_id(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    ours.save([Edit("profile", "name", "Novak", "org-*")])
    theirs.save([Edit("profile", "name", "Puente", "org-*")])
    theirs.keep_letters([Letter("abc", "org-2", "", ("value",), theirs.latest())])
    theirs.take("abc", [Edit("profile", "sector", "K-12", "org-2")], ["one"])
    join(ours, theirs)
    assert list(ours.letters_answered()) == ["org-3"]
    assert ours.letter("abc") is None, "what it had seen is known in the other copy alone"
    merge_undo.undo(ours)
    assert list(ours.letters_answered()) == ["org-3"], "that it was sent goes on being true"


def test_a_letter_that_is_kept_twice_is_there_once(pair: tuple[Store, Store]) -> None:
    ours, _ = pair
    letter = Letter("abc", "org-1", "", ("value",), ours.latest())
    for _ in range(2):
        ours.keep_letters([letter])
        first = ours.letter("abc")
    assert first is not None
    assert ours.latest() == letter.revision + 1


def test_answers_of_one_letter_that_both_took_in_are_there_once(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    ours.save([Edit("profile", "name", "Novak", "org-*", uid="other")])
    for store in pair:
        store.take("abc", [Edit("profile", "name", "Puente", "org-*1", uid="same")], ["one"])
    join(ours, theirs)
    join(theirs, ours)
    for store in pair:
        assert sorted(str(org.name) for org in store.load()[Profile].organizations) == ["Berg Tool", "Novak", "Puente"]


def test_a_row_deleted_here_and_written_in_there_is_put_back(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    ours.save([Edit("profile", "row", None, "s-1")])
    theirs.save([Edit("profile", "role", "Principal", "s-1")])
    for target, source in (pair, pair[::-1]):
        join(target, source)
        assert [(person.name, person.role) for person in target.load()[Profile].people] == [("Ana Ruiz", "Principal")]
    ours.save([Edit("profile", "row", None, "s-1")])
    join(theirs, ours)
    assert theirs.load()[Profile].people == (), "who deletes it knowing all is heard"


def test_a_row_that_was_put_back_elsewhere_by_hand_stands_where_it_was_put(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    first, second = promise(theirs, "first"), promise(theirs, "second")
    join(ours, theirs)
    say(ours, "marks/promise", {"kind": "does not apply", "because": "late"}, first)
    theirs.save([Edit("purpose", "row", None, first)])
    theirs.save([Edit("purpose", "row", {"after": second}, first)])
    join(ours, theirs)
    join(theirs, ours)
    for store in pair:
        assert [words for _, words in promises(store)] == ["second", "first"]


def test_rows_that_both_added_at_the_end_stand_in_one_order(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    promise(ours, "first")
    promise(theirs, "second")
    join(ours, theirs)
    join(theirs, ours)
    assert [words for _, words in promises(ours)] == [words for _, words in promises(theirs)] == ["first", "second"]


def test_ratings_add_up_by_respondent_and_never_twice(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    round_ = ours.keep_round(Round("", "Quick", "2027-01-15", "quick"))
    ours.rate([Ballot(round_.id, "both", "", {"quick.purpose": 1})])
    theirs.close()
    theirs.path.unlink()
    ours.backup(theirs.path)
    table = open_store(theirs.path, clock=Clock(2))
    ours.rate([Ballot(round_.id, "here", "", {"quick.purpose": 2})])
    table.rate(
        [Ballot(round_.id, "there", "", {"quick.purpose": 3}), Ballot(round_.id, "both", "", {"quick.purpose": 4})]
    )
    other = table.keep_round(Round("", "Another", "2027-01-15", "quick"))
    mine = ours.keep_round(Round("", "Mine", "2027-01-15", "quick"))
    assert other.id == mine.id, "each numbers in its own way"
    for _ in range(2):
        join(ours, table)
        join(table, ours)
    for store in (ours, table):
        first, *more = store.rounds()
        assert sorted(each.name for each in more) == ["Another", "Mine"]
        store.keep_round(Round(first.id, first.name, first.held_on, "quick", state="revealed"))
        codes = {rating.respondent: rating.code for rating in store.ratings(first.id)}
        assert codes == {"both": 4, "here": 2, "there": 3}
    assert all(seq < 0 for seq in _ballot_numbers(ours)), "no number tells when a ballot came"
    table.close()


def _ballot_numbers(store: Store) -> list[int]:
    with closing(sqlite3.connect(store.path)) as connection:
        query = "SELECT seq FROM revision WHERE worksheet = 'ratings' AND respondent != 'facilitator'"
        return [seq for (seq,) in connection.execute(query)]


def test_a_round_that_was_revealed_stays_so_whatever_another_copy_says_later(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    round_ = ours.keep_round(Round("", "Quick", "2027-01-15", "quick"))
    join(theirs, ours)
    ours.keep_round(Round(round_.id, "Quick", "2027-01-15", "quick", state="revealed"))
    theirs.keep_round(Round(round_.id, "Quick, closed", "2027-01-15", "quick", state="closed", set_aside="a rehearsal"))
    join(ours, theirs)
    join(theirs, ours)
    for store in pair:
        (round_,) = store.rounds()
        assert (round_.state, round_.set_aside) == ("revealed", "a rehearsal")


@pytest.mark.parametrize(
    "edit",
    [
        Edit("purpose", "region", "elsewhere", who="carol"),
        Edit("purpose", "learners", "the same answer", who="carol"),
        Edit("profile", "name", "Novak", "org-*", who="carol"),
    ],
    ids=["elsewhere", "the same answer", "a row of the same id"],
)
def test_who_saves_while_copies_are_joined_neither_waits_nor_is_lost(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch, edit: Edit
) -> None:
    ours, theirs = pair
    say(theirs, "learners", "theirs")
    theirs.save([Edit("profile", "name", "Lindqvist", "org-*"), Edit("purpose", "change", "less travel")])
    meanwhile: list[int] = []

    def slow_take(joining: Joining, *copy: Any) -> Joined:
        joined = take(joining, *copy)
        if not meanwhile:
            with closing(open_store(ours.path, clock=Clock(2))) as carol:
                meanwhile.append(carol.submit([edit]).result(10)[0].seq)
        return joined

    take = Joining.take
    monkeypatch.setattr(Joining, "take", slow_take)
    join(ours, theirs)
    history = ours.history()
    assert next(revision for revision in history if revision.seq == meanwhile[0]).value == edit.value
    assert [revision.at for revision in history] == sorted(revision.at for revision in history)
    names = {row.name for row in ours.load()[Profile].organizations}
    assert names == {"Berg Tool", "Lindqvist", *(["Novak"] if edit.row else [])}
    number = ours.latest()
    join(ours, theirs)
    assert ours.latest() == number, "merged again nothing comes"
    join(theirs, ours)
    assert theirs.load()[Purpose] == ours.load()[Purpose]
    merge_undo.undo(ours)
    assert ours.load()[Purpose].change is None
    assert edit.value in values(ours.history())


def test_a_merge_is_taken_back_in_one_step(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours")
    say(theirs, "learners", "theirs")
    say(theirs, "region", "three counties")
    theirs.save([Edit("profile", "name", "Novak", "org-*1"), Edit("profile", "name", "Puente", "org-*2")])
    round_ = theirs.keep_round(Round("", "Quick", "2027-01-15", "quick"))
    theirs.rate([Ballot(round_.id, "there", "", {"quick.purpose": 3})])
    before = ours.load()
    join(ours, theirs)
    say(ours, "change", "after it")
    assert merge_undo.undo(ours) == merge_undo.Undone(5)
    book = ours.load()
    assert (book[Purpose].learners, book[Purpose].region, book[Purpose].change) == ("ours", None, "after it")
    assert book[Profile] == before[Profile]
    assert ours.rounds() == []
    assert merge_undo.undo(ours) is None
    join(ours, theirs)
    assert ours.load()[Purpose].learners == "ours", "what was taken back does not come again"


@pytest.mark.parametrize(
    ("edit", "undone"),
    [
        (Edit("purpose", "region", "elsewhere", who="carol"), merge_undo.Undone(3)),
        (Edit("purpose", "learners", "the same answer", who="carol"), merge_undo.Undone(2, 1)),
        (Edit("profile", "name", "Lindqvist AB", "org-2", who="carol"), merge_undo.Undone(2, 1)),
    ],
    ids=["elsewhere", "the same answer", "a row that came"],
)
@pytest.mark.parametrize("tries", [3, 0], ids=["", "others wait"])
def test_who_saves_while_a_merge_is_taken_back_neither_waits_nor_is_lost(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch, edit: Edit, undone: merge_undo.Undone, tries: int
) -> None:
    ours, theirs = pair
    say(theirs, "learners", "theirs")
    theirs.save([Edit("profile", "name", "Lindqvist", "org-*"), Edit("purpose", "change", "less travel")])
    join(ours, theirs)
    meanwhile: list[int] = []

    def slow_plan(lines: list[Line]) -> Any:
        planned = plan(lines)
        if not meanwhile and tries:
            with closing(open_store(ours.path, clock=Clock(2))) as carol:
                meanwhile.append(carol.submit([edit]).result(10)[0].seq)
        return planned

    plan = merge_undo._plan
    monkeypatch.setattr(merge_undo, "_plan", slow_plan)
    monkeypatch.setattr(merge_undo, "_TRIES", tries)
    if not tries:
        ours.save([edit])
    assert merge_undo.undo(ours) == undone
    assert edit.value in values(ours.history())
    row = ours.load().row_by_id.get(edit.row) if edit.row else ours.load()[Purpose]
    assert getattr(row, edit.field) == edit.value, "what was saved meanwhile stands"
    assert ours.load()[Purpose].change is None
    assert merge_undo.undo(ours) is None


def test_a_merge_that_somebody_else_made_meanwhile_is_not_noted_twice(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pair
    say(theirs, "region", "three counties")
    copies = merge.read(ours, [theirs.path])
    merge.write(ours, copies)
    number = ours.latest()
    monkeypatch.setattr(merge, "_TRIES", 0)  # as where somebody saved amid each try
    merge.write(ours, copies)
    assert ours.latest() == number
    assert merge_undo.undo(ours) == merge_undo.Undone(1)


def test_more_ratings_than_fit_one_answer_come_in_and_are_taken_back(
    pair: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = pair
    round_ = theirs.keep_round(Round("", "Quick", "2027-01-15", "quick"))
    join(ours, theirs)
    theirs.rate([Ballot(round_.id, f"{number:032}", "", {"quick.purpose": 3}) for number in range(400)])
    monkeypatch.setattr("ctekit.store.text.LONGEST", 10_000)
    join(ours, theirs)
    assert ours.answered(round_.id) == 400
    assert merge_undo.undo(ours) == merge_undo.Undone(400)
    assert [each.id for each in ours.rounds()] == [round_.id]
    assert ours.answered(round_.id) == 0


def test_nothing_of_a_merge_that_was_taken_back_is_still_to_be_chosen(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(ours, "learners", "ours")
    say(theirs, "learners", "theirs, which was said last")
    join(theirs, ours)
    assert len(differences(theirs)) == 1
    assert merge_undo.undo(theirs) == merge_undo.Undone(1)
    assert (differences(theirs), theirs.load()[Purpose].learners) == ([], "theirs, which was said last")
    join(ours, theirs)
    assert (differences(ours), ours.load()[Purpose].learners) == ([], "theirs, which was said last")


def test_what_somebody_has_gone_on_from_stays_when_a_merge_is_taken_back(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(theirs, "region", "theirs")
    theirs.save([Edit("profile", "name", "Novak", "org-*")])
    join(ours, theirs)
    say(ours, "region", "mended")
    ours.save([Edit("profile", "name", "Novak Inc", "org-2")])
    assert merge_undo.undo(ours) == merge_undo.Undone(0, 2)
    assert (ours.load()[Purpose].region, ours.load()[Profile].organizations[-1].name) == ("mended", "Novak Inc")


@pytest.mark.parametrize("is_later", [True, False])
def test_a_round_taken_back_in_one_copy_is_there_or_gone_in_both(pair: tuple[Store, Store], is_later: bool) -> None:
    """Whoever spoke last is right, by the clocks of both: of `pair`, the second one's is an hour later."""
    born_in, taken_back_in = pair[::-1] if is_later else pair
    round_ = born_in.keep_round(Round("", "Quick", "2027-01-15", "quick"))
    join(taken_back_in, born_in)
    merge_undo.undo(taken_back_in)
    born_in.keep_round(replace(round_, state="closed"))
    join(taken_back_in, born_in)
    join(born_in, taken_back_in)
    assert [each.state for each in born_in.rounds()] == (["closed"] if is_later else [])
    assert [each.state for each in taken_back_in.rounds()] == (["closed"] if is_later else [])


def test_how_it_stood_is_backed_up_before_and_can_be_put_back(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(theirs, "region", "theirs")
    number = len(ours.history())
    _, backup = merge.merge(ours, merge.read(ours, [theirs.path]))
    assert backups.verify(backup).revisions == number
    backups.restore(ours, backup)
    assert ours.load()[Purpose].region is None


def test_an_older_copy_does_not_bring_back_who_was_forgotten(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    say(theirs, "region", "theirs")
    forget.forget(ours, "s-1")
    join(ours, theirs)
    assert "Ana Ruiz" not in str(ours.load()[Profile].people)
    assert b"Ana Ruiz" not in ours.path.read_bytes()


def test_a_copy_of_an_older_schema_is_merged_and_stays_as_it_is(tmp_path: Path) -> None:
    path = of_schema(1, tmp_path / "older.ctekit")
    ours = open_store(shutil.copyfile(path, tmp_path / STORE_FILE))
    say(ours, "change", "ours")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO revision (uid, partnership, worksheet, row, field, value, who, at, based_on) "
            "VALUES ('u6', 'abc', 'purpose', '', 'learners', '\"later\"', 'bob', '2027-01-02T00:00:00.000Z', 3)"
        )
        connection.commit()
    content = path.read_bytes()
    merge.merge(ours, merge.read(ours, [path]))
    assert ours.load()[Purpose].learners == "later"
    assert ours.history("purpose", "", "learners")[-1].parents == ("u3",)
    assert path.read_bytes() == content
    ours.close()


# Strangers

ODD = (
    "INSERT INTO revision SELECT 99, {}, partnership, worksheet, {}, field, respondent, old, value, who, at, based_on, "
    "conflicts_with, parents, said_at FROM revision WHERE seq = 1"
)


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("CREATE TRIGGER more AFTER INSERT ON revision BEGIN SELECT 1; END", "did not put there"),
        ("CREATE VIEW more AS SELECT 1", "did not put there"),
        ("ALTER TABLE revision ADD COLUMN more TEXT AS (upper(value))", "did not put there"),
        (ODD.format("'new'", "'../x'"), "did not write"),
        (ODD.format("x'00'", "row"), "did not write"),
        (ODD.format("'new'", "'org-1000001'"), "did not write"),
    ],
)
def test_a_strangers_file_is_refused_in_one_sentence_and_nothing_is_written(
    pair: tuple[Store, Store], statement: str, why: str
) -> None:
    ours, theirs = pair
    theirs.close()
    with closing(sqlite3.connect(theirs.path)) as connection:
        connection.execute(statement)
        connection.commit()
    files = [store.path.read_bytes() for store in pair]
    with pytest.raises(StoreError, match=why):
        join(ours, theirs)
    assert [store.path.read_bytes() for store in pair] == files
    assert backups.all_of(ours.path.parent) == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    pair: tuple[Store, Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "large.ctekit"
    with large.open("wb") as file:
        file.truncate(500_000_001)
    monkeypatch.setattr("ctekit.store.file.inspect", lambda _: pytest.fail("it was read"))
    with pytest.raises(StoreError, match="more than 500,000,000 bytes, so it was not read"):
        merge.read(pair[0], [large])


def test_the_file_of_another_partnership_is_refused(pair: tuple[Store, Store], tmp_path: Path) -> None:
    ours, _ = pair
    other = create_store(tmp_path / "other.ctekit")
    with pytest.raises(StoreError, match="another partnership's"):
        join(ours, other)
    other.close()
    same_name = create_store(tmp_path / "same.ctekit", partnership=ours.partnership)
    with pytest.raises(StoreError, match="did not begin as a copy"):
        join(ours, same_name)
    same_name.close()


def test_a_copy_that_moves_a_revision_elsewhere_is_refused(pair: tuple[Store, Store]) -> None:
    ours, theirs = pair
    theirs.close()
    with closing(sqlite3.connect(theirs.path)) as connection:
        (trigger,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'revision_never_changes'"
        ).fetchone()
        connection.execute("DROP TRIGGER revision_never_changes")
        connection.execute("UPDATE revision SET field = 'region' WHERE field = 'learners'")
        connection.execute(trigger)
        connection.commit()
    with pytest.raises(StoreError, match="in another way"):
        join(ours, theirs)
