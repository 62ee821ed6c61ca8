"""Rules 1 to 6: whoever leads is in the partnership, was chosen in the open, and has the time for it."""

from __future__ import annotations

from fractions import Fraction

from ctekit.analysis import candidate_ranking
from ctekit.model.text import quotation
from ctekit.rules._places import answered, listed, should_be_active
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import CHOOSING, Candidate, Convener
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Duty, Roles

FULL_POST = 160
"""Hours a month of one full-time post."""

CONVENING: tuple[Duty, ...] = ("coordination", "communication", "reporting")
NO_LEAD = Pending("Waits until it is written which organization leads.")


def _candidate(book: Workbook) -> Candidate | None:
    """The lead's own row among the candidates."""
    sheet = book[Convener]
    return next(
        (candidate for candidate in sheet.candidates if sheet.lead and candidate.organization == sheet.lead), None
    )


@rule(
    "CO01",
    needs=(Convener, Profile),
    asks="Who leads us, and have they said yes?",
    action="Ask {subject} whether it leads, and write down the answer",
)
def the_lead_is_in_the_partnership(book: Workbook) -> Found:
    """The organization that leads is in the partnership, with somebody who has said yes.

    Nobody follows a lead who has not agreed to come along.

    Source: ExcelinEd asks to settle early which person and which body leads,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/;
    the test is ctekit's own, from practice.
    """
    sheet = book[Convener]
    place = (Convener.slug, "", "lead")
    if sheet.lead:
        advice = "Ask somebody there and write down the answer, or choose another lead."
        yield from should_be_active(book, place, sheet.lead, "leads", advice)
    elif sheet.ready and sheet.settled != CHOOSING:
        advice = "Name it, or say that you are still choosing."
        yield Finding(*place, "No organization is named as the lead.", advice, subject="one organization")
    else:
        yield NO_LEAD


@rule(
    "CO02",
    needs=(Convener, Roles),
    depth="full",
    asks="Which of this work will the organization that leads do itself?",
    action="Agree with {subject} on a duty it takes",
)
def the_lead_does_convening_work(book: Workbook) -> Found:
    """The lead answers for or does some coordination, some communication and some reporting.

    A title without a duty is decoration. Where the lead is shared, either may hold the duty. While a duty of the lead
    does not say its kind, nothing is told.

    Source: six jobs of a backbone organization,
    https://fsg.org/blog/evolving-our-understanding-backbone-organizations/; the test is ctekit's own.
    """
    convener, roles = book[Convener], book[Roles]
    if not convener.lead:
        yield NO_LEAD
        return
    leads = (convener.lead, *convener.shared_with)
    theirs = [
        task
        for task in roles.tasks
        if any(set("AR") & set(roles.matrix.get(task.id, {}).get(lead, "")) for lead in leads)
    ]
    duties = {task.duty for task in theirs}
    unsaid = [book.name(task.id) for task in theirs if not answered(task, "duty")]
    if unsaid and not duties.issuperset(CONVENING):
        yield Pending(f"Waits until the kind of duty is written of {listed(map(quotation, unsaid), 3)}.")
        return
    for duty in CONVENING:
        if duty not in duties:
            tasks = [book.name(task.id) for task in roles.tasks if task.duty == duty]
            there = f"({listed(tasks, 3)})" if tasks else "(no duty of that kind is written)"
            yield Finding(
                Roles.slug,
                "",
                "matrix",
                f"{book.name(convener.lead)} leads, but neither answers for nor does any duty of {duty} {there}.",
                f"Give it an A (answers for it) or an R (does it) on one, or write down a duty of {duty}.",
                subject=book.name(convener.lead),
            )


@rule(
    "CO03",
    needs=(Convener,),
    severity="warning",
    asks="Another candidate came first. Why does this one lead all the same?",
    action="Write down why {subject} leads, though another came first",
)
def the_lead_ranks_first_or_a_reason_is_given(book: Workbook) -> Found:
    """The lead ranks first when nobody's own scores count, or a reason is given.

    What an organization gives itself does not count, and of fewer than three scorers nothing is told. Choosing the
    second is lawful; leaving out why is what partners remember. A tie is settled by talking, never by this rule.

    Source: rating first alone and on track record, from the backbone worksheet of the Forum for Youth Investment,
    https://collectiveimpactforum.org/resources/backbone-support-assessment-worksheet; leaving out self-scores is
    ctekit's own, from practice.
    """
    sheet = book[Convener]
    if not sheet.lead:
        yield NO_LEAD
        return
    totals = candidate_ranking.totals(book)
    if len(totals) < 2:
        yield Pending(
            f"Waits until every criterion has a weight and two candidates or more are scored on each by "
            f"{candidate_ranking.SCORERS} organizations other than themselves."
        )
        return
    names = {candidate.id: book.name(candidate.organization or "") for candidate in sheet.candidates}
    best = max(totals.values())
    own = _candidate(book)
    if sheet.reason or (own and totals[own.id] == best):
        return
    first = listed(names[candidate] for candidate, total in totals.items() if total == best)
    theirs = f"has {candidate_ranking.in_words(totals[own.id])}" if own else "was not scored"
    yield Finding(
        Convener.slug,
        "",
        "reason",
        f"{book.name(sheet.lead)} leads and {theirs}; without what each gave itself, {first} comes first with "
        f"{candidate_ranking.in_words(best)}. No reason is written.",
        "Write why this one leads all the same, or talk the choice over again.",
        subject=book.name(sheet.lead),
    )


