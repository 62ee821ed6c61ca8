"""Rules 18 to 22 and 53: everyone gives, everyone gets, in its own words, and somebody looks whether it came about."""

from __future__ import annotations

import datetime

from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.text import quotation
from ctekit.rules._places import answered, listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Exchange, Value

NOTHING_GOT = Pending("Waits until a partner says what it gets.")
FAMILIES = "learners & families"
LOW = 2
"""Worth it "hardly" or "no"."""


@rule(
    "VA18",
    needs=(Profile, Value),
    depth="quick",
    asks="What would make this worth it for them?",
    action="Ask {subject} what would make it worth it for them",
)
def each_partner_gives_and_gets(book: Workbook) -> Found:
    """Each partner gives at least one thing and gets at least one.

    Read over all rows of a partner. Who only gives may leave; who only gets is a client. Families and learners give by
    being there: nobody asks them for more.

    Source: benefit both ways,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/.
    """
    rows: dict[str, list[Exchange]] = {}
    for exchange in book[Value].exchanges:
        if exchange.organization:
            rows.setdefault(exchange.organization, []).append(exchange)
    partners = participants.active_organizations(book)
    if not partners:
        yield Pending("Waits until a partner has said yes.")
    for partner in partners:
        theirs = rows.get(partner.id, [])
        gives = [
            f"{exchange.gives} ({exchange.how_much})" if exchange.how_much else exchange.gives
            for exchange in theirs
            if exchange.gives
        ]
        gets = [exchange.gets for exchange in theirs if exchange.gets]
        if gets if gives else partner.sector == FAMILIES:
            continue
        row = theirs[0].id if theirs else ""
        field = "exchanges" if not theirs else "gets" if not gets else "gives"
        what = (
            f"gives {listed(gives, 3)} and gets nothing"
            if gives
            else f"gets {listed(gets, 3)} and gives nothing"
            if gets
            else "neither gives nor gets anything"
        )
        advice = "Ask what would make it worth their while, and write it in their words."
        yield Finding(
            Value.slug,
            row,
            field,
            f"{book.name(partner.id)} {what}.",
            advice if not gets else "Ask what they could give that would cost them little.",
            subject=book.name(partner.id),
        )


@rule(
    "VA19",
    needs=(Profile, Value),
    severity="warning",
    depth="full",
    asks="Did they say so themselves?",
    action="Read the row to {subject} and ask for a yes",
)
def each_get_is_confirmed_by_its_partner(book: Workbook) -> Found:
    """Each thing a partner gets was confirmed by somebody of that partner, on a day.

    What others believe a firm wants is most often wrong.

    Source: alliances judged by compatibility, give, receive and pool,
    https://csis.upenn.edu/independent-learning/evaluating-alliances/; the test is ctekit's own.
    """
    got = [exchange for exchange in book[Value].exchanges if exchange.gets]
    if not got:
        yield NOTHING_GOT
    for exchange in got:
        who = book.name(exchange.organization) if exchange.organization else "the partner"
        advice = f"Read the row to {who} and write who said yes, and when."
        by = participants.people(book).get(exchange.confirmed_by or "")
        if not answered(exchange, "confirmed_by"):
            says = f"Nobody has confirmed that {who} gets “{exchange.gets}”."
            yield Finding(Value.slug, exchange.id, "confirmed_by", says, advice, subject=who)
        elif by and exchange.organization and by.organization and by.organization != exchange.organization:
            says = f"That {who} gets “{exchange.gets}” is confirmed by {participants.in_their_place(book, by)}."
            yield Finding(Value.slug, exchange.id, "confirmed_by", says, advice, subject=who)
        elif not answered(exchange, "confirmed_on"):
            says = f"That {who} gets “{exchange.gets}” was confirmed, without a date."
            yield Finding(Value.slug, exchange.id, "confirmed_on", says, "Write the day.", subject=who)


