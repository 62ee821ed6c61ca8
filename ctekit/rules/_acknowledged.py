"""Findings that somebody lets stand, with a note and a name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from ctekit.model.days import long_day, long_days
from ctekit.worksheets.plan import Plan

if TYPE_CHECKING:
    from ctekit.workbook import Workbook


@lru_cache(maxsize=8)
def acknowledgements(book: Workbook) -> Mapping[tuple[str, str, str], str]:
    """The note and name of each acknowledgement that has both, by code, place and words.

    The table is for the facilitator only, because it repeats the words of findings. Whoever reads a finding may read
    why it is let stand: so a public workbook asks the whole one, for words that it has found itself.
    """
    return {
        (
            rule_code(acknowledgement.rule),
            acknowledgement.place or "",
            stored_words(acknowledgement.said),
        ): f"{acknowledgement.note} ({book.name(acknowledgement.by)}"
        + (f", {long_day(acknowledgement.on)})" if acknowledgement.on else ")")
        for acknowledgement in book.whole[Plan].acknowledged
        if acknowledgement.note and acknowledgement.by
    }


def rule_code(typed: str | None) -> str:
    """A rule's code as somebody typed it."""
    return (typed or "").strip().upper()


def stored_words(words: str | None) -> str:
    """Words as they survive being typed: a store trims them and takes a line break for a space.

    What was let stand when findings still wrote days in digits stays let stand.
    """
    return " ".join(long_days(words or "").split())
