"""Who hears what: the audiences of each person, picked by name or meant by their sector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from ctekit.analysis import participants
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Audience, Communication


@lru_cache(maxsize=8)
def heard_in(book: Workbook) -> Mapping[str, tuple[Audience, ...]]:
    """For each person, the audiences they belong to."""
    heard: dict[str, list[Audience]] = {}
    for audience in book[Communication].audiences:
        for person in members(book, audience):
            heard.setdefault(person, []).append(audience)
    return {person: tuple(audiences) for person, audiences in heard.items()}


def members(book: Workbook, audience: Audience) -> Iterable[str]:
    """The ids of the people who hear something: those picked, else all of its sector who said yes.

    A mixed audience without names may be for anybody, so everybody counts as meant. Once all of the worksheet is done,
    names have been asked for, and only those picked count.
    """
    if audience.members or not audience.kind or book[Communication].is_ready("full"):
        return audience.members
    people = participants.active_people(book)
    return [person.id for person in people if audience.kind in ("mixed", participants.sector(book, person))]


def is_open(audience: Audience) -> bool:
    """Whether nobody can say yet who hears it: neither names nor who they are is written."""
    return bool(audience.audience and not audience.members and not audience.kind)
