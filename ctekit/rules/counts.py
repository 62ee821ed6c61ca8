"""Rules 62 to 65: the whole way is measured, and what was counted can be true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ctekit.analysis.disclosure import is_everybody
from ctekit.model import text
from ctekit.rule import Finding, Found, Waits, rule
from ctekit.rules._places import listed
from ctekit.workbook import Workbook
from ctekit.worksheets.metrics import Metrics, Observation, Stage

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


@rule("ME62", needs=(Metrics,), severity="hint", omission=True)
def each_stage_of_the_way_has_a_measure(book: Workbook) -> Found:
    """Each stage of the way has a measure, from calling partners together to people at work.

    Where nothing is counted nobody looks, and the leak is always there.

    Source: formal measures across all the work,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/;
    the stages are ctekit's own.
    """
    staged = {one.stage for one in book[Metrics].metrics if one.name and one.stage}
    if not staged:
        yield Waits("Waits until a measure says its stage of the way.")
        return
    dark = [f"“{one}”" for one in get_args(Stage) if one not in staged]
    if dark:
        says = f"Nothing is measured at the stage{'s' * (len(dark) > 1)} {listed(dark, 8)}."
        yield Finding(Metrics.slug, "", "metrics", says, "Add a measure there, or mark the stage of one you have.")


@rule("ME63", needs=(Metrics,))
def no_count_is_larger_than_its_whole(book: Workbook) -> Found:
    """Nobody is counted twice: no count is larger than the whole it is out of, and no group than everybody.

    A share of more than all is a slip, and the first thing a reporter finds. Names the rows, never the counts.

    Source: ctekit's own, from practice.
    """
    counts = [one for one in book[Metrics].observations if one.out_of is not None]
    if not counts:
        yield Waits("Waits until a count says out of how many.")
    whole = {(one.metric, one.as_of): one for one in counts if is_everybody(one)}
    for one in counts:
        if one.counted is not None and one.counted > (one.out_of or 0):
            says = f"{_named(book, one)} counts more than it is out of."
            yield Finding(Metrics.slug, one.id, "counted", says, "Check both figures; they may be swapped.")
            continue
        total = whole.get((one.metric, one.as_of))
        if total and total is not one and _larger(one, total):
            says = f"{_named(book, one)} is larger than everybody together ({total.id})."
            yield Finding(Metrics.slug, one.id, "out_of", says, "Check the two rows: one of them is of other people.")


def _larger(one: Observation, total: Observation) -> bool:
    more = (one.out_of or 0) > (total.out_of or 0)
    return more or (one.counted is not None and total.counted is not None and one.counted > total.counted)


@rule("ME64", needs=(Metrics,), severity="warning")
def each_count_stands_once(book: Workbook) -> Found:
    """Each measure has one count for each group on each day.

    Of two, a chart shows one, and you do not choose which.

    Source: ctekit's own, from practice.
    """
    dated = [one for one in book[Metrics].observations if one.metric and one.as_of]
    if not dated:
        yield Waits("Waits until a count has a measure and a day.")
    for same in _same(dated):
        if len(same) > 1:
            differ = len({(one.counted, one.out_of) for one in same}) > 1
            how = "with different figures" if differ else "with the same figures"
            says = f"{_named(book, same[0])} stands {len(same)} times, {how} ({listed(one.id for one in same)})."
            yield Finding(Metrics.slug, same[1].id, "as_of", says, "Keep the one you trust, or correct its day.")


def _same(dated: list[Observation]) -> Iterator[list[Observation]]:
    found: dict[tuple[object, ...], list[Observation]] = {}
    for one in dated:
        group = "" if is_everybody(one) and not one.breakdown else text.key(one.group)
        found.setdefault((one.metric, one.as_of, text.key(one.breakdown), group), []).append(one)
    yield from found.values()


@rule("ME65", needs=(Metrics,), severity="hint")
def each_federal_code_stands_at_its_stage(book: Workbook) -> Found:
    """Each federal code stands at the stage of the way that it tells of.

    A code at the wrong stage is most often a code of the wrong measure.

    Source: what the codes count, https://p12.nysed.gov/cte/PerkinsV/PerkinsVPerformanceIndicators.html; their stages
    are ctekit's own.
    """
    judged = False
    for one in book[Metrics].metrics:
        code = (one.federal_code or "").strip().upper()
        if one.code_version != "Perkins V" or code not in STAGE_OF_CODE or not one.stage:
            continue
        judged = True
        if one.stage != STAGE_OF_CODE[code]:
            says = f"“{book.name(one.id)}” carries {code}, which tells of “{STAGE_OF_CODE[code]}”, at “{one.stage}”."
            yield Finding(Metrics.slug, one.id, "stage", says, "Correct the stage or the code.")
    if not judged:
        yield Waits("Waits until a measure has a Perkins V code and a stage.")


# A finding stands on pages that everybody reads: it names the row and never repeats the counts.


def _named(book: Workbook, one: Observation) -> str:
    when = f", {one.as_of}" if one.as_of else ""
    return f"“{book.name(one.metric or one.id)}”{when}: “{one.group or one.breakdown or 'all'}” ({one.id})"
