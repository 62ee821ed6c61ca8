"""Rules 7 to 11, 49 and 50: every promise has people and a measure behind it, and every decision can be taken."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.text import quotation
from ctekit.rules._places import should_be_active
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.rules.measures import baselines, in_unit
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles

NO_PROMISE = Pending("Waits until a promise is written.")


@rule(
    "PU07",
    needs=(Purpose, Recruitment),
    severity="warning",
    depth="quick",
    asks="What help does it take to keep this promise?",
    action="Ask the partners what help it takes to keep {subject}",
)
def each_promise_has_a_need(book: Workbook) -> Found:
    """Each promise has at least one need that serves it.

    A promise that needs nobody's help is either done already or nobody's work.

    Source: fix why, how, what and when before who,
    https://excelined.org/2018/06/28/3-steps-to-recruit-the-right-stakeholders-for-career-and-technical-education/.
    """
    promises = [clause for clause in book[Purpose].clauses if clause.promise]
    served = {need.promise for need in book[Recruitment].needs if need.support}
    if not promises:
        yield NO_PROMISE
    for clause in promises:
        if clause.id not in served:
            yield Finding(
                Purpose.slug,
                clause.id,
                "promise",
                f"No need is written for the promise {quotation(clause.promise)}.",
                "Write in worksheet 3 what support it takes, or drop the promise.",
            )


@rule(
    "PU08",
    needs=(Purpose, Metrics),
    depth="quick",
    asks="What would show us that we kept it?",
    action="Bring one figure that would show whether we keep {subject}",
)
def each_promise_has_an_outcome(book: Workbook) -> Found:
    """Each promise has at least one measure of what changes for people.

    A promise nobody measures cannot be kept or broken. Whether a measure is an outcome is asked once all of worksheet 7
    is done.

    Source: results-based accountability asks whether anyone is better off,
    https://1library.net/document/z348nwey-the-results-based-accountability-guide.html;
    formal measures across all the work are an element of ExcelinEd's,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/.
    """
    promises = [clause for clause in book[Purpose].clauses if clause.promise]
    measures: dict[str, list[str]] = {}
    for metric in book[Metrics].metrics:
        if metric.name or metric.kind:
            measures.setdefault(metric.promise or "", []).append(metric.kind or "")
    asked_all = book[Metrics].is_ready("full")
    if not promises:
        yield NO_PROMISE
    for clause in promises:
        kinds = measures.get(clause.id, [])
        if not kinds or (asked_all and "outcome" not in kinds):
            what = {0: "has no measure", 1: "has one measure, which is not marked as an outcome"}.get(
                len(kinds), f"has {len(kinds)} measures, none of them marked as an outcome"
            )
            marked = ", marked as an outcome" if asked_all else ""
            yield Finding(
                Purpose.slug,
                clause.id,
                "promise",
                f"The promise {quotation(clause.promise)} {what}.",
                f"Write in worksheet 7 one measure of what changes for people{marked}, and pick this promise there.",
            )


@rule(
    "PU09",
    needs=(Purpose, Profile),
    asks="Who decides this, so that the others can accept it?",
    action="Settle who decides on {subject}",
)
def each_decision_has_a_decider(book: Workbook) -> Found:
    """Each decision names who decides, and they are in the partnership.

    A decision nobody may take is a dead protocol: the first quarrel will find it.

    Source: decision process among the headings of a partnership's governing document,
    https://ppponline.affinitext.com/public/book?id=1611&toc_id=446409;
    the test is ctekit's own.
    """
    sheet = book[Purpose]
    if not any(decision.decider for decision in sheet.decisions) and not sheet.is_ready("full"):
        yield Pending("Waits until a decision names who decides.")
        return
    for decision in sheet.decisions:
        place = (Purpose.slug, decision.id, "decider")
        if decision.decider == "voting partners":
            if not participants.voters(book):
                yield Pending("Waits until a partner with a vote has said yes.")
        elif decision.decider:
            advice = "Ask them, or name somebody who has said yes, or let the voting partners decide."
            yield from should_be_active(
                book, place, decision.decider, f"decides on {quotation(book.name(decision.id))}", advice
            )
        elif sheet.is_ready("full") and decision.decision:
            yield Finding(
                *place,
                f"Who decides on {quotation(decision.decision)} is left open.",
                "Name one person, or the voting partners.",
            )


@rule(
    "PU10",
    needs=(Purpose, Profile),
    asks="How many partners with a vote must be there before we decide?",
    action="Propose how many partners with a vote must be there for {subject}",
)
def each_quorum_can_be_met(book: Workbook) -> Found:
    """No decision needs more votes in the room than partners have said yes.

    A vote belongs to an organization, one each. With a quorum above their number nothing can ever be decided.

    Source: quorum among the headings of a partnership's governing document,
    https://ppponline.affinitext.com/public/book?id=1611&toc_id=446409;
    the test is ctekit's own.
    """
    voters = len(participants.voters(book))
    quorums = [decision for decision in book[Purpose].decisions if decision.quorum is not None]
    if not quorums or not voters:
        yield Pending("Waits until a decision says how many must be there, and a partner with a vote has said yes.")
        return
    possible = voters
    if not participants.settled(book, "full"):  # some may still say that they vote, or say yes
        voter_ids = {organization.id for organization in participants.voters(book)}
        open_yet = [organization for organization in book[Profile].organizations if organization.id not in voter_ids]
        possible += sum(
            participants.votes(book, organization) is not False
            and participants.standing(book, organization.id) != "not active"
            for organization in open_yet
        )
    for decision in quorums:
        if decision.quorum is None or decision.quorum <= voters:
            continue
        if decision.quorum <= possible:
            yield Pending("Waits until it is known which organizations vote and have said yes.")
            continue
        yield Finding(
            Purpose.slug,
            decision.id,
            "quorum",
            f"For “{book.name(decision.id)}”, {decision.quorum} partners with a vote must be there; only {voters} "
            f"with a vote {'has' if voters == 1 else 'have'} said yes.",
            f"Lower it to {voters} or fewer, leaving room for somebody who is ill, or win more voting partners.",
        )


@rule(
    "PU11",
    needs=(Purpose, Roles),
    severity="warning",
    asks="Do we let the agreement end later, or how is it renewed?",
    action="Ask those who sign for a later end, or a way to renew",
)
def the_agreement_lasts_as_long_as_the_purpose(book: Workbook) -> Found:
    """The agreement lasts until the date in the purpose, or its renewal is written down.

    Otherwise the promise outlives the pact that was to keep it.

    Source: dates and termination among the headings of a memorandum (Ohio's adult education guidance),
    https://careersdocbox.com/amp/81311294-Financial_Aid/Ohio-able-one-stop-system-memorandum-of-understanding-mou-implementation-guide-updated-august-2010.html;
    the test is ctekit's own.
    """
    by, ends = book[Purpose].by, book[Roles].ends
    if by is None or ends is None:
        yield Pending("Waits until the purpose has a date and the agreement an end.")
    elif by > ends and not book[Roles].renewal:
        yield Finding(
            Roles.slug,
            "",
            "ends",
            f"The agreement ends on {long_day(ends)}, before the date in the purpose, {long_day(by)}.",
            "Move the end, or write how the agreement is renewed.",
        )


@rule(
    "PU49",
    needs=(Purpose,),
    severity="warning",
    asks="When we disagree, which of the two steps comes first?",
    action="Propose how many days we allow for {subject}",
)
def each_step_of_the_ladder_comes_later(book: Workbook) -> Found:
    """Each step when partners disagree comes later than the one before.

    Days count from the day the quarrel is named. A step that is due before the one under it is never taken.

    Source: steps and limits of dispute clauses (Ohio's adult education guidance),
    https://careersdocbox.com/amp/81311294-Financial_Aid/Ohio-able-one-stop-system-memorandum-of-understanding-mou-implementation-guide-updated-august-2010.html;
    the test is ctekit's own.
    """
    steps = [(dispute.within_days, dispute) for dispute in book[Purpose].disputes if dispute.within_days is not None]
    if len(steps) < 2:
        yield Pending("Waits until two steps have a limit in days.")
    for (before, under), (days, step) in pairwise(steps):
        if days <= before:
            says = (
                f"When we disagree, {quotation(book.name(step.id))} is due within {days} days, but the step before it, "
                f"{quotation(book.name(under.id))}, may take {before}."
            )
            yield Finding(Purpose.slug, step.id, "within_days", says, "Give the later step more days, or swap the two.")


@rule(
    "PU50",
    needs=(Purpose, Metrics),
    severity="warning",
    depth="full",
    asks="Which start and which target are the right ones?",
    action="Ask whoever holds the figures which start and target are right",
)
def the_figures_of_the_purpose_are_counted(book: Workbook) -> Found:
    """The figures in the purpose are the start and the target of a measure.

    One figure on the wall and another in the table: partners will quote whichever suits them.

    Source: ctekit's own, from practice.
    """
    purpose, first = book[Purpose], baselines(book)
    start, target = _number(purpose.start), _number(purpose.target)
    if start is None or target is None:
        yield Pending("Waits until the purpose says from what figure to what figure.")
        return
    for metric in book[Metrics].metrics:
        begins = in_unit(metric, first[metric.id]) if metric.id in first else None
        if metric.target == target and begins == start:
            return
    yield Finding(
        Purpose.slug,
        "",
        "start",
        f"The purpose says from {purpose.start} to {purpose.target}; no measure has that start and that target.",
        "Correct the purpose, or the first count and the target of its measure in worksheet 7.",
    )


def _number(words: str | None) -> Decimal | None:
    """The figure in an answer such as “11.0%”; None where there is none, or more than one."""
    figures = re.findall(r"\d[\d,]*(?:\.\d+)?", words or "")
    return Decimal(figures[0].replace(",", "")) if len(figures) == 1 else None
