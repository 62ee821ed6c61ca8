"""Exercise 6, filled in: a model answer, another good one, and typical wrong ones by the mistake each must be told."""

from __future__ import annotations

from tests.exercises.solver import UndoStack, add, answer, change, mark, remove

PLACING: UndoStack = [mark("roles", "task-5", "org-4", "R"), change("roles", "task-5", person="s-3")]
LOAD: UndoStack = [
    mark("roles", "task-10", "org-1", ""),
    mark("roles", "task-10", "org-3", "AR"),
    mark("roles", "task-13", "org-1", ""),
    mark("roles", "task-13", "org-6", "AR"),
    mark("roles", "task-14", "org-6", "R"),
]
EMPTY: UndoStack = [mark("roles", f"task-{number}", "org-8", "") for number in (1, 5, 6, 7, 13, 14, 15)]
LEAVING: UndoStack = [*EMPTY, mark("roles", "task-7", "org-9", "AR"), remove("roles", "task-15")]
MENDING: UndoStack = [
    add("plan", "actions", action="Find 14 places at two firms that Castellan buys from", owner="s-10", by="2026-12-18")
]

MODEL: UndoStack = [*PLACING, *LOAD, *LEAVING, *MENDING]
OTHER: UndoStack = [
    mark("roles", "task-5", "org-3", "R"),
    change("roles", "task-5", person="s-4"),
    *LOAD[:-1],
    mark("roles", "task-14", "org-1", "C"),
    mark("roles", "task-14", "org-6", "AR"),
    *EMPTY,
    mark("roles", "task-7", "org-9", "AR"),
    change("roles", "task-15", task="Find a training line by August"),
    mark("roles", "task-15", "org-5", "AR"),
    add("plan", "actions", action="Ask three firms to host an intern", owner="s-10", by="2026-12-15"),
    add("plan", "actions", action="Tell the 14 families what changes", owner="s-13", by="2026-12-08"),
]

# name of the mistake -> the task it is found in, and what the learner did
WRONG: dict[str, tuple[str, UndoStack]] = {
    "two-answer": ("placing", [change("roles", "task-5", person="s-3")]),
    "nobody-answers": ("placing", [mark("roles", "task-5", "org-3", "R"), mark("roles", "task-5", "org-4", "R")]),
    "nobody-does": ("placing", [mark("roles", "task-5", "org-3", "A"), mark("roles", "task-5", "org-4", "")]),
    "district-left-out": ("placing", [mark("roles", "task-5", "org-4", "")]),
    "convener-takes-all": (
        "placing",
        [
            mark("roles", "task-5", "org-1", "A"),
            mark("roles", "task-5", "org-3", "R"),
            mark("roles", "task-5", "org-4", "R"),
        ],
    ),
    "far-from-learners": (
        "placing",
        [
            mark("roles", "task-5", "org-6", "A"),
            mark("roles", "task-5", "org-3", "R"),
            mark("roles", "task-5", "org-4", "R"),
        ],
    ),
    "no-person": ("placing", PLACING[:1]),
    "person-gone": ("placing", [PLACING[0], change("roles", "task-5", person="s-15")]),
    "person-elsewhere": ("placing", [PLACING[0], change("roles", "task-5", person="s-4")]),
    "still-over-a-third": ("load", [mark("roles", "task-14", "org-6", "R")]),
    "another-desk": ("load", [*LOAD, *(mark("roles", f"task-{number}", "org-5", "A") for number in (11, 16, 12))]),
    "hours-short": ("load", LOAD[:-1]),
    "hours-wished-away": ("load", [change("roles", "task-1", hours="10")]),
    "money-wished-for": ("load", [answer("convener", "fte", "0.8")]),
    "lead-without-work": (
        "load",
        [*LOAD, mark("roles", "task-2", "org-1", ""), mark("roles", "task-2", "org-9", "AR")],
    ),
    "left-hanging": ("load", [*LOAD, mark("roles", "task-13", "org-6", "R")]),
    "not-asked": ("load", [*LOAD, mark("roles", "task-13", "org-9", "R")]),
    "still-there": ("leaving", [mark("roles", "task-7", "org-9", "AR")]),
    "mentoring-open": ("leaving", EMPTY),
    "mentoring-two": ("leaving", [*LEAVING, mark("roles", "task-7", "org-7", "A")]),
    "mentoring-to-lead": ("leaving", [*EMPTY, mark("roles", "task-7", "org-1", "A")]),
    "mentoring-unasked": ("leaving", [*EMPTY, mark("roles", "task-7", "org-7", "A")]),
    "line-moved": ("leaving", [*EMPTY, mark("roles", "task-15", "org-7", "AR")]),
    "line-open": ("leaving", EMPTY),
    "places-forgotten": (
        "mending",
        [add("plan", "actions", action="Write to everybody", owner="s-10", by="2026-12-18")],
    ),
    "owner-gone": ("mending", [add("plan", "actions", action="Find 14 places", owner="s-11", by="2026-12-18")]),
    "no-owner": ("mending", [add("plan", "actions", action="Find 14 places", by="2026-12-18")]),
    "too-late": ("mending", [add("plan", "actions", action="Find 14 places", owner="s-10", by="2027-06-18")]),
    "lead-again": ("mending", [add("plan", "actions", action="Find 14 places", owner="s-1", by="2026-12-18")]),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    [add("plan", "actions", action="Call two tool shops about spots for spring", owner="s-12", by="2027-02-15")],
    [add("plan", "actions", action="Ask the Workforce Board's employers to host", owner="s-9", by="2026-12-20")],
]
