"""Rules 43 to 45: the lists hold each name once, nothing points to a row that is gone, and the pathway goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ctekit.model import text
from ctekit.model.questions import Question
from ctekit.model.text import quotation
from ctekit.model.worksheet import Row, Worksheet
from ctekit.rules._places import listed
from ctekit.rules._rule import Finding, Found, Pending, rule
from ctekit.workbook import Workbook
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.pathway import Step
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Organization, Person, Profile
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Value

SAID_ELSEWHERE = {
    ("convener", "lead"),
    ("convener", "stand_in"),
    ("purpose", "decider"),
    ("communication", "owner"),
    ("communication", "front_door_person"),
    ("metrics", "owner"),
    ("metrics", "steward"),
    ("metrics", "agreement"),
    ("metrics", "feeds"),
    ("roles", "person"),
    ("plan", "owner"),
}
"""Worksheet and field of which another rule already says that what it names is gone."""


@rule(
    "PR43",
    needs=(Profile, Convener, Purpose, Recruitment, Value, Communication, Roles, Metrics, Plan),
    severity="warning",
    asks="What should stand there now?",
    action="Settle what to put in place of a row that was taken out: {subject}",
)
def nothing_points_to_a_removed_row(book: Workbook) -> Found:
    """Nothing points to a row that was taken out.

    Whoever took the row out did not see what hung on it. Its name stays readable until you put another in its place.
    Where another rule already says so, this one is silent.

    Source: ctekit's own, from practice.
    """
    if not book.row_by_id:
        yield Pending("Waits until a table has a row.")
    for sheet in book:
        yield from _dangling(book, sheet, sheet, "", _pointers(sheet.slug, type(sheet)))
        for name, table in sheet.tables().items():
            pointers = _pointers(sheet.slug, table.row)
            for row in sheet.rows(name) if pointers else ():
                yield from _dangling(book, sheet, row, row.id, pointers, table.private)


@cache
def _pointers(slug: str, model: type[Worksheet | Row]) -> tuple[tuple[str, Question], ...]:
    """The questions of a worksheet or row that are answered with rows of a table."""
    return tuple(
        (field, question)
        for field, question in model.questions().items()
        if question.is_reference and (slug, field) not in SAID_ELSEWHERE
    )


def _dangling(
    book: Workbook,
    sheet: Worksheet,
    part: Worksheet | Row,
    row: str,
    pointers: tuple[tuple[str, Question], ...],
    private: bool = False,
) -> Iterator[Finding]:
    for field, question in pointers:
        references = getattr(part, field)
        if not references:
            continue
        gone = [
            id_
            for id_ in ((references,) if isinstance(references, str) else references)
            if id_ not in book.row_by_id and id_ not in question.also
        ]
        if gone:
            named = row and (not isinstance(part, Row) or part.named_by != field)
            where = f" of {quotation(book.name(row))}" if named else ""
            says = f"“{question.title.rstrip('?')}”{where} points to {listed(map(book.name, gone))}."
            advice = "Pick another row, or leave it blank."
            yield Finding(sheet.slug, row, field, says, advice, private or question.private)


@rule(
    "PR44",
    needs=(Profile,),
    severity="warning",
    asks="Are these two, or one?",
    action="Keep one row of {subject} and take the other out",
)
def each_is_on_the_list_once(book: Workbook) -> Found:
    """Each organization and each person is on the list once.

    Written twice, one of the two gets the duties and the other gets the mail. Two people of one name are told apart by
    their organization.

    Source: ctekit's own, from practice.
    """
    sheet = book[Profile]
    if not sheet.organizations and not sheet.people:
        yield Pending("Waits until an organization or a person is on the list.")
    organizations: dict[str, list[Organization]] = {}
    for organization in sheet.organizations:
        organizations.setdefault(text.key(organization.name), []).append(organization)
    people: dict[str, list[Person]] = {}
    for person in sheet.people:
        people.setdefault(f"{text.key(person.name)}|{person.organization}" if person.name else "", []).append(person)
    yield from _twice(organizations)
    yield from _twice(people)


def _twice(groups: Mapping[str, Sequence[Organization | Person]]) -> Iterator[Finding]:
    for name, rows in groups.items():
        if name and len(rows) > 1:
            says = f"“{rows[0].name}” is on the list {len(rows)} times."
            advice = "Keep the row that others point to and take the other out; or write what tells the two apart."
            yield Finding(Profile.slug, rows[1].id, "name", says, advice)


@rule(
    "PR45",
    needs=(Profile,),
    severity="warning",
    depth="quick",
    asks="Where does a learner go from there?",
    action="Ask the school or college where {subject} leads",
)
def a_job_can_be_reached_from_each_step(book: Workbook) -> Found:
    """From each step of the pathway a learner can reach a job.

    A step that leads nowhere, or round in a circle, is where learners are lost. While no step says what it leads to,
    each leads to the one below it.

    Source: career pathways as connected steps that lead to work,
    https://careertech.org/what-we-do/career-clusters;
    the test is ctekit's own.
    """
    steps = [step for step in book[Profile].steps if step.step]
    if not steps:
        yield Pending("Waits until a step of the pathway is written.")
    following = book[Profile].onward
    arriving = _arriving(steps, following)
    for step in steps:
        if step.id not in arriving:
            onward = [book.name(after) for after in following[step.id]]
            what = f"leads to {listed(map(quotation, onward))}, and from there to no job" if onward else "leads nowhere"
            says = f"{quotation(step.step)} {what}."
            advice = "Say which step comes next, or which job a learner can take."
            yield Finding(Profile.slug, step.id, "job", says, advice)


def _arriving(steps: list[Step], onward: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The steps from which a job can be reached: found backward from those that name one."""
    before: dict[str, list[str]] = {}
    for step in steps:
        for following in onward[step.id]:
            before.setdefault(following, []).append(step.id)
    arriving = {step.id for step in steps if step.job}
    waiting = list(arriving)
    while waiting:
        earlier = [step for step in before.get(waiting.pop(), ()) if step not in arriving]
        arriving.update(earlier)
        waiting += earlier
    return arriving
