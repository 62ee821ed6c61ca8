"""The kinds of question: one function each, which writes the kind into the field.

A worksheet says ``support: str | None = asks.text("Support needed", quick=True)``. Nothing is ever guessed from the
Python type: the ask says which control a form shows, how what was typed is read, and how it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, get_args

from pydantic import Field
from pydantic.fields import FieldInfo

from ctekit import days, numbers
from ctekit.errors import WrongShape as WrongShape
from ctekit.text import quoted

Json = Any
"""What the store keeps: text, whole number, yes/no, blank, or a list of texts. Decimals and dates are kept as text."""


@dataclass(frozen=True)
class Ask:
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


def of(field: FieldInfo) -> Ask | None:
    """The ask that was written into a pydantic field, or None for plumbing such as ``id``."""
    extra = field.json_schema_extra
    ask = extra.get("ask") if isinstance(extra, dict) else None
    return ask if isinstance(ask, Ask) else None


def _field(ask: Ask, default: Any = None) -> Any:
    return Field(default=default, title=ask.title, json_schema_extra={"ask": ask})  # type: ignore[dict-item]


# One function a kind. Keyword arguments are those of Ask: hint, example, quick, private, opens.


def text(title: str, **more: Any) -> Any:
    """A short text, one line."""
    return _field(Ask("text", title, **more))


def long_text(title: str, **more: Any) -> Any:
    """A text of several lines."""
    return _field(Ask("long_text", title, **more))


def choice(title: str, options: Any, **more: Any) -> Any:
    """One of a few written choices: a ``Literal`` alias or a sequence of words. Nothing is pre-selected."""
    return _field(Ask("choice", title, options=_options(options), **more))


def choices(title: str, options: Any, **more: Any) -> Any:
    """Any number of written choices."""
    return _field(Ask("choices", title, options=_options(options), **more), default=())


def scale(title: str, anchors: Mapping[int, str], **more: Any) -> Any:
    """A whole number on a scale of which each step has written words, such as ``{1: "no", 2: "hardly"}``."""
    steps = tuple(str(step) for step in anchors)
    return _field(Ask("scale", title, options=steps, meanings=tuple(anchors.values()), **more))


def date(title: str, **more: Any) -> Any:
    """A day; with ``period=True`` also a month or a year, of which the last day is kept."""
    return _field(Ask("date", title, **more))


def whole(title: str, *, least: int | None = 0, most: int | None = None, **more: Any) -> Any:
    """A whole number."""
    return _field(Ask("whole", title, least=_bound(least), most=_bound(most), **more))


def decimal(title: str, *, least: float | None = 0, most: float | None = None, **more: Any) -> Any:
    """A number with decimals."""
    return _field(Ask("decimal", title, least=_bound(least), most=_bound(most), **more))


def money(title: str, **more: Any) -> Any:
    """An amount in dollars."""
    return _field(Ask("money", title, least=Decimal(0), **more))


def percentage(title: str, **more: Any) -> Any:
    """A share from 0 to 100 percent."""
    return _field(Ask("percentage", title, least=Decimal(0), most=Decimal(100), **more))


def yes_no(title: str, **more: Any) -> Any:
    """Yes, no, or blank. Blank is not "no"."""
    return _field(Ask("yes_no", title, options=("yes", "no"), **more))


def reference(title: str, target: str, *, also: Iterable[str] = (), **more: Any) -> Any:
    """One row of another table, such as ``"profile.people"``; kept by id, shown by name."""
    return _field(Ask("reference", title, target=target, also=tuple(also), **more))


def references(title: str, target: str, *, also: Iterable[str] = (), **more: Any) -> Any:
    """Any number of rows of another table; kept by id, shown by name."""
    return _field(Ask("references", title, target=target, also=tuple(also), **more), default=())


def rows(title: str, row: type, prefix: str, *, ready: Iterable[Mapping[str, Json]] = (), **more: Any) -> Any:
    """A table: rows of the class `row`, with stable ids that begin with `prefix`."""
    return _field(Ask("rows", title, row=row, prefix=prefix, ready=tuple(ready), **more), default=())


def matrix(title: str, *, along: str, target: str, letters: Mapping[str, str], **more: Any) -> Any:
    """A grid: the rows of this worksheet's table `along`, by the rows of `target`; a cell holds a set of letters."""
    ask = Ask(
        "matrix", title, along=along, target=target, options=tuple(letters), meanings=tuple(letters.values()), **more
    )
    return Field(default_factory=dict, title=title, json_schema_extra={"ask": ask})  # type: ignore[dict-item]


def _options(options: Any) -> tuple[str, ...]:
    return tuple(get_args(options) or options)