@rule(
    "CO04",
    needs=(Convener,),
    depth="full",
    asks="Who could hold the money, or sign, for the lead?",
    action="Ask a partner to hold the money or sign for {subject}",
)
def the_lead_can_hold_money_and_sign(book: Workbook) -> Found:
    """The lead can hold funds and sign in its own name, or somebody does it for the lead.

    Without both, the first grant or agreement has nobody to go to. A fiscal sponsor is ordinary: whoever holds the
    money for the lead, or shares the lead, will do.

    Source: accountability among the attributes of a backbone, in the worksheet of the Forum for Youth Investment,
    https://collectiveimpactforum.org/resources/backbone-support-assessment-worksheet; that the two are musts is
    ctekit's own.
    """
    sheet = book[Convener]
    if not sheet.lead:
        yield NO_LEAD
        return
    if {sheet.sponsor, *sheet.shared_with} - {None, sheet.lead}:
        return
    own = _candidate(book)
    for field, what in (("can_hold_funds", "hold funds"), ("can_sign", "sign in its own name")):
        answer = getattr(sheet, field)
        if answer is None and own:
            answer = getattr(own, field)
        if answer is None:
            yield Pending(f"Waits until it is said whether {book.name(sheet.lead)} can {what}.")
        elif not answer:
            yield Finding(
                Convener.slug,
                "",
                field,
                f"{book.name(sheet.lead)} leads and cannot {what}, and nobody is named who does it for the lead.",
                "Ask a partner to hold the money or sign for it, as a fiscal sponsor, and name it there.",
                subject=book.name(sheet.lead),
            )


@rule(
    "CO05",
    needs=(Convener, Roles),
    severity="warning",
    asks="Which of its duties could another partner take over?",
    action="Move one duty from {subject} to a partner",
)
def the_lead_has_the_hours(book: Workbook) -> Found:
    """The lead has the paid hours that its duties take.

    One full-time post is 160 hours a month; the hours of a duty are shared equally by those who do it. More duties than
    hours means that some are done at night, for a while.

    Source: ctekit's own, from practice; unfunded backbones are among the gaps reported at
    https://gjcpp.org/en/article.php?issue=36&article=214.
    """
    convener, roles = book[Convener], book[Roles]
    if not convener.lead:
        yield NO_LEAD
        return
    own = _candidate(book)
    fte = convener.fte if convener.fte is not None else own.fte if own else None
    hours = Fraction(0)
    for task in roles.tasks:
        doers = [org for org, letters in roles.matrix.get(task.id, {}).items() if "R" in letters]
        if convener.lead in doers and task.hours is not None:
            hours += Fraction(task.hours) / len(doers)
    if fte is None or not hours:
        yield Pending("Waits until the lead's paid time and the hours of the duties it does are written.")
    elif hours > Fraction(fte) * FULL_POST:
        yield Finding(
            Convener.slug,
            "",
            "fte",
            f"{book.name(convener.lead)} is paid for {float(fte * FULL_POST):g} hours a month ({fte} of a post); its "
            f"duties take {round(float(hours), 1):g}.",
            "Move a duty to a partner, share one, or find money for more hours.",
            subject=book.name(convener.lead),
        )


@rule(
    "CO06",
    needs=(Convener, Profile),
    severity="warning",
    asks="Who picks up the phone when the lead person is away?",
    action="Ask somebody of another organization to stand in for the lead person",
)
def the_stand_in_is_another_person_who_said_yes(book: Workbook) -> Found:
    """Whoever stands in for the lead person is somebody else, who has said yes.

    People change jobs. The day it happens, somebody must already hold the agenda and the contact list.

    Source: leadership turnover among the troubles JFF listed for Delaware Pathways,
    https://careertech.org/resource/propelling-college-and-career-success-the-role-of-strategic-partnerships-in-scaling-delaware-pathways;
    the test is ctekit's own.
    """
    sheet = book[Convener]
    place = (Convener.slug, "", "stand_in")
    if sheet.stand_in and sheet.stand_in == sheet.lead_person:
        says = f"{book.name(sheet.stand_in)} leads and stands in for themselves."
        yield Finding(*place, says, "Name another person, best from another organization.")
    elif sheet.stand_in:
        advice = "Ask them, or name somebody who has said yes."
        yield from should_be_active(book, place, sheet.stand_in, "stands in", advice)
    elif sheet.ready and sheet.lead_person:
        says = f"Nobody stands in for {book.name(sheet.lead_person)}."
        yield Finding(*place, says, "Name another person, best from another organization.")
    else:
        yield Pending("Waits until it is written who leads and who stands in.")
