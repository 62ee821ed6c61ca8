"""Rules 62 to 65: the whole way is measured, and what was counted can be true."""

from __future__ import annotations

from typing import get_args

from ctekit.analysis.disclosure import is_everybody
from ctekit.model import text
from ctekit.model.days import long_day
from ctekit.model.text import quotation
from ctekit.rules._places import listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics, Observation, Stage

LEARNERS_WAY: tuple[Stage, ...] = get_args(Stage)[2:]
"""The stages from "attract learners" on; those before are work among partners."""

STAGE_OF_CODE: dict[str, Stage] = {
    "1S1": "prepare",
    "1S2": "prepare",
    "2S1": "prepare",
    "2S2": "prepare",
    "2S3": "prepare",
    "3S1": "transition",
    "4S1": "attract learners",
    "5S1": "credential",
    "5S2": "credential",
    "5S3": "experience",
    "1P1": "transition",
    "2P1": "credential",
    "3P1": "attract learners",
}
"""Where on the way the core indicators of Perkins V lie, in ctekit's own reading. 5S4 is the state's own."""


@rule(
    "ME62",
    needs=(Metrics,),
    severity="hint",
    depth="full",
    asks="What could we count there?",
    action="Propose one measure for a stage where nothing is counted",
)
def each_stage_of_the_way_has_a_measure(book: Workbook) -> Found:
    """Each stage of a learner's way has a measure, from who comes to people at work.

    Where nothing is counted nobody looks, and the leak is always there. That partners were called together is seen
    without a measure.

    Source: formal measures across all the work,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/;
    the stages are ctekit's own.
    """
    staged = {metric.stage for metric in book[Metrics].metrics if metric.name and metric.stage}
    if not staged:
        yield Pending("Waits until a measure says its stage of the way.")
        return
    dark = [f"“{stage}”" for stage in LEARNERS_WAY if stage not in staged]
    if dark:
        says = f"On a learner's way, nothing is measured at the stage{'s' * (len(dark) > 1)} {listed(dark, 8)}."
        yield Finding(Metrics.slug, "", "metrics", says, "Add a measure there, or mark the stage of one you have.")


@rule(
    "ME63",
    needs=(Metrics,),
    asks="Which of the two figures is wrong?",
    action="Check {subject} with whoever holds the figures",
)
def no_count_is_larger_than_its_whole(book: Workbook) -> Found:
    """Nobody is counted twice: no count is larger than the whole it is out of, and no group than everybody.

    A share of more than all is a slip, and the first thing a reporter finds. Names the rows, never the counts.

    Source: ctekit's own, from practice.
    """
    counts = [observation for observation in book[Metrics].observations if observation.out_of is not None]
    if not counts:
        yield Pending("Waits until a count says out of how many.")
    whole = {
        (observation.metric, observation.as_of): observation for observation in counts if is_everybody(observation)
    }
    for observation in counts:
        total = whole.get((observation.metric, observation.as_of))
        if observation.counted is not None and observation.counted > (observation.out_of or 0):
            field, says = "counted", "counts more than there were in all."
            advice = "Check both figures; they may be swapped."
        elif total and total is not observation and _larger(observation, total):
            field, says = "out_of", "is larger than everybody together."
            advice = "Check the two rows: one of them is of other people."
        else:
            continue
        of = quotation(book.name(observation.metric or observation.id))
        yield Finding(Metrics.slug, observation.id, field, f"{_named(book, observation)} {says}", advice, subject=of)


def _larger(observation: Observation, total: Observation) -> bool:
    more = (observation.out_of or 0) > (total.out_of or 0)
    return more or (
        observation.counted is not None and total.counted is not None and observation.counted > total.counted
    )


@rule(
    "ME64",
    needs=(Metrics,),
    severity="warning",
    asks="Which of the two do we trust?",
    action="Ask whoever holds the figures which count of {subject} is right",
)
def each_count_stands_once(book: Workbook) -> Found:
    """Each measure has one count for each group on each day.

    Of two, a chart shows one, and you do not choose which.

    Source: ctekit's own, from practice.
    """
    dated = [observation for observation in book[Metrics].observations if observation.metric and observation.as_of]
    if not dated:
        yield Pending("Waits until a count has a measure and a day.")
    for same in _repeated(dated):
        differ = len({(observation.counted, observation.out_of) for observation in same}) > 1
        how = "with different figures" if differ else "with the same figures"
        rows = listed(observation.id for observation in same)
        says = f"{_named(book, same[0])} is written {len(same)} times, {how} ({rows})."
        of = quotation(book.name(same[0].metric or same[0].id))
        advice = "Keep the one you trust, or correct its day."
        yield Finding(Metrics.slug, same[1].id, "as_of", says, advice, subject=of)


def _repeated(dated: list[Observation]) -> list[list[Observation]]:
    """The counts of one measure, day and group that stand more than once, together."""
    first: dict[tuple[object, ...], Observation] = {}
    repeated: dict[tuple[object, ...], list[Observation]] = {}
    for observation in dated:
        group = "" if is_everybody(observation) and not observation.breakdown else text.key(observation.group)
        count = (observation.metric, observation.as_of, text.key(observation.breakdown), group)
        if first.setdefault(count, observation) is not observation:
            repeated.setdefault(count, [first[count]]).append(observation)
    return [repeated[count] for count in first if count in repeated]


@rule(
    "ME65",
    needs=(Metrics,),
    severity="hint",
    asks="Is the code wrong, or the stage?",
    action="Check code and stage of {subject}",
)
def each_federal_code_stands_at_its_stage(book: Workbook) -> Found:
    """Each federal code stands at the stage of the way that it tells of.

    A code at the wrong stage is most often a code of the wrong measure.

    Source: what the codes count, https://p12.nysed.gov/cte/PerkinsV/PerkinsVPerformanceIndicators.html; their stages
    are ctekit's own.
    """
    judged = False
    for metric in book[Metrics].metrics:
        code = (metric.federal_code or "").strip().upper()
        if metric.code_version != "Perkins V" or code not in STAGE_OF_CODE or not metric.stage:
            continue
        judged = True
        if metric.stage != STAGE_OF_CODE[code]:
            says = (
                f"“{book.name(metric.id)}” has the code {code}, which counts the stage "
                f"“{STAGE_OF_CODE[code]}”, and is marked “{metric.stage}”."
            )
            yield Finding(Metrics.slug, metric.id, "stage", says, "Correct the stage or the code.")
    if not judged:
        yield Pending("Waits until a measure has a Perkins V code and a stage.")


# A finding stands on pages that everybody reads: it names the row and never repeats the counts.


def _named(book: Workbook, observation: Observation) -> str:
    by = f" ({observation.breakdown})" if observation.group and observation.breakdown else ""
    when = f", {long_day(observation.as_of)}" if observation.as_of else ""
    return (
        f"“{book.name(observation.metric or observation.id)}”{when}: "
        f"“{observation.group or observation.breakdown or 'all'}”{by}"
    )
