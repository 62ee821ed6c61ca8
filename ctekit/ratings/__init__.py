"""Ratings: rounds in which everybody answers alone, and the spread that the room then looks at."""

from __future__ import annotations

from ctekit.ratings.comparison import Change, compare
from ctekit.ratings.folding import LEAST, folded
from ctekit.ratings.model import (
    DONT_KNOW,
    SECTORS,
    Ballot,
    Rating,
    Receipt,
    Round,
    code_of,
    new_respondent,
    places,
)
from ctekit.ratings.questions import IDEAS, SLIP, Choice, RatingItem, dots, element_of, elements, questions, title_of
from ctekit.ratings.results import (
    LEAST_IN_ALL,
    IndicatorResult,
    Results,
    Spread,
    of_ratings,
    summarize,
)
from ctekit.ratings.statistics import agreement, alpha, median, quartiles

__all__ = [
    "DONT_KNOW",
    "IDEAS",
    "LEAST",
    "LEAST_IN_ALL",
    "SECTORS",
    "SLIP",
    "Ballot",
    "Change",
    "Choice",
    "IndicatorResult",
    "Rating",
    "RatingItem",
    "Receipt",
    "Results",
    "Round",
    "Spread",
    "agreement",
    "alpha",
    "code_of",
    "compare",
    "dots",
    "element_of",
    "elements",
    "folded",
    "median",
    "new_respondent",
    "of_ratings",
    "places",
    "quartiles",
    "questions",
    "summarize",
    "title_of",
]
