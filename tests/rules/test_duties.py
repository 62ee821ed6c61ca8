"""Rules 27, 28 and 30 to 32."""

from __future__ import annotations

from tests.rules.conftest import PROFILE, findings, organization, outcome, person, places, ready


def grid(*rows):
    """Tasks with their letters; columns org-1, org-2."""
    return {
        "profile": PROFILE,
        "roles": {
            "tasks": [{"id": f"task-{n}", "task": f"Task {n}"} for n in range(1, len(rows) + 1)],
            "matrix": {
                f"task-{n}": {f"org-{m}": letters for m, letters in enumerate(row, start=1) if letters}
                for n, row in enumerate(rows, start=1)
            },
        },
    }


def test_two_who_answer_are_found_at_once():
    assert outcome("RO27", grid(("AR", "R"))) == "holds"
    assert outcome("RO27", grid(("R", "R"))) == "waits"
    (finding,) = findings("RO27", grid(("AR", "AR")))
    assert (finding.worksheet, finding.row, finding.field, finding.severity) == ("roles", "task-1", "matrix", "error")
    assert "Organization 1 and Organization 2 both answer for “Task 1”" in finding.says


def test_that_nobody_answers_is_said_once_ready():
    half = grid(("A", ""), ("R", ""))
    assert outcome("RO27", half) == "holds"
    assert places("RO27", ready(half)) == [("roles", "task-2", "matrix")]


def test_letters_of_an_organization_that_was_removed_do_not_count():
    answers = grid(("AR", ""))
    answers["roles"]["matrix"]["task-1"]["org-9"] = "A"
    assert outcome("RO27", answers) == "holds"


def test_each_task_is_done_by_somebody():
    assert outcome("RO28", ready(grid(("A", "R")))) == "holds"
    assert outcome("RO28", grid(("A", ""))) == "waits"
    assert places("RO28", ready(grid(("A", "S")))) == [("roles", "task-1", "matrix")]


def test_nobody_answers_for_over_a_third():
    fair = grid(("A", ""), ("", "A"), ("R", ""))
    fair["profile"] = {**PROFILE, "organizations": [organization(n) for n in (1, 2, 3)]}
    fair["roles"]["matrix"]["task-3"] = {"org-3": "A"}
    assert outcome("RO30", fair) == "holds"
    assert outcome("RO30", grid(("A", ""), ("A", ""))) == "waits"
    (finding,) = findings("RO30", grid(("A", ""), ("A", ""), ("", "A")))
    assert "Organization 1 answers for 2 of 3 duties" in finding.says


def test_each_partner_signs_or_advises():
    def bound(**roles):
        return {"profile": PROFILE, "roles": roles}

    assert outcome("RO31", ready(bound(parties=["org-1"], advisory=["org-2"]))) == "holds"
    assert outcome("RO31", bound(parties=["org-1"])) == "waits"
    (finding,) = findings("RO31", ready(bound(parties=["org-1"])))
    assert "Organization 2" in finding.says


def test_each_signer_may_sign():
    def signs(public_body, **row):
        return {
            "profile": {"organizations": [organization(1, public_body=public_body)], "people": [person(1)]},
            "roles": {"signatories": [{"id": "sign-1", "organization": "org-1", "signer": "Fay", **row}]},
        }

    assert outcome("RO32", ready(signs(False, authority="Bylaws"))) == "holds"
    assert outcome("RO32", signs(False, authority="Bylaws")) == "waits"
    assert places("RO32", ready(signs(False))) == [("roles", "sign-1", "authority")]
    assert places("RO32", ready(signs(True, authority="Board"))) == [("roles", "sign-1", "board_date")]
    assert outcome("RO32", ready(signs(True, authority="Board", board_date="2026-10-14"))) == "holds"
    assert outcome("RO32", ready(signs(None, authority="Board"))) == "waits"
