"""All rules on a partnership far larger than any room holds: under half a second, and no worse than it grows."""

from __future__ import annotations

from math import log
from time import perf_counter

from ctekit import rule
from ctekit.suppression import hidden
from ctekit.workbook import Workbook
from tests.rules.scale import big


def seconds(books: list[Workbook]) -> tuple[float, float]:
    """The best of a few for all rules, and for what must be hidden; each book is new, so nothing is remembered."""
    rules, hiding = [], []
    for book in books:
        before = perf_counter()
        rule.check(book)
        between = perf_counter()
        hidden(book)
        rules.append(between - before)
        hiding.append(perf_counter() - between)
    return min(rules), min(hiding)


def test_all_rules_on_200_people_300_duties_100_measures_and_5000_counts() -> None:
    rules, hiding = seconds([big() for _ in range(3)])
    print(f"{len(rule.every())} rules: {1000 * rules:.0f} ms; what must be hidden: {1000 * hiding:.0f} ms")
    assert rules < 0.5


def test_four_times_the_size_takes_about_four_times_as_long() -> None:
    small = seconds([big() for _ in range(3)])
    large = seconds([big(800, 1200, 400, 20_000) for _ in range(3)])
    grows = [log(after / before) / log(4) for before, after in zip(small, large, strict=True)]
    print(f"grows with the size to the power {grows[0]:.2f}; what must be hidden {grows[1]:.2f}")
    assert max(grows) < 1.5, "a computer shared with others wavers; a square would be 2"


def test_one_day_of_one_measure_with_thousands_of_groups_is_still_quick() -> None:
    from ctekit.workbook import from_answers

    def crowd(number: int) -> Workbook:
        rows = [
            {"id": f"obs-{n}", "metric": f"metric-{n % 50}", "as_of": "2025-06-30", "breakdown": "school"}
            | {"group": f"School {n}", "counted": 3, "out_of": n % 40, "shown": True}
            for n in range(number)
        ]
        whole = [
            {
                "id": f"obs-{number + n}",
                "metric": f"metric-{n}",
                "as_of": "2025-06-30",
                "group": "all",
                "out_of": 90_000,
            }
            for n in range(50)
        ]
        metrics = [{"id": f"metric-{n}", "name": f"M{n}", "about": "student", "out_of": "all"} for n in range(50)]
        return from_answers({"metrics": {"metrics": metrics, "observations": rows + whole}})

    _, taken = seconds([crowd(5000) for _ in range(3)])
    print(f"5000 groups of the same people in 50 measures: {1000 * taken:.0f} ms")
    assert taken < 0.5
