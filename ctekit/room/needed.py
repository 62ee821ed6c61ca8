"""What a run needs that nobody has written yet, told before the block in which it would be missed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ctekit import ratings, rounds
from ctekit.model.errors import CtekitError
from ctekit.room.offers import Offer, offers
from ctekit.room.run_words import text
from ctekit.workbook import Workbook
from ctekit.workshop.block import Block
from ctekit.workshop.run import Run


def missing(book: Workbook, blocks: Iterable[Block], lang: str = "en") -> list[str]:
    """What has to be written so that all buttons of some blocks work.

    Parameters
    ----------
    book : Workbook
    blocks : iterable of Block
    lang : str
        Of the sentences; titles of blocks stay as they are.

    Returns
    -------
    list of str
        A sentence each, in the order of the blocks; what has to be there before the meeting begins stands first.
    """
    before: list[str] = []
    during: list[str] = []
    for block in blocks:
        for activity in block.activities:
            for offer in offers(activity, lang):
                if offer.act == "open" and (words := _lacks(book, block, offer, text(lang))):
                    (before if offer.fields["about"] == ratings.SLIP else during).append(words)
    return list(dict.fromkeys([*before, *during]))


def of_run(book: Workbook, run: Run, lang: str = "en") -> list[str]:
    """What is missing for the rest of a run; once its first block is over, for the block that is on and the next.

    Parameters
    ----------
    book : Workbook
    run : Run
    lang : str

    Returns
    -------
    list of str
        As for `missing`.
    """
    if run.ended:
        return []
    at = run.blocks.index(run.now) if run.now else 0
    coming = [block for block in run.blocks[at:] if block.key not in run.progress.skipped]
    begins = all(block.before for block in run.blocks[:at])
    return missing(book, coming if begins else coming[:2], lang)


def _lacks(book: Workbook, block: Block, offer: Offer, words: Mapping[str, Any]) -> str:
    about, what = offer.fields["about"], offer.fields.get("what", "")
    if about == ratings.SLIP:
        named = any(row.name for row in book.rows("profile.organizations"))
        return "" if named else str(words["lacks_organizations"]).format(block=block.title)
    try:
        title, options = rounds.asked(book, about, what)
        ratings.questions(about, options, title)
    except CtekitError:
        return str(words["lacks_list"]).format(block=block.title, button=offer.label.partition(": ")[2])
    return ""
