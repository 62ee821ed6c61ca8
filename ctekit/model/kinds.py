"""The kinds of question, one entry each: whatever differs between them stands here, and in one control for the form.

A new kind is an entry of its own, wherever it stands, and, if no control that is there will do, a file in
``ctekit/widgets/js/controls/``. `ctekit.model.questions.field` asks a question of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from ctekit.model import reading
from ctekit.model.days import long_day
from ctekit.model.figures import dollars, figure
from ctekit.model.question import Json, Kind, Question
from ctekit.model.text import in_a_row


def _options(question: Question) -> Sequence[tuple[Json, str]]:
    return list(zip(question.options, question.meanings or question.options, strict=True))


def _steps(question: Question) -> Sequence[tuple[Json, str]]:
    steps = zip(question.options, question.meanings, strict=True)
    return [(int(step), f"{step} {meaning}") for step, meaning in steps]


def _yes_no(question: Question) -> Sequence[tuple[Json, str]]:
    return ((True, "yes"), (False, "no"))


def _show_ready(question: Question, value: Any, name: Callable[[str], str]) -> str:
    """Earlier versions kept yes and no: a history still holds them."""
    return _show_choice(question, reading.read_ready(question, value), name) if value else question.kind.blank


def _show_choice(question: Question, value: Any, name: Callable[[str], str]) -> str:
    return next((words for answer, words in question.kind.choices(question) if answer == value), str(value))


def _show_choices(question: Question, value: Any, name: Callable[[str], str]) -> str:
    return ", ".join(_show_choice(question, part, name) for part in ([value] if isinstance(value, str) else value))


def _show_rows(question: Question, value: Any, name: Callable[[str], str]) -> str:
    parts = [value] if isinstance(value, str) else value
    names = Counter(part if part in question.also else name(part) for part in parts)
    words = [name if times == 1 else f"{name} ({times} of them)" for name, times in names.items()]
    return in_a_row(words)


def _show_number(question: Question, value: Any, name: Callable[[str], str]) -> str:
    return figure(Decimal(value))


def _show_dollars(question: Question, value: Any, name: Callable[[str], str]) -> str:
    return dollars(Decimal(value))


def _show_percent(question: Question, value: Any, name: Callable[[str], str]) -> str:
    return figure(Decimal(value), "%")


def _show_day(question: Question, value: Any, name: Callable[[str], str]) -> str:
    return long_day(value)


def _by_size(question: Question, value: Any) -> Any:
    return value


def _as_offered(question: Question, value: Any) -> int:
    return question.options.index(value) if value in question.options else len(question.options)


TEXT = Kind(
    "text",
    dtype="string",
    control="line",
    read=reading.read_line,
    longest=reading.LONGEST_LINE,
    paper_lines=2,
    is_words=True,
)
SOURCE = Kind(
    "source",
    dtype="string",
    control="source",
    read=reading.read_line,
    longest=reading.LONGEST_LINE,
    paper_lines=2,
    is_words=True,
)
LONG_TEXT = Kind(
    "long_text",
    dtype="string",
    control="lines",
    read=reading.read_text,
    paper_lines=4,
    is_words=True,
    keeps_lines=True,
)
CHOICE = Kind(
    "choice",
    dtype="string",
    control="select",
    read=reading.read_choice,
    show=_show_choice,
    choices=_options,
    sort_key=_as_offered,
)
CHOICES = Kind(
    "choices",
    dtype="object",
    control="check_boxes",
    read=reading.read_choices,
    show=_show_choices,
    choices=_options,
    is_several=True,
)
SCALE = Kind(
    "scale",
    dtype="Int64",
    control="radios",
    read=reading.read_scale,
    show=_show_choice,
    choices=_steps,
    sort_key=_by_size,
)
DATE = Kind(
    "date",
    dtype="datetime64[s]",
    control="date",
    read=reading.read_date,
    show=_show_day,
    sort_key=_by_size,
    expects="June 30, 2029 or 6/30/2029 will do.",
)
WHOLE = Kind(
    "whole",
    dtype="Int64",
    control="number",
    read=partial(reading.read_number, form="whole"),
    show=_show_number,
    sort_key=_by_size,
)
DECIMAL = Kind(
    "decimal",
    dtype="Float64",
    control="number",
    read=partial(reading.read_number, form="decimal"),
    show=_show_number,
    sort_key=_by_size,
)
MONEY = Kind(
    "money",
    dtype="Float64",
    control="number",
    read=partial(reading.read_number, form="money"),
    show=_show_dollars,
    sort_key=_by_size,
    unit="$",
)
PERCENTAGE = Kind(
    "percentage",
    dtype="Float64",
    control="number",
    read=partial(reading.read_number, form="percentage"),
    show=_show_percent,
    sort_key=_by_size,
    unit="%",
)
READY = Kind(
    "ready",
    dtype="string",
    control="select",
    read=reading.read_ready,
    show=_show_ready,
    choices=_options,
    sort_key=_as_offered,
    blank="not yet",
)
YES_NO = Kind(
    "yes_no",
    dtype="boolean",
    control="select",
    read=reading.read_yes_no,
    show=_show_choice,
    choices=_yes_no,
    sort_key=_by_size,
)
REFERENCE = Kind(
    "reference",
    dtype="string",
    control="select",
    read=reading.read_reference,
    show=_show_rows,
)
REFERENCES = Kind(
    "references",
    dtype="object",
    control="check_boxes",
    read=reading.read_references,
    show=_show_rows,
    is_several=True,
)

# Tables. Their cells are questions of the kinds above, or letters; a form and a page give each a shape of its own.

ROWS = Kind(
    "rows",
    dtype="",
    control="",
    read=reading.refuse_rows,
)
MATRIX = Kind(
    "matrix",
    dtype="string",
    control="",
    read=reading.read_letters,
)
