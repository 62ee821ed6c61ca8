"""Rules 56 to 58: a named person stands behind the A, no partner is idle, and no promise hangs on one."""

from __future__ import annotations

from ctekit.analysis import participants
from ctekit.model.text import quotation
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles


@rule(
    "RO56",
    needs=(Profile, Roles),
    severity="warning",
    asks="Which person answers for it, and at which partner?",
    action="Settle which person answers for {subject}",
)
def the_person_belongs_to_whoever_answers(book: Workbook) -> Found:
    """The person who answers for a duty belongs to the organization that answers for it (A).

    Otherwise one is called and another is blamed.

    Source: ctekit's own, from practice.
    """
    roles, people = book[Roles], participants.people(book)
    judged = False
    for task in roles.tasks:
        holders = [org for org, letters in roles.matrix.get(task.id, {}).items() if "A" in letters]
        if not task.person or not holders:
            continue
        judged = True
        person = people.get(task.person)
        place = (Roles.slug, task.id, "person")
        if person is None:
            says = f"{book.name(task.person)} answers for “{book.name(task.id)}” and is no longer on the list."
            yield Finding(*place, says, f"Name somebody of {book.name(holders[0])}.")
        elif person.organization and person.organization not in holders:
            says = (
                f"{participants.in_their_place(book, person)} answers for "
                f"“{book.name(task.id)}”, but that is the duty of {book.name(holders[0])}."
            )
            yield Finding(
                *place,
                says,
                f"Name somebody of {book.name(holders[0])}, or give the A (answers for it) to the other organization.",
            )
    if not judged:
        yield Pending("Waits until a duty names the organization (A) and the person who answer for it.")


@rule(
    "RO57",
    needs=(Profile, Roles),
    severity="hint",
    depth="full",
    asks="Which duty would they like a part in?",
    action="Ask {subject} which duty it would like to help with",
)
def each_partner_stands_in_the_grid(book: Workbook) -> Found:
    """Each partner who said yes has a part in at least one duty.

    An empty column is a partner who comes to meetings. Ask what they would like to do before they stop coming.

    Source: reading a RACI grid down, https://geratools.com/raci-matrix-builder; the test is ctekit's own.
    """
    roles, partners = book[Roles], participants.active_organizations(book)
    if not partners or not any(roles.matrix.values()):
        yield Pending("Waits until a partner has said yes and somebody has a part in a duty.")
        return
    standing = {org for task in roles.tasks for org, letters in roles.matrix.get(task.id, {}).items() if letters}
    for organization in partners:
        if organization.id not in standing:
            says = f"{book.name(organization.id)} has said yes, and has no part in any duty."
            advice = "Ask which duty it would do, help with, or be asked about."
            yield Finding(Roles.slug, "", "matrix", says, advice, subject=book.name(organization.id))


@rule(
    "RO58",
    needs=(Purpose, Recruitment, Roles),
    severity="hint",
    depth="full",
    asks="Who else could do a part of it?",
    action="Ask a second partner to work on {subject}",
)
def no_promise_hangs_on_one_partner(book: Workbook) -> Found:
    """At least two organizations are at work on each promise.

    Follows a promise over its needs to the duties, and counts who answers for them or does them. What one partner does
    alone is its program, and ends with it.

    Source: mutually reinforcing activities, https://fsg.org/blog/evolving-our-understanding-backbone-organizations/;
    the number is ctekit's own.
    """
    roles = book[Roles]
    promise_of = {need.id: need.promise for need in book[Recruitment].needs}
    working: dict[str, set[str]] = {}
    for task in roles.tasks:
        promise = promise_of.get(task.need or "")
        if promise:
            letters = roles.matrix.get(task.id, {})
            working.setdefault(promise, set()).update(
                org for org, assigned in letters.items() if set("AR") & set(assigned)
            )
    if not any(working.values()):
        yield Pending("Waits until somebody answers for (A) or does (R) a duty that serves a promise.")
        return
    for clause in book[Purpose].clauses:
        if clause.promise and len(working.get(clause.id, ())) == 1:
            (alone,) = working[clause.id]
            says = f"Only {book.name(alone)} is at work on the promise {quotation(clause.promise)}."
            yield Finding(Purpose.slug, clause.id, "promise", says, "Ask a second partner to do a part of it.")
