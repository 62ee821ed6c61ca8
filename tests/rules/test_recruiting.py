"""Rules 12 to 17."""

from __future__ import annotations

from typing import get_args

import pytest

from ctekit.worksheets.national_lists import ConsultationGroup
from tests.rules.conftest import PROFILE, findings, organization, outcome, person, places, ready

NEED = {"id": "need-1", "support": "Hosts", "priority": "must", "at_least": 2}


def asking(*people, **more):
    invitations = [{"id": f"ask-{n}", "person": who, "needs": ["need-1"]} for n, who in enumerate(people, start=1)]
    return {"profile": PROFILE, "recruitment": {"needs": [NEED], "invitations": invitations, **more}}


def test_each_must_have_is_covered():
    assert outcome("RE12", ready(asking("s-1", "s-2"))) == "holds"
    assert outcome("RE12", asking("s-1", "s-2")) == "waits"
    (finding,) = findings("RE12", ready(asking("s-1", "s-3")))
    assert (finding.row, "takes 2 people; 1 said yes (Person 1)" in finding.says) == ("need-1", True)
    assert "Person 3" in finding.advice


def test_one_is_enough_when_no_number_is_given():
    answers = asking("s-1")
    answers["recruitment"]["needs"] = [{**NEED, "at_least": None}]
    assert outcome("RE12", ready(answers)) == "holds"


def test_each_person_meets_a_need():
    assert outcome("RE13", ready(asking("s-1", "s-2"))) == "holds"
    assert outcome("RE13", asking("s-1")) == "waits"
    assert places("RE13", ready(asking("s-1"))) == [("recruitment", "", "invitations")]


def test_a_need_that_was_removed_meets_nothing():
    answers = asking("s-1", "s-2")
    answers["recruitment"]["needs"] = []
    assert [row for _, row, _ in places("RE13", ready(answers))] == ["ask-1", "ask-2"]


def test_each_duty_is_with_those_recruited_for_it():
    roles = {"tasks": [{"id": "task-1", "task": "Host", "need": "need-1"}], "matrix": {"task-1": {"org-2": "AR"}}}
    assert outcome("RE14", ready({**asking("s-2"), "roles": roles})) == "holds"
    assert outcome("RE14", {**asking("s-2"), "roles": roles}) == "waits"
    (finding,) = findings("RE14", ready({**asking("s-1", "s-3"), "roles": roles}))
    assert (finding.worksheet, finding.row, "Organization 2" in finding.says) == ("roles", "task-1", True)


def sectors(*names):
    return {
        "profile": {
            "organizations": [organization(n, sector=name) for n, name in enumerate(names, start=1)],
            "people": [person(n, n) for n in range(1, len(names) + 1)],
        }
    }


def test_school_college_and_business_are_in():
    three = sectors("K-12", "postsecondary", "business & industry")
    assert outcome("RE15", ready(three)) == "holds"
    assert outcome("RE15", three) == "waits"
    (finding,) = findings("RE15", ready(sectors("K-12", "postsecondary")))
    assert "business & industry" in finding.says


def consulted(**instead):
    """Two firms and everybody else speaks for every group; `instead` replaces the row of a group."""
    people = [
        person(1, 1, groups=list(get_args(ConsultationGroup))),
        person(2, 2, groups=["business & industry"]),
    ]
    return {"profile": {**PROFILE, "people": people}, **instead}


def test_each_group_is_consulted_or_does_not_apply():
    assert outcome("RE16", ready(consulted())) == "holds"
    assert outcome("RE16", consulted()) == "waits"
    empty = {"profile": {**PROFILE, "people": [person(1)]}}
    assert len(findings("RE16", ready(empty))) == len(get_args(ConsultationGroup))


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ({"does_not_apply": True, "because": "No Tribe in the region"}, 0),
        ({"does_not_apply": True}, 1),
        ({"who": ["s-2"]}, 0),
        ({"who": ["s-3"]}, 1),
    ],
)
def test_a_group_may_be_set_aside_with_a_reason(row, number):
    answers = consulted()
    answers["profile"]["people"][0]["groups"].remove("Tribes and Tribal organizations")
    group = {"id": "group-1", "group": "Tribes and Tribal organizations", **row}
    assert len(findings("RE16", ready({**answers, "recruitment": {"groups": [group]}}))) == number


def test_one_firm_is_not_a_range_of_businesses():
    answers = consulted()
    answers["profile"]["people"].pop()
    (finding,) = findings("RE16", ready(answers))
    assert "second firm" in finding.advice


def test_business_has_its_share():
    one_in_three = sectors("K-12", "postsecondary", "business & industry")
    assert outcome("RE17", ready(one_in_three)) == "holds"
    assert outcome("RE17", one_in_three) == "waits"
    one_in_four = sectors("K-12", "postsecondary", "business & industry", "community")
    (finding,) = findings("RE17", ready(one_in_four))
    assert "1 of the 4 people" in finding.says
    assert "25%" in finding.says
    lower = {"profile": {**one_in_four["profile"], "business_floor": 25}}
    assert outcome("RE17", ready(lower)) == "holds"
