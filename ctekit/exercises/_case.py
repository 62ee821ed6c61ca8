"""Harrow Bend for practice: the invented sample at a moment of its life, and short ways to look into it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ctekit import samples, worksheets
from ctekit.analysis import participants
from ctekit.exercises._task import Feedback, Mistake, Praise
from ctekit.model.text import listed
from ctekit.samples import Answers
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Action, Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.roles import Roles

QUARTER = datetime.timedelta(days=90)


def harrow_bend(as_of: str, without: Iterable[str] = (), name: str = "clean") -> Answers:
    """The sample on a day, with some of its nine defects left in.

    Parameters
    ----------
    as_of : str
        The day on which the exercise plays, such as ``"2026-12-01"``.
    without : iterable of str
        Fixes that are not made, such as ``["D1"]``.
    name : str
        Another sample than ``clean``.
    """
    fixes = [f"D{number}" for number in range(1, 10) if f"D{number}" not in set(without)]
    answers = samples.read(name, fixes if name == "clean" else None)
    answers["profile"] |= {"name": "Harrow Bend (practice)", "as_of": as_of, "invented_sample": True}
    return answers


def row(answers: Answers, slug: str, row_id: str) -> dict[str, Any]:
    """One row of plain answers, to change in place."""
    table = worksheets.called(slug).table_of(row_id)
    match: dict[str, Any] = next(row for row in answers[slug][table] if row["id"] == row_id)
    return match


def gone(answers: Answers, day: str, *people: str) -> None:
    """Let people leave on a day."""
    for person in people:
        row(answers, "profile", person).update(status="left", left_on=day)


def letters(book: Workbook, task: str) -> Mapping[str, str]:
    """The letters of one duty, by organization; only where there are any."""
    return {org: cell for org, cell in book[Roles].matrix.get(task, {}).items() if cell}


def holders(book: Workbook, task: str, letter: str) -> list[str]:
    """The organizations that hold a letter on a duty."""
    return [org for org, cell in letters(book, task).items() if letter in cell]


def organization_of(book: Workbook, person: str | None) -> str:
    """The organization a person comes from; "" when not known."""
    participant = participants.people(book).get(person or "")
    return (participant and participant.organization) or ""


def names(book: Workbook, ids: Iterable[str]) -> str:
    """Names in a row: "A, B and C"."""
    return listed(map(book.name, ids))


def new_rows(now: tuple[Any, ...], before: tuple[Any, ...]) -> list[Any]:
    """The rows of a table that were added or changed."""
    by_id = {row.id: row for row in before}
    return [row for row in now if row != by_id.get(row.id)]


def actions(book: Workbook) -> tuple[Action, ...]:
    """The 90-day plan."""
    return book[Plan].actions


def promised(book: Workbook, action: Action) -> Iterator[Mistake]:
    """What keeps an action from being a promise: no name, a name that is gone, no day, a day too far off."""
    day = book[Profile].as_of or datetime.date(2026, 10, 1)
    what = f"“{action.action or 'The action'}”"
    if not action.action:
        yield Mistake(
            "empty-action", "An action has no words yet. Begin with a verb: what will be there when it is done?"
        )
    if not action.owner:
        yield Mistake("no-owner", f"{what} has nobody's name on it. An action for all is an action for nobody.")
    elif participants.standing(book, action.owner) != "active":
        yield Mistake(
            "owner-gone",
            f"{what} stands under {book.name(action.owner)}, who {participants.why_not(book, action.owner)}. "
            "Pick somebody who is there to do it.",
        )
    if not action.by:
        yield Mistake("no-day", f"{what} has no day. Without one nobody can be late, and nobody will be on time.")
    elif action.by > day + QUARTER:
        yield Mistake("too-late", f"{what} is due on {action.by}, more than 90 days off. What can be done sooner?")
    elif action.by < day:
        yield Mistake("in-the-past", f"{what} is due on {action.by}. In this case it is {day} already.")


def kept(book: Workbook, actions: Iterable[Action]) -> Feedback:
    """Actions that are promises, and what is missing from the others."""
    for action in actions:
        wrong = list(promised(book, action))
        if wrong:
            yield from wrong
        else:
            yield Praise(f"“{action.action}” has a name, {book.name(action.owner or '')}, and a day, {action.by}.")
