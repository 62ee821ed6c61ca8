"""What rounds of ratings say, as a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from ctekit.dataframes._arrays import array
from ctekit.ratings import IndicatorResult, Results, Spread

LEVELS = range(5)

RATING: Mapping[str, str] = {
    "round": "string",
    "round_name": "string",
    "held_on": "datetime64[s]",
    "question": "string",
    "statement": "string",
    "who": "string",
    "n": "Int64",
    "dont_know": "Int64",
    "median": "Float64",
    "low_quarter": "Float64",
    "high_quarter": "Float64",
    "gap": "Float64",
    "agreement": "Float64",
    **{f"level_{level}": "Int64" for level in LEVELS},
}
"""The columns of `ratings`."""


def ratings(rounds: Iterable[Results]) -> pd.DataFrame:
    """What rounds of ratings say, one row for each question and group: the groups that may be shown, never one person.

    Parameters
    ----------
    rounds : iterable of Results
        Of rounds that are revealed; see `ctekit.ratings.results`.

    Returns
    -------
    pandas.DataFrame
        In the order of rounds and questions, "everyone" before the sectors; index 0, 1, 2, … (int64).

        ==============================  ===============  =====================================================
        column                          dtype            what it says
        ==============================  ===============  =====================================================
        round, round_name               string           ``"round-1"``, and what people call it
        held_on                         datetime64[s]    its date
        question, statement             string           the indicator's number, and its words
        who                             string           ``"everyone"``, a sector, or ``"others"`` folded together
        n, dont_know                    Int64            how many answered; how many of them "I don't know"
        median, low_quarter,            Float64          the middle, and the bounds of the middle half;
        high_quarter                                     ``<NA>`` where too few answered to be shown
        gap, agreement                  Float64          of the whole question, in the row of everyone only
        level_0 … level_4               Int64            how many chose each level; ``<NA>`` likewise
        ==============================  ===============  =====================================================

        Self-ratings: not validated, and not for comparison between partnerships.
    """
    lines = [
        _rating(results, indicator, spread)
        for results in rounds
        for indicator in results.indicators
        for spread in (indicator.everyone, *indicator.sectors)
    ]
    return pd.DataFrame({name: array([line[name] for line in lines], kind) for name, kind in RATING.items()})


def _rating(results: Results, indicator: IndicatorResult, spread: Spread) -> dict[str, Any]:
    low, high = spread.middle_half or (None, None)
    shown = bool(spread.levels) or spread.dont_know > 0
    whole = spread is indicator.everyone
    return {
        "round": results.round.id,
        "round_name": results.round.name,
        "held_on": results.round.held_on or None,
        "question": indicator.number,
        "statement": indicator.question.statement,
        "who": spread.who,
        "n": spread.n,
        "dont_know": spread.dont_know if shown else None,
        "median": spread.median,
        "low_quarter": low,
        "high_quarter": high,
        "gap": indicator.gap if whole else None,
        "agreement": indicator.agreement if whole else None,
        **{f"level_{level}": spread.levels.count(level) if shown else None for level in LEVELS},
    }
