"""Rule 41: nobody who left still holds a duty."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.analysis import participants
from ctekit.model.worksheet import Worksheet
from ctekit.rules._places import listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Action, Plan
from ctekit.worksheets.profile import Person, Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.roles import Roles

DUTIES: tuple[tuple[type[Worksheet], str, tuple[str, ...]], ...] = (
    (Profile, "", ("facilitator", "scribe", "co_facilitators")),
    (Convener, "", ("lead_person", "stand_in")),
    (Purpose, "decisions", ("decider", "advice_from")),
    (Purpose, "disputes", ("who",)),
    (Communication, "", ("front_door_person",)),
    (Communication, "audiences", ("owner", "backup", "members")),
    (Roles, "tasks", ("person",)),
    (Metrics, "metrics", ("owner", "steward")),
    (Plan, "actions", ("owner",)),
    (Plan, "asks_of_state", ("contact",)),
)
"""Duties that go on: worksheet, table ("" for the worksheet itself), fields. History (confirmed by, asked by) stays."""


@rule(
    "ME41",
    needs=(Profile, Convener, Purpose, Communication, Roles, Metrics, Plan),
    asks="Who takes over?",
    action="Settle who takes over from {subject}",
)
def nobody_who_left_holds_a_duty(book: Workbook) -> Found:
    """Nobody who left the partnership still holds a duty.

    People change jobs every year; the plan must notice. What they did stays written, what goes on needs a new name. Of
    one who left, each worksheet gives one finding, which names all they still hold there.

    Source: leadership turnover among the troubles JFF listed for Delaware Pathways,
    https://careertech.org/resource/propelling-college-and-career-success-the-role-of-strategic-partnerships-in-scaling-delaware-pathways;
    the test is ctekit's own.
    """
    if not participants.people(book):
        yield Pending("Waits until a person is on the list.")
        return
    left = {person.id: person for person in book[Profile].people if participants.has_left(person)}
    for kind in dict.fromkeys(kind for kind, _, _ in DUTIES) if left else ():
        duties: dict[str, list[tuple[str, str]]] = {person: [] for person in left}
        for person, row, field in _duties(book[kind]):
            if person in left:
                duties[person].append((row, field))
        for person, places in duties.items():
            if places:
                yield _finding(book, kind, left[person], places)


def _duties(sheet: Worksheet) -> Iterator[tuple[str, str, str]]:
    """Person, row and field of each duty of a worksheet. One pass over its rows, however many people left."""
    for _, table, fields in (duty for duty in DUTIES if duty[0] is type(sheet)):
        for row in sheet.rows(table) if table else (sheet,):
            if isinstance(row, Action) and row.done:
                continue
            for field in fields:
                value = getattr(row, field)
                for person in (value,) if isinstance(value, str) else dict.fromkeys(value or ()):
                    yield person, (row.id if table else ""), field


def _finding(book: Workbook, kind: type[Worksheet], person: Person, places: list[tuple[str, str]]) -> Finding:
    who = f"{book.name(person.id)}, who {participants.why_not(book, person.id)},"
    duties = [
        f"“{kind.question(field, row).title.rstrip('?')}”" + (f" of “{book.name(row)}”" if row else "")
        for row, field in places
    ]
    heir = book.name(person.taken_over_by) if person.taken_over_by else ""
    return Finding(
        kind.slug,
        *places[0],
        f"{who} is still named under {listed(duties, 4)}.",
        f"Put {heir} there, who takes over." if heir else "Put somebody else there, or leave it open until you know.",
        subject=book.name(person.id),
    )
