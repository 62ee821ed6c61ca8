"""Rules 18 to 22."""

from __future__ import annotations

from tests.rules.conftest import PROFILE, findings, organization, outcome, person, places, ready

ONE = {"organizations": [organization(1)], "people": [person(1)]}


def exchange(*rows, **more):
    numbered = [{"id": f"x-{n}", "organization": "org-1", **row} for n, row in enumerate(rows, start=1)]
    return {"profile": ONE, "value": {"exchanges": numbered}, **more}


def test_each_partner_gives_and_gets_over_all_its_rows():
    both = exchange({"gives": "Mentors"}, {"gets": "Applicants"})
    assert outcome("VA18", ready(both)) == "holds"
    assert outcome("VA18", both) == "waits"
    giver = exchange({"gives": "Mentors", "how_much": "40 hours"})
    (finding,) = findings("VA18", ready(giver))
    assert (finding.row, finding.field) == ("x-1", "gets")
    assert "gives Mentors (40 hours) and gets nothing" in finding.says
    assert places("VA18", ready({"profile": ONE})) == [("value", "", "exchanges")]


def test_a_partner_that_is_not_in_is_not_judged():
    assert outcome("VA18", ready({"profile": {**ONE, "people": [person(1, status="asked")]}})) == "waits"


def test_each_get_is_confirmed_by_its_partner():
    row = {"gets": "Applicants", "confirmed_by": "s-1", "confirmed_on": "2026-09-16"}
    assert outcome("VA19", ready(exchange(row))) == "holds"
    assert outcome("VA19", exchange(row)) == "waits"
    assert places("VA19", ready(exchange({**row, "confirmed_by": None}))) == [("value", "x-1", "confirmed_by")]
    assert places("VA19", ready(exchange({**row, "confirmed_on": None}))) == [("value", "x-1", "confirmed_on")]
    assert outcome("VA19", ready(exchange({"gives": "Mentors"}))) == "waits"  # judges only what was given
    others = {**exchange({**row, "confirmed_by": "s-2"}), "profile": PROFILE}
    (finding,) = findings("VA19", ready(others))
    assert "Person 2 of Organization 2" in finding.says


def test_each_give_is_somebodys_duty():
    roles = {"tasks": [{"id": "task-1", "task": "Mentor", "gives": ["x-1"]}], "matrix": {"task-1": {"org-1": "S"}}}
    pledge = exchange({"gives": "Mentors"}, roles=roles)
    assert outcome("VA20", ready(pledge)) == "holds"
    assert outcome("VA20", pledge) == "waits"
    only_asked = {**roles, "matrix": {"task-1": {"org-1": "C"}}}
    (finding,) = findings("VA20", ready({**pledge, "roles": only_asked}))
    assert "neither does nor helps with “Mentor”" in finding.says
    assert outcome("VA20", ready(exchange({"gives": "Mentors"}))) == "findings"


def test_each_get_is_looked_at_again():
    by_day = exchange({"gets": "Applicants", "review": "2027-06-15"})
    assert outcome("VA21", ready(by_day)) == "holds"
    assert outcome("VA21", by_day) == "waits"
    assert places("VA21", ready(exchange({"gets": "Applicants"}))) == [("value", "x-1", "review")]
    measured = exchange({"gets": "Applicants", "metric": "metric-1"}, metrics={"metrics": [{"id": "metric-1"}]})
    assert outcome("VA21", ready(measured)) == "holds"


def test_low_worth_has_an_action_and_only_the_facilitator_reads_it():
    assert outcome("VA22", exchange({"worth": 3}, {"worth": 2, "action": "Marcus calls Hank"})) == "holds"
    (finding,) = findings("VA22", exchange({"gives": "Mentors", "worth": 2}))
    assert (finding.row, finding.field, finding.private) == ("x-1", "action", True)
    assert outcome("VA22", exchange({"gives": "Mentors"})) == "waits"
