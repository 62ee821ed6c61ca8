"""How the candidates for convener rank: weighted means, without what an organization gave itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener

SCORERS = 3
"""Fewer scores than this, and a mean would tell who gave what."""

_Given = dict[str, dict[str, dict[str, int]]]


def weights(book: Workbook) -> dict[str, Fraction]:
    """The weight of each criterion that has one, by its id."""
    return {row.id: Fraction(row.weight) for row in book[Convener].criteria if row.weight}


def means(book: Workbook) -> Mapping[str, Mapping[str, Fraction]]:
    """The mean score of each candidate on each criterion with a weight, by their ids; everybody may see it.

    Scores are for the facilitator only. A mean leaves that room only where `SCORERS` organizations or more stand behind
    each, other than the candidate itself; else the candidate is left out. A look back leaves out also whoever was
    scored another way since: the difference of two means would tell the one score between them.
    """
    by_candidate = _given(book)
    now = _given(book.seen_from) if book.seen_from else by_candidate
    counted = weights(book)
    return {
        candidate: {
            criterion: Fraction(sum(scores[criterion].values()), len(scores[criterion])) for criterion in counted
        }
        for candidate, scores in by_candidate.items()
        if counted
        and scores == now.get(candidate)
        and all(len(scores.get(criterion, ())) >= SCORERS for criterion in counted)
    }


def _given(book: Workbook) -> _Given:
    """Scores by candidate, criterion and the organization that gave it, where that is another than the candidate."""
    sheet = book.whole[Convener]
    scores: _Given = {row.id: {} for row in sheet.candidates}
    owner = {row.id: row.organization for row in sheet.candidates}
    for row in sheet.scores:
        # Whoever is not named might be scoring itself.
        who, criterion, scorer = row.candidate or "", row.criterion, row.scored_by
        if who in owner and criterion and scorer and scorer != owner[who] and row.score is not None:
            scores[who].setdefault(criterion, {})[scorer] = row.score
    return scores


def totals(book: Workbook) -> Mapping[str, Fraction]:
    """The weighted mean score of each candidate, by the candidate's id.

    Returns
    -------
    mapping
        Exact fractions from 1 to 5. Empty until every criterion has a weight and every candidate has `means`: half a
        ranking is none.
    """
    sheet = book[Convener]
    scores, counted = means(book), weights(book)
    candidates = {row.id for row in sheet.candidates if row.organization}
    if candidates - set(scores) or any(row.criterion and row.weight is None for row in sheet.criteria):
        return {}
    return {candidate: weighted(scores[candidate], counted) for candidate in scores if candidate in candidates}


def weighted(scores: Mapping[str, Fraction], by: Mapping[str, Fraction]) -> Fraction:
    """The mean of scores, each counted by the weight of its criterion."""
    return sum((weight * scores[criterion] for criterion, weight in by.items()), Fraction()) / sum(by.values())


def in_words(total: Fraction) -> str:
    """A total as people read it: two decimals, halves upward."""
    return f"{int(total * 100 + Fraction(1, 2)) / 100:.2f}"
