"""What many partnerships come to, for a state: counts added up, small groups hidden, nobody ranked.

Of each partnership's file only a `Summary` is taken: counts by codes that all share. Its answers stay where they are.
What a partnership submits to its state agency is that, without small groups.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ctekit.rollup._figures import Figures, MeasureSum, RatingSum
from ctekit.rollup._rollup import Rollup
from ctekit.rollup._summary import DIMENSIONS, ElementRatings, Measure, MeasureCount, Summary, summarize

if TYPE_CHECKING:
    from ctekit.rollup._document import ENDING, write_document
    from ctekit.rollup._memory import load, save
    from ctekit.rollup._pages import Pages
    from ctekit.rollup._sources import Submission, gather, paths, read, submitted, summary_of
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

_LATER = {
    "_document": ("ENDING", "write_document"),
    "_memory": ("load", "save"),
    "_pages": ("Pages",),
    "_sources": ("Submission", "gather", "paths", "read", "submitted", "summary_of"),
    "_write": ("SPREADSHEET", "is_untouched", "write"),
}
"""Module -> its names. Files, pages and spreadsheets need the store and much more; adding up does not."""


def __getattr__(name: str) -> Any:
    for module, names in _LATER.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
