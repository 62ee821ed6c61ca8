"""The numbers are those of a plain recount, and only sums of them are told."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ctekit import rubrics, samples
from ctekit.model.paths import STORE_FILE
from ctekit.rollup import Measure, MeasureCount, Rollup, Summary, gather, paths
from ctekit.rollup._figures import EVERYONE, RatingSum
from ctekit.rollup._summary import ANSWERS
from ctekit.store import open_store
from tests.rollup.conftest import PLACES
from tests.rollup.region import state


@pytest.fixture(scope="module")
def summaries(made_state: Path) -> list[Summary]:
    return gather(paths([made_state]))


def answers(number: int) -> dict[str, dict[str, Any]]:
    """The plain answers behind the partnerships of `made_state`."""
    return samples.read(PLACES[number - 1][1])


def test_every_partnership_is_in_it_once(summaries: list[Summary], made_state: Path) -> None:
    assert sorted(summary.partnership for summary in summaries) == [f"p{number}" for number in range(1, 7)]
    twice = gather(paths([made_state, made_state / "p1", made_state / "p1" / STORE_FILE]))
    assert len(twice) == 6


def test_needs_asks_and_agreements_are_those_that_are_written(summaries: list[Summary]) -> None:
    whole = Rollup(summaries).statewide
    plain = [answers(number) for number in range(1, 7)]
    assert whole.unmet[1] == sum(len(each.get("recruitment", {}).get("needs", ())) for each in plain)
    asked = [ask.get("lever") or "not said" for each in plain for ask in each.get("plan", {}).get("asks_of_state", ())]
    assert {lever: asks for lever, (_, asks) in whole.asks.items()} == Counter(asked)
    parties = [len(each.get("roles", {}).get("parties", ())) for each in plain]
    assert sum(each[2] for each in whole.agreements.values()) == sum(parties)
    assert sum(each[0] for each in whole.agreements.values()) == 6


def test_numerators_and_denominators_are_added(summaries: list[Summary]) -> None:
    whole = Rollup(summaries).statewide
    counted: Counter[str] = Counter()
    out_of: Counter[str] = Counter()
    for number in range(1, 7):
        sheet = answers(number).get("metrics", {})
        codes = {metric["id"]: metric.get("federal_code") for metric in sheet.get("metrics", ())}
        for row in sheet.get("observations", ()):
            code = codes.get(row.get("metric"))
            if code and row.get("group") == "all" and None not in (row.get("counted"), row.get("out_of")):
                counted[code] += row["counted"]
                out_of[code] += row["out_of"]
    sums: Counter[str] = Counter()
    wholes: Counter[str] = Counter()
    for measure, total in whole.measures.items():
        sums[measure.code] += total.counted
        wholes[measure.code] += total.out_of
        assert float(total.percent or 0) == pytest.approx(100 * total.counted / total.out_of, abs=0.05)
    assert (sums, wholes) == (counted, out_of)


def test_ratings_are_those_of_everybody_who_answered(summaries: list[Summary], made_state: Path) -> None:
    whole = Rollup(summaries).statewide
    codes: dict[int, Counter[Any]] = {}
    for number in range(1, 7):
        store = open_store(made_state / f"p{number}" / STORE_FILE)
        newest: dict[int, str] = {}
        ratings = [rating for rating in store.ratings() if rating.field[:1].isdigit()]
        for rating in ratings:
            element = int(rating.field.partition(".")[0])
            newest[element] = max(newest.get(element, ""), rating.round)
        for rating in ratings:
            element = int(rating.field.partition(".")[0])
            if rating.round == newest[element]:
                codes.setdefault(element, Counter())[rating.code] += 1
        store.close()
    assert codes
    assert {element: total.numbers for (element, who), total in whole.ratings.items() if who == EVERYONE} == {
        element: [counts[answer] for answer in ANSWERS] for element, counts in codes.items()
    }
    for element, counts in codes.items():
        levels = [code for code, number in counts.items() for _ in range(number) if code != "?"]
        quartiles = statistics.quantiles(levels, n=4, method="inclusive")
        assert whole.ratings[element, EVERYONE].middle == pytest.approx(tuple(quartiles))


@pytest.mark.parametrize("levels", [[3], [0, 4], [1, 1, 2], [0, 0, 1, 4, 4, 4, 2], list(range(5)) * 7])
def test_quartiles_of_counts_are_those_of_the_answers(levels: Sequence[int]) -> None:
    expected = tuple(statistics.quantiles(levels, n=4, method="inclusive")) if len(levels) > 1 else (3, 3, 3)
    assert RatingSum([levels.count(step) for step in ANSWERS]).middle == expected
    assert RatingSum([0, 0, 0, 0, 0, 4]).middle is None


def test_groups_are_recounted_one_by_one() -> None:
    """What holds no small group is, in each group, the plain sum of what its partnerships say."""
    summaries = state(40, seed=3)
    rollup = Rollup(summaries)
    for dimension in ("region", "level", "cluster", "stage", "program year"):
        for group, figures in rollup.by(dimension).items():
            here = [summary for summary in summaries if group in summary.of(dimension)]
            assert figures.partnerships == len(here)
            assert figures.unmet == (
                sum(unmet for summary in here for unmet, _ in summary.needs.values()),
                sum(total for summary in here for _, total in summary.needs.values()),
            )
            assert figures.reached[0] == sum(list(summary.consulted.values()).count("reached") for summary in here)
            assert figures.signed == sum(summary.agreement.state == "signed" for summary in here)
            for measure, total in figures.measures.items():
                counts = [summary.measures[measure] for summary in here if measure in summary.measures]
                assert total.partnerships + total.left_out == len(counts)
                if not total.left_out:
                    assert total.out_of == sum(count.out_of for count in counts)
                    assert total.counted == sum(count.counted for count in counts)
            for (element, who), rated in figures.ratings.items():
                if who == EVERYONE and not rated.left_out:
                    assert rated.people == sum(sum(summary.ratings[element].people.values()) for summary in here)


def test_groups_stand_in_the_order_of_names_and_those_who_say_nothing_last() -> None:
    regions = ("R10", "", "R2", "Ängel")
    summaries = [Summary(name or "p", groups={"region": (name,)} if name else {}) for name in regions]
    assert list(Rollup(summaries).by("region")) == ["Ängel", "R2", "R10", "not said"]


def test_a_state_that_shows_less_than_its_partnerships_decides() -> None:
    measure = Measure("1S1", "Perkins V", "secondary", "2025-26")
    small = [Summary(f"p{number}", least=5, measures={measure: MeasureCount(3, 7, True)}) for number in range(2)]
    total = Rollup(small).statewide.measures[measure]
    assert (total.out_of, total.partnerships, total.left_out) == (0, 0, 2)


def test_all_elements_can_be_told() -> None:
    assert {element.number for element in rubrics.ELEMENTS} == set(range(1, 8))
