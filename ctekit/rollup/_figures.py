"""What several partnerships come to, added up: counts only, never percentages or medians of single ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import TypeVar

from ctekit.rollup._summary import ANSWERS, Measure, Summary
from ctekit.rollup._suppression import Pool, member_of
from ctekit.rubrics import LADDER

EVERYONE = "everyone"

K = TypeVar("K", bound=Hashable)


@dataclass
class MeasureSum:
    """One measure of several partnerships.

    Attributes
    ----------
    counted, out_of : int
        Added up.
    partnerships : int
        How many are in it.
    left_out : int
        How many have a count that may not be shown, and is not in it.
    """

    counted: int = 0
    out_of: int = 0
    partnerships: int = 0
    left_out: int = 0

    @property
    def percent(self) -> Decimal | None:
        """Of the sums, to one decimal, halves to the even digit; None out of 0."""
        if not self.out_of:
            return None
        return Decimal(round(Fraction(1000 * self.counted, self.out_of))).scaleb(-1)


@dataclass
class RatingSum:
    """What people of several partnerships said about one element.

    Attributes
    ----------
    numbers : list of int
        How often each answer of `ANSWERS` was given, over the element's indicators.
    people : int
    partnerships, left_out : int
        As in `MeasureSum`.
    """

    numbers: list[int] = field(default_factory=lambda: [0] * len(ANSWERS))
    people: int = 0
    partnerships: int = 0
    left_out: int = 0

    @property
    def middle(self) -> tuple[float, float, float] | None:
        """First quartile, median and third quartile of the answers (as spreadsheets count them); None without any."""
        levels = [(level.step, number) for level, number in zip(LADDER, self.numbers, strict=False)]
        if not sum(number for _, number in levels):
            return None
        return (_quantile(levels, 1), _quantile(levels, 2), _quantile(levels, 3))


def _quantile(levels: Sequence[tuple[int, int]], quarter: int) -> float:
    """A quartile of counted answers, lowest first: between two neighbors where it falls between them."""
    ends = list(accumulate(number for _, number in levels))
    place, rest = divmod((ends[-1] - 1) * quarter, 4)
    here, following = (
        next(level for (level, _), end in zip(levels, ends, strict=True) if end > min(at, ends[-1] - 1))
        for at in (place, place + 1)
    )
    return here + (following - here) * rest / 4


@dataclass(frozen=True)
class Figures:
    """What several partnerships come to.

    Attributes
    ----------
    partnerships : int
    needs : mapping
        (priority, kind of support) -> needs not met yet, needs in all.
    findings : mapping
        Code of a rule -> partnerships with an open finding, partnerships that could be asked.
    asks : mapping
        Lever -> partnerships that ask, asks.
    consulted : mapping
        (consultation group, where it stands) -> partnerships.
    agreements : mapping
        How far -> partnerships, signatures, parties.
    measures : mapping of Measure to MeasureSum
    ratings : mapping of tuple to RatingSum
        (number of the element, sector or ``"everyone"``) -> what they said.
    """

    partnerships: int
    needs: Mapping[tuple[str, str], tuple[int, ...]]
    findings: Mapping[str, tuple[int, ...]]
    asks: Mapping[str, tuple[int, ...]]
    consulted: Mapping[tuple[str, str], int]
    agreements: Mapping[str, tuple[int, ...]]
    measures: Mapping[Measure, MeasureSum]
    ratings: Mapping[tuple[int, str], RatingSum]

    @property
    def unmet(self) -> tuple[int, int]:
        """Needs not met yet, and needs in all."""
        unmet, total = map(sum, zip(*self.needs.values(), strict=True)) if self.needs else (0, 0)
        return unmet, total

    @property
    def reached(self) -> tuple[int, int]:
        """Consultation groups reached, and those that apply, over the partnerships."""
        counted = Counter[str]()
        for (_, standing), number in self.consulted.items():
            counted[standing] += number
        return counted["reached"], counted["reached"] + counted["nobody yet"]

    @property
    def signed(self) -> int:
        """Partnerships whose agreement all parties have signed."""
        return self.agreements.get("signed", (0,))[0]


def figures(summaries: Sequence[Summary], pools: Mapping[Hashable, Sequence[Pool]]) -> Figures:
    """Add partnerships up.

    Parameters
    ----------
    summaries : sequence of Summary
    pools : mapping
        Group of people -> whose hidden counts are added only together; see `ctekit.rollup._suppression`.

    Returns
    -------
    Figures
    """
    here = frozenset(summary.partnership for summary in summaries)
    whole = {group: [pool for pool in those if pool.partnerships <= here] for group, those in pools.items()}
    return Figures(
        partnerships=len(summaries),
        needs=_added(summary.needs for summary in summaries),
        findings=_added({code: (number > 0, 1) for code, number in summary.findings.items()} for summary in summaries),
        asks=_added({lever: (1, number) for lever, number in summary.asks.items()} for summary in summaries),
        consulted=Counter(standing for summary in summaries for standing in summary.consulted.items()),
        agreements=_added({summary.agreement.state: (1, *summary.agreement[1:])} for summary in summaries),
        measures=_measures(summaries, whole),
        ratings=_ratings(summaries, whole),
    )


def _added(counted: Iterable[Mapping[K, tuple[int, ...]]]) -> dict[K, tuple[int, ...]]:
    sums: dict[K, tuple[int, ...]] = {}
    for each in counted:
        for name, numbers in each.items():
            sums[name] = tuple(map(sum, zip(numbers, sums.get(name, (0,) * len(numbers)), strict=True)))
    return sums


def _pooled(pools: Iterable[Pool], what: Hashable) -> frozenset[str]:
    return frozenset(member for pool in pools if what in pool.counts for member in pool.members)


def _measures(summaries: Sequence[Summary], pools: Mapping[Hashable, Sequence[Pool]]) -> dict[Measure, MeasureSum]:
    sums: dict[Measure, MeasureSum] = {}
    pooled: dict[Measure, frozenset[str]] = {}
    for summary in summaries:
        for measure, count in summary.measures.items():
            total = sums.setdefault(measure, MeasureSum())
            if measure not in pooled:
                pooled[measure] = _pooled(pools.get((measure.level, measure.year), ()), measure)
            if count.is_shown or _counted(summary, measure) in pooled[measure]:
                total.counted += count.counted
                total.out_of += count.out_of
                total.partnerships += 1
            else:
                total.left_out += 1
    return sums


def _counted(summary: Summary, measure: Measure) -> str:
    return member_of(summary.partnership, version=summary.versions.get((measure.level, measure.year), ""))


def _ratings(
    summaries: Sequence[Summary], pools: Mapping[Hashable, Sequence[Pool]]
) -> dict[tuple[int, str], RatingSum]:
    sums: defaultdict[tuple[int, str], RatingSum] = defaultdict(RatingSum)
    answers: defaultdict[tuple[int, str], list[tuple[int, ...]]] = defaultdict(list)
    pooled: dict[tuple[int, str], frozenset[str]] = {}
    for summary in summaries:
        for element, ratings in summary.ratings.items():
            _count(sums[element, EVERYONE], sum(ratings.people.values()), is_in=ratings.is_shown)
            if ratings.is_shown:
                answers[element, EVERYONE] += ratings.codes.values()
            member = member_of(summary.partnership, ratings.round, ratings.version)
            hidden = ratings.hidden
            for sector, people in ratings.people.items():
                if sector:
                    key = (element, sector)
                    if key not in pooled:
                        pooled[key] = _pooled(pools.get(sector, ()), element)
                    is_in = (ratings.is_shown and sector not in hidden) or member in pooled[key]
                    _count(sums[key], people, is_in=is_in)
                    if is_in:
                        answers[key].append(ratings.codes[sector])
    for key, numbers in answers.items():
        if numbers:
            sums[key].numbers = [*map(sum, zip(*numbers, strict=True))]
    return dict(sums)


def _count(total: RatingSum, people: int, *, is_in: bool) -> None:
    if is_in:
        total.people += people
        total.partnerships += 1
    else:
        total.left_out += 1
