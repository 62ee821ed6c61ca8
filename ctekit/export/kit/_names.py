"""What the sheets of a kit say of a partnership: only what may be handed round, and of families only their seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ctekit.export.kit._seats import Guest, sectors
from ctekit.model.paths import STORE_FILE
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Organization, Person, Profile
from ctekit.worksheets.purpose import Purpose

FAMILIES = "learners & families"
GONE = ("declined", "left")


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


def names_of(folder: Path | None) -> Names:
    """Read the partnership of a folder; without a folder there are no names, and the sheets are blank."""
    if folder is None:
        return Names()
    from ctekit.store import open_store

    return _names(open_store(folder / STORE_FILE).load().public())


def _names(book: Workbook) -> Names:
    profile, purpose, convener = book[Profile], book[Purpose], book[Convener]
    organizations = {organization.id: organization for organization in profile.organizations}
    people = {person.id: person for person in profile.people}

    def called(row: str | None, rows: Mapping[str, Organization | Person]) -> str:
        return (rows[row].name or "") if row and row in rows else ""

    def adult(row: str | None) -> str:
        """A person's name, but for those of families and learners."""
        person = people.get(row or "")
        return (person.name or "") if person and _sector(person, organizations) not in ("", FAMILIES) else ""

    return Names(
        partnership=profile.name or "",
        pathway=profile.pathway or "",
        region=profile.region or "",
        languages=profile.languages or "",
        sentence=purpose.sentence or purpose.composed,
        promises=tuple(clause.promise for clause in purpose.clauses if clause.promise),
        lead=called(convener.lead, organizations),
        lead_person=adult(convener.lead_person),
        front_door=book[Communication].front_door or "",
        front_door_address=book[Communication].front_door_address or "",
        facilitator=adult(profile.facilitator),
        guests=_guests(profile.people, organizations),
    )


def _guests(people: Sequence[Person], organizations: Mapping[str, Organization]) -> tuple[Guest, ...]:
    letters = {sector.name: sector.letter for sector in sectors()}
    coming = [person for person in people if person.here_today is not False and person.status not in GONE]
    guests = []
    for person in coming:
        sector = _sector(person, organizations)
        organization = organizations.get(person.organization or "")
        if sector in ("", FAMILIES):
            guests.append(Guest(letters.get(sector, "")))
        else:
            guests.append(Guest(letters[sector], person.name or "", (organization and organization.name) or ""))
    return tuple(guests)


def _sector(person: Person, organizations: Mapping[str, Organization]) -> str:
    """The sector of a person's organization; "" where nobody knows, which is treated like a family's."""
    organization = organizations.get(person.organization or "")
    return (organization and organization.sector) or ""
