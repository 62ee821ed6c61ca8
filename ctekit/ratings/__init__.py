"""Ratings: rounds in which everybody answers alone, and the spread that the room then looks at."""

from __future__ import annotations

from ctekit.ratings.agreement import agreement, alpha, median, quartiles
from ctekit.ratings.lists import voted_on
from ctekit.ratings.questions import Choice, Question, dots, element_of, elements, questions
from ctekit.ratings.results import Change, IndicatorResult, Results, Spread, StillSecret, compare, results, summarize
from ctekit.ratings.rounds import (
    DONT_KNOW,
    SECTORS,
    SLIP,
    Ballot,
    Rating,
    Receipt,
    Round,
    close,
    code_of,
    find,
    keep_sample,
    new_respondent,
    open_round,
    responses,
    reveal,
    sample,
    start_timer,
)

__all__ = [
    "DONT_KNOW",
    "SECTORS",
    "SLIP",
    "Ballot",
    "Change",
    "Choice",
    "IndicatorResult",
    "Question",
    "Rating",
    "Receipt",
    "Results",
    "Round",
    "Spread",
    "StillSecret",
    "agreement",
    "alpha",
    "close",
    "code_of",
    "compare",
    "dots",
    "element_of",
    "elements",
    "find",
    "keep_sample",
    "median",
    "new_respondent",
    "open_round",
    "quartiles",
    "questions",
    "responses",
    "results",
    "reveal",
    "sample",
    "start_timer",
    "summarize",
    "voted_on",
]
