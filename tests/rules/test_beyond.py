"""Rules 43 to 69: each with a case where it holds, one where it speaks, and one where it waits."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.rules.conftest import PROFILE, findings, organization, outcome, person, places, ready

EMPTY: dict[str, Any] = {}


def with_rows(worksheet: str, table: str, *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {worksheet: {table: list(rows)}, **more}


# The lists


def test_nothing_points_to_a_removed_row():
    invited = {"id": "ask-1", "person": "s-1", "needs": ["need-1"]}
    answers = {"profile": PROFILE, "recruitment": {"needs": [{"id": "need-1", "support": "Hosts"}]}}
    answers["recruitment"]["invitations"] = [invited]
    assert outcome("PR43", answers) == "holds"
    assert outcome("PR43", EMPTY) == "waits"
    answers["recruitment"]["needs"] = []
    assert places("PR43", answers) == [("recruitment", "ask-1", "needs")]
    (finding,) = findings("PR43", answers)
    assert finding.says == "“For which need” of “Person 1” points to need-1 (removed)."


def test_an_answer_that_is_no_row_points_to_nothing():
    step = {"id": "step-1", "step": "Internship", "where": ["employers"]}
    assert outcome("PR43", with_rows("profile", "steps", step)) == "holds"


def test_what_another_rule_says_already_is_not_said_twice():
    metric = {"id": "metric-1", "name": "Placed", "owner": "s-9"}
    answers = {"profile": PROFILE, **with_rows("metrics", "metrics", metric)}
    assert outcome("ME33", answers) == "findings"
    assert outcome("PR43", answers) == "holds"


def test_who_scored_whom_stays_with_the_facilitator():
    score = {"id": "score-1", "candidate": "cand-9", "criterion": "crit-9", "scored_by": "org-9"}
    private = findings("PR43", with_rows("convener", "scores", score))
    assert len(private) == 3
    assert all(finding.private for finding in private)


def test_each_is_on_the_list_once():
    assert outcome("PR44", {"profile": PROFILE}) == "holds"
    assert outcome("PR44", EMPTY) == "waits"
    twice = {**PROFILE, "organizations": [organization(1), organization(2, name="organization  1")]}
    (finding,) = findings("PR44", {"profile": twice})
    assert (finding.row, finding.says) == ("org-2", "“Organization 1” is on the list 2 times.")
    namesakes = {**PROFILE, "people": [person(1, 1), person(2, 2, name="Person 1")]}
    assert outcome("PR44", {"profile": namesakes}) == "holds"
    assert outcome("PR44", {"profile": {**PROFILE, "people": [person(1), person(2, name="Person 1")]}}) == "findings"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ({"job": "mechanic"}, []),
        ({}, ["step-1", "step-2"]),
        ({"leads_to": ["step-1"]}, ["step-1", "step-2"]),
        ({"leads_to": ["step-9"]}, ["step-1", "step-2"]),
    ],
)
def test_a_job_can_be_reached_from_each_step(last: dict[str, Any], expected: list[str]):
    steps = [{"id": "step-1", "step": "Grade 9", "leads_to": ["step-2"]}, {"id": "step-2", "step": "College", **last}]
    answers = with_rows("profile", "steps", *steps)
    assert outcome("PR45", answers) == "waits"
    assert [row for _, row, _ in places("PR45", ready(answers))] == expected


# The lead and the money


def test_the_weights_make_a_hundred():
    def weigh(*weights: object) -> dict[str, Any]:
        rows = [{"id": f"crit-{n}", "criterion": f"C{n}", "weight": weight} for n, weight in enumerate(weights)]
        return with_rows("convener", "criteria", *rows)

    assert outcome("CO46", weigh("60", "40")) == "holds"
    assert outcome("CO46", weigh("33.5", "66.5")) == "holds"
    assert outcome("CO46", weigh("60", None)) == "waits"
    assert outcome("CO46", weigh("60", "41", None)) == "findings", "no third weight makes it right again"
    (finding,) = findings("CO46", weigh("60", "30"))
    assert "make 90 together" in finding.says


def test_each_candidate_is_scored_by_others():
    convener = {
        "criteria": [{"id": "crit-1", "criterion": "Trusted"}],
        "candidates": [{"id": "cand-1", "organization": "org-1"}],
        "scores": [{"id": "score-1", "candidate": "cand-1", "criterion": "crit-1", "scored_by": "org-2", "score": 4}],
    }
    answers = {"profile": PROFILE, "convener": convener}
    assert outcome("CO47", ready(answers)) == "holds"
    assert outcome("CO47", answers) == "waits"
    convener["scores"][0]["scored_by"] = "org-1"
    (finding,) = findings("CO47", ready(answers))
    assert (finding.row, "“Trusted”" in finding.says) == ("cand-1", True)
    assert outcome("CO47", ready({"convener": {**convener, "scores": []}})) == "waits"


def test_somebody_sees_to_the_money_before_it_ends():
    answers: dict[str, Any] = {
        "purpose": {"by": "2028-06-30"},
        "convener": {"funding": [{"id": "fund-1", "source": "Firms", "until": "2027-06-30"}]},
    }
    assert outcome("CO48", answers) == "waits"
    answers = ready(answers)
    assert places("CO48", answers) == [("convener", "fund-1", "until")]
    renewed = {"tasks": [{"id": "task-1", "task": "Raise it", "phase": "renew"}], "matrix": {"task-1": {"org-1": "A"}}}
    assert outcome("CO48", ready({**answers, "roles": renewed})) == "holds"
    done = ready({**answers, "roles": {**renewed, "matrix": {"task-1": {"org-1": "R"}}}})
    assert outcome("CO48", done) == "findings"
    acting = {"actions": [{"id": "act-1", "action": "Ask", "element": "convener", "owner": "s-1"}]}
    assert outcome("CO48", ready({**answers, "plan": acting})) == "holds"
    assert outcome("CO48", ready({**answers, "purpose": {"by": "2027-06-30"}})) == "holds"
    assert outcome("CO48", ready({**answers, "purpose": {}})) == "waits"


# The purpose


def test_each_step_of_the_ladder_comes_later():
    def ladder(*days: int | None) -> dict[str, Any]:
        rungs = [{"id": f"rung-{n}", "step": f"Step {n}", "within_days": day} for n, day in enumerate(days, start=1)]
        return with_rows("purpose", "disputes", *rungs)

    assert outcome("PU49", ladder(7, None, 14)) == "holds"
    assert outcome("PU49", ladder(7)) == "waits"
    assert places("PU49", ladder(7, 21, 21, 14)) == [
        ("purpose", "rung-3", "within_days"),
        ("purpose", "rung-4", "within_days"),
    ]


def test_the_figures_of_the_purpose_are_counted():
    answers: dict[str, Any] = {
        "purpose": {"start": "11.0%", "target": "25%"},
        "metrics": {
            "metrics": [{"id": "metric-1", "name": "Placed", "unit": "percent", "target": "25.0"}],
            "observations": [
                {
                    "id": "obs-1",
                    "metric": "metric-1",
                    "as_of": "2025-06-30",
                    "group": "all",
                    "counted": 42,
                    "out_of": 383,
                }
            ],
        },
    }
    assert outcome("PU50", ready(answers)) == "holds"
    assert outcome("PU50", answers) == "waits"
    assert places("PU50", ready({**answers, "purpose": {"start": "12%", "target": "25%"}})) == [
        ("purpose", "", "start")
    ]
    unsaid = {**answers, "purpose": {"start": "about a tenth", "target": "a quarter"}}
    assert outcome("PU50", ready(unsaid)) == "waits"


# From need to duty


def test_each_need_has_a_duty():
    need = {"id": "need-1", "support": "Hosts", "priority": "must"}
    answers = with_rows("recruitment", "needs", need, {"id": "need-2", "support": "A voice", "priority": "should"})
    task = {"id": "task-1", "task": "Host", "need": "need-1"}
    assert outcome("RE51", ready({**answers, **with_rows("roles", "tasks", task)})) == "holds"
    assert outcome("RE51", answers) == "waits"
    assert places("RE51", ready(answers)) == [("recruitment", "need-1", "support")]


@pytest.mark.parametrize(("asked_by", "expected"), [("s-2", 0), (None, 1), ("s-1", 1)])
def test_somebody_asks_each_person(asked_by: str | None, expected: int):
    invitation = {"id": "ask-1", "person": "s-1", "asked_by": asked_by}
    people = [person(1, status="asked"), person(2, 2)]
    answers = {"profile": {**PROFILE, "people": people}, **with_rows("recruitment", "invitations", invitation)}
    assert len(findings("RE52", ready(answers))) == expected
    assert outcome("RE52", answers) == "waits"


def test_whoever_has_said_yes_needs_nobody_to_ask():
    rows = [{"id": f"ask-{n}", "person": f"s-{n}"} for n in (1, 2, 4, 5)]
    people = [person(1), person(2, status=None, here_today=True), person(4, status="declined"), person(5, status=None)]
    answers = {"profile": {**PROFILE, "people": people}, **with_rows("recruitment", "invitations", *rows)}
    (finding,) = findings("RE52", ready(answers))
    assert finding.says == "Nobody else is named to ask Person 5."


def test_each_pledge_comes_in_time():
    pledge = {"id": "x-1", "organization": "org-1", "gives": "Mentors", "by": "2027-01-15"}
    task = {"id": "task-1", "task": "Mentor", "gives": ["x-1"], "by": "2027-01-15"}
    answers = {"value": {"exchanges": [pledge]}, "roles": {"tasks": [task]}}
    assert outcome("VA53", answers) == "holds"
    assert outcome("VA53", {"value": answers["value"]}) == "waits"
    early = {"tasks": [{**task, "by": "2026-12-01"}]}
    (finding,) = findings("VA53", {**answers, "roles": early})
    assert (finding.row, "but “Mentor” needs it and is due on December 1, 2026" in finding.says) == ("x-1", True)
    assert outcome("VA53", {**answers, "roles": {"ends": "2026-12-31"}}) == "findings"


# Hearing


def test_nobody_sends_to_more_than_five():
    def sends(number: int) -> dict[str, Any]:
        rows = [{"id": f"com-{n}", "audience": f"A{n}", "owner": "s-1"} for n in range(1, number + 1)]
        return {"profile": PROFILE, **with_rows("communication", "audiences", *rows)}

    assert outcome("CM54", sends(5)) == "holds"
    assert outcome("CM54", sends(0)) == "waits"
    (finding,) = findings("CM54", sends(6))
    assert "Person 1 sends to 6 audiences" in finding.says


@pytest.mark.parametrize(
    ("allowed", "often", "expected"),
    [
        (None, ["quarterly"], "holds"),
        (None, ["twice a year"], "findings"),
        (None, ["when needed"], "findings"),
        (None, ["twice a year", "monthly"], "holds"),
        (14, ["monthly"], "findings"),
        (None, [None], "waits"),
        (None, [], "waits"),
    ],
)
def test_nobody_waits_longer_than_allowed(allowed: int | None, often: list[str | None], expected: str):
    rows = [
        {"id": f"com-{n}", "members": ["s-1", "s-2"], "how_often": how_often}
        for n, how_often in enumerate(often, start=1)
    ]
    answers = {"profile": PROFILE, "communication": {"longest_silence": allowed, "audiences": rows}}
    assert outcome("CM55", ready(answers)) == expected
    assert outcome("CM55", answers) == "waits"


def test_those_who_wait_together_are_one_finding():
    rows = [{"id": "com-1", "members": ["s-1", "s-2"], "how_often": "yearly"}]
    answers = {"profile": PROFILE, "communication": {"longest_silence": 1, "audiences": rows}}
    (finding,) = findings("CM55", ready(answers))
    assert "Person 1 and Person 2 hear at most “yearly”" in finding.says
    assert finding.says.endswith("the longest silence we allow is 1 day.")


# The grid


def grid(**letters: str) -> dict[str, Any]:
    task = {"id": "task-1", "task": "Host", "need": "need-1", "person": "s-1"}
    cells = {org.replace("_", "-"): letter for org, letter in letters.items()}
    return {"profile": PROFILE, "roles": {"tasks": [task], "matrix": {"task-1": cells}}}


def test_the_person_belongs_to_whoever_answers():
    assert outcome("RO56", grid(org_1="AR")) == "holds"
    assert outcome("RO56", grid(org_1="R")) == "waits"
    (finding,) = findings("RO56", grid(org_2="A"))
    assert finding.says == "Person 1 of Organization 1 answers for “Host”, but that is the duty of Organization 2."


def test_each_partner_stands_in_the_grid():
    assert outcome("RO57", ready(grid(org_1="AR", org_2="I"))) == "holds"
    assert outcome("RO57", grid(org_1="AR")) == "waits"
    (finding,) = findings("RO57", ready(grid(org_1="AR")))
    assert "Organization 2" in finding.says


def test_no_promise_hangs_on_one_partner():
    def promised(**letters: str) -> dict[str, Any]:
        needs = {"needs": [{"id": "need-1", "support": "Hosts", "promise": "clause-1"}]}
        clauses = {"clauses": [{"id": "clause-1", "promise": "Places for all."}]}
        return {**grid(**letters), "recruitment": needs, "purpose": clauses}

    assert outcome("RO58", ready(promised(org_1="A", org_2="R"))) == "holds"
    assert outcome("RO58", promised(org_1="A")) == "waits"
    assert outcome("RO58", ready(promised(org_1="C"))) == "waits"
    assert places("RO58", ready(promised(org_1="AR", org_2="S"))) == [("purpose", "clause-1", "promise")]


# Agreements


def test_parties_and_signers_are_the_same():
    signs = {"id": "sign-1", "organization": "org-1", "signer": "Fay"}
    answers: dict[str, Any] = {"profile": PROFILE, "roles": {"parties": ["org-1"], "signatories": [signs]}}
    assert outcome("RO59", answers) == "holds"
    assert outcome("RO59", {"profile": PROFILE, "roles": {"parties": ["org-1"]}}) == "waits"
    stranger = {**answers, "roles": {"parties": ["org-2"], "signatories": [signs]}}
    assert places("RO59", stranger) == [("roles", "sign-1", "organization")]
    assert places("RO59", ready(stranger)) == [("roles", "sign-1", "organization"), ("roles", "", "signatories")]
    both = {**answers, "roles": {**answers["roles"], "advisory": ["org-1"]}}
    assert places("RO59", both) == [("roles", "", "advisory")]


@pytest.mark.parametrize(
    ("roles", "signs", "expected"),
    [
        ({"starts": "2026-11-01", "ends": "2028-10-31"}, {"board_date": "2026-11-01"}, []),
        ({"starts": "2026-11-01", "ends": "2026-11-01"}, {}, ["ends"]),
        ({"starts": "2026-11-01"}, {"board_date": "2026-11-02"}, ["board_date"]),
        ({}, {"board_date": "2026-10-14", "signed_on": "2026-10-13"}, ["signed_on"]),
    ],
)
def test_the_dates_of_the_agreement_follow_one_another(roles, signs, expected):
    answers = {"roles": {**roles, "signatories": [{"id": "sign-1", "organization": "org-1", **signs}]}}
    assert [field for _, _, field in places("RO60", answers)] == expected


def test_one_date_alone_cannot_be_out_of_order():
    assert outcome("RO60", {"roles": {"starts": "2026-11-01"}}) == "waits"
    assert outcome("RO60", {"roles": {"starts": "2026-11-01", "ends": "2027-10-31"}}) == "holds"


def covered(**agreement: Any) -> dict[str, Any]:
    terms = {"parties": ["org-1", "org-2"], "expires": "2028-12-31", "destroy_by": "2029-06-30", **agreement}
    metric = {"id": "metric-1", "name": "Placed", "about": "student", "agreement": "da-1", "steward": "s-1"}
    return {
        "profile": PROFILE,
        "roles": {"data_agreements": [{"id": "da-1", "purpose": "Yearly results", **terms}]},
        "metrics": {"metrics": [{**metric, "target_date": "2028-06-30"}]},
    }


@pytest.mark.parametrize(
    ("agreement", "place"),
    [
        ({"parties": ["org-2"]}, ("metrics", "metric-1", "steward")),
        ({"expires": "2028-06-29"}, ("metrics", "metric-1", "agreement")),
        ({"destroy_by": "2028-12-30"}, ("roles", "da-1", "destroy_by")),
    ],
)
def test_each_data_agreement_covers_its_measures(agreement, place):
    assert outcome("ME61", covered()) == "holds"
    assert places("ME61", covered(**agreement)) == [place]
    assert outcome("ME61", {"metrics": {"metrics": [{"id": "metric-1", "about": "student"}]}}) == "waits"


def test_an_agreement_between_nobody_is_said_once_ready():
    assert outcome("ME61", covered(parties=None)) == "holds"
    assert places("ME61", ready(covered(parties=None))) == [("roles", "da-1", "parties")]


# Counts

STAGES = (
    "convene",
    "recruit partners",
    "attract learners",
    "prepare",
    "experience",
    "credential",
    "transition",
    "employ",
)


def test_each_stage_of_the_way_has_a_measure():
    rows = [{"id": f"metric-{n}", "name": f"M{n}", "stage": stage} for n, stage in enumerate(STAGES, start=1)]
    assert outcome("ME62", ready(with_rows("metrics", "metrics", *rows))) == "holds"
    assert outcome("ME62", with_rows("metrics", "metrics", *rows[1:])) == "waits"
    assert outcome("ME62", ready(with_rows("metrics", "metrics", {"id": "metric-1", "name": "M"}))) == "waits"
    (finding,) = findings("ME62", ready(with_rows("metrics", "metrics", *rows[1:-1])))
    assert "stage “employ”" in finding.says


def count(number: int, counted: int | None, out_of: int | None, group: str = "all", **more: Any) -> dict[str, Any]:
    return {
        "id": f"obs-{number}",
        "metric": "metric-1",
        "as_of": "2025-06-30",
        "group": group,
        "breakdown": None if group == "all" else "county",
        "counted": counted,
        "out_of": out_of,
        **more,
    }


def test_no_count_is_larger_than_its_whole():
    def counts(*rows: dict[str, Any]) -> dict[str, Any]:
        return with_rows("metrics", "observations", *rows)

    assert outcome("ME63", counts(count(1, 40, 40), count(2, 10, 12, "North"))) == "holds"
    assert outcome("ME63", counts(count(1, 40, None))) == "waits"
    assert places("ME63", counts(count(1, 41, 40))) == [("metrics", "obs-1", "counted")]
    assert places("ME63", counts(count(1, 20, 40), count(2, 10, 41, "North"))) == [("metrics", "obs-2", "out_of")]
    (finding,) = findings("ME63", counts(count(1, 20, 40), count(2, 21, 22, "North")))
    assert "21" not in finding.says + finding.advice, "it stands where everybody reads"


def test_each_count_stands_once():
    def counts(*rows: dict[str, Any]) -> dict[str, Any]:
        return with_rows("metrics", "observations", *rows)

    assert outcome("ME64", counts(count(1, 1, 40), count(2, 1, 40, as_of="2026-06-30"), count(3, 1, 9, "N"))) == "holds"
    assert outcome("ME64", counts(count(1, 1, 40, as_of=None))) == "waits"
    (finding,) = findings("ME64", counts(count(1, 1, 40), count(2, 2, 40, "All", breakdown=None)))
    assert (finding.row, "different figures" in finding.says) == ("obs-2", True)


@pytest.mark.parametrize(
    ("code", "version", "stage", "expected"),
    [
        ("5S3", "Perkins V", "experience", "holds"),
        ("5s3", "Perkins V", "credential", "findings"),
        ("5S4", "Perkins V", "credential", "waits"),
        ("5S1", "Perkins IV", "experience", "waits"),
        ("5S1", "Perkins V", None, "waits"),
    ],
)
def test_each_federal_code_stands_at_its_stage(code, version, stage, expected):
    metric = {"id": "metric-1", "name": "M", "federal_code": code, "code_version": version, "stage": stage}
    assert outcome("ME65", with_rows("metrics", "metrics", metric)) == expected


# The plan


def planned(**action: Any) -> dict[str, Any]:
    row = {"id": "act-1", "action": "Call the firms", "owner": "s-1", "by": "2026-11-18", **action}
    return {"profile": {**PROFILE, "as_of": "2026-10-01"}, **with_rows("plan", "actions", row)}


def test_each_action_has_a_name_and_a_day():
    assert outcome("PL66", ready(planned())) == "holds"
    assert outcome("PL66", planned()) == "waits"
    assert places("PL66", ready(planned(owner=None, by=None))) == [("plan", "act-1", "owner"), ("plan", "act-1", "by")]
    assert outcome("PL66", ready(planned(done=True))) == "waits"
    assert outcome("PL66", ready(planned(owner="s-9"))) == "findings"
    assert outcome("ME41", ready(planned(owner="s-3"))) == "findings"
    assert outcome("PL66", ready(planned(owner="s-3"))) == "holds", "that one left is rule 41's"


def test_nothing_is_overdue():
    assert outcome("PL67", planned()) == "holds"
    late = planned(by="2026-09-30")
    assert places("PL67", late) == [("plan", "act-1", "by")]
    assert outcome("PL67", planned(by="2026-09-30", done=True)) == "holds"
    late["profile"] = PROFILE
    assert outcome("PL67", late) == "waits", "no day to count from, and no clock"


def test_what_was_to_be_found_out_is_overdue():
    def asked(field: str, by: str) -> dict[str, Any]:
        marks = {field: {"kind": "to find out", "whom": "s-2", "by": by}}
        row = {"id": "ask-1", "person": "s-1", "marks": marks}
        return {**planned(), **with_rows("recruitment", "invitations", row)}

    assert outcome("PL67", asked("why", "2026-10-01")) == "holds"
    (finding,) = findings("PL67", asked("why", "2026-09-30"))
    assert finding.says == "“Why them” of “Person 1” was to be found out from Person 2 by September 30, 2026."
    (finding,) = findings("PL67", asked("stance", "2026-09-30"))
    assert finding.private


def test_each_ask_of_the_state_can_be_carried():
    ask = {
        "id": "policy-1",
        "ask": "Share counts",
        "decides": "Wage office",
        "other_evidence": "Letters",
        "contact": "s-1",
    }
    assert outcome("PL68", ready(with_rows("plan", "asks_of_state", ask))) == "holds"
    assert outcome("PL68", with_rows("plan", "asks_of_state", ask)) == "waits"
    bare = {"id": "policy-1", "ask": "Share counts"}
    fields = [field for _, _, field in places("PL68", ready(with_rows("plan", "asks_of_state", bare)))]
    assert fields == ["decides", "evidence", "contact"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"rule": "RE17", "severity": "error", "because": "One employer"}, None),
        ({"rule": "RE17"}, None),
        ({"rule": "RE17", "severity": "error"}, "because"),
        ({"rule": "XX99", "severity": "hint", "because": "So"}, "rule"),
        ({"rule": "me38", "severity": "hint", "because": "So"}, "rule"),
    ],
)
def test_each_change_of_a_rule_has_a_reason(row, field):
    answers = with_rows("profile", "severities", {"id": "sev-1", **row})
    assert [name for _, _, name in places("PL69", answers)] == ([field] if field else [])


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"rule": "RE17", "note": "Next year", "by": "s-1"}, None),
        ({"rule": "RE17", "note": "Next year"}, "by"),
        ({"rule": "RE17", "by": "s-1"}, "note"),
        ({"rule": "ME34", "note": "Next year", "by": "s-1"}, "rule"),
        ({"rule": "RE170", "note": "Next year", "by": "s-1"}, "rule"),
    ],
)
def test_each_finding_that_is_let_stand_has_a_reason_and_a_name(row, field):
    answers = {"profile": copy.deepcopy(PROFILE), **with_rows("plan", "acknowledged", {"id": "ack-1", **row})}
    assert [name for _, _, name in places("PL69", answers)] == ([field] if field else [])
