"""Charts in half a page or on a phone: every name whole, every word inside, nothing on top of another."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from ctekit import charts, samples
from ctekit.charts._drawing import Rectangle, Text
from ctekit.charts._layout import text_width

PHONE = 320.0
"""Points of a drawing that fits a phone."""


def words(name: str) -> str:
    svg = ET.fromstring(charts.of(name, samples.book("harrow-bend")).svg(PHONE))
    return " ".join(" ".join(svg.itertext()).split())


@pytest.mark.parametrize("name", ["load", "balance"])
def test_no_organizations_name_is_cut(name: str) -> None:
    rows = charts.of(name, samples.book("harrow-bend")).numbers.rows
    assert [row[0] for row in rows if row[0] not in words(name)] == []


@pytest.mark.parametrize("name", ["coverage", "promises", "progress"])
def test_no_need_no_promise_and_no_measure_is_cut(name: str) -> None:
    assert "…" not in words(name)


@pytest.mark.parametrize("name", charts.every())
def test_no_measure_and_no_promise_is_cut_in_a_caption(name: str) -> None:
    assert "…" not in charts.of(name, samples.book("harrow-bend")).words.caption


@pytest.mark.parametrize("name", ["coverage", "load", "progress", "promises"])
def test_no_words_run_over_the_edge(name: str) -> None:
    chart = charts.of(name, samples.book("harrow-bend"))
    texts = [shape for shape in chart.module.draw(chart.numbers, PHONE).shapes if isinstance(shape, Text)]
    ends = {
        text.words: text.x + max(text_width(line, text.size, text.bold) for line in text.words.split("\n"))
        for text in texts
        if text.align == "left"
    }
    assert {label: end for label, end in ends.items() if end > PHONE} == {}


def test_the_letters_and_squares_are_explained_beside_the_chart() -> None:
    assert "A answers for, R does, S helps, C is asked, I is told" in words("load")
    assert "said yes more than needed" in words("coverage")
    assert "still missing" not in words("coverage"), "no square of that kind is drawn"


def test_figures_in_percent_have_their_sign_and_stand_apart() -> None:
    assert "11% → 14%, target 25%" in words("progress")


def test_no_step_of_the_pathway_and_no_job_is_cut() -> None:
    rows = charts.of("pathway", samples.book("harrow-bend")).numbers.rows
    text = words("pathway")
    assert [row[0] for row in rows if row[0] not in text] == []
    assert [row[5] for row in rows if row[5] != "none" and row[5] not in text] == []


def test_the_letters_of_an_organization_stand_nearer_to_its_bar_than_to_the_next() -> None:
    chart = charts.of("load", samples.book("harrow-bend"))
    drawing = chart.module.draw(chart.numbers, PHONE)
    bars = sorted(shape.y + shape.height / 2 for shape in drawing.shapes if isinstance(shape, Rectangle))
    letters = sorted(shape.y for shape in drawing.shapes if isinstance(shape, Text) and shape.words[:2] in ("A ", "R "))
    for (bar, following), letter in zip(pairwise(bars), letters, strict=False):
        assert letter - bar < following - letter
