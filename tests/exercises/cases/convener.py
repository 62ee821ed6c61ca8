"""Exercise 1, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from tests.exercises.solver import Step, UndoStack, answer


def put(**answers: str) -> UndoStack:
    return [put_one(field, value) for field, value in answers.items()]


def put_one(field: str, value: str) -> Step:
    return answer("convener", field, value)


LIMITS = put(will_not_do="Hire or place for any one firm first; keep records of single learners", review="2027-05-01")

MODEL: UndoStack = [
    *put(lead="org-6", lead_person="s-9", stand_in="s-1", fte="0.5", money_until="2028-06-30"),
    *LIMITS,
]
OTHER: UndoStack = [
    *put(lead="org-1", lead_person="s-1", stand_in="s-9", fte="0.6", money_until="2027-06-30"),
    *put(reason="Employers come when it calls, and its board lends its fiscal staff"),
    *put(will_not_do="No first pick for Castellan, and no file with grades of learners", review="2026-12-01"),
]

WRONG: dict[str, tuple[str, UndoStack]] = {
    "own-votes": ("lead", put(lead="org-1")),
    "score-as-reason": ("lead", put(lead="org-1", reason="It has the highest score of all three candidates")),
    "thin-reason": ("lead", put(lead="org-1", reason="We like it")),
    "not-first": ("lead", put(lead="org-5")),
    "not-a-candidate": ("lead", put(lead="org-2")),
    "nobody-leads": ("lead", put(reason="Employers trust the Chamber more than anybody")),
    "person-elsewhere": ("people", put(lead="org-6", lead_person="s-1", stand_in="s-9")),
    "own-stand-in": ("people", put(lead="org-6", lead_person="s-9", stand_in="s-9")),
    "leaves-soon": ("people", put(lead="org-6", lead_person="s-9", stand_in="s-15")),
    "same-house": ("people", put(lead="org-5", lead_person="s-7", stand_in="s-8")),
    "no-stand-in": ("people", put(lead="org-6", lead_person="s-9")),
    "lead-first": ("money", put(fte="0.5", money_until="2028-06-30")),
    "last-grant": ("money", put(lead="org-1", fte="0.6", money_until="2028-06-30")),
    "not-their-time": ("money", put(lead="org-6", fte="1", money_until="2028-06-30")),
    "no-such-day": ("money", put(lead="org-6", fte="0.5", money_until="2026-12-31")),
    "no-end": ("money", put(lead="org-6", fte="0.5")),
    "no-limits": ("limits", put(review="2027-05-01")),
    "refuses-its-work": ("limits", put(will_not_do="Call meetings and keep minutes", review="2027-05-01")),
    "too-general": ("limits", put(will_not_do="Anything that is unfair", review="2027-05-01")),
    "half-refused": ("limits", put(will_not_do="Hire for one firm", review="2027-05-01")),
    "no-review": ("limits", LIMITS[:1]),
    "review-too-far": ("limits", put(will_not_do="Hire for one firm; keep records", review="2029-05-01")),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    put(will_not_do="Preferir a una empresa; guardar datos de estudiantes", review="2027-01-15"),
    put(lead="org-5", reason="The college will be here in twenty years, whatever grant comes or goes"),
    put(lead="org-6", reason="It came first once nobody's own scores counted"),
    put(will_not_do="Give members the best interns; hold private student details", review="2027-01-15"),
    put(will_not_do="No favors for any company. No student information in our files.", review="2027-01-15"),
]
