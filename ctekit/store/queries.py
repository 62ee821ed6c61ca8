"""Reading: the newest answers in one query, put together to typed worksheets."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Select, bindparam, func, select

from ctekit import worksheets
from ctekit.model import clock
from ctekit.model.questions import Json, Question
from ctekit.model.text import quoted
from ctekit.model.worksheet import Row, Worksheet
from ctekit.store.edits import Revision
from ctekit.store.schema import r
from ctekit.store.text import NO_TIME, from_text, is_row, position, time
from ctekit.workbook import Earlier, Workbook

_KEPT = (r.seq, r.uid, r.worksheet, r.row, r.field, r.old, r.value, r.who, r.at, r.based_on, r.conflicts_with,
         r.parents, r.said_at)  # fmt: skip

Answers = dict[str, Json]

_MOST_DIGITS = 30
"""Of a number that is read, before or behind its point; earlier versions took as many."""


def select_revisions(*narrow: Any) -> Select[Any]:
    """The query for the revisions that fit, oldest first, as `revisions` reads them."""
    return select(*_KEPT).where(*narrow).order_by(r.seq)


def revisions(connection: Connection, query: Select[Any], **values: Any) -> list[Revision]:
    """The revisions that a query of `select_revisions` gives, with values for its parameters."""
    return [
        Revision(
            seq=row.seq,
            uid=_words(row.uid),
            worksheet=_words(row.worksheet),
            row=_words(row.row),
            field=_words(row.field),
            old=from_text(row.old),
            value=from_text(row.value),
            who=_words(row.who),
            at=time(row.at),
            based_on=_number(row.based_on),
            conflicts_with=_number(row.conflicts_with),
            parents=_uids(row.parents),
            said_at=time(row.said_at) if row.said_at else "",
        )
        for row in connection.execute(query, values).all()
    ]


def _words(text: object) -> str:
    return text if isinstance(text, str) else ""


def _uids(text: object) -> tuple[str, ...]:
    value = from_text(text)
    return tuple(uid for uid in value if isinstance(uid, str)) if isinstance(value, list) else ()


def _number(number: object) -> int | None:
    return number if isinstance(number, int) else None


def time_of(moment: datetime.datetime) -> str:
    """A time as the store keeps it: UTC, milliseconds, sorts as text."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


_NEWEST_TIME = select(r.at).where(r.partnership == bindparam("partnership")).order_by(r.seq.desc()).limit(1)


def newest_time(connection: Connection, partnership: str) -> str:
    """The time of the newest revision, before which nothing is ever saved, though somebody sets the clock back.

    Else a look back at that day would show what was said later.
    """
    return time(connection.scalar(_NEWEST_TIME, {"partnership": partnership}))


