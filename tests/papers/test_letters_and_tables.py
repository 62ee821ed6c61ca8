"""The papers of a year: who gets a letter, what is added up, what stays blank, and what fits on how many pages."""

from __future__ import annotations

import copy
import io
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from ctekit import papers, samples
from ctekit.papers import Gap, Paper, Picture, Table, gaps, render
from ctekit.workbook import Workbook, from_answers


@pytest.fixture(scope="module")
def harrow_bend() -> Workbook:
    return samples.book("harrow-bend")


def markdown(paper: Paper) -> str:
    return render(paper, "markdown")[1].decode()


def pages(paper: Paper) -> int:
    with pikepdf.open(io.BytesIO(render(paper, "pdf")[1])) as document:
        return len(document.pages)


def letters() -> Workbook:
    people = [
        {"id": "s-1", "name": "Ann", "organization": "org-1", "status": "confirmed"},
        {"id": "s-2", "name": "Bo", "organization": "org-2", "status": "declined"},
        {"id": "s-3", "name": "Cy", "organization": "org-2"},
        {"id": "s-4", "name": "Di", "organization": "org-3", "status": "left", "left_on": "2026-09-01"},
    ]
    asks = [{"id": f"ask-{n}", "person": f"s-{n}", "ask": f"Host {n} learners", "needs": ["need-1"]} for n in (1, 2, 3)]
    asks[2]["answer"] = "no"
    return from_answers(
        {
            "profile": {
                "people": people,
                "organizations": [
                    {"id": f"org-{n}", "name": name} for n, name in enumerate(("Mill", "Mine", "Farm"), 1)
                ],
            },
            "recruitment": {"invitations": asks, "needs": [{"id": "need-1", "support": "Places to learn"}]},
        }
    )


def test_whoever_said_yes_is_welcomed_and_whoever_said_no_is_thanked() -> None:
    book = letters()
    (welcome,) = papers.make("confirmations", book)
    assert welcome.name == "confirmation-ann-1"
    assert "Host 1 learners" in markdown(welcome)
    assert [paper.name for paper in papers.make("not-now", book)] == ["not-now-bo-2", "not-now-cy-3"]
    assert [paper.name for paper in papers.make("nominations", book)] == ["nomination-mine-2", "nomination-farm-3"]


@pytest.mark.parametrize(
    ("person", "salutation"),
    [
        ({"name": "Bethany Roake (parent), shared with a student representative"}, "Dear Bethany Roake,"),
        ({"name": "Bethany Roake, parent of two"}, "Dear Bethany Roake,"),
        ({"name": "Mirela Osei, Ph.D."}, "Dear Mirela Osei, Ph.D.,"),
        ({"name": "student representative"}, "Dear student representative,"),
        ({"name": "(not named)", "role": "School counselor; mornings only"}, "Dear School counselor,"),
        ({"role": "Dean"}, "Dear Dean,"),
        ({}, "Dear partner,"),
    ],
)
def test_a_letter_calls_somebody_by_name_or_by_role_and_never_by_remarks(person: Any, salutation: str) -> None:
    people = [{"id": "s-1", "status": "confirmed", **person}]
    (letter,) = papers.make("confirmations", from_answers({"profile": {"people": people}}))
    assert f"\n\n{salutation}\n\n" in markdown(letter)


def test_nobody_writes_or_thanks_themselves(harrow_bend: Workbook) -> None:
    welcomed = [paper.name for paper in papers.make("confirmations", harrow_bend)]
    assert len(welcomed) == 13
    assert "confirmation-adaeze-whitcomb-1" not in welcomed, "she signs them all"
    thanked = [paper.name for paper in papers.make("thanks", harrow_bend)]
    assert len(thanked) == 10
    assert not [name for name in thanked if "chamber" in name]
    asks = [{"id": "ask-1", "person": "s-1", "asked_by": "s-1"}, {"id": "ask-2", "person": "s-2", "asked_by": "s-1"}]
    people = [{"id": "s-1", "name": "Ann", "status": "to ask"}, {"id": "s-2", "name": "Bo", "status": "to ask"}]
    book = from_answers({"profile": {"people": people}, "recruitment": {"invitations": asks}})
    assert [paper.name for paper in papers.make("invitations", book)] == ["invitation-bo-2"]


def test_the_day_by_which_we_ask_is_not_told_as_the_day_by_which_to_answer() -> None:
    ask = {"id": "ask-1", "person": "s-1", "ask": "Host two learners", "ask_by": "2026-05-20"}
    person = {"id": "s-1", "name": "Ann", "status": "to ask"}
    book = from_answers({"profile": {"people": [person]}, "recruitment": {"invitations": [ask]}})
    (letter,) = papers.make("invitations", book)
    assert "May 20" not in markdown(letter)
    assert "**Please answer by:** \\_" in markdown(letter)


