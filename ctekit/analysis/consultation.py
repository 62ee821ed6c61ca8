"""Which of the groups that federal law wants heard have somebody who speaks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from ctekit.analysis import participants
from ctekit.workbook import Workbook
from ctekit.worksheets.national_lists import ConsultationGroup
from ctekit.worksheets.recruitment import Group, Recruitment

Consulted = Literal["reached", "does not apply", "nobody yet"]


def consulted(book: Workbook) -> Mapping[str, Consulted]:
    """Where each group stands.

    Parameters
    ----------
    book : Workbook

    Returns
    -------
    mapping of str to str
        Every group: ``"reached"`` where somebody who said yes speaks for it, ``"does not apply"`` where the partnership
        says so, else ``"nobody yet"``.
    """
    active = participants.active_people(book)
    speaking = {group for person in active for group in person.groups}
    ids = {person.id for person in active}
    rows = book[Recruitment].groups
    speaking |= {row.group for row in rows if row.group and ids.intersection(row.who)}
    aside = {row.group for row in rows if row.does_not_apply or _is_set_aside(row)}
    return {
        group: "reached" if group in speaking else "does not apply" if group in aside else "nobody yet"
        for group in get_args(ConsultationGroup)
    }


def _is_set_aside(row: Group) -> bool:
    return any(mark.kind == "does not apply" and mark.because for mark in row.marks.values())
