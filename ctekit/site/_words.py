"""What the foot of each page says: when the answers were saved, and what was left out, and why."""

from __future__ import annotations

import datetime

from ctekit.analysis import disclosure
from ctekit.model.clock import time_of_day
from ctekit.model.days import long_day
from ctekit.site._says import Says
from ctekit.workbook import Workbook

_CONFIDENCE = (
    "We leave out what people said in confidence: who scored whom, how candidates rank, how people see the "
    "partnership, what sway they have, whether it pays a partner today, contacts and notes."
)
_QUOTATIONS = "We leave out what partners gain, in their own words: they said it to the partnership."
_NAMES = "We leave out the names of people who have not agreed to be named."
_FINDINGS = "What our check of the answers found is here only as things to do."
_LESSON = "The lessons of the notebooks are for those who fill in worksheets."


def left_out(says: Says) -> str:
    """What a reader does not find on a page, and why, in a few sentences."""
    least = disclosure.threshold(says.book)
    small = (
        f"We leave out counts of fewer than {least} people, and counts that give those away, so nobody is picked out."
    )
    for_the_public = (_QUOTATIONS, _NAMES) if says.reader == "public" else ()
    sentences = (small,) if says.is_facilitator else (_CONFIDENCE, *for_the_public, _FINDINGS, _LESSON, small)
    return " ".join(sentences)


def saved(book: Workbook) -> str:
    """What the page was made from, in words."""
    then = f"As it stood on {long_day(book.as_it_stood_on)}" if book.as_it_stood_on else ""
    if not book.saved_at:
        return f"{then}: nothing had been saved yet." if then else ""
    at = datetime.datetime.fromisoformat(book.saved_at)
    at = at.astimezone() if at.tzinfo else at  # by this computer's clock
    zone = f" {at.tzname()}" if at.tzinfo else ""  # a hub's clock is seldom the reader's
    words = f"s saved at {time_of_day(at)}{zone} on {long_day(at)}."
    return f"{then}: a{words}" if then else f"A{words}"