def test_families_are_thanked_by_name_and_organizations_as_such(harrow_bend: Workbook) -> None:
    texts = {paper.name: markdown(paper) for paper in papers.make("thanks", harrow_bend)}
    assert "\nDear Bethany Roake,\n" in texts["thanks-families-and-learners-seat-11"]
    assert "\nTo all at Castellan Gear,\n" in texts["thanks-castellan-gear-7"]
    answers = copy.deepcopy(samples.read("harrow-bend"))
    answers["profile"]["people"][13]["status"] = "declined"
    texts = {paper.name: markdown(paper) for paper in papers.make("thanks", from_answers(answers))}
    assert "\nTo families and learners,\n" in texts["thanks-families-and-learners-seat-11"]


def test_the_program_of_work_says_quarter_by_quarter_what_is_due_and_whose_it_is(harrow_bend: Workbook) -> None:
    (program,) = papers.make("program-of-work", harrow_bend)
    (quarters,) = [block for block in program.blocks if isinstance(block, Table) and block.header[0] == "Quarter"]
    named = [row[0] for row in quarters.rows]
    assert named[:2] == ["October to December 2026", "January to March 2027"]
    assert len(named) == len(set(named))
    assert "Oct 22, 2026: Hold the first host visit at Castellan (Lorraine Teague)" in markdown(program)


def test_a_match_is_added_up_and_what_has_no_letter_is_told(harrow_bend: Workbook) -> None:
    answers: Any = copy.deepcopy(samples.read("harrow-bend"))
    matching = [row for row in answers["value"]["exchanges"] if row.get("matches")]
    matching[0].update(worth_in_money=1500, letter_on="")
    matching[1].update(worth_in_money="2000.50", letter_on="2026-09-30")
    (table,) = papers.make("match-table", from_answers(answers))
    text = markdown(table)
    assert "no letter yet" in text
    assert "**Total a year:** \\$3,500.50" in text
    assert "**Of it with a letter on file:** \\$2,000.50" in text
    assert "worth" not in {gap.what for gap in gaps(table)}


def test_credit_that_runs_out_stands_first_and_says_so() -> None:
    credits = [
        {"id": "cred-1", "school_course": "Welding 1", "agreed_until": "2030-06-30"},
        {"id": "cred-2", "school_course": "Robots 1", "agreed_until": "2026-10-31"},
        {"id": "cred-3", "school_course": "Motors 1", "agreed_until": "2026-06-30"},
    ]
    (paper,) = papers.make("credit-table", from_answers({"profile": {"as_of": "2026-10-01", "credits": credits}}))
    text = markdown(paper)
    assert text.index("Motors") < text.index("Robots") < text.index("Welding")
    assert "June 30, 2026<br>**has run out**" in text
    assert "October 31, 2026<br>**runs out soon**" in text


def test_an_agreement_for_a_work_site_names_the_host_and_no_learner(harrow_bend: Workbook) -> None:
    documents = papers.make("work-sites", harrow_bend)
    assert [paper.name for paper in documents] == ["work-site-castellan-gear-7", "work-site-blue-heron-packaging-8"]
    text = markdown(documents[0])
    assert "**Places:** Paid internships, 26 a year" in text
    line = "\\_" * 24
    for label in ("Learner", "School and program", "Days and hours"):
        assert f"**{label}:** {line}" in text
    assert Gap("What else must be in it", "worksheet 6") in gaps(documents[0])
    assert text.count("**Name in print:**") == 4


