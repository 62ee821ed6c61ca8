"""A drawing on a matplotlib figure, for Python users who change or print it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctekit.charts._drawing import INK, PALETTE, PAPER, Drawing, Line, Marker, Rectangle, Text, outline

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INCH = 72
_LEADING = 1.2
_EDGE = PALETTE[INK]


def figure(drawing: Drawing) -> Figure:
    """A fresh figure of the drawing's size; its one axes covers it and counts in points, y downward."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(drawing.width / _INCH, drawing.height / _INCH), facecolor=PALETTE[PAPER])
    axes = drawn.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.set_autoscale_on(False)
    for layer, shape in enumerate(drawing.shapes):
        _add(axes, shape, layer)
    return drawn


def _add(axes: Axes, shape: Rectangle | Line | Marker | Text, layer: int) -> None:
    from matplotlib import patches
    from matplotlib.lines import Line2D

    match shape:
        case Rectangle():
            artist = patches.Rectangle(
                (shape.x, shape.y),
                shape.width,
                shape.height,
                facecolor=PALETTE[shape.fill],
                edgecolor=_EDGE,
                linewidth=1.1,
                linestyle="dashed" if shape.dashed else "solid",
                hatch="///" if shape.hatched else None,
                zorder=layer,
            )
            axes.add_artist(artist)
        case Line():
            across, down = zip(*shape.points, strict=True)
            color, weight = PALETTE[shape.color], shape.weight
            axes.add_artist(Line2D(across, down, color=color, linewidth=weight, linestyle=shape.style, zorder=layer))
        case Marker(shape="circle"):
            place = (shape.x, shape.y)
            fill = PALETTE[shape.fill]
            axes.add_artist(patches.Circle(place, shape.size / 2, facecolor=fill, edgecolor=_EDGE, zorder=layer))
        case Marker():
            fill = PALETTE[shape.fill]
            axes.add_artist(patches.Polygon(outline(shape), facecolor=fill, edgecolor=_EDGE, zorder=layer))
        case Text():
            axes.text(
                shape.x,
                shape.y,
                shape.words,
                fontsize=shape.size,
                fontweight="bold" if shape.bold else "normal",
                ha=shape.align,
                va="center",
                color=PALETTE[shape.color],
                linespacing=_LEADING,
                rotation=90 if shape.upright else 0,
                parse_math=False,  # a dollar sign is a dollar sign, never mathematics
                zorder=layer,
            )
