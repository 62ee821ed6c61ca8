"""Who is in: which people and organizations count as active, who votes, who was recruited for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from ctekit.model.days import long_day
from ctekit.model.worksheet import Depth
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Organization, Person, Profile
from ctekit.worksheets.recruitment import Recruitment

ParticipationStatus = Literal["active", "not active", "unknown"]
"""Unknown is neither: nobody has said yet, so a contradiction cannot be told."""

_ANSWERS = {"yes": "has said yes", "no": "has said no", "waiting": "has not answered yet"}


@lru_cache(maxsize=8)
def people(book: Workbook) -> Mapping[str, Person]:
    """Every person of the profile, by id."""
    return {person.id: person for person in book[Profile].people}


@lru_cache(maxsize=8)
def organizations(book: Workbook) -> Mapping[str, Organization]:
    """Every organization of the profile, by id."""
    return {organization.id: organization for organization in book[Profile].organizations}


@lru_cache(maxsize=8)
def _answers(book: Workbook) -> Mapping[str, str]:
    """What each person who was invited says; one yes is enough."""
    answers: dict[str, str] = {}
    for invitation in book[Recruitment].invitations:
        if invitation.person and invitation.answer and answers.get(invitation.person) != "yes":
            answers[invitation.person] = invitation.answer
    return answers


@lru_cache(maxsize=8)
def _standings(book: Workbook) -> Mapping[str, ParticipationStatus]:
    return {
        person.id: "not active" if has_left(person) else _standing(person, _answers(book).get(person.id))
        for person in book[Profile].people
    }


def _standing(person: Person, answer: str | None) -> ParticipationStatus:
    """Who came stands for "said yes" until something else is written."""
    if person.status:
        return "active" if person.status == "confirmed" else "not active"
    if answer:
        return "active" if answer == "yes" else "not active"
    return "active" if person.here_today else "unknown"


def in_their_place(book: Workbook, person: Person) -> str:
    """Who somebody is and where from: "Dana Ruiz of Tri-Fork"; the public may know them by their place alone.

    Parameters
    ----------
    book : Workbook
    person : Person

    Returns
    -------
    str
        The place is said once.
    """
    name, place = book.name(person.id), book.name(person.organization) if person.organization else ""
    return name if not place or name.endswith(place) else f"{name} of {place}"


def has_left(person: Person | None) -> bool:
    """Whether somebody was in the partnership and is no more."""
    return person is not None and (person.status == "left" or bool(person.left_on and not person.status))


def settled(book: Workbook, depth: Depth = "quick") -> bool:
    """Whether the list of people is marked ready to check: from then on "nobody has said" means "not active"."""
    return book[Profile].is_ready(depth) and book[Recruitment].is_ready(depth)


def standing(book: Workbook, row_id: str) -> ParticipationStatus:
    """Where we stand with a person, or with an organization through its people.

    Parameters
    ----------
    book : Workbook
    row_id : str
        ``"s-3"`` or ``"org-3"``. One that is no longer in the profile is not active.

    Returns
    -------
    str
        ``"active"``: confirmed; or no status, and an invitation answered yes, or else here today. An organization:
        somebody there is.
        ``"unknown"`` only until the list of people is settled.
    """
    if row_id in people(book):
        status = _standings(book)[row_id]
    elif row_id in organizations(book):
        of_theirs = {_standings(book)[person.id] for person in people_of(book, row_id)} or {"unknown"}
        status = "active" if "active" in of_theirs else "unknown" if "unknown" in of_theirs else "not active"
    else:
        return "not active"
    return "not active" if status == "unknown" and settled(book) else status


def why_not(book: Workbook, row_id: str) -> str:
    """In words, why a person or an organization does not count as active; a clause that follows the name."""
    person = people(book).get(row_id)
    if person is None:
        if row_id not in organizations(book):
            return "is no longer on the list"
        return "has nobody confirmed" if people_of(book, row_id) else "has nobody on the list of people"
    if has_left(person):
        return f"left on {long_day(person.left_on)}" if person.left_on else "has left"
    if person.status:
        return {"to ask": "has not been asked", "asked": "was asked and has not confirmed"}.get(
            person.status, f"has {person.status}"
        )
    return _ANSWERS.get(_answers(book).get(row_id, ""), "has not said yes")


@lru_cache(maxsize=8)
def _by_organization(book: Workbook) -> Mapping[str, tuple[Person, ...]]:
    people: dict[str, list[Person]] = {}
    for person in book[Profile].people:
        if person.organization:
            people.setdefault(person.organization, []).append(person)
    return {organization: tuple(those) for organization, those in people.items()}


def people_of(book: Workbook, organization: str) -> tuple[Person, ...]:
    """The people of one organization, active or not."""
    return _by_organization(book).get(organization, ())


@lru_cache(maxsize=8)
def active_people(book: Workbook) -> tuple[Person, ...]:
    """The people who said yes, in the order of the profile."""
    return tuple(person for person in book[Profile].people if _standings(book)[person.id] == "active")


@lru_cache(maxsize=8)
def active_organizations(book: Workbook) -> tuple[Organization, ...]:
    """The organizations with at least one active person."""
    theirs = {person.organization for person in active_people(book)}
    return tuple(organization for organization in book[Profile].organizations if organization.id in theirs)


def organizations_of(book: Workbook, person_ids: Iterable[str]) -> set[str]:
    """The organizations of those among these people who are active."""
    active = _active_by_id(book)
    people = (active[id] for id in person_ids if id in active)
    return {person.organization for person in people if person.organization}


@lru_cache(maxsize=8)
def _active_by_id(book: Workbook) -> Mapping[str, Person]:
    return {person.id: person for person in active_people(book)}


def sector(book: Workbook, person: Person) -> str:
    """The sector of a person's organization; "" when not known."""
    organization = organizations(book).get(person.organization or "")
    return (organization and organization.sector) or ""


def votes(book: Workbook, organization: Organization) -> bool | None:
    """Whether an organization votes. A vote is the organization's: a person's answer counts where it says nothing."""
    if organization.votes is not None:
        return organization.votes
    return True if any(person.votes for person in people_of(book, organization.id)) else None


@lru_cache(maxsize=8)
def voters(book: Workbook) -> tuple[Organization, ...]:
    """The active organizations that vote, one vote each."""
    return tuple(organization for organization in active_organizations(book) if votes(book, organization))


@lru_cache(maxsize=8)
def recruited(book: Workbook) -> Mapping[str, tuple[str, ...]]:
    """For each need, the ids of the people invited for it, active or not."""
    invited: dict[str, list[str]] = {}
    for invitation in book[Recruitment].invitations:
        for need in invitation.needs:
            if invitation.person and invitation.person not in invited.setdefault(need, []):
                invited[need].append(invitation.person)
    return {need: tuple(those) for need, those in invited.items()}


@lru_cache(maxsize=8)
def active_ids(book: Workbook) -> frozenset[str]:
    """The ids of all active people and organizations."""
    return frozenset(row.id for row in (*active_people(book), *active_organizations(book)))
