"""Exercise 2: a purpose that promises no change."""

from __future__ import annotations

from ctekit.exercises._case import harrow_bend, new_rows, row
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure, not_found
from ctekit.exercises._words import day, number, says
from ctekit.model import text
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.purpose import Purpose

TODAY = day("2026-06-09")
FIGURES = {
    (11.0, 14.0): "work-based|work based|intern|job shadow|experience|apprentice|paid work|pasant|practica",
    (24.0, 25.7): "credential|certificate|certification|license|credencial|certificad",
    (71.1,): "placed|college|six months|next step|employ|in work|job|service|enrolled|universidad|trabaj",
    (11.9, 12.6): "women|girls|female|young woman|mujer|chica",
}
"""The shares in the memo's table, and words of what each one counts."""
DOING = (
    "meet|promot|raise awareness|awareness|support|collaborat|partner|network|host|hold |engag|communicat|showcas|"
    "celebrat|work together|strengthen"
)
VAGUE = "world-class|world class|excellen|best|innovative|success|quality|state-of-the-art|passion"
JARGON = "pipeline|stakeholder|synerg|human capital|ecosystem|alignment|visibility|brand|image"
VOTERS = 9


def start() -> Answers:
    """June 9, 2026: a committee's draft, with a figure in no box and a quorum that nobody can meet."""
    answers = harrow_bend("2026-06-09", without=["D7"])
    purpose = answers["purpose"]
    for field in ("start", "target", "by", "employer_reason", "learner_reason", "not_do", "review"):
        purpose.pop(field, None)
    purpose |= {
        "learners": "students",
        "change": "hold regular meetings and raise awareness of career and technical education",
        "sentence": "Together we promote a world-class talent pipeline for all stakeholders of the region.",
    }
    drafts = ("We host a career fair every fall.", "Our programs are world-class.", "Partners meet every month.")
    for number_, words in enumerate(drafts, 1):
        row(answers, "purpose", f"clause-{number_}")["promise"] = words
    purpose["clauses"] = purpose["clauses"][: len(drafts)]
    return answers


practice = Practice.read("purpose", start)


def _change(book: Workbook) -> object:
    sheet = book[Purpose]
    return sheet.learners, sheet.change, sheet.start, sheet.target, sheet.by


@practice.task("change", looks_at=_change)
def change(now: Workbook, before: Workbook) -> Feedback:
    """A countable change for named learners, from a figure of the table to a further one, by a day."""
    sheet = now[Purpose]
    if not sheet.learners:
        yield Mistake("which-learners", "The learners are blank. Which ones, at what age, or where?")
    elif len(sheet.learners.split()) < 3:
        says_who = f"“{sheet.learners}” could be anybody. Which learners, at what age, or where?"
        yield Unsure("which-learners", says_who, sheet.learners)
    kind = next((figures for figures, words in FIGURES.items() if says(sheet.change, words)), None)
    doing = f"“{sheet.change or ''}” is what partners do. If all of it is done, what is different for a learner?"
    if not sheet.change or sheet.change == before[Purpose].change:
        yield Mistake("doing-not-changing", doing)
        return
    if kind is None and says(sheet.change, DOING):
        yield Unsure("doing-not-changing", doing, sheet.change)
        return
    if kind is None:
        yield not_found("cannot-count", sheet.change, "a line of the table", "Is there a figure for it today?")
        return
    begin, end = number(sheet.start), number(sheet.target)
    if begin is None:
        yield Mistake("no-start", "No figure to start from. The table has one for the change that you chose.")
    elif begin not in kind and round(begin) not in {round(number) for number in kind}:
        yield Mistake(
            "wrong-start", f"You start from {sheet.start}. The table gives another share for “{sheet.change}”."
        )
    if end is None:
        yield Mistake("no-target", "No figure to reach. Then any change at all would do, even a smaller one.")
    elif begin is not None and end <= begin:
        yield Mistake("backward", f"From {sheet.start} to {sheet.target}: that is no step forward.")
    elif end >= 95 or (begin is not None and begin < 30 and end > 60):
        yield Mistake("miracle", f"To {sheet.target}, from {sheet.start}: who in the room would bet on it?")
    elif begin in kind:
        yield Praise(f"“{sheet.change}” goes from {sheet.start} to {sheet.target}: it can be counted, and it moves.")
    if sheet.by is None:
        yield Mistake("no-day", "No day. A purpose without one is never late.")
    elif not TODAY < sheet.by <= day("2031-06-30"):
        yield Mistake("wrong-day", f"{sheet.by} is past, or more than five years off. Who would remember?")
    else:
        yield Praise(f"By {sheet.by}: there will be a day on which you know.")


