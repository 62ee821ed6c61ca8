"""What every paper of a partnership has in common: whose it is, of which day, and that a sample is invented."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from ctekit.model.text import clean, plain
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Note, Paper, Words
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.profile import Profile

DRAFT = "Draft"
"""At the foot of what is not final."""
INVENTED = Note("An invented sample: every name and figure is made up.")
"""Stands at the head of every paper of a sample."""
_LONGEST = 40
NO_DAY = datetime.date(1980, 1, 1)
"""Of a paper without any saved answer; also the first day that a zip file knows."""


def file_name(kind: str, name: str, row_id: str) -> str:
    """What the file of a paper about one row is called: ``partner-castellan-gear-7``; no two rows share one.

    Parameters
    ----------
    kind : str
        What it is: ``"partner"``.
    name : str
        What people call the row.
    row_id : str
        Such as ``"org-7"``.

    Returns
    -------
    str
    """
    words = re.sub(r"[^a-z0-9]+", "-", plain(name))[:_LONGEST].strip("-")
    return "-".join(part for part in (kind, words, row_id.rpartition("-")[2]) if part)


def front_door(answers: Answers) -> Words:
    """Where to write or call: the front door and its address.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    Words
    """
    front = answers.book[Communication]
    return (answers.words(front, "front_door"), ", ", answers.words(front, "front_door_address"))


def framed(answers: Answers, name: str, title: str, subject: str, blocks: Iterable[Block], note: str = DRAFT) -> Paper:
    """A paper of this partnership.

    Parameters
    ----------
    answers : Answers
    name, title, subject : str
        See `Paper`.
    blocks : iterable of Block
    note : str
        What stands at its foot.

    Returns
    -------
    Paper
    """
    profile = answers.book[Profile]
    invented = (INVENTED,) if profile.invented_sample else ()
    partnership = clean(profile.name or "A partnership without a name yet")
    return Paper(
        name, title, (*invented, *blocks), partnership, answers.book.day or NO_DAY, subject, note, language="en-US"
    )
