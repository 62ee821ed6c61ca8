"""Rules 15 to 17: schools, colleges and business are in, every group is consulted, and business has its share."""

from __future__ import annotations

from typing import get_args

from ctekit.analysis import participants
from ctekit.rules._places import NO_NAMES, has_no_names, listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.national_lists import ConsultationGroup
from ctekit.worksheets.profile import Profile, Sector
from ctekit.worksheets.recruitment import Group, Recruitment

CROSS_SECTOR: tuple[Sector, ...] = ("K-12", "postsecondary", "business & industry")
BUSINESS: Sector = "business & industry"
BUSINESS_FLOOR = 30
"""Percent, where the profile does not say."""

NOBODY_YET = Pending("Waits until somebody has said yes.")


@rule(
    "RE15",
    needs=(Profile, Recruitment),
    depth="quick",
    asks="Whom do we know there, and who calls them?",
    action="Ask one organization of {subject} to join",
)
def school_college_and_business_are_in(book: Workbook) -> Found:
    """K-12, postsecondary and business have each said yes.

    A partnership across sectors with one of the three missing is a club.

    Source: schools and firms use different vocabularies and priorities,
    https://education.report/trending-news/what-makes-a-successful-cte-partnership; the test is ctekit's own.
    """
    if has_no_names(book):
        yield NO_NAMES
        return
    present = {organization.sector for organization in participants.active_organizations(book)}
    for sector in CROSS_SECTOR:
        if sector not in present:
            names = [
                book.name(organization.id)
                for organization in book[Profile].organizations
                if organization.sector == sector
            ]
            yield Finding(
                Recruitment.slug,
                "",
                "invitations",
                f"No organization of the sector {sector} has somebody who said yes"
                + (f"; on the list: {listed(names)}." if names else "; none is on the list."),
                "Ask one for a need that it could meet.",
                subject=f"the sector {sector}",
            )


@rule(
    "RE16",
    needs=(Profile, Recruitment),
    severity="warning",
    depth="full",
    asks="Who can speak for them, and who asks?",
    action="Ask somebody to speak for {subject}",
)
def each_group_is_consulted_or_does_not_apply(book: Workbook) -> Found:
    """Each group that federal law wants heard has somebody who speaks for it, or a reason why it does not apply.

    The duty lies on the district or college; this is a record that can support it, never "consultation complete".
    For business the law says a range: two firms at least.

    Source: Perkins V, section 134(d), 20 U.S.C. 2354 (its list of groups from memory, to be confirmed with your state).
    """
    rows = {row.group: row for row in book[Recruitment].groups if row.group}
    active = participants.active_ids(book)
    speakers: dict[str, set[str]] = {}
    for person in participants.active_people(book):
        for group in person.groups:
            speakers.setdefault(group, set()).add(person.id)
    for group in get_args(ConsultationGroup):
        row = rows.get(group)
        people = speakers.get(group, set()) | ({person for person in row.who if person in active} if row else set())
        place = (Recruitment.slug, row.id, "who") if row else (Recruitment.slug, "", "groups")
        if row and _set_aside(row):
            continue
        if not people and row and row.does_not_apply:
            says = f"“{group}” is said not to apply, without a reason."
            advice = "Write the reason, in words a reviewer accepts."
            yield Finding(Recruitment.slug, row.id, "because", says, advice, subject=f"“{group}”")
        elif not people:
            says = f"Nobody who said yes speaks for “{group}”."
            yield Finding(
                *place, says, "Ask somebody who can speak for it, or say why it does not apply.", subject=f"“{group}”"
            )
        elif group == BUSINESS and len(firms := participants.organizations_of(book, people)) < 2:
            says = f"For “{group}” only {listed(map(book.name, firms)) or 'one person'} speaks."
            yield Finding(*place, says, "Ask a second firm: the law says a range of businesses.", subject=f"“{group}”")


def _set_aside(row: Group) -> bool:
    """Whether a group was said not to apply, with a reason: by its answers, or by a mark on any of them."""
    marked = any(mark.kind == "does not apply" and mark.because for mark in row.marks.values())
    return bool(marked or (row.does_not_apply and row.because))


@rule(
    "RE17",
    needs=(Profile, Recruitment),
    severity="hint",
    depth="quick",
    asks="Which firm here could bring in another one?",
    action="Ask a firm that is here to bring a second one",
)
def business_has_its_share(book: Workbook) -> Found:
    """Business people make up at least the share of the partnership that you set.

    Counted over the people who said yes; left blank, the floor is 30%. A chamber that convenes counts as a convener.

    Source: a partnership led by business has more leaders from firms than public partners,
    https://nextgensectorpartnerships.com/next-gen-indicators; the floor is ctekit's own.
    """
    people = participants.active_people(book)
    if not people or has_no_names(book):
        yield NOBODY_YET if not people else NO_NAMES
        return
    own_floor = book[Profile].business_floor
    floor = BUSINESS_FLOOR if own_floor is None else own_floor
    business = [person for person in people if participants.sector(book, person) == BUSINESS]
    if 100 * len(business) < floor * len(people):
        who = f" ({listed(book.name(person.id) for person in business)})" if business else ""
        yield Finding(
            Recruitment.slug,
            "",
            "invitations",
            f"{len(business)} of the {len(people)} people who said yes come from business{who}: "
            f"{100 * len(business) // len(people)}%. "
            f"{'The usual' if own_floor is None else 'Your'} least share is {floor}%.",
            "Ask one of the firms who else should be there, and let that firm do the asking.",
        )
