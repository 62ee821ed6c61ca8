"""Rule 41: nobody who left still holds a duty."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.model.worksheet import Worksheet
from ctekit.rules._engine import Finding, Found, Pending, rule
from ctekit.rules._places import listed
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


@rule("ME41", needs=(Profile, Convener, Purpose, Communication, Roles, Metrics, Plan))
def nobody_who_left_holds_a_duty(book: Workbook) -> Found:
    """Nobody who left the partnership still holds a duty.

    People change jobs every year; the plan must notice. What they did stays written, what goes on needs a new name.

    Source: leadership turnover among the troubles JFF listed for Delaware Pathways,
    https://careertech.org/resource/propelling-college-and-career-success-the-role-of-strategic-partnerships-in-scaling-delaware-pathways;
    the test is ctekit's own.
    """
    if not participants.people(book):
        yield Pending("Waits until a person is on the list.")
        return
    left = {
        person.id: person
        for person in book[Profile].people
        if person.status == "left" or (person.left_on and not person.status)
    }
    for kind, table, fields in DUTIES if left else ():
        sheet = book[kind]
        for row in sheet.rows(table) if table else (sheet,):
            if isinstance(row, Action) and row.done:
                continue
            for field in fields:
                held = getattr(row, field)
                gone = [left[one] for one in ((held,) if isinstance(held, str) else held or ()) if one in left]
                if gone:
                    yield _finding(book, kind, row.id if table else "", field, gone)


def _finding(book: Workbook, kind: type[Worksheet], row: str, field: str, gone: list[Person]) -> Finding:
    who = listed(f"{person.name or person.id}, who {participants.why_not(book, person.id)}," for person in gone)
    stands = f"{who} still {'stands' if len(gone) == 1 else 'stand'} under"
    where = f" of “{book.name(row)}”" if row else ""
    heirs = listed(dict.fromkeys(book.name(person.taken_over_by) for person in gone if person.taken_over_by))
    return Finding(
        kind.slug,
        row,
        field,
        f"{stands} “{kind.question(field, row).title.rstrip('?')}”{where}.",
        f"Put {heirs} there, who takes over." if heirs else "Put somebody else there, or leave it open until you know.",
    )
