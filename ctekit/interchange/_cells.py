"""How one answer stands in a cell of a spreadsheet, how two are compared, and how one is read."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from ctekit.interchange._contents import Place
from ctekit.interchange._names import Names
from ctekit.interchange._snapshot import Snapshot
from ctekit.model import questions
from ctekit.model.questions import InvalidAnswerError, Json, Question
from ctekit.model.text import clean, printable

LONGEST = 32_000
"""Characters of a cell; spreadsheets hold few more."""

_CUT = " … (too long for a cell; the whole of it stays where it is)"
_FIRST_YEAR = 1901
"""Spreadsheets count days from 1900, and not all in the same way."""

_MOST_DIGITS = 15


class Formula(str):
    """A formula, or an error of the spreadsheet, in place of an answer."""


class Text(str):
    """The text of a cell as spreadsheets mean it; `raw` is how it stands in the file.

    Some write ``_x000D_`` for a line end, and some for these seven letters.
    """

    raw: str


_ESCAPE = re.compile(r"_x(005F|00[01][0-9A-Fa-f])_")


def text_of(raw: str) -> Text:
    """The text of a cell, from how it stands in the file."""
    text = Text(_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), raw))
    text.raw = raw
    return text


def shown(snapshot: Snapshot, place: Place, question: Question | None) -> Any:
    """What the cell of a place holds: text, a number, a day, or nothing; of a mark, its parts."""
    if place in snapshot.withheld:
        return snapshot.withheld[place]
    value = snapshot.answers.get(place)
    if value is None or question is None:
        return None
    if place[2].startswith("marks/"):
        return _mark(snapshot, value)
    parts = value if isinstance(value, list) else [value]
    if question.is_reference:
        names = snapshot.names(question.target)
        words = [part if part in question.also else names.get(part) or snapshot.wording.name(part) for part in parts]
        return _text("\n".join(words))
    choices = dict(question.kind.choices(question))
    if choices and not question.is_matrix:
        return _text("\n".join(choices.get(part, str(part)) for part in parts))
    if question.kind.is_number:
        return _number(value)
    return _day(value) if question.kind.is_date else _text(str(value))


def _mark(snapshot: Snapshot, mark: dict[str, Json]) -> dict[str, Any]:
    whom = mark.get("whom")
    is_row = whom in snapshot.book.row_by_id or whom in snapshot.book.removed
    name = snapshot.wording.name(str(whom)) if is_row else whom
    return {
        "kind": mark["kind"],
        "whom": _text(name) if name else None,
        "by": _day(mark["by"]) if mark.get("by") else None,
        "because": _text(mark["because"]) if mark.get("because") else None,
    }


def _text(words: str) -> str:
    words = printable(words)
    return words if len(words) <= LONGEST else words[: LONGEST - len(_CUT)] + _CUT


def _number(value: Json) -> Any:
    number = Decimal(value)
    is_exact = len(number.as_tuple().digits) <= _MOST_DIGITS and Decimal(repr(float(number))) == number
    if not is_exact:
        return str(value)
    return int(number) if number == number.to_integral_value() else float(number)


def _day(value: str) -> Any:
    day = datetime.date.fromisoformat(value)
    return day if day.year >= _FIRST_YEAR else value


def same(value: Any, other: Any) -> bool:
    """Whether two cells hold the same answer, whichever spreadsheet wrote them."""
    if isinstance(value, dict) and isinstance(other, dict):
        return value.keys() == other.keys() and all(same(value[name], other[name]) for name in value)
    if isinstance(value, dict) or isinstance(other, dict):  # a mark, and none
        parts = value if isinstance(value, dict) else other
        return all(_comparable(part) is None for part in parts.values())
    if isinstance(value, Text) and _comparable(value.raw) == _comparable(other):
        return True
    return bool(_comparable(value) == _comparable(other))


def _comparable(value: Any) -> Any:
    if isinstance(value, Formula):
        return value, "formula"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, int | float):
        return format(Decimal(str(value)).normalize(), "f")
    return (clean(str(value)) or None) if value is not None else None


def read(question: Question, given: Any, names: Names) -> Json:
    """The answer that a person wrote into a cell, as the store keeps it.

    Raises
    ------
    InvalidAnswerError
        It is none, in a sentence that says what is expected.
    """
    given = _value(given)
    if given is None or given == "":
        return None
    if question.is_reference:
        parts = [part.strip() for part in str(given).replace(";", "\n").split("\n") if part.strip()]
        whole = str(given).strip()
        ids = [names.by_name(question, part) for part in (parts if question.kind.is_several else [whole])]
        return list(dict.fromkeys(ids)) if question.kind.is_several else ids[0]
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return questions.read(question, given)


def read_mark(given: Any, names: Names) -> Json:
    """An honest blank; see `ctekit.model.questions.read_mark`.

    Raises
    ------
    InvalidAnswerError
        It is neither of the two.
    """
    parts = {name: _value(part) for name, part in given.items()}
    if all(part is None or part == "" for part in parts.values()):
        return None
    whom = parts.get("whom")
    return questions.read_mark(parts | {"whom": names.person(str(whom)) if whom else None})


def _value(given: Any) -> Any:
    if isinstance(given, Formula):
        raise InvalidAnswerError("This cell holds a formula or an error. Write its result as text or a number instead.")
    if isinstance(given, datetime.datetime):
        return given.date()
    if isinstance(given, datetime.time | datetime.timedelta):
        return str(given)
    if isinstance(given, str) and given.endswith(_CUT):
        raise InvalidAnswerError("The rest of this answer is not in the cell. Change it in the worksheet instead.")
    return given