@rule(
    "VA20",
    needs=(Value, Roles),
    severity="warning",
    depth="full",
    asks="Who does the work of it, and as part of which duty?",
    action="Agree with {subject} who does the work of its pledge",
)
def each_give_is_somebodys_duty(book: Workbook) -> Found:
    """Each thing a partner gives stands behind a duty that this partner does or helps with.

    A pledge that is nobody's work in the grid is a wish.

    Source: ctekit's own, from practice; uneven follow-through is among the gaps reported at
    https://gjcpp.org/en/article.php?issue=36&article=214.
    """
    roles = book[Roles]
    tasks: dict[str, list[str]] = {}
    for task in roles.tasks:
        for give in task.gives:
            tasks.setdefault(give, []).append(task.id)
    pledges = [exchange for exchange in book[Value].exchanges if exchange.gives and exchange.organization]
    if not pledges:
        yield Pending("Waits until a partner says what it gives.")
    for exchange in pledges:
        theirs = tasks.get(exchange.id, [])
        if any(set("RS") & set(roles.matrix.get(task, {}).get(exchange.organization or "", "")) for task in theirs):
            continue
        who = book.name(exchange.organization or "")
        where = (
            f"neither does nor helps with {listed(map(quotation, map(book.name, theirs)))}, where the pledge belongs"
            if theirs
            else "has no duty to which the pledge belongs"
        )
        yield Finding(
            Value.slug,
            exchange.id,
            "gives",
            f"{who} pledges “{exchange.gives}” and {where}.",
            "Pick the pledge at a duty in worksheet 6, and give this partner an R (does it) or an S (helps) there.",
            subject=who,
        )


@rule(
    "VA21",
    needs=(Value, Metrics),
    severity="hint",
    depth="full",
    asks="When do we ask them whether they got it?",
    action="Agree with {subject} on a day to ask whether it got what it was to get",
)
def each_get_is_looked_at_again(book: Workbook) -> Found:
    """Each thing a partner gets has a measure that would show it, or a day to ask again.

    Value that is never looked at fades without anybody noticing.

    Source: ctekit's own, from practice.
    """
    measures = {metric.id for metric in book[Metrics].metrics}
    got = [exchange for exchange in book[Value].exchanges if exchange.gets]
    if not got:
        yield NOTHING_GOT
    for exchange in got:
        if exchange.metric not in measures and not answered(exchange, "review"):
            yield Finding(
                Value.slug,
                exchange.id,
                "review",
                f"Nothing would show whether {book.name(exchange.organization or exchange.id)} gets “{exchange.gets}”.",
                "Pick a measure that would show it, or a day to ask again.",
                subject=book.name(exchange.organization or exchange.id),
            )


@rule(
    "VA22",
    needs=(Value,),
    severity="warning",
    private=True,
    asks="What would make this worth it again?",
    action="Speak with {subject} before the next meeting",
)
def low_worth_has_an_action(book: Workbook) -> Found:
    """Where a partner says that it is hardly worth it, something is being done.

    Judges only what was given. What a partner says here is for the facilitator alone.

    Source: ctekit's own, from practice.
    """
    rated = [exchange for exchange in book[Value].exchanges if exchange.worth is not None]
    if not rated:
        yield Pending("Waits until a partner says whether it is worth it.")
    for exchange in rated:
        if (exchange.worth or 0) <= LOW and not exchange.action:
            yield Finding(
                Value.slug,
                exchange.id,
                "action",
                f"{book.name(exchange.organization or exchange.id)} says of "
                f"{quotation(exchange.gives or exchange.gets)} that it is hardly worth it ({exchange.worth} of 5), "
                "and nothing is being done.",
                "Speak with them before the next meeting; write who does, and by when.",
                subject=book.name(exchange.organization or exchange.id),
            )


@rule(
    "VA53",
    needs=(Value, Roles),
    severity="warning",
    asks="Can it come earlier, or can the work wait for it?",
    action="Agree with {subject} on an earlier day",
)
def each_pledge_comes_in_time(book: Workbook) -> Found:
    """Each pledge is kept before the day of the duty it serves, and before the agreement ends.

    What comes after the day it was needed for is a kindness, not a part of the plan.

    Source: ctekit's own, from practice.
    """
    roles = book[Roles]
    first: dict[str, tuple[datetime.date, str]] = {}
    for task in roles.tasks:
        for give in task.gives:
            if task.by and (give not in first or task.by < first[give][0]):
                first[give] = (task.by, book.name(task.id))
    dated = [exchange for exchange in book[Value].exchanges if exchange.gives and exchange.by]
    if not dated or (not first and roles.ends is None):
        yield Pending("Waits until a pledge has a day, and a duty or the agreement another.")
        return
    for exchange in dated:
        day, duty = first.get(exchange.id, (None, ""))
        if day and exchange.by and exchange.by > day:
            late = f"but “{duty}” needs it and is due on {long_day(day)}"
        elif roles.ends and exchange.by and exchange.by > roles.ends:
            late = f"after the agreement ends on {long_day(roles.ends)}"
        else:
            continue
        says = (
            f"{book.name(exchange.organization or exchange.id)} gives {quotation(exchange.gives)} by "
            f"{long_day(exchange.by)}, {late}."
        )
        advice, who = (
            "Agree on an earlier day, or move what waits for it.",
            book.name(exchange.organization or exchange.id),
        )
        yield Finding(Value.slug, exchange.id, "by", says, advice, subject=who)
