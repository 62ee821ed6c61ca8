"""Rules 12 to 17, 51 and 52: needs come before names, the essential ones are covered, and no sector is left out."""

from __future__ import annotations

from typing import get_args

from ctekit.analysis import participants
from ctekit.model.text import quotation
from ctekit.rules._places import answered, listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import ConsultationGroup, Profile, Sector
from ctekit.worksheets.recruitment import Group, Invitation, Recruitment
from ctekit.worksheets.roles import Roles

CROSS_SECTOR: tuple[Sector, ...] = ("K-12", "postsecondary", "business & industry")
BUSINESS: Sector = "business & industry"
BUSINESS_FLOOR = 30
"""Percent, where the profile does not say."""

NOBODY_YET = Pending("Waits until somebody has said yes.")
NO_NAMES = Pending("Waits until somebody is to be asked.")


def _has_no_names(book: Workbook) -> bool:
    """Whether a room has written needs and not come to names: that is to do, and no fault of each need."""
    sheet = book[Recruitment]
    return sheet.ready == "quick" and not any(invitation.person for invitation in sheet.invitations)


@rule("RE12", needs=(Profile, Recruitment), depth="quick")
def each_must_have_is_covered(book: Workbook) -> Found:
    """Each must-have need has as many people who said yes as it takes.

    An essential that nobody has agreed to give is where the plan breaks.

    Source: define the support needed before approaching anyone,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/.
    """
    musts = [need for need in book[Recruitment].needs if need.support and need.priority == "must"]
    if not musts:
        yield Pending("Waits until a need is marked as a must.")
    if _has_no_names(book):
        yield NO_NAMES
        return
    active = participants.active_ids(book)
    for need in musts:
        invited = participants.recruited(book).get(need.id, ())
        yes = [person for person in invited if person in active]
        wanted = need.at_least or 1
        if len(yes) < wanted:
            who = f" ({listed(map(book.name, yes))})" if yes else ""
            rest = [book.name(person) for person in invited if person not in active]
            yield Finding(
                Recruitment.slug,
                need.id,
                "at_least",
                f"“{need.support}” is a must and takes {wanted}; {len(yes)} said yes{who}.",
                f"Ask {listed(rest)} again, or somebody else."
                if rest
                else "Think of somebody who could meet it, and ask.",
            )


@rule("RE13", needs=(Profile, Recruitment), severity="warning", depth="full")
def each_person_meets_a_need(book: Workbook) -> Found:
    """Each person was asked for at least one need.

    Names before needs fill a room with people who do not know why they came.

    Source: fix why, how, what and when before who, a step often skipped,
    https://excelined.org/2018/06/28/3-steps-to-recruit-the-right-stakeholders-for-career-and-technical-education/.
    """
    sheet = book[Recruitment]
    needs = {need.id for need in sheet.needs}
    people = [one for one in book[Profile].people if one.name and one.status not in ("declined", "left")]
    if not people:
        yield Pending("Waits until a person is on the list.")
    rows: dict[str, str] = {}
    met: set[str] = set()
    for invitation in sheet.invitations:
        rows.setdefault(invitation.person or "", invitation.id)
        if needs & set(invitation.needs):
            met.add(invitation.person or "")
    for person in people:
        if person.id not in met:
            row = rows.get(person.id, "")
            yield Finding(
                Recruitment.slug,
                row,
                "needs" if row else "invitations",
                f"{person.name} is on the list and meets no need.",
                "Say which need they could meet; if there is none, thank them and ask nothing.",
            )


@rule("RE14", needs=(Profile, Recruitment, Roles), severity="warning", depth="full")
def each_duty_is_with_those_recruited_for_it(book: Workbook) -> Found:
    """Each organization that answers for a duty or does it has somebody recruited for that need.

    Whoever was asked for one thing and finds another on their desk does not stay long.

    Source: ctekit's own, from practice.
    """
    roles = book[Roles]
    needed = [one for one in roles.tasks if one.task and one.need]
    if not needed:
        yield Pending("Waits until a duty names the need it serves.")
    active = participants.active_ids(book)
    for task in needed:
        prepared = participants.organizations_of(book, participants.recruited(book).get(task.need or "", ()))
        holders = [org for org, letters in roles.matrix.get(task.id, {}).items() if set("AR") & set(letters)]
        unprepared = [org for org in holders if org in active and org not in prepared]
        if unprepared:
            yield Finding(
                Roles.slug,
                task.id,
                "need",
                f"“{task.task}” serves the need “{book.name(task.need or '')}”; nobody who said yes at "
                f"{listed(map(book.name, unprepared))} was asked for it.",
                "Ask somebody there for this need, move the A or R, or correct the need.",
            )


