"""Exercise 1: a favorite that comes first only when its own scores count."""

from __future__ import annotations

import datetime

from ctekit.exercises._case import harrow_bend, organization_of
from ctekit.exercises._engine import Choice, Good, Mistake, Practice, QuizQuestion, Seen, findings
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
    settled = ("lead", "lead_person", "stand_in", "first_year_only", "review", "reason")
    convener = {name: value for name, value in answers["convener"].items() if name not in settled}
    answers["convener"] = convener | {"settled": CHOOSING}
    for person in answers["profile"]["people"]:
        if person["id"] == LEAVING:
            person["status"] = "confirmed"
            person.pop("left_on", None)
    return answers


practice = Practice(
    "01-convener",
    "1 The favorite",
    30,
    start,
    quiz=(
        QuizQuestion(
            "own",
            "Five partners score three candidates. Two of the candidates score as well. What about their own scores?",
            (
                Choice("They count: they know themselves best.", "They may. They also hope the most, and it shows."),
                Choice("They are left out of the total.", "Then nobody can win on their own praise.", True),
                Choice(
                    "Candidates must not score at all.",
                    "Their view of the others is worth having. Only their view of themselves is set aside.",
                ),
            ),
        ),
        QuizQuestion(
            "second",
            "May you choose the candidate that comes second?",
            (
                Choice("No. Then why score?", "Scores help you talk. They do not decide for you."),
                Choice(
                    "Yes, if you write down why.", "A reason can be checked and remembered. A silence cannot.", True
                ),
                Choice(
                    "Yes, and the less said the better.",
                    "Partners remember an unwritten reason longest. Each one remembers a different one.",
                ),
            ),
        ),
        QuizQuestion(
            "standin",
            "Who is the best stand-in for the person who leads?",
            (
                Choice(
                    "A colleague down the hall.",
                    "Handy on a sick day. When the office moves or its grant ends, both are gone.",
                ),
                Choice(
                    "Somebody of another partner, with the agenda and the contact list.",
                    "Then the partnership does not hang on one office.",
                    True,
                ),
                Choice("Nobody until it is needed.", "The day it is needed is the day nobody has time to look."),
            ),
        ),
        QuizQuestion(
            "paid",
            "Three grants pay for the lead. Until when is it paid for?",
            (
                Choice("Until the last grant ends.", "On that day. But the full post may have ended a year before."),
                Choice(
                    "Until the first grant ends that the post cannot do without.",
                    "From then on somebody works fewer hours, or for nothing.",
                    True,
                ),
                Choice("Until the average of the three.", "Nobody is paid by an average."),
            ),
        ),
    ),
)


@practice.task(
    "lead",
    "Who leads, and why",
    looks_at=lambda book: (book[Convener].lead, book[Convener].reason, book[Convener].shared_with),
    hints=(
        "The memo's table counts everybody's scores. Whose scores should not count?",
        "The chart leaves out what each gave itself. Who comes first now? May you choose somebody else all the same?",
        "The Workforce Board comes first. Choose it, or choose the Chamber and write a reason out of the papers "
        "that is "
        "not its score.",
    ),
    solution="The Workforce Board leads. Without self-scores it has 3.53 and the Chamber 3.34: the Chamber's lead "
    "was its own praise. Choosing the Chamber is as good with a written reason, such as “Employers come when it "
    "calls, "
    "and its board lends its fiscal staff; looked at again in May 2027.”",
    asks_next="“If the one you did not choose were in the room, what would you tell it, in one sentence?”",
)
def lead(now: Workbook, before: Workbook) -> Seen:
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
        yield Good(f"{name} comes first when nobody's own scores count.")
    elif says(reason, "score|first place|came first|ranks|points|highest|3.67|won the vote"):
        yield Mistake(
            "score-as-reason",
            "The reason is the score, and the score is what is in doubt. Which fact in the papers speaks for it?",
        )
    elif len(reason.split()) < 5:
        yield Mistake(
            "thin-reason", f"“{reason}” is short. Would a partner who wanted another lead know what you mean?"
        )
    else:
        yield Good(f"{name} did not come first, and your reason is written: “{reason}”")
    if sheet.lead in sheet.shared_with:
        yield Mistake("shared-with-itself", f"{name} shares the lead with itself. Name another partner, or nobody.")


