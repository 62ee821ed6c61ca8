"""Exercise 7, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from typing import Any

from tests.exercises.solver import UndoStack, add, answer, change, remove


def aim(target: str | None, date: str | None = "2028-06-30") -> UndoStack:
    return [change("metrics", "metric-4", target=target, target_date=date)]


AGREEMENT: dict[str, Any] = {
    "purpose": "Wage match for completers",
    "parties": ["org-5", "org-6"],
    "data": "Counts returned, no records",
    "destroy_by": "2029-06-30",
}


def wages(**other: Any) -> UndoStack:
    return [add("roles", "data_agreements", **(AGREEMENT | other)), change("metrics", "metric-6", agreement="da-2")]


def hide(*rows: int) -> UndoStack:
    return [change("metrics", f"obs-{row}", shown=False) for row in rows]


def decide(decision: str | None, feeds: str | None = "prot-5") -> UndoStack:
    return [change("metrics", "metric-4", decision=decision, feeds=feeds)]


MODEL: UndoStack = [*aim("32"), *wages(), *hide(4, 5), *decide("Change the credential offered")]
OTHER: UndoStack = [
    *aim("34.5", "2029-06-30"),
    remove("metrics", "metric-6"),
    *hide(4, 3),
    *decide("Open an evening section", "prot-1"),
]

WRONG: dict[str, tuple[str, UndoStack]] = {
    "wrong-way": ("target", aim("20")),
    "no-day": ("target", aim("32", None)),
    "wrong-day": ("target", aim("32", "2025-06-30")),
    "no-target": ("target", aim(None)),
    "count-not-share": ("target", aim("126")),
    "small-groups-luck": ("target", aim("66")),
    "wish": ("target", aim("40")),
    "by-itself": ("target", aim("27")),
    "measure-struck": ("target", [remove("metrics", "metric-4")]),
    "renamed": ("wages", [change("metrics", "metric-6", about="aggregate")]),
    "no-agreement": ("wages", wages()[:1]),
    "borrowed": ("wages", [change("metrics", "metric-6", agreement="da-1")]),
    "no-purpose": ("wages", wages(purpose=None)),
    "no-parties": ("wages", wages(parties=["org-5"])),
    "which-data": ("wages", wages(data=None)),
    "more-than-needed": ("wages", wages(data="Names and wages by learner")),
    "kept-forever": ("wages", wages(destroy_by=None)),
    "friendship": ("wages", wages(basis="A friend of Kenji's")),
    "still-shown": ("small", hide(5)),
    "by-subtraction": ("small", hide(4)),
    "all-hidden": ("small", hide(3, 4, 5)),
    "thrown-away": ("small", [remove("metrics", "obs-4")]),
    "changed-counts": ("small", [*hide(4, 5), change("metrics", "obs-4", counted=8, out_of=12)]),
    "line-moved": ("small", [answer("profile", "smallest_group", 5)]),
    "no-decision": ("decision", decide(None)),
    "only-watches": ("decision", decide("Monitor it closely")),
    "one-word": ("decision", decide("Courses")),
    "feeds-nothing": ("decision", decide("Change the credential offered", None)),
    "wrong-protocol": ("decision", decide("Change the credential offered", "prot-3")),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    aim("29"),
    aim("35", "2028-12-31"),
    wages(data="Number of completers at or above $22.40, no names", basis="Named by counsel"),
    [change("metrics", "metric-6", about="aggregate", source="Graduates are asked by phone")],
    decide("Look at other credentials with the plants and switch"),
]
