"""The cells of a paste: those that would be written, and those that do not fit."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ctekit.model.questions import Json
from ctekit.model.text import shortened


@dataclass(frozen=True)
class Cell:
    """One answer that a paste would write.

    Attributes
    ----------
    row : str
        The id of the row; ``"need-*1"`` for the first new one, as the store takes it.
    field : str
        The question, or ``"matrix/org-3"``.
    value : object
        As `ctekit.model.questions.read` gives it; never None, for blank cells change nothing.
    old : object
        What stands there now, None for blank.
    """

    row: str
    field: str
    value: Json = dataclasses.field(repr=False)
    old: Json = dataclasses.field(default=None, repr=False)


@dataclass(frozen=True)
class UnreadableValue:
    """A cell that cannot be pasted: its line in what was pasted (from 1), the column, its words, and why not."""

    line: int
    column: str
    words: str
    why: str


def misfit(at: int, column: str, words: str, why: str) -> UnreadableValue:
    """A misfit of the line `at` (from 0), in words that are short enough to show."""
    return UnreadableValue(at + 1, shortened(column), shortened(words), why)