@rule("RE15", needs=(Profile, Recruitment), depth="quick")
def school_college_and_business_are_in(book: Workbook) -> Found:
    """K-12, postsecondary and business have each said yes.

    A partnership across sectors with one of the three missing is a club.

    Source: schools and firms use different vocabularies and priorities,
    https://education.report/trending-news/what-makes-a-successful-cte-partnership; the test is ctekit's own.
    """
    if _has_no_names(book):
        yield NO_NAMES
        return
    present = {organization.sector for organization in participants.active_organizations(book)}
    for sector in CROSS_SECTOR:
        if sector not in present:
            known = [
                organization.name or organization.id
                for organization in book[Profile].organizations
                if organization.sector == sector
            ]
            yield Finding(
                Recruitment.slug,
                "",
                "invitations",
                f"No organization of the sector {sector} has somebody who said yes"
                + (f"; on the list: {listed(known)}." if known else "; none is on the list."),
                "Ask one for a need that it could meet.",
            )


@rule("RE16", needs=(Profile, Recruitment), severity="warning", depth="full")
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
        people = speakers.get(group, set()) | ({one for one in row.who if one in active} if row else set())
        place = (Recruitment.slug, row.id, "who") if row else (Recruitment.slug, "", "groups")
        if row and _set_aside(row):
            continue
        if not people and row and row.does_not_apply:
            says = f"“{group}” is said not to apply, without a reason."
            yield Finding(Recruitment.slug, row.id, "because", says, "Write the reason, in words a reviewer accepts.")
        elif not people:
            says = f"Nobody who said yes speaks for “{group}”."
            yield Finding(*place, says, "Ask somebody who can speak for it, or say why it does not apply.")
        elif group == BUSINESS and len(firms := participants.organizations_of(book, people)) < 2:
            says = f"For “{group}” only {listed(map(book.name, firms)) or 'one person'} speaks."
            yield Finding(*place, says, "Ask a second firm: the law says a range of businesses.")


def _set_aside(row: Group) -> bool:
    """Whether a group was said not to apply, with a reason: by its answers, or by a mark on any of them."""
    marked = any(mark.kind == "does not apply" and mark.because for mark in row.marks.values())
    return bool(marked or (row.does_not_apply and row.because))


@rule("RE17", needs=(Profile, Recruitment), severity="hint", depth="quick")
def business_has_its_share(book: Workbook) -> Found:
    """Business people make up at least the share of the partnership that you set.

    Counted over the people who said yes; left blank, the floor is 30%. A chamber that convenes counts as a convener.

    Source: a partnership led by business has more leaders from firms than public partners,
    https://nextgensectorpartnerships.com/next-gen-indicators; the floor is ctekit's own.
    """
    people = participants.active_people(book)
    if not people or _has_no_names(book):
        yield NOBODY_YET if not people else NO_NAMES
        return
    given = book[Profile].business_floor
    floor = BUSINESS_FLOOR if given is None else given
    business = [person for person in people if participants.sector(book, person) == BUSINESS]
    if 100 * len(business) < floor * len(people):
        who = f" ({listed(person.name or person.id for person in business)})" if business else ""
        yield Finding(
            Recruitment.slug,
            "",
            "invitations",
            f"{len(business)} of the {len(people)} people who said yes come from business{who}: "
            f"{100 * len(business) // len(people)}%. {'The usual' if given is None else 'Your'} floor is {floor}%.",
            "Ask one of the firms who else should be there, and let that firm do the asking.",
        )


@rule("RE51", needs=(Recruitment, Roles), severity="warning", depth="full")
def each_need_has_a_duty(book: Workbook) -> Found:
    """Each need has a duty that meets it.

    People who came for a need and find nothing to do go home.

    Source: ctekit's own, from practice.
    """
    needs = [need for need in book[Recruitment].needs if need.support]
    met = {task.need for task in book[Roles].tasks if task.task}
    if not needs:
        yield Pending("Waits until a need is written.")
    for need in needs:
        if need.id not in met:
            says = f"No duty meets the need {quotation(need.support)}."
            yield Finding(
                Recruitment.slug, need.id, "support", says, "Write the duty in worksheet 6, or strike the need."
            )


@rule("RE52", needs=(Profile, Recruitment), severity="hint", depth="quick")
def somebody_asks_each_person(book: Workbook) -> Found:
    """Each person who has not said yes is asked by somebody else.

    An invitation that nobody carries is not sent. It works best from someone they would call back.

    Source: ctekit's own, from practice.
    """
    invited = [invitation for invitation in book[Recruitment].invitations if invitation.person]
    if not invited:
        yield NO_NAMES
    alone = [
        invitation
        for invitation in invited
        if _still_to_ask(book, invitation)
        and (invitation.asked_by == invitation.person or not answered(invitation, "asked_by"))
    ]
    if alone:
        who = listed(book.name(invitation.person or "") for invitation in alone)
        says = f"Nobody else is named to ask {who}."
        yield Finding(Recruitment.slug, alone[0].id, "asked_by", says, "Name someone whom they would call back.")


def _still_to_ask(book: Workbook, invitation: Invitation) -> bool:
    """Whether somebody of the list has said neither yes nor no."""
    person = participants.people(book).get(invitation.person or "")
    if person is None or participants.has_left(person) or person.id in participants.active_ids(book):
        return False
    return person.status != "declined" and invitation.answer != "no"
