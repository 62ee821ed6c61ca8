"""About how much room blocks take on paper, so that what fits a page is kept together on one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from ctekit.papers._blocks import Block, Fields, Gap, Paragraph, Signature, Table, Words, runs

_PAGE_OF_SIGNS = 2000
"""About half a page of words, in a column as wide as the page."""
_LONGEST = 40
"""Lines: what takes more than these is not kept together, for it might not fit a page."""
_SHORT = 8
"""A table of so many rows is kept together on a page."""
_LINE = 80
"""Signs of a line that is as wide as the page."""
_LABEL, _WIDE_LABEL = 0.3, 0.45
"""The share of the page that labels take, and where one of them is long."""
_SIGNS = {_LABEL: 24, _WIDE_LABEL: 36}
"""Signs of a label that has room in each; a longer one has a line for itself."""
_HEADING = 2
"""Lines that the name of a party takes, and a line to sign on."""


def is_long(label: str) -> bool:
    """Whether a label needs a line for itself.

    Parameters
    ----------
    label : str

    Returns
    -------
    bool
    """
    return len(label) > _SIGNS[_WIDE_LABEL]


def label_share(pairs: Iterable[tuple[str, Words]]) -> float:
    """The share of the page that labels take beside what they name.

    Parameters
    ----------
    pairs : iterable of pair
        See `Fields`.

    Returns
    -------
    float
    """
    is_wide = any(_SIGNS[_LABEL] < len(label) <= _SIGNS[_WIDE_LABEL] for label, _ in pairs)
    return _WIDE_LABEL if is_wide else _LABEL


def row_fits(table: Table, row: tuple[Words, ...]) -> bool:
    """Whether a row is short enough to be kept together on a page; a longer one would run off its foot.

    Parameters
    ----------
    table : Table
    row : tuple of Words

    Returns
    -------
    bool
    """
    return all(len(_text(cell)) < share * _PAGE_OF_SIGNS for cell, share in zip(row, table.shares, strict=True))


def table_fits(table: Table) -> bool:
    """Whether a table is kept together on a page.

    Parameters
    ----------
    table : Table

    Returns
    -------
    bool
    """
    heights = [max(map(_lines, row, table.shares), default=0) for row in table.rows]
    return len(table.rows) <= _SHORT and sum(heights) <= _LONGEST


def introducing(blocks: Iterable[Block]) -> list[bool]:
    """Of each block, whether it stays with the one below: a sentence right above a table does.

    Parameters
    ----------
    blocks : iterable of Block

    Returns
    -------
    list of bool
    """
    kinds = [type(block) for block in blocks]
    return [pair == (Paragraph, Table) for pair in itertools.pairwise((*kinds, None))]


def fields_fit(pairs: Iterable[tuple[str, Words]]) -> bool:
    """Whether names and what stands beside them are kept together on a page.

    Parameters
    ----------
    pairs : iterable of pair
        See `Fields`.

    Returns
    -------
    bool
    """
    return _height(pairs) <= _LONGEST


def parts(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """Blocks as they are kept together: signatures with one another and with what is signed, as far as a page goes.

    Parameters
    ----------
    blocks : iterable of Block

    Returns
    -------
    list of tuple of Block
        Each stands on one page, where it has several blocks.
    """
    kept: list[tuple[Block, ...]] = []
    for block in blocks:
        together = (*kept[-1], block) if kept else ()
        if isinstance(block, Signature) and together and _fit(together):
            kept[-1] = together
        else:
            kept.append((block,))
    return kept


def _fit(blocks: tuple[Block, ...]) -> bool:
    """Whether they are what is signed and who signs it, and fit a page together."""
    if not all(isinstance(block, Fields | Signature) for block in blocks):
        return False
    heights = (
        _height(block.pairs) if isinstance(block, Fields) else _HEADING * 2 + _height(block.lines)
        for block in blocks
        if isinstance(block, Fields | Signature)
    )
    return sum(heights) <= _LONGEST


def _height(pairs: Iterable[tuple[str, Words]]) -> float:
    pairs = tuple(pairs)
    share = label_share(pairs)
    return sum(max(_lines(name, share), _lines(words, 1 - share)) for name, words in pairs)


def _lines(words: Words, share: float) -> float:
    """About how many lines words take in a column that has a share of the page's width."""
    return sum(1 + len(line) / (_LINE * share) for line in _text(words).split("\n"))


def _text(words: Words) -> str:
    return "".join(run.words if isinstance(run, Gap) else run.text for run in runs(words))
