"""Rules 23 to 26, 29 and 39."""

from __future__ import annotations

from tests.rules.conftest import PROFILE, findings, organization, outcome, person, places, ready


def audience(*members, **more):
    row = {"id": "com-1", "audience": "Partners", "members": list(members), **more}
    return {"profile": PROFILE, "communication": {"audiences": [row]}}


def test_each_person_is_in_an_audience():
    assert outcome("CM23", ready(audience("s-1", "s-2"))) == "holds"
    assert outcome("CM23", audience("s-1")) == "waits"
    (finding,) = findings("CM23", ready(audience("s-1")))
    assert "Person 2 of Organization 2" in finding.says


def test_key_people_are_met_every_month_and_only_the_facilitator_reads_it():
    key = {"invitations": [{"id": "ask-1", "person": "s-1", "influence": 4, "interest": 5}]}

    def met(**more):
        return ready({**audience("s-1", **more), "recruitment": key})

    assert outcome("CM24", met(two_way=True, how_often="every two weeks")) == "holds"
    assert outcome("CM24", met(two_way=True, how_often="quarterly")) == "findings"
    (finding,) = findings("CM24", met(two_way=False, how_often="monthly"))
    assert finding.private
    assert outcome("CM24", ready(audience("s-1"))) == "waits"


def test_little_interest_asks_for_no_monthly_talk():
    cool = {"invitations": [{"id": "ask-1", "person": "s-1", "influence": 5, "interest": 3}]}
    assert outcome("CM24", ready({**audience("s-2"), "recruitment": cool})) == "holds"


def test_each_sender_has_said_yes():
    assert outcome("CM25", audience(owner="s-1")) == "holds"
    assert outcome("CM25", audience(owner="s-3")) == "holds", "that they left is said once, by ME41"
    assert places("CM25", audience(owner="s-9")) == [("communication", "com-1", "owner")]
    assert outcome("CM25", audience()) == "waits"
    assert outcome("CM25", ready(audience())) == "findings"


def test_families_can_read_it():
    profile = {
        "organizations": [organization(1, sector="learners & families"), organization(2, sector="K-12")],
        "people": [person(1, 1), person(2, 2)],
    }

    def read(*members, **more):
        return {**audience(*members, **more), "profile": profile}

    assert outcome("CM26", ready(read("s-1", language="Spanish", format="Print 14 pt"))) == "holds"
    assert outcome("CM26", read("s-1")) == "waits"
    assert [field for _, _, field in places("CM26", ready(read("s-1", language="Spanish")))] == ["format"]
    assert outcome("CM26", ready(read("s-2"))) == "holds"


def test_whoever_is_asked_or_told_is_reached():
    def with_letter(letter, *members, **more):
        roles = {"tasks": [{"id": "task-1", "task": "Host"}], "matrix": {"task-1": {"org-1": letter}}}
        return {**audience(*members, **more), "roles": roles}

    assert outcome("CM29", ready(with_letter("I", "s-1"))) == "holds"
    assert outcome("CM29", with_letter("I", "s-1")) == "waits"
    assert outcome("CM29", ready(with_letter("I", "s-2"))) == "findings"
    assert outcome("CM29", ready(with_letter("C", "s-1", two_way=True))) == "holds"
    (finding,) = findings("CM29", ready(with_letter("C", "s-1")))
    assert "only where it cannot answer" in finding.says


def test_each_measure_is_shown_to_somebody():
    def shown(**more):
        return {**audience("s-1", **more), "metrics": {"metrics": [{"id": "metric-1", "name": "Hosts"}]}}

    assert outcome("CM39", ready(shown(metrics=["metric-1"], first_on="2026-10-13"))) == "holds"
    assert outcome("CM39", shown(metrics=["metric-1"])) == "waits"
    assert places("CM39", ready(shown())) == [("metrics", "metric-1", "name")]
    assert places("CM39", ready(shown(metrics=["metric-1"]))) == [("communication", "com-1", "first_on")]
