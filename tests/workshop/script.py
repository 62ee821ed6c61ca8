"""What a lead says and does on any path, sentence by sentence: nothing of it may stand where everybody reads."""

from __future__ import annotations

import re

from ctekit import workshop

FROM_WORDS = 7
"""Shorter sentences are anybody's, such as a question of a worksheet."""


def sentences() -> set[str]:
    """Each longer sentence of every script."""
    words: list[str] = []
    for agenda in map(workshop.load, workshop.NAMES):
        words += [trouble.do for trouble in agenda.trouble]
        for block in agenda.blocks:
            words += [*block.words, *(step.do for step in block.steps), *(trouble.do for trouble in block.trouble)]
            words += [step.do for variant in block.tables for card in variant.cards for step in card.steps]
    parts = [part for text in words for part in re.split(r"(?<=[.?!]) ", text)]
    return {part for part in parts if len(part.split()) > FROM_WORDS}


def told_in(text: str) -> list[str]:
    """The sentences that this text tells."""
    plain = _plain(text)
    return sorted(sentence for sentence in sentences() if _plain(sentence) in plain)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.casefold()).strip()
