"""Rules 33, 35 to 37, 40 and 42: each measure has people, a start, a target, and a decision that hangs on it."""

from __future__ import annotations

from decimal import Decimal

from ctekit.model import text
from ctekit.rule import Finding, Found, Waits, rule
from ctekit.rules._places import answered, should_be_active
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metric, Metrics, Observation
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose

NO_MEASURE = Waits("Waits until a measure is written.")

CODES = {
    ("Perkins V", "secondary"): "1S1 1S2 2S1 2S2 2S3 3S1 4S1 5S1 5S2 5S3 5S4",
    ("Perkins V", "postsecondary"): "1P1 2P1 3P1",
    ("Perkins IV", "secondary"): "1S1 1S2 2S1 3S1 4S1 5S1 6S1 6S2",
    ("Perkins IV", "postsecondary"): "1P1 2P1 3P1 4P1 5P1 5P2",
}
"""Core indicators of the law in force (read at New York's and Michigan's education departments) and of the one before
(from memory: kept only to tell the two apart)."""


def _written(book: Workbook) -> list[Metric]:
    return [one for one in book[Metrics].metrics if one.name]


def baselines(book: Workbook) -> dict[str, Observation]:
    """The first dated count of group "all" of each measure."""
    found: dict[str, Observation] = {}
    for one in book[Metrics].observations:
        if one.metric and one.as_of and one.counted is not None and text.key(one.group) == "all":
            first = found.get(one.metric)
            if first is None or first.as_of is None or one.as_of < first.as_of:
                found[one.metric] = one
    return found


def in_unit(metric: Metric, count: Observation) -> Decimal | None:
    """A count in the unit of the target: a percentage where the unit says so or says nothing."""
    unit = text.key(metric.unit or "percent")
    if "percent" in unit or "%" in unit:
        return count.percent
    return None if count.counted is None else Decimal(count.counted)


@rule("ME33", needs=(Profile, Metrics))
def each_measure_has_people_who_said_yes(book: Workbook) -> Found:
    """Whoever answers for a measure, and whoever holds its figures, is in the partnership.

    A figure whose owner is gone goes on being printed until it is wrong.

    Source: ctekit's own, from practice.
    """
    sheet = book[Metrics]
    if not any(one.owner or one.steward for one in sheet.metrics) and not sheet.ready:
        yield Waits("Waits until a measure says who answers for it or who holds the figures.")
        return
    for one in sheet.metrics:
        for field, duty in (("owner", "answers for"), ("steward", "holds the figures of")):
            place, person = (Metrics.slug, one.id, field), getattr(one, field)
            if person:
                advice = "Ask them, or name somebody who has said yes."
                yield from should_be_active(book, place, person, f"{duty} “{book.name(one.id)}”", advice)
            elif sheet.ready and one.name and not answered(one, field):
                yield Finding(*place, f"Nobody {duty} “{one.name}”.", "Name one person.")


@rule("ME35", needs=(Metrics,), omission=True)
def each_measure_has_a_start_and_a_target(book: Workbook) -> Found:
    """Each measure has a dated start and a target with a later date.

    Without a start nobody can say whether anything moved; without a date a target is never missed.

    Source: ctekit's own, from practice.
    """
    first_counts = baselines(book)
    measures = _written(book)
    if not measures:
        yield NO_MEASURE
    for one in measures:
        first = first_counts.get(one.id)
        if first is None:
            says = f"“{one.name}” has no count of everybody with a date to start from."
            advice = "Add a row under “What we have counted” with the group “all”, a date and the counts."
            yield Finding(Metrics.slug, one.id, "observations", says, advice)
        for field, what in (("target", "target"), ("target_date", "target date")):
            if not answered(one, field):
                yield Finding(Metrics.slug, one.id, field, f"“{one.name}” has no {what}.", f"Agree on a {what}.")
        if first and first.as_of and one.target_date and one.target_date <= first.as_of:
            says = f"“{one.name}” starts on {first.as_of} and is to get there by {one.target_date}, which is not later."
            yield Finding(Metrics.slug, one.id, "target_date", says, "Set a later date, or correct the first count's.")


