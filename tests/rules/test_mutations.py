"""A clean partnership, broken in one place at a time: the intended rule answers, and no other error does."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pytest

from ctekit import rules, samples, worksheets
from ctekit.workbook import from_answers

Edit = tuple[str, str, str, Any]
"""Worksheet, row or "", field, value; None is blank. The field "+" adds the row to its table, "-" takes it out."""

CLEAN = samples.read("clean")


@dataclass(frozen=True)
class Break:
    """One defect: the rule that must answer, what is changed, and the milder rules that have to follow."""

    code: str
    edits: tuple[Edit, ...]
    follow: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        first = self.edits[0]
        return " ".join(part for part in (self.code, first[1] or first[0], first[2]) if part)


def broken(*edits: Edit) -> dict[str, dict[str, Any]]:
    answers = copy.deepcopy(CLEAN)
    for slug, row, name, value in edits:
        sheet = answers[slug]
        rows = sheet.setdefault(worksheets.called(slug).table_of(row), []) if row else []
        if name == "+":
            rows.append({"id": row, **value})
        elif name == "-":
            rows[:] = [line for line in rows if line["id"] != row]
        elif name.startswith("matrix/"):
            sheet["matrix"][row][name.removeprefix("matrix/")] = value or ""
        elif row:
            next(line for line in rows if line["id"] == row)[name] = value
        else:
            sheet[name] = value
    return answers


def case(code: str, *edits: Edit, follow: str = "") -> Break:
    return Break(code, edits, frozenset(follow.split()))


def by_hand() -> Iterator[Break]:
    """One for each rule, and a second where a rule looks at two things."""
    profile, convener, purpose, recruitment = "profile", "convener", "purpose", "recruitment"
    value, communication, roles, metrics, plan = "value", "communication", "roles", "metrics", "plan"
    meetings = "meetings"
    a_stranger = (profile, "org-12", "+", {"name": "Stranger"})
    yield case("CO01", (convener, "", "lead", "org-12"), a_stranger, (convener, "", "shared_with", ["org-1"]))
    yield case("CO02", (roles, "task-3", "duty", "delivery"))
    yield case("CO03", (convener, "", "reason", None))
    yield case("CO04", (convener, "", "can_sign", None), (convener, "cand-1", "can_sign", False))
    yield case("CO04", (convener, "", "can_hold_funds", False))
    yield case("CO05", (roles, "task-1", "hours", 120))
    yield case("CO06", (convener, "", "stand_in", "s-1"))
    yield case("PU07", (recruitment, "need-9", "promise", "clause-1"), (recruitment, "need-10", "promise", "clause-1"))
    yield case("PU08", (metrics, "metric-3", "promise", "clause-1"))
    yield case("PU09", (purpose, "prot-3", "decider", None))
    yield case("PU10", (purpose, "prot-2", "quorum", 10))
    yield case("PU11", (roles, "", "renewal", None), (roles, "", "ends", "2028-01-31"))
    yield case("RE12", (recruitment, "need-12", "priority", "must"), (recruitment, "need-12", "at_least", 2))
    yield case("RE13", (recruitment, "ask-17", "needs", None))
    yield case("RE14", (roles, "task-2", "need", "need-9"))
    yield case("RE15", (profile, "org-5", "sector", "community"))
    yield case("RE16", (profile, "s-6", "groups", None))
    yield case("RE16", (recruitment, "group-1", "because", None))
    yield case("RE17", (profile, "", "business_floor", 32))  # above the share of people, below that of voting seats
    yield case("VA18", (value, "x-9", "gets", None))
    yield case("VA18", (value, "x-2", "gives", None))
    yield case("VA19", (value, "x-2", "confirmed_by", "s-3"))
    yield case("VA20", (roles, "task-13", "gives", None))
    yield case("VA21", (value, "x-3", "review", None))
    yield case("VA22", (value, "x-3", "worth", 2))
    yield case("CM23", (communication, "com-5", "members", ["s-10", "s-11", "s-12", "s-17"]))
    yield case("CM24", (communication, "com-1", "how_often", "quarterly"))
    yield case("CM25", (communication, "com-5", "owner", None))
    yield case("CM26", (communication, "com-7", "format", None))
    yield case("CM26", (communication, "com-7", "language", None))
    yield case("CM29", (communication, "com-7", "two_way", False), (roles, "task-1", "matrix/org-11", "C"))
    yield case("CM39", (communication, "com-4", "metrics", ["metric-1", "metric-2", "metric-3", "metric-10"]))
    yield case(
        "CM39",
        (communication, "com-7", "first_on", None),
        (communication, "com-3", "metrics", ["metric-5"]),
        (communication, "com-6", "metrics", ["metric-1"]),
    )
    yield case("RO27", (roles, "task-13", "matrix/org-6", "R"))
    yield case("RO28", (roles, "task-7", "matrix/org-9", "S"))
    yield case(
        "RO30",
        (roles, "task-13", "matrix/org-1", "A"),
        (roles, "task-13", "matrix/org-6", "R"),
        (roles, "task-15", "matrix/org-1", "A"),
        (roles, "task-15", "matrix/org-8", "R"),
        follow="RE14",
    )
    yield case(
        "RO31", (roles, "", "parties", [f"org-{n}" for n in range(1, 9)] + ["org-10"]), (roles, "sign-9", "-", 0)
    )
    yield case("RO32", (roles, "sign-7", "authority", None))
    yield case("RO32", (roles, "sign-6", "board_date", None))
    yield case("ME33", (metrics, "metric-7", "owner", None))
    yield case("ME34", (metrics, "metric-6", "agreement", None))
    yield case("ME34", (metrics, "metric-6", "agreement", "da-9"))
    yield case("ME35", (metrics, "metric-7", "target", None))
    yield case("ME35", (metrics, "metric-7", "target_date", "2026-06-30"))
    yield case("ME36", (metrics, "metric-7", "direction", "down"))
    yield case(
        "ME37",
        *(
            (metrics, f"metric-{n}", what, word)
            for n in (5, 9, 11)
            for what, word in (("kind", "outcome"), ("timing", "lagging"))
        ),
    )
    yield case("ME38", (metrics, "obs-4", "shown", True))
    yield case("ME38", (metrics, "obs-5", "shown", True))
    yield case(
        "ME38",
        (metrics, "obs-10", "shown", False),
        (metrics, "obs-10", "out_of", 8),
        (metrics, "obs-10", "counted", 3),
        (metrics, "obs-8", "out_of", 259),
        (metrics, "obs-8", "counted", 64),
    )
    yield case("ME40", (metrics, "metric-5", "federal_code", "5S9"))
    yield case("ME40", (metrics, "metric-5", "level", "postsecondary"))
    yield case("ME41", (profile, "", "scribe", "s-15"))
    yield case("ME41", (communication, "com-3", "members", ["s-5", "s-6", "s-15"]))
    yield case("ME42", (metrics, "metric-5", "decision", None))
    yield case("PR43", (recruitment, "ask-16", "needs", ["need-2", "need-99"]))
    yield case("PR43", (communication, "com-5", "metrics", ["metric-7", "metric-11", "metric-99"]))
    yield case("PR44", (profile, "org-12", "+", {"name": "ostrander tool"}))
    yield case("PR45", (profile, "step-4", "job", None))
    yield case("CO46", (convener, "crit-1", "weight", 40))
    yield case(
        "CO47",
        *(
            (convener, row["id"], "-", 0)
            for row in CLEAN["convener"]["scores"]
            if (row["candidate"], row["criterion"]) == ("cand-3", "crit-4") and row["scored_by"] != "org-5"
        ),
    )
    yield case("CO48", (roles, "task-14", "phase", "run"), (plan, "act-3", "element", "roles"))
    yield case("PU49", (purpose, "rung-3", "within_days", 10))
    yield case("PU50", (purpose, "", "start", "12.0%"))
    yield case("RE51", (roles, "task-10", "need", None))
    a_teacher = (profile, "s-18", "+", {"name": "Lena Voss", "organization": "org-4", "status": "asked"})
    for asked_by in (None, "s-18"):
        invited = {"person": "s-18", "needs": ["need-5"], "asked_by": asked_by}
        yield case("RE52", (recruitment, "ask-18", "+", invited), a_teacher)
    yield case("VA53", (value, "x-5", "by", "2029-01-01"))
    yield case("VA53", (roles, "task-6", "by", "2026-12-15"))
    yield case("CM54", *((communication, f"com-{n}", "owner", "s-9") for n in range(1, 7)))
    yield case("CM55", (communication, "com-5", "how_often", "twice a year"))
    yield case("RO56", (roles, "task-1", "person", "s-2"))
    yield case(
        "RO57", (roles, "task-12", "matrix/org-11", None), (roles, "task-12", "matrix/org-10", "AR"), follow="VA20"
    )
    yield case("RO58", (roles, "task-16", "need", None))
    yield case("RO59", (roles, "sign-9", "organization", "org-11"))
    yield case("RO59", (roles, "", "advisory", ["org-11", "org-9"]))
    yield case("RO60", (roles, "sign-6", "board_date", "2026-12-01"))
    yield case("ME61", (roles, "da-2", "parties", ["org-2", "org-6"]))
    yield case("ME61", (roles, "da-2", "expires", "2027-12-31"))
    yield case("ME62", (metrics, "metric-6", "stage", "transition"))
    yield case("ME63", (metrics, "obs-2", "counted", 500))
    yield case("ME63", (metrics, "obs-9", "counted", 95))
    yield case(
        "ME64",
        (
            metrics,
            "obs-20",
            "+",
            {"metric": "metric-1", "as_of": "2026-06-30", "group": "all", "counted": 390, "out_of": 416, "shown": True},
        ),
    )
    yield case("ME65", (metrics, "metric-5", "stage", "convene"))
    yield case("PL66", (plan, "act-1", "by", None))
    yield case("PL67", (plan, "act-1", "by", "2026-09-01"))
    yield case("PL67", (value, "x-3", "marks", {"kept": {"kind": "to find out", "by": "2026-09-30"}}))
    yield case("PL68", (plan, "policy-1", "contact", None))
    long_ago = {"recommends": "Ask firms first", "to": "The board", "on": "2026-07-01", "answer": "none yet"}
    yield case("MT70", (meetings, "rec-9", "+", long_ago))
    yield case("MT71", (meetings, "meet-12", "+", {"date": "2026-08-20", "kind": "steering group"}))
    yield case("MT72", (profile, "", "meetings_a_year", 3))
    yield case("MT73", (profile, "s-9", "term_ends", "2026-09-30"))
    yield case("MT74", (profile, "cred-1", "agreed_until", "2026-12-30"))
    yield case("MT74", (roles, "", "ends", "2026-12-30"), (roles, "", "renewal", "In October"), follow="VA53")
    six_voters = ["s-1", "s-2", "s-3", "s-5", "s-7", "s-9", "s-10", "s-11", "s-12"]
    yield case("MT75", (meetings, "meet-2", "present", six_voters), follow="MT78")
    yield case("MT78", (meetings, "item-2", "votes_against", 1))
    yield case("MT79", (meetings, "item-2", "votes_for", 3), (meetings, "item-2", "votes_against", 4))
    yield case("MT76", (profile, "s-12", "seat", "advisory"))
    yield case("VA77", (value, "x-12", "worth_in_money", None))
    yield case("VA77", (value, "x-1", "matches", True))
    yield case("PL69", (profile, "sev-1", "+", {"rule": "CO03", "severity": "hint"}))


def by_counting() -> Iterator[Break]:
    """The same slip at each place where it can be made."""
    for task, letters in CLEAN["roles"]["matrix"].items():
        for org, letter in letters.items():
            if letter == "R":
                yield case("RO27", ("roles", task, f"matrix/{org}", "AR"))
    for row in CLEAN["metrics"]["metrics"]:
        yield case("ME33", ("metrics", row["id"], "steward", None))
        yield case("ME42", ("metrics", row["id"], "feeds", None))
        if row["about"] != "aggregate":
            yield case("ME34", ("metrics", row["id"], "agreement", None))
    for row in CLEAN["value"]["exchanges"]:
        yield case("VA19", ("value", row["id"], "confirmed_on", None))
        yield case("VA22", ("value", row["id"], "worth", 1))


def by_blanking(codes: set[str]) -> Iterator[Break]:
    """For a rule that nobody has written a defect for: the first answer without which that rule alone speaks."""
    for rule in rules.every():
        if rule.code not in codes:
            blanks = (Break(rule.code, (blank,)) for kind in rule.needs for blank in answered(kind.slug))
            yield from islice((defect for defect in blanks if codes_of(defect) == {rule.code}), 1)


def answered(slug: str) -> Iterator[Edit]:
    """An edit for each answer of a clean worksheet that leaves it blank."""
    for field_, value in CLEAN[slug].items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from ((slug, row["id"], name, None) for row in value for name in row if name != "id")
        elif field_ not in ("ready", "matrix"):
            yield (slug, "", field_, None)


def codes_of(defect: Break) -> set[str]:
    book = from_answers(broken(*defect.edits))
    return {finding.code for result in rules.check(book) for finding in result.findings}


WRITTEN = [*by_hand(), *by_counting()]
BREAKS = [*WRITTEN, *by_blanking({defect.code for defect in WRITTEN})]


def test_clean_says_nothing() -> None:
    assert not [finding for result in rules.check(from_answers(broken())) for finding in result.findings]


def test_every_rule_is_broken_at_least_once() -> None:
    unbroken = {rule.code for rule in rules.every()} - {defect.code for defect in BREAKS}
    assert not unbroken, "No single blank makes these speak alone: write a defect for each in by_hand()."
    assert len(BREAKS) > 150


@pytest.mark.parametrize("defect", BREAKS, ids=lambda defect: defect.name)
def test_exactly_the_intended_rule_answers(defect: Break) -> None:
    findings = [finding for result in rules.check(from_answers(broken(*defect.edits))) for finding in result.findings]
    errors = {finding.code for finding in findings if finding.severity == "error"}
    assert errors <= {defect.code}
    assert {finding.code for finding in findings} == {defect.code} | defect.follow, (
        "Where another rule is right to speak too, name it in this defect's `follow`.",
        [(finding.code, finding.says) for finding in findings],
    )