def _bound(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


# Reading: what a person typed, or a script gave -> what the store keeps. Blank stays blank.


def read(ask: Ask, given: Any) -> Json:
    """Read an answer into the shape the store keeps.

    Parameters
    ----------
    ask : Ask
        The question.
    given : object
        What was typed (text), or a Python value of the kind.

    Returns
    -------
    object
        JSON-ready: None for blank.

    Raises
    ------
    WrongShape
        With one sentence: what was given, what is expected.
    """
    if isinstance(given, str):
        given = given.replace("\r\n", "\n").replace("\x00", "").strip()
    if given is None or given in ("", (), []):
        return None
    return _READERS[ask.kind](ask, given)


def _read_text(ask: Ask, given: Any) -> Json:
    if not isinstance(given, str):
        given = show(ask, given)
    return " ".join(given.split("\n")) if ask.kind == "text" else given


def _read_choice(ask: Ask, given: Any) -> Json:
    wanted = _loose(str(given))
    for option in ask.options:
        if _loose(option) == wanted:
            return option
    raise WrongShape(f"“{given}” is not one of the choices here. Choose one of: {', '.join(ask.options)}.")


def _read_choices(ask: Ask, given: Any) -> Json:
    return [_read_choice(ask, one) for one in _several(given)] or None


def _read_scale(ask: Ask, given: Any) -> Json:
    if str(given) not in ask.options:
        raise WrongShape(f"“{given}” is not on the scale. Choose a step from {ask.options[0]} to {ask.options[-1]}.")
    return int(given)


def _read_date(ask: Ask, given: Any) -> Json:
    return days.read(given, ask.period)


def _read_number(ask: Ask, given: Any) -> Json:
    number = numbers.read(given, ask.kind, ask.units)
    if (ask.least is not None and number < ask.least) or (ask.most is not None and number > ask.most):
        limits = f"of at least {ask.least}" if ask.most is None else f"from {ask.least} to {ask.most}"
        raise WrongShape(
            f"{quoted(given)} is outside what is expected here: {numbers.EXPECTED[ask.kind]} {limits}. "
            "Write one that fits, or leave it blank."
        )
    return int(number) if ask.kind == "whole" else format(number, "f")


def _read_yes_no(ask: Ask, given: Any) -> Json:
    if isinstance(given, bool):
        return given
    answer = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(str(given).lower())
    if answer is None:
        raise WrongShape(f"“{given}” is not yes or no. Choose yes or no, or leave it blank.")
    return answer


_ID = re.compile(r"[a-z]+-\d+")


def _read_reference(ask: Ask, given: Any) -> Json:
    if isinstance(given, str) and (given in ask.also or _ID.fullmatch(given)):
        return given
    others = f", or one of: {', '.join(ask.also)}" if ask.also else ""
    raise WrongShape(f"“{given}” does not name a row. Pick one from the list{others}.")


def _read_references(ask: Ask, given: Any) -> Json:
    return list(dict.fromkeys(_read_reference(ask, one) for one in _several(given))) or None


def _read_letters(ask: Ask, given: Any) -> Json:
    typed = {letter for letter in str(given).upper() if letter not in " ,/+&"}
    wrong = sorted(typed - set(ask.options))
    if wrong:
        raise WrongShape(
            f"“{given}” holds {wrong[0]}, which means nothing here. Use the letters {', '.join(ask.options)}."
        )
    return "".join(letter for letter in ask.options if letter in typed) or None


def _loose(words: str) -> str:
    return re.sub(r"[\W_]+", " ", words.replace("&", " and ")).strip().casefold()


def _several(given: Any) -> list[Any]:
    if isinstance(given, str):
        return [part.strip() for part in given.split("\n") if part.strip()]
    return list(given)


_READERS: dict[str, Callable[[Ask, Any], Json]] = {
    "text": _read_text,
    "long_text": _read_text,
    "choice": _read_choice,
    "choices": _read_choices,
    "scale": _read_scale,
    "date": _read_date,
    "whole": _read_number,
    "decimal": _read_number,
    "money": _read_number,
    "percentage": _read_number,
    "yes_no": _read_yes_no,
    "reference": _read_reference,
    "references": _read_references,
    "matrix": _read_letters,
}


# Showing: an answer -> the words people read.


def show(ask: Ask, value: Any, name: Callable[[str], str] = str) -> str:
    """Print an answer in words.

    Parameters
    ----------
    ask : Ask
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
    if ask.kind == "money":
        return f"${Decimal(value):,}"
    if ask.kind == "percentage":
        return f"{value}%"
    if ask.kind == "scale":
        return f"{value} {ask.meanings[ask.options.index(str(value))]}" if str(value) in ask.options else str(value)
    if ask.kind in ("reference", "references", "choices"):
        parts = [value] if isinstance(value, str) else value
        return ", ".join(part if ask.kind == "choices" or part in ask.also else name(part) for part in parts)
    return str(value)
