"""Rules 12 to 14, 51 and 52: needs come before names, and the essential ones are covered."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.model.text import count, quotation
from ctekit.rules._places import NO_NAMES, answered, has_no_names, listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Invitation, Recruitment
from ctekit.worksheets.roles import Roles


@rule(
    "RE12",
    needs=(Profile, Recruitment),
    depth="quick",
    asks="Who asks, and by when?",
    action="Ask {subject}",
)
def each_must_have_is_covered(book: Workbook) -> Found:
    """Each must-have need has as many people who said yes as it takes.

    An essential that nobody has agreed to give is where the plan breaks.

    Source: define the support needed before approaching anyone,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/.
    """
    musts = [need for need in book[Recruitment].needs if need.support and need.priority == "must"]
    if not musts:
        yield Pending("Waits until a need is marked as a must.")
    if has_no_names(book):
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
                f"“{need.support}” is a must and takes {count(wanted, 'person', 'people')}; {len(yes)} said yes{who}.",
                f"Ask {listed(rest)} again, or somebody else."
                if rest
                else "Think of somebody who could meet it, and ask.",
                subject=f"{listed(rest) or 'one more person'} for {quotation(need.support)}",
            )


@rule(
    "RE13",
    needs=(Profile, Recruitment),
    severity="warning",
    depth="full",
    asks="What did we hope they would bring?",
    action="Ask {subject} what they would like to bring",
)
def each_person_meets_a_need(book: Workbook) -> Found:
    """Each person was asked for at least one need.

    Names before needs fill a room with people who do not know why they came.

    Source: fix why, how, what and when before who, a step often skipped,
    https://excelined.org/2018/06/28/3-steps-to-recruit-the-right-stakeholders-for-career-and-technical-education/.
    """
    sheet = book[Recruitment]
    needs = {need.id for need in sheet.needs}
    people = [person for person in book[Profile].people if person.name and person.status not in ("declined", "left")]
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
                f"{person.name} is on the list, and it is not said which need they meet.",
                "Say which need they could meet; if there is none, thank them and ask nothing.",
                subject=person.name or "",
            )


@rule(
    "RE14",
    needs=(Profile, Recruitment, Roles),
    severity="warning",
    depth="full",
    asks="Did they agree to do this?",
    action="Ask those who do {subject} whether they agreed to it",
)
def each_duty_is_with_those_recruited_for_it(book: Workbook) -> Found:
    """Each organization that answers for a duty or does it has somebody recruited for that need.

    Whoever was asked for one thing and finds another on their desk does not stay long.

    Source: ctekit's own, from practice.
    """
    roles = book[Roles]
    needed = [task for task in roles.tasks if task.task and task.need]
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
                f"{listed(map(book.name, unprepared))} {'has' if len(unprepared) == 1 else 'have'} the duty "
                f"“{task.task}”; "
                f"nobody there was asked to help with the need it serves, “{book.name(task.need or '')}”.",
                "Ask somebody there, give the duty (its A or R) to another partner, or correct the need.",
            )


@rule(
    "RE51",
    needs=(Recruitment, Roles),
    severity="warning",
    depth="full",
    asks="What has to be done about this need, and who does it?",
    action="Propose a duty that meets {subject}, and a partner to answer for it",
)
def each_need_has_a_duty(book: Workbook) -> Found:
    """Each must-have need has a duty that meets it.

    People who came for a need and find nothing to do go home. A need that is no must may be met without a duty.

    Source: ctekit's own, from practice.
    """
    needs = [need for need in book[Recruitment].needs if need.support and need.priority == "must"]
    met = {task.need for task in book[Roles].tasks if task.task}
    if not needs:
        yield Pending("Waits until a need is marked as a must.")
    for need in needs:
        if need.id not in met:
            says = f"Nothing is to be done yet about the must-have need {quotation(need.support)}: no duty meets it."
            yield Finding(
                Recruitment.slug, need.id, "support", says, "Write the duty in worksheet 6, or strike the need."
            )


@rule(
    "RE52",
    needs=(Profile, Recruitment),
    severity="hint",
    depth="quick",
    asks="Which of us would they call back?",
    action="Find somebody to ask {subject}",
)
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
        yield Finding(
            Recruitment.slug, alone[0].id, "asked_by", says, "Name someone whom they would call back.", subject=who
        )


def _still_to_ask(book: Workbook, invitation: Invitation) -> bool:
    """Whether somebody of the list has said neither yes nor no."""
    person = participants.people(book).get(invitation.person or "")
    if person is None or participants.has_left(person) or person.id in participants.active_ids(book):
        return False
    return person.status != "declined" and invitation.answer != "no"
