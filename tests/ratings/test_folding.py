"""Which sectors are shown only together follows from how many answered, and from nothing else."""

from __future__ import annotations

from itertools import product

from ctekit.ratings import SECTORS, Rating, Round
from ctekit.ratings.folding import LEAST, folded
from ctekit.ratings.results import of_ratings


def test_whoever_is_hidden_is_hidden_among_enough_whatever_the_sizes() -> None:
    for sizes in product(range(LEAST + 2), repeat=5):
        there = {sector: size for sector, size in zip(SECTORS, sizes, strict=False) if size}
        hidden = folded(there)
        shown = there.keys() - hidden
        assert all(there[sector] >= LEAST for sector in shown)
        assert not shown or not hidden or sum(there[sector] for sector in hidden) >= LEAST
        assert folded(dict(reversed(there.items()))) == hidden


def test_the_order_in_which_answers_came_changes_nothing_that_is_shown() -> None:
    round_ = Round("round-1", "A round", "2026-09-16", "purpose", state="revealed")
    field = round_.questions[0].field
    for sizes in ((5, 5, 4), (5, 6, 1), (6, 4, 2), (4, 5, 5), (5, 5, 5), (1, 9, 1)):
        people = [sector for sector, size in zip(SECTORS, sizes, strict=False) for _ in range(size)]
        ratings = [Rating("round-1", f"r{n}", sector, field, n % 5) for n, sector in enumerate(people)]
        orders = ratings, ratings[::-1], ratings[::2] + ratings[1::2]
        first, *others = [of_ratings(round_, order) for order in orders]
        assert all(other == first for other in others)
