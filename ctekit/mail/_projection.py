"""What one partner may know in a mailed file, as a workbook of its own: nothing else of the file reads the real one.

It is an allow-list. A question that is added tomorrow is in no mailed file until it is named here. One of rows for
which a partner itself answers (what it gives, who signs for it, its credit) is in that partner's, unless it is private.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ctekit.model.worksheet import Mark, Row
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.metrics import Metric, Metrics
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Organization, Profile
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles, Task
from ctekit.worksheets.value import Value

R = TypeVar("R", bound=Row)


def for_partner(book: Workbook, organization: str) -> Workbook:
    """The answers that one organization is sent.

    Parameters
    ----------
    book : Workbook
        With whatever is private; nothing of that is taken.
    organization : str
        The id of the organization.

    Returns
    -------
    Workbook
        Its own name, people, gifts, duties, signatories and credit; what its people were asked for, what they answered,
        and the actions they took on; the names of measures, the partnership and its front door. Whatever points to
        anything else is blank.
    """
    public = book.public()
    own = [row for row in public[Profile].organizations if row.id == organization]
    people = [row for row in public[Profile].people if row.organization == organization]
    metrics = [Metric(id=row.id, name=row.name) for row in public[Metrics].metrics]
    ids = {organization, *(row.id for row in (*people, *metrics))}
    roles = public[Roles]
    matrix = {
        task.id: {organization: letters}
        for task in roles.tasks
        if (letters := roles.matrix.get(task.id, {}).get(organization))
    }
    profile = Profile(
        name=public[Profile].name,
        organizations=tuple(Organization(id=row.id, name=row.name) for row in own),
        people=tuple(_only(row, ("name", "organization", "role", "left_on", "taken_over_by"), ids) for row in people),
        credits=tuple(_pruned(row, ids) for row in public[Profile].credits if row.college == organization),
    )
    front = public[Communication]
    return Workbook(
        {
            "profile": profile,
            "communication": Communication(front_door=front.front_door, front_door_address=front.front_door_address),
            "metrics": Metrics(metrics=tuple(metrics)),
            "value": Value(exchanges=_own(public[Value].exchanges, organization, ids)),
            "roles": Roles(
                tasks=tuple(Task(id=task.id, task=task.task) for task in roles.tasks if task.id in matrix),
                matrix=matrix,
                signatories=_own(roles.signatories, organization, ids),
            ),
            "recruitment": Recruitment(
                invitations=tuple(
                    _only(row, ("person", "ask", "answer"), ids)
                    for row in public[Recruitment].invitations
                    if row.person in ids and row.ask
                )
            ),
            "plan": Plan(
                actions=tuple(
                    _only(row, ("action", "owner", "by", "done"), ids)
                    for row in public[Plan].actions
                    if row.owner in ids
                )
            ),
        }
    )


def _own(rows: Iterable[R], organization: str, ids: set[str]) -> tuple[R, ...]:
    return tuple(_pruned(row, ids) for row in rows if getattr(row, "organization", None) == organization)


def _only(row: R, fields: Sequence[str], ids: set[str]) -> R:
    """A row with some of its answers, and what is said of those that are not there yet."""
    marks = {name: mark for name, mark in row.marks.items() if name in fields}
    values = {name: getattr(row, name) for name in fields}
    return _pruned(type(row)(id=row.id, marks=marks, **values), ids)


def _pruned(row: R, ids: set[str]) -> R:
    """A row without what points elsewhere."""
    changed: dict[str, object] = {}
    for name, question in row.questions().items():
        value = getattr(row, name)
        if question.is_reference and value:
            inside = tuple(part for part in ([value] if isinstance(value, str) else value) if part in ids)
            changed[name] = (inside[0] if inside else None) if isinstance(value, str) else inside
    changed["marks"] = {name: _without_others(mark, ids) for name, mark in row.marks.items()}
    return row.model_copy(update=changed)


def _without_others(mark: Mark, ids: set[str]) -> Mark:
    return mark if mark.whom is None or mark.whom in ids else mark.model_copy(update={"whom": None})
