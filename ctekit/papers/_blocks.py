"""What a paper is made of: a title and a few kinds of block. Data alone: no format, no answers of a partnership.

A new line in words is a new line in every format.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass

from ctekit.charts import Chart
from ctekit.model.days import long_day
from ctekit.papers._event import Event


@dataclass(frozen=True)
class Run:
    """Words that stand out."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Gap:
    """What is missing, and where it is asked for: in words, and as the address of a page."""

    what: str
    where: str
    href: str = field(default="", compare=False)
    state: str = "not written yet"

    @property
    def words(self) -> str:
        """What stands in its place on a draft, beside a label that says what it is."""
        return f"{self.state} ({self.where})"

    @property
    def sentence(self) -> str:
        """The same where no label stands beside it."""
        return f"{self.what}: {self.words}"


Words = str | Run | Gap | tuple["Words", ...]
"""What stands in a block: plain text, text that stands out, a gap, or a row of these."""


@dataclass(frozen=True)
class Heading:
    """The heading of a section (2) or of a part of one (3), which may begin a page; level 1 is the paper's title."""

    words: Words
    level: int = 2
    begins_page: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Sentences; where it `is_signed`, the name of somebody who signs above it by hand."""

    words: Words
    is_signed: bool = False


@dataclass(frozen=True)
class Items:
    """A list, numbered where the order counts."""

    items: tuple[Words, ...]
    is_ordered: bool = False


_FIGURE = re.compile(r"[-−]?\$?\d[\d.,]*%?")


def _is_figure(words: Words) -> bool:
    return isinstance(words, str) and (not words or _FIGURE.fullmatch(words) is not None)


def numeric(rows: Iterable[tuple[Words, ...]]) -> frozenset[int]:
    """The places of the columns in which figures stand and nothing else: they are read by their last digits.

    Parameters
    ----------
    rows : iterable of tuple of Words

    Returns
    -------
    frozenset of int
        Without 0: the first cell of a row names it.
    """
    columns = enumerate(zip(*rows, strict=True))
    return frozenset(place for place, column in columns if place and any(column) and all(map(_is_figure, column)))


@dataclass(frozen=True)
class Table:
    """A table with a header row; the first cell of each row names it.

    Attributes
    ----------
    caption : str
    header : tuple of str
    rows : tuple of tuple of Words
        As many cells as the header has.
    widths : tuple of int
        The share of each column; equal ones if not told.
    is_headed : bool
        Whether a heading above it says its caption: it is then told to whoever hears the table, and not shown.
    is_form : bool
        Whether somebody writes into its blanks by hand: its rows are high enough for that.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()
    is_headed: bool = False
    is_form: bool = False

    @property
    def shares(self) -> tuple[float, ...]:
        """The width of each column, as a part of the whole."""
        widths = self.widths or (1,) * len(self.header)
        return tuple(width / sum(widths) for width in widths)

    @property
    def numeric(self) -> frozenset[int]:
        """See `numeric`."""
        return numeric(self.rows)


@dataclass(frozen=True)
class Fields:
    """Names with what stands beside each; "" is a line to write on."""

    pairs: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Signature:
    """Where one party signs, kept together on a page."""

    party: str
    lines: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Note:
    """What a reader should know before the rest."""

    words: Words


@dataclass(frozen=True)
class Picture:
    """The drawing of a chart, with what it says for whoever cannot see it, and its caption."""

    chart: Chart

    @property
    def title(self) -> str:
        """The question that it answers."""
        return self.chart.question

    @property
    def alt(self) -> str:
        """What it shows."""
        return self.chart.words.alt

    @property
    def caption(self) -> str:
        """The answer to its question."""
        return self.chart.words.caption

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, small enough for a page with other things on it."""
        width, height = self.chart.drawing.width, self.chart.drawing.height
        scale = min(_WIDEST / width, max(_LEGIBLE, _HIGHEST / height), _PAGE / height)
        return scale * width, scale * height


_WIDEST, _HIGHEST, _PAGE = 468, 360, 620
"""Points, of a picture on Letter paper: its width, its height, and the most where it needs a page for itself."""
_LEGIBLE = 0.8
"""Smaller than so, the smallest words of a chart were printed in fewer than 8 points."""

Block = Heading | Paragraph | Items | Table | Fields | Signature | Note | Picture
"""Any of them."""


@dataclass(frozen=True)
class Paper:
    """One document of a partnership, before it has a format.

    Attributes
    ----------
    name : str
        What its file is called: ``"agreement"``, ``"letter-org-3"``.
    title : str
    blocks : tuple of Block
    partnership : str
        Whose it is.
    day : datetime.date
        Of the last answer that it could be made from; never the clock's, so that the same answers give the same bytes.
    subject : str
        One sentence on what it is for.
    note : str
        What stands at its foot, such as "Draft for counsel".
    language : str
        BCP 47.
    is_wide : bool
        Whether it is printed across the long side of the sheet.
    events : tuple of Event
        Days in it that people may take into their own calendars.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    partnership: str
    day: datetime.date
    subject: str
    note: str = ""
    language: str = "en-US"
    is_wide: bool = False
    events: tuple[Event, ...] = ()

    @property
    def head(self) -> str:
        """What stands below the title: whose it is, as of which day, and whether it is a draft."""
        return " · ".join(part for part in (self.partnership, f"as of {long_day(self.day)}", self.note) if part)

    @property
    def foot(self) -> str:
        """What stands at the foot of each page."""
        return " · ".join(part for part in (self.partnership, self.title, self.note) if part)


def gaps(paper: Paper) -> tuple[Gap, ...]:
    """What is not written yet, in the order of the paper, each once.

    Parameters
    ----------
    paper : Paper

    Returns
    -------
    tuple of Gap
    """
    return tuple(dict.fromkeys(part for part in _parts(paper) if isinstance(part, Gap)))


def runs(words: Words) -> Iterator[Run | Gap]:
    """Words as a flat row of runs and gaps, for a renderer.

    Parameters
    ----------
    words : Words

    Yields
    ------
    Run or Gap
    """
    if isinstance(words, tuple):
        for part in words:
            yield from runs(part)
    elif isinstance(words, str):
        if words:
            yield Run(words)
    else:
        yield words


def _parts(value: object) -> Iterator[object]:
    """Everything that stands anywhere in a block."""
    yield value
    if isinstance(value, Picture):
        return
    if isinstance(value, tuple):
        for part in value:
            yield from _parts(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _parts(getattr(value, each.name))
