"""What may be added up together, and what has to be left out: pools one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ctekit import workspace
from ctekit.model.paths import STORE_FILE
from ctekit.ratings import Ballot, Round
from ctekit.rollup import Measure, MeasureCount, RatingSum, Rollup, Summary, _charts, read
from ctekit.rollup._figures import EVERYONE
from ctekit.rollup._newest import grouped, newest
from ctekit.rollup._suppression import Hidden, is_safe, pools
from ctekit.store import Edit, open_store
from ctekit.worksheets.metrics import Metrics
from tests.rollup.conftest import Run

MEASURE = Measure("1S1", "Perkins V", "secondary", "2025-26")


def test_a_partnership_that_leaves_takes_its_pool_with_it() -> None:
    people = [Hidden(f"p{number}", f"p{number}", {"x": 6}) for number in range(4)]
    (pool,) = pools(people, 10)
    (left,) = pools(people, 10, [pool.members])
    assert left == pool
    assert pools(people[1:], 10, [pool.members]) == []


def test_those_of_the_same_groups_are_put_together_first() -> None:
    people = [Hidden(f"p{number}", f"p{number}", {"x": 6}, (f"R{number // 3}",)) for number in range(7)]
    assert [sorted(pool.members) for pool in pools(people, 10)] == [["p0", "p1", "p2"], ["p3", "p4", "p5"]]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([7, 6, 5], True),
        ([9, 9], False),
        ([30, 5, 4], False),
        ([1] * 12, False),
        ([], False),
        ([2] + [1] * 11, False),
        ([2, 2] + [1] * 10, True),
        ([9, 9, 9], False),
        ([2, 9, 9], False),
        ([8, 9, 8], True),
    ],
)
def test_a_sum_is_told_where_no_member_learns_of_another(sizes: list[int], expected: bool) -> None:
    assert is_safe(sizes, 10) is expected


def test_a_sum_is_told_only_if_no_member_has_as_many_as_it_can_have() -> None:
    people = [Hidden(f"p{number}", f"p{number}", {"x": 4}, most=4) for number in range(4)]
    assert pools(people, 10) == []
    assert pools([replace(each, most=9) for each in people], 10)


@pytest.mark.parametrize("did", [(0, 0, 0, 0), (6, 6, 6, 6), (3, 6, 6, 6), (0, 0, 1, 0)])
def test_of_all_or_none_nothing_is_told_also_to_one_who_is_in_it(did: tuple[int, ...]) -> None:
    people = [Hidden(f"p{number}", f"p{number}", {"x": 6}, (), {"x": (yes, 6 - yes)}) for number, yes in enumerate(did)]
    assert pools(people, 10) == []


def counting(name: str, counted: int, out_of: int, shown: bool, least: int = 10) -> Summary:
    return Summary(name, least=least, measures={MEASURE: MeasureCount(counted, out_of, shown)})


def test_what_a_partnership_shows_itself_is_no_cover_for_the_small_group_of_another() -> None:
    small, stricter = counting("A", 1, 3, False), counting("E", 50, 90, True, least=20)
    rollup = Rollup([small, counting("B", 10, 19, True), counting("C", 9, 18, True), stricter])
    total = rollup.statewide.measures[MEASURE]
    assert (total.counted, total.out_of, total.partnerships, total.left_out) == (50, 90, 1, 3)


def test_what_a_partnership_may_show_one_day_is_no_cover_for_the_small_group_of_another() -> None:
    small = counting("A", 1, 3, False)
    first = Rollup([small, counting("B", 10, 19, False), counting("C", 9, 18, False)])
    assert first.statewide.measures[MEASURE].left_out == 3
    second = Rollup([small, counting("B", 10, 19, True), counting("C", 9, 18, True)], first.pooled)
    assert second.statewide.measures[MEASURE].out_of == 19 + 18


def test_small_groups_are_added_up_where_each_partnership_has_a_smallest_group_of_its_own() -> None:
    three = [counting("A", 1, 6, False), counting("B", 3, 7, False), counting("C", 2, 8, False)]
    assert Rollup(three).statewide.measures[MEASURE].out_of == 21
    assert Rollup([*three, counting("E", 50, 90, True, least=20)]).statewide.measures[MEASURE].out_of == 90


def rated(name: str, answers: Iterable[tuple[str, str, int]]) -> Summary:
    """A partnership of which people said so: question, sector and answer of each."""
    counts = Counter((f"round-{name}", *answer) for answer in answers)
    return Summary(name, ratings=newest([f"round-{name}"], grouped(counts)))


def test_a_question_that_fewer_than_three_answered_is_in_no_number() -> None:
    enough = [("1.1", "K-12", 2)] * 3 + [("1.1", "community", 3)] * 3
    asked = Rollup([rated("A", [*enough, ("1.2", "K-12", 0)])]).statewide.ratings[1, EVERYONE]
    assert (asked.numbers, asked.people) == ([0, 0, 3, 3, 0, 0], 6)
    few = Rollup([rated(name, [("1.1", "K-12", 2), ("1.2", "K-12", 0)] * 2) for name in "ABCD"]).statewide.ratings
    assert {who: (total.people, total.left_out) for (_, who), total in few.items()} == {
        EVERYONE: (0, 4),
        "K-12": (0, 4),
    }


def test_a_sector_that_is_shown_for_one_question_is_no_cover_for_another_partnership_s() -> None:
    def answers(**sizes: tuple[int, int]) -> list[tuple[str, str, int]]:
        others = {"K-12": (4, 4), "postsecondary": (9, 9), "community": (4, 4)}
        return [
            (f"1.{question}", sector, each % 3)
            for sector, numbers in {**others, **sizes}.items()
            for question, number in enumerate(numbers, 1)
            for each in range(number)
        ]

    def sector(name: str, large: tuple[int, int]) -> Summary:
        return rated(name, answers(**{"business & industry": large}))

    whole = Rollup([sector("A", (2, 2)), sector("B", (6, 4)), sector("C", (7, 4))]).statewide.ratings
    total = whole[1, "business & industry"]
    assert (total.people, total.partnerships, total.left_out) == (0, 0, 3)
    assert whole[1, EVERYONE].partnerships == 3
    small = Rollup([sector("A", (2, 2)), sector("B", (3, 3)), sector("C", (4, 3))]).statewide.ratings
    assert small[1, "business & industry"].partnerships == 3


def test_a_count_that_was_mended_is_in_no_number_with_those_it_was_added_to() -> None:
    three = [counting("A", 1, 6, False), counting("B", 3, 7, False), counting("C", 2, 8, False)]
    first = Rollup(three)
    mended = replace(counting("A", 2, 7, False), versions={("secondary", "2025-26"): "mended"})
    later = [mended, *three[1:], counting("D", 2, 6, False), counting("E", 3, 7, False)]
    second = Rollup(later, first.pooled)
    assert first.statewide.measures[MEASURE].out_of == 21
    assert (second.statewide.measures[MEASURE].partnerships, second.statewide.measures[MEASURE].left_out) == (0, 5)


def test_a_ballot_that_comes_late_takes_a_small_sector_out_with_those_it_was_added_to() -> None:
    sizes = {"K-12": 3, "community": 3, "postsecondary": 9}
    answers = [("1.1", sector, each % 3) for sector, size in sizes.items() for each in range(size)]
    three = [rated(name, answers) for name in "ABC"]
    first = Rollup(three)
    late = rated("A", [*answers, ("1.1", "K-12", 0)])
    late = replace(late, ratings={1: replace(late.ratings[1], version="later")})
    second = Rollup([late, *three[1:]], first.pooled)
    assert first.statewide.ratings[1, "K-12"].partnerships == 3
    assert second.statewide.ratings[1, "K-12"].partnerships == 0
    assert second.statewide.ratings[1, EVERYONE].partnerships == 3


def test_the_middle_of_the_other_regions_is_shown_of_as_many_as_rated(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[object, ...]] = []
    figure = _charts._figure
    monkeypatch.setattr(
        _charts, "_figure", lambda numbers, *rest: rows.append(numbers.rows[0]) or figure(numbers, *rest)
    )
    region, *others = (
        Rollup([rated(name, [("1.1", "K-12", 2)] * 6)]).statewide
        if name in "ABCDE"
        else Rollup([Summary(name)]).statewide
        for name in "ABCDEXYZ"
    )
    _charts.beside(region, others)
    _charts.beside(region, others[1:])
    assert [row[2] for row in rows] == [2, None]


def test_where_all_of_a_sector_said_the_same_it_is_in_no_number() -> None:
    def total_of(odd: int) -> RatingSum:
        sizes = {"K-12": 3, "community": 3, "postsecondary": 9}
        return Rollup(
            [
                rated(name, [(f"1.{question}", sector, odd if sector == "K-12" and not each else 3)
                             for question in (1, 2) for sector, size in sizes.items() for each in range(size)])
                for name in "ABC"
            ]
        ).statewide.ratings[1, "K-12"]  # fmt: skip

    assert (total_of(3).people, total_of(3).left_out) == (0, 3)
    assert (total_of(0).people, total_of(0).left_out) == (9, 0)


def test_what_is_counted_together_is_known_by_what_stands_behind_it(made_state: Path, tmp_path: Path) -> None:
    """A note changes nothing; a count or a ballot more does."""
    place = tmp_path / STORE_FILE
    place.write_bytes((made_state / "p1" / STORE_FILE).read_bytes())
    before = read(place)
    assert before.versions
    assert all(each.version for each in before.ratings.values())
    with closing(open_store(place)) as store:
        store.save([Edit("profile", "region_code", "R77")])
    assert (read(place).versions, read(place).ratings) == (before.versions, before.ratings)
    with closing(open_store(place)) as store:
        counted = [row for row in store.load()[Metrics].observations if row.counted and row.out_of]
        store.save([Edit("metrics", "counted", row.counted - 1, row.id) for row in counted])
    assert all(read(place).versions[group] != version for group, version in before.versions.items())
    assert read(place).ratings == before.ratings


def test_ballots_that_a_merge_brings_late_make_it_another_round(tmp_path: Path, run: Run) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    workspace.make(ours, "Ours")
    theirs.mkdir()
    with closing(open_store(ours / STORE_FILE)) as store:
        round_ = store.keep_round(Round("", "Purpose", "2026-10-01", "purpose"))
        store.rate([Ballot(round_.id, f"r{number}", "K-12", {"2.1": number}) for number in range(4)])
        store.backup(theirs / STORE_FILE)
        store.keep_round(replace(round_, state="revealed"))
    before = read(ours / STORE_FILE).ratings[2]
    with closing(open_store(theirs / STORE_FILE)) as store:
        store.rate([Ballot(round_.id, "late", "K-12", {"2.1": 0})])
    assert run("merge", ours, theirs, "--yes")[0] == 0
    after = read(ours / STORE_FILE).ratings[2]
    assert (before.people, after.people) == ({"K-12": 4}, {"K-12": 5})
    assert before.version != after.version


def test_one_partnership_cannot_hide_the_measures_of_all() -> None:
    three = [counting(name, 3, 7, False) for name in "ABC"]
    strict = [counting("E", 600, 900, True, least=500), counting("F", 30, 40, False, least=500)]
    rollup = Rollup([*three, counting("D", 40, 60, True), *strict])
    assert rollup.least == 10
    total = rollup.statewide.measures[MEASURE]
    assert (total.out_of, total.partnerships, total.left_out) == (3 * 7 + 60 + 900, 5, 1)
    assert not any("F" in members for those in rollup.pooled.values() for pool in those for members in pool)
