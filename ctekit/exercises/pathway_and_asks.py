"""Exercise 10: a pathway with a hole in it, what partners can mend themselves, and what only the state can."""

from __future__ import annotations

from decimal import Decimal

from ctekit.analysis import participants
from ctekit.exercises._case import actions, kept, new_rows
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure, not_found
from ctekit.exercises._words import day, number, says
from ctekit.workbook import Workbook
from ctekit.worksheets.pathway import Step
from ctekit.worksheets.plan import Plan, PolicyAsk
from ctekit.worksheets.profile import Profile

TODAY, LAST_DAY = day("2027-01-11"), day("2027-01-22")
SCHOOL, PRACTICAL, REGISTERED = "step-2", "step-3", "step-4"
CREDITS, WAGE = 4, Decimal("36.20")

practice = Practice.read("pathway-and-asks")


def _step(book: Workbook, name: str) -> Step | None:
    return next((step for step in book[Profile].steps if step.id == name), None)


@practice.task(
    "seam",
    looks_at=lambda book: [(step.id, step.leads_to, step.credit) for step in book[Profile].steps if step.id == SCHOOL],
)
def seam(now: Workbook, before: Workbook) -> Feedback:
    """Grades 11-12 lead to the practical nurse year, and the credit that carries is a number of the registrar's."""
    step = _step(now, SCHOOL)
    if step is None:
        yield Mistake("step-struck", "The step is gone. Forty learners are in it this week.")
        return
    if not step.leads_to:
        yield Mistake("leads-nowhere", f"“{step.step}” still leads to no other step. Where would its learners go on?")
    elif PRACTICAL in step.leads_to:
        yield Praise(f"“{step.step}” leads to “{now.name(PRACTICAL)}”.")
    elif REGISTERED in step.leads_to:
        yield Mistake("skips-a-step", "Nobody goes from grade 12 to year 2 of the college. Which step lies between?")
    else:
        yield Mistake("goes-back", f"“{now.name(step.leads_to[0])}” is not where they go on. Which step comes next?")
    if not step.credit:
        yield Mistake("nothing-counts", "The credit that carries is blank: the 75 hours still count for nothing.")
    elif says(step.credit, "none|75 hours|hours only"):
        yield Unsure("hours-not-credit", f"“{step.credit}”: the hours were done. What do they count for?", step.credit)
    elif number(step.credit) == CREDITS or says(step.credit, "four|cuatro"):
        yield Praise(f"“{step.credit}” is what the registrar's form gives.")
    else:
        yield not_found("other-credit", step.credit, "the number in Owen's memo", "What could the college grant?")


@practice.task(
    "job",
    looks_at=lambda book: [
        (step.id, step.job, step.wage, step.leads_to) for step in book[Profile].steps if step.id == REGISTERED
    ],
)
def job(now: Workbook, before: Workbook) -> Feedback:
    """The last step ends in a job with its wage: the product's own rule, and the letter's figure."""
    step = _step(now, REGISTERED)
    if step is None:
        yield Mistake("step-struck", "The last step is gone, and with it the reason why many begin.")
        return
    for finding in findings("PR45", now, REGISTERED):
        yield Mistake("still-no-job", f"{finding.says} {finding.advice}")
    if step.job and says(step.job, "nurse|29-1141|rn|enfermer"):
        yield Praise(f"The pathway ends in a job: {step.job}.")
    elif step.job:
        yield not_found("other-job", step.job, "the job in Sister Clare's letter")
    if step.wage is None:
        yield Mistake("no-wage", "No wage. It is the first thing that a family asks.")
    elif step.wage != WAGE:
        yield Mistake("other-wage", f"${step.wage}: Sister Clare's letter gives another wage.")


@practice.task("ours", looks_at=actions)
def ours(now: Workbook, before: Workbook) -> Feedback:
    """An action on the form, the bus or the hours, with somebody who is here and a day within 90 days."""
    written = new_rows(actions(now), actions(before))
    yield from kept(now, written)
    words = " / ".join(action.action or "" for action in written)
    if not says(words, "credit|form|agreement|articulat|bus|ride|van|hours|shift|schedule|time|autobus|horario"):
        looked_for = "the credit form, the bus or the clinical hours"
        yield not_found("not-ours", words, looked_for, "Which trouble could two partners mend by April?")


def _ask(book: Workbook) -> list[PolicyAsk]:
    return list(book[Plan].asks_of_state)


@practice.task("ask", looks_at=_ask)
def ask(now: Workbook, before: Workbook) -> Feedback:
    """One small thing that only the Board can change, with evidence, somebody who carries it, and a day in time."""
    asks = [row for row in _ask(now) if row.ask]
    if not asks:
        yield Mistake("no-ask", "No ask is left. Nine people go on driving 90 miles.")
    if len(asks) > 2:
        yield Mistake("too-many", f"{len(asks)} asks. An office remembers one, perhaps two. Which one?")
    for row in asks[:2]:
        yield from _what(row, before)
        yield from _carried(now, row)


def _what(row: PolicyAsk, before: Workbook) -> Feedback:
    words = row.ask or ""
    if words in {old.ask for old in _ask(before)}:
        yield Mistake("too-big", f"“{words}” can be granted by nobody on a given day. What is one rule in the way?")
    elif says(words, "credit|articulat|bus|ride"):
        yield Unsure("ours-not-theirs", f"“{words}”: is there no partner who can change that?", words)
    elif says(
        words, "half-time|half time|part-time|part time|teach|instruct|faculty|clinical|preceptor|supervis|maestr"
    ):
        yield Praise(f"“{words}” is one rule, and no partner can change it.")
    else:
        yield not_found("another-ask", words, "the rule on who counts as a clinical teacher", "What is in the way?")
    if not row.decides:
        yield Mistake("nobody-decides", "Who decides is blank. An ask without an address is a wish.")
    elif says(row.decides, "board of nursing|nursing board|board|enfermeria"):
        yield Praise(f"{row.decides} decides on it.")
    else:
        yield not_found("wrong-door", row.decides, "the office that made the rule", "Whose rule is it in the letter?")
    if not (row.evidence or row.other_evidence):
        yield Mistake("no-evidence", "Nothing shows why. Two figures from the papers would do.")


def _carried(now: Workbook, row: PolicyAsk) -> Feedback:
    if not row.contact:
        yield Mistake("nobody-carries", "Nobody carries it there. Who would the Board listen to?")
    elif participants.standing(now, row.contact) != "active":
        why = participants.why_not(now, row.contact)
        yield Mistake("carrier-gone", f"{now.name(row.contact)} {why}. Who would the Board listen to?")
    else:
        yield Praise(f"{now.name(row.contact)} carries it there.")
    if row.by is None:
        yield Mistake("no-day", "No day. The Board takes asks until one.")
    elif not TODAY <= row.by <= LAST_DAY:
        yield Mistake("too-late", f"{row.by}: the Board takes asks until {LAST_DAY}, and today is {TODAY}.")
