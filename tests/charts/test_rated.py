"""The charts of ratings: exact on Harrow Bend's round, silent about few, readable with 500 answers."""

from __future__ import annotations

import warnings
import xml.etree.ElementTree as ET
from functools import cache
from itertools import combinations

import pytest

from ctekit import charts, ratings, rounds, samples
from ctekit.charts._drawing import Marker
from ctekit.charts._figure import figure as figure_of
from ctekit.ratings import SECTORS, Ballot, Rating, Results, Round, of_ratings
from ctekit.workbook import Earlier, Workbook

CHARTS = ("spread", "sectors", "readiness")


def rated(*rounds: Results) -> Workbook:
    return Workbook({}, past=Earlier(tuple, lambda _: Workbook({}), lambda: rounds))


def of(about: str, ballots: list[Ballot], held_on: str = "2026-09-16", name: str = "A round") -> Results:
    round_ = Round("round-1", name, held_on, about, state="revealed")
    ratings = [
        Rating("round-1", ballot.respondent, ballot.sector, field, code)
        for ballot in ballots
        for field, code in ballot.answers.items()
    ]
    return of_ratings(round_, ratings)


@cache
def harrow() -> Workbook:
    round_, ballots = rounds.sample("harrow-bend")
    return rated(of(round_.about, list(ballots), round_.held_on, round_.name))


@cache
def crowd() -> Workbook:
    """500 people of all sectors, twice, with a name nobody would wish for."""
    fields = [rating_item.field for rating_item in ratings.questions("quick")]
    people = [
        Ballot(
            "",
            f"r{n}",
            SECTORS[n % 7],
            {field: (2, 2, 2, 3, n % 5, "?")[(n + i) % 6] for i, field in enumerate(fields)},
        )
        for n in range(500)
    ]
    name = "<script>alert(1)</script> $x^2$ " + "W" * 80
    return rated(of("quick", people, name=name), of("quick", people, "2026-12-01", name))


def groups(*sizes: int, about: str = "purpose") -> Workbook:
    """So many people of each sector, in the order of the profile; each sector one level higher."""
    fields = [rating_item.field for rating_item in ratings.questions(about)]
    people = [
        Ballot("", f"r{at}-{n}", sector, dict.fromkeys(fields, at % 5))
        for at, (sector, size) in enumerate(zip(SECTORS, sizes, strict=False))
        for n in range(size)
    ]
    return rated(of(about, people))


def test_spread_counts_every_answer_of_harrow_bend() -> None:
    chart = charts.of("spread", harrow())
    rated = samples.ratings("harrow-bend")["counts"]
    for row in chart.numbers.rows:
        number = row[0].split()[0]
        assert row[1:7] == tuple(map(sum, zip(*rated[number].values(), strict=True))), number
        assert row[7] == sum(row[1:7]) == 22
    assert [row[0].split()[0] for row in chart.numbers.rows] == [f"{e}.{i}" for e in (4, 5) for i in (1, 2, 3, 4)]
    assert [row[8] for row in chart.numbers.rows] == [2, 2, 1, 2, 2, 1, 1, 1]
    assert chart.words.caption == (
        "Furthest apart: “4.1 Each partner can say what it gains, in its own words”, from 0 to 4. "
        "Lowest, with a middle answer of 1: 4.3, 5.2, 5.3, 5.4. “I don't know” was said 8 times."
    )
    assert chart.numbers.note == "“Before the workshop”, September 16, 2026, 22 people."


@pytest.mark.parametrize("name", CHARTS)
def test_no_chart_of_ratings_asks_anybody_to_know_what_a_median_is(name: str) -> None:
    chart = charts.of(name, harrow())
    assert "median" not in f"{chart.words} {chart.numbers.columns} {chart.svg()}".lower()


def test_each_answer_is_a_dot() -> None:
    chart = charts.of("spread", harrow())
    assert sum(isinstance(shape, Marker) and shape.shape == "circle" for shape in chart.drawing.shapes) == 8 * 22


def test_sectors_of_harrow_bend() -> None:
    chart = charts.of("sectors", harrow())
    assert chart.numbers.columns == (
        "Indicator", "Everyone", "business & industry", "K-12", "postsecondary", "others", "Gap",
    )  # fmt: skip
    assert [(row[0].split()[0], *row[2:]) for row in chart.numbers.rows] == [
        ("4.1", 1, 3, 3, 1, 2),
        ("5.3", 1, 1.5, 2, 0.5, 1.5),
        ("5.4", 1, 1, 1.5, 0, 1.5),
        ("5.1", 1, 2.5, 2, 1.5, 1.5),
        ("5.2", 1, 2, 2, 1, 1),
        ("4.3", 1, 2, 1, 1, 1),
        ("4.2", 1, 2, 2, 1, 1),
        ("4.4", 2, 2, 2, 1, 1),
    ]
    assert chart.words.caption == (
        "Most of all “4.1 Each partner can say what it gains, in its own words”: business & industry and others 1, "
        "K-12 and postsecondary 3. 8 indicators of 8 with a gap."
    )
    assert "4.1: business & industry 1, K-12 3, postsecondary 3, others 1;" in chart.words.alt


