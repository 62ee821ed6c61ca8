"""What the sheets of a kit say of a partnership: only what may be handed round, and of families only their seats."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ctekit.analysis import participants
from ctekit.export.kit._seats import Guest, sectors
from ctekit.model.paths import STORE_FILE
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Person, Profile
from ctekit.worksheets.purpose import Purpose

FAMILIES = "learners & families"


@dataclass(frozen=True)
class Names:
    """What a partnership has written that stands on sheets; "" and () where nothing is written.

    Attributes
    ----------
    partnership, pathway, region, sentence, languages : str
    lead, lead_person, front_door, front_door_address, facilitator : str
    promises : tuple of str
    guests : tuple of Guest
        Who is expected, with the letter of their sector. People of families and learners have no name here: nobody has
        been asked whether it may be printed.
    without_sector : tuple of str
        The organizations of guests whose badge has no name since the sector is not known: they may be families.
    """

    partnership: str = ""
    pathway: str = ""
    region: str = ""
    languages: str = ""
    sentence: str = ""
    promises: tuple[str, ...] = ()
    lead: str = ""
    lead_person: str = ""
    front_door: str = ""
    front_door_address: str = ""
    facilitator: str = ""
    guests: tuple[Guest, ...] = ()
    without_sector: tuple[str, ...] = ()


def names_of(folder: Path | None) -> Names:
    """Read the partnership of a folder; without a folder there are no names, and the sheets are blank."""
    if folder is None:
        return Names()
    from ctekit.store import open_store

    with closing(open_store(folder / STORE_FILE)) as store:
        return _names(store.load().public())


def _names(book: Workbook) -> Names:
    profile, purpose, convener = book[Profile], book[Purpose], book[Convener]
    people, organizations = participants.people(book), participants.organizations(book)

    def named(row: str | None) -> str:
        """A person's name, but for those of families and learners, and those who are here no more."""
        person = people.get(row or "")
        return (person.name or "") if person and _comes(person) and _may_be_named(book, person) else ""

    lead = organizations.get(convener.lead or "")
    expected = [person for person in profile.people if person.here_today is not False and _comes(person)]
    return Names(
        partnership=profile.name or "",
        pathway=profile.pathway or "",
        region=profile.region or "",
        languages=profile.languages or "",
        sentence=purpose.sentence or purpose.composed,
        promises=tuple(clause.promise for clause in purpose.clauses if clause.promise),
        lead=(lead and lead.name) or "",
        lead_person=named(convener.lead_person),
        front_door=book[Communication].front_door or "",
        front_door_address=book[Communication].front_door_address or "",
        facilitator=named(profile.facilitator),
        guests=tuple(_guest(book, person) for person in expected),
        without_sector=tuple(
            row.name
            for row in profile.organizations
            if row.name and not row.sector and any(person.organization == row.id for person in expected)
        ),
    )


def _comes(person: Person) -> bool:
    """Whether somebody may be expected: they have neither left nor said no."""
    return not participants.has_left(person) and person.status != "declined"


def _may_be_named(book: Workbook, person: Person) -> bool:
    """Not where they speak for families or learners, nor where nobody knows whom they come from."""
    return participants.sector(book, person) not in ("", FAMILIES) and not {"parents", "students"} & set(person.groups)


def _guest(book: Workbook, person: Person) -> Guest:
    letter = {sector.name: sector.letter for sector in sectors()}.get(participants.sector(book, person), "")
    if not _may_be_named(book, person):
        return Guest(letter)
    organization = participants.organizations(book).get(person.organization or "")
    return Guest(letter, person.name or "", (organization and organization.name) or "")
