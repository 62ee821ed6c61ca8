"""Nobody works out a count that is hidden: a reader with all that is shown, and algebra, tries to."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from hypothesis import given, note, settings
from hypothesis import strategies as st

from ctekit.analysis.disclosure import disclosures, hidden
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.metrics import Metrics, Observation
from tests.rules.conftest import findings, outcome

LEAST = 10


def determined(equations: Iterable[dict[Any, int]], unknowns: Iterable[Any]) -> set[Any]:
    """The unknowns that a system of linear equations has only one value for.

    Gauss and Jordan, with exact fractions. An unknown is settled when a row in reduced form speaks of it alone. The
    right-hand sides do not matter: the true counts satisfy them.
    """
    order = list(unknowns)
    rows = [[Fraction(equation.get(unknown, 0)) for unknown in order] for equation in equations]
    done = 0
    for column in range(len(order)):
        pivot = next((n for n in range(done, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        head = rows[done][column]
        rows[done] = [value / head for value in rows[done]]
        for n, row in enumerate(rows):
            if n != done and row[column]:
                factor = row[column]
                rows[n] = [a - factor * b if b else a for a, b in zip(row, rows[done], strict=True)]
        done += 1
    alone = set()
    for row in rows[:done]:
        spoken_of = [order[n] for n, value in enumerate(row) if value]
        if len(spoken_of) == 1:
            alone.add(spoken_of[0])
    return alone


SPLITS = ("county", "English")


@st.composite
def published(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """One population, split in two ways, and the tables that measures and dates give of it."""
    size = st.one_of(st.integers(0, 14), st.integers(15, 60))
    county = draw(st.lists(size, min_size=2, max_size=5).filter(any))
    whole = sum(county)
    cuts = sorted(draw(st.lists(st.integers(0, whole), min_size=1, max_size=3)))
    english = [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]
    sizes = {"county": county, "English": english}
    way = draw(st.sampled_from(("several measures", "one reporting year", "a total that stays")))
    rows: list[dict[str, Any]] = []
    number = draw(st.integers(1, 3))
    for n in range(number):
        metric = "metric-1" if way == "a total that stays" else f"metric-{n % 2 + 1}"
        day = "2025-06-30" if way == "several measures" else f"202{5 + n}-06-30"
        year = "2024-25" if way == "one reporting year" else None
        if way == "several measures":
            metric = f"metric-{n + 1}"
        base = {"metric": metric, "as_of": day, "reporting_year": year}
        counted = {name: [draw(st.integers(0, part)) for part in parts] for name, parts in sizes.items()}
        # A table without a row of everybody lists all groups: else nothing in the store says what a total would be.
        everybody = way == "a total that stays" or draw(st.booleans())
        if everybody:
            shown = draw(st.sampled_from((True, True, None, False)))
            rows.append({**base, "group": "all", "counted": sum(counted["county"]), "out_of": whole, "shown": shown})
        for name, parts in sizes.items():
            if not draw(st.booleans()):
                continue
            for k, size_ in enumerate(parts):
                if not everybody or draw(st.sampled_from((True, True, True, False))):
                    shown = draw(st.sampled_from((True, True, True, None, False)))
                    rows.append(
                        {
                            **base,
                            "breakdown": name,
                            "group": f"{name} {k}",
                            "counted": counted[name][k],
                            "out_of": size_,
                            "shown": shown,
                        }
                    )
    metrics = [
        {"id": f"metric-{n}", "name": f"Measure {n}", "about": "student", "out_of": "leavers", "who": "2024-25"}
        for n in (1, 2, 3)
    ]
    observations = [{"id": f"obs-{n}", **row} for n, row in enumerate(rows, start=1)]
    answers = {
        "profile": {"smallest_group": LEAST},
        "metrics": {"metrics": metrics, "observations": observations},
    }
    return answers, sizes


def algebra(book: Workbook, sizes: dict[str, list[int]], gone: frozenset[str]) -> set[Any]:
    """All that follows from what is shown. A reader knows the groups there are, listed or not."""
    groups = {name: [f"{name} {k}" for k in range(len(parts))] for name, parts in sizes.items()}
    tables = {(observation.metric, observation.as_of) for observation in book[Metrics].observations}
    unknowns: list[Any] = ["all", *(group for parts in groups.values() for group in parts)]
    equations: list[dict[Any, int]] = [{**dict.fromkeys(parts, 1), "all": -1} for parts in groups.values()]
    for table in tables:
        unknowns += [(table, "all"), *((table, group) for parts in groups.values() for group in parts)]
        equations += [{**{(table, group): 1 for group in parts}, (table, "all"): -1} for parts in groups.values()]
    for observation in book[Metrics].observations:
        if observation.id not in gone:
            equations += [{observation.group: 1}, {((observation.metric, observation.as_of), observation.group): 1}]
    return determined(equations, unknowns)


def secrets(book: Workbook, gone: frozenset[str]) -> list[Observation]:
    """The counts of small groups, and those hidden to protect them. What people merely marked is no secret."""
    return [
        observation
        for observation in book[Metrics].observations
        if 0 < (observation.out_of or 0) < LEAST or (observation.id in gone and observation.shown is not False)
    ]


@settings(max_examples=200, deadline=None)
@given(published())
def test_nothing_hidden_can_be_worked_out(case: tuple[dict[str, Any], dict[str, list[int]]]) -> None:
    answers, sizes = case
    book = from_answers(answers)
    gone = hidden(book)
    unhidden = algebra(book, sizes, gone)
    note(
        str(
            [
                (
                    observation.metric,
                    str(observation.as_of),
                    observation.group,
                    observation.out_of,
                    observation.id in gone,
                )
                for observation in book[Metrics].observations
            ]
        )
    )
    for observation in secrets(book, gone):
        assert observation.id in gone, f"{observation.id} is small and shown"
        assert observation.group not in unhidden, f"the size of {observation.group} follows"
        assert ((observation.metric, observation.as_of), observation.group) not in unhidden, (
            f"the count of {observation.id} follows"
        )


@settings(max_examples=60, deadline=None)
@given(published())
def test_once_marked_as_hidden_the_rule_has_nothing_to_say(case: tuple[dict[str, Any], dict[str, list[int]]]) -> None:
    answers, _ = case
    gone = hidden(from_answers(answers))
    for row in answers["metrics"]["observations"]:
        row["shown"] = row["id"] not in gone
    assert outcome("ME38", answers) in ("holds", "waits")


def test_the_algebra_itself_finds_what_a_child_would() -> None:
    total, equations = {"a": 1, "b": 1, "all": -1}, [{"all": 1}, {"b": 1}]
    assert determined([total, *equations], ["a", "b", "all"]) == {"a", "b", "all"}
    assert determined([total, {"all": 1}], ["a", "b", "all"]) == {"all"}


def row(
    number: int, metric: int, day: str, group: str, out_of: int, shown: bool = True, year: str = ""
) -> dict[str, Any]:
    split = {"breakdown": "county"} if group != "all" else {}
    return {
        "id": f"obs-{number}",
        "metric": f"metric-{metric}",
        "as_of": day,
        "group": group,
        "counted": out_of // 2,
        "out_of": out_of,
        "shown": shown,
        "reporting_year": year,
        **split,
    }


def of(*rows: dict[str, Any], words: tuple[str, str] = ("leavers", "leavers")) -> dict[str, Any]:
    metrics = [
        {"id": f"metric-{n}", "name": f"Measure {n}", "about": "student", "out_of": out_of}
        for n, out_of in enumerate(words, start=1)
    ]
    return {"metrics": {"metrics": metrics, "observations": list(rows)}}


ONE_DAY, LATER = "2025-06-30", "2026-06-30"


def two_tables(metric: int, day: str, year: str = "", total: int = 100) -> tuple[dict[str, Any], ...]:
    """A is hidden in both tables; here B goes with it, there C: side by side each gives the other away."""
    return (
        row(1, 1, ONE_DAY, "all", 100, year=year),
        row(2, 1, ONE_DAY, "A", 7, shown=False, year=year),
        row(3, 1, ONE_DAY, "B", 20, shown=False, year=year),
        row(4, 1, ONE_DAY, "C", 73, year=year),
        row(5, metric, day, "all", total, year=year),
        row(6, metric, day, "A", 7, shown=False, year=year),
        row(7, metric, day, "B", 20, year=year),
        row(8, metric, day, "C", 73 + total - 100, shown=False, year=year),
    )


def test_another_measure_of_the_same_people_gives_it_away() -> None:
    (finding,) = findings("ME38", of(*two_tables(2, ONE_DAY)))
    assert finding.row == "obs-7"
    assert "beside another table of the same people" in finding.says
    assert "obs-3" in hidden_ids(two_tables(2, ONE_DAY))


def test_another_day_of_the_same_people_gives_it_away() -> None:
    assert [finding.row for finding in findings("ME38", of(*two_tables(1, LATER)))] == ["obs-7"]
    assert [finding.row for finding in findings("ME38", of(*two_tables(2, LATER, year="2024-25")))] == ["obs-7"]


def test_other_people_give_nothing_away() -> None:
    next_cohort = two_tables(1, LATER, total=112)
    assert outcome("ME38", of(*next_cohort)) == "holds"
    others = two_tables(2, LATER)
    assert outcome("ME38", of(*others, words=("leavers", "completers"))) == "holds"


def hidden_ids(rows: Iterable[dict[str, Any]]) -> frozenset[str]:
    return hidden(from_answers(of(*rows)))


def test_a_total_of_another_measure_is_a_total() -> None:
    rows = (row(1, 1, ONE_DAY, "all", 100), row(2, 2, ONE_DAY, "A", 7, shown=False), row(3, 2, ONE_DAY, "B", 93))
    (finding,) = findings("ME38", of(*rows))
    assert finding.row == "obs-3"
    assert hidden_ids(rows) == {"obs-2", "obs-3"}


def test_without_words_the_day_and_the_total_tell_the_people() -> None:
    cells = [Observation(**{k: v for k, v in cell.items() if v}) for cell in two_tables(2, ONE_DAY)]
    observations = [
        observation for observation, given_row in zip(cells, two_tables(2, ONE_DAY), strict=True) if given_row["shown"]
    ]
    (disclosure,) = disclosures(cells, observations, LEAST)
    assert [observation.id for observation in disclosure.complement] == ["obs-7"]
