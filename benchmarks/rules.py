"""All rules on Harrow Bend, and on partnerships far larger than any room holds: how the time grows."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from math import log
from statistics import median

from benchmarks.measure import Comparison, by_turns, processor_seconds, seconds
from ctekit import rules, samples
from ctekit.workbook import Workbook, from_answers
from tests.rules.scale import big

SIZES = (1, 4, 16)


def compare() -> Iterator[Comparison | str]:
    """Beside the sample: reading it, which comes before every check. Beside the large: our own growth, if linear."""
    answers = samples.read("harrow-bend")
    book = from_answers(answers)
    taken = by_turns(lambda: _checked(book), lambda: 1000 * seconds(lambda: from_answers(answers)), times=15, warm=3)
    count = len(rules.every())
    yield Comparison("rules", *taken, "ms", f"all {count} rules on Harrow Bend", "reading its answers into a Workbook")

    books = {size: _times(size) for size in SIZES}
    costs: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(9):
        for size in SIZES:
            costs[size].append(_worked(books[size]))
    first, last = SIZES[0], SIZES[-1]
    linear = [cost * last / first for cost in costs[first]]
    words = f"all rules, {last}x: {40 * last} organizations, {200 * last} people, {300 * last} duties"
    yield Comparison("rules_16x", costs[last], linear, "ms", words, f"{last} times our own 1x")
    exponent = log(median(costs[last]) / median(costs[first])) / log(last / first)
    grown = ", ".join(f"{size}x {median(costs[size]):.0f} ms" for size in SIZES)
    yield f"{grown}: grows with the size to the power {exponent:.2f}"
    slowest = sorted((_worked(books[last], rule.code), rule.code) for rule in rules.every())[-5:]
    yield f"the slowest at {last}x: " + ", ".join(f"{code} {cost:.0f} ms" for cost, code in reversed(slowest))


def _checked(book: Workbook) -> float:
    return 1000 * seconds(lambda: [rules.run(rule, book) for rule in rules.every()])


def _worked(book: Workbook, code: str = "") -> float:
    """Time of the processor: a busy minute of the machine would fall on the largest, and look like growth."""
    asked = [rule for rule in rules.every() if code in ("", rule.code)]
    gc.collect()  # what making the large workbooks left to be collected is no work of the rules
    return 1000 * processor_seconds(lambda: [rules.run(rule, book) for rule in asked])


def _times(size: int) -> Workbook:
    return big(200 * size, 300 * size, 100 * size, 5000 * size)
