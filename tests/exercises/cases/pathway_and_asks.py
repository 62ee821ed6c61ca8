"""Exercise 10, filled in; see the cases of roles for what each name means."""

from __future__ import annotations

from typing import Any

from tests.exercises.solver import UndoStack, add, change, remove

SMALL = "Count two half-time hospital nurses as one clinical teacher"


def seam(**values: Any) -> UndoStack:
    return [change("profile", "step-2", **({"leads_to": ["step-3"], "credit": "4 college credits"} | values))]


def job(**values: Any) -> UndoStack:
    return [change("profile", "step-4", **({"job": "registered nurse (29-1141)", "wage": "36.20"} | values))]


def ours(**values: Any) -> UndoStack:
    row = {"action": "Sign the form for 4 credits", "owner": "s-2", "by": "2027-02-26"}
    return [add("plan", "actions", **(row | values))]


def ask(**values: Any) -> UndoStack:
    row = {
        "lever": "industry-to-classroom license",
        "decides": "The Board of Nursing",
        "ask": SMALL,
        "other_evidence": "22 open posts; nine people who drive 90 miles",
        "contact": "s-3",
        "by": "2027-01-22",
    }
    return [change("plan", "policy-1", **(row | values))]


MODEL: UndoStack = [*seam(), *job(), *ours(), *ask()]
OTHER: UndoStack = [
    *seam(credit="four, from fall 2027"),
    *job(job="RN"),
    *ours(action="Move clinical hours at Ledge to 8:30", owner="s-4", by="2027-03-15"),
    remove("plan", "policy-1"),
    add(
        "plan",
        "asks_of_state",
        decides="Norrland Board of Nursing",
        ask="Let part-time nurses teach in small hospitals",
        other_evidence="Letter of Sister Clare",
        contact="s-6",
        by="2027-01-20",
    ),
]

WRONG: dict[str, tuple[str, UndoStack]] = {
    "leads-nowhere": ("seam", [change("profile", "step-2", credit="4 credits")]),
    "skips-a-step": ("seam", seam(leads_to=["step-4"])),
    "goes-back": ("seam", seam(leads_to=["step-1"])),
    "nothing-counts": ("seam", [change("profile", "step-2", leads_to=["step-3"])]),
    "hours-not-credit": ("seam", seam(credit="75 hours")),
    "other-credit": ("seam", seam(credit="32 credits")),
    "step-struck/seam": ("seam", [remove("profile", "step-2")]),
    "still-no-job": ("job", job(job="")),
    "other-job": ("job", job(job="dietitian")),
    "no-wage": ("job", job(wage=None)),
    "other-wage": ("job", job(wage="27.10")),
    "not-ours": ("ours", ours(action="Write a brochure")),
    "no-owner": ("ours", ours(owner=None)),
    "owner-gone": ("ours", ours(owner="s-7")),
    "too-late/ours": ("ours", ours(by="2027-12-01")),
    "too-big": ("ask", [change("plan", "policy-1", contact="s-3")]),
    "ours-not-theirs": ("ask", ask(ask="Make the college give credit for the 75 hours")),
    "another-ask": ("ask", ask(ask="Pay nurses more")),
    "nobody-decides": ("ask", ask(decides="")),
    "wrong-door": ("ask", ask(decides="The governor")),
    "no-evidence": ("ask", ask(other_evidence="")),
    "nobody-carries": ("ask", ask(contact=None)),
    "carrier-gone": ("ask", ask(contact="s-7")),
    "too-late/ask": ("ask", ask(by="2027-03-01")),
    "no-day/ask": ("ask", ask(by=None)),
    "no-ask": ("ask", [remove("plan", "policy-1")]),
    "too-many": ("ask", [*ask(), *(add("plan", "asks_of_state", ask=SMALL) for _ in range(2))]),
}

ALSO: list[UndoStack] = [
    seam(credit="Cuatro créditos"),
    job(job="Enfermera registrada"),
    ours(action="Ask the county for a bus from Ledge at 6:30", owner="s-6"),
]
