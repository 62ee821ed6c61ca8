"""Rules 1 to 6."""

from __future__ import annotations

from tests.rules.conftest import PROFILE, findings, organization, outcome, person, places, ready

SCORES = [
    ("cand-1", "org-1", 5),
    ("cand-1", "org-2", 2),
    ("cand-2", "org-1", 3),
    ("cand-2", "org-2", 5),
    ("cand-1", "org-3", 2),
    ("cand-2", "org-3", 3),
    ("cand-1", "org-4", 2),
    ("cand-2", "org-4", 3),
]
CHOICE = {
    "lead": "org-1",
    "criteria": [{"id": "crit-1", "criterion": "Trusted", "weight": 100}],
    "candidates": [{"id": "cand-1", "organization": "org-1"}, {"id": "cand-2", "organization": "org-2"}],
    "scores": [
        {"id": f"score-{n}", "candidate": candidate, "criterion": "crit-1", "scored_by": by, "score": score}
        for n, (candidate, by, score) in enumerate(SCORES, start=1)
    ],
}
DUTIES = {
    "tasks": [
        {"id": "task-1", "task": "Call meetings", "duty": "coordination", "hours": 60},
        {"id": "task-2", "task": "Answer the door", "duty": "communication", "hours": 30},
        {"id": "task-3", "task": "Publish results", "duty": "reporting", "hours": 20},
    ],
    "matrix": {"task-1": {"org-1": "AR", "org-2": "R"}, "task-2": {"org-1": "R"}, "task-3": {"org-1": "A"}},
}


def test_the_lead_is_in_the_partnership():
    assert outcome("CO01", {"profile": PROFILE, "convener": {"lead": "org-1"}}) == "holds"
    assert outcome("CO01", {"profile": PROFILE}) == "waits"
    gone = {"profile": PROFILE, "convener": {"lead": "org-9"}}
    assert places("CO01", gone) == [("convener", "", "lead")]
    declined = {"organizations": [organization(1)], "people": [person(1, status="declined")]}
    assert outcome("CO01", {"profile": declined, "convener": {"lead": "org-1"}}) == "findings"


def test_a_lead_of_whom_nobody_has_said_yes_or_no_waits_until_the_list_is_settled():
    quiet = {"organizations": [organization(1)], "people": [person(1, status=None)]}
    half = {"profile": quiet, "convener": {"lead": "org-1"}}
    assert outcome("CO01", half) == "waits"
    assert outcome("CO01", ready(half)) == "findings"
    yes = {"invitations": [{"id": "ask-1", "person": "s-1", "answer": "yes"}]}
    assert outcome("CO01", {**half, "recruitment": yes}) == "holds"


def test_a_lead_still_being_chosen_is_no_omission():
    choosing = {"settled": "no, we are choosing"}
    assert outcome("CO01", ready({"convener": choosing})) == "waits"
    assert outcome("CO01", ready({"convener": {}})) == "findings"


def test_the_lead_does_convening_work():
    answers = {"convener": {"lead": "org-1"}, "roles": DUTIES}
    assert outcome("CO02", ready(answers)) == "holds"
    assert outcome("CO02", answers) == "waits"
    informed = {**DUTIES, "matrix": {**DUTIES["matrix"], "task-3": {"org-1": "S", "org-2": "AR"}}}
    (finding,) = findings("CO02", ready({**answers, "roles": informed}))
    assert "reporting (Publish results)" in finding.says
    unsaid = {**informed, "tasks": [{**task, "duty": None} for task in informed["tasks"]]}
    assert outcome("CO02", ready({**answers, "roles": unsaid})) == "waits", "“Call meetings” is coordination, unsaid"
    shared = {"lead": "org-1", "shared_with": ["org-2"]}
    assert outcome("CO02", ready({"convener": shared, "roles": informed})) == "holds"


def test_self_scores_do_not_make_a_winner():
    (finding,) = findings("CO03", {"profile": PROFILE, "convener": CHOICE})
    assert "Organization 1 leads and has 2.00" in finding.says
    assert "Organization 2 comes first with 3.00" in finding.says
    assert outcome("CO03", {"convener": {**CHOICE, "reason": "Employers trust it."}}) == "holds"
    assert outcome("CO03", {"convener": {**CHOICE, "lead": "org-2"}}) == "holds"


