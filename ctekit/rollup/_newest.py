"""The newest round about each element, out of counted answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ctekit import rubrics
from ctekit.model.questions import Json
from ctekit.ratings import LEAST_IN_ALL, SECTORS, folded
from ctekit.rollup._summary import ANSWERS, ElementRatings

_PLACES: dict[Json, int] = {code: place for place, code in enumerate(ANSWERS)}
_ELEMENTS = {indicator.number: int(indicator.number.partition(".")[0]) for indicator in rubrics.INDICATORS}

Counts = Mapping[tuple[str, str, str, Json], int]
"""(round, question, sector, code) -> answers."""


def newest(rounds: Iterable[str], counts: Counts) -> dict[int, ElementRatings]:
    """Of counted answers, those of the newest round about each element.

    Parameters
    ----------
    rounds : iterable of str
        Ids, the earliest first.
    counts : mapping
        How many answers stand, by (round, question, sector, code).

    Returns
    -------
    dict of int to ElementRatings
    """
    numbers: defaultdict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0] * len(ANSWERS))
    for (round_id, question, sector, code), number in counts.items():
        if (place := _PLACES.get(code)) is not None:
            numbers[round_id, question, sector if sector in SECTORS else ""][place] += number
    return newest_of_numbers(rounds, ((*key, each) for key, each in numbers.items()))


def newest_of_numbers(
    rounds: Iterable[str], rows: Iterable[tuple[str, str, str, Sequence[int]]]
) -> dict[int, ElementRatings]:
    """Of answers that a database has counted by the code, those of the newest round about each element.

    Parameters
    ----------
    rounds : iterable of str
        Ids, the earliest first.
    rows : iterable of tuple
        Round, question, sector ("" for an unknown one), and how often each answer of `ANSWERS` was given; each once.

    Returns
    -------
    dict of int to ElementRatings
    """
    tallies: defaultdict[tuple[str, int], defaultdict[str, dict[str, Sequence[int]]]]
    tallies = defaultdict(lambda: defaultdict(dict))
    for round_id, question, sector, numbers in rows:
        if (element := _ELEMENTS.get(question)) is not None:
            tallies[round_id, element][question][sector] = numbers
    order = {round_id: place for place, round_id in enumerate(rounds)}
    latest = sorted(tallies, key=lambda key: order.get(key[0], -1))
    return {element: _of_element(round_id, tallies[round_id, element]) for round_id, element in latest}


def _of_element(round_id: str, questions: Mapping[str, Mapping[str, Sequence[int]]]) -> ElementRatings:
    """What is told of a question that too few answered: nothing, as its partnership tells nothing of it."""
    sizes = {name: {sector: sum(numbers) for sector, numbers in each.items()} for name, each in questions.items()}
    answered = {name: each for name, each in sizes.items() if sum(each.values()) >= LEAST_IN_ALL}
    people: dict[str, int] = {}
    for each in answered.values() or sizes.values():
        for sector, number in each.items():
            if number > people.get(sector, -1):
                people[sector] = number
    codes: defaultdict[str, list[Sequence[int]]] = defaultdict(list)
    for name in answered:
        for sector, numbers in questions[name].items():
            codes[sector].append(numbers)
    folds = [folded(each) for each in answered.values()]
    hidden = frozenset[str]().union(*folds)
    # Those that are shown by themselves in some questions that they answered, and folded in others.
    shown = frozenset[str]().union(*(each.keys() - fold for each, fold in zip(answered.values(), folds, strict=True)))
    return ElementRatings(
        round_id,
        {sector: tuple(map(sum, zip(*numbers, strict=True))) for sector, numbers in codes.items()},
        people,
        tuple(map(_the_same, folds)),
        _the_same(hidden & shown),
    )


@lru_cache(maxsize=512)
def _the_same(sectors: frozenset[str]) -> frozenset[str]:
    """One of all that are equal: there are few, and each stands in many places."""
    return sectors
