"""Rules 23 to 26, 29 and 39: everyone hears from the partnership, can answer, and sees the figures."""

from __future__ import annotations

from ctekit.analysis import audiences, participants
from ctekit.rules._places import answered, listed, should_be_active
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import DAYS, Audience, Communication
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.profile import Person, Profile
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles

HIGH = 4
FAMILIES = "learners & families"
CONVENER = "convener or intermediary"


def _of_families(book: Workbook, person: Person) -> bool:
    return participants.sector(book, person) == FAMILIES or bool({"parents", "students"} & set(person.groups))


def _monthly(audience: Audience) -> bool:
    return audience.how_often in DAYS and DAYS[audience.how_often] <= DAYS["monthly"]


@rule(
    "CM23",
    needs=(Profile, Communication),
    depth="quick",
    asks="How should they hear from us?",
    action="Ask {subject} how they want to hear from us",
)
def each_person_is_in_an_audience(book: Workbook) -> Found:
    """Each person who said yes is in at least one audience.

    Whoever hears nothing is lost before anybody notices. It is most often the families. After the quick questions all
    of a sector count as meant until names are picked, and whoever convenes is the one who tells; once all is done, the
    names alone.

    Source: coordinated and consistent communication,
    https://excelined.org/2018/05/30/askexcelined-what-are-key-elements-of-strong-cross-sector-partnerships-for-cte-programs/.
    """
    heard = audiences.heard_in(book)
    people = participants.active_people(book)
    if not people:
        yield Pending("Waits until somebody has said yes.")
    open_yet = [audience for audience in book[Communication].audiences if audiences.is_open(audience)]
    is_quick = not book[Communication].is_ready("full")
    if open_yet and is_quick:
        yield Pending(f"Waits until it is written who hears “{open_yet[0].audience}”.")
        return
    for person in people:
        convenes = is_quick and participants.sector(book, person) == CONVENER
        if person.id not in heard and not convenes:
            whence = f" of {book.name(person.organization)}" if person.organization else ""
            yield Finding(
                Communication.slug,
                "",
                "audiences",
                f"{book.name(person.id)}{whence} hears nothing from us: they are in no audience.",
                "Add them to an audience in worksheet 5, or write the one that is missing, with a way to answer.",
                subject=book.name(person.id),
            )


@rule(
    "CM24",
    needs=(Profile, Recruitment, Communication),
    severity="warning",
    depth="full",
    private=True,
    asks="When did we last speak with them?",
    action="Call {subject} once a month",
)
def key_people_are_met_every_month(book: Workbook) -> Found:
    """The people whom you manage closely can speak with you once a month or oftener.

    Much influence and much interest: if they drift, the partnership does. For the facilitator alone.

    Source: the grid of power and interest, https://m.turbidity.top/miroverse/stakeholder-mapping-mendelows-matrix;
    the month is ctekit's own.
    """
    heard = audiences.heard_in(book)
    active = participants.active_ids(book)
    rated = [invitation for invitation in book[Recruitment].invitations if invitation.influence and invitation.interest]
    if not rated:
        yield Pending("Waits until influence and interest are given for somebody.")
    key = [
        invitation.person
        for invitation in rated
        if min(invitation.influence or 0, invitation.interest or 0) >= HIGH and invitation.person in active
    ]
    for person in dict.fromkeys(key):
        if not any(audience.two_way and _monthly(audience) for audience in heard.get(person or "", ())):
            yield Finding(
                Communication.slug,
                "",
                "audiences",
                f"{book.name(person or '')} has high influence and high interest, and is in no audience that "
                "hears monthly and can answer.",
                "Add them to one that does, or call them once a month and write that down as an audience.",
                subject=book.name(person or ""),
            )


@rule(
    "CM25",
    needs=(Profile, Communication),
    asks="Who sends it, from this week on?",
    action="Ask one person to send news to {subject}",
)
def each_sender_has_said_yes(book: Workbook) -> Found:
    """Whoever sends a message is in the partnership.

    A message whose sender is gone is not sent.

    Source: ctekit's own, from practice.
    """
    sheet = book[Communication]
    if not any(audience.owner for audience in sheet.audiences) and not sheet.ready:
        yield Pending("Waits until an audience says who sends to it.")
    for audience in sheet.audiences:
        place = (Communication.slug, audience.id, "owner")
        if audience.owner:
            advice = "Ask them, or let somebody send it who has said yes."
            yield from should_be_active(
                book, place, audience.owner, f"sends news to “{book.name(audience.id)}”", advice
            )
        elif sheet.ready and audience.audience:
            yield Finding(
                *place,
                f"Nobody is named who sends news to “{audience.audience}”.",
                "Name one person, and another who steps in.",
            )


