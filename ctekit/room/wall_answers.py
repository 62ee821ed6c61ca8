"""What the wall shows between two activities: the partnership's own words, never what is for the facilitator only."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ctekit import rules
from ctekit.analysis import participants
from ctekit.model.questions import Question
from ctekit.model.worksheet import Row
from ctekit.room.translations import counted
from ctekit.views import room_questions
from ctekit.views.answers import Wording
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles

MOST_ROWS = 10
"""More lines than this nobody reads from the last row; the notebook has all of them."""
MOST_COLUMNS = 5
MOST_PAIRS = 5
"""Beside more answers than this a table has no room."""
AHEAD = 90
"""Days of the plan that are shown."""
ASKED = ("ask", "decides", "contact", "by")
"""Of an ask to the state, what a room says aloud."""
IN_THE_ROOM = "AR"
"""Of the letters of the grid, those that are set in the room."""


@dataclass(frozen=True)
class Listing:
    """A table for the wall.

    Attributes
    ----------
    heads : tuple of str
        The columns.
    rows : tuple
        Each as long as the heads.
    more : int
        How many lines are left out.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0


def sentence(book: Workbook) -> dict[str, Any]:
    """The sentence of purpose and the promises."""
    purpose = book.public()[Purpose]
    promises = [clause.promise for clause in purpose.clauses if clause.promise]
    return {"sentence": purpose.sentence or purpose.composed, "promises": promises}


def steps(book: Workbook) -> Listing:
    """The pathway from school to a job, step by step."""
    wording = Wording(book)
    profile = wording.book[Profile]
    return _rows(wording, profile.steps, profile.question("steps"))


def asks(book: Workbook) -> Listing:
    """What is asked of the state: of whom, and who carries it there."""
    wording = Wording(book)
    plan = wording.book[Plan]
    return _rows(wording, plan.asks_of_state, plan.question("asks_of_state"), ASKED)


def needs(book: Workbook, text: Mapping[str, Any]) -> Listing:
    """What is needed, the musts first, and who of the people asked said yes."""
    book = book.public()
    order = ("must", "should", "could")
    standing = [need for need in book[Recruitment].needs if need.support]
    standing.sort(key=lambda need: order.index(need.priority) if need.priority else len(order))
    asked, active = participants.recruited(book), participants.active_ids(book)
    rows = []
    for need in standing:
        said_yes = [book.name(person) for person in asked.get(need.id, ()) if person in active]
        priority = text["priorities"][need.priority] if need.priority else ""
        rows.append((priority, need.support or "", _named(said_yes, text)))
    return _listing((text["how_badly"], text["need"], text["said_yes"]), rows)


def matrix(book: Workbook, text: Mapping[str, Any]) -> Listing:
    """Duties by organizations, with who answers for each and who does it."""
    book = book.public()
    roles = book[Roles]
    cells = {
        task.id: {
            organization: "".join(letter for letter in letters if letter in IN_THE_ROOM)
            for organization, letters in roles.matrix.get(task.id, {}).items()
        }
        for task in roles.tasks
    }
    columns = [row.id for row in book.rows("profile.organizations") if any(line.get(row.id) for line in cells.values())]
    rows = [
        (task.task or "", *(cells[task.id].get(organization, "") for organization in columns))
        for task in roles.tasks
        if task.task
    ]
    return _listing((text["duty"], *map(book.name, columns)), rows)


def plan(book: Workbook, text: Mapping[str, Any], today: datetime.date) -> Listing:
    """Who does what by when in the next 90 days, what is done left out."""
    book = book.public()
    until = today + datetime.timedelta(days=AHEAD)
    actions = [action for action in book[Plan].actions if action.action and not action.done]
    actions = [action for action in actions if action.by is None or action.by <= until]
    actions.sort(key=lambda action: action.by or until)
    rows = [
        (
            action.action or "",
            book.name(action.owner) if action.owner else text["nobody"],
            _day(action.by, text) if action.by else text["no_day"],
        )
        for action in actions
    ]
    return _listing((text["what"], text["who"], text["by_when"]), rows)


def sheet(book: Workbook, slug: str) -> dict[str, Any]:
    """The quick questions of a worksheet: answers as pairs, and each table with its quick columns."""
    wording = Wording(book)
    worksheet = wording.book.sheets[slug]
    asked = {name: question for name, question in worksheet.questions().items() if question.quick and name != "ready"}
    pairs, listings = [], []
    for name, question in asked.items():
        if not wording.shows(question) or question.is_matrix:
            continue
        if question.is_rows:
            listings.append((question.title, _rows(wording, worksheet.rows(name), question)))
        elif words := wording.displayed(question, getattr(worksheet, name)).words:
            pairs.append((question.title, words))
    listings = [each for each in listings if each[1].rows and len(pairs) <= MOST_PAIRS]
    return {"pairs": pairs, "listings": listings}


def questions(book: Workbook) -> list[str]:
    """What the check asks the room, at most five; of what is for everybody only."""
    book = book.public()
    findings = [finding for result in rules.check(book) for finding in result.findings]
    return [f"{item.says} {item.asks}" for item in room_questions.for_the_room(Wording(book), findings)]


def nothing_asked(book: Workbook, text: Mapping[str, Any]) -> str:
    """What to say where the check asks nothing: whether anything was checked at all, and how much of it waits."""
    waits = sum(result.outcome == "waits" for result in rules.check(book))
    if not any(sheet.ready for sheet in book):
        return counted(text, "nothing_checked", waits)
    return " ".join(filter(None, (text["no_questions"], counted(text, "checks_wait", waits) if waits else "")))


def _named(names: Sequence[str], text: Mapping[str, Any]) -> str:
    """Two names, and how many more."""
    shown = ", ".join(names[:2])
    more = len(names) - 2
    return str(text["and_more"]).format(names=shown, count=more) if more > 0 else shown or str(text["nobody"])


def _day(day: datetime.date, text: Mapping[str, Any]) -> str:
    return str(text["day"]).format(day=day.day, month=text["months"][day.month - 1])


def _rows(wording: Wording, rows: Sequence[Row], question: Question, names: Sequence[str] = ()) -> Listing:
    asked = question.row.questions()
    names = names or [name for name, column in asked.items() if column.quick or name == question.row.named_by]
    columns = {name: asked[name] for name in [name for name in names if wording.shows(asked[name])][:MOST_COLUMNS]}
    lines = [
        tuple(
            wording.withheld(row, name) or wording.displayed(column, getattr(row, name), unit=row.unit_of(name)).words
            for name, column in columns.items()
        )
        for row in rows
    ]
    return _listing(tuple(column.title for column in columns.values()), [line for line in lines if any(line)])


def _listing(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Listing:
    return Listing(heads, tuple(rows[:MOST_ROWS]), max(0, len(rows) - MOST_ROWS))
