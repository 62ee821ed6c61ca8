"""Exercise 8, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from typing import Any

from tests.exercises.solver import UndoStack, add, answer, change, remove


def standin(person: str | None) -> UndoStack:
    return [answer("convener", "stand_in", person)]


def audience(number: int, **values: Any) -> UndoStack:
    return [change("communication", f"com-{number}", **values)]


def without(*people: str) -> list[str]:
    return list(people)


OUT: UndoStack = [
    *audience(1, members=without("s-1", "s-2", "s-3", "s-4", "s-7", "s-10", "s-11", "s-12", "s-13"), backup="s-3"),
    *audience(
        2, members=without("s-2", "s-3", "s-4", "s-5", "s-6", "s-7", "s-8", "s-10", "s-11", "s-12", "s-13", "s-18")
    ),
    *audience(4, members=without("s-2", "s-3", "s-4", "s-8")),
    *audience(6, members=without("s-2", "s-3", "s-4", "s-7")),
]


def voices(sender: str | None = "s-11", advice: tuple[str, ...] = ("s-3",)) -> UndoStack:
    return [*OUT, *audience(5, owner=sender), change("purpose", "prot-3", advice_from=list(advice))]


def figures(wages: str | None = "s-7", money: str | None = "s-8", duties: str | None = "s-2") -> UndoStack:
    return [
        change("metrics", "metric-6", owner=wages),
        change("metrics", "metric-8", steward=money),
        change("metrics", "metric-9", steward=duties),
    ]


def plan(first: str = "s-1", second: str = "s-10", *more: dict[str, Any], by: str = "2027-03-20") -> UndoStack:
    kept: UndoStack = [change("plan", "act-1", owner=first), change("plan", "act-2", owner=second, by=by)]
    return [*kept, *(add("plan", "actions", **action) for action in more)]


ASK: dict[str, Any] = {
    "action": "Ask Dario Quill which of the Board's duties he takes on",
    "owner": "s-2",
    "by": "2027-02-12",
}
TABLE: dict[str, Any] = {"action": "Bring the credit table to the trustees", "owner": "s-7", "by": "2027-02-17"}

MODEL: UndoStack = [*standin("s-2"), *voices(), *figures(), *plan("s-1", "s-10", ASK, TABLE)]
OTHER: UndoStack = [
    *standin("s-3"),
    *voices("s-2", ("s-7", "s-13")),
    *figures("s-10", "s-2", "s-5"),
    remove("plan", "act-1"),
    change("plan", "act-2", owner="s-11", by="2027-03-31"),
    *(
        add("plan", "actions", **action)
        for action in (
            {"action": "Meet the new director and bring back a yes or a no", "owner": "s-13", "by": "2027-02-20"},
            {"action": "Find who refunds the interns until then", "owner": "s-1", "by": "2027-02-10"},
            {"action": "Park the bus question with the county", "owner": "s-4", "by": "2027-04-20"},
        )
    ),
]

EXTRA = [
    {"action": f"Write letter {n}", "owner": who, "by": "2027-03-05"}
    for n, who in enumerate(("s-3", "s-4", "s-5", "s-6"))
]
WRONG: dict[str, tuple[str, UndoStack]] = {
    "nobody": ("standin", standin(None)),
    "has-not-said-yes": ("standin", standin("s-18")),
    "own-stand-in": ("standin", standin("s-1")),
    "gone-as-well": ("standin", standin("s-15")),
    "lead-changed": ("standin", [*standin("s-2"), answer("convener", "lead_person", "s-2")]),
    "still-named": ("voices", audience(5, owner="s-11")),
    "audience-struck": ("voices", [remove("communication", "com-5")]),
    "no-sender": ("voices", voices(None)),
    "has-not-said-yes/voices": ("voices", voices("s-18")),
    "own-backup": ("voices", [*voices(), *audience(1, backup="s-1")]),
    "spends-alone": ("voices", voices(advice=())),
    "advises-herself": ("voices", voices(advice=("s-1",))),
    "still-named/figures": ("figures", [change("metrics", "metric-6", owner="s-7")]),
    "measure-struck": ("figures", [*figures(), remove("metrics", "metric-8")]),
    "left-open": ("figures", figures(money=None)),
    "own-homework": ("figures", figures(money="s-1")),
    "has-not-said-yes/figures": ("figures", figures(wages="s-18")),
    "all-on-one": ("figures", [*standin("s-2"), *voices("s-2"), *figures("s-2", "s-2", "s-2")]),
    "too-few": ("plan", plan()),
    "too-many": ("plan", plan("s-1", "s-10", ASK, TABLE, *EXTRA)),
    "lead-again": ("plan", plan("s-1", "s-1", ASK, TABLE)),
    "one-shoulder": ("plan", plan("s-2", "s-2", ASK, TABLE)),
    "not-when-they-can": ("plan", plan("s-1", "s-10", ASK, TABLE, by="2027-02-15")),
    "few-houses": ("plan", plan("s-3", "s-3", {**ASK, "owner": "s-5"})),
    "no-successor": ("plan", plan("s-1", "s-10", TABLE)),
    "no-money": (
        "plan",
        [
            remove("plan", "act-2"),
            change("plan", "act-1", owner="s-1"),
            *[add("plan", "actions", **action) for action in (ASK, TABLE)],
        ],
    ),
    "owner-gone": ("plan", [add("plan", "actions", **ASK)]),
    "has-not-said-yes/plan": ("plan", plan("s-18", "s-10", ASK, TABLE)),
    "too-late": ("plan", plan("s-1", "s-10", ASK, TABLE, by="2027-09-01")),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    standin("s-13"),
    plan("s-1", "s-11", {**ASK, "action": "Get a clear yes or no from the Workforce Board"}),
]
