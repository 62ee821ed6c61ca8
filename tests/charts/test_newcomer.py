"""Somebody who has read CONTRIBUTING alone adds a chart: one file, and it is there wherever charts are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import ctekit.charts
from ctekit import charts, samples
from ctekit.views import SENTENCES

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"

MODULE = '''"""Seats: how many people each organization sends."""

from ctekit.charts import Numbers, Words
from ctekit.charts._drawing import BLUE
from ctekit.charts._layout import rows_layout
from ctekit.worksheets.profile import Profile

WORKSHEET = "profile"
QUESTION = "Who fills the room?"


def numbers(book):
    sheet = book[Profile]
    rows = [(one.name, sum(who.organization == one.id for who in sheet.people)) for one in sheet.organizations]
    return Numbers(("Organization", "People"), tuple(rows))


def draw(numbers):
    layout = rows_layout([row[0] for row in numbers.rows])
    for y, (_, people) in zip(layout.middles, numbers.rows, strict=True):
        layout.bar(layout.left, y, 20 * people, 16, BLUE)
    return layout.drawing


def tell(numbers):
    most = max((row[1] for row in numbers.rows), default=0)
    return Words(f"The most from one organization: {most}.", f"Bar chart with {len(numbers.rows)} organizations.")
'''


@pytest.fixture
def seats(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "seats.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.setattr(ctekit.charts, "__path__", [*ctekit.charts.__path__, str(tmp_path)])
    charts.every.cache_clear()
    yield
    charts.every.cache_clear()


def test_contributing_names_all_that_a_chart_needs() -> None:
    (row,) = [line for line in CONTRIBUTING.read_text("utf-8").splitlines() if line.startswith("| a chart |")]
    told = {word.strip("`,: ") for word in row.split() if word.startswith("`")}
    assert told == {"ctekit/charts/<slug>.py", "WORKSHEET", "QUESTION", "numbers", "draw", "tell"}


@pytest.mark.usefixtures("seats")
def test_a_newcomers_chart_works_by_adding_one_file() -> None:
    book = samples.book("harrow-bend")
    assert "seats" in charts.every()
    chart = charts.of("seats", book)
    assert dict(chart.numbers.rows)["Ostrander Tool"] == 1
    assert chart.words.caption.startswith("The most from one organization: ")
    page = SENTENCES["chart"](book, "seats")
    assert "Who fills the room?" in page
    assert "<svg" in page
    assert "<td" in page


def test_it_is_gone_when_the_file_is() -> None:
    assert "seats" not in charts.every()
