"""One question, as a form and a page need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Json = Any
"""What the store keeps: text, whole number, yes/no, blank, or a list of texts. Decimals and dates are kept as text."""


@dataclass(frozen=True)
class Question:
    """One question, as a form and a page need it.

    Attributes
    ----------
    kind : str
        ``text``, ``long_text``, ``choice``, ``choices``, ``scale``, ``date``, ``whole``, ``decimal``, ``money``,
        ``percentage``, ``yes_no``, ``reference``, ``references``, ``rows`` or ``matrix``.
    title, hint, example : str
        The words people read.
    quick : bool
        Part of the short form that a room fills.
    private : bool
        For the facilitator only: in no page, chart or document unless asked for by name.
    options : tuple of str
        The choices; or the written anchors of a scale, or the letters of a matrix, each with its meaning.
    least, most : Decimal or None
        Bounds of a number, inclusive.
    units : str
        Of ``$`` and ``%``, those that may stand beside a number with decimals.
    period : bool
        Whether a month or a year alone answers a date; its last day is kept.
    target : str
        Where a reference points (``"profile.people"``); for a matrix, its columns.
    also : tuple of str
        Answers a reference takes besides rows (``"voting partners"``).
    prefix : str
        Rows: how their ids begin (``need`` gives ``need-3``).
    row : type or None
        Rows: the class of one row. For a matrix, None.
    ready : tuple of mappings
        Rows offered ready-made while the table is empty.
    along : str
        Matrix: the table of this worksheet whose rows are its rows.
    opens : callable or None
        Takes the worksheet; gives "" when the question is open, else the reason why it waits.
    """

    kind: str
    title: str
    hint: str = ""
    example: str = ""
    quick: bool = False
    private: bool = False
    options: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    units: str = ""
    period: bool = False
    target: str = ""
    also: tuple[str, ...] = ()
    prefix: str = ""
    row: Any = None
    ready: tuple[Mapping[str, Json], ...] = ()
    along: str = ""
    opens: Callable[[Any], str] | None = None
