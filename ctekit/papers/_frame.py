"""What every paper of a partnership has in common: whose it is, of which day, and that a sample is invented."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ctekit.model.text import clean, plain
from ctekit.papers._answers import Answers
from ctekit.papers._blocks import Block, Heading, Note, Paper, Table, Words
from ctekit.worksheets.communication import Communication
from ctekit.worksheets.profile import Profile

DRAFT = "Draft"
"""At the foot of what is not final."""
INVENTED = Note("An invented sample: every name and figure is made up, and so is the day above.")
"""Stands at the head of every paper of a sample. What is next in it is reckoned from that day, not from the clock's."""
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
    day = answers.book.day or NO_DAY
    return Paper(name, title, (*invented, *_headed(blocks)), partnership, day, subject, note, language="en-US")


def _headed(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks; a table that is called what the heading above it says does not show that again."""
    before: Block | None = None
    for block in blocks:
        doubles = isinstance(block, Table) and isinstance(before, Heading) and before.words == block.caption
        yield replace(block, is_headed=True) if doubles and isinstance(block, Table) else block
        before = block
