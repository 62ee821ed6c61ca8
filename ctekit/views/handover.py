"""`handover`: what a successor has to know on the first day, all of it from the worksheets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.model.questions import show
from ctekit.model.worksheet import Row, Worksheet
from ctekit.views.answers import Wording, blank
from ctekit.views.check import Place
from ctekit.views.render import render
from ctekit.views.standing import awaited
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles

AHEAD = 90
"""How many days ahead the dates are listed."""

PAST = (
    *("agreed_on", "consent_on", "confirmed_on", "signed_on", "left_on", "letter_on", "checked_on", "as_of"),
    *("approved_on", "on", "answered_on", "done_on", "term_starts"),
)
"""Dates that say when something was; they are never due."""

MISSING = "not written yet"


@dataclass(frozen=True)
class Date:
    """One day that comes up."""

    day: datetime.date
    what: str
    place: Place


@dataclass(frozen=True)
class HandoverTask:
    """One action that is not done, with what is wrong with it, or ""."""

    words: str
    owner: str
    by: str
    late: str


def handover(book: Workbook, private: bool = False) -> str:
    """Sum up who leads, what is open, how decisions are taken, where things lie, and which days come next.

    Parameters
    ----------
    book : Workbook
    private : bool
        Also what is for the facilitator only.

    Returns
    -------
    str
        A fragment whose headings are ``h3``. What nobody wrote is said to be missing.
    """
    wording = Wording(book, private)
    day = wording.book.day
    return render(
        "handover",
        private=private,
        leads=list(_leads(wording)),
        actions=list(_actions(wording)),
        decisions=list(_decisions(wording)),
        lies=list(_lies(wording)),
        dates=dates(wording) if day else [],
        from_day=long_day(day) if day else "",
        ahead=AHEAD,
        unsigned=list(_unsigned(wording)),
        waited_for=len(awaited(book, private)),
        whole=f"{Plan.notebook}.html",
    )


Pair = tuple[str, str]


def _leads(wording: Wording) -> Iterator[Pair]:
    sheet = wording.book[Convener]
    yield "Organization that leads", _who(wording, sheet.lead)
    yield "Person who leads", _who(wording, sheet.lead_person)
    yield "Who stands in", _who(wording, sheet.stand_in)
    for field in ("money_until", "fte", "review", "will_not_do"):
        question = Convener.questions()[field]
        yield question.title, show(question, getattr(sheet, field), wording.name) or MISSING
    money = [
        f"{funding.source or 'source not written'}, until {long_day(funding.until or 'a day not written')}"
        for funding in sheet.funding
    ]
    if money:
        yield "Money for convening", "; ".join(money)
    jobs = [f"{job.job}: {_who(wording, job.who)}" for job in sheet.jobs if job.job]
    if jobs:
        yield "Jobs of the convener", "; ".join(jobs)


def _who(wording: Wording, row_id: str | None) -> str:
    if not row_id:
        return MISSING
    gone = participants.standing(wording.book, row_id) == "not active"
    return f"{wording.name(row_id)}{f', who {participants.why_not(wording.book, row_id)}' if gone else ''}"


def _actions(wording: Wording) -> Iterator[HandoverTask]:
    day = wording.book.day
    still = [
        action
        for action in wording.book[Plan].actions
        if not action.done and (action.action or action.owner or action.by)
    ]
    for action in sorted(still, key=lambda action: str(action.by or "9999")):
        late = "overdue" if day and action.by and action.by < day else ""
        yield HandoverTask(
            wording.name(action.id),
            _who(wording, action.owner),
            long_day(action.by) if action.by else "no day yet",
            late,
        )


def _decisions(wording: Wording) -> Iterator[Pair]:
    for decision in wording.book[Purpose].decisions:
        asks = decision.questions()
        decider = show(asks["decider"], decision.decider, wording.name) or "nobody named"
        how = [f"{decider} ({decision.method})" if decision.method else decider]
        for field in ("agree", "quorum", "advice_from", "fallback", "recorded"):
            words = show(asks[field], getattr(decision, field), wording.name)
            how += [f"{asks[field].title.lower()}: {words}"] if words else []
        yield wording.name(decision.id), "; ".join(how)


def _lies(wording: Wording) -> Iterator[Pair]:
    book = wording.book
    door = book[Communication]
    at = [part for part in (door.front_door, door.front_door_address) if part]
    yield "Front door", f"{', '.join(at) or MISSING}; answered by {_who(wording, door.front_door_person)}"
    if door.emergency:
        yield "Emergency line", door.emergency
    roles = book[Roles]
    ends = f", until {long_day(roles.ends)}" if roles.ends else ""
    yield "Agreement", f"{roles.agreement_kind}{ends}" if roles.agreement_kind else MISSING
    yield "Who holds the money, and who pays whom", roles.money_flow or MISSING
    yield "Who keeps what if we stop", roles.who_keeps or MISSING
    for metric in book[Metrics].metrics:
        if metric.name:
            yield (
                f"Figures: {metric.name}",
                f"{metric.source or 'source not written'}; held by {_who(wording, metric.steward)}",
            )
    yield "All answers", "the file partnership.ctekit beside these notebooks; it goes to the lead and the stand-in only"


def _unsigned(wording: Wording) -> Iterator[str]:
    """Whoever is to sign and has not, in words."""
    roles = wording.book[Roles]
    for signatory in roles.signatories:
        if signatory.signed_on is None:
            board = f"; board votes on {long_day(signatory.board_date)}" if signatory.board_date else ""
            organization = wording.name(signatory.organization) if signatory.organization else "organization not named"
            yield f"{organization}: {signatory.signer or 'nobody named to sign'}{board}"
    named = {signatory.organization for signatory in roles.signatories}
    for party in roles.parties:
        if party not in named:
            yield f"{wording.name(party)}: nobody named to sign"


def dates(wording: Wording) -> list[Date]:
    """Every day of any worksheet that comes within `AHEAD` days, the nearest first."""
    begin = wording.book.day
    if begin is None:
        return []
    end = begin + datetime.timedelta(days=min(AHEAD, (datetime.date.max - begin).days))
    dates = [date for sheet in wording.book for date in _dates(wording, sheet)]
    return sorted((date for date in dates if begin <= date.day <= end), key=lambda date: date.day)


def _dates(wording: Wording, sheet: Worksheet) -> Iterator[Date]:
    rows: list[Worksheet | Row] = [sheet]
    rows += [row for table, question in sheet.tables().items() if wording.shows(question) for row in sheet.rows(table)]
    for row in rows:
        if getattr(row, "done", None) or getattr(row, "signed_on", None):
            continue
        for field, question in row.questions().items():
            if not wording.shows(question):
                continue
            name, anchor = sheet.title, f"{sheet.slug}-{field}"
            if isinstance(row, Row):
                name, anchor = f"{name}: {wording.name(row.id)}", f"{sheet.slug}-{row.id}"
            place, day, mark = Place(name, f"{sheet.notebook}.html#{anchor}"), getattr(row, field), row.marks.get(field)
            if question.kind.is_date and day and field not in PAST:
                yield Date(day, question.title.rstrip("?"), place)
            elif mark and mark.kind == "to find out" and mark.by and blank(day):
                yield Date(mark.by, f"To find out: {question.title}", place)
