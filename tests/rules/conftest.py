"""What the tests of the rules share: one rule, asked of plain answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ctekit import rules, worksheets
from ctekit.rules import Finding, Result
from ctekit.workbook import from_answers

Answers = Mapping[str, Mapping[str, Any]]


def asked(code: str, answers: Answers) -> Result:
    """One rule asked of these answers."""
    return rules.run(next(rule for rule in rules.every() if rule.code == code), from_answers(answers))


def outcome(code: str, answers: Answers) -> str:
    """``holds``, ``findings`` or ``waits``."""
    return asked(code, answers).outcome


def findings(code: str, answers: Answers) -> tuple[Finding, ...]:
    return asked(code, answers).findings


def places(code: str, answers: Answers) -> list[tuple[str, str, str]]:
    """Where the findings are: worksheet, row, field."""
    return [(finding.worksheet, finding.row, finding.field) for finding in findings(code, answers)]


def ready(answers: Answers) -> dict[str, dict[str, Any]]:
    """The same answers, every worksheet marked ready to check."""
    return {slug: {**answers.get(slug, {}), "ready": True} for slug in worksheets.every()}


def organization(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"org-{number}", "name": f"Organization {number}", **more}


def person(number: int, organization: int = 1, status: str | None = "confirmed", **more: Any) -> dict[str, Any]:
    return {
        "id": f"s-{number}",
        "name": f"Person {number}",
        "organization": f"org-{organization}",
        "status": status,
        **more,
    }


PROFILE: dict[str, Any] = {
    "organizations": [organization(1, votes=True), organization(2, votes=True)],
    "people": [person(1, 1), person(2, 2), person(3, 2, "left", left_on="2026-06-30")],
}
"""Two partners with a vote and one confirmed person each; a third person left."""
