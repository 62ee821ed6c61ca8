"""The papers of a meeting: agenda, sign-in sheet, minutes, recommendations."""

from __future__ import annotations

import copy
import datetime
from typing import Any

from ctekit import charts, papers, rules, samples
from ctekit.papers import Gap, gaps, render
from ctekit.workbook import from_answers


def words(name: str, answers: dict[str, Any]) -> list[str]:
    return [render(paper, "markdown")[1].decode() for paper in papers.make(name, from_answers(answers))]


def harrow_bend() -> dict[str, Any]:
    return copy.deepcopy(samples.read("harrow-bend"))


def test_the_agenda_is_that_of_the_next_meeting_and_lists_what_is_open_from_before() -> None:
    answers = harrow_bend()
    (paper,) = papers.make("agenda", from_answers(answers))
    assert paper.name == "agenda-2026-10-13-5"
    assert Gap("What the meeting is about", "worksheet 8") in gaps(paper)
    row = {"id": "item-9", "meeting": "meet-5", "topic": "Who takes over?", "kind": "to decide", "minutes": 15}
    answers["meetings"]["items"].append(row)
    (text,) = words("agenda", answers)
    assert "| Who takes over? | to decide | 15 |" in text
    assert "open-meeting law" in text
    assert "| Hold the first host visit at Castellan | Lorraine Teague |" in text
    assert "Evening bus" not in text, "an item of another meeting"
    assert "| Item | What it is for | Minutes |\n" in text, "nobody leads an item yet"
    row["led_by"], row["minutes"] = "s-14", None
    (text,) = words("agenda", answers)
    assert "| Item | What it is for | Led by |\n" in text


def test_nobody_of_families_and_nobody_who_left_is_named_on_the_sign_in_sheet() -> None:
    answers = harrow_bend()
    answers["communication"]["audiences"][0]["members"].append("s-14")
    (text,) = words("sign-in", answers)
    assert "Families’ seat" in text
    assert "Roake" not in text
    assert "Neil Farrow" not in text


def test_the_sign_in_sheet_expects_the_group_that_meets_and_everybody_where_no_group_is_called_so() -> None:
    answers = harrow_bend()
    (text,) = words("sign-in", answers)
    assert "Adaeze Whitcomb" in text
    assert "Kenji Paquette" not in text, "not of the steering group: signs as a guest"
    answers["communication"]["audiences"][0]["audience"] = "Bulletin"
    (text,) = words("sign-in", answers)
    assert "Kenji Paquette" in text
    answers["communication"]["audiences"][0]["audience"] = None
    for meeting in answers["meetings"]["meetings"]:
        meeting["kind"] = None
    (text,) = words("sign-in", answers)
    assert "Kenji Paquette" in text, "a group without a name is not a meeting without a kind"


def test_the_minutes_hold_votes_against_the_quorum() -> None:
    answers = harrow_bend()
    documents = papers.make("minutes", from_answers(answers))
    assert [paper.name for paper in documents] == [
        "minutes-2026-09-30-4",
        "minutes-2026-09-16-3",
        "minutes-2026-08-11-2",
        "minutes-2026-05-12-1",
    ]
    assert [paper.note for paper in documents] == ["Draft", "", "", ""], "what is not approved is a draft"
    text = words("minutes", answers)[2]
    assert "8 voters there, 7 needed" in text
    assert "Votes: 8 for, 0 against, 0 not voting" in text
    assert "Ask firms each spring which credential they hire for" in text


def test_a_vote_without_its_quorum_is_no_decision_in_the_minutes_nor_in_the_chart() -> None:
    answers = harrow_bend()
    answers["meetings"]["meetings"][1]["present"] = ["s-1", "s-3", "s-4", "s-7", "s-9", "s-10", "s-11"]
    text = words("minutes", answers)[2]
    row = next(line for line in text.splitlines() if line.startswith("| Which trade"))
    assert "**No quorum, so this is no decision yet**" in row
    assert "6 voters there, 7 needed" in row
    assert "Put it to the vote again, or ask by mail for a yes." in row
    assert "Agreed" not in row
    assert "Agreed" in next(line for line in text.splitlines() if line.startswith("| Which course"))
    decided = {row[0]: row[1] for row in charts.of("decisions", from_answers(answers)).numbers.rows}
    assert decided["Advisory board, Aug 11, 2026"] == 1, "of two that had votes, one had its quorum"


def test_a_vote_that_was_made_up_by_mail_and_is_let_stand_is_a_decision() -> None:
    answers = harrow_bend()
    answers["meetings"]["meetings"][1]["present"] = ["s-1", "s-3"]
    book = from_answers(answers)
    marks = "No quorum, so this is no decision yet", "More votes than voters"
    text = "".join(words("minutes", answers))
    assert all(mark in text for mark in marks)
    notes = answers["plan"].setdefault("acknowledged", [])
    for result in rules.check(book):
        for finding in result.findings if result.rule.code in ("MT75", "MT78") else ():
            saved = rules.acknowledge(book, finding, "Six said yes by mail", "s-1", datetime.date(2026, 8, 20))
            notes.append({"id": f"ack-{len(notes) + 90}", **{field: value for _, _, field, value in saved if value}})
    text = "".join(words("minutes", answers))
    assert not any(mark in text for mark in marks)
    row = next(line for line in text.splitlines() if line.startswith("| Which trade"))
    assert "Agreed" in row
    decided = {row[0]: row[1] for row in charts.of("decisions", from_answers(answers)).numbers.rows}
    assert decided["Advisory board, Aug 11, 2026"] == 2


