"""Exercise 1: a favorite that comes first only when its own scores count."""

from __future__ import annotations

import datetime

from ctekit.exercises._case import harrow_bend, organization_of
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure, not_found
from ctekit.exercises._words import day, says
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import CHOOSING, Convener

TODAY = day("2026-05-10")
CHAMBER, BOARD, COLLEGE = "org-1", "org-6", "org-5"
PAID = {CHAMBER: ("0.6", day("2027-06-30")), BOARD: ("0.5", day("2028-06-30")), COLLEGE: ("0.5", day("2028-06-30"))}
"""Share of a post, and how long the money that it needs lasts; the table stands in the notebook."""
LEAVING = "s-15"


def start() -> Answers:
    """May 10, 2026: candidates are scored, nothing is settled, and Neil Farrow has not left yet."""
    answers = harrow_bend("2026-05-10", without=["D6"])
    tables = {name: value for name, value in answers["convener"].items() if isinstance(value, list)}
    answers["convener"] = tables | {"settled": CHOOSING}
    for person in answers["profile"]["people"]:
        if person["id"] == LEAVING:
            person["status"] = "confirmed"
            person.pop("left_on", None)
    return answers


practice = Practice.read("convener", start)


@practice.task("lead", looks_at=lambda book: (book[Convener].lead, book[Convener].reason, book[Convener].shared_with))
def lead(now: Workbook, before: Workbook) -> Feedback:
    """The first without self-scores, or another candidate with a reason that is more than its score."""
    sheet = now[Convener]
    if not sheet.lead:
        yield Mistake("nobody-leads", "No organization is named yet. A reason alone does not lead.")
        return
    name = now.name(sheet.lead)
    if sheet.lead not in PAID:
        yield Mistake("not-a-candidate", f"{name} was not asked and not scored. Choose one of the three candidates.")
        return
    unexplained = findings("CO03", now)
    reason = sheet.reason or ""
    if unexplained and sheet.lead == CHAMBER:
        yield Mistake("own-votes", f"{unexplained[0].says} It won on what it gave itself.")
    elif unexplained:
        yield Mistake("not-first", f"{unexplained[0].says} {unexplained[0].advice}")
    elif sheet.lead == BOARD:
        yield Praise(f"{name} comes first when nobody's own scores count.")
    elif says(reason, "score|first place|came first|ranks|points|highest|3.67|won the vote"):
        score = "The reason is the score, and the score is what is in doubt. Which fact in the papers speaks for it?"
        yield Unsure("score-as-reason", score, reason)
    elif len(reason.split()) < 5:
        short = f"“{reason}” is short. Would a partner who wanted another lead know what you mean?"
        yield Unsure("thin-reason", short, reason)
    else:
        yield Praise(f"{name} did not come first, and your reason is written: “{reason}”")
    if sheet.lead in sheet.shared_with:
        yield Mistake("shared-with-itself", f"{name} shares the lead with itself. Name another partner, or nobody.")


@practice.task("people", looks_at=lambda book: (book[Convener].lead_person, book[Convener].stand_in))
def people(now: Workbook, before: Workbook) -> Feedback:
    """The person comes from the lead; the stand-in is another one, from another house, who stays."""
    sheet = now[Convener]
    if not sheet.lead_person:
        yield Mistake("no-person", "Nobody leads in person yet. Whom would a partner call?")
    elif not sheet.lead:
        yield Mistake("lead-first", "First say which organization leads; then which of its people.")
    elif organization_of(now, sheet.lead_person) != sheet.lead:
        yield Mistake(
            "person-elsewhere",
            f"{now.name(sheet.lead_person)} does not work for {now.name(sheet.lead)}, so nobody there answers for it.",
        )
    else:
        yield Praise(f"{now.name(sheet.lead_person)} can be called, and works for the lead.")
    if not sheet.stand_in:
        yield Mistake("no-stand-in", "Nobody stands in. In 2024 that is how the contact list was lost.")
        return
    wrong = findings("CO06", now)
    if wrong:
        yield Mistake("own-stand-in", f"{wrong[0].says} {wrong[0].advice}")
    elif LEAVING in (sheet.stand_in, sheet.lead_person):
        yield Mistake("leaves-soon", "Neil Farrow leaves on June 30: seven weeks from now you would begin again.")
    elif organization_of(now, sheet.stand_in) == organization_of(now, sheet.lead_person):
        yield Mistake(
            "same-house",
            f"{now.name(sheet.stand_in)} works in the same house. In 2024 a whole office left in one week.",
        )
    else:
        yield Praise(f"{now.name(sheet.stand_in)} stands in, from another organization.")


