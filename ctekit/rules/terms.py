"""Rules 73, 74, 76 and 77: what ends is seen in time, seats are shared, and a match can be shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.text import count, quotation
from ctekit.rules._places import answered
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.rules.sectors import BUSINESS, BUSINESS_FLOOR
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Value

SOON = datetime.timedelta(days=90)

NO_DAY = Pending("Waits until something has been saved.")


@dataclass(frozen=True)
class Ending:
    """An agreement that runs out: where it stands, what it is called, and its last day."""

    worksheet: str
    row: str
    field: str
    name: str
    on: datetime.date


@rule(
    "MT73",
    needs=(Profile,),
    severity="warning",
    asks="Does this person stay on?",
    action="Ask {subject} whether to stay for another term",
)
def no_term_has_ended(book: Workbook) -> Found:
    """Nobody sits on the board whose term has ended.

    A vote of a seat that ran out can be called into question. Ask first, then write the new dates.

    Source: a roster with terms is asked for yearly by some states; ask yours. The test is ctekit's own.
    """
    terms = [person for person in participants.active_people(book) if person.term_ends]
    if book.day is None or not terms:
        yield NO_DAY if book.day is None else Pending("Waits until somebody's term has an end.")
        return
    for person in terms:
        if person.term_ends and person.term_ends < book.day:
            says = f"The term of {book.name(person.id)} ended on {long_day(person.term_ends)}."
            yield Finding(
                Profile.slug, person.id, "term_ends", says, "Ask them, and write the new dates or who follows."
            )


@rule(
    "MT74",
    needs=(Profile, Roles),
    severity="warning",
    asks="Do we renew it, and who starts on that?",
    action="Ask who renews {subject}, and when the boards vote",
)
def no_agreement_runs_out_soon(book: Workbook) -> Found:
    """No agreement, data agreement or agreed credit ends within 90 days.

    Boards need weeks to vote, and counsel to read. On the day after, learners' credit and records hang in the air.

    Source: review among the headings of an agreement, as Ohio's guidance to its ABLE programs had them; the
    number is ctekit's own. No legal advice.
    """
    endings = list(all_endings(book))
    if book.day is None or not endings:
        yield NO_DAY if book.day is None else Pending("Waits until an agreement or a credit has an end.")
        return
    for ending in endings:
        if ending.on <= book.day + SOON:
            ends = "ended" if ending.on < book.day else "ends"
            says = f"{ending.name} {ends} on {long_day(ending.on)}."
            advice, subject = "Renew it, and write the new last day.", f"{ending.name[:1].lower()}{ending.name[1:]}"
            yield Finding(ending.worksheet, ending.row, ending.field, says, advice, subject=subject)


def all_endings(book: Workbook) -> Iterator[Ending]:
    """Whatever runs out on a day: the agreement, those about data, and credit.

    Parameters
    ----------
    book : Workbook

    Yields
    ------
    Ending
    """
    roles = book[Roles]
    if roles.ends:
        yield Ending(Roles.slug, "", "ends", "The agreement", roles.ends)
    for agreement in roles.data_agreements:
        if agreement.expires:
            name = f"The data agreement {quotation(book.name(agreement.id))}"
            yield Ending(Roles.slug, agreement.id, "expires", name, agreement.expires)
    for credit in book[Profile].credits:
        if credit.agreed_until:
            name = f"The credit for {quotation(book.name(credit.id))}"
            yield Ending(Profile.slug, credit.id, "agreed_until", name, credit.agreed_until)


@rule(
    "MT76",
    needs=(Profile,),
    severity="hint",
    depth="full",
    asks="Which firm should have a vote?",
    action="Ask a firm to take a voting seat",
)
def business_has_its_share_of_seats(book: Workbook) -> Found:
    """Business holds at least your share of the voting seats.

    The floor is that of the profile; left blank, it is 30%. That business is few among all people is another rule's.

    Source: states ask for different shares, up to a majority; ask yours. The floor is ctekit's own.
    """
    voting = [person for person in participants.active_people(book) if person.seat == "voting"]
    if not voting:
        yield Pending("Waits until somebody has a voting seat.")
        return
    own_floor = book[Profile].business_floor
    floor = BUSINESS_FLOOR if own_floor is None else own_floor
    business = sum(participants.sector(book, person) == BUSINESS for person in voting)
    if 100 * business < floor * len(voting):
        says = (
            f"Business holds {business} of {count(len(voting), 'voting seat')}: {100 * business // len(voting)}%. "
            f"{'The usual' if own_floor is None else 'Your'} least share is {floor}%."
        )
        yield Finding(Profile.slug, "", "people", says, "Give a firm that takes part a vote, or ask another one.")


@rule(
    "VA77",
    needs=(Value,),
    severity="warning",
    depth="full",
    asks="What is it worth, and who says so?",
    action="Ask what {subject} is worth, and how that was worked out",
)
def what_counts_toward_a_match_has_a_worth(book: Workbook) -> Found:
    """Whatever counts toward a match says what it is worth, and how that was worked out.

    An auditor asks for both, and for the letter. Whoever gives it knows best.

    Source: ctekit's own, from practice. What a grant takes as a match stands in its own rules.
    """
    claimed = [row for row in book[Value].exchanges if row.matches]
    if not claimed:
        yield Pending("Waits until a give counts toward a match.")
    for row in claimed:
        missing = {"worth_in_money": "what it is worth", "reckoned": "how its worth was worked out"}
        for field, words in missing.items():
            if not answered(row, field):
                says = f"{quotation(book.name(row.id))} counts toward a match and does not say {words}."
                yield Finding(Value.slug, row.id, field, says, "Ask the partner, and keep the paper that shows it.")
                break
