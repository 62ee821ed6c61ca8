"""A drawing is data: shapes on a sheet, measured in points from its upper left corner.

``_svg`` writes a drawing into a page, ``_figure`` puts it on a matplotlib figure: both from one list of shapes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal

# Okabe and Ito's colors (2008): told apart by people who see colors differently. Never the only sign: add a hatch.
BLACK, ORANGE, SKY, GREEN = "black", "orange", "sky", "green"
YELLOW, BLUE, RED, PURPLE = "yellow", "blue", "red", "purple"
GRAY, PAPER, INK, RULE = "gray", "paper", "ink", "rule"

PALETTE = {
    BLACK: "#000000",
    ORANGE: "#e69f00",
    SKY: "#56b4e9",
    GREEN: "#009e73",
    YELLOW: "#f0e442",
    BLUE: "#0072b2",
    RED: "#d55e00",
    PURPLE: "#cc79a7",
    GRAY: "#6b7280",
    PAPER: "#ffffff",
    INK: "#1f2430",
    RULE: "#d1d5db",
}
"""The colors on white paper. On a page, ink is the text's own color, and paper what lies behind it."""

Point = tuple[float, float]
Style = Literal["solid", "dashed", "dotted"]
Align = Literal["left", "center", "right"]

LETTERS = 11.0
"""Points of ordinary text."""


@dataclass(frozen=True)
class Rectangle:
    """A box from its upper left corner, with an outline of ink."""

    x: float
    y: float
    width: float
    height: float
    fill: str = PAPER
    hatched: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    weight: float = 0.8
    color: str = INK
    style: Style = "solid"


@dataclass(frozen=True)
class Marker:
    """A sign around a point; `shape` is one of `OUTLINES` or ``circle``, and so many points across."""

    x: float
    y: float
    shape: str
    fill: str
    size: float = 11


@dataclass(frozen=True)
class Text:
    """Words as they are typed; line breaks begin a new line. `y` is the middle of all lines."""

    x: float
    y: float
    words: str
    size: float = LETTERS
    bold: bool = False
    align: Align = "left"
    color: str = INK
    upright: bool = False


Shape = Rectangle | Line | Marker | Text


@dataclass(frozen=True)
class Drawing:
    """Shapes on a sheet.

    Attributes
    ----------
    width, height : float
        Of the sheet, in points.
    shapes : tuple of Shape
        From the lowest to the uppermost.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]


def _star(points: int, inner: float) -> tuple[Point, ...]:
    radii = [1.0 if index % 2 == 0 else inner for index in range(2 * points)]
    return tuple((r * sin(pi * index / points), -r * cos(pi * index / points)) for index, r in enumerate(radii))


_DIAGONAL = 2**0.5

OUTLINES: dict[str, tuple[Point, ...]] = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -_DIAGONAL), (_DIAGONAL, 0), (0, _DIAGONAL), (-_DIAGONAL, 0)),
    "thin diamond": ((0, -_DIAGONAL), (0.6 * _DIAGONAL, 0), (0, _DIAGONAL), (-0.6 * _DIAGONAL, 0)),
    "up": ((0, -1), (1, 1), (-1, 1)),
    "down": ((0, 1), (1, -1), (-1, -1)),
    "left": ((-1, 0), (1, -1), (1, 1)),
    "right": ((1, 0), (-1, 1), (-1, -1)),
    "cross": (
        *((-0.5, -1), (0, -0.5), (0.5, -1), (1, -0.5), (0.5, 0), (1, 0.5)),
        *((0.5, 1), (0, 0.5), (-0.5, 1), (-1, 0.5), (-0.5, 0), (-1, -0.5)),
    ),
    "plus": (
        *((-0.33, -1), (0.33, -1), (0.33, -0.33), (1, -0.33), (1, 0.33), (0.33, 0.33)),
        *((0.33, 1), (-0.33, 1), (-0.33, 0.33), (-1, 0.33), (-1, -0.33), (-0.33, -0.33)),
    ),
    "star": _star(5, 0.382),
    "pentagon": tuple((sin(2 * pi * index / 5), -cos(2 * pi * index / 5)) for index in range(5)),
}
"""Corners of each sign around (0, 0), for a sign that is two across; y goes down."""


def outline(marker: Marker) -> tuple[Point, ...]:
    """The corners of a sign where it stands; a circle has none."""
    half = marker.size / 2
    return tuple((marker.x + half * x, marker.y + half * y) for x, y in OUTLINES[marker.shape])
