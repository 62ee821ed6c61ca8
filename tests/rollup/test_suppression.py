"""Nobody works out a small group: with all numbers of two roll-ups, each partnership's own pages, and algebra."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ctekit.ratings import LEAST, SECTORS
from ctekit.rollup import DIMENSIONS, MeasureCount, Rollup, Summary
from ctekit.rollup._audit import bridges
from ctekit.rollup._figures import EVERYONE, figures
from tests.rollup.region import a_year_later, partnership, state
from tests.rules.test_reconstruction import determined

PRIME = 2**61 - 1
"""Numbers are counted round a circle so large that what is settled there is settled among all fractions."""

Equation = dict[Hashable, int]
"""Unknown count -> how often it is in a sum that is known."""


class Knowledge:
    """What follows from sums of unknown counts: Gauss's elimination, a row for each new thing known."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, Equation] = {}

    def learn(self, equation: Equation) -> None:
        rest = self._reduced(equation)
        if rest:
            pivot, value = next(iter(rest.items()))
            inverse = pow(value, -1, PRIME)
            self._rows[pivot] = {name: each * inverse % PRIME for name, each in rest.items()}

    def settles(self, equation: Equation) -> bool:
        return not self._reduced(equation)

    def _reduced(self, equation: Equation) -> Equation:
        left, done = {name: value % PRIME for name, value in equation.items()}, {}
        while left:
            name = next(iter(left))
            if name not in self._rows:
                done[name] = left.pop(name)
                continue
            factor = left[name]
            for each, value in self._rows[name].items():
                rest = (left.pop(each, 0) + done.pop(each, 0) - factor * value) % PRIME
                if rest:
                    left[each] = rest
        return done


def numbers(rollup: Rollup) -> Iterator[Sequence[Summary]]:
    """Whom each row of each table adds up."""
    yield rollup.summaries
    for dimension in DIMENSIONS:
        for group in rollup.by(dimension):
            yield [summary for summary in rollup.summaries if group in summary.of(dimension)]


def coded(summary: Summary, names: list[Hashable]) -> Summary:
    """The partnership with a sign of its own, a power of two, for each hidden count, and 0 for all that it shows."""

    def sign(*name: Hashable) -> int:
        names.append(name)
        return 1 << (len(names) - 1)

    measures = {
        measure: MeasureCount(0, 0 if count.is_shown else sign(summary.partnership, measure), count.is_shown)
        for measure, count in summary.measures.items()
    }
    ratings = {}
    for element, each in summary.ratings.items():
        hidden = [sector for sector in each.people if sector in each.hidden or not each.is_shown]
        signs = {sector: sign(summary.partnership, each.round, sector, element) for sector in hidden}
        people = {sector: signs.get(sector, 0) for sector in each.people}
        ratings[element] = replace(
            each, people=people, codes={sector: (people[sector], *(0,) * 5) for sector in people}
        )
    return replace(summary, measures=measures, ratings=ratings)


def published(rollup: Rollup) -> Iterator[Equation]:
    """Which hidden counts each published number adds up: read from the number itself."""
    names: list[Hashable] = []
    signs = {summary.partnership: coded(summary, names) for summary in rollup.summaries}
    for members in numbers(rollup):
        statewide = figures([signs[summary.partnership] for summary in members], rollup._pools)
        sectors = [total for (_, who), total in statewide.ratings.items() if who != EVERYONE]
        assert all(sum(total.numbers) == total.people for total in sectors)
        for total in [measure.out_of for measure in statewide.measures.values()] + [each.people for each in sectors]:
            yield {name: 1 for place, name in enumerate(names) if total >> place & 1}


def own_pages(rollup: Rollup, guesses: bool) -> Iterator[Equation]:
    """What each partnership shows of ratings: everybody, and each large sector; so the others together are known.

    Answers are known question by question. Who guesses that all answered all takes answers for people.
    """
    for summary in rollup.summaries:
        folds = {folded for each in summary.ratings.values() for folded in each.folded}
        for element, each in summary.ratings.items():
            name = (summary.partnership, each.round)
            for number, folded in enumerate(each.folded if each.is_shown else ()):
                if not guesses:
                    yield {(*name, sector, element, number): 1 for sector in folded}
                elif len(folds) == 1:
                    yield {(*name, sector, element): 1 for sector in folded}


def small(rollup: Rollup) -> Iterator[Hashable]:
    """The counts that nobody may learn."""
    for summary in rollup.summaries:
        for measure, count in summary.measures.items():
            if not count.is_shown:
                yield (summary.partnership, measure)
        for element, each in summary.ratings.items():
            for sector in each.hidden.intersection(SECTORS):
                if each.people[sector] < LEAST:
                    yield (summary.partnership, each.round, sector, element)


