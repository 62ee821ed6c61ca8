"""The days of all worksheets as events for calendars, whoever answers for them, and those that were taken away."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ctekit.analysis import participants
from ctekit.model import clock
from ctekit.model.errors import InvalidAnswerError
from ctekit.model.worksheet import Row, Worksheet
from ctekit.papers._answers import Answers
from ctekit.papers._event import Event
from ctekit.views.handover import PAST
from ctekit.workbook import AnswerOnce, Workbook
from ctekit.worksheets.meetings import Meeting
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Invitation
from ctekit.worksheets.roles import Signatory

Place = tuple[str, str, str]
"""Worksheet, row ("" outside tables), question."""

_SAID = {
    "act.by": "Due",
    "task.by": "Duty",
    "x.by": "To be given",
    "x.review": "Ask again",
    "need.by": "Needed",
    "ask.ask_by": "To be asked",
    "policy.by": "Ask of the state",
    "da.expires": "Data agreement runs out",
    "da.destroy_by": "Data to be destroyed",
    "sign.board_date": "Board votes on the agreement",
    "metric.target_date": "Target",
    "com.first_on": "First message",
    "fund.until": "Money ends",
    "cred.agreed_until": "Agreed credit ends",
    "roles.starts": "The agreement starts",
    "roles.renewal_date": "Renewal of the agreement is to be settled",
    "roles.ends": "The agreement ends",
    "convener.money_until": "Money for convening ends",
    "convener.review": "Review who leads",
    "purpose.review": "Review the charter",
    "purpose.by": "The change in our purpose is due",
}
"""What a day is called in a calendar, by the prefix of its rows, or the worksheet, and the question."""
_WHOSE = ("owner", "person", "asked_by", "contact", "called_by", "organization")
_EARLIEST = datetime.time(6)
"""Nobody meets before."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CHANGES = frozenset({"row", "done", "signed_on", "answer", "kept", "kind", "starts", "ends", "place", *_WHOSE})
"""Questions of which an answer changes an event, beside its day and its name."""


def events(answers: Answers) -> tuple[Event, ...]:
    """Every day that is not past by its nature, of all worksheets, in order; then those that were taken away.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Event
    """
    book = answers.book
    parts = [part for sheet in book for part in _parts(sheet)]
    removed = [(_sheet_of(answers, row.id), row) for row in book.removed.values()]
    once = book.revisions(_CHANGES | _fields([*parts, *((slug, row) for slug, row in removed if slug)]))
    changes = Counter((answer.worksheet, answer.row) for answer in once)
    standing = {
        (slug, row_id, field): (day, part)
        for slug, part in parts
        for field, day in _days(part)
        if not (isinstance(part, Invitation) and (_is_past(book, day) or _is_answered(book, part)))
        for row_id in (part.id if isinstance(part, Row) else "",)
    }
    days = [_event(answers, place, day, part, changes) for place, (day, part) in standing.items()]
    gone = [
        _event(answers, place, day, part, changes, is_canceled=True)
        for place, day in _taken_away(once, standing)
        if (part := _part(answers, place)) and not (isinstance(part, Invitation) and _is_past(book, day))
    ]
    return tuple(sorted(days, key=lambda event: (event.day, event.key))) + tuple(gone)


def _is_past(book: Workbook, day: datetime.date) -> bool:
    return book.day is not None and day < book.day


def _is_answered(book: Workbook, invitation: Invitation) -> bool:
    """Whether nobody has to ask any more: they said yes or no, take part already, or have left."""
    if invitation.answer in ("yes", "no"):
        return True
    person = participants.people(book).get(invitation.person or "")
    if person is None:
        return False
    is_gone = participants.has_left(person) or person.status == "declined"
    return is_gone or participants.standing(book, person.id) == "active"


def _parts(sheet: Worksheet) -> Iterator[tuple[str, Worksheet | Row]]:
    yield sheet.slug, sheet
    for table, question in sheet.tables().items():
        if not question.private:
            yield from ((sheet.slug, row) for row in sheet.rows(table))


def _days(part: Worksheet | Row) -> Iterator[tuple[str, datetime.date]]:
    for field in _date_fields(part):
        if day := getattr(part, field):
            yield field, day


def _date_fields(part: Worksheet | Row) -> Iterator[str]:
    for field, question in part.questions().items():
        if question.kind.is_date and not question.private and field not in PAST:
            yield field


