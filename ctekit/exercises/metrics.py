"""Exercise 7: a target out of five years, wages nobody may read yet, and seven learners who must not be told."""

from __future__ import annotations

from decimal import Decimal

from ctekit.exercises._case import harrow_bend, row
from ctekit.exercises._engine import Practice, findings
from ctekit.exercises._task import Feedback, Mistake, Praise, Unsure
from ctekit.exercises._words import day, says
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metric, Metrics, Observation
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import DataAgreement, Roles

TODAY, NEWEST = day("2026-10-05"), day("2026-06-30")
CREDENTIALS, LEAVERS, WAGES = "metric-4", "metric-2", "metric-6"
SMALL, OTHERS, ALL = "obs-4", "obs-5", "obs-3"
BEGAN, A_YEAR = Decimal("25.7"), Decimal("1.1")
"""The newest share, and by how much it has gone up each year; the table stands in the notebook."""
STRETCH = Decimal(8)
EARLIER = (("obs-20", "2022-06-30", 79, 375), ("obs-21", "2023-06-30", 83, 371), ("obs-22", "2024-06-30", 88, 379))


def start() -> Answers:
    """October 5, 2026: credentials without a target, wages without an agreement, a group of seven on the page."""
    answers = harrow_bend("2026-10-05", without=["D5", "D8"])
    metric = row(answers, "metrics", CREDENTIALS)
    for field in ("target", "target_date", "decision", "feeds"):
        metric.pop(field, None)
    answers["metrics"]["observations"] += [
        {
            "id": id_,
            "metric": CREDENTIALS,
            "as_of": when,
            "group": "all",
            "counted": counted,
            "out_of": of,
            "shown": True,
        }
        for id_, when, counted, of in EARLIER
    ]
    return answers


practice = Practice.read("metrics", start)


def _metric(book: Workbook, name: str) -> Metric | None:
    return next((metric for metric in book[Metrics].metrics if metric.id == name), None)


def _counts(book: Workbook) -> dict[str, Observation]:
    return {observation.id: observation for observation in book[Metrics].observations}


@practice.task(
    "target",
    looks_at=lambda book: (
        (metric := _metric(book, CREDENTIALS)) and (metric.target, metric.target_date, metric.direction)
    ),
)
def target(now: Workbook, before: Workbook) -> Feedback:
    """More than the trend would bring, no more than the new sections could; a day within five years."""
    metric = _metric(now, CREDENTIALS)
    if metric is None:
        yield Mistake("measure-struck", "The measure is gone. It was a promise to learners.")
        return
    for wrong in findings("ME36", now, CREDENTIALS):
        yield Mistake("wrong-way", f"{wrong.says} {wrong.advice}")
    due, aim = metric.target_date, metric.target
    if due is None:
        yield Mistake("no-day", "A target without a day is never missed.")
    elif not TODAY < due <= day("2031-12-31"):
        yield Mistake("wrong-day", f"{due} is past, or more than five years off.")
    if aim is None:
        yield Mistake("no-target", "A day, and no target yet.")
        return
    if due is None or not due > TODAY:
        return
    trend = BEGAN + A_YEAR * Decimal((due - NEWEST).days) / 365
    if aim > 100:
        yield Mistake("count-not-share", f"{aim} looks like a number of learners. The unit is percent.")
    elif aim >= 45:
        yield Mistake(
            "small-groups-luck",
            f"{aim}% is what the smallest school had with six of nine. One learner there is eleven points.",
        )
    elif aim > trend + STRETCH:
        yield Mistake(
            "wish", f"{aim}% by {due}: the years so far lead to about {trend:.0f}%, and two sections bring six points."
        )
    elif aim <= trend:
        yield Mistake("by-itself", f"{aim}% by {due} comes by itself: the years so far lead to about {trend:.0f}%.")
    else:
        yield Praise(
            f"{aim}% by {due}: the years so far lead to about {trend:.0f}%, so you ask for more, and can say "
            f"from where."
        )


def _wages(book: Workbook) -> object:
    metric = _metric(book, WAGES)
    shown = [(o.id, o.shown) for o in book[Metrics].observations if o.metric == WAGES]
    return metric and (metric.about, metric.agreement, metric.source), book[Roles].data_agreements, shown


