"""The brief: what a reader who was not there is told first, and what of the check."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ctekit import samples
from ctekit.model.reader import Reader
from ctekit.papers import Paragraph, Table
from ctekit.site import brief
from ctekit.site._blocks import Beside, Pointers
from ctekit.site._says import Says
from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.profile import Profile


def results(book: Workbook) -> tuple[Any, ...]:
    beside = next(block for block in brief.blocks(Says(book, "partners")) if isinstance(block, Beside))
    return next(block.rows for block in beside.first if isinstance(block, Table))


def test_the_promised_measure_is_the_first_result() -> None:
    rows = results(samples.book("harrow-bend"))
    assert rows[0] == ("Graduates who had work-based learning", "11%", "14%", "25%")
    assert len(rows) == brief.RESULTS


def test_a_purpose_without_figures_leaves_the_results_in_their_order() -> None:
    answers = copy.deepcopy(samples.read("harrow-bend"))
    answers["purpose"] |= {"start": "few", "target": ""}
    assert results(from_answers(answers))[0][0] == "Graduated in four years"


@pytest.mark.parametrize("reader", ["partners", "public"])
def test_what_is_open_is_told_as_things_to_do_and_names_nobody(reader: Reader) -> None:
    says = Says(samples.book("harrow-bend"), reader)
    (pointers,) = (block for block in brief.blocks(says) if isinstance(block, Pointers))
    steps = [words for words, *_ in pointers.pointers]
    assert "Settle which one organization answers for “Place learners in internships”" in steps
    profile = says.book[Profile]
    names = [says.book.name(row.id) for row in (*profile.organizations, *profile.people)]
    assert not [step for step in steps if any(name in step for name in names)]
    assert not [step for step in steps if step.startswith("Hide") or "?" in step]


@pytest.mark.parametrize(("reader", "is_told"), [("partners", True), ("facilitator", True), ("public", False)])
def test_partners_are_told_that_a_page_may_be_a_public_record(reader: Reader, is_told: bool) -> None:
    book = samples.book("harrow-bend")
    assert (Paragraph(brief.RECORDS) in brief.blocks(Says(book, reader))) == is_told
    answers = copy.deepcopy(samples.read("harrow-bend"))
    for organization in answers["profile"]["organizations"]:
        organization.pop("public_body", None)
    assert Paragraph(brief.RECORDS) not in brief.blocks(Says(from_answers(answers), reader))
