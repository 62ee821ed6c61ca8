"""What letters share: how somebody is addressed, who signs, and to whom whoever signs owes none."""

from __future__ import annotations

import re

from ctekit.analysis import participants
from ctekit.model.text import listed
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Paragraph, Words
from ctekit.papers._meeting import stacked
from ctekit.rules.reach import FAMILIES
from ctekit.worksheets.convener import Convener
from ctekit.worksheets.profile import Organization, Profile

_REMARK = re.compile(r"[(\[;]|,\s*(?=[^\W\d_])(?![A-ZÀ-Þ])")
"""Begins what people write behind a name: “(parent)”, “, shared with a student”; not “, Ph.D.” nor “Osei, Mirela”."""


def addressed(answers: Answers, person_id: str | None) -> str:
    """What somebody is called in a salutation: by name without remarks, else by what they do.

    Parameters
    ----------
    answers : Answers
    person_id : str or None
        Such as ``"s-3"``.

    Returns
    -------
    str
    """
    person = participants.people(answers.book).get(person_id or "")
    if person is None:
        return "partner"
    names = (_REMARK.split(words or "", maxsplit=1)[0].strip() for words in (person.name, person.role))
    return next(filter(None, names), "partner")


def dear(answers: Answers, *person_ids: str | None) -> Paragraph:
    """The salutation of a letter to people: "Dear Mirela Osei,".

    Parameters
    ----------
    answers : Answers
    *person_ids : str or None

    Returns
    -------
    Paragraph
    """
    return Paragraph(f"Dear {listed(addressed(answers, each) for each in person_ids)},")


def to_all(answers: Answers, organization: Organization, whom: str) -> Paragraph:
    """The salutation of a letter to an organization; families and learners are none, so whoever sits there gets it.

    Parameters
    ----------
    answers : Answers
    organization : Organization
    whom : str
        ``"all at"``, ``"the leaders of"``.

    Returns
    -------
    Paragraph
    """
    if organization.sector != FAMILIES:
        return Paragraph(f"To {whom} {answers.name(organization.id)},")
    active = participants.active_people(answers.book)
    theirs = [person.id for person in active if person.organization == organization.id]
    return dear(answers, *theirs) if theirs else Paragraph("To families and learners,")


def signed(answers: Answers, by: Words = "") -> tuple[Block, ...]:
    """The end of a letter: whoever leads, or somebody else, for the partnership.

    Parameters
    ----------
    answers : Answers
    by : Words
        Who signs; the person who leads if not told.

    Returns
    -------
    tuple of Block
    """
    who = by or answers.words(answers.book[Convener], "lead_person")
    return (Paragraph("With kind regards,"), Paragraph(stacked(who, answers.book[Profile].name or ""), is_signed=True))


def writes(answers: Answers, row_id: str) -> bool:
    """Whether a person or an organization is who signs: nobody writes to themselves.

    Parameters
    ----------
    answers : Answers
    row_id : str
        Such as ``"s-1"`` or ``"org-1"``.

    Returns
    -------
    bool
    """
    convener = answers.book[Convener]
    person = participants.people(answers.book).get(convener.lead_person or "")
    return row_id in (convener.lead_person, convener.lead, person and person.organization)