@rule(
    "CM26",
    needs=(Profile, Communication),
    severity="warning",
    depth="full",
    asks="Which language do they read, and on paper or on a phone?",
    action="Ask two families of {subject} which language they read, and on paper or on a phone",
)
def families_can_read_it(book: Workbook) -> Found:
    """What learners and families get has a language and a format.

    Judges the audiences that have a learner or family member. That nobody of them is in any is another rule's finding.

    Source: Title VI of the Civil Rights Act, which remains where orders about language access were withdrawn,
    https://eelp.law.harvard.edu/tracker/rollback-doj-rescinded-longstanding-limited-english-proficiency-lep-guidance-following-executive-order-14224;
    the test is ctekit's own.
    """
    families = {person.id for person in participants.active_people(book) if _of_families(book, person)}
    for audience in book[Communication].audiences:
        if audience.kind == FAMILIES or families & set(audience.members):
            for field, what in (("language", "language"), ("format", "format")):
                if audience.audience and not answered(audience, field):
                    yield Finding(
                        Communication.slug,
                        audience.id,
                        field,
                        f"“{audience.audience}” reaches learners or families; no {what} is written.",
                        "Ask them what they read, on what, and write it down.",
                    )


@rule(
    "CM29",
    needs=(Profile, Communication, Roles),
    severity="warning",
    depth="full",
    asks="How would they hear of it, and answer?",
    action="Ask {subject} how it wants to be asked and told",
)
def whoever_is_asked_or_told_is_reached(book: Workbook) -> Found:
    """Each organization that is asked before or told after a duty has somebody in an audience.

    For C, one where they can answer. A letter in a grid informs nobody.

    Source: reading a RACI grid across, https://trackplus.com/blog/en/raci-matrix-analysis/; the match with the
    communications plan is ctekit's own.
    """
    roles = book[Roles]
    informed: dict[str, list[str]] = {}
    asked: dict[str, list[str]] = {}
    for task in roles.tasks:
        for org, letters in roles.matrix.get(task.id, {}).items():
            if "I" in letters:
                informed.setdefault(org, []).append(task.id)
            if "C" in letters:
                asked.setdefault(org, []).append(task.id)
    if not informed and not asked:
        yield Pending("Waits until somebody is to be asked (C) or told (I) about a duty.")
    heard = audiences.heard_in(book)
    reached = participants.organizations_of(book, heard)
    answering = participants.organizations_of(
        book, (who for who, rows in heard.items() if any(row.two_way for row in rows))
    )
    for org in participants.organizations(book):
        if (org in informed or org in asked) and org not in reached:
            tasks = listed(map(book.name, dict.fromkeys((*asked.get(org, ()), *informed.get(org, ())))), 3)
            says = f"{book.name(org)} is to be asked or told about {tasks}, but nobody there is in an audience."
        elif org in asked and org not in answering:
            tasks = listed(map(book.name, asked[org]), 3)
            says = f"{book.name(org)} is to be asked about {tasks}, but hears from us only where it cannot answer."
        else:
            continue
        advice = "Add one of their people to an audience that can answer, or take out the C (asked) or I (told)."
        yield Finding(Communication.slug, "", "audiences", says, advice, subject=book.name(org))


@rule(
    "CM39",
    needs=(Communication, Metrics),
    severity="warning",
    depth="full",
    asks="Who could act on this figure, and when do they see it?",
    action="Settle who sees {subject}, and when first",
)
def each_measure_is_shown_to_somebody(book: Workbook) -> Found:
    """Each measure has an audience that sees it, and a first date.

    Figures nobody looks at cost as much as the others.

    Source: ctekit's own, from practice.
    """
    audiences_of: dict[str, list[Audience]] = {}
    for audience in book[Communication].audiences:
        for metric in audience.metrics:
            audiences_of.setdefault(metric, []).append(audience)
    measures = [metric for metric in book[Metrics].metrics if metric.name]
    if not measures:
        yield Pending("Waits until a measure is written.")
    undated: dict[str, list[str]] = {}
    for measure in measures:
        shown_to = audiences_of.get(measure.id, [])
        if not shown_to:
            yield Finding(
                Metrics.slug,
                measure.id,
                "name",
                f"Nobody is to see the figures of “{measure.name}”: no audience does.",
                "Pick it in worksheet 5 at an audience that can do something about it.",
            )
        elif not any(audience.first_on for audience in shown_to):
            undated.setdefault(shown_to[0].id, []).append(book.name(measure.id))
    for row, names in undated.items():
        says = f"“{book.name(row)}” is to see {listed(names, 3)}, and nobody has said when first."
        yield Finding(Communication.slug, row, "first_on", says, "Write the first date.")
