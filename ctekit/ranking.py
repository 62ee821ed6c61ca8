"""How the candidates for convener rank: weighted means, without what an organization gave itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener


def totals(book: Workbook, *, self_scores: bool = False) -> Mapping[str, Fraction]:
    """The weighted mean score of each candidate, by the candidate's id.

    Parameters
    ----------
    book : Workbook
    self_scores : bool
        Count also what an organization gave itself. For the story only.

    Returns
    -------
    mapping
        Exact fractions from 1 to 5. Empty until every criterion has a weight and every candidate has a score on each
        from another organization: half a ranking is none. A score that does not say whose it is does not count.
    """
    sheet = book[Convener]
    owner = {one.id: one.organization for one in sheet.candidates if one.organization}
    weights = {one.id: Fraction(one.weight) for one in sheet.criteria if one.weight is not None}
    given: dict[tuple[str, str], list[int]] = {}
    for one in sheet.scores:
        own = one.scored_by == owner.get(one.candidate or "")
        if one.candidate and one.criterion and one.scored_by and one.score is not None and (self_scores or not own):
            given.setdefault((one.candidate, one.criterion), []).append(one.score)
    named = {one.id for one in sheet.criteria if one.criterion}
    whole = sum(weights.values())
    if not whole or named - set(weights) or any((who, what) not in given for who in owner for what in weights):
        return {}
    return {
        who: sum(weight * Fraction(sum(given[who, what]), len(given[who, what])) for what, weight in weights.items())
        / whole
        for who in owner
    }


def in_words(total: Fraction) -> str:
    """A total as people read it: two decimals, halves upward."""
    return f"{int(total * 100 + Fraction(1, 2)) / 100:.2f}"
