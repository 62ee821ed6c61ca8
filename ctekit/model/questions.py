"""Questions of a worksheet: one function a kind, which writes the question into the field.

A worksheet says ``support: str | None = questions.text("Support needed", quick=True)``. Nothing is ever guessed from
the Python type: the question's kind says which control a form shows, how what was typed is read, and how it is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, get_args

from pydantic import Field
from pydantic.fields import FieldInfo

from ctekit.model import kinds
from ctekit.model.errors import InvalidAnswerError as InvalidAnswerError
from ctekit.model.figures import with_unit
from ctekit.model.marks import read_mark as read_mark
from ctekit.model.question import Json as Json
from ctekit.model.question import Kind as Kind
from ctekit.model.question import Question as Question
from ctekit.model.reading import read as read


def of(field: FieldInfo) -> Question | None:
    """The question that was written into a pydantic field, or None for plumbing such as ``id``."""
    extra = field.json_schema_extra
    question = extra.get("question") if isinstance(extra, dict) else None
    return question if isinstance(question, Question) else None


def field(question: Question, **default: Any) -> Any:
    """A pydantic field that asks a question, of any kind there is or that you bring along.

    Parameters
    ----------
    question : Question
    **default : object
        ``default`` or ``default_factory`` as pydantic takes them: the answer that is blank, else None.
    """
    default = default or {"default": None}
    return Field(title=question.title, json_schema_extra={"question": question}, **default)  # type: ignore[dict-item]


# One function a kind. Keyword arguments are those of `Question`: hint, example, quick, private, opens.


def text(title: str, **more: Any) -> Any:
    """A short text, one line."""
    return field(Question(kinds.TEXT, title, **more))


def source(title: str, **more: Any) -> Any:
    """Where something comes from: code and place of a finding, the id of a row, or words; shown by names."""
    return field(Question(kinds.SOURCE, title, **more))


def long_text(title: str, **more: Any) -> Any:
    """A text of several lines."""
    return field(Question(kinds.LONG_TEXT, title, **more))


def choice(title: str, options: Any, **more: Any) -> Any:
    """One of a few written choices: a ``Literal`` alias, a sequence of words, or a mapping of what is kept to words.

    Nothing is pre-selected.
    """
    meanings = tuple(options.values()) if isinstance(options, Mapping) else ()
    return field(Question(kinds.CHOICE, title, options=_options(options), meanings=meanings, **more))


def choices(title: str, options: Any, **more: Any) -> Any:
    """Any number of written choices."""
    return field(Question(kinds.CHOICES, title, options=_options(options), **more), default=())


def scale(title: str, anchors: Mapping[int, str], **more: Any) -> Any:
    """A whole number on a scale of which each step has written words, such as ``{1: "no", 2: "hardly"}``."""
    steps = tuple(str(step) for step in anchors)
    return field(Question(kinds.SCALE, title, options=steps, meanings=tuple(anchors.values()), **more))


def date(title: str, **more: Any) -> Any:
    """A day; with ``period=True`` also a month or a year, of which the last day is kept."""
    return field(Question(kinds.DATE, title, **more))


def whole(title: str, *, least: int | None = 0, most: int | None = None, **more: Any) -> Any:
    """A whole number."""
    return field(Question(kinds.WHOLE, title, least=_bound(least), most=_bound(most), **more))


def decimal(title: str, *, least: float | None = 0, most: float | None = None, **more: Any) -> Any:
    """A number with decimals."""
    return field(Question(kinds.DECIMAL, title, least=_bound(least), most=_bound(most), **more))


def money(title: str, **more: Any) -> Any:
    """An amount in dollars."""
    return field(Question(kinds.MONEY, title, least=Decimal(0), **more))


def percentage(title: str, **more: Any) -> Any:
    """A share from 0 to 100 percent."""
    return field(Question(kinds.PERCENTAGE, title, least=Decimal(0), most=Decimal(100), **more))


def yes_no(title: str, **more: Any) -> Any:
    """Yes, no, or blank. Blank is not "no"."""
    return field(Question(kinds.YES_NO, title, options=("yes", "no"), **more))


def ready(title: str, depths: Mapping[str, str], **more: Any) -> Any:
    """How far a worksheet is ready to check: each depth with its words. What was kept as yes reads as the last one."""
    question = Question(kinds.READY, title, options=tuple(depths), meanings=tuple(depths.values()), **more)
    return field(question)


def reference(title: str, target: str, *, also: Iterable[str] = (), **more: Any) -> Any:
    """One row of another table, such as ``"profile.people"``; kept by id, shown by name."""
    return field(Question(kinds.REFERENCE, title, target=target, also=tuple(also), **more))


def references(title: str, target: str, *, also: Iterable[str] = (), **more: Any) -> Any:
    """Any number of rows of another table; kept by id, shown by name."""
    return field(Question(kinds.REFERENCES, title, target=target, also=tuple(also), **more), default=())


def rows(title: str, row: type, prefix: str, *, ready: Iterable[Mapping[str, Json]] = (), **more: Any) -> Any:
    """A table: rows of the class `row`, with stable ids that begin with `prefix`."""
    return field(Question(kinds.ROWS, title, row=row, prefix=prefix, ready=tuple(ready), **more), default=())


def matrix(title: str, *, along: str, target: str, letters: Mapping[str, str], **more: Any) -> Any:
    """A grid: the rows of this worksheet's table `along`, by the rows of `target`; a cell holds a set of letters."""
    options, meanings = tuple(letters), tuple(letters.values())
    question = Question(kinds.MATRIX, title, along=along, target=target, options=options, meanings=meanings, **more)
    return field(question, default_factory=dict)


def _options(options: Any) -> tuple[str, ...]:
    return tuple(get_args(options) or options)


def _bound(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def show(question: Question, value: Any, name: Callable[[str], str] = str, unit: str | None = "") -> str:
    """Print an answer in words.

    Parameters
    ----------
    question : Question
        The question.
    value : object
        The typed answer, or what the store keeps.
    name : callable
        Gives the name of the row behind an id; ``workbook.name``.
    unit : str or None
        What a number counts, where a question beside it says so; see `Row.unit_of`.

    Returns
    -------
    str
        "" for blank. Not escaped: whoever makes HTML of it escapes it.
    """
    return "" if value is None or value == () else with_unit(question.kind.show(question, value, name), unit)