@practice.task(
    "people",
    "Who leads in person, and who stands in",
    looks_at=lambda book: (book[Convener].lead_person, book[Convener].stand_in),
    hints=(
        "The one a partner would call works for the organization that leads.",
        "The stand-in should still be there when the first one is not. Read Ruth's note about 2024 again.",
        "Take the lead's own person of the roster. For the stand-in, take somebody from another organization "
        "who stays.",
    ),
    solution="If the Workforce Board leads: Lorraine Teague, and Adaeze Whitcomb stands in. If the Chamber "
    "leads, the other "
    "way round. Neil Farrow knows everybody, but he leaves on June 30.",
    asks_next="“Where do the agenda and the contact list lie today, and who could open them without you?”",
)
def people(now: Workbook, before: Workbook) -> Seen:
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
        yield Good(f"{now.name(sheet.lead_person)} can be called, and works for the lead.")
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
        yield Good(f"{now.name(sheet.stand_in)} stands in, from another organization.")


@practice.task(
    "money",
    "How much time is paid for, and until when",
    looks_at=lambda book: (book[Convener].fte, book[Convener].money_until),
    hints=(
        "Start from the lead that you chose. What share of a post does it offer, and what does that cost a year?",
        "Add up the money that lasts longest. Does it pay for that post without the rest?",
        "The Chamber's post takes all $96,000, so the employers' end date counts. The other two posts cost less "
        "than the "
        "Perkins and foundation money together.",
    ),
    solution="The Workforce Board: 0.5, until 2028-06-30, because Perkins and foundation money make $62,000 and "
    "its post "
    "costs $60,000. The Chamber: 0.6, until 2027-06-30, because its $96,000 needs the employers too. Tri-Fork: "
    "0.5, until "
    "2028-06-30.",
    asks_next="“What would you stop doing on the day after?”",
)
def money(now: Workbook, before: Workbook) -> Seen:
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
        yield Good(f"{fte} of a post is what {name} offers.")
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
        yield Good(f"Until {until}: the first money this post cannot do without ends on that day.")
    elif sheet.money_until == day("2027-06-30"):
        yield Good("The employers' date is careful: this post could go on for a year without them.")
    else:
        yield Mistake("no-such-day", f"No money in the table ends on {sheet.money_until}.")


@practice.task(
    "limits",
    "What the lead will not do, and when you look again",
    looks_at=lambda book: (book[Convener].will_not_do, book[Convener].review),
    hints=(
        "Two letters ask the lead for something. Would you want any one partner to get it?",
        "One letter wants people for its own firm first. The other wants the lead to hold records of single learners.",
        "Write both down as things that the lead does not do, and set a day within a year to look at the lead again.",
    ),
    solution="“Hire or place for any one firm first; keep records of single learners.” Looked at again on 2027-05-01.",
    asks_next="“Who will be cross about this list, and who tells them first?”",
)
def limits(now: Workbook, before: Workbook) -> Seen:
    """At least one of the two requests is refused, convening work is not, and a day within a year is set."""
    sheet = now[Convener]
    firm = says(
        sheet.will_not_do,
        "hire|hiring|one firm|any firm|single firm|one employer|castellan|first pick|first "
        "choice|company|companies|favor|member first",
    )
    records = says(
        sheet.will_not_do, "record|data|file|names of learner|grades|attendance|student information|single learner"
    )
    if not sheet.will_not_do:
        yield Mistake("no-limits", "Nothing is refused yet. Two letters on your desk wait for an answer.")
    elif says(sheet.will_not_do, "meeting|minutes|agenda|front door|report"):
        yield Mistake("refuses-its-work", "Calling meetings, keeping minutes and reporting are what a lead is for.")
    elif not (firm or records):
        yield Mistake(
            "too-general", f"“{sheet.will_not_do}” would not answer either of the two letters. Name what they ask."
        )
    elif not (firm and records):
        other = "the records of learners" if firm else "people for one firm first"
        yield Mistake("half-refused", f"One of the letters has its answer. What about the other one, {other}?")
    else:
        yield Good("Both letters can be answered from your list.")
    if not sheet.review:
        yield Mistake(
            "no-review", "No day to look again. A lead nobody looks at is a lead nobody can thank, or change."
        )
    elif not TODAY < sheet.review <= TODAY + datetime.timedelta(days=366):
        yield Mistake("review-too-far", f"{sheet.review} is not within a year of {TODAY}.")
    else:
        yield Good(f"You look at the lead again on {sheet.review}.")
