"""A roll-up: what partnerships come to, all together and by where they belong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from ctekit.analysis.disclosure import DEFAULT, is_small
from ctekit.model import text
from ctekit.ratings import LEAST, SECTORS
from ctekit.rollup._audit import without_bridges
from ctekit.rollup._figures import Figures, figures
from ctekit.rollup._summary import DIMENSIONS, NOT_SAID, ElementRatings, Measure, Summary
from ctekit.rollup._suppression import Hidden, Pool, member_of, pools

Pools = Mapping[Hashable, Sequence[Pool]]
Earlier = Mapping[str, Sequence[frozenset[str]]]
"""Group of people, in words -> the members of each pool of earlier roll-ups."""

STRICTEST = 50
"""A partnership that shows only larger groups than this asks it of its own counts alone: no state asks for so much, and
else one could hide the measures of all."""


class Rollup:
    """What partnerships come to.

    Parameters
    ----------
    summaries : sequence of Summary
        One a partnership.
    earlier : mapping
        The pools of earlier roll-ups, as `pooled` gave them.

    Attributes
    ----------
    earlier : mapping
        As given.
    least : int
        The smallest group of learners shown: the largest that a partnership asks for, up to `STRICTEST`.
    summaries : tuple of Summary
        With what is too small for this roll-up hidden.
    """

    def __init__(self, summaries: Sequence[Summary], earlier: Earlier | None = None) -> None:
        self.least = max([DEFAULT, *(summary.least for summary in summaries if summary.least <= STRICTEST)])
        self._as_given = tuple(summaries)
        self.summaries = tuple(_stricter(summary, self.least) for summary in summaries)
        self.earlier = earlier or {}
        self._by: dict[str, dict[str, Figures]] = {}

    @cached_property
    def statewide(self) -> Figures:
        """All partnerships together."""
        return figures(self.summaries, self._pools)

    def by(self, dimension: str) -> dict[str, Figures]:
        """The partnerships by where they belong, in the order of names: never in that of numbers.

        Parameters
        ----------
        dimension : str
            One of `DIMENSIONS`.

        Returns
        -------
        dict of str to Figures
            A partnership may stand in several clusters. Those that do not say where they belong come last.
        """
        if dimension not in self._by:
            groups: dict[str, list[Summary]] = defaultdict(list)
            for summary in self.summaries:
                for group in summary.of(dimension):
                    groups[group].append(summary)
            order = sorted(groups, key=lambda group: (group == NOT_SAID, text.order(group)))
            self._by[dimension] = {group: figures(groups[group], self._pools) for group in order}
        return self._by[dimension]

    @property
    def pooled(self) -> Earlier:
        """The members of all pools so far, for the next roll-up to keep to."""
        pooled = {name: list(those) for name, those in self.earlier.items()}
        for group, those in self._pools.items():
            of_group = pooled.setdefault(_name(group), [])
            of_group += [pool.members for pool in those if pool.members not in of_group]
        return {name: those for name, those in sorted(pooled.items()) if those}

    @cached_property
    def _pools(self) -> Pools:
        return {**self._measure_pools(), **dict[Hashable, Sequence[Pool]](self._rating_pools().items())}

    def _measure_pools(self) -> dict[Hashable, Sequence[Pool]]:
        """One set of pools for all codes of a level and a year: several codes may count the same people.

        Only what a partnership itself hides for being small is put together. What it shows by itself, or may show when
        it chooses so, is no cover for the others: anybody could take it away again.
        """
        groups: defaultdict[tuple[str, str], list[Hidden]] = defaultdict(list)
        for summary in self._as_given:
            if summary.least > self.least:
                continue
            sizes: defaultdict[tuple[str, str], dict[Measure, int]] = defaultdict(dict)
            for measure, count in summary.measures.items():
                if not count.is_shown and is_small(count.out_of, summary.least):
                    sizes[measure.level, measure.year][measure] = count.out_of
            for group, those in sizes.items():
                parts = {measure: summary.measures[measure].parts for measure in those}
                member = member_of(summary.partnership, version=summary.versions.get(group, ""))
                place = _place(summary)
                groups[group].append(Hidden(member, summary.partnership, those, place, parts, summary.least - 1))
        return {group: pools(those, self.least, self._before(group)) for group, those in groups.items()}

    def _rating_pools(self) -> Mapping[str, Sequence[Pool]]:
        groups: defaultdict[str, list[Hidden]] = defaultdict(list)
        for summary in self.summaries:
            hiding: defaultdict[tuple[str, str], dict[int, ElementRatings]] = defaultdict(dict)
            for element, ratings in summary.ratings.items():
                member = member_of(summary.partnership, ratings.round, ratings.version)
                # What is shown for one question is no cover for what is hidden for another.
                hidden_here = ratings.hidden - ratings.partly_folded
                for sector in ratings.people:
                    if sector and sector in hidden_here:
                        hiding[sector, member][element] = ratings
            place = _place(summary)
            for (sector, member), those in hiding.items():
                sizes = {element: ratings.people[sector] for element, ratings in those.items()}
                parts = {element: ratings.codes[sector] for element, ratings in those.items()}
                groups[sector].append(Hidden(member, summary.partnership, sizes, place, parts))
        there = {each.member for those in groups.values() for each in those}
        published = {pool for sector in SECTORS for pool in self._before(sector)}
        # What an earlier roll-up told of a pool stays known where it is not whole any more.
        barred = {member for pool in published if not pool <= there for member in pool}
        formed = {sector: pools(those, LEAST, self._before(sector), barred) for sector, those in groups.items()}
        return without_bridges(formed, self.summaries, published)

    def _before(self, group: Hashable) -> Sequence[frozenset[str]]:
        return self.earlier.get(_name(group), ())


def _name(group: Hashable) -> str:
    return " · ".join(group) if isinstance(group, tuple) else str(group)


def _place(summary: Summary) -> tuple[Hashable, ...]:
    return tuple(summary.of(dimension) for dimension in DIMENSIONS)


def _stricter(summary: Summary, least: int) -> Summary:
    """The same partnership with what is small for this roll-up hidden too."""
    measures = {
        measure: count._replace(is_shown=count.is_shown and not is_small(count.out_of, least))
        for measure, count in summary.measures.items()
    }
    return replace(summary, measures=measures)
