"""Looking a roll-up's pools over as somebody would who wants to work out a hidden count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from ctekit.rollup._summary import Summary
from ctekit.rollup._suppression import Pool, member_of

Edge = tuple[Hashable, Hashable]

PoolsBySector = Mapping[str, Sequence[Pool]]

_FREE = "in no number"
"""The node of hidden counts that are in none."""


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
    while True:
        edges, owners = zip(*_edges(pools, summaries), strict=True) if pools else ((), ())
        gone = {owners[edge] for edge in bridges(edges)} - {None}
        if not gone:
            return pools
        new = {(sector, pool) for sector, those in pools.items() for pool in those if pool.members not in earlier}
        gone = gone & new or new or gone
        pools = {sector: [pool for pool in those if (sector, pool) not in gone] for sector, those in pools.items()}


def _edges(pools: PoolsBySector, summaries: Iterable[Summary]) -> Iterator[tuple[Edge, tuple[str, Pool] | None]]:
    """Each hidden count between what its partnership shows and the pool it is in, and that pool."""
    pool_of = {
        (sector, member, element): (sector, pool)
        for sector, those in pools.items()
        for pool in those
        for member in pool.members
        for element in pool.counts
    }
    for summary in summaries:
        for element, ratings in summary.ratings.items():
            member = member_of(summary.partnership, ratings.round)
            for number, folded in enumerate(ratings.folded):
                own = (summary.partnership, element, number) if ratings.is_shown else _FREE
                for sector in folded:
                    pool = pool_of.get((sector, member, element))
                    yield (own, (pool, element) if pool else _FREE), pool


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
    around: defaultdict[Hashable, list[tuple[int, Hashable]]] = defaultdict(list)
    for number, (one, other) in enumerate(edges):
        around[one].append((number, other))
        around[other].append((number, one))
    order: dict[Hashable, int] = {}
    lowest: dict[Hashable, int] = {}
    found: set[int] = set()
    for root in around:
        if root in order:
            continue
        order[root] = lowest[root] = len(order)
        way = [(root, -1, iter(around[root]))]
        while way:
            node, came_by, ahead = way[-1]
            number, other = next(ahead, (-1, None))
            if number < 0:
                way.pop()
                if way:
                    before = way[-1][0]
                    lowest[before] = min(lowest[before], lowest[node])
                    if lowest[node] > order[before]:
                        found.add(came_by)
            elif other in order:
                if number != came_by:
                    lowest[node] = min(lowest[node], order[other])
            else:
                order[other] = lowest[other] = len(order)
                way.append((other, number, iter(around[other])))
    return found
