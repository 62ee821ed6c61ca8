"""Agreements for learners at work, one for each host: the host's part is filled, the learner's part stays blank."""

from __future__ import annotations

from collections.abc import Iterator

from ctekit.analysis import participants
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Fields, Heading, Note, Paper, Paragraph, Signature, Table
from ctekit.papers._frame import file_name, framed, front_door
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.profile import Organization, Profile
from ctekit.worksheets.roles import Roles
from ctekit.worksheets.value import Value

TITLE = "Work-based-learning agreements"
ABOUT = (
    "For each host, an agreement and a checklist of the site. The learner's part is blank: write no name into a file."
)

SITE = (
    "Somebody who supervises the learner is named, and knows what the learner may do",
    "The learner is never alone with a machine or with one adult out of sight",
    "The learner has been shown exits, first aid, alarms and whom to call",
    "Protective gear fits, is worn and costs the learner nothing",
    "No task and no hour is one that federal or state law forbids at the learner's age",
    "It is settled in writing who pays for an accident: workers' compensation, liability",
    "The site and the way to it work for a learner with a disability",
    "Learner and family know how to say that something is wrong, and to whom",
    "Background checks are done where the district or the state asks for them",
    "Nobody takes or shares pictures of the learner without a written yes",
)
"""What somebody looks at before a learner comes. States ask for more, each its own."""


def papers(answers: Answers) -> tuple[Paper, ...]:
    """Make an agreement for each organization that gives places to learn at work.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    tuple of Paper
    """
    hosts = {row.organization for row in answers.book[Value].exchanges if row.kind == "work-based-learning places"}
    return tuple(
        framed(
            answers,
            file_name("work-site", answers.name(row.id), row.id),
            "Work-based-learning agreement",
            ABOUT,
            _blocks(answers, row),
            note="Draft for counsel",
        )
        for row in answers.book[Profile].organizations
        if row.id in hosts
    )


def _blocks(answers: Answers, host: Organization) -> Iterator[Block]:
    name, blank = answers.name(host.id), ""
    places = [
        row
        for row in answers.book[Value].exchanges
        if row.organization == host.id and row.kind == "work-based-learning places"
    ]
    people = participants.people_of(answers.book, host.id)
    contacts = answers.names(person.id for person in people if not participants.has_left(person))
    yield Note("A form to print. Fill in the learner's part by hand, and keep it where your school keeps such papers.")
    yield Heading("1 The host")
    pledged = [(answers.words(row, "gives"), ", ", answers.words(row, "how_much")) for row in places]
    yield Fields(
        (
            ("Host", name),
            *(("Places", words) for words in pledged),
            *(("From", answers.words(row, "by")) for row in places[:1]),
            ("Speaks for the host", contacts),
            ("Supervisor at the site", blank),
            ("Address of the site", blank),
        )
    )
    yield Heading("2 The learner and the school")
    labels = (
        "Learner",
        "School and program",
        "Teacher who visits",
        "From, until",
        "Days and hours",
        "Paid, and how much",
    )
    yield Fields(tuple((label, blank) for label in labels))
    yield Heading("3 What was agreed for all learners at work sites", begins_page=True)
    yield Paragraph(answers.words(answers.book[Roles], "riders"))
    yield Fields(
        (
            ("In an emergency", answers.words(answers.book[Communication], "emergency")),
            ("For all other questions", front_door(answers)),
        )
    )
    for party in (f"For {name}", "For the school", "Learner", "Parent or guardian, where the learner is a minor"):
        yield Signature(party, (("Name in print", blank), ("Signature", blank), ("Date", blank)))
    yield Heading("Checklist of the site", begins_page=True)
    yield Paragraph("Somebody of the school goes there and looks before the first day. Ask your state what it adds.")
    rows = tuple((item, blank, blank) for item in SITE)
    yield Table(
        "Before a learner comes", ("What to look at", "Yes or no", "What is to be done"), rows, (11, 3, 6), is_form=True
    )
    yield Fields((("Looked at by", blank), ("On", blank)))