def test_the_year_in_figures_tells_nothing_of_a_small_group(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("year-in-figures", harrow_bend)
    text = markdown(paper)
    assert "held back: a small group is marked to be shown" in text
    assert "| Graduated in four years | 93.1%<br>June 30, 2025 | 93.5%<br>June 30, 2026 |" in text
    row = next(line for line in text.splitlines() if line.startswith("| In college, training"))
    assert row.count("| – ") == 2


def test_hours_in_meetings_and_worth_of_gifts_are_told_to_boards_and_in_the_year_in_figures(
    harrow_bend: Workbook,
) -> None:
    for name in ("year-in-figures", "board-report"):
        (text,) = map(markdown, papers.make(name, harrow_bend))
        assert "**Meetings in twelve months:** 4 meetings, 117 hours of the people who were there" in text
        assert "**Worth of what partners give, a year:** \\$173,632, from 7 of 14 gifts" in text


def test_a_meeting_of_long_ago_and_times_that_no_clock_shows_count_no_hours() -> None:
    answers = copy.deepcopy(samples.read("harrow-bend"))
    meetings = answers["meetings"]["meetings"]
    meetings[0]["date"], meetings[1]["ends"] = "2024-05-12", "late"
    (text,) = map(markdown, papers.make("board-report", from_answers(answers)))
    assert "3 meetings, 98 hours of the people who were there (of 2 meetings with times written)" in text


def test_a_letter_that_is_owed_for_a_match_stands_on_the_sheet_of_that_partner() -> None:
    answers = copy.deepcopy(samples.read("harrow-bend"))
    exchanges = answers["value"]["exchanges"]
    exchanges[5] |= {"matches": True, "letter_on": None}
    exchanges[6] |= {"matches": True, "letter_on": "2026-08-01"}
    texts = [markdown(paper) for paper in papers.make("partner-sheets", from_answers(answers))]
    (owing,) = (text for text in texts if "Letters we owe, for what counts toward a match:" in text)
    assert f"- {exchanges[5]['gives']}" in owing.partition("Letters we owe")[2]


def test_a_letter_of_commitment_says_to_whom_it_goes_and_what_is_given_behind_the_purpose(
    harrow_bend: Workbook,
) -> None:
    texts = {paper.name: markdown(paper) for paper in papers.make("commitments", harrow_bend)}
    text = texts["commitment-castellan-gear-7"]
    assert "To Harrow Bend Advanced Manufacturing Pathway\\\nIn care of Harrow Bend Chamber of Commerce" in text
    assert text.index("Its purpose:") < text.index("means to give what is written below.\n\n**What we mean to give**")


def test_a_day_of_duties_is_on_a_partners_sheet_where_one_of_them_has_a_day() -> None:
    answers = copy.deepcopy(samples.read("harrow-bend"))
    (gear,) = (
        markdown(paper)
        for paper in papers.make("partner-sheets", from_answers(answers))
        if paper.title == "Castellan Gear"
    )
    assert "for the whole term" not in gear
    assert "None of them has an end date." in gear
    host = next(task for task in answers["roles"]["tasks"] if task["task"] == "Host learners at work sites")
    host["by"] = "2027-06-30"
    (gear,) = (
        markdown(paper)
        for paper in papers.make("partner-sheets", from_answers(answers))
        if paper.title == "Castellan Gear"
    )
    assert "| Host learners at work sites | answers for it and does it | June 30, 2027 |" in gear
    assert "| Mentor learners on the job | helps | for the whole term |" in gear


def test_a_role_stands_once_where_it_stands_for_a_name(harrow_bend: Workbook) -> None:
    text = markdown(*papers.make("roster", harrow_bend))
    assert "| Program director | yes |" in text
    assert "Institutional-research analyst | yes |" in text
    assert text.count("Institutional-research analyst") == 1


def test_a_card_of_a_measure_says_how_it_is_counted(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("metric-cards", harrow_bend)
    text = markdown(paper)
    assert text.count("\n## ") == 11
    assert "**Out of whom:** concentrators in the four-year cohort" in text


@pytest.mark.parametrize(
    ("name", "most"),
    [("policy-briefs", 2), ("board-report", 1), ("responsibilities", 1), ("confirmations", 1), ("sign-in", 1)],
)
def test_what_is_meant_to_be_short_is_short(harrow_bend: Workbook, name: str, most: int) -> None:
    documents = papers.make(name, harrow_bend)
    assert documents
    assert {paper.name: pages(paper) for paper in documents if pages(paper) > most} == {}


def test_a_picture_has_its_words_in_every_format(harrow_bend: Workbook) -> None:
    paper = papers.make("policy-briefs", harrow_bend)[0]
    (picture,) = (block for block in paper.blocks if isinstance(block, Picture))
    assert "Flow chart" in picture.alt
    assert picture.alt in render(paper, "html")[1].decode()
    assert picture.alt in markdown(paper)
    (shape,) = Document(io.BytesIO(render(paper, "word")[1])).inline_shapes
    assert shape._inline.docPr.get("descr") == picture.alt
    with pikepdf.open(io.BytesIO(render(paper, "pdf")[1])) as document:
        alternatives = [
            str(each.Alt) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each
        ]
    assert picture.alt in alternatives


def test_a_wide_paper_lies_across_in_every_format(harrow_bend: Workbook) -> None:
    (paper,) = papers.make("responsibilities", harrow_bend)
    assert "size: landscape" in render(paper, "html")[1].decode()
    assert Document(io.BytesIO(render(paper, "word")[1])).sections[0].orientation == WD_ORIENT.LANDSCAPE
    with pikepdf.open(io.BytesIO(render(paper, "pdf")[1])) as document:
        left, bottom, right, top = map(float, document.pages[0].MediaBox)
    assert right - left > top - bottom
