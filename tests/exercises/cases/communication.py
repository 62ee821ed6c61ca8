"""Exercise 5, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from typing import Any

from tests.exercises.solver import UndoStack, add, answer, change, remove

ROW: dict[str, Any] = {
    "audience": "Families and learners",
    "kind": "learners & families",
    "members": ["s-14"],
    "purpose": "What is offered, what it pays, how to join",
    "channel": "An evening and text messages",
    "how_often": "monthly",
    "owner": "s-13",
    "backup": "s-5",
    "language": "English and Spanish",
    "format": "Print 14 pt, text message",
    "reply": "Text or call to the front door",
    "two_way": True,
    "first_on": "2026-10-27",
}


def families(**other: Any) -> UndoStack:
    return [add("communication", "audiences", **(ROW | other))]


def hosts(**values: Any) -> UndoStack:
    return [change("communication", "com-5", **values)]


def door(address: str | None, line: str | None) -> UndoStack:
    return [answer("communication", "front_door_address", address), answer("communication", "emergency", line)]


def silence(days: int) -> UndoStack:
    return [answer("communication", "longest_silence", days)]


ADDRESS, OFFICE = "frontdoor@harrowbend.example", "Main office of the learner's school"

MODEL: UndoStack = [*families(), *hosts(how_often="monthly", two_way=True), *door(ADDRESS, OFFICE), *silence(60)]
OTHER: UndoStack = [
    *families(
        audience="Parents and students",
        channel="Phone tree",
        how_often="every two weeks",
        owner="s-5",
        first_on="2026-10-12",
    ),
    *hosts(how_often="every two weeks", two_way=True),
    *door("desk@harrowbend.example", "Front office at the school, staffed until the last bus"),
    *silence(30),
]

WRONG: dict[str, tuple[str, UndoStack]] = {
    "still-silent": ("families", families(members=[])),
    "copied-in": ("families", [change("communication", "com-2", members=["s-2", "s-3", "s-5", "s-14"])]),
    "english-only": ("families", families(language="English")),
    "no-format": ("families", families(format=None)),
    "web-only": ("families", families(channel="Our website and e-mail")),
    "too-rarely": ("families", families(how_often="yearly")),
    "no-answer": ("families", families(two_way=False)),
    "no-sender": ("families", families(owner=None)),
    "sender-gone": ("families", families(owner="s-15")),
    "no-first-day": ("families", families(first_on=None)),
    "after-the-fact": ("families", families(first_on="2026-12-01")),
    "hosts-struck": ("hosts", [remove("communication", "com-5")]),
    "too-often": ("hosts", hosts(how_often="every week", two_way=True)),
    "still-rare": ("hosts", hosts(two_way=True)),
    "one-way": ("hosts", hosts(how_often="monthly")),
    "private-box": ("door", door("adaeze.whitcomb@chamber.example", OFFICE)),
    "no-address": ("door", door("to be settled", OFFICE)),
    "no-line": ("door", door(ADDRESS, None)),
    "mail-for-worst": ("door", door(ADDRESS, ADDRESS)),
    "private-line": ("door", door(ADDRESS, "Adaeze's cell")),
    "too-long": ("silence", silence(180)),
    "cannot-keep": ("silence", silence(3)),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    families(audience="Familias", language="Inglés y español", channel="Reunión por la noche y mensajes"),
    families(audience="Parents", language="English, Español", channel="Letter home with the bus card"),
    door("desk@harrowbend.example", "School office, 7 to 5"),
    silence(45),
]
