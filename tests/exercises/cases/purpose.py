"""Exercise 2, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from tests.exercises.solver import UndoStack, add, answer, change, remove


def put(**answers: str) -> UndoStack:
    return [answer("purpose", field, value) for field, value in answers.items()]


def promises(*words: str) -> UndoStack:
    kept: UndoStack = [
        change("purpose", f"clause-{number}", promise=promise) for number, promise in enumerate(words[:3], 1)
    ]
    return [*kept, *(add("purpose", "clauses", promise=word) for word in words[3:])]


CHANGE = put(
    learners="high-school and college learners in three counties",
    change="graduates with work-based learning",
    start="11.0%",
    target="25.0%",
    by="2028-06-30",
)
REASONS = put(
    employer_reason="firms fill 130 openings a year with people trained here",
    learner_reason="a first job at $22.40 or more, or credit toward a degree",
)
PROMISES = promises(
    "More graduates leave with a credential that our employers use.",
    "Any learner in the programs who wants paid work experience gets it.",
    "Every learner has a next step, college or work, that pays its way.",
)
LIMITS = put(not_do="Train for one firm only; collect data nobody asked for")
QUORUM: UndoStack = [change("purpose", "prot-2", quorum=6)]

MODEL: UndoStack = [*CHANGE, *REASONS, *PROMISES, *LIMITS, *QUORUM]
OTHER: UndoStack = [
    *put(learners="seniors in our two districts", change="Graduates who leave with a credential", start="25.7"),
    *put(target="32", by="2029-06-30"),
    *put(employer_reason="Half of those we hire leave in ninety days", learner_reason="They want to know what it pays"),
    *promises(
        "Every graduate who wants one has a credential by June.",
        "No learner needs a car to get to an internship.",
        "Families know what each program pays before they choose.",
        "Young women find the programs open to them.",
    ),
    *put(not_do="We do not train for any one employer, whatever it pays"),
    change("purpose", "prot-2", quorum=5),
]

GOOD = {
    "learners": "seniors in our two districts",
    "change": "graduates with an internship",
    "start": "11",
    "target": "25",
    "by": "2028-06-30",
}
WRONG: dict[str, tuple[str, UndoStack]] = {
    "which-learners": ("change", put(**{**GOOD, "learners": "youth"})),
    "doing-not-changing": ("change", put(**{**GOOD, "change": "promote careers and work together"})),
    "cannot-count": ("change", put(**{**GOOD, "change": "learners feel ready for life"})),
    "no-start": ("change", put(**{**GOOD, "start": ""})),
    "wrong-start": ("change", put(**{**GOOD, "start": "24"})),
    "no-target": ("change", put(**{**GOOD, "target": ""})),
    "backward": ("change", put(**{**GOOD, "target": "9"})),
    "miracle": ("change", put(**{**GOOD, "target": "100%"})),
    "no-day": ("change", put(**{**GOOD, "by": ""})),
    "wrong-day": ("change", put(**{**GOOD, "by": "2040-06-30"})),
    "one-side-blank": ("reasons", REASONS[:1]),
    "jargon": ("reasons", put(employer_reason="a strong talent pipeline", learner_reason="a job that pays")),
    "same-reason": ("reasons", put(employer_reason="better jobs", learner_reason="Better jobs")),
    "not-their-reason": ("reasons", put(employer_reason="it is good for the region", learner_reason="a job that pays")),
    "too-few": ("promises", [*PROMISES, remove("purpose", "clause-3")]),
    "too-many": (
        "promises",
        [*PROMISES, *(add("purpose", "clauses", promise=f"Each learner gets {n}.") for n in "abc")],
    ),
    "big-word": ("promises", [change("purpose", "clause-1", promise="Every learner gets an excellent start.")]),
    "about-partners": ("promises", [change("purpose", "clause-1", promise="We publish a newsletter.")]),
    "twice": ("promises", promises(*["Every learner gets a paid internship."] * 3)),
    "refuses-partners": ("limits", put(not_do="Take money from firms")),
    "too-general": ("limits", put(not_do="Anything that harms learners")),
    "cannot-be-met": ("quorum", [change("purpose", "prot-2", quorum=14)]),
    "no-quorum": ("quorum", [change("purpose", "prot-2", quorum=None)]),
    "too-few-decide": ("quorum", [change("purpose", "prot-2", quorum=3)]),
    "all-must-come": ("quorum", [change("purpose", "prot-2", quorum=9)]),
    "rule-struck": ("quorum", [remove("purpose", "prot-2")]),
}

# In other people's words; only the tasks they are about are looked at.
ALSO: list[UndoStack] = [
    [
        change("purpose", "clause-1", promise="College credit without fees for six courses"),
        change("purpose", "clause-2", promise="40 paid internships each January"),
        change("purpose", "clause-3", promise="Every senior has a next step"),
    ],
    promises("Cada joven recibe crédito universitario", "Prácticas pagadas cada enero", "Un empleo con sueldo digno"),
    put(employer_reason="No encontramos técnicos capacitados", learner_reason="Un sueldo desde el primer día"),
    put(not_do="Preparar gente para una sola empresa"),
    put(**{**GOOD, "change": "Graduados que hicieron prácticas"}),
    put(**{**GOOD, "change": "more of our graduates have had an internship", "start": "14%", "target": "30 percent"}),
    put(**{**GOOD, "change": "young women in the programs", "start": "12.6", "target": "16"}),
    put(**{**GOOD, "change": "they are in college or in work six months later", "start": "71", "target": "78"}),
    put(employer_reason="New people stay longer when they grew up nearby", learner_reason="A paycheck and no loans"),
    put(employer_reason="Nos faltan mecánicos", learner_reason="Ganan dinero mientras estudian"),
    put(employer_reason="They need skilled people close to home", learner_reason="Does it pay, and can I get there?"),
    put(employer_reason="A third of their technicians will retire", learner_reason="College that costs no tuition"),
    put(not_do="Tie our training to any one company's machines"),
    put(not_do="Accept money with strings attached"),
    [change("purpose", "prot-2", quorum=7)],
]