@practice.task("reasons", looks_at=lambda book: (book[Purpose].employer_reason, book[Purpose].learner_reason))
def reasons(now: Workbook, before: Workbook) -> Feedback:
    """Each reason is of the one who has it: openings and people who stay; pay, credit, a way to get there."""
    sheet = now[Purpose]
    firms, theirs = sheet.employer_reason, sheet.learner_reason
    for who, words in (("employers", firms), ("learners", theirs)):
        if not words:
            yield Mistake("one-side-blank", f"Why {who} care is blank. A partnership with one reason has one partner.")
        elif says(words, JARGON):
            as_reports = f"“{words}” is how reports speak. What would one of the {who} say at the kitchen table?"
            yield Unsure("jargon", as_reports, words)
    if firms and theirs and text.key(firms) == text.key(theirs):
        yield Mistake("same-reason", "Both have the same reason. Each comes for something of its own.")
        return
    if firms and not says(firms, JARGON):
        if says(firms, "{labor}|130"):
            yield Praise(f"Employers: “{firms}”. That is a plant's own worry.")
        else:
            ask = "Is this what keeps Marcus awake? Read his letter again."
            yield not_found("not-their-reason", firms, "jobs to fill, or people who stay", ask)
    if theirs and not says(theirs, JARGON):
        if says(theirs, "{gain}|22.40"):
            yield Praise(f"Learners: “{theirs}”. That is what the boy asked.")
        else:
            ask = "Is this what the boy at the bus stop asked? Read it again."
            yield not_found("not-their-reason", theirs, "pay, or something that counts", ask)


@practice.task("promises", looks_at=lambda book: book[Purpose].clauses)
def promises(now: Workbook, before: Workbook) -> Feedback:
    """Three to five promises, each to learners, none of them a thing that partners do or a big word."""
    written = [clause for clause in now[Purpose].clauses if clause.promise]
    if not 3 <= len(written) <= 5:
        name = "too-many" if len(written) > 5 else "too-few"
        yield Mistake(name, f"There are {len(written)} promises. Three to five can be remembered, and kept.")
    old = {clause.promise for clause in before[Purpose].clauses}
    for clause in written:
        if says(clause.promise, VAGUE):
            big = f"“{clause.promise}” Could anybody prove it, or the contrary?"
            yield (Mistake("big-word", big) if clause.promise in old else Unsure("big-word", big, clause.promise or ""))
        elif clause.promise in old:
            yield Mistake("about-partners", f"“{clause.promise}” is the draft's. What does a learner get from it?")
        elif not says(clause.promise, "{learner}", "{gain}"):
            yield not_found("about-partners", clause.promise, "what a learner gets from it")
        else:
            yield Praise(f"“{clause.promise}” A parent could ask about that.")
    for first in written:
        if sum(first.promise == other.promise for other in written) > 1:
            yield Mistake("twice", f"“{first.promise}” stands there twice.")
            break


@practice.task("limits", looks_at=lambda book: book[Purpose].not_do)
def limits(now: Workbook, before: Workbook) -> Feedback:
    """The offer on the table is refused by name, and employers as such are not."""
    words = now[Purpose].not_do
    if says(
        words, "work with employers|work with firms|work with business|take money from firms|take money from employers"
    ):
        shuts = f"“{words}” shuts out the partners you need. What exactly is wrong with this offer?"
        yield Unsure("refuses-partners", shuts, words or "")
    elif not says(words, "{one_firm}|castellan|marcus|machine|equipment|sponsor|$20,000"):
        yield not_found("too-general", words, "an answer to the offer of $20,000", "What does Marcus ask in return?")
    else:
        yield Praise(f"“{words}” The offer can be answered from that, and the next one too.")


@practice.task("quorum", looks_at=lambda book: book[Purpose].decisions)
def quorum(now: Workbook, before: Workbook) -> Feedback:
    """No quorum above the votes there are, and that of admitting a partner between half and nearly all."""
    beyond_reach = findings("PU10", now)
    for finding in beyond_reach:
        yield Mistake("cannot-be-met", f"{finding.says} {finding.advice}")
    admit = next((decision for decision in now[Purpose].decisions if decision.id == "prot-2"), None)
    if admit is None:
        yield Mistake(
            "rule-struck", "The rule on admitting a partner is gone. The first one who asks will find that out."
        )
    elif admit.quorum is None:
        yield Mistake("no-quorum", "No number is written. Then three who come may admit a fourth.")
    elif admit.quorum <= VOTERS // 2:
        yield Mistake(
            "too-few-decide", f"{admit.quorum} of {VOTERS} may admit or remove a partner. The others find out later."
        )
    elif admit.quorum == VOTERS:
        yield Mistake("all-must-come", "All nine must be there: one cold, and nothing is decided.")
    elif not beyond_reach:
        yield Praise(f"{admit.quorum} of {VOTERS} is most of them, and can be reached.")
    for decision in new_rows(now[Purpose].decisions, before[Purpose].decisions):
        if decision.id != "prot-2" and not decision.decision:
            yield Mistake("empty-decision", "A decision was added without words. What will have to be decided?")
