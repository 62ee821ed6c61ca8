"""Looking a roll-up's pools over as somebody would who wants to work out a hidden count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from ctekit.rollup._summary import ElementRatings, Summary
from ctekit.rollup._suppression import Pool, member_of

Edge = tuple[Hashable, Hashable]

PoolsBySector = Mapping[str, Sequence[Pool]]

_FREE = -1
"""The node of hidden counts that are in none. Pools are nodes from 0 up; what partnerships show, below -1."""


def without_bridges(
    pools: PoolsBySector, summaries: Sequence[Summary], earlier: Collection[frozenset[str]]
) -> PoolsBySector:
    """Leave out pools from which a hidden count would follow, beside what each partnership shows itself.

    A partnership shows what everybody said, and each large sector: so the small ones together are known of each, and
    the pools add them up the other way.

    Parameters
    ----------
    pools : mapping
        Sector -> its pools.
    summaries : sequence of Summary
    earlier : collection of frozenset of str
        The members of pools that an earlier roll-up has told of. New ones give way to them.

    Returns
    -------
    mapping
        What may stay.
    """
    elements = {element for summary in summaries for element in summary.ratings}
    while True:
        recoverable = {pool for element in elements for pool in _on_no_circle(pools, summaries, element)}
        if not recoverable:
            return pools
        new = {(sector, pool) for sector, those in pools.items() for pool in those if pool.members not in earlier}
        gone = recoverable & new or new or recoverable
        pools = {sector: [pool for pool in those if (sector, pool) not in gone] for sector, those in pools.items()}
        # The others are as before.
        elements &= {element for _, pool in recoverable | gone for element in pool.counts}


def _on_no_circle(pools: PoolsBySector, summaries: Iterable[Summary], element: int) -> set[tuple[str, Pool]]:
    """The pools from which a hidden count about an element follows: of a question, or of all its questions together.

    Each hidden count lies between what its partnership shows and the pool it is in. Counts of different elements have
    no node in common but that of what is in no number, so no circle leads from one to another.
    """
    candidates = [(sector, pool) for sector, those in pools.items() for pool in those if element in pool.counts]
    pool_of = {(sector, member): at for at, (sector, pool) in enumerate(candidates) for member in pool.members}
    recoverable: set[tuple[str, Pool]] = set()
    for known_sums in (_by_question, _added):
        alike: Counter[tuple[int, ...]] = Counter()
        for summary in summaries:
            if element in summary.ratings:
                ratings = summary.ratings[element]
                member = member_of(summary.partnership, ratings.round, ratings.version)
                sums = known_sums(ratings)
                for sectors in {*sums}:
                    pooled = tuple([pool_of.get((sector, member), _FREE) for sector in sectors])
                    alike[pooled] += sums.count(sectors)
        edges: list[Edge] = []
        owners: list[Collection[int]] = []  # whose pools would have to go
        shown = _FREE
        for pooled, number in alike.items():
            beside = [pool for pool in pooled if pool != _FREE]
            if not beside:
                continue  # on no way from a pool to another
            # Two close a circle through each pair of their counts; a third one adds none that is not there.
            for _ in range(min(number, 2)):
                shown -= 1
                edges += [(shown, pool) for pool in pooled]
                owners += [beside if pool == _FREE else (pool,) for pool in pooled]
        recoverable |= {candidates[pool] for edge in bridges(edges) for pool in owners[edge]}
    return recoverable


def _by_question(ratings: ElementRatings) -> Sequence[frozenset[str]]:
    """The sectors of which a partnership shows only the sum, question by question."""
    return ratings.folded


def _added(ratings: ElementRatings) -> Sequence[frozenset[str]]:
    """The sectors of which only the sum is known over all questions: those that some question folds together."""
    together: list[frozenset[str]] = []
    for folded in set(ratings.folded):
        joined = [sectors for sectors in together if sectors & folded]
        together = [sectors for sectors in together if sectors not in joined]
        together.append(folded.union(*joined))
    return [sectors for sectors in together if sectors]


def bridges(edges: Sequence[Edge]) -> set[int]:
    """The edges that are on no circle.

    Take each hidden count for an edge, and each number that somebody knows for the node where the counts that it adds
    up meet. A count follows from the numbers just where its edge is a bridge: along a circle, one count may rise and
    the next one fall, and all numbers stay.

    Parameters
    ----------
    edges : sequence of pair
        The nodes at both ends; two edges may lie side by side.

    Returns
    -------
    set of int
        Places in the sequence.
    """
    # Nodes by number: what a pool is called is dear to look up.
    numbers: dict[Hashable, int] = {}
    ends = [(numbers.setdefault(end, len(numbers)), numbers.setdefault(other, len(numbers))) for end, other in edges]
    around: list[list[tuple[int, int]]] = [[] for _ in numbers]
    for number, (end, other) in enumerate(ends):
        around[end].append((number, other))
        around[other].append((number, end))
    order, lowest, reached = [-1] * len(around), [0] * len(around), 0
    bridging: set[int] = set()
    for root in range(len(around)):
        if order[root] >= 0:
            continue
        order[root], lowest[root], reached = reached, reached, reached + 1
        way = [(root, -1, iter(around[root]))]
        while way:
            node, came_by, ahead = way[-1]
            for number, other in ahead:
                if order[other] < 0:
                    order[other], lowest[other], reached = reached, reached, reached + 1
                    way.append((other, number, iter(around[other])))
                    break
                if number != came_by and order[other] < lowest[node]:
                    lowest[node] = order[other]
            else:
                way.pop()
                if way:
                    before = way[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
                    if lowest[node] > order[before]:
                        bridging.add(came_by)
    return bridging
