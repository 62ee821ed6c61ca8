"""Rules 33, 35 to 37, 40 and 42."""

from __future__ import annotations

import pytest

from tests.rules.conftest import PROFILE, findings, outcome, places, ready

FIRST = {"id": "obs-1", "metric": "metric-1", "as_of": "2025-06-30", "group": "all", "counted": 42, "out_of": 383}


def measure(*observations, **more):
    metric = {"id": "metric-1", "name": "Hosts", **more}
    return {"profile": PROFILE, "metrics": {"metrics": [metric], "observations": list(observations)}}


def test_each_measure_has_people_who_said_yes():
    assert outcome("ME33", measure(owner="s-1", steward="s-2")) == "holds"
    assert outcome("ME33", measure()) == "waits"
    assert outcome("ME33", measure(owner="s-3", steward="s-3")) == "holds", "that they left is said once, by ME41"
    gone = measure(owner="s-9", steward="s-9")
    assert places("ME33", gone) == [("metrics", "metric-1", "owner"), ("metrics", "metric-1", "steward")]
    assert len(findings("ME33", ready(measure()))) == 2
    assert len(findings("ME33", measure(name=None, owner="s-9"))) == 1


def test_a_missing_holder_is_another_question_than_nobody_who_acts() -> None:
    asked = {finding.field: (finding.asks, finding.action) for finding in findings("ME33", ready(measure()))}
    assert asked["owner"] == ("Who acts when this figure falls?", "Find one person to answer for “Hosts”")
    assert asked["steward"][0] == "Who can open the file with these figures?"
    assert asked["steward"][1] == "Find out who holds the figures of “Hosts”"


def test_a_does_not_apply_with_a_reason_is_an_answer():
    mark = {"steward": {"kind": "does not apply", "because": "The state holds them"}}
    assert outcome("ME33", ready(measure(owner="s-1"))) == "findings"
    assert outcome("ME33", ready(measure(owner="s-1", marks=mark))) == "holds"


def test_each_measure_has_a_start_and_a_target():
    full = measure(FIRST, target="25", target_date="2028-06-30")
    assert outcome("ME35", ready(full)) == "holds"
    assert outcome("ME35", full) == "waits"
    (bare,) = findings("ME35", ready(measure()))
    assert bare.says == "“Hosts” has no dated first count of everybody and no target and no target date."
    assert places("ME35", ready(measure(FIRST, target="25"))) == [("metrics", "metric-1", "target_date")]
    late = measure(FIRST, target="25", target_date="2025-06-30")
    assert places("ME35", ready(late)) == [("metrics", "metric-1", "target_date")]


@pytest.mark.parametrize(
    ("target", "direction", "expected"),
    [("25", "up", "holds"), ("9.5", "up", "findings"), ("9.5", "down", "holds"), ("25", "down", "findings")],
)
def test_each_target_lies_in_the_wanted_direction(target, direction, expected):
    assert outcome("ME36", measure(FIRST, target=target, direction=direction)) == expected


def test_a_target_without_a_start_waits():
    assert outcome("ME36", measure(target="25", direction="up")) == "waits"


def test_a_target_in_dollars_is_compared_with_dollars():
    dollars = {**FIRST, "counted": 62000, "out_of": 96000}
    assert outcome("ME36", measure(dollars, target="96000", direction="up", unit="dollars")) == "holds"
    assert outcome("ME36", measure(dollars, target="50000", direction="up", unit="dollars")) == "findings"


def test_early_signs_and_late_results_are_both_measured():
    def two(first, second):
        rows = [{"id": "metric-1", "name": "Places", **first}, {"id": "metric-2", "name": "Placed", **second}]
        return {"metrics": {"metrics": rows}}

    early, late = {"kind": "process", "timing": "leading"}, {"kind": "outcome", "timing": "lagging"}
    assert outcome("ME37", ready(two(early, late))) == "holds"
    assert outcome("ME37", ready(two({"kind": "process"}, {"timing": "lagging"}))) == "holds"
    assert outcome("ME37", two(late, late)) == "waits"
    (finding,) = findings("ME37", ready(two(late, late)))
    assert "early sign" in finding.says


@pytest.mark.parametrize(
    ("code", "version", "level", "expected"),
    [
        ("5S3", "Perkins V", "secondary", "holds"),
        ("5s3 ", "Perkins V", None, "holds"),
        ("6S1", "Perkins V", "secondary", "findings"),
        ("6S1", "Perkins IV", "secondary", "holds"),
        ("2P1", "Perkins V", "secondary", "findings"),
        ("Q2", "another law", None, "holds"),
        ("5S3", None, "secondary", "waits"),
        (None, None, None, "waits"),
    ],
)
def test_each_federal_code_belongs_to_its_law(code, version, level, expected):
    assert outcome("ME40", measure(federal_code=code, code_version=version, level=level)) == expected


def test_each_measure_feeds_a_decision():
    protocols = {"purpose": {"decisions": [{"id": "prot-1", "decision": "Change a course"}]}}
    full = {**measure(decision="Move places", feeds="prot-1"), **protocols}
    assert outcome("ME42", ready(full)) == "holds"
    assert outcome("ME42", full) == "waits"
    assert [field for _, _, field in places("ME42", ready(measure()))] == ["decision"], "one thing at a time"
    (unsaid,) = findings("ME42", ready(measure(decision="Move places")))
    assert (unsaid.field, unsaid.asks) == ("feeds", "Which of our decisions would these figures change?")
    assert outcome("ME42", ready({**measure(decision="Move places", feeds="prot-9"), **protocols})) == "findings"
