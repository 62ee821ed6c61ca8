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
    small = {sector: size for sector, size in sizes.items() if size < LEAST or sector not in SECTORS}
    while small and sum(small.values()) < LEAST and (shown := sizes.keys() - small.keys()):
        next_smallest = min(shown, key=lambda sector: (sizes[sector], sector))
        small[next_smallest] = sizes[next_smallest]  # else everybody less the shown ones would show the few
    return frozenset(small)