def _fields(parts: list[tuple[str, Worksheet | Row]]) -> frozenset[str]:
    """The questions that an event is made of."""
    named = {part.named_by for _, part in parts if isinstance(part, Row)}
    return frozenset(named.union(*(_date_fields(part) for _, part in parts)))


def _sheet_of(answers: Answers, row_id: str) -> str:
    slugs = (
        sheet.slug
        for sheet in answers.book
        for question in sheet.tables().values()
        if question.prefix == _prefix(row_id) and not question.private
    )
    return next(slugs, "")


def _prefix(row_id: str) -> str:
    return row_id.rpartition("-")[0]


def _part(answers: Answers, place: Place) -> Worksheet | Row | None:
    """What has a day at a place that a calendar may tell; None where it has none."""
    slug, row_id, field = place
    book = answers.book
    part = (book.row_by_id.get(row_id) or book.removed.get(row_id)) if row_id else book.sheets[slug]
    return part if part and field in _date_fields(part) else None


def _taken_away(
    once: tuple[AnswerOnce, ...], standing: Mapping[Place, object]
) -> Iterator[tuple[Place, datetime.date]]:
    """Days that people may have in their calendars and that stand no more: the last one each place had."""
    last: dict[Place, datetime.date] = {}
    for slug, row_id, field, value in once:
        if isinstance(value, str) and _DAY.fullmatch(value):
            last[slug, row_id, field] = datetime.date.fromisoformat(value)
    yield from ((place, day) for place, day in last.items() if place not in standing)


def _event(
    answers: Answers,
    place: Place,
    day: datetime.date,
    part: Worksheet | Row,
    changes: Mapping[tuple[str, str], int],
    is_canceled: bool = False,
) -> Event:
    slug, row_id, field = place
    profile = answers.book[Profile]
    kind = _prefix(row_id) if row_id else slug
    label = _SAID.get(f"{kind}.{field}", part.questions()[field].title.rstrip("?"))
    about = part.organization if isinstance(part, Signatory) and part.organization else row_id
    summary = f"{label}: {answers.name(about)}" if row_id else label
    is_done = _is_done(part)
    named = part.named_by if isinstance(part, Row) else ""
    owner = next((value for name in _WHOSE if name != named and (value := getattr(part, name, None))), None)
    key = ".".join(filter(None, (slug, row_id, field)))
    event = Event(
        key=f"{key}@{profile.partnership_id or 'sample'}.ctekit",
        day=day,
        summary=f"Done: {summary}" if is_done else summary,
        who=_whose(answers, owner),
        sequence=max(changes.get((slug, row_id), 0) - 1, 0),
        is_done=is_done,
        is_canceled=is_canceled,
    )
    return _meeting(event, part) if isinstance(part, Meeting) else event


def _whose(answers: Answers, owner: str | None) -> str:
    """Whoever answers for it, and that they are gone where they are."""
    has_left = participants.has_left(participants.people(answers.book).get(owner or ""))
    return f"{answers.name(owner)} (has left)" if has_left else answers.name(owner)


def _meeting(event: Event, meeting: Meeting) -> Event:
    """The event of a meeting: who meets, when and where. Its name is its day, so it says the kind."""
    starts, ends = (_time(event.day, written) for written in (meeting.starts, meeting.ends))
    return replace(
        event,
        summary="Workshop" if meeting.kind == "workshop" else f"{(meeting.kind or 'meeting').capitalize()} meets",
        who=f"Called by {event.who}" if event.who else "",
        hours=" to ".join(filter(None, (meeting.starts, meeting.ends))),
        starts=starts,
        ends=ends if starts and ends and ends > starts else None,
        place=meeting.place or "",
    )


def _time(day: datetime.date, written: str | None) -> datetime.datetime | None:
    """None for what no clock shows, and for a time at night: “2:00” without am or pm is not to be guessed."""
    try:
        time = clock.read(written or "")
    except InvalidAnswerError:
        return None
    return datetime.datetime.combine(day, time) if time >= _EARLIEST else None


def _is_done(part: Worksheet | Row) -> bool:
    """Whether what the day was for has come about: done, signed, answered, given, or a meeting that people came to."""
    done = any(getattr(part, field, None) for field in ("done", "signed_on", "answer", "present"))
    return done or getattr(part, "kept", None) == "yes"