def test_readiness_of_harrow_bend() -> None:
    chart = charts.of("readiness", harrow())
    rows = {row[0][0]: row for row in chart.numbers.rows}
    assert rows["4"][1:] == (2, 1, 2, 2, 1, 1, 4, "Before the workshop, September 16, 2026")
    assert rows["5"][1:] == (1, 1, 1.75, 2, 0.75, 1.25, 4, "Before the workshop, September 16, 2026")
    assert rows["1"][1:] == (None, None, None, None, None, None, 0, "not rated yet")
    assert chart.words.caption == (
        "2 of 7 elements rated. Lowest, at 1 of 4: 5 Open lines of communication. "
        "Seen most differently: 5 Open lines of communication (others 0.75, postsecondary 2)."
    )
    assert chart.words.alt.endswith("5 not rated.")


def test_readiness_takes_the_latest_round_that_asked() -> None:
    full = [Ballot("", f"r{n}", "K-12", {f"4.{i}": 1 for i in (1, 2, 3, 4)}) for n in range(5)]
    quick = [Ballot("", f"r{n}", "K-12", {"4.1": 3}) for n in range(5)]
    rows = charts.of("readiness", rated(of("value", full), of("quick", quick, "2026-12-01"))).numbers.rows
    assert rows[3][1] == 3
    assert rows[3][-2:] == (1, "A round, December 1, 2026")


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((5, 5), ("business & industry", "K-12")),
        ((5, 4), ()),
        ((6, 3, 2), ("business & industry", "others")),
        ((9, 5, 4), ("business & industry", "others")),
        ((4, 4), ()),
        ((8,), ()),
    ],
)
def test_a_sector_of_under_five_is_shown_in_no_chart(sizes: tuple[int, ...], shown: tuple[str, ...]) -> None:
    book = groups(*sizes)
    sectors, readiness = (charts.of(name, book).numbers.columns for name in ("sectors", "readiness"))
    assert sectors == ("Indicator", "Everyone", *shown, "Gap")
    assert readiness == ("Element", "Everyone", *shown, "Gap", "Indicators rated", "In which round")
    if not shown:
        assert "Nobody can say" in charts.of("sectors", book).words.caption


def test_two_people_are_not_shown_at_all() -> None:
    book = groups(2)
    spread = charts.of("spread", book)
    assert all(row[1:7] == (None,) * 6 and row[8] is None for row in spread.numbers.rows)
    assert spread.words.caption == "Nobody can say: no question has 3 answers."
    assert charts.of("readiness", book).numbers.rows == ()
    for name in CHARTS:
        ET.fromstring(charts.of(name, book).svg())


def test_votes_and_the_exit_ballot_are_no_readiness() -> None:
    people = [Ballot("", f"r{n}", "", {"useful": 4, "heard": 3}) for n in range(6)]
    for name in CHARTS:
        assert charts.of(name, rated(of("exit", people))).numbers.rows == ()


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("book", [harrow, crowd])
@pytest.mark.parametrize("inches", [7.2, 5.0])
def test_no_text_is_cut_off_or_covered(name: str, book: object, inches: float) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    chart = charts.of(name, book())  # type: ignore[operator]
    figure = figure_of(chart.module.draw(chart.numbers, inches * 72))
    renderer = FigureCanvasAgg(figure).get_renderer()  # what is not drawn yet takes the same place
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.axes[0].texts]
    for words, box in boxes:
        assert figure.bbox.x0 - 1 <= box.x0, words
        assert box.x1 <= figure.bbox.x1 + 1, words
        assert figure.bbox.y0 - 1 <= box.y0, words
        assert box.y1 <= figure.bbox.y1 + 1, words
    for (first, a), (other, b) in combinations(boxes, 2):
        across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert not (across > 1.5 and down > 1.5), (first, other)
    assert figure.get_figheight() < 20


@pytest.mark.parametrize("name", CHARTS)
def test_the_drawing_is_closed_to_what_people_type(name: str) -> None:
    chart = charts.of(name, crowd())
    svg = chart.svg()
    root = ET.fromstring(svg)
    assert "script" not in {node.tag.rpartition("}")[2] for node in root.iter()}
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