_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?P<second>:\d\d(?P<part>\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")


def end_of(moment: str) -> str:
    """The first time that is no longer part of a day, minute, second or instant, as the store keeps it.

    Without a zone it is a day or time of this computer.

    Raises
    ------
    ValueError
        It is no ISO date or time, or at the very end of the calendar.
    """
    moment = _in_24_hours(moment)
    shape = _MOMENT.fullmatch(moment)
    try:
        if shape is None:
            raise ValueError(moment)
        unit = "milliseconds" if shape["part"] else "seconds" if shape["second"] else "minutes"
        length = datetime.timedelta(**{"days" if len(moment) == 10 else unit: 1})
        return time_of(datetime.datetime.fromisoformat(moment) + length)
    except (ValueError, OverflowError):
        example = "Write it as 2027-06-30 or 2027-06-30T10:42."
        raise ValueError(f"{quoted(moment)} is not a date or a time that can be looked back to. {example}") from None


def _in_24_hours(moment: str) -> str:
    """A day and a time as the history shows them, as ISO writes them; anything else as it is."""
    day, _, hour = moment.partition(" ")
    try:
        return f"{day}T{clock.read(hour):%H:%M}" if hour[-2:].upper() in ("AM", "PM") else moment
    except ValueError:
        return moment


def days(connection: Connection, *narrow: Any) -> tuple[str, ...]:
    """The days of this computer's calendar on which one of these revisions was saved, oldest first."""
    minute = func.substr(r.at, 1, len("2027-06-30T10:42"))  # far fewer than revisions, and no time zone cuts one in two
    return _calendar(connection.scalars(select(minute).where(*narrow).distinct()))


def _calendar(minutes: Iterable[object]) -> tuple[str, ...]:
    times = {time(f"{minute}:00.000Z") for minute in minutes} - {NO_TIME}
    return tuple(sorted({datetime.datetime.fromisoformat(at).astimezone().date().isoformat() for at in times}))


def last_public(connection: Connection, *narrow: Any) -> tuple[int, str]:
    """Number and time of the newest revision that is not for the facilitator only; the first of all if none is."""
    query = select(r.seq, r.at, r.respondent, r.worksheet, r.row, r.field).where(*narrow).order_by(r.seq.desc())
    last = (0, "")
    for seq, at, respondent, *place in connection.execute(query).yield_per(100):
        last = seq, time(at)
        if respondent or not _is_private(*place):
            break
    return last


def public_days(connection: Connection, *narrow: Any) -> tuple[str, ...]:
    """The same as `days`, of revisions that are not for the facilitator only."""
    minute = func.substr(r.at, 1, len("2027-06-30T10:42"))
    minutes = connection.execute(select(minute, r.worksheet, r.row, r.field).where(*narrow).distinct()).all()
    return _calendar({at for at, *place in minutes if not _is_private(*place)})


def _is_private(slug: str, row: str, field: str) -> bool:
    kind = worksheets.every().get(slug)
    return (
        kind is not None
        and isinstance(row, str)
        and isinstance(field, str)
        and field != "partnership_id"
        and kind.is_private(field, row)
    )


def answers_once(partnership: str, fields: Collection[str]) -> Select[Any]:
    """The query for all that was ever saved under these names, as `readable` reads it, oldest first."""
    place = (r.partnership == partnership, r.respondent == "", r.field.in_(sorted(fields)))
    return select(r.seq, r.worksheet, r.row, r.field, r.value).where(*place).order_by(r.seq)


def readable(lines: Iterable[Any]) -> Iterator[tuple[str, str, str, Json]]:
    """What stands in the store (seq, worksheet, row, field, text), read; without places that no worksheet can have."""
    for _, worksheet, row, field, text in lines:
        if isinstance(worksheet, str) and isinstance(field, str) and (row == "" or is_row(row)):
            yield worksheet, row, field, position(text) if field == "row" else from_text(text)


def workbook(
    answers: Iterable[tuple[str, str, str, Json]],
    revision: int,
    saved_at: str,
    past: Earlier | None = None,
    as_it_stood_on: str = "",
    born: Mapping[tuple[str, str], tuple[str, str]] = {},
) -> Workbook:
    """Put the newest answers (worksheet, row, field, value) together; `born` orders rows that stand at one place."""
    by_place: defaultdict[str, defaultdict[str, Answers]] = defaultdict(lambda: defaultdict(dict))
    for slug, row, field, value in answers:
        if value is not None:
            by_place[slug][row][field] = value
        elif field == "row":
            by_place[slug][row][field] = None
    sheets, removed = {}, {}
    for slug, kind in worksheets.every().items():
        if slug in by_place:
            sheets[slug], gone = _sheet(kind, by_place[slug], born)
            removed.update(gone)
    return Workbook(sheets, removed, revision, saved_at, past, as_it_stood_on)


def _sheet(
    kind: type[Worksheet], rows: dict[str, Answers], born: Mapping[tuple[str, str], tuple[str, str]]
) -> tuple[Worksheet, dict[str, Row]]:
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
