"""The newest answers, put together to typed worksheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from ctekit import worksheets
from ctekit.model.questions import Json, Question
from ctekit.model.worksheet import Row, Worksheet
from ctekit.store.queries import readable
from ctekit.workbook import Earlier, Workbook

Answers = dict[str, Json]

_Sheet = tuple[Worksheet | None, dict[str, Row]]
"""A worksheet, None where nothing was ever said in it; and its rows that were removed."""

_MOST_DIGITS = 30
"""Of a number that is read, before or behind its point; earlier versions took as many."""


class Assembly:
    """Puts the newest answers together, and anew only the worksheets whose answers are others than the last time."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Any, _Sheet]] = {}

    def workbook(
        self,
        lines: Iterable[Any],
        born: Mapping[tuple[str, str], tuple[str, str]],
        revision: int,
        saved_at: str,
        past: Earlier | None = None,
        as_it_stood_on: str = "",
    ) -> Workbook:
        """All worksheets of what stands (seq, worksheet, row, field, text).

        `born` orders rows that stand at one place.
        """
        lines_of: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for line in lines:
            lines_of[line[1]].append(tuple(line))
        sheets, removed = {}, {}
        for slug, kind in worksheets.every().items():
            # The texts too, not their numbers alone: what was forgotten, or put back from a copy, keeps its number.
            stands = kind, lines_of[slug], born
            kept = self._kept.get(slug)
            if kept is None or kept[0] != stands:
                kept = self._kept[slug] = stands, _sheet(kind, lines_of[slug], born)
            sheet, gone = kept[1]
            if sheet is not None:
                sheets[slug] = sheet
                removed.update(gone)
        return Workbook(sheets, removed, revision, saved_at, past, as_it_stood_on)


def _sheet(kind: type[Worksheet], lines: Iterable[Any], born: Mapping[tuple[str, str], tuple[str, str]]) -> _Sheet:
    rows: defaultdict[str, Answers] = defaultdict(dict)
    for _, row, field, value in readable(lines):
        if value is not None or field == "row":
            rows[row][field] = value
    if not rows:
        return None, {}
    table_by_prefix = {question.prefix: (name, question.row) for name, question in kind.tables().items()}
    matrices = {name: question.along for name, question in kind.questions().items() if question.is_matrix}
    parted = {"marks", *matrices}
    sheet = _nested(rows.pop("", {}), kind.questions(), parted, {"id", *kind.tables()})
    standing: defaultdict[str, list[tuple[str, tuple[str, str], int, Answers]]] = defaultdict(list)
    removed: dict[str, Row] = {}
    for row, fields in rows.items():
        prefix, _, number = row.rpartition("-")
        if prefix not in table_by_prefix or "row" not in fields:
            continue
        table, model = table_by_prefix[prefix]
        position = fields.pop("row")
        plain = _nested(fields, model.questions(), parted, {"id"})
        plain["id"] = row
        cells = {name: plain.pop(name) for name, along in matrices.items() if along == table and name in plain}
        if position is None:
            removed[row] = _fitting(model, plain)
            continue
        standing[table].append((position, born.get((kind.slug, row), ("", "")), int(number), plain))
        for name, by_column in cells.items():
            sheet.setdefault(name, {})[row] = by_column
    for table, numbered in standing.items():
        numbered.sort(key=lambda line: line[:3])
        sheet[table] = [plain for *_, plain in numbered]
    fitted: Worksheet = _fitting(kind, sheet)
    return fitted, removed


def _nested(fields: Answers, questions: Mapping[str, Question], parted: set[str], computed: set[str]) -> Answers:
    """The answers of a worksheet or row, those of marks and matrices put together; without what is computed."""
    nested: Answers = {}
    for field, value in fields.items():
        head, slash, tail = field.partition("/")
        if bool(slash) != (head in parted) or head in computed:
            continue
        if slash:
            nested.setdefault(head, {})[tail] = value
        elif head not in questions or not is_too_large(questions[head], value):
            nested[head] = value
    return nested


def is_too_large(question: Question, value: Json) -> bool:
    """Whether a number is larger than any that can be typed: a few letters may stand for gigabytes of digits."""
    if not question.kind.is_number:
        return False
    if isinstance(value, str) and len(value) > 2 * _MOST_DIGITS:
        return True
    try:
        number = Decimal(value)
    except (TypeError, ValueError, ArithmeticError):
        return True
    return not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS


def _fitting(model: Any, answers: Answers) -> Any:
    """The model of these answers. One that fits no more (a choice that is gone) is left blank; history keeps it."""
    while True:
        try:
            return model.model_validate(answers)
        except ValidationError as error:
            # From the last to the first: taking one away must not move the others.
            dropped = [_drop(answers, problem["loc"]) for problem in reversed(error.errors(include_url=False))]
            if not any(dropped):
                return model.model_validate({"id": answers["id"]} if "id" in answers else {})


def _drop(answers: Answers, place: tuple[int | str, ...]) -> bool:
    """Take one answer away: a field, a mark, a cell of the matrix, or a field of a row. False when it is not there."""
    if not place or place[0] not in answers or place[0] == "id":
        return False
    name = str(place[0])
    answer = answers[name]
    if isinstance(answer, dict) and len(place) > 1 and place[1] in answer:  # marks, or a matrix
        inner = answer[place[1]]
        if isinstance(inner, dict) and name != "marks" and len(place) > 2 and place[2] in inner:
            del inner[place[2]]
        else:
            del answer[place[1]]
        return True
    if len(place) > 1 and isinstance(place[1], int) and isinstance(answer, list) and _is_table(answer):
        if len(place) > 2 and _drop(answer[place[1]], place[2:]):
            return True
        if len(answer[place[1]]) > 1:
            answer[place[1]] = {"id": answer[place[1]]["id"]}
            return True
    del answers[name]
    return True


def _is_table(answer: list[Json]) -> bool:
    return all(isinstance(part, dict) and "id" in part for part in answer)
