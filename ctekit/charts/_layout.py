"""The sheet every chart is drawn on: measured in points, row by row, so that nothing overlaps and nothing is cut off.

Rows are as high as their labels need and the figure is as high as its rows. Everything is placed by hand: matplotlib's
own layouts cost more time than the whole drawing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from ctekit.charts._chart import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TEXT, SMALL = 11.0, 10.0
"""Sizes of letters in points."""
LINE, SPACING = 1.36, 1.2
"""Height of a line as a share of its letters; what matplotlib makes of it is a little less."""
RULE = "#d1d5db"
EDGE = 6.0
MOST_ROWS = 24
"""More rows than this stand only in the table."""

_NARROW = frozenset(" !'(),-./:;I[]`fijlrt|’")
_WIDE = frozenset("%&@MWmw<>=+~#…—→×")


def beyond(total: int) -> str:
    """What is said of rows that have no place in the figure; "" when all have."""
    return f" {total - MOST_ROWS} more rows stand only in the table." if total > MOST_ROWS else ""


def width(text: str, size: float = TEXT, bold: bool = False) -> float:
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
    found = [""]
    for word in text.split():
        # No more than a screenful of letters is ever needed: a name of 5,000 letters must not slow the drawing.
        for part in _parts(word[:400], room, size, bold):
            longer = f"{found[-1]} {part}".strip()
            if width(longer, size, bold) <= room:
                found[-1] = longer
            else:
                found.append(part)
        if len(found) > lines:
            break
    found = [line for line in found if line]
    if len(found) <= lines:
        return "\n".join(found)
    last = found[lines - 1]
    while last and width(f"{last}…", size, bold) > room:
        last = last[:-1]
    return "\n".join([*found[: lines - 1], f"{last.rstrip(' ,.;:')}…"])


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    if width(word, size, bold) <= room:
        return [word]
    parts = [""]
    for letter in word:
        if width(parts[-1] + letter, size, bold) > room:
            parts.append("")
        parts[-1] += letter
    return parts


@dataclass(frozen=True)
class Board:
    """A sheet with its rows marked out.

    Attributes
    ----------
    axes : matplotlib.axes.Axes
        Covers the whole figure; x to the right and y downward, both in points.
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

    axes: Axes
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    middles: tuple[float, ...]
    edges: tuple[float, ...]

    def write(
        self, x: float, y: float, text: str, *, size: float = TEXT, bold: bool = False, align: str = "left", **more: Any
    ) -> None:
        """Write text, as it is typed: a dollar sign is a dollar sign, never mathematics."""
        self.axes.text(
            x,
            y,
            text,
            fontsize=size,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="center",
            color=INK,
            linespacing=SPACING,
            parse_math=False,
            **more,
        )

    def bar(
        self, x: float, y: float, long: float, high: float, color: str, hatch: str = "", dashed: bool = False
    ) -> None:
        """A bar from x to the right, around y."""
        from matplotlib.patches import Rectangle

        style = "dashed" if dashed else "solid"
        made = Rectangle((x, y - high / 2), long, high, facecolor=color, edgecolor=INK, linewidth=1.1, linestyle=style)
        if hatch:
            made.set_hatch(hatch)
        self.axes.add_artist(made)

    def mark(self, points: Sequence[tuple[float, float]], marker: str, color: str, size: float = 11) -> None:
        """Markers of one kind, all at once."""
        across, down = zip(*points, strict=True) if points else ((), ())
        self.axes.plot(
            across, down, linestyle="none", marker=marker, markersize=size, markerfacecolor=color, markeredgecolor=INK
        )

    def lines(self, ways: Sequence[Any], thick: float, style: str = "solid") -> None:
        """Lines through points, all at once."""
        from matplotlib.collections import LineCollection

        self.axes.add_collection(
            LineCollection(ways, colors=INK, linewidths=thick, linestyles=style, zorder=1.5), autolim=False
        )

    def scale(self, at: Sequence[float], words: Sequence[str], unit: str) -> None:
        """Thin lines down the rows, the words of each step and the unit under them. Takes 36 points of the foot."""
        self.axes.vlines(at, self.top, self.bottom, colors=RULE, linewidth=0.8, zorder=0)
        end = 0.0
        for x, said in zip(at, words, strict=True):
            half = width(said, SMALL) / 2
            if x - half > end:  # a narrow sheet has no room for all of them
                self.write(x, self.bottom + 10, said, size=SMALL, align="center")
                end = x + half
        self.write((self.left + self.right) / 2, self.bottom + 26, unit, size=SMALL, align="center")

    def rules(self) -> None:
        """Thin lines between the rows."""
        self.axes.hlines(self.edges[1:-1], EDGE, self.width - EDGE, colors=RULE, linewidth=0.8, zorder=0)


def board(
    figure: Figure,
    labels: Sequence[str],
    *,
    bold: Collection[int] = (),
    left: float = 0.38,
    right: float = 16,
    head: float = 8,
    foot: float = 8,
    least: float = 34,
    lines: int = 3,
    total: int = 0,
) -> Board:
    """Mark out a figure: its labels on the left, its height from its rows.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Its width is kept, its height is set.
    labels : sequence of str
        One a row.
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
    across = figure.get_figwidth() * 72
    start = across * left
    folded = [fold(label, start - EDGE - 12, TEXT, lines, index in bold) for index, label in enumerate(labels)]
    heights = [max(least, (label.count("\n") + 1) * TEXT * LINE + 10) for label in folded]
    left_out = beyond(total).strip()
    down = head + sum(heights) + foot + (18 if left_out else 0)
    axes = sheet(figure, down)
    edges = tuple(accumulate(heights, initial=head))
    middles = tuple((above + under) / 2 for above, under in pairwise(edges))
    made = Board(axes, across, down, start, across - right, head, edges[-1], middles, edges)
    for index, (label, middle) in enumerate(zip(folded, middles, strict=True)):
        made.write(EDGE, middle, label, bold=index in bold)
    if left_out:
        made.write(EDGE, down - 10, left_out, size=SMALL, bold=True)
    return made


def sheet(figure: Figure, down: float) -> Axes:
    """An empty sheet as wide as the figure and so many points high, measured in points from its upper left corner."""
    across = figure.get_figwidth() * 72
    figure.set_size_inches(figure.get_figwidth(), max(down, 20) / 72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, across)
    axes.set_ylim(max(down, 20), 0)
    axes.set_autoscale_on(False)
    return axes


def steps_to(most: float) -> list[float]:
    """Three to six even steps from 0 that reach a number."""
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000):
        if step * 5 >= most:
            break
    else:
        step = int(most / 5) + 1
    return [float(step * index) for index in range(int(-(-most // step)) + 1)]
