"""The kinds of question: one function each, which writes the kind into the field.

A worksheet says ``support: str | None = asks.text("Support needed", quick=True)``. Nothing is ever guessed from the
Python type: the ask says which control a form shows, how what was typed is read, and how it is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, get_args

from pydantic import Field
from pydantic.fields import FieldInfo

from ctekit.model.errors import InvalidAnswerError as InvalidAnswerError
from ctekit.model.question import Json as Json
from ctekit.model.question import Question as Question
from ctekit.model.reading import read as read
from ctekit.model.reading import read_mark as read_mark


def of(field: FieldInfo) -> Question | None:
    """The ask that was written into a pydantic field, or None for plumbing such as ``id``."""
    extra = field.json_schema_extra
    ask = extra.get("ask") if isinstance(extra, dict) else None
    return ask if isinstance(ask, Question) else None


def _field(question: Question, default: Any = None) -> Any:
    return Field(default=default, title=question.title, json_schema_extra={"ask": question})  # type: ignore[dict-item]


# One function a kind. Keyword arguments are those of `Question`: hint, example, quick, private, opens.


def text(title: str, **more: Any) -> Any:
    """A short text, one line."""
    return _field(Question("text", title, **more))


def long_text(title: str, **more: Any) -> Any:
    """A text of several lines."""
    return _field(Question("long_text", title, **more))


def choice(title: str, options: Any, **more: Any) -> Any:
    """One of a few written choices: a ``Literal`` alias or a sequence of words. Nothing is pre-selected."""
    return _field(Question("choice", title, options=_options(options), **more))


def choices(title: str, options: Any, **more: Any) -> Any:
    """Any number of written choices."""
    return _field(Question("choices", title, options=_options(options), **more), default=())


def scale(title: str, anchors: Mapping[int, str], **more: Any) -> Any:
    """A whole number on a scale of which each step has written words, such as ``{1: "no", 2: "hardly"}``."""
    steps = tuple(str(step) for step in anchors)
    return _field(Question("scale", title, options=steps, meanings=tuple(anchors.values()), **more))


def date(title: str, **more: Any) -> Any:
    """A day; with ``period=True`` also a month or a year, of which the last day is kept."""
    return _field(Question("date", title, **more))


def whole(title: str, *, least: int | None = 0, most: int | None = None, **more: Any) -> Any:
    """A whole number."""
    return _field(Question("whole", title, least=_bound(least), most=_bound(most), **more))


def decimal(title: str, *, least: float | None = 0, most: float | None = None, **more: Any) -> Any:
    """A number with decimals."""
    return _field(Question("decimal", title, least=_bound(least), most=_bound(most), **more))


def money(title: str, **more: Any) -> Any:
    """An amount in dollars."""
    return _field(Question("money", title, least=Decimal(0), **more))


def percentage(title: str, **more: Any) -> Any:
    """A share from 0 to 100 percent."""
    return _field(Question("percentage", title, least=Decimal(0), most=Decimal(100), **more))


def yes_no(title: str, **more: Any) -> Any:
    """Yes, no, or blank. Blank is not "no"."""
    return _field(Question("yes_no", title, options=("yes", "no"), **more))


def reference(title: str, target: str, *, also: Iterable[str] = (), **more: Any) -> Any:
    """One row of another table, such as ``"profile.people"``; kept by id, shown by name."""
    return _field(Question("reference", title, target=target, also=tuple(also), **more))


def references(title: str, target: str, *, also: Iterable[str] = (), **more: Any) -> Any:
    """Any number of rows of another table; kept by id, shown by name."""
    return _field(Question("references", title, target=target, also=tuple(also), **more), default=())


def rows(title: str, row: type, prefix: str, *, ready: Iterable[Mapping[str, Json]] = (), **more: Any) -> Any:
    """A table: rows of the class `row`, with stable ids that begin with `prefix`."""
    return _field(Question("rows", title, row=row, prefix=prefix, ready=tuple(ready), **more), default=())


def matrix(title: str, *, along: str, target: str, letters: Mapping[str, str], **more: Any) -> Any:
    """A grid: the rows of this worksheet's table `along`, by the rows of `target`; a cell holds a set of letters."""
    question = Question(
        "matrix", title, along=along, target=target, options=tuple(letters), meanings=tuple(letters.values()), **more
    )
    return Field(default_factory=dict, title=title, json_schema_extra={"ask": question})  # type: ignore[dict-item]


def _options(options: Any) -> tuple[str, ...]:
    return tuple(get_args(options) or options)


def _bound(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


# Showing: an answer -> the words people read.


def show(question: Question, value: Any, name: Callable[[str], str] = str) -> str:
    """Print an answer in words.

    Parameters
    ----------
    ask : Question
        The question.
    value : object
        The typed answer, or what the store keeps.
    name : callable
        Gives the name of the row behind an id; ``workbook.name``.

    Returns
    -------
    str
        "" for blank. Not escaped: whoever makes HTML of it escapes it.
    """
    if value is None or value == ():
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if question.kind == "money":
        return f"${Decimal(value):,}"
    if question.kind == "percentage":
        return f"{value}%"
    if question.kind == "scale":
        return (
            f"{value} {question.meanings[question.options.index(str(value))]}"
            if str(value) in question.options
            else str(value)
        )
    if question.kind in ("reference", "references", "choices"):
        parts = [value] if isinstance(value, str) else value
        return ", ".join(part if question.kind == "choices" or part in question.also else name(part) for part in parts)
    return str(value)
