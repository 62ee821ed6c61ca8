"""Rule 41."""

from __future__ import annotations

import pytest

from tests.rules.conftest import PROFILE, findings, outcome, person, places


def test_nobody_who_left_holds_a_duty():
    assert outcome("ME41", {"profile": PROFILE}) == "holds"
    assert outcome("ME41", {}) == "waits"


@pytest.mark.parametrize(
    ("worksheet", "row", "field", "answers"),
    [
        ("convener", "", "lead_person", {"lead_person": "s-3"}),
        ("convener", "", "stand_in", {"stand_in": "s-3"}),
        ("purpose", "prot-1", "decider", {"decisions": [{"id": "prot-1", "decider": "s-3"}]}),
        ("purpose", "rung-1", "who", {"disputes": [{"id": "rung-1", "who": ["s-1", "s-3"]}]}),
        ("communication", "com-1", "members", {"audiences": [{"id": "com-1", "members": ["s-1", "s-3"]}]}),
        ("communication", "com-1", "backup", {"audiences": [{"id": "com-1", "backup": "s-3"}]}),
        ("roles", "task-1", "person", {"tasks": [{"id": "task-1", "person": "s-3"}]}),
        ("metrics", "metric-1", "owner", {"metrics": [{"id": "metric-1", "owner": "s-3"}]}),
        ("metrics", "metric-1", "steward", {"metrics": [{"id": "metric-1", "steward": "s-3"}]}),
        ("plan", "act-1", "owner", {"actions": [{"id": "act-1", "owner": "s-3"}]}),
    ],
)
def test_each_duty_that_goes_on_is_found(worksheet, row, field, answers):
    assert places("ME41", {"profile": PROFILE, worksheet: answers}) == [(worksheet, row, field)]


def test_history_is_no_duty():
    history = {
        "value": {"exchanges": [{"id": "x-1", "gets": "Applicants", "confirmed_by": "s-3"}]},
        "recruitment": {"invitations": [{"id": "ask-1", "person": "s-3", "asked_by": "s-3"}]},
        "plan": {"actions": [{"id": "act-1", "owner": "s-3", "done": True}]},
    }
    assert outcome("ME41", {"profile": PROFILE, **history}) == "holds"


def test_whoever_takes_over_is_named():
    people = [person(1), person(3, 2, "left", taken_over_by="s-1")]
    answers = {"profile": {**PROFILE, "people": people}, "convener": {"lead_person": "s-3"}}
    (finding,) = findings("ME41", answers)
    assert "Put Person 1 there" in finding.advice


def test_each_who_left_is_one_finding_of_a_worksheet_however_much_they_held():
    people = [person(1, status="left"), person(2, status="left")]
    answers = {
        "profile": {**PROFILE, "people": people},
        "communication": {
            "audiences": [{"id": "com-1", "audience": "Hosts", "members": ["s-1", "s-2"], "owner": "s-1"}]
        },
        "metrics": {"metrics": [{"id": "metric-1", "owner": "s-2", "steward": "s-2"}]},
    }
    first, *more = findings("ME41", answers)
    assert "“Who sends it” of “Hosts” and “Who hears this” of “Hosts”" in first.says
    assert [finding.worksheet for finding in more] == ["communication", "metrics"]
