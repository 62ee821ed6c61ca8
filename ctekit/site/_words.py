"""What the foot of each page says: when the answers were saved, and what was left out, and why."""

from __future__ import annotations

import datetime

from ctekit.analysis import disclosure
from ctekit.model.clock import time_of_day
from ctekit.model.days import long_day
from ctekit.site._says import Says
from ctekit.workbook import Workbook

_CONFIDENCE = (
    "who scored whom and how candidates rank, how people see the partnership and what sway they have, whether it is "
    "worth it for a partner today, contacts and notes, because they were said in confidence"
)
_LESSON = "the lessons of the notebooks, because they are for those who fill in worksheets"
_FINDINGS = "what the check found, because it is for those who can mend it; what is open is told as questions"
_NAMES = "names of people who have not said yes to being named"


def left_out(says: Says) -> str:
    """What a reader does not find on a page, and why, in a sentence."""
    least = disclosure.threshold(says.book)
    small = (
        f"counts of fewer than {least} people, and what would give them away, because somebody could be known by them"
    )
    names = (_NAMES,) if says.reader == "public" else ()
    parts = (small,) if says.is_facilitator else (*names, _CONFIDENCE, _FINDINGS, _LESSON, small)
    return f"Left out: {'; '.join(parts)}."


def saved(book: Workbook) -> str:
    """What the page was made from, in words."""
    then = f"As it stood on {long_day(book.as_it_stood_on)}" if book.as_it_stood_on else ""
    if not book.saved_at:
        return f"{then}: nothing had been saved yet." if then else ""
    at = datetime.datetime.fromisoformat(book.saved_at)
    zone = " UTC" if at.tzinfo else ""
    at = at.astimezone(datetime.UTC) if at.tzinfo else at
    words = f"s saved at {time_of_day(at, seconds=True)}{zone} on {long_day(at)}, revision {book.revision}."
    return f"{then}: a{words}" if then else f"A{words}"
