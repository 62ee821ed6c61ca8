"""The newest round about each element, out of counted answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from sys import intern

from ctekit import rubrics
from ctekit.model.questions import Json
from ctekit.ratings import LEAST_IN_ALL, SECTORS, folded
from ctekit.rollup._summary import ANSWERS, ElementRatings

_PLACES: dict[Json, int] = {code: place for place, code in enumerate(ANSWERS)}
_ELEMENTS = {indicator.number: int(indicator.number.partition(".")[0]) for indicator in rubrics.INDICATORS}

Counts = tuple[int, ...]
"""How many gave each answer of `ANSWERS`."""

Group = tuple[str, str, str, Counts]
"""Round, question, sector ("" for one that is not known), and what its people answered; each once."""


def grouped(counts: Mapping[tuple[str, str, str, Json], int]) -> Iterator[Group]:
    """What a store counted, put together by round, question and sector.

    Parameters
    ----------
    counts : mapping
        How many answers stand, by (round, question, sector, code).

    Yields
    ------
    tuple
        What is no answer about an indicator is left out.
    """
    groups: defaultdict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0] * len(ANSWERS))
    for (round_id, question, sector, code), number in counts.items():
        if (place := _PLACES.get(code)) is not None:
            groups[round_id, question, sector if sector in SECTORS else ""][place] += number
    return ((*key, tuple(answers)) for key, answers in groups.items())


def newest(rounds: Iterable[str], groups: Iterable[Group]) -> dict[int, ElementRatings]:
    """Of counted answers, those of the newest round about each element.

    Parameters
    ----------
    rounds : iterable of str
        Ids, the earliest first.
    groups : iterable of tuple
        As `grouped` gives them.

    Returns
    -------
    dict of int to ElementRatings
    """
    questions: defaultdict[tuple[str, str], dict[str, Counts]] = defaultdict(dict)
    for round_id, question, sector, counts in groups:
        questions[round_id, question][intern(sector)] = counts  # few names, each in all that is kept
    elements: defaultdict[tuple[str, int], list[Mapping[str, Counts]]] = defaultdict(list)
    for (round_id, question), by_sector in questions.items():
        if (element := _ELEMENTS.get(question)) is not None:
            elements[round_id, element].append(by_sector)
    order = {round_id: place for place, round_id in enumerate(rounds)}
    latest = sorted(elements, key=lambda key: order.get(key[0], -1))
    return {element: _of_element(round_id, elements[round_id, element]) for round_id, element in latest}


def _of_element(round_id: str, questions: Sequence[Mapping[str, Counts]]) -> ElementRatings:
    """What is told of a question that too few answered: nothing, as its partnership tells nothing of it."""
    sizes = [{sector: sum(counts) for sector, counts in each.items()} for each in questions]
    told = [(each, size) for each, size in zip(questions, sizes, strict=True) if sum(size.values()) >= LEAST_IN_ALL]
    people: dict[str, int] = {}
    for size in [size for _, size in told] or sizes:
        for sector, number in size.items():
            people[sector] = max(number, people.get(sector, 0))
    answers: defaultdict[str, list[Counts]] = defaultdict(list)
    for each, _ in told:
        for sector, counts in each.items():
            answers[sector].append(counts)
    folds = [folded(size) for _, size in told]
    hidden = frozenset[str]().union(*folds)
    # Those that are shown by themselves in some questions that they answered, and folded in others.
    shown = frozenset[str]().union(*(each.keys() - fold for (each, _), fold in zip(told, folds, strict=True)))
    return ElementRatings(
        round_id,
        {sector: tuple(map(sum, zip(*counts, strict=True))) for sector, counts in answers.items()},
        people,
        tuple(map(_the_same, folds)),
        _the_same(hidden & shown),
    )


@lru_cache(maxsize=512)
def _the_same(sectors: frozenset[str]) -> frozenset[str]:
    """One of all that are equal: there are few, and each stands in many places."""
    return sectors
