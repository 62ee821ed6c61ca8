"""Rules 70 to 78: each with a case where it holds, one where it speaks, and one where it waits."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ctekit import samples
from tests.rules.conftest import findings, organization, outcome, person, places, ready

DAY = {"as_of": "2026-10-01"}


def year(**tables: list[dict[str, Any]]) -> dict[str, Any]:
    """A worksheet of meetings that is ready to check, read on the first of October."""
    return {"profile": DAY, "meetings": {**tables, "ready": "full"}}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"on": "2026-07-01"}, "findings"),
        ({"on": "2026-07-01", "answer": "none yet"}, "findings"),
        ({"on": "2026-07-01", "answer": "declined"}, "holds"),
        ({"on": "2026-08-20"}, "holds"),
        ({}, "waits"),
    ],
)
def test_a_recommendation_is_answered_within_sixty_days(row: dict[str, Any], expected: str) -> None:
    answers = year(recommendations=[{"id": "rec-1", "recommends": "Ask firms first", "to": "The board", **row}])
    assert outcome("MT70", answers) == expected
    answers["meetings"]["ready"] = None
    assert outcome("MT70", answers) == "waits"


@pytest.mark.parametrize(
    ("meeting", "item", "expected"),
    [
        ({"date": "2026-08-20"}, {}, "findings"),
        ({"date": "2026-08-20"}, {"topic": "The bus"}, "findings"),
        ({"date": "2026-08-20"}, {"said": "It comes too late"}, "holds"),
        ({"date": "2026-09-20"}, {}, "holds"),
        ({"date": "2026-12-20"}, {}, "holds"),
        ({"date": "2026-08-20", "kind": "workshop"}, {}, "waits"),
    ],
)
def test_a_meeting_has_minutes_within_thirty_days(meeting: Any, item: Any, expected: str) -> None:
    items = [{"id": "item-1", "meeting": "meet-1", **item}] if item else []
    assert outcome("MT71", year(meetings=[{"id": "meet-1", **meeting}], items=items)) == expected


@pytest.mark.parametrize(
    ("days", "asked", "expected"),
    [
        (["2026-08-11", "2027-02-09"], 2, "holds"),  # begun this year: what is planned counts
        (["2026-08-11", "2027-08-20"], 2, "findings"),
        (["2024-08-11", "2025-11-09", "2026-10-01"], 2, "holds"),
        (["2024-08-11", "2025-06-09", "2027-02-09"], 1, "findings"),
        (["2026-08-11"], None, "waits"),
        ([], 2, "waits"),
    ],
)
def test_the_board_meets_as_often_as_the_state_asks(days: list[str], asked: int | None, expected: str) -> None:
    rows = [{"id": f"meet-{n}", "date": day, "kind": "advisory board"} for n, day in enumerate(days, 1)]
    rows.append({"id": "meet-99", "date": "2026-09-08", "kind": "steering group"})
    answers = ready(year(meetings=rows))
    answers["profile"]["meetings_a_year"] = asked
    assert outcome("MT72", answers) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [({"term_ends": "2026-09-30"}, "findings"), ({"term_ends": "2026-10-01"}, "holds"), ({}, "waits")],
)
def test_nobody_sits_on_after_a_term(more: dict[str, Any], expected: str) -> None:
    assert outcome("MT73", {"profile": {**DAY, "people": [person(1, **more)]}}) == expected
    gone = person(1, status="left", term_ends="2026-09-30")
    assert outcome("MT73", {"profile": {**DAY, "people": [gone]}}) == "waits"


def test_what_runs_out_within_ninety_days_is_said() -> None:
    answers: dict[str, Any] = {
        "profile": {**DAY, "credits": [{"id": "cred-1", "school_course": "Welding 1", "agreed_until": "2026-12-30"}]},
        "roles": {
            "ends": "2026-12-31",
            "data_agreements": [{"id": "da-1", "purpose": "Wages", "expires": "2026-09-01"}],
        },
    }
    assert places("MT74", answers) == [("roles", "da-1", "expires"), ("profile", "cred-1", "agreed_until")]
    assert [finding.says for finding in findings("MT74", answers)] == [
        "The data agreement “Wages” ended on September 1, 2026.",
        "The credit for “Welding 1” ends on December 30, 2026.",
    ]
    assert findings("MT74", answers)[0].action.startswith("Ask who renews the data agreement “Wages”")
    del answers["roles"]["data_agreements"][0]["purpose"]
    assert "“row 1, no name yet” ended on" in findings("MT74", answers)[0].says, "a row without a name is still one"
    assert outcome("MT74", {"profile": DAY, "roles": {"ends": "2026-12-31"}}) == "holds"
    assert outcome("MT74", {"profile": DAY}) == "waits"


def decision(**more: Any) -> dict[str, Any]:
    people = [person(1, 1), person(2, 2), person(3, 2, votes=False)]
    return {
        "profile": {
            **DAY,
            "organizations": [organization(1, votes=True), organization(2, votes=True)],
            "people": people,
        },
        "purpose": {"decisions": [{"id": "prot-1", "decision": "Add a partner", "quorum": 2}]},
        "meetings": {
            "meetings": [{"id": "meet-1", "date": "2026-09-08", "present": more.pop("present", [])}],
            "items": [
                {"id": "item-1", "meeting": "meet-1", "topic": "Castellan", "decided": "yes", "how": "prot-1", **more}
            ],
        },
    }


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"present": ["s-1", "s-2"]}, "holds"),
        ({"present": ["s-1", "s-3"]}, "findings"),  # of the second nobody is there who casts its vote
        ({"votes_for": 1, "not_voting": 1}, "holds"),
        ({"votes_for": 1, "votes_against": 0}, "findings"),
        ({"present": ["s-1"], "decided": "put off"}, "waits"),
        ({"present": ["s-1"], "how": None}, "waits"),
        ({}, "waits"),
    ],
)
def test_votes_are_held_against_the_quorum(more: dict[str, Any], expected: str) -> None:
    assert outcome("MT75", decision(**more)) == expected


def test_while_nobody_says_who_votes_no_quorum_is_missed() -> None:
    answers = decision(present=["s-1", "s-2"])
    answers["profile"]["organizations"] = [organization(1), organization(2)]
    assert outcome("MT75", answers) == "waits"
    answers["meetings"]["items"][0] |= {"votes_for": 1, "votes_against": 0}
    assert outcome("MT75", answers) == "findings", "the votes that were counted tell it"


def test_a_decision_without_its_quorum_is_told_with_both_numbers() -> None:
    (finding,) = findings("MT75", decision(present=["s-1"]))
    assert finding.says == "“Castellan” was decided with 1 voter there; “Add a partner” needs 2."


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"present": ["s-1", "s-2"], "votes_for": 2, "votes_against": 0, "not_voting": 0}, "holds"),
        ({"present": ["s-1", "s-2"], "votes_for": 2, "votes_against": 1}, "findings"),
        ({"present": ["s-1", "s-2"], "votes_for": 1, "votes_against": 1, "not_voting": 1}, "findings"),
        ({"present": ["s-1", "s-3"], "votes_for": 2}, "findings"),  # one of them casts no vote
        ({"present": ["s-1"], "votes_for": 2, "decided": "no"}, "findings"),
        ({"present": ["s-1", "s-2"]}, "waits"),
        ({"votes_for": 9}, "waits"),
    ],
)
def test_no_more_votes_are_counted_than_voters_were_there(more: dict[str, Any], expected: str) -> None:
    assert outcome("MT78", decision(**more)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"votes_for": 4, "votes_against": 4}, "findings"),
        ({"votes_for": 2, "votes_against": 4}, "findings"),
        ({"votes_against": 1}, "findings"),
        ({"votes_for": 5, "votes_against": 4}, "holds"),
        ({"votes_for": 0, "votes_against": 0, "not_voting": 3}, "holds"),
        ({"votes_for": 2, "votes_against": 4, "decided": "no"}, "waits"),
        ({"votes_for": 8}, "waits"),
    ],
)
def test_no_vote_that_was_lost_or_tied_is_a_decision(more: dict[str, Any], expected: str) -> None:
    assert outcome("MT79", decision(**more)) == expected


def test_a_lost_vote_is_told_with_both_numbers() -> None:
    (finding,) = findings("MT79", decision(votes_for=1, votes_against=2))
    assert finding.says == "“Castellan” is written down as decided, with 1 vote for it and 2 against."


def test_votes_of_nobody_are_told_with_both_numbers_and_what_to_do() -> None:
    (finding,) = findings("MT78", decision(present=["s-1"], votes_for=2, not_voting=1))
    assert finding.says == "“Castellan” has 3 votes written down, and 1 voter was there."
    assert "Count again" in finding.advice
    assert "Who was there" in finding.advice


def test_business_holds_its_share_of_the_voting_seats() -> None:
    answers = ready(samples.read("clean"))
    assert outcome("MT76", answers) == "holds"
    fewer = copy.deepcopy(answers)
    fewer["profile"]["people"][11]["seat"] = "advisory"
    (finding,) = findings("MT76", fewer)
    assert finding.says == "Business holds 2 of 8 voting seats: 25%. Your least share is 30%."
    assert outcome("MT76", ready({"profile": {"people": [person(1)]}})) == "waits"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"matches": True}, "worth_in_money"),
        ({"matches": True, "worth_in_money": "4800"}, "reckoned"),
        ({"matches": True, "worth_in_money": "4800", "reckoned": "price paid"}, ""),
        ({}, ""),
    ],
)
def test_what_counts_toward_a_match_says_its_worth(more: dict[str, Any], field: str) -> None:
    answers = {"value": {"exchanges": [{"id": "x-1", "gives": "Mentor hours", **more}]}}
    expected = [("value", "x-1", field)] if field else []
    assert places("VA77", ready(answers)) == expected
    assert outcome("VA77", answers) == "waits"
