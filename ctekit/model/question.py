"""One question, as a form and a page need it, and what its kind says for all questions like it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Json = Any
"""What the store keeps: text, whole number, yes/no, blank, or a list of texts. Decimals and dates are kept as text."""


def _no_choices(question: Question) -> Sequence[tuple[Json, str]]:
    return ()


def _show(question: Question, value: Any, name: Callable[[str], str]) -> str:
    return str(value)


@dataclass(frozen=True)
class Kind:
    """All that differs between one kind of question and another, wherever it is asked, read, shown, printed or counted.

    Attributes
    ----------
    name : str
        Its name in code and in what a form is sent: ``"money"``.
    dtype : str
        The type of a column of its answers in a data frame, in pandas' words. A blank is missing, never 0, "" or no.
    control : str
        The function that makes its control in a form; it stands in ``widgets/js/controls/<control>.js``. It gets what
        the store keeps, and shows it as it sees fit; ``show`` is for pages, papers and charts.
    read : callable
        Takes the question and what was typed, pasted or given (never blank); gives what the store keeps. Raises
        `InvalidAnswerError` with one sentence for people.
    show : callable
        Takes the question, an answer (never blank) and what gives the name of the row behind an id; gives words.
    choices : callable
        Takes the question; gives what may be chosen, each answer with its words. Empty where people write, and where
        they choose among rows.
    sort_key : callable or None
        Takes the question and an answer; gives what a table is sorted by. None where the words are.
    longest : int
        Characters that an answer may have.
    paper_lines : int
        Ruled lines to write on, where there are no choices to tick.
    expects : str
        A sentence for the form on how to write it: ``"June 30, 2029 or 6/30/2029 will do."``
    unit : str
        What stands with each number: ``"$"`` before it, or ``"%"`` behind it.
    is_several : bool
        Whether an answer is a list.
    is_words : bool
        Whether people answer in words of their own.
    keeps_lines : bool
        Whether a page shows its line breaks.
    blank : str
        What a list of choices says while nothing is chosen.
    """

    name: str
    dtype: str
    control: str
    read: Callable[[Question, Any], Json]
    show: Callable[[Question, Any, Callable[[str], str]], str] = _show
    choices: Callable[[Question], Sequence[tuple[Json, str]]] = _no_choices
    sort_key: Callable[[Question, Any], Any] | None = None
    longest: int = 200_000
    paper_lines: int = 1
    expects: str = ""
    unit: str = ""
    is_several: bool = False
    is_words: bool = False
    keeps_lines: bool = False
    blank: str = "-"

    @property
    def is_number(self) -> bool:
        """Whether its answers are numbers; a step of a scale is one."""
        return self.dtype in ("Int64", "Float64")

    @property
    def is_date(self) -> bool:
        """Whether its answers are days."""
        return self.dtype.startswith("datetime")


@dataclass(frozen=True)
class Question:
    """One question, as a form and a page need it.

    Attributes
    ----------
    kind : Kind
        One of `ctekit.model.kinds`.
    title, hint, example : str
        The words people read.
    quick : bool
        Part of the short form that a room fills.
    private : bool
        For the facilitator only: in no page, chart or document unless asked for by name.
    quoted : bool
        What somebody said, in the words they said it in: for the partnership, never for the public.
    options : tuple of str
        The choices; or the written anchors of a scale, or the letters of a matrix, each with its meaning.
    meanings : tuple of str
        What each step of a scale or letter of a matrix means; of choices, what people read in place of what is kept.
    synonyms : mapping
        Option -> what else it is called, by us or by whoever fills it in; read as the option, never shown.
    least, most : Decimal or None
        Bounds of a number, inclusive.
    units : str
        Of ``$`` and ``%``, those that may stand beside a number with decimals.
    unit_field : str
        The question of the same row whose answer says what the number counts.
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

    kind: Kind
    title: str
    hint: str = ""
    example: str = ""
    quick: bool = False
    private: bool = False
    quoted: bool = False
    options: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    least: Decimal | None = None
    most: Decimal | None = None
    units: str = ""
    unit_field: str = ""
    period: bool = False
    target: str = ""
    also: tuple[str, ...] = ()
    prefix: str = ""
    row: Any = None
    ready: tuple[Mapping[str, Json], ...] = ()
    along: str = ""
    opens: Callable[[Any], str] | None = None

    @property
    def is_rows(self) -> bool:
        """Whether it is a table whose rows people add."""
        return self.row is not None

    @property
    def is_matrix(self) -> bool:
        """Whether it is a grid of the rows of two tables."""
        return bool(self.along)

    @property
    def is_table(self) -> bool:
        """Whether it is a table or a grid, and so holds more than one answer."""
        return self.is_rows or self.is_matrix

    @property
    def is_reference(self) -> bool:
        """Whether it is answered with rows of a table."""
        return bool(self.target) and not self.is_matrix
