"""The newest round about each element, out of counted answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from sys import intern

from ctekit import rubrics
from ctekit.model.questions import Json
from ctekit.ratings import LEAST_IN_ALL, SECTORS, folded
from ctekit.rollup._summary import ANSWERS, ElementRatings

_LETTERS: dict[Json, str] = {code: str(code) for code in ANSWERS}
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
    letters: defaultdict[tuple[str, str, str], str] = defaultdict(str)
    for (round_id, question, sector, code), number in counts.items():
        if letter := _LETTERS.get(code):
            letters[round_id, question, sector if sector in SECTORS else ""] += letter * number
    return newest_of_letters(rounds, ((*key, each) for key, each in letters.items()))


def newest_of_letters(rounds: Iterable[str], rows: Iterable[tuple[str, str, str, str]]) -> dict[int, ElementRatings]:
    """Of answers that a database has put together by the question and sector, those of the newest round.

    Parameters
    ----------
    rounds : iterable of str
        Ids, the earliest first.
    rows : iterable of tuple
        Round, question, sector ("" for an unknown one), and the answers, a letter each; each once.

    Returns
    -------
    dict of int to ElementRatings
    """
    questions: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for round_id, question, sector, letters in rows:
        questions[round_id, question][intern(sector)] = letters  # few names, each in all that is kept
    elements: defaultdict[tuple[str, int], list[Mapping[str, str]]] = defaultdict(list)
    for (round_id, question), by_sector in questions.items():
        if (element := _ELEMENTS.get(question)) is not None:
            elements[round_id, element].append(by_sector)
    order = {round_id: place for place, round_id in enumerate(rounds)}
    latest = sorted(elements, key=lambda key: order.get(key[0], -1))
    return {element: _of_element(round_id, elements[round_id, element]) for round_id, element in latest}


def _of_element(round_id: str, questions: Sequence[Mapping[str, str]]) -> ElementRatings:
    """What is told of a question that too few answered: nothing, as its partnership tells nothing of it."""
    answered = [each for each in questions if sum(map(len, each.values())) >= LEAST_IN_ALL]
    people: dict[str, int] = {}
    for each in answered or questions:
        for sector, letters in each.items():
            if len(letters) > people.get(sector, 0):
                people[sector] = len(letters)
    said: defaultdict[str, str] = defaultdict(str)
    for each in answered:
        for sector, letters in each.items():
            said[sector] += letters
    folds = [folded({sector: len(letters) for sector, letters in each.items()}) for each in answered]
    hidden = frozenset[str]().union(*folds)
    # Those that are shown by themselves in some questions that they answered, and folded in others.
    shown = frozenset[str]().union(*(each.keys() - fold for each, fold in zip(answered, folds, strict=True)))
    return ElementRatings(
        round_id,
        {sector: tuple(map(letters.count, _LETTERS.values())) for sector, letters in said.items()},
        people,
        tuple(map(_the_same, folds)),
        _the_same(hidden & shown),
    )


@lru_cache(maxsize=512)
def _the_same(sectors: frozenset[str]) -> frozenset[str]:
    """One of all that are equal: there are few, and each stands in many places."""
    return sectors
