"""Where things stand on a sheet: measured in points, row by row, so that nothing overlaps and nothing is cut off.

Rows are as high as their labels need, and the sheet is as high as its rows.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from unicodedata import east_asian_width

from ctekit.charts._drawing import INK, RULE, Align, Drawing, Line, Marker, Point, Rectangle, Shape, Style, Text

WIDTH = 518.4
"""Points of a sheet from left to right. Text of 10 points then reads on a projector, and at 320 px by scrolling."""
TEXT, SMALL = 11.0, 10.0
"""Sizes of letters in points."""
LINE = 1.36
"""Height of a line as a share of its letters; what is drawn is a little less."""
EDGE = 6.0
MOST_ROWS = 24
"""More rows than this stand only in the table."""

_NARROW = frozenset(" !'(),-./:;I[]`fijlrt|’")
_WIDE = frozenset("%&@MWmw<>=+~#…—→×")


def beyond(total: int) -> str:
    """What is said of rows that have no place in the figure; "" when all have."""
    return f" {total - MOST_ROWS} more rows stand only in the table." if total > MOST_ROWS else ""


def text_width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """How wide a line is in points, guessed on the wide side: the page's own font is not known here."""
    return size * (1.14 if bold else 1.0) * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.42
    if letter in _WIDE or (ord(letter) > 0x24F and letter not in "“”‘–•"):
        return 1.1 if east_asian_width(letter) in "WF" else 1.02
    return 0.8 if letter.isupper() else 0.64