def test_more_votes_than_voters_are_marked_in_the_minutes() -> None:
    answers = harrow_bend()
    answers["meetings"]["items"][1]["votes_against"] = 1
    text = words("minutes", answers)[2]
    assert "**More votes than voters: 8 voters were there. Count again**" in text
    assert text.count("Count again") == 1


def test_a_vote_that_was_lost_or_tied_is_no_decision_until_somebody_says_why() -> None:
    answers = harrow_bend()
    answers["meetings"]["items"][1] |= {"votes_for": 4, "votes_against": 4}
    mark = "**Not more votes for it than against, so this is no decision yet**"
    row = next(line for line in words("minutes", answers)[2].splitlines() if line.startswith("| Which trade"))
    assert mark in row
    assert "Votes: 4 for, 4 against, 0 not voting" in row
    assert "Agreed" not in row
    book = from_answers(answers)
    assert {row[0]: row[1] for row in charts.of("decisions", book).numbers.rows}["Advisory board, Aug 11, 2026"] == 1
    (finding,) = (one for result in rules.check(book) for one in result.findings if one.code == "MT79")
    saved = rules.acknowledge(book, finding, "The chair's vote decided", "s-1", datetime.date(2026, 8, 20))
    note = {"id": "ack-90", **{field: value for _, _, field, value in saved if value}}
    answers["plan"].setdefault("acknowledged", []).append(note)
    text = words("minutes", answers)[2]
    assert mark not in text
    book = from_answers(answers)
    assert {row[0]: row[1] for row in charts.of("decisions", book).numbers.rows}["Advisory board, Aug 11, 2026"] == 2


def test_papers_of_a_meeting_are_told_apart_by_their_titles() -> None:
    book = from_answers(harrow_bend())
    titles = [paper.title for name in ("agenda", "minutes") for paper in papers.make(name, book)]
    assert titles[0] == "Agenda: steering group, October 13, 2026"
    assert titles[1:] == [
        "Minutes: workshop, September 30, 2026",
        "Minutes: workshop, September 16, 2026",
        "Minutes: advisory board, August 11, 2026",
        "Minutes: working group, May 12, 2026",
    ]


def test_an_item_to_decide_without_an_outcome_is_a_gap_and_one_to_talk_over_is_not() -> None:
    answers = harrow_bend()
    for item in answers["meetings"]["items"]:
        item["decided"] = None
    text = words("minutes", answers)[2]
    assert "| *not written yet" in next(line for line in text.splitlines() if line.startswith("| Which trade"))
    assert "Nothing was to be decided |" in next(line for line in text.splitlines() if line.startswith("| A second"))


def test_what_was_decided_and_is_not_written_is_told_as_missing() -> None:
    answers = harrow_bend()
    answers["meetings"]["items"][1]["said"] = None
    paper = papers.make("minutes", from_answers(answers))[2]
    (gap,) = (gap for gap in gaps(paper) if gap.what == "What was decided")
    assert gap.words.startswith("what was decided is not written down (worksheet 8")


def test_minutes_that_were_approved_and_have_no_item_are_a_paper_that_says_so() -> None:
    paper = papers.make("minutes", from_answers(harrow_bend()))[1]
    (gap,) = gaps(paper)
    assert gap.sentence == (
        "What was said and decided: no item of this meeting is written (worksheet 8: September 16, 2026)"
    )


def test_an_agenda_asks_only_of_what_is_due_by_then_and_lists_recommendations_without_an_answer() -> None:
    answers = harrow_bend()
    (text,) = words("agenda", answers)
    assert "Done by now?" not in text, "all are due after October 13"
    later, _, waiting = text.partition("**Due after this meeting**")[2].partition(
        "**Recommendations without an answer**"
    )
    assert "Hold the first host visit at Castellan" in later
    assert "Keep the Novak lab open" in waiting
    assert "two periods in a row" not in waiting, "answered in part"
    answers["plan"]["actions"][0]["by"] = "2026-10-13"
    (text,) = words("agenda", answers)
    assert "Hold the first host visit" in text.partition("Due after")[0].partition("Done by now?")[2]


def test_an_action_stands_in_the_minutes_of_the_meeting_that_agreed_on_it() -> None:
    texts = words("minutes", harrow_bend())
    assert ["Bring the credit table to the trustees" in text for text in texts] == [True, False, False, False]


def test_recommendations_are_told_with_answer_and_reason() -> None:
    (text,) = words("recommendations", harrow_bend())
    assert "3 recommendations: 1 taken up, 1 taken up in part, 1 without an answer yet." in text
    assert "Novak does it from January" in text
    assert "September 22, 2026" in text


def test_without_meetings_there_is_no_paper() -> None:
    for name in ("agenda", "sign-in", "minutes", "recommendations"):
        assert papers.make(name, from_answers({})) == ()


def test_a_meeting_to_come_stands_in_the_calendar_and_what_is_past_by_its_nature_does_not() -> None:
    (calendar,) = papers.make("calendar", from_answers(harrow_bend()))
    summaries = {event.summary for event in calendar.events}
    assert {"Steering group meets", "Advisory board meets", "Term ends: Mirela Osei"} <= summaries
    assert not [words for words in summaries if words.startswith(("Term starts", "Minutes approved", "Sent on"))]


def test_a_meeting_that_was_held_is_not_told_as_a_day_that_was_missed() -> None:
    answers = harrow_bend()
    answers["meetings"]["meetings"][0]["present"] = []
    (text,) = words("calendar", answers)
    missed = text.partition("Days that have passed")[2]
    assert "May 12, 2026" in missed, "nobody wrote who was there"
    assert "Advisory board meets" not in missed
