"""Rounds, ballots and what they say: exact on the sample, silent about few, honest about what cannot be compared."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctekit import ratings, rounds, samples
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.ratings import DONT_KNOW, SECTORS, Ballot, Rating, Round, agreement, alpha, quartiles
from ctekit.ratings.results import of_ratings
from ctekit.store import Store, create_store
from tests.stores import secret_ratings

SECTION_11 = {
    "4.1": ("1 3 3 1", 2),
    "4.2": ("1 2 2 1", 1),
    "4.3": ("1 2 1 1", 1),
    "4.4": ("2 2 2 1", 1),
    "5.1": ("1 2.5 2 1.5", 1.5),
    "5.2": ("1 2 2 1", 1),
    "5.3": ("1 1.5 2 0.5", 1.5),
    "5.4": ("1 1 1.5 0", 1.5),
}
GROUPS = ["business & industry", "K-12", "postsecondary", "others"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = create_store(tmp_path / "partnership.ctekit")
    yield store
    store.close()


def harrow_bend(store: Store) -> ratings.Results:
    return rounds.results(store, rounds.keep_sample(store, "harrow-bend").id)


def of(answers: list[tuple[str, object]], about: str = "purpose") -> ratings.IndicatorResult:
    """One question, answered so by sector."""
    round_ = Round("round-1", "A round", "2026-09-16", about, state="revealed")
    field = round_.questions[0].field
    return of_ratings(
        round_, [Rating("round-1", f"r{n}", sector, field, code) for n, (sector, code) in enumerate(answers)]
    )[field]


def test_harrow_bend_gives_the_medians_and_gaps_of_its_section_11(store: Store) -> None:
    results = harrow_bend(store)
    assert results.people == 22
    for indicator in results.indicators:
        assert [group.who for group in indicator.sectors] == GROUPS
        assert " ".join(f"{group.median:g}" for group in indicator.sectors) == SECTION_11[indicator.number][0], (
            indicator.number
        )
        assert indicator.gap == SECTION_11[indicator.number][1]
        assert indicator.everyone.n == 22
        assert [group.n for group in indicator.sectors] == [5, 6, 5, 6]
    assert results["5.4"].everyone.dont_know == 3
    assert results["4.1"].sectors[0].levels == (0, 0, 1, 1, 2)


def test_harrow_bends_ballots_count_as_its_table_does() -> None:
    rated = samples.ratings("harrow-bend")["counts"]
    _, ballots = rounds.sample("harrow-bend")
    for number, groups in rated.items():
        for group, sector in zip(groups, GROUPS[:3], strict=False):
            counted = Counter(ballot.answers.get(number) for ballot in ballots if ballot.sector == sector)
            assert [counted[code] for code in (0, 1, 2, 3, 4, DONT_KNOW)] == groups[group]


def test_the_widest_gap_comes_first_then_the_lowest(store: Store) -> None:
    results = harrow_bend(store)
    first = [indicator.number for indicator in results.talk_first]
    assert first[0] == "4.1"
    assert first[1:4] == ["5.3", "5.4", "5.1"]
    assert results["4.1"].prompt.startswith(
        "Business says level 1 of 4, schools say 3. What have schools seen that business has not?"
    )


def test_a_room_that_lies_far_apart_is_not_told_that_it_agrees() -> None:
    wide = of([("K-12", code) for code in (0, 0, 1, 2, 3)])
    assert wide.everyone.median == 1
    assert wide.prompt == "The answers lie far apart. What have you seen, one voice from each end?"
    low = of([("K-12", code) for code in (0, 0, 1, 1, 3)])
    assert low.prompt.startswith("We agree that this is low.")
    high = of([("K-12", code) for code in (1, 2, 2, 4, 4)])
    assert not high.prompt.startswith("We see this much alike.")


def test_a_sample_without_a_round_says_which_has_one() -> None:
    with pytest.raises(CtekitError, match="harrow-bend"):
        rounds.sample("half")


def test_a_sector_of_four_is_folded_and_a_fold_of_four_takes_another_with_it() -> None:
    answers = [("K-12", 2)] * 6 + [("business & industry", 1)] * 5 + [("community", 0)] * 4
    spreads = of(answers).sectors
    assert [(spread.who, spread.n) for spread in spreads] == [("K-12", 6), ("others", 9)]
    enough = of([*answers, ("postsecondary", 4)]).sectors
    assert [(spread.who, spread.n) for spread in enough] == [("business & industry", 5), ("K-12", 6), ("others", 5)]


def test_no_sector_is_shown_where_only_one_group_would_be_left() -> None:
    assert of([("K-12", 2)] * 5 + [("community", 0)] * 4).sectors == ()
    assert of([("K-12", 2)] * 9).sectors == ()
    assert of([("K-12", 2)] * 9).gap is None


@given(st.lists(st.tuples(st.sampled_from(SECTORS), st.sampled_from([0, 1, 2, 3, 4, DONT_KNOW])), max_size=60))
def test_nobody_can_be_found_by_taking_the_shown_from_everyone(answers: list[tuple[str, object]]) -> None:
    indicator = of(answers)
    assert indicator.everyone.n == len(answers)
    assert all(spread.n >= 5 for spread in indicator.sectors)
    if indicator.sectors:
        assert sum(spread.n for spread in indicator.sectors) == len(answers)
        assert sorted(level for spread in indicator.sectors for level in spread.levels) == list(
            indicator.everyone.levels
        )
    if len(answers) < 3:
        assert indicator.everyone.levels == ()
        assert indicator.everyone.median is None


def test_codes_outside_the_scale_are_missing_and_no_answer() -> None:
    indicator = of([("K-12", code) for code in (0, 4, 2, 5, -1, 99, "3", True, 2.0, "?", "", None)])
    assert indicator.everyone.levels == (0, 2, 4)
    assert indicator.everyone.dont_know == 1
    assert indicator.everyone.n == 4
    assert indicator.missing == 7


def test_dont_know_counts_as_an_answer_and_not_as_a_level() -> None:
    indicator = of([("K-12", "?")] * 5 + [("community", 1)] * 5)
    assert indicator.everyone.median == 1
    assert [(spread.who, spread.median, spread.dont_know) for spread in indicator.sectors] == [
        ("K-12", None, 5),
        ("community", 1, 0),
    ]
    assert indicator.gap is None


def test_low_split_or_gaping_indicators_call_for_action() -> None:
    assert of([("K-12", 1)] * 5).calls_for_action
    assert not of([("K-12", 3)] * 5).calls_for_action
    split = of([("K-12", 0)] * 4 + [("K-12", 4)] * 5)
    assert split.agreement < -0.5
    assert split.calls_for_action
    assert split.prompt.startswith("This room is split. "), "nobody can tell sectors apart here"
    both = of([(sector, level) for sector in SECTORS[:2] for level in (0, 0, 0, 4, 4, 4)])
    assert both.prompt.startswith("This room is split, and not by sector. ")


def test_agreement_is_van_der_eijks() -> None:
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333)  # the published example of agrmt
    assert agreement([0, 0, 0]) is None
    assert agreement([1, 0, 0, 0, 0]) == 1
    assert agreement([0, 3, 0, 3, 0]) < agreement([0, 3, 3, 0, 0])


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5))
def test_agreement_stays_in_its_bounds_and_does_not_care_which_end_is_up(counts: list[int]) -> None:
    value = agreement(counts)
    if sum(counts):
        assert -1 <= value <= 1
        assert value == pytest.approx(agreement(counts[::-1]), abs=1e-5)


def test_quartiles_are_the_inclusive_ones() -> None:
    assert quartiles([0, 1, 2, 3, 4]) == (1, 3)
    assert quartiles([3]) == (3, 3)
    assert quartiles([]) is None


def test_alpha_is_given_only_where_it_means_something() -> None:
    rows = [[level, level, level, min(4, level + 1)] for level in (0, 1, 2, 3, 4) * 4]
    assert alpha(rows) == pytest.approx(0.987, abs=0.01)
    assert alpha(rows[:19]) is None
    assert alpha([row[:3] for row in rows]) is None
    assert alpha([[2, 2, 2, 2]] * 25) is None


def test_alpha_is_given_by_element_and_never_for_the_quick_round() -> None:
    def results_of(about: str) -> ratings.Results:
        round_ = Round("round-1", "A round", "2026-09-16", about, state="revealed")
        all_ratings = [
            Rating("round-1", f"r{person}", "K-12", question.field, person % 5)
            for person in range(20)
            for question in round_.questions
        ]
        return of_ratings(round_, all_ratings)

    assert results_of("purpose").consistency == {"purpose": 1.0}
    assert results_of("quick").consistency == {}
    assert set(results_of("purpose+roles").consistency) == {"purpose", "roles"}


def test_rounds_are_compared_only_where_the_words_are_the_same() -> None:
    now = {rating_item.field: rating_item.wording for rating_item in ratings.questions("purpose")}
    before = Round("round-1", "Before", "2026-09-16", "purpose", state="revealed", wording={**now, "2.2": "other"})
    after = replace(before, id="round-2", name="After", wording=now)
    low = [Rating("round-1", f"r{n}", "K-12", name, 1) for n in range(5) for name in ("2.1", "2.2")]
    high = [
        replace(rating, round="round-2", code=3) for rating in low if rating.field == "2.1" or rating.respondent != "r0"
    ]
    first, second, third, _ = ratings.compare(of_ratings(before, low), of_ratings(after, high))
    assert (first.number, first.by, first.same_wording) == ("2.1", 2, True)
    assert (second.by, second.same_wording) == (None, False)
    assert (third.by, third.same_wording) == (None, True)


def test_a_round_keeps_the_print_of_the_words_it_asked(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose", held_on="2026-09-16")
    assert set(round_.wording) == {"2.1", "2.2", "2.3", "2.4"}
    assert all(re.fullmatch("[0-9a-f]{16}", words) for words in round_.wording.values())
    assert store.rounds() == [round_]


def test_answers_stay_secret_until_they_are_revealed(store: Store) -> None:
    round_ = rounds.open_round(store, "quick", "Before the workshop")
    store.rate([Ballot(round_.id, "r1", "K-12", {"1.1": 2})])
    assert rounds.responses(store, round_.id) == 1
    with pytest.raises(rounds.NotRevealedError, match="Before the workshop"):
        rounds.results(store, round_.id)
    assert rounds.close(store, round_.id).state == "closed"
    with pytest.raises(rounds.NotRevealedError):
        rounds.results(store, round_.id)
    assert rounds.reveal(store, round_.id).state == "revealed"
    assert rounds.close(store, round_.id).state == "revealed"
    assert rounds.results(store, round_.id).people == 1


def test_a_closed_round_takes_no_more_and_is_not_opened_again(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose")
    assert store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 2})])[0].outcome == "kept"
    rounds.close(store, round_.id)
    assert store.rate([Ballot(round_.id, "r2", "K-12", {"2.1": 2})])[0].outcome == "closed"
    assert store.rate([Ballot("round-9", "r2", "K-12", {"2.1": 2})])[0].outcome == "closed"
    assert store.keep_round(round_).state == "closed"
    assert store.answered(round_.id) == 1


def test_a_ballot_handed_in_twice_counts_once_and_a_changed_one_replaces(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose")
    first = Ballot(round_.id, "r1", "K-12", {"2.1": 2, "2.2": "?"}, based_on=0)
    (receipt,) = store.rate([first])
    assert store.rate([first, first]) == [receipt, receipt]
    (changed,) = store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 4, "2.2": None}, based_on=receipt.seq)])
    assert changed.outcome == "kept"
    assert [(rating.field, rating.code) for rating in secret_ratings(store, round_.id)] == [("2.1", 4)]
    (late,) = store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 0}, based_on=receipt.seq)])
    assert late.outcome == "newer"
    assert store.rate([first])[0].outcome == "kept"
    assert [(rating.field, rating.code) for rating in secret_ratings(store, round_.id)] == [("2.1", 4)]


def test_a_respondent_who_changes_sector_takes_all_answers_along(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose")
    store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 2, "2.2": 3})])
    store.rate([Ballot(round_.id, "r1", "community", {"2.1": 2, "2.2": 1})])
    assert {(rating.field, rating.sector, rating.code) for rating in secret_ratings(store, round_.id)} == {
        ("2.1", "community", 2),
        ("2.2", "community", 1),
    }


def test_ratings_leave_the_worksheets_as_they_were(store: Store) -> None:
    before, history = store.load(), store.history()
    harrow_bend(store)
    after = store.load()
    assert after.sheets == before.sheets
    assert store.history() == history
    assert store.seqs() == {("profile", "", "partnership_id"): 1}


def test_counts_in_the_database_are_the_counts_of_the_ratings(store: Store) -> None:
    harrow_bend(store)
    other = rounds.open_round(store, "purpose")
    store.rate([Ballot(other.id, "r1", "K-12", {"2.1": 2})])
    rounds.reveal(store, other.id)
    expected = Counter((rating.round, rating.field, rating.sector, rating.code) for rating in store.ratings())
    assert store.counts() == expected
    assert store.counts(other.id) == {("round-2", "2.1", "K-12", 2): 1}


def test_nobody_gets_an_answer_of_a_round_that_is_not_revealed(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose")
    store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 2})])
    for _ in range(2):
        assert (store.ratings(), store.ratings(round_.id), store.counts(), store.counts(round_.id)) == ([], [], {}, {})
        assert store.answered(round_.id) == 1
        rounds.close(store, round_.id)
    rounds.reveal(store, round_.id)
    assert store.counts(round_.id) == {(round_.id, "2.1", "K-12", 2): 1}
    assert [rating.code for rating in store.ratings()] == [2]


def test_the_file_does_not_tell_in_which_order_or_when_ballots_came(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose", held_on="2026-09-16")
    people = [f"r{number}" for number in range(40)]
    latest = store.latest()
    for who in people:
        store.rate([Ballot(round_.id, who, "K-12", {"2.1": 2, "2.2": 3})])
        assert store.latest() == latest, "the numbers of worksheets do not count ballots"
    with closing(sqlite3.connect(store.path)) as file:
        query = "SELECT respondent, at FROM revision WHERE respondent LIKE 'r%' ORDER BY seq"
        rows = file.execute(query).fetchall()
    assert {at for _, at in rows} == {"2026-09-16T00:00:00.000Z"}
    order = list(dict.fromkeys(who for who, _ in rows))
    assert sorted(order) == sorted(people)
    assert order not in (people, people[::-1])


def test_the_newest_ballot_of_a_person_stands_however_often_it_is_changed(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose")
    seq = 0
    for number in range(30):
        (receipt,) = store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": number % 5, "2.2": 3}, based_on=seq)])
        assert receipt.outcome == "kept"
        assert receipt.seq > seq
        seq = receipt.seq
        assert store.given(round_.id, "r1", ["2.1", "2.2"]).answers == {"2.1": number % 5, "2.2": 3}
        assert store.given(round_.id, "r1", ["2.1", "2.2"]).seq == seq
    assert len(str(seq)) < 16, "a form carries it"
    assert {(rating.field, rating.code) for rating in secret_ratings(store, round_.id)} == {("2.1", 4), ("2.2", 3)}


def test_ballots_of_an_earlier_version_can_be_changed(store: Store) -> None:
    round_ = rounds.open_round(store, "purpose")
    with closing(sqlite3.connect(store.path)) as file:
        file.execute(
            "INSERT INTO revision (uid, partnership, worksheet, row, field, respondent, value, who, at) "
            "VALUES ('u.2.1', ?, 'ratings', ?, '2.1', 'r1', '[\"K-12\",1]', '', '2026-09-16T10:00:00.000Z')",
            [store.partnership, round_.id],
        )
        file.commit()
    ballot_record = store.given(round_.id, "r1", ["2.1"])
    (receipt,) = store.rate([Ballot(round_.id, "r1", "K-12", {"2.1": 4}, based_on=ballot_record.seq)])
    assert receipt.outcome == "kept"
    assert [rating.code for rating in secret_ratings(store, round_.id)] == [4]


def test_what_cannot_be_rated_is_said_in_one_sentence(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Nothing called “purpse” can be rated. Did you mean 'purpose'"):
        rounds.open_round(store, "purpse")
    with pytest.raises(NotFoundError, match="There is no round “round-7”. The rounds are: none yet"):
        rounds.results(store, "round-7")
    with pytest.raises(ValueError, match="not a date"):
        rounds.open_round(store, "purpose", held_on="last week")


def test_dots_are_a_quarter() -> None:
    assert [ratings.dots(["x"] * n) for n in (2, 4, 6, 8, 12)] == [1, 1, 2, 2, 3]


def test_a_door_stays_the_same_whatever_is_closed_until_its_day_ends_or_another_begins(store: Store) -> None:
    day = "day-2026-09-16"
    door = store.door(day)
    assert store.door(day, 8123) == replace(door, port=8123)
    rounds.close(store, rounds.open_round(store, "purpose").id)
    assert store.door(day).secret == door.secret, "phones stay joined"
    store.close_door()
    second = store.door(day)
    assert second.secret != door.secret
    store.door("day-2026-09-17")
    assert store.door(day).secret != second.secret


def test_ballots_are_checked_by_the_index_however_many_there_are(store: Store) -> None:
    from ctekit.store import ballots

    with store._reading() as connection:
        for query, index in zip(
            ballots._of_keeper(store.partnership), ("revision_current", "revision_late"), strict=True
        ):
            query = query.where(ballots.r.row == "round-1")
            words = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
            assert index in str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}").all())