def fold(text: str, room: float, size: float = TEXT, lines: int = 2, bold: bool = False) -> str:
    """Break a text into lines that fit.

    Parameters
    ----------
    text : str
    room : float
        Points from left to right.
    size : float
        Points of the letters.
    lines : int
        At most so many; what is left over becomes an ellipsis.
    bold : bool

    Returns
    -------
    str
        Lines with line breaks between them.
    """
    folded = [""]
    for word in text.split():
        # No more than a screenful of letters is ever needed: a name of 5,000 letters must not slow the drawing.
        for part in _parts(word[:400], room, size, bold):
            longer = f"{folded[-1]} {part}".strip()
            if text_width(longer, size, bold) <= room:
                folded[-1] = longer
            else:
                folded.append(part)
        if len(folded) > lines:
            break
    folded = [line for line in folded if line]
    if len(folded) <= lines:
        return "\n".join(folded)
    last = folded[lines - 1]
    while last and text_width(f"{last}…", size, bold) > room:
        last = last[:-1]
    return "\n".join([*folded[: lines - 1], f"{last.rstrip(' ,.;:')}…"])


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    if text_width(word, size, bold) <= room:
        return [word]
    parts = [""]
    for letter in word:
        if text_width(parts[-1] + letter, size, bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts


@dataclass
class Layout:
    """A sheet with its rows marked out, and the shapes drawn on it so far.

    Attributes
    ----------
    width, height : float
        Of the sheet.
    left, right : float
        Where the space beside the labels begins and ends.
    top, bottom : float
        Where the rows begin and end.
    middles : tuple of float
        The middle of each row.
    edges : tuple of float
        Where the rows begin, and where the last one ends.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    middles: tuple[float, ...] = ()
    edges: tuple[float, ...] = ()
    _shapes: list[Shape] = field(default_factory=list)

    @property
    def drawing(self) -> Drawing:
        """What is drawn: thin rules lowest, then boxes, lines, signs, and words on top of all."""
        return Drawing(self.width, max(self.height, 20), tuple(sorted(self._shapes, key=_layer)))

    def write(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = TEXT,
        bold: bool = False,
        align: Align = "left",
        color: str = INK,
        upright: bool = False,
    ) -> None:
        """Write words around y, from x, around it or up to it."""
        self._shapes.append(Text(x, y, words, size, bold, align, color, upright))

    def bar(
        self, x: float, y: float, long: float, high: float, fill: str, hatched: bool = False, dashed: bool = False
    ) -> None:
        """A bar from x to the right, around y."""
        self._shapes.append(Rectangle(x, y - high / 2, long, high, fill, hatched, dashed))

    def mark(self, points: Sequence[Point], shape: str, fill: str, size: float = 11) -> None:
        """Signs of one kind."""
        self._shapes.extend(Marker(x, y, shape, fill, size) for x, y in points)

    def line(self, points: Sequence[Point], weight: float, color: str = INK, style: Style = "solid") -> None:
        """A line through points."""
        self._shapes.append(Line(tuple(points), weight, color, style))

    def across(self, y: float, begin: float, end: float, weight: float = 0.8, color: str = INK) -> None:
        """A level line."""
        self.line([(begin, y), (end, y)], weight, color)

    def down(self, x: float, begin: float, end: float, weight: float = 0.8, color: str = INK) -> None:
        """An upright line."""
        self.line([(x, begin), (x, end)], weight, color)

    def scale(self, at: Sequence[float], words: Sequence[str], unit: str) -> None:
        """Thin lines down the rows, the words of each step and the unit under them. Takes 36 points of the foot."""
        end = 0.0
        for x, step in zip(at, words, strict=True):
            self.down(x, self.top, self.bottom, color=RULE)
            half = text_width(step, SMALL) / 2
            if x - half > end:  # a narrow sheet has no room for all of them
                self.write(x, self.bottom + 10, step, size=SMALL, align="center")
                end = x + half
        self.write((self.left + self.right) / 2, self.bottom + 26, unit, size=SMALL, align="center")

    def rules(self) -> None:
        """Thin lines between the rows."""
        for y in self.edges[1:-1]:
            self.across(y, EDGE, self.width - EDGE, color=RULE)


def _layer(shape: Shape) -> int:
    if isinstance(shape, Line):
        return 0 if shape.color == RULE else 2
    return {Rectangle: 1, Marker: 3, Text: 4}[type(shape)]


def rows_layout(
    labels: Sequence[str],
    *,
    width: float = WIDTH,
    bold: Collection[int] = (),
    left: float = 0.38,
    right: float = 16,
    head: float = 8,
    foot: float = 8,
    least: float = 34,
    lines: int = 3,
    total: int = 0,
) -> Layout:
    """Mark out a sheet: its labels on the left, its height from its rows; on a narrow one they are set closer.

    Parameters
    ----------
    labels : sequence of str
        One a row.
    width : float
        Points of the sheet.
    bold : collection of int
        Rows that stand out.
    left : float
        Share of the width that the labels take.
    right, head, foot : float
        Points kept free beside, above and under the rows.
    least : float
        Points that a row is high at least.
    lines : int
        Lines of a label at most.
    total : int
        Rows of the table; what is not among the labels is said to be in the table.
    """
    start = width * left
    size, share, space = (TEXT, 1.0, 10) if width >= WIDTH else (SMALL, 0.75, 3)
    folded = [fold(label, start - EDGE - 12, size, lines, index in bold) for index, label in enumerate(labels)]
    heights = [max(share * least, (label.count("\n") + 1) * size * LINE + space) for label in folded]
    left_out = beyond(total).strip()
    height = head + sum(heights) + foot + (18 if left_out else 0)
    edges = tuple(accumulate(heights, initial=head))
    middles = tuple((above + under) / 2 for above, under in pairwise(edges))
    layout = Layout(width, height, start, width - right, head, edges[-1], middles, edges)
    for index, (label, middle) in enumerate(zip(folded, middles, strict=True)):
        layout.write(EDGE, middle, label, size=size, bold=index in bold)
    if left_out:
        layout.write(EDGE, height - 10, left_out, size=SMALL, bold=True)
    return layout


def steps_to(most: float) -> list[float]:
    """Three to six even steps from 0 that reach a number."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000):
        if step * 5 >= most:
            break
    else:
        step = int(most / 5) + 1
    return [float(step * index) for index in range(int(-(-most // step)) + 1)]
