"""What a chart is: a figure, the words that say what it shows, and the numbers it was drawn from.

A chart is one module in ``ctekit.charts``: ``WORKSHEET`` (the slug it belongs to), ``QUESTION`` (what it answers),
``numbers(book) -> Numbers``, ``draw(figure, numbers)`` and ``tell(numbers) -> Words``. The words are computed from the
numbers, so that they cannot say anything the figure does not show.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, cast

from ctekit.errors import NotFound, did_you_mean
from ctekit.workbook import Workbook

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Okabe and Ito's colors (2008): told apart by people who see colors differently. Never the only sign: add a hatch.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, RED, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GRAY, PAPER, INK = "#6b7280", "#ffffff", "#1f2430"

_ONE_AT_A_TIME = Lock()

WIDTH = 7.2
"""Inches. Text of 10 points then reads on a projector, and at 320 px by scrolling sideways."""


@dataclass(frozen=True)
class Numbers:
    """The data table of a chart.

    Attributes
    ----------
    columns : tuple of str
        Headings, with units.
    rows : tuple of tuple
        Text, numbers, or None for "not known". The first cell names the row.
    note : str
        What was left out and why ("2 small groups are hidden"), or "".
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Words:
    """What a chart says.

    Attributes
    ----------
    caption : str
        The answer to the chart's question, one or two sentences.
    alt : str
        For whoever cannot see it: kind of chart, what its axes are, what stands out.
    """

    caption: str
    alt: str


class Module(Protocol):
    """What stands in a chart's module."""

    WORKSHEET: str
    QUESTION: str

    def numbers(self, book: Workbook) -> Numbers: ...
    def draw(self, figure: Figure, numbers: Numbers) -> None: ...
    def tell(self, numbers: Numbers) -> Words: ...


@dataclass(frozen=True)
class Chart:
    """A chart of one workbook: numbers, words, and a figure drawn when asked for."""

    slug: str
    question: str
    numbers: Numbers
    words: Words
    module: Module = field(hash=False)

    @property
    def figure(self) -> Figure:
        """A fresh matplotlib ``Figure``, to change as one likes; empty charts have none to speak of."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(WIDTH, 3.2), facecolor=PAPER)
        self.module.draw(figure, self.numbers)
        return figure

    def svg(self) -> str:
        """The figure as inline SVG: no script, no outside address, ids of its own, the alt text inside."""
        return _svg(self)


@lru_cache(maxsize=64)
def _svg(chart: Chart) -> str:
    """Draw once: a chart is all that it shows, so equal charts are one picture, whoever exports them."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer = StringIO()
    # The SVG backend takes these two from nowhere else: one figure at a time, and all is put back.
    with _ONE_AT_A_TIME, matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": chart.slug}):
        canvas: Any = FigureCanvasSVG(chart.figure)
        canvas.print_svg(buffer, metadata={"Date": None, "Creator": None})
    return _inline(buffer.getvalue(), chart.slug, chart.words.alt)


def _inline(svg: str, slug: str, alt: str) -> str:
    """Make a file of matplotlib's fit to stand inside a page among others."""
    from markupsafe import escape

    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.S)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
    # What the file says of all its elements would reach the whole page: said of the root, it is inherited.
    svg = re.sub(r'<style type="text/css">\*\{(.*?)\}</style>\s*', "", svg, count=1)
    svg = re.sub(r"<defs>\s*</defs>\s*", "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{slug}-\1"', svg)
    svg = re.sub(r'((?:xlink:)?href="#|url\(#)', rf"\g<1>{slug}-", svg)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    return svg.replace(
        "<svg", f'<svg role="img" aria-label="{escape(alt)}" style="stroke-linejoin: round; stroke-linecap: butt"', 1
    ).strip()


@cache
def every() -> dict[str, Module]:
    """All charts by name. A chart is found by being a module of ``ctekit.charts``."""
    home = importlib.import_module("ctekit.charts")
    return {
        module.name: cast(Module, importlib.import_module(f"ctekit.charts.{module.name}"))
        for module in pkgutil.iter_modules(home.__path__)
        if not module.name.startswith("_")
    }


def called(name: str) -> Module:
    """The chart's module.

    Raises
    ------
    NotFound
        With one sentence that names the nearest and all of them.
    """
    modules = every()
    if name not in modules:
        guess = did_you_mean(name, modules)
        raise NotFound(f"No chart is called '{name}'.{guess} The charts are: {', '.join(modules)}.")
    return modules[name]


def of(name: str, book: Workbook) -> Chart:
    """The chart with this name, of this workbook; errors as for `called`."""
    module = called(name)
    numbers = module.numbers(book)
    return Chart(name, module.QUESTION, numbers, module.tell(numbers), module)
