"""Exercise 4, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from typing import Any

from tests.exercises.solver import UndoStack, change, remove


def row(number: int, **values: Any) -> UndoStack:
    return [change("value", f"x-{number}", **values)]


def hank(gets: str | None = "Two trained applicants a year who know its shop", **more: Any) -> UndoStack:
    return row(9, **{"gets": gets, "confirmed_by": "s-12", "confirmed_on": "2026-10-01"} | more)


PUENTE = row(10, action="Priya calls Inés by October 12; Colleen keeps eight seats until families have met")
HERON = row(8, confirmed_by="s-11", confirmed_on="2026-10-02")
NOTICE = row(9, review="2027-06-15")

MODEL: UndoStack = [*hank(in_own_words="I cannot pay a recruiter."), *PUENTE, *HERON, *NOTICE]
OTHER: UndoStack = [
    *hank("First look at machining learners, before the big plants hire"),
    *row(10, action="Marcus asks Inés before Friday what would make it worth her while"),
    *row(8, confirmed_by="s-17", confirmed_on="2026-10-02"),
    *row(9, metric="metric-7"),
]

WRONG: dict[str, tuple[str, UndoStack]] = {
    "gift-struck": ("ostrander", [remove("value", "x-9")]),
    "gift-cut": ("ostrander", hank(how_much="10 hours a year")),
    "nothing-is-final": ("ostrander", row(9, gets_nothing_yet=True)),
    "still-nothing": ("ostrander", row(9, confirmed_by="s-12")),
    "banner": ("ostrander", hank("Our thanks on a banner")),
    "good-of-all": ("ostrander", hank("A stronger region for trained people")),
    "invented": ("ostrander", hank("$500 for each learner")),
    "not-in-the-call": ("ostrander", hank("A seat on the board")),
    "not-confirmed": ("ostrander", hank(confirmed_by=None)),
    "spoken-for": ("ostrander", hank(confirmed_by="s-1")),
    "no-day": ("ostrander", hank(confirmed_on=None)),
    "day-to-come": ("ostrander", hank(confirmed_on="2026-12-24")),
    "row-struck": ("puente", [remove("value", "x-10")]),
    "score-mended": ("puente", row(10, worth=4, action="Priya calls Inés by October 12")),
    "nothing-done": ("puente", row(10, worth=3)),
    "nobody-does-it": ("puente", row(10, action="Somebody should call by October 12")),
    "some-day": ("puente", row(10, action="Priya calls Inés")),
    "talks-at-her": ("puente", row(10, action="Colleen explains to Inés by October 12 how it works")),
    "asked-for-more": ("puente", row(10, action="Priya calls Inés by October 12", gives="Outreach to 400 families")),
    "spoken-for/heron": ("heron", row(8, confirmed_by="s-12")),
    "gain-struck": ("heron", row(8, gets=None)),
    "not-confirmed/heron": ("heron", row(8, confirmed_by=None)),
    "in-the-past": ("notice", [*hank(), *row(9, review="2026-01-15")]),
    "too-late": ("notice", [*hank(), *row(9, review="2029-06-15")]),
    "nothing-to-notice": ("notice", NOTICE),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    [*hank("Un aprendiz cada dos años"), *NOTICE],
    [*hank("Dos aprendices al año"), *NOTICE],
    [*hank("Meets students before the big plants do"), *NOTICE],
    [*hank("One apprentice every other year"), *row(9, review="2027-01-31")],
    row(10, action="Adaeze sits down with Inés on Nov. 3 and asks what would help"),
    row(10, action="Priya will phone Inés by 10/12"),
]
