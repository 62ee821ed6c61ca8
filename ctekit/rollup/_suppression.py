"""Small groups of several partnerships: counted only together, and always the same ones together.

What a partnership shows itself is added up as it stands. What it hides is added only as part of a *pool*: counts of
several partnerships that stand in every number together, or in none of them. So whoever subtracts one number from
another is left with counts that are shown anyway and with whole pools, never with a part of one. A pool without its
largest member is still no small group: not even a member, who knows its own count, learns that of another.

Pools stay the same from one roll-up to the next (`_memory`): a partnership that comes later waits until enough others
have come. Where a member is missing, has changed, or shows its count by now, its pool is counted no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import gt
from typing import Any


@dataclass(frozen=True)
class Hidden:
    """What one partnership hides of one group of people.

    Attributes
    ----------
    member : str
        Whose, and of which round where that matters: the same people are always the same member.
    partnership : str
        Its id.
    sizes : mapping
        How many people, by what is counted of them.
    place : tuple
        The groups it belongs to, the region first.
    parts : mapping
        How many of them gave each answer, or did what is counted and did not.
    most : int
        As many it can be at most, as anybody knows who knows why it is hidden; 0 for fewer than the smallest shown.
    """

    member: str
    partnership: str
    sizes: Mapping[Any, int]
    place: tuple[Hashable, ...] = ()
    parts: Mapping[Any, Sequence[int]] = field(default_factory=dict)
    most: int = 0


@dataclass(frozen=True)
class Pool:
    """Partnerships whose hidden counts are added only together.

    Attributes
    ----------
    members : frozenset of str
    partnerships : frozenset of str
        Whose they are.
    counts : frozenset
        What may be counted of all of them.
    """

    members: frozenset[str]
    partnerships: frozenset[str]
    counts: frozenset[Hashable]


_FEWEST = 3
"""Of two, each would learn what the other hides."""

_TOGETHER: tuple[Callable[[Hidden], Hashable], ...] = (
    lambda hidden: hidden.place,
    lambda hidden: hidden.place[:1],
    lambda hidden: (),
)
"""Who is put together first: those who belong to the same groups, then those of one region, then all."""


def is_safe(sizes: Sequence[int], least: int, most: Sequence[int] = ()) -> bool:
    """Whether counts may be added: of three or more, and without the largest, what is left is still no small group.

    Nor may each be known because all are 1, or all as large as they can be, whether a member takes its own away or not.

    Parameters
    ----------
    sizes : sequence of int
        How many people each is of.
    least : int
        The smallest group shown.
    most : sequence of int
        How many each can be of at most; ``least - 1`` if not told.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_safe([7, 6, 5], 10), is_safe([9, 9], 10), is_safe([9, 9, 9], 10)
    (True, False, False)
    """
    total = sum(sizes)
    if len(sizes) < _FEWEST or total - max(sizes) < least:
        return False
    most = most or [least - 1] * len(sizes)
    most_of_all = sum(most)
    return all(
        len(sizes) - bool(size) < total - size < most_of_all - its_most
        for size, its_most in zip((0, *sizes), (0, *most), strict=True)
    )


def pools(
    hidden: Iterable[Hidden],
    least: int,
    earlier: Sequence[frozenset[str]] = (),
    barred: Collection[str] = (),
) -> list[Pool]:
    """Who is put together.

    Parameters
    ----------
    hidden : iterable of Hidden
        Of one group of people, such as those who answered from one sector: one a member.
    least : int
        The smallest group shown.
    earlier : sequence of frozenset of str
        The members of pools of earlier roll-ups.
    barred : collection of str
        Members of no new pool.

    Returns
    -------
    list of Pool
        Those of earlier first. A member is in one at most.
    """
    by_member = {each.member: each for each in sorted(hidden, key=lambda each: each.member)}
    whole = [pool for pool in earlier if pool and pool <= by_member.keys()]
    formed = [_pool([by_member[member] for member in sorted(pool)], least) for pool in whole]
    pooled = {_origin(member) for member in frozenset(barred).union(*earlier)}
    free = [each for each in by_member.values() if _origin(each.member) not in pooled]
    for together in _TOGETHER:
        groups: defaultdict[Hashable, list[Hidden]] = defaultdict(list)
        for each in free:
            groups[together(each), frozenset(each.sizes)].append(each)
        for group in groups.values():
            pool = _pool(group, least)
            if pool.counts == group[0].sizes.keys():
                formed.append(pool)
                free = [each for each in free if each.member not in pool.members]
    return formed


def _pool(members: Sequence[Hidden], least: int) -> Pool:
    shared = frozenset.intersection(*(frozenset(each.sizes) for each in members))
    most = [each.most or least - 1 for each in members]
    safe = (what for what in shared if is_safe([each.sizes[what] for each in members], least, most))
    return Pool(
        frozenset(each.member for each in members),
        frozenset(each.partnership for each in members),
        frozenset(what for what in safe if _is_mixed([each.parts[what] for each in members if what in each.parts])),
    )


def _is_mixed(parts: Sequence[Sequence[int]]) -> bool:
    """Whether two answers at least were given, also by all but a member: of one, everybody's would be known."""
    if not parts:
        return True
    totals = [sum(numbers) for numbers in zip(*parts, strict=True)]
    nothing = [0] * len(totals)
    return all(sum(map(gt, totals, own)) > 1 for own in (nothing, *parts))


def member_of(partnership: str, round_id: str = "", version: str = "") -> str:
    """How a partnership, or those who answered in one of its rounds, is called in a pool while nothing changes."""
    return f"{partnership} {round_id}".rstrip() + (f"@{version}" if version else "")


def _origin(member: str) -> str:
    """Whose a member is, changed since or not: what changed may be in no new pool, else the change could follow."""
    return member.partition("@")[0]
