"""Which sectors are too few to be shown by themselves."""

from __future__ import annotations

from collections.abc import Mapping

from ctekit.ratings.model import SECTORS

LEAST = 5
"""A sector is shown from so many answers up, and only if the sectors folded together have as many."""


def folded(sizes: Mapping[str, int]) -> frozenset[str]:
    """The sectors that are shown only together, as the others: the small, and who would give them away.

    Parameters
    ----------
    sizes : mapping of str to int
        How many of each sector answered a question.

    Returns
    -------
    frozenset of str
        Empty where each sector may be shown.
    """
    small = sorted((size, sector) for sector, size in sizes.items() if sector not in SECTORS or size < LEAST)
    shown = sorted((size, sector) for sector, size in sizes.items() if sector in SECTORS and size >= LEAST)
    while shown and small and sum(size for size, _ in small) < LEAST:
        small.append(shown.pop(0))  # else everybody less the shown ones would show the few
    return frozenset(sector for _, sector in small)
