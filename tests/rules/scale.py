"""A partnership far larger than any room holds, made by counting, to time the rules with."""

from __future__ import annotations

from typing import Any, get_args

from ctekit.workbook import Workbook, from_answers
from ctekit.worksheets.profile import Sector


def big(stakeholders: int = 200, tasks: int = 300, metrics: int = 100, observations: int = 5000) -> Workbook:
    """A filled workbook, every worksheet ready, with a few defects of each kind spread over it."""
    orgs = max(stakeholders // 5, 1)
    sectors = get_args(Sector)
    people = range(1, stakeholders + 1)
    needs = range(1, orgs + 1)
    numbers = range(1, metrics + 1)
    letters = ("AR", "R", "S", "C", "I")
    per_metric = max(observations // metrics, 1)
    answers: dict[str, dict[str, Any]] = {
        "profile": {
            "organizations": [
                {
                    "id": f"org-{n}",
                    "name": f"Organization {n}",
                    "sector": sectors[n % len(sectors)],
                    "votes": n % 2 == 0,
                }
                for n in range(1, orgs + 1)
            ],
            "people": [
                {
                    "id": f"s-{n}",
                    "name": f"Person {n}",
                    "organization": f"org-{n % orgs + 1}",
                    "status": "left" if n % 20 == 0 else "confirmed",
                }
                for n in people
            ],
        },
        "convener": {"lead": "org-1", "lead_person": "s-1", "stand_in": "s-2", "fte": "0.6"},
        "purpose": {
            "by": "2028-06-30",
            "clauses": [{"id": f"clause-{n}", "promise": f"Promise {n}"} for n in range(1, 6)],
            "decisions": [
                {"id": f"prot-{n}", "decision": f"Decision {n}", "decider": f"s-{n}", "quorum": 7} for n in range(1, 31)
            ],
        },
        "recruitment": {
            "needs": [
                {"id": f"need-{n}", "support": f"Need {n}", "promise": f"clause-{n % 5 + 1}", "priority": "must"}
                for n in needs
            ],
            "invitations": [
                {
                    "id": f"ask-{n}",
                    "person": f"s-{n}",
                    "needs": [f"need-{n % orgs + 1}"],
                    "influence": n % 5 + 1,
                    "interest": n % 4 + 2,
                }
                for n in people
            ],
        },
        "value": {
            "exchanges": [
                {
                    "id": f"x-{n}",
                    "organization": f"org-{n % orgs + 1}",
                    "gives": f"Gift {n}",
                    "gets": f"Gain {n}",
                    "confirmed_by": f"s-{n}",
                    "confirmed_on": "2026-09-16",
                    "worth": n % 5 + 1,
                }
                for n in people
            ]
        },
        "communication": {
            "audiences": [
                {
                    "id": f"com-{20 * block + n}",
                    "audience": f"Audience {20 * block + n}",
                    "members": [f"s-{m}" for m in people[200 * block : 200 * block + 200] if m % 30 != n],
                    "how_often": "monthly",
                    "owner": f"s-{n}",
                    "two_way": True,
                    "metrics": [f"metric-{m}" for m in numbers[100 * block : 100 * block + 100] if m % 20 == n],
                }
                for block in range(max(stakeholders // 200, 1))
                for n in range(1, 21)
            ]
        },
        "roles": {
            "tasks": [
                {
                    "id": f"task-{n}",
                    "task": f"Task {n}",
                    "need": f"need-{n % orgs + 1}",
                    "gives": [f"x-{n % stakeholders + 1}"],
                    "hours": 8,
                    "duty": "coordination",
                }
                for n in range(1, tasks + 1)
            ],
            "matrix": {
                f"task-{n}": {f"org-{(n + k) % orgs + 1}": letters[k % 5] for k in range(min(12, orgs))}
                for n in range(1, tasks + 1)
            },
            "ends": "2027-06-30",
        },
        "metrics": {
            "metrics": [
                {
                    "id": f"metric-{n}",
                    "name": f"Measure {n}",
                    "promise": f"clause-{n % 5 + 1}",
                    "kind": "outcome",
                    "about": "student",
                    "direction": "up",
                    "target": "80",
                    "target_date": "2028-06-30",
                    "federal_code": "5S1",
                    "code_version": "Perkins V",
                    "owner": f"s-{n}",
                    "steward": f"s-{n + 1}",
                }
                for n in numbers
            ],
            "observations": [
                {
                    "id": f"obs-{m * per_metric + k + 1}",
                    "metric": f"metric-{m + 1}",
                    "as_of": f"20{20 + k // 10}-06-30",
                    "breakdown": "district" if k % 10 else None,
                    "group": f"District {k % 10}" if k % 10 else "all",
                    "counted": 30 if k % 10 else 280,
                    "out_of": (40 if k % 10 < 9 else 5) if k % 10 else 325,
                    "shown": True,
                }
                for m in range(metrics)
                for k in range(per_metric)
            ],
        },
    }
    return from_answers({slug: {**fields, "ready": True} for slug, fields in answers.items()})
