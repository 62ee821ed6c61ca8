"""What the foot of each page says: when the answers were saved, and what was left out, and why."""

from __future__ import annotations

import datetime

from ctekit.analysis import disclosure
from ctekit.model.clock import time_of_day
from ctekit.model.days import long_day
from ctekit.site._says import Says
from ctekit.workbook import Workbook

_CONFIDENCE = (
    "Said in confidence: who scored whom, how candidates rank, how people see the partnership, what sway they have, "
    "whether it is worth it for a partner today, contacts and notes."
)
_QUOTATIONS = "Said to the partnership: what partners gain, in their own words."
_NAMES = "Theirs to say yes to: the names of people who have not said yes to being named."
_FINDINGS = "For those who can mend it: what the check found. What is open is told as what is to be done."
_LESSON = "For those who fill in worksheets: the lessons of the notebooks."


def left_out(says: Says) -> str:
    """What a reader does not find on a page, and why, in a few sentences."""
    least = disclosure.threshold(says.book)
    small = f"So that nobody is known by them: counts of fewer than {least} people, and what would give them away."
    for_the_public = (_QUOTATIONS, _NAMES) if says.reader == "public" else ()
    sentences = (small,) if says.is_facilitator else (_CONFIDENCE, *for_the_public, _FINDINGS, _LESSON, small)
    return f"Left out here. {' '.join(sentences)}"


def saved(book: Workbook) -> str:
    """What the page was made from, in words."""
    then = f"As it stood on {long_day(book.as_it_stood_on)}" if book.as_it_stood_on else ""
    if not book.saved_at:
        return f"{then}: nothing had been saved yet." if then else ""
    at = datetime.datetime.fromisoformat(book.saved_at)
    at = at.astimezone() if at.tzinfo else at  # by this computer's clock, as whoever was in the room knows it
    words = f"s saved at {time_of_day(at)} on {long_day(at)}."
    return f"{then}: a{words}" if then else f"A{words}"
