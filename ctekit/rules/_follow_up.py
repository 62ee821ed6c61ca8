"""From what was found to what is done: rows for the plan or an agenda. Nothing here writes; who has a store does."""

from __future__ import annotations

import datetime
from typing import Any

from ctekit.model import questions
from ctekit.model.errors import CtekitError, NotFoundError, did_you_mean
from ctekit.model.questions import Json
from ctekit.model.text import quotation, shortened
from ctekit.model.worksheet import Worksheet
from ctekit.rules._engine import subject_of
from ctekit.rules._rule import Finding, every
from ctekit.workbook import Workbook
from ctekit.worksheets.meetings import Meetings
from ctekit.worksheets.plan import Action, Parked, Plan

Answer = tuple[str, str, str, Json]
"""Worksheet, row, field and value, as an edit of the store takes them; ``act-*`` is a new row."""


_LONGEST = 80
"""Signs of a name in the title of an agenda's item."""


class DuplicateActionError(CtekitError):
    """The plan has an action for this finding. The message names it."""


def action_source(finding: Finding) -> str:
    """How an action says which finding it comes from: ``"ME33 metrics/metric-5/owner"``.

    Parameters
    ----------
    finding : Finding
        Any.

    Returns
    -------
    str
        Code and place.
    """
    return f"{finding.code} {finding.place}"


def action_of(book: Workbook, finding: Finding) -> Action | None:
    """The action that was made from a finding; one that is still to be done before one that is done.

    Parameters
    ----------
    book : Workbook
        All worksheets.
    finding : Finding
        Any.

    Returns
    -------
    Action or None
        None where there is no such action.
    """
    actions = [action for action in book[Plan].actions if action_source(finding) in (action.finding, action.note)]
    return next((action for action in actions if not action.done), actions[0] if actions else None)


def plan_action(book: Workbook, about: Finding | str, what: str = "", owner: str = "", by: Any = "") -> list[Answer]:
    """What to save for an action from a finding, or from a parked item, which then leaves the parking lot.

    Parameters
    ----------
    book : Workbook
    about : Finding or str
        The finding, or the id of the parked item.
    what : str
        The action; what the finding proposes or the parked item where it is "". A finding for the facilitator only
        needs words of its own, and is named in the row's private note: actions stand on every page.
    owner : str
        The id of a person, or "".
    by : str or date
        By when, or "".

    Returns
    -------
    list of tuple
        Worksheet, row, field and value of each answer.

    Raises
    ------
    NotFoundError
        No parked item or person has this id.
    DuplicateActionError
        An action from this finding is still to be done.
    CtekitError
        The finding is for the facilitator only, and `what` is "".
    ctekit.model.questions.InvalidAnswerError
        `by` is not a date.
    """
    if isinstance(about, str):
        parked = _parked(book, about)
        removal: list[Answer] = [(Plan.slug, parked.id, "row", None)]
        answers: dict[str, Json] = {"action": what or parked.item, "finding": parked.id}
    else:
        existing = action_of(book, about)
        if existing and not existing.done:
            raise DuplicateActionError(
                f"This is an action already: {quotation(existing.action)}. Change that one in the plan."
            )
        if about.private and not what.strip():
            raise CtekitError(
                "This finding is for the facilitator only, and actions stand on every page. "
                "Say in words that everybody may read what is to be done."
            )
        where = "note" if about.private else "finding"
        element = about.worksheet if about.worksheet in Action.questions()["element"].options else None
        removal, answers = (
            [],
            {"action": what or about.action or about.advice, "element": element, where: action_source(about)},
        )
    answers |= {"owner": _person(book, owner), "by": questions.read(Action.questions()["by"], by)}
    return [*_row(Plan, "actions", answers), *removal]


def agenda_topic(book: Workbook, finding: Finding) -> str:
    """The title of an agenda's item about a finding: whom or what it is about, and what the room is asked.

    Parameters
    ----------
    book : Workbook
    finding : Finding

    Returns
    -------
    str
        ``"Place learners in internships: which one of us answers for it?"``
    """
    subject = subject_of(book, finding)
    if subject not in finding.action:  # the question says it all: "On which days do we meet?"
        return finding.asks
    name = subject.strip("“”")
    return f"{name if len(name) <= _LONGEST else shortened(name)}: {finding.asks[:1].lower()}{finding.asks[1:]}"


def plan_item(meeting: str, topic: str, kind: str, source: str) -> list[Answer]:
    """What to save for an item of a meeting's agenda.

    Parameters
    ----------
    meeting : str
        The id of the meeting, such as ``"meet-5"``.
    topic, kind : str
        What it is about, and what it is for: ``"to tell"``, ``"to talk over"`` or ``"to decide"``.
    source : str
        What it comes from: code and place of a finding, or the id of a row.

    Returns
    -------
    list of tuple
        Worksheet, row, field and value of each answer.
    """
    return _row(Meetings, "items", {"meeting": meeting, "topic": topic, "kind": kind, "comes_from": source})


def acknowledge(book: Workbook, finding: Finding, note: str, by: str, on: datetime.date) -> list[Answer]:
    """What to save so that a finding may stand, with the reason, who says so and when.

    Parameters
    ----------
    book : Workbook
        All worksheets.
    finding : Finding
        What is to stand.
    note : str
        The reason.
    by : str
        The id of a person, such as ``"person-1"``.
    on : date
        The day.

    Returns
    -------
    list of tuple
        Worksheet, row, field and value of each answer.

    Raises
    ------
    NotFoundError
        No person has this id.
    CtekitError
        The note or the name is missing, or it is a finding that nobody may let stand.
    """
    if not note.strip() or not by:
        raise CtekitError("A finding is acknowledged with a reason and a name. Write why it stays, and who says so.")
    if any(rule.code == finding.code and rule.locked for rule in every()):
        raise CtekitError(f"{finding.sentence} Nobody can let that stand, so it has to be mended: {finding.advice}")
    fields = {"rule": finding.code, "place": finding.place, "said": finding.says, "note": note}
    return _row(Plan, "acknowledged", {**fields, "by": _person(book, by), "on": on})


def _row(sheet: type[Worksheet], table: str, answers: dict[str, Json]) -> list[Answer]:
    """A new row at the end of a table."""
    row = f"{sheet.tables()[table].prefix}-*"
    values = {field: questions.read(sheet.question(field, row), value) for field, value in answers.items()}
    filled: list[Answer] = [(sheet.slug, row, field, value) for field, value in values.items() if value is not None]
    return [(sheet.slug, row, "row", ""), *filled]


def _parked(book: Workbook, row_id: str) -> Parked:
    items = {parked.id: parked for parked in book[Plan].parked}
    if row_id not in items:
        raise NotFoundError(f"Nothing in the parking lot is called '{row_id}'.{_instead(row_id, list(items))}")
    return items[row_id]


def _person(book: Workbook, row_id: str) -> str | None:
    people = [row.id for row in book.rows("profile.people")]
    if row_id and row_id not in people:
        raise NotFoundError(f"No person of the profile is called '{row_id}'.{_instead(row_id, people)}")
    return row_id or None


def _instead(name: str, there: list[str]) -> str:
    guess = did_you_mean(name, there)
    return f"{guess} There are: {', '.join(there) or 'none yet'}."
