"""Statistics for answers on a ladder: middle, spread, agreement, and whether four questions hang together."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from itertools import combinations

LEAST_ITEMS, LEAST_PEOPLE = 4, 20
"""Below this, Cronbach's alpha says more about chance than about the questions, and is not given."""


def median(levels: Sequence[int]) -> float | None:
    """The middle answer; between two steps it is the half. None of nothing.

    Parameters
    ----------
    levels : sequence of int
        Answers, in any order.

    Returns
    -------
    float or None
        In steps of the scale.

    Examples
    --------
    >>> median([0, 1, 3, 4]), median([1, 1, 3])
    (2, 1)
    """
    if not levels:
        return None
    middle = statistics.median(levels)
    return int(middle) if middle == int(middle) else middle


def quartiles(levels: Sequence[float]) -> tuple[float, float] | None:
    """Between these two lies the middle half of the answers (inclusive method, as in spreadsheets).

    Parameters
    ----------
    levels : sequence of float
        Answers, in any order.

    Returns
    -------
    tuple of float or None
        The lower and the upper one, in steps of the scale; None of no answers.

    Examples
    --------
    >>> quartiles([0, 1, 1, 2, 4])
    (1.0, 2.0)
    """
    if not levels:
        return None
    if len(levels) == 1:
        return float(levels[0]), float(levels[0])
    low, _, high = statistics.quantiles(levels, n=4, method="inclusive")
    return low, high


def agreement(counts: Sequence[int]) -> float | None:
    """Van der Eijk's A: how far answers on a ladder agree.

    1 when all chose the same step, 0 when they are spread evenly over all steps, -1 when half stand on the lowest and
    half on the highest. It asks only for the order of the steps. The more common r*wg takes them for equal distances
    and compares with pure chance, so it gives the same number to a split room as to a noisy one; and the split is what
    a room has to talk about.

    Parameters
    ----------
    counts : sequence of int
        How many chose each step, from the lowest; at least three steps.

    Returns
    -------
    float or None
        None when nobody answered.

    References
    ----------
    van der Eijk, C. (2001). Measuring agreement in ordered rating scales. Quality and Quantity 35(3), 325-341.

    Examples
    --------
    >>> agreement([5, 0, 0, 0, 5]), agreement([2, 2, 2, 2, 2]), agreement([0, 0, 9, 0, 0])
    (-1.0, 0.0, 1.0)
    """
    left, whole, steps = list(counts), sum(counts), len(counts)
    if not whole:
        return None
    total = 0.0
    while any(left):
        # A layer: as many answers of each step that is left as of the rarest one.
        layer = [count > 0 for count in left]
        least = min(count for count in left if count)
        width = sum(layer)
        total += width * least / whole * _one_peak(layer) * (1 - (width - 1) / (steps - 1))
        left = [count - least if count else 0 for count in left]
    return round(total, 6)


def _one_peak(layer: Sequence[bool]) -> float:
    """1 when the steps of a layer lie side by side; the more holes between them, the lower."""
    steps = len(layer)
    triples = list(combinations(layer, 3))
    joined = triples.count((True, True, False)) + triples.count((False, True, True))
    parted = triples.count((True, False, True))
    if not joined + parted:
        return 1.0
    return ((steps - 2) * joined - (steps - 1) * parted) / ((steps - 2) * (joined + parted))


def alpha(people: Sequence[Sequence[int]]) -> float | None:
    """Cronbach's alpha: how far the questions about one element rise and fall together.

    Given only where it means something: four questions or more about one thing, and twenty people or more who answered
    all of them. It speaks about the questions, never about the partnership.

    Parameters
    ----------
    people : sequence of sequences of int
        One row a person, one answer a question, none missing.

    Returns
    -------
    float or None
        At most 1; None where it would mean nothing.
    """
    if len(people) < LEAST_PEOPLE or len(people[0]) < LEAST_ITEMS:
        return None
    items = len(people[0])
    of_sums: float = statistics.variance(sum(person) for person in people)
    if not of_sums:
        return None
    of_items = sum(statistics.variance(column) for column in zip(*people, strict=True))
    return float(round(items / (items - 1) * (1 - of_items / of_sums), 3))
