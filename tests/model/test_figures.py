"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ctekit import samples
from ctekit.model.figures import dollars, figure, tidy
from ctekit.papers import Answers
from ctekit.worksheets.metrics import Metrics


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (62000, "", "62,000"),
        (Decimal("25.0"), "percent", "25%"),
        (Decimal("94.50"), "%", "94.5%"),
        (64.6, "percent of dollars", "64.6% of dollars"),
        (Decimal("100"), "", "100"),
        (Decimal("1E+3"), "hours", "1,000 hours"),
        (0.0, "", "0"),
        (Decimal("1.625"), "", "1.6250"),
        (Decimal("1234567890123.12345"), "", "1,234,567,890,123.12345"),
        (12345678901.5, "", "12,345,678,901.5"),
        (15e9, "dollars", "15,000,000,000 dollars"),
        (100 / 3, "percent", "33.33333333%"),
        (1e-5, "", "0.00001"),
        (-1234.5, "", "-1,234.5"),
        (Decimal("-0.0"), "", "0"),
        (5.0, "percentage points", "5 percentage points"),
        (5.0, "Percentage of learners", "5% of learners"),
        (5.0, "percentile", "5 percentile"),
        (Decimal("62000"), "$", "$62,000"),
        (Decimal("-62000"), "$", "-$62,000"),
    ],
)
def test_a_number_has_its_thousands_apart_no_idle_zeros_and_its_unit(number: float, unit: str, words: str) -> None:
    assert figure(number, unit) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("11.0%", "11%"),
        ("93.10 %", "93.1 %"),
        ("1,250.00%", "1,250%"),
        ("-0.50%", "-0.5%"),
        ("100%", "100%"),
        ("1.200%", "1.200%"),
        ("15.0", "15.0"),
        ("$22.40", "$22.40"),
        ("from 11.0%", "from 11.0%"),
    ],
)
def test_a_percentage_that_somebody_typed_has_no_idle_zeros_either(typed: str, words: str) -> None:
    assert tidy(typed) == words


def test_an_amount_has_its_cents_or_none() -> None:
    assert [dollars(Decimal(amount)) for amount in ("12000", "12000.00", "2000.5")] == [
        "$12,000",
        "$12,000",
        "$2,000.50",
    ]


def test_a_target_stands_with_its_unit_and_a_count_with_its_thousands_apart() -> None:
    answers = Answers(samples.book("harrow-bend"))
    metrics = answers.book[Metrics]
    targets = {answers.words(row, "name"): answers.words(row, "target") for row in metrics.metrics}
    assert targets["Graduated in four years"] == "94.5%"
    assert targets["Next year's coordination money secured"] == "100% of dollars"
    counts = {answers.words(row, "counted") for row in metrics.observations}
    assert "62,000" in counts


def test_gifts_of_one_name_are_counted_and_not_said_over_and_over() -> None:
    answers = Answers(samples.book("harrow-bend"))
    gives = [answers.words(task, "gives", gap=False) for task in answers.book.rows("roles.tasks")]
    assert "Paid internships (2 of them)" in gives
