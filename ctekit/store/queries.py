"""Reading: revisions, days and answers, by query."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Executable, Select, func, select

from ctekit import worksheets
from ctekit.model import clock
from ctekit.model.questions import Json
from ctekit.model.text import quoted
from ctekit.store.edits import Revision
from ctekit.store.schema import r
from ctekit.store.text import NO_TIME, from_text, is_row, position, time

_KEPT = (r.seq, r.uid, r.worksheet, r.row, r.field, r.old, r.value, r.who, r.at, r.based_on, r.conflicts_with,
         r.parents, r.said_at)  # fmt: skip


def select_revisions(*narrow: Any) -> Select[Any]:
    """The query for the revisions that fit, oldest first, as `revisions` reads them."""
    return select(*_KEPT).where(*narrow).order_by(r.seq)


def revisions(connection: Connection, query: Executable, **values: Any) -> list[Revision]:
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