@practice.task("wages", looks_at=_wages)
def wages(now: Workbook, before: Workbook) -> Feedback:
    """A new agreement that covers wages, asks for counts and ends; or the measure waits."""
    metric = _metric(now, WAGES)
    if metric is None:
        yield Praise("The measure waits until it is lawful. Write down who asks for the agreement.")
        return
    if metric.about != "wage record" and not says(
        metric.source, "survey|asked|ask |graduates themselves|questionnaire|interview|phone|call|encuesta|pregunt"
    ):
        yield Mistake(
            "renamed",
            f"It is called “{metric.about or 'nothing'}” now, and still comes from “{metric.source}”. A new name is "
            f"no permission.",
        )
        return
    if metric.about != "wage record":
        yield Praise(f"It comes from “{metric.source}” now: people were asked, and no record is read.")
        return
    missing = findings("ME34", now, WAGES)
    if missing:
        yield Mistake("no-agreement", f"{missing[0].says} {missing[0].advice}")
        return
    if metric.agreement in {agreement.id for agreement in before[Roles].data_agreements}:
        yield Mistake(
            "borrowed",
            f"“{now.name(metric.agreement or '')}” is about learners' results, between other partners. Wages are "
            f"not in it.",
        )
        return
    agreed = next(agreement for agreement in now[Roles].data_agreements if agreement.id == metric.agreement)
    wrong = list(_agreed(agreed))
    yield from wrong
    if not wrong:
        yield Praise(f"“{agreed.purpose}” covers it: {agreed.data}, destroyed by {agreed.destroy_by}.")


def _agreed(agreement: DataAgreement) -> Feedback:
    if not agreement.purpose:
        yield Mistake("no-purpose", "The new agreement says not what the data are for.")
    if len(agreement.parties) < 2:
        yield Mistake("no-parties", "Between whom? An agreement needs the one who gives and the one who reads.")
    if not agreement.data:
        yield Mistake("which-data", "Which data? Without it, it allows everything or nothing.")
    elif says(agreement.data, "name|social security|ssn|by learner|file|records") and not says(
        agreement.data, "no record|no name|without|counts|not "
    ):
        more = f"“{agreement.data}” is more than a count needs. What is not sent cannot be lost."
        yield Unsure("more-than-needed", more, agreement.data)
    if not agreement.destroy_by:
        yield Mistake("kept-forever", "No day on which it is destroyed. What is kept for ever is lost some day.")
    if says(agreement.basis, "friend|favor|trust|we know"):
        friend = f"“{agreement.basis}” does not allow it. Counsel names what does."
        yield Unsure("friendship", friend, agreement.basis or "")


@practice.task(
    "decision", looks_at=lambda book: (metric := _metric(book, CREDENTIALS)) and (metric.decision, metric.feeds)
)
def decision(now: Workbook, before: Workbook) -> Feedback:
    """Something that would be changed, and the protocol that decides on it: the product's own rule, and no watching."""
    metric = _metric(now, CREDENTIALS)
    if metric is None:
        yield Mistake("measure-struck", "The measure is gone.")
        return
    if not metric.decision:
        yield Mistake("no-decision", "If the answer is nothing, count something else. What would you do?")
    elif says(
        metric.decision,
        "watch|monitor|discuss|report|talk about|be worried|nothing|review the data|work harder",
    ):
        watched = f"“{metric.decision}” changes nothing for a learner. What would be different in July?"
        yield Unsure("only-watches", watched, metric.decision)
    elif len(metric.decision.split()) < 2:
        yield Unsure("one-word", f"“{metric.decision}”: what about it?", metric.decision)
    else:
        yield Praise(f"If it fell: “{metric.decision}”.")
    if not metric.feeds:
        yield Mistake("feeds-nothing", "It feeds none of the decisions. Who would take this one, and by which rule?")
    elif metric.feeds in ("prot-5", "prot-1"):
        yield Praise(f"“{now.name(metric.feeds)}” says who decides on that.")
    else:
        yield Mistake("wrong-protocol", f"“{now.name(metric.feeds)}” decides on something else than credentials.")


def _shown(book: Workbook) -> object:
    return [
        (observation.id, observation.shown, observation.counted, observation.out_of)
        for observation in book[Metrics].observations
        if observation.metric == LEAVERS
    ], book[Profile].smallest_group


@practice.task("small", looks_at=_shown)
def small(now: Workbook, before: Workbook) -> Feedback:
    """The small group is hidden with a second row, the counts stay, the line is not moved, and not all is hidden."""
    there = _counts(now)
    if now[Profile].smallest_group != before[Profile].smallest_group:
        yield Mistake(
            "line-moved",
            "The smallest group shown was changed. The state set it, and it protects more than these seven.",
        )
    gone = [group for group in (SMALL, OTHERS, ALL) if group not in there]
    if gone:
        yield Mistake("thrown-away", "Counts were deleted. Keep them for those who may see them: hiding is enough.")
        return
    if (there[SMALL].counted, there[SMALL].out_of) != (4, 7) or there[OTHERS].out_of != 405:
        yield Mistake("changed-counts", "The counts were changed. Then the page is not private, it is wrong.")
    disclosed = findings("ME38", now)
    if there[SMALL].shown:
        yield Mistake("still-shown", disclosed[0].says if disclosed else "The group of seven is still to be shown.")
    elif disclosed:
        yield Mistake("by-subtraction", f"{disclosed[0].says} {disclosed[0].advice}")
    elif not (there[OTHERS].shown or there[ALL].shown):
        yield Mistake("all-hidden", "Now nothing of this measure is shown. The total tells of nobody: it may stay.")
    else:
        kept = "the total" if there[ALL].shown else "all others"
        yield Praise(f"The seven cannot be worked out, and {kept} is still shown.")
