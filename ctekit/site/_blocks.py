"""What stands on the pages of the site besides the blocks that papers have."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ctekit.charts import WIDTH
from ctekit.papers import Block, Words, numeric


@dataclass(frozen=True)
class Statement:
    """The one sentence that a page begins with, large."""

    words: Words


@dataclass(frozen=True)
class Figure:
    """A chart as part of the page.

    Attributes
    ----------
    question, caption, note : str
        What it answers, the answer, and what was left out of it.
    svg : Markup
        Ours, with what people typed escaped.
    width : float
        Of the drawing, in points; printed at four fifths of that.
    on_paper : bool
        Whether it is printed with the page; a screen has room for more.
    narrow_svg : Markup or None
        The same for a phone, where the drawing is too wide for one.
    """

    question: str
    caption: str
    svg: Markup
    note: str = ""
    width: float = WIDTH
    on_paper: bool = True
    narrow_svg: Markup | None = None


@dataclass(frozen=True)
class Record:
    """A row of `Records`: its cells, what else it says, and whether its first cell is that of the row above."""

    cells: tuple[Words, ...]
    details: tuple[tuple[str, Words], ...] = ()
    anchor: str = ""
    is_again: bool = False


@dataclass(frozen=True)
class Records:
    """A table whose rows may say more than its columns hold."""

    caption: str
    header: tuple[str, ...]
    records: tuple[Record, ...]
    anchor: str = ""

    @property
    def numeric(self) -> frozenset[int]:
        """See `papers.numeric`."""
        return numeric(record.cells for record in self.records)


@dataclass(frozen=True)
class Grid:
    """Letters where names down and names across meet, with what each letter means."""

    caption: str
    corner: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[str, str], ...]
    anchor: str = ""


@dataclass(frozen=True)
class Facts:
    """Single questions with their answers.

    Attributes
    ----------
    facts : tuple
        Question, answer, and the id that links point to, of each.
    """

    facts: tuple[tuple[str, Words, str], ...]


@dataclass(frozen=True)
class Pointers:
    """A list whose entries lead to other pages: words, and the name and title of a page."""

    pointers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Beside:
    """Two things side by side where there is room, the first one first."""

    first: tuple[SiteBlock, ...]
    second: tuple[SiteBlock, ...]


@dataclass(frozen=True)
class Languages:
    """Links to the same page in other languages, further down: code and name of each, in its own words."""

    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Translation:
    """A page once more in another language; answers in it stay as they are, in whatever language.

    Attributes
    ----------
    language : str
        BCP 47, such as ``"es"``.
    title : str
        The page's, in that language.
    back : str
        The name of the language that the page begins with.
    blocks : tuple
        Its content, with headings of level 3.
    """

    language: str
    title: str
    back: str
    blocks: tuple[SiteBlock, ...]


@dataclass(frozen=True)
class Fragment:
    """HTML that is safe already: a view, or the prose of a notebook."""

    html: Markup


SiteBlock = Block | Statement | Figure | Records | Grid | Facts | Pointers | Beside | Languages | Translation | Fragment
"""Any of them."""