@rule("ME36", needs=(Metrics,), severity="warning")
def each_target_lies_in_the_wanted_direction(book: Workbook) -> Found:
    """Each target lies in the direction that is wanted.

    Most often a slip of the sign, now and then a promise to get worse.

    Source: ctekit's own, from practice.
    """
    first_counts = baselines(book)
    compared = False
    for one in book[Metrics].metrics:
        start = in_unit(one, first_counts[one.id]) if one.id in first_counts else None
        if one.target is None or one.direction is None or start is None:
            continue
        compared = True
        if (one.target < start) if one.direction == "up" else (one.target > start):
            yield Finding(
                Metrics.slug,
                one.id,
                "target",
                f"“{book.name(one.id)}” should go {one.direction}; it starts at {start}, its target is {one.target}.",
                "Correct the target, the direction or the first count.",
            )
    if not compared:
        yield Waits("Waits until a measure has a first count, a target and the direction that is wanted.")


@rule("ME37", needs=(Metrics,), severity="warning", omission=True)
def early_signs_and_late_results_are_both_measured(book: Workbook) -> Found:
    """There are early signs of what we do, and late results of what changes for people.

    Late results alone come too late to act on; early signs alone never say whether it helped.

    Source: formal measures across all the work,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/;
    results-based accountability keeps effort and effect apart, https://raguide.org.
    """
    measures = _written(book)
    if not measures:
        yield NO_MEASURE
        return
    early = [
        one
        for one in measures
        if {one.kind, one.timing} in ({"process", "leading"}, {"process", None}, {None, "leading"})
    ]
    late = [
        one
        for one in measures
        if {one.kind, one.timing} in ({"outcome", "lagging"}, {"outcome", None}, {None, "lagging"})
    ]
    if not early:
        says = f"None of the {len(measures)} measures is an early sign of what we do (process, leading)."
        yield Finding(Metrics.slug, "", "metrics", says, "Add one that moves within a term.")
    if not late:
        says = f"None of the {len(measures)} measures is a late result that changes for people (outcome, lagging)."
        yield Finding(Metrics.slug, "", "metrics", says, "Add one that a parent would ask about.")


@rule("ME40", needs=(Metrics,), severity="warning")
def each_federal_code_belongs_to_its_law(book: Workbook) -> Found:
    """Each federal code is one of its law, for its level.

    The law before used the same codes for other things: 5S1 was placement then and is a credential now.

    Source: https://p12.nysed.gov/cte/PerkinsV/PerkinsVPerformanceIndicators.html and
    https://cte.ed.gov/accountability/coreindicators.cfm.
    """
    sheet = book[Metrics]
    coded = [one for one in sheet.metrics if one.federal_code]
    if not coded and not sheet.ready:
        yield Waits("Waits until a measure carries a federal code.")
    for one in coded:
        code = (one.federal_code or "").strip().upper()
        name, place = book.name(one.id), (Metrics.slug, one.id, "federal_code")
        if one.code_version is None:
            if sheet.ready:
                says = f"“{name}” carries the code {code} and does not say of which law."
                yield Finding(Metrics.slug, one.id, "code_version", says, "Choose the law: its codes changed in 2018.")
            else:
                yield Waits(f"Waits until it is said which law's code {code} is.")
            continue
        if one.code_version == "another law":
            continue
        levels = [level for (law, level), codes in CODES.items() if law == one.code_version and code in codes.split()]
        if not levels:
            says = f"“{name}” carries {code}, which is no code of {one.code_version}."
            yield Finding(*place, says, "Look the code up in your state's list, or leave it blank.")
        elif one.level and one.level not in levels:
            says = f"“{name}” carries {code}, a {levels[0]} code, and is marked {one.level}."
            yield Finding(*place, says, "Correct the code or the level.")


@rule("ME42", needs=(Metrics, Purpose), severity="hint", omission=True)
def each_measure_feeds_a_decision(book: Workbook) -> Found:
    """Each measure says what we would do if it fell, and which protocol it feeds.

    A measure no decision hangs on is data for show.

    Source: ctekit's own, from practice.
    """
    protocols = {one.id for one in book[Purpose].decisions}
    measures = _written(book)
    if not measures:
        yield NO_MEASURE
    for one in measures:
        if not answered(one, "decision"):
            says = f"Nobody has said what we would do if “{one.name}” fell."
            yield Finding(Metrics.slug, one.id, "decision", says, "Say it, or count something else.")
        if not answered(one, "feeds") or (one.feeds and one.feeds not in protocols):
            says = f"“{one.name}” feeds none of the decisions in worksheet 2."
            yield Finding(Metrics.slug, one.id, "feeds", says, "Pick the decision these figures speak to.")
