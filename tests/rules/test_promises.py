"""Rules 7 to 11."""

from __future__ import annotations

from tests.rules.conftest import PROFILE, findings, organization, outcome, person, places, ready

PURPOSE = {"clauses": [{"id": "clause-1", "promise": "Any learner gets it."}]}


def decision(**more):
    return {"profile": PROFILE, "purpose": {"decisions": [{"id": "prot-1", "decision": "Add a partner", **more}]}}


def test_each_promise_has_a_need():
    answers = {
        "purpose": PURPOSE,
        "recruitment": {"needs": [{"id": "need-1", "support": "Mentors", "promise": "clause-1"}]},
    }
    assert outcome("PU07", ready(answers)) == "holds"
    assert outcome("PU07", answers) == "waits"
    assert places("PU07", ready({"purpose": PURPOSE})) == [("purpose", "clause-1", "promise")]


def test_each_promise_has_an_outcome():
    def measured(kind):
        metric = {"id": "metric-1", "name": "Hosts", "promise": "clause-1", "kind": kind}
        return {"purpose": PURPOSE, "metrics": {"metrics": [metric]}}

    assert outcome("PU08", ready(measured("outcome"))) == "holds"
    assert outcome("PU08", measured("outcome")) == "waits"
    (finding,) = findings("PU08", ready(measured("process")))
    assert "has one measure, which is not marked as an outcome" in finding.says


def test_each_decision_has_a_decider():
    assert outcome("PU09", decision(decider="s-1")) == "holds"
    assert outcome("PU09", decision(decider="voting partners")) == "holds"
    assert outcome("PU09", decision()) == "waits"
    assert outcome("PU09", decision(decider="s-3")) == "holds", "that they left is said once, by ME41"
    assert places("PU09", decision(decider="s-9")) == [("purpose", "prot-1", "decider")]
    assert outcome("PU09", ready(decision())) == "findings"


def test_a_decider_who_was_removed_is_found():
    (finding,) = findings("PU09", decision(decider="s-99"))
    assert "no longer on the list" in finding.says


def test_each_quorum_can_be_met():
    assert outcome("PU10", decision(quorum=2)) == "holds"
    assert outcome("PU10", decision()) == "waits"
    (finding,) = findings("PU10", decision(quorum=3))
    assert (finding.row, finding.field) == ("prot-1", "quorum")
    assert "3 partners with a vote must be there; only 2 with a vote have said yes" in finding.says


def test_a_vote_is_the_organizations_however_many_people_it_sends():
    crowd = {
        "organizations": [organization(1, votes=True), organization(2, votes=False)],
        "people": [person(1, 1, votes=True), person(2, 1, votes=True), person(3, 2, votes=True)],
    }
    assert outcome("PU10", {**decision(quorum=2), "profile": crowd}) == "findings"


def test_a_quorum_that_others_may_still_fill_waits():
    profile = {**PROFILE, "organizations": [*PROFILE["organizations"], organization(3)]}
    half = {**decision(quorum=3), "profile": profile}
    assert outcome("PU10", half) == "waits"
    assert outcome("PU10", ready(half)) == "findings"


def test_the_agreement_lasts_as_long_as_the_purpose():
    def lasts(by, **roles):
        return outcome("PU11", {"purpose": {"by": by}, "roles": roles})

    assert lasts("2028-06-30", ends="2028-06-30") == "holds"
    assert lasts("2028-07-01", ends="2028-06-30") == "findings"
    assert lasts("2028-07-01", ends="2028-06-30", renewal="Review in June") == "holds"
    assert lasts("2028-07-01") == "waits"
