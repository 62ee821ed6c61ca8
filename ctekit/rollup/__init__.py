"""What many partnerships come to, for a state: counts added up, small groups hidden, nobody ranked.

Of each partnership's file only a `Summary` is taken: counts by codes that all share. Its answers stay where they are.
What a partnership submits to its state agency is that, without small groups.
"""

from ctekit.rollup._document import ENDING, write_document
from ctekit.rollup._figures import Figures, MeasureSum, RatingSum
from ctekit.rollup._memory import load, save
from ctekit.rollup._pages import Pages
from ctekit.rollup._rollup import Rollup
from ctekit.rollup._sources import Submission, gather, paths, read, submitted, summary_of
from ctekit.rollup._summary import DIMENSIONS, ElementRatings, Measure, MeasureCount, Summary, summarize
from ctekit.rollup._write import SPREADSHEET, is_untouched, write

__all__ = [
    "DIMENSIONS",
    "ENDING",
    "SPREADSHEET",
    "ElementRatings",
    "Figures",
    "Measure",
    "MeasureCount",
    "MeasureSum",
    "Pages",
    "RatingSum",
    "Rollup",
    "Submission",
    "Summary",
    "gather",
    "is_untouched",
    "load",
    "paths",
    "read",
    "save",
    "submitted",
    "summarize",
    "summary_of",
    "write",
    "write_document",
]
