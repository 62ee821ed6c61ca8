"""Rules 46 to 48: the choice of a lead can be followed, and somebody sees to the money before it ends."""

from __future__ import annotations

from decimal import Decimal

from ctekit.model.days import long_day
from ctekit.rules._places import listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles


@rule(
    "CO46",
    needs=(Convener,),
    severity="warning",
    asks="Which weights do we change, so that they make 100?",
    action="Propose weights that make 100 together",
)
def the_weights_make_a_hundred(book: Workbook) -> Found:
    """The weights of what you look for in a lead make 100 together.

    People read a weight of 30 as 30 in a hundred. Where the sum is another, they have agreed to something else than
    they think.

    Source: ctekit's own, from practice.
    """
    criteria = [
        criterion for criterion in book[Convener].criteria if criterion.criterion or criterion.weight is not None
    ]
    weights = [criterion.weight for criterion in criteria if criterion.weight is not None]
    total = sum(weights, Decimal(0))
    if not weights or (len(weights) < len(criteria) and total <= 100):
        yield Pending("Waits until every criterion has a weight.")
    elif total != 100:
        says = f"The {len(weights)} weights of what we look for in a lead make {total:g} together, not 100."
        yield Finding(Convener.slug, "", "criteria", says, "Take from one what another needs, until they make 100.")


@rule(
    "CO47",
    needs=(Convener,),
    severity="warning",
    depth="full",
    private=True,
    asks="Who else has seen them at work?",
    action="Ask two partners to score {subject}",
)
def each_candidate_is_scored_by_others(book: Workbook) -> Found:
    """Each candidate is scored on each criterion by somebody other than itself.

    A ranking with holes ranks whoever was forgotten last.

    Source: ctekit's own, from practice.
    """
    sheet = book[Convener]
    criteria = [criterion for criterion in sheet.criteria if criterion.criterion]
    candidates = [candidate for candidate in sheet.candidates if candidate.organization]
    if not criteria or not candidates or not sheet.scores:
        yield Pending("Waits until criteria, candidates and a score are written.")
        return
    owner = {candidate.id: candidate.organization for candidate in candidates}
    scored = {
        (score.candidate, score.criterion)
        for score in sheet.scores
        if score.score is not None and score.scored_by and score.scored_by != owner.get(score.candidate or "")
    }
    for candidate in candidates:
        missing = [
            criterion.criterion or criterion.id for criterion in criteria if (candidate.id, criterion.id) not in scored
        ]
        if missing:
            on = listed(f"“{criterion}”" for criterion in missing)
            says = f"Nobody else has scored {book.name(candidate.id)} on {on}."
            advice = "Ask two partners to score it, or drop the candidate."
            yield Finding(Convener.slug, candidate.id, "organization", says, advice)


@rule(
    "CO48",
    needs=(Convener, Purpose, Roles, Plan),
    severity="warning",
    depth="full",
    asks="Who looks for new money before this money ends?",
    action="List who could pay when the money ends",
)
def somebody_sees_to_the_money_before_it_ends(book: Workbook) -> Found:
    """Where money for convening ends before the date in the purpose, somebody has the duty to renew it.

    Money that ends is no fault. That nobody is at work on the next is how partnerships end.

    Source: funding of the backbone among the gaps reported at https://gjcpp.org/en/article.php?issue=36&article=214;
    the test is ctekit's own.
    """
    convener, by = book[Convener], book[Purpose].by
    ends = [
        (funding.until, funding.id, "until", funding.source or "Some of the money")
        for funding in convener.funding
        if funding.until
    ]
    if convener.money_until:
        ends.append((convener.money_until, "", "money_until", "The money for the lead"))
    if not ends or by is None:
        yield Pending("Waits until the purpose has a date and the money an end.")
        return
    until, row, field, what = min(ends)
    roles = book[Roles]
    renewing = any(
        task.phase == "renew" and any("A" in letters for letters in roles.matrix.get(task.id, {}).values())
        for task in roles.tasks
    )
    acting = any(action.element == "convener" and action.owner and not action.done for action in book[Plan].actions)
    if until < by and not renewing and not acting:
        says = f"{what} ends on {long_day(until)}, before {long_day(by)}, and nobody answers for renewing it."
        advice = "Write a duty in worksheet 6 to find new money (phase “renew”), and let one partner answer for it (A)."
        yield Finding(Convener.slug, row, field, says, advice)
