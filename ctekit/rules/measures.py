"""Rules 33, 35 to 37, 40 and 42: each measure has people, a start, a target, and a decision that hangs on it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ctekit.model import text
from ctekit.model.days import long_day
from ctekit.rules._places import answered, should_be_active
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metric, Metrics, Observation
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose

NO_MEASURE = Pending("Waits until a measure is written.")

CODES = {
    ("Perkins V", "secondary"): "1S1 1S2 2S1 2S2 2S3 3S1 4S1 5S1 5S2 5S3 5S4",
    ("Perkins V", "postsecondary"): "1P1 2P1 3P1",
    ("Perkins IV", "secondary"): "1S1 1S2 2S1 3S1 4S1 5S1 6S1 6S2",
    ("Perkins IV", "postsecondary"): "1P1 2P1 3P1 4P1 5P1 5P2",
}
"""Core indicators of the law in force (read at New York's and Michigan's education departments) and of the one before
(from memory: kept only to tell the two apart)."""


def _written(book: Workbook) -> list[Metric]:
    return [metric for metric in book[Metrics].metrics if metric.name]


def baselines(book: Workbook) -> dict[str, Observation]:
    """The first dated count of group "all" of each measure."""
    first_counts: dict[str, Observation] = {}
    for observation in book[Metrics].observations:
        if (
            observation.metric
            and observation.as_of
            and observation.counted is not None
            and text.key(observation.group) == "all"
        ):
            earlier = first_counts.get(observation.metric)
            if earlier is None or earlier.as_of is None or observation.as_of < earlier.as_of:
                first_counts[observation.metric] = observation
    return first_counts


def in_unit(metric: Metric, count: Observation) -> Decimal | None:
    """A count in the unit of the target: a percentage where the unit says so or says nothing."""
    unit = text.key(metric.unit or "percent")
    if "percent" in unit or "%" in unit:
        return count.percent
    return None if count.counted is None else Decimal(count.counted)


NO_HOLDER = "Who can open the file with these figures?"
FIND_HOLDER = "Find out who holds the figures of {subject}"
WHICH_DECISION = "Which of our decisions would these figures change?"


@rule(
    "ME33",
    needs=(Profile, Metrics),
    asks="Who acts when this figure falls?",
    action="Find one person to answer for {subject}",
)
def each_measure_has_people_who_said_yes(book: Workbook) -> Found:
    """Whoever answers for a measure, and whoever holds its figures, is in the partnership.

    A figure whose owner is gone goes on being printed until it is wrong. Somebody who left is another rule's finding.

    Source: ctekit's own, from practice.
    """
    sheet = book[Metrics]
    if not any(metric.owner or metric.steward for metric in sheet.metrics) and not sheet.ready:
        yield Pending("Waits until a measure says who answers for it or who holds the figures.")
        return
    for metric in sheet.metrics:
        for field, duty in (("owner", "answers for"), ("steward", "holds the figures of")):
            place, person = (Metrics.slug, metric.id, field), getattr(metric, field)
            if person:
                advice = "Ask them, or name somebody who has said yes."
                yield from should_be_active(book, place, person, f"{duty} “{book.name(metric.id)}”", advice)
            elif sheet.ready and metric.name and not answered(metric, field):
                nobody = Finding(*place, f"Nobody {duty} “{metric.name}”.", "Name one person.")
                yield replace(nobody, asks=NO_HOLDER, action=FIND_HOLDER) if field == "steward" else nobody


@rule(
    "ME35",
    needs=(Metrics,),
    depth="full",
    asks="Where do we start, and where do we want to be?",
    action="Get the first count of {subject}, and propose a target with a day",
)
def each_measure_has_a_start_and_a_target(book: Workbook) -> Found:
    """Each measure has a dated start and a target with a later date.

    Without a start nobody can say whether anything moved; without a date a target is never missed.

    Source: ctekit's own, from practice.
    """
    first_counts = baselines(book)
    measures = _written(book)
    if not measures:
        yield NO_MEASURE
    for metric in measures:
        first = first_counts.get(metric.id)
        missing = {"observations": "dated first count of everybody"} if first is None else {}
        targets = {"target": "target", "target_date": "target date"}
        missing |= {field: what for field, what in targets.items() if not answered(metric, field)}
        if missing:
            says = f"“{metric.name}” has no {' and no '.join(missing.values())}."
            advice = "Ask whoever holds the figures for the first count; then agree on a target and its day."
            yield Finding(Metrics.slug, metric.id, next(iter(missing)), says, advice)
        if first and first.as_of and metric.target_date and metric.target_date <= first.as_of:
            says = (
                f"“{metric.name}” starts on {long_day(first.as_of)} and is to get there by "
                f"{long_day(metric.target_date)}, which is not later."
            )
            yield Finding(
                Metrics.slug, metric.id, "target_date", says, "Set a later date, or correct the first count's."
            )


@rule(
    "ME36",
    needs=(Metrics,),
    severity="warning",
    asks="Is more of this better, or less?",
    action="Check first count, target and direction of {subject}",
)
def each_target_lies_in_the_wanted_direction(book: Workbook) -> Found:
    """Each target lies in the direction that is wanted.

    Most often a slip of the sign, now and then a promise to get worse.

    Source: ctekit's own, from practice.
    """
    first_counts = baselines(book)
    compared = False
    for metric in book[Metrics].metrics:
        start = in_unit(metric, first_counts[metric.id]) if metric.id in first_counts else None
        if metric.target is None or metric.direction is None or start is None:
            continue
        compared = True
        if (metric.target < start) if metric.direction == "up" else (metric.target > start):
            yield Finding(
                Metrics.slug,
                metric.id,
                "target",
                f"“{book.name(metric.id)}” should go {metric.direction}; it starts at {start}, its "
                f"target is {metric.target}.",
                "Correct the target, the direction or the first count.",
            )
    if not compared:
        yield Pending("Waits until a measure has a first count, a target and the direction that is wanted.")


@rule(
    "ME37",
    needs=(Metrics,),
    severity="warning",
    depth="full",
    asks="What would we see first, and what would a parent ask about?",
    action="Propose one more measure: {subject}",
)
def early_signs_and_late_results_are_both_measured(book: Workbook) -> Found:
    """There are early signs of what we do, and late results of what changes for people.

    Late results alone come too late to act on; early signs alone never say whether it helped.

    Source: formal measures across all the work,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/;
    results-based accountability keeps effort and effect apart,
    https://1library.net/document/z348nwey-the-results-based-accountability-guide.html.
    """
    measures = _written(book)
    if not measures:
        yield NO_MEASURE
        return
    early = [
        metric
        for metric in measures
        if {metric.kind, metric.timing} in ({"process", "leading"}, {"process", None}, {None, "leading"})
    ]
    late = [
        metric
        for metric in measures
        if {metric.kind, metric.timing} in ({"outcome", "lagging"}, {"outcome", None}, {None, "lagging"})
    ]
    if not early:
        says = f"None of the {len(measures)} measures is an early sign of what we do (process, leading)."
        yield Finding(Metrics.slug, "", "metrics", says, "Add one that moves within a term.", subject="an early sign")
    if not late:
        says = f"None of the {len(measures)} measures is a late result that changes for people (outcome, lagging)."
        yield Finding(
            Metrics.slug, "", "metrics", says, "Add one that a parent would ask about.", subject="a late result"
        )


@rule(
    "ME40",
    needs=(Metrics,),
    severity="warning",
    asks="Which code of which law is it?",
    action="Look up the federal code of {subject} in the state's list",
)
def each_federal_code_belongs_to_its_law(book: Workbook) -> Found:
    """Each federal code is one of its law, for its level.

    The law before used the same codes for other things: 5S1 was placement then and is a credential now.

    Source: https://p12.nysed.gov/cte/PerkinsV/PerkinsVPerformanceIndicators.html and
    https://cte.ed.gov/accountability/coreindicators.cfm.
    """
    sheet = book[Metrics]
    coded = [metric for metric in sheet.metrics if metric.federal_code]
    if not coded and not sheet.is_ready("full"):
        yield Pending("Waits until a measure carries a federal code.")
    for metric in coded:
        code = (metric.federal_code or "").strip().upper()
        name, place = book.name(metric.id), (Metrics.slug, metric.id, "federal_code")
        if metric.code_version is None:
            if sheet.is_ready("full"):
                says = f"“{name}” has the federal code {code} and does not say of which law."
                yield Finding(
                    Metrics.slug, metric.id, "code_version", says, "Choose the law: its codes changed in 2018."
                )
            else:
                yield Pending(f"Waits until it is said which law's code {code} is.")
            continue
        if metric.code_version == "another law":
            continue
        levels = [
            level for (law, level), codes in CODES.items() if law == metric.code_version and code in codes.split()
        ]
        if not levels:
            says = f"“{name}” has the code {code}, which is no code of {metric.code_version}."
            yield Finding(*place, says, "Look the code up in your state's list, or leave it blank.")
        elif metric.level and metric.level not in levels:
            says = f"“{name}” has {code}, a {levels[0]} code, and is marked {metric.level}."
            yield Finding(*place, says, "Correct the code or the level.")


@rule(
    "ME42",
    needs=(Metrics, Purpose),
    severity="hint",
    depth="quick",
    asks="What would we do if it fell?",
    action="Ask whoever answers for {subject} what they would do if it fell",
)
def each_measure_feeds_a_decision(book: Workbook) -> Found:
    """Each measure says what we would do if it fell, and which decision it speaks to.

    A measure no decision hangs on is data for show. Which of the decisions in worksheet 2 it is, is asked once all is
    done.

    Source: ctekit's own, from practice.
    """
    protocols = {decision.id for decision in book[Purpose].decisions}
    asked_all = book[Metrics].is_ready("full") and book[Purpose].is_ready("full")
    measures = _written(book)
    if not measures:
        yield NO_MEASURE
    for metric in measures:
        if not answered(metric, "decision"):
            says = f"Nobody has said what we would do if “{metric.name}” fell."
            yield Finding(Metrics.slug, metric.id, "decision", says, "Say it, or count something else.")
        elif asked_all and (not answered(metric, "feeds") or (metric.feeds and metric.feeds not in protocols)):
            says = f"It is not said which decision in worksheet 2 the figures of “{metric.name}” are for."
            advice = "Pick the decision these figures speak to."
            yield Finding(Metrics.slug, metric.id, "feeds", says, advice, asks=WHICH_DECISION)