def test_half_a_ranking_waits():
    assert outcome("CO03", {"convener": {**CHOICE, "scores": CHOICE["scores"][:2]}}) == "waits"
    assert outcome("CO03", {"convener": {**CHOICE, "criteria": [{"id": "crit-1", "criterion": "Trusted"}]}}) == "waits"


def test_who_gave_which_score_is_never_told():
    (finding,) = findings("CO03", {"profile": PROFILE, "convener": CHOICE})
    assert "org-3" not in finding.says
    assert "Organization 3" not in finding.says


def test_no_figure_is_told_of_fewer_than_three_scorers_nor_who_comes_first():
    def scored_by(*organizations: str) -> dict:
        scores = [score for score in CHOICE["scores"] if score["scored_by"] in organizations]
        return {"profile": PROFILE, "convener": {**CHOICE, "scores": scores}}

    assert outcome("CO03", scored_by("org-3")) == "waits"
    assert outcome("CO03", scored_by("org-3", "org-4")) == "waits"
    assert outcome("CO03", scored_by("org-1", "org-2", "org-3", "org-4")) == "findings"
    twice = [{**score, "id": f"score-{n}"} for n, score in enumerate(3 * scored_by("org-3")["convener"]["scores"])]
    assert outcome("CO03", {"convener": {**CHOICE, "scores": twice}}) == "waits", "one scorer, however many rows"


def test_a_tie_is_for_people_to_settle():
    level = [{**score, "score": 3} for score in CHOICE["scores"]]
    assert outcome("CO03", {"convener": {**CHOICE, "scores": level}}) == "holds"


def test_the_lead_can_hold_money_and_sign():
    both = {"lead": "org-1", "can_hold_funds": True, "can_sign": True}
    assert outcome("CO04", {"convener": {**both, "can_sign": False}}) == "waits"
    assert outcome("CO04", ready({"convener": both})) == "holds"
    assert places("CO04", ready({"convener": {**both, "can_sign": False}})) == [("convener", "", "can_sign")]
    assert outcome("CO04", ready({"convener": {"lead": "org-1", "can_sign": True}})) == "waits"
    row = {"id": "cand-1", "organization": "org-1", "can_hold_funds": False, "can_sign": True}
    only_a_row = ready({"convener": {"lead": "org-1", "candidates": [row]}})
    assert places("CO04", only_a_row) == [("convener", "", "can_hold_funds")]


def test_a_fiscal_sponsor_is_ordinary():
    cannot = {"lead": "org-1", "can_hold_funds": False, "can_sign": False}
    assert len(findings("CO04", ready({"convener": {**cannot, "sponsor": "org-1"}}))) == 2, "that is the lead itself"
    assert outcome("CO04", ready({"convener": {**cannot, "sponsor": "org-2"}})) == "holds"
    assert outcome("CO04", ready({"convener": {**cannot, "shared_with": ["org-2"]}})) == "holds"


def test_hours_are_shared_by_those_who_do_the_work():
    # 30 of task-1's 60, all 30 of task-2; task-3 has no R of the lead: 60 hours against 64.
    assert outcome("CO05", {"convener": {"lead": "org-1", "fte": "0.4"}, "roles": DUTIES}) == "holds"
    (finding,) = findings("CO05", {"convener": {"lead": "org-1", "fte": "0.3"}, "roles": DUTIES})
    assert "48 hours" in finding.says
    assert "take 60" in finding.says
    assert outcome("CO05", {"convener": {"lead": "org-1", "fte": "0.4"}}) == "waits"


def test_the_stand_in_is_another_person_who_said_yes():
    def stands_in(who: str) -> str:
        return outcome("CO06", {"profile": PROFILE, "convener": {"lead_person": "s-1", "stand_in": who}})

    assert stands_in("s-2") == "holds"
    assert stands_in("s-1") == "findings"
    assert stands_in("s-3") == "holds", "that they left is said once, by ME41"
    assert stands_in("s-9") == "findings"
    assert outcome("CO06", {"profile": PROFILE, "convener": {"lead_person": "s-1"}}) == "waits"
