"""Exercise 3, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from typing import Any

from tests.exercises.solver import UndoStack, add, answer, change

HOSTS = {"support": "Employers who host paid internships", "promise": "clause-2", "at_least": 2, "priority": "must"}
TABLE: list[dict[str, Any]] = [
    HOSTS,
    {
        "support": "One person in each district who fills the placements",
        "promise": "clause-2",
        "at_least": 2,
        "priority": "must",
    },
    {"support": "Instructors able to teach mechatronics", "promise": "clause-1", "priority": "must"},
    {"support": "College credit that counts toward a certificate", "promise": "clause-1", "priority": "must"},
    {"support": "Results data that somebody may lawfully read", "promise": "clause-3", "priority": "should"},
    {"support": "Trusted outreach to families in Spanish", "promise": "clause-4", "priority": "should"},
    {"support": "Money for coordination", "promise": "clause-5", "priority": "must"},
]
OTHERS: list[dict[str, Any]] = [
    {"support": "Three firms with places for interns", "promise": "clause-2", "at_least": 3, "priority": "must"},
    {"support": "Rides to the plants after four o'clock", "promise": "clause-2", "priority": "could"},
    {"support": "Someone to teach robotics", "promise": "clause-1", "priority": "must"},
    {"support": "Somebody whom parents trust, in two languages", "promise": "clause-4", "priority": "must"},
    {"support": "Figures on what became of our graduates", "promise": "clause-3", "priority": "should"},
]


def write(table: list[dict[str, Any]]) -> UndoStack:
    return [add("recruitment", "needs", **fields) for fields in table]


def ask(person: str, need: str, asked_by: str, words: str) -> dict[str, Any]:
    return {"person": person, "needs": [need], "asked_by": asked_by, "ask": words}


def invite(*rows: dict[str, Any]) -> UndoStack:
    return [*write(TABLE), *(add("recruitment", "invitations", **row) for row in rows)]


def missing(words: str) -> UndoStack:
    return [answer("recruitment", "missing", words)]


A = ask("s-10", "need-1", "s-1", "26 paid places and a yearly contribution")
B = ask("s-11", "need-1", "s-10", "14 paid places")
C = ask("s-7", "need-4", "s-1", "Three dual-credit sections")

MODEL: UndoStack = [
    *invite(A, B, C),
    *missing("Families and learners: we meet at noon, in English, and nobody asked them"),
]
OTHER: UndoStack = [
    *write(OTHERS),
    *(
        add("recruitment", "invitations", **fields)
        for fields in (
            ask("s-12", "need-1", "s-10", "Two places in spring"),
            ask("s-13", "need-4", "s-5", "An evening a month with parents"),
            ask("s-6", "need-3", "s-4", "One unit on robotics by March"),
            ask("s-8", "need-5", "s-7", "Counts twice a year"),
        )
    ),
    *missing("Parents of Corrigan Flats, who work when we meet and have no bus"),
]

FEW = write(TABLE[:2])
WRONG: dict[str, tuple[str, UndoStack]] = {
    "name-first": ("needs", [*write(TABLE), add("recruitment", "needs", support="Marcus Dray and his plant")]),
    "thing-not-need": ("needs", [*write(TABLE), add("recruitment", "needs", support="A website with a logo")]),
    "one-word": ("needs", [*write(TABLE), add("recruitment", "needs", support="Money")]),
    "all-in-one": (
        "needs",
        [add("recruitment", "needs", support="Hosts for interns, instructors, credit, results data and money")],
    ),
    "too-few": ("needs", FEW),
    "needs-first": ("weight", [add("recruitment", "needs", priority="must")]),
    "not-weighed": ("weight", [*write(TABLE), change("recruitment", "need-1", priority=None)]),
    "all-musts": ("weight", write([{**fields, "priority": "must"} for fields in TABLE])),
    "no-must": ("weight", write([{**fields, "priority": "could"} for fields in TABLE])),
    "one-host": ("weight", write([{**HOSTS, "at_least": 1}, *TABLE[1:]])),
    "serves-nothing": ("weight", write([{**HOSTS, "promise": None}, *TABLE[1:]])),
    "too-few-asked": ("names", invite(A, B)),
    "asks-the-gone": ("names", invite(A, B, ask("s-15", "need-2", "s-3", "One day a week"))),
    "no-need": ("names", invite(A, B, {**C, "needs": []})),
    "nobody-asks": ("names", invite(A, B, {**C, "asked_by": None})),
    "asks-themselves": ("names", invite(A, B, {**C, "asked_by": "s-7"})),
    "no-size": ("names", invite(A, B, {**C, "ask": None})),
    "vague-ask": ("names", invite(A, B, {**C, "ask": "Please support us"})),
    "one-shoulder": ("names", invite(A, A, A, B)),
    "one-house": ("names", invite(A, A, A)),
    "nobody-asked": ("names", invite(A, B, C, {"ask": "A day"})),
    "nobody-missing": ("missing", missing("Nobody, all are here")),
    "blames": ("missing", missing("Parents are not interested in what we do here")),
    "gossip": ("missing", missing("Parents, because Wade does not like them to come")),
    "families-forgotten": ("missing", missing("Small firms, because they are busy all day")),
    "no-reason": ("missing", missing("Families and learners")),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    missing("Moms and dads who work at noon: nobody has asked them what would suit"),
    missing("The students themselves. We talk about them in school hours."),
]
