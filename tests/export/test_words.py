"""What pages say themselves: a blank once, and what is left out in sentences that can be read."""

from __future__ import annotations

import re

import pytest

from ctekit import samples
from ctekit.model.reader import READERS, Reader
from ctekit.site import Site
from ctekit.workbook import from_answers


def test_a_blank_is_not_named_again_under_its_own_heading() -> None:
    site = Site(samples.book("harrow-bend"))
    (ostrander,) = [name for name in site.names if "ostrander" in name]
    page = site.page(ostrander)
    assert "not written yet (worksheet 4: Mentor hours)" in page
    assert "Gets: not written yet" not in page


@pytest.mark.parametrize("reader", READERS)
def test_the_foot_says_what_is_left_out_in_short_sentences(reader: Reader) -> None:
    page = Site(samples.book("harrow-bend"), reader).page("index")
    foot = re.sub(r"<[^>]*>", " ", page[page.index("<footer>") :])
    assert "We leave out counts of fewer than 10 people" in foot
    assert ("in their own words" in foot) is (reader == "public")
    for sentence in re.split(r"(?<=[a-z\d)])\.\s", foot):
        assert len(sentence.split()) <= 35, sentence


@pytest.mark.parametrize(("reader", "words"), [("partners", "Not answered yet here: 1 question."), ("public", "")])
def test_readers_are_told_how_many_questions_are_open_and_not_their_labels(reader: Reader, words: str) -> None:
    page = Site(samples.book("harrow-bend"), reader).page("06-roles")
    assert "Also in it" not in page
    assert words in page
    assert ("Not answered yet" in page) is bool(words)


def test_people_with_titles_are_told_apart() -> None:
    page = Site(samples.book("harrow-bend"), "public").page("05-communication")
    assert "Hank Ostrander; Program director, Puente Adelante" in page


def test_a_count_has_its_percent_and_unit_and_its_measure_is_seen_once() -> None:
    page = Site(samples.book("harrow-bend")).page("07-metrics")
    assert "380 of 408, 93.1%" in page
    assert "$62,000 of $96,000, 64.6%" in page
    assert page.count('<span class="again">Graduated in four years</span>') == 1
    assert page.count("not shown: fewer than 10") == 1


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("change", [{"votes_for": 4, "votes_against": 4}, {"votes_for": 6}])
def test_a_page_calls_no_decision_what_the_minutes_do_not(reader: Reader, change: dict[str, int]) -> None:
    answers = samples.read("harrow-bend")
    answers["meetings"]["meetings"][1]["present"] = None  # voters are those who were counted: seven are needed
    whole = Site(from_answers(answers), reader).page("08-meetings")
    answers["meetings"]["items"][1] |= change
    page = Site(from_answers(answers), reader).page("08-meetings")
    assert (whole.count("no decision yet"), page.count("no decision yet")) == (0, 1)


@pytest.mark.parametrize(("reader", "code"), [("partners", ""), ("public", ""), ("facilitator", "ME33 ")])
def test_only_whoever_looks_at_the_check_reads_the_code_of_a_rule(reader: Reader, code: str) -> None:
    answers = samples.read("harrow-bend")
    measure = answers["metrics"]["metrics"][0]
    answers["meetings"]["items"][1]["comes_from"] = f"ME33 metrics/{measure['id']}/owner"
    page = Site(from_answers(answers), reader).page("08-meetings")
    assert f"What it comes from</b> {code}{measure['name']}" in page
    assert ("ME33" in page) is bool(code)


def test_the_two_days_of_a_page_are_told_apart() -> None:
    page = Site(samples.book("harrow-bend")).page("02-purpose")
    assert "<span>As of October 1, 2026</span>" in page


@pytest.mark.parametrize("reader", READERS)
def test_no_page_writes_a_day_or_a_month_as_programs_do(reader: Reader) -> None:
    site = Site(samples.book("harrow-bend"), reader)
    for name in site.names:
        words = re.sub(r"<[^>]*>", " ", site.page(name))
        assert re.findall(r"\b20\d\d-(?:0\d|1[0-2])\b(?:-\d\d)?", words) == [], name


def test_the_brief_of_a_fresh_half_day_says_who_is_still_to_be_named_and_why_partners_have_no_page() -> None:
    organizations = [{"id": f"org-{number}", "name": f"Yard {number}"} for number in range(1, 4)]
    answers = {
        "profile": {"organizations": organizations},
        "value": {"exchanges": [{"id": "x-1", "organization": "org-1", "gives": "A berth"}]},
        "plan": {"actions": [{"id": "act-1", "action": "A van to the yards"}]},
    }
    words = " ".join(re.sub(r"<[^>]*>", " ", Site(from_answers(answers)).page("index")).split())
    assert "A van to the yards nobody yet no day yet" in words
    assert "Partners with a page: 1 of 3, those that give something or have a duty." in words
    assert "revision" not in words