@practice.task("money", looks_at=lambda book: (book[Convener].fte, book[Convener].money_until))
def money(now: Workbook, before: Workbook) -> Feedback:
    """The share the candidate offers, and the end of the first money that its post cannot do without."""
    sheet = now[Convener]
    if sheet.lead not in PAID:
        yield Mistake("lead-first", "Choose the lead first: each candidate has its own time and its own cost.")
        return
    fte, until = PAID[sheet.lead]
    name = now.name(sheet.lead)
    if sheet.fte is None:
        yield Mistake("no-time", f"How much time is paid? {name} said what it offers.")
    elif str(sheet.fte.normalize()) != fte:
        yield Mistake(
            "not-their-time", f"{name} offers {fte} of a post; {sheet.fte} is written. More is a wish, less a loss."
        )
    else:
        yield Praise(f"{fte} of a post is what {name} offers.")
    if sheet.money_until is None:
        yield Mistake("no-end", "No end date. Money that ends on no day is money nobody looks after.")
    elif sheet.money_until > until:
        yield Mistake(
            "last-grant",
            f"You wrote {sheet.money_until}. Look at what {name}'s post costs a year, and at the first money it "
            f"cannot do "
            "without.",
        )
    elif sheet.money_until == until:
        yield Praise(f"Until {until}: the first money this post cannot do without ends on that day.")
    elif sheet.money_until == day("2027-06-30"):
        yield Praise("The employers' date is careful: this post could go on for a year without them.")
    else:
        yield Mistake("no-such-day", f"No money in the table ends on {sheet.money_until}.")


@practice.task("limits", looks_at=lambda book: (book[Convener].will_not_do, book[Convener].review))
def limits(now: Workbook, before: Workbook) -> Feedback:
    """At least one of the two requests is refused, convening work is not, and a day within a year is set."""
    sheet = now[Convener]
    firm = says(sheet.will_not_do, "{employer}|one firm|any firm|single firm|one employer")
    records = says(sheet.will_not_do, "{records}")
    if not sheet.will_not_do:
        yield Mistake("no-limits", "Nothing is refused yet. Two letters on your desk wait for an answer.")
    elif says(sheet.will_not_do, "meeting|minutes|agenda|front door|report"):
        refused = "Calling meetings, keeping minutes and reporting are what a lead is for."
        yield Unsure("refuses-its-work", refused, sheet.will_not_do)
    elif not (firm or records):
        asked = "an answer to either of the two letters"
        yield not_found("too-general", sheet.will_not_do, asked, "Name what they ask.")
    elif not (firm and records):
        other = "the records of learners" if firm else "people for one firm first"
        half = f"One of the letters has its answer. What about the other one, {other}?"
        yield Unsure("half-refused", half, sheet.will_not_do)
    else:
        yield Praise("Both letters can be answered from your list.")
    if not sheet.review:
        yield Mistake(
            "no-review", "No day to look again. A lead nobody looks at is a lead nobody can thank, or change."
        )
    elif not TODAY < sheet.review <= TODAY + datetime.timedelta(days=366):
        yield Mistake("review-too-far", f"{sheet.review} is not within a year of {TODAY}.")
    else:
        yield Praise(f"You look at the lead again on {sheet.review}.")
