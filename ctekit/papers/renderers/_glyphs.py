"""Which letters our font has, and what stands in place of those it has not: PDF/UA refuses a letter without a glyph."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FONTS = tuple(
    Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
)
"""The fonts that charts are drawn in; matplotlib brings them."""


@cache
def _signs() -> frozenset[str]:
    """The letters that both fonts have."""
    from matplotlib.ft2font import FT2Font

    maps = [set(FT2Font(str(font)).get_charmap()) for font in FONTS]
    return frozenset(map(chr, maps[0] & maps[1])) | {"\n"}


def drawable(words: str) -> str:
    """Words that the fonts can draw: an emoji by its name, such as "[party popper]".

    Parameters
    ----------
    words : str

    Returns
    -------
    str
    """
    if words.isascii():
        return words
    return "".join(sign if sign in _signs() else _instead(sign) for sign in unicodedata.normalize("NFC", words))


def drawable_in_picture(words: str) -> str:
    """The same for a picture: Typst sets its letters one by one, where a mark that no letter takes up has no place."""
    return "".join(sign for sign in drawable(words) if not unicodedata.combining(sign))


def drawable_figure(figure: Figure) -> Figure:
    """A figure of matplotlib with its words as the fonts can draw them: else an empty box stands for each letter."""
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_text(drawable(text.get_text()))
    return figure


def _instead(sign: str) -> str:
    if unicodedata.category(sign)[0] in "MC":  # joiners, marks without a place of their own
        return ""
    plain = unicodedata.normalize("NFKD", sign)
    if plain != sign and all(part in _signs() for part in plain):
        return plain
    return f"[{unicodedata.name(sign, 'a sign').lower()}]"