def question_by_question(rollup: Rollup) -> Callable[[Equation], Equation]:
    """The answers of a sector about an element are those to its questions; what a question shows itself is known."""
    folds = {
        (summary.partnership, each.round, element): each
        for summary in rollup.summaries
        for element, each in summary.ratings.items()
    }

    def apart(equation: Equation) -> Equation:
        parts: Equation = {}
        for name, value in equation.items():
            if len(name) != 4:  # type: ignore[arg-type]
                parts[name] = value
                continue
            partnership, round_id, sector, element = name  # type: ignore[misc]
            each = folds[partnership, round_id, element]
            for number, folded in enumerate(each.folded):
                if sector in folded or not each.is_shown:
                    parts[*name, number] = value  # type: ignore[misc]
        return parts

    return apart


def one_population(equation: Equation) -> Equation:
    """All codes of a level and a year count the same people, and so do all elements of a round."""
    merged: Equation = {}
    for name, value in equation.items():
        who, what, *rest = name  # type: ignore[misc]
        key = (who, what, rest[0]) if rest else (who, what.level, what.year)
        merged[key] = merged.get(key, 0) + value
    return merged


def given_away(rollups: Sequence[Rollup], guesses: bool) -> list[Hashable]:
    """The small groups that follow from all numbers of some roll-ups, beside what partnerships show themselves."""
    knowledge, secrets = Knowledge(), []
    for rollup in rollups:
        project = one_population if guesses else question_by_question(rollup)
        for equation in published(rollup):
            knowledge.learn(project(equation))
        for equation in own_pages(rollup, guesses):
            knowledge.learn(one_population(equation) if guesses else equation)
        secrets += [(secret, project({secret: 1})) for secret in small(rollup)]
    return [secret for secret, equation in secrets if knowledge.settles(equation)]


@pytest.mark.parametrize("guesses", [False, True], ids=["each code its own people", "all codes the same people"])
@pytest.mark.parametrize("seed", [7, 11])
def test_two_roll_ups_of_fifty_partnerships_give_no_small_group_away(seed: int, guesses: bool) -> None:
    first = Rollup(state(50, seed))
    second = Rollup(a_year_later(list(first.summaries), seed + 1), first.pooled)
    assert len(list(small(first))) > 300
    assert len([equation for equation in published(second) if equation]) > 50
    assert not given_away((first, second), guesses)


def test_the_adversary_finds_what_a_careless_roll_up_gives_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pools of two partnerships that do not stay the same: so the test above can fail."""
    monkeypatch.setattr("ctekit.rollup._suppression.is_safe", lambda *_: True)
    monkeypatch.setattr("ctekit.rollup._rollup.without_bridges", lambda pools, *_: pools)
    first = Rollup(state())
    second = Rollup(a_year_later(list(first.summaries)))
    assert len(given_away((first, second), False)) > 10


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(2, 14))
@example(999999, 12)  # one sector of one partnership stood in no pool, and all others around it in one
def test_few_partnerships_give_no_small_group_away(seed: int, number: int) -> None:
    chance = random.Random(seed)
    first = Rollup([partnership(each, chance, regions=3) for each in range(number)])
    second = Rollup(a_year_later(list(first.summaries), seed), first.pooled)
    assert not given_away((first, second), False)


def test_one_more_partnership_with_a_small_group_is_in_no_number_until_others_are() -> None:
    summaries = state()
    first = Rollup(summaries)
    for number in range(60, 90, 3):
        new = partnership(number, random.Random(number))
        second = Rollup([*summaries, new], first.pooled)
        for measure, total in second.statewide.measures.items():
            before, count = first.statewide.measures[measure], new.measures.get(measure)
            shown = bool(count and count.is_shown)
            more = total.out_of - before.out_of - (count.out_of if count and shown else 0)
            partnerships = total.partnerships - before.partnerships - shown
            assert (more, partnerships) == (0, 0) or (more >= 10 and partnerships >= 3)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(6, 11)), max_size=14))
def test_a_bridge_is_what_algebra_settles(edges: list[tuple[int, int]]) -> None:
    """Nodes 0 and 6 stand for what nobody knows."""
    known_nodes = [node for node in range(1, 12) if node != 6]
    equations = [{number: 1 for number, edge in enumerate(edges) if node in edge} for node in known_nodes]
    ground = [tuple("free" if node in (0, 6) else node for node in edge) for edge in edges]
    settled = determined(equations, range(len(edges)))
    assert bridges(ground) == settled  # type: ignore[arg-type]
