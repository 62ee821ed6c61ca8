"""What a chart is: a drawing, the words that say what it shows, and the numbers it was drawn from.

A chart is one module in ``ctekit.charts``: ``WORKSHEET`` (the slug it belongs to), ``QUESTION`` (what it answers),
``numbers(book) -> Numbers``, ``draw(numbers, width) -> Drawing`` and ``tell(numbers) -> Words``. The words are computed
from the numbers, so that they cannot say anything the drawing does not show.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from ctekit.charts._drawing import Drawing
from ctekit.charts._layout import WIDTH
from ctekit.model.errors import NotFoundError, did_you_mean
from ctekit.workbook import Workbook

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Numbers:
    """The data table of a chart.

    Attributes
    ----------
    columns : tuple of str
        Headings, with units.
    rows : tuple of tuple
        Text, numbers, days such as ``2027-06-30``, or None for "not known". The first cell names the row.
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

    def numbers(self, book: Workbook) -> Numbers:
        """The numbers of a workbook that the chart draws.

        Parameters
        ----------
        book : Workbook
            All worksheets.

        Returns
        -------
        Numbers
            What is drawn, and nothing more.
        """
        ...

    def draw(self, numbers: Numbers, width: float = WIDTH) -> Drawing:
        """The drawing of these numbers.

        Parameters
        ----------
        numbers : Numbers
            As `numbers` gives them.
        width : float
            Points from left to right; the letters are as large on a narrow sheet.

        Returns
        -------
        Drawing
            Shapes, in points.
        """
        ...

    def tell(self, numbers: Numbers) -> Words:
        """What these numbers say, in words.

        Parameters
        ----------
        numbers : Numbers
            As `numbers` gives them.

        Returns
        -------
        Words
            What the drawing shows.
        """
        ...


@dataclass(frozen=True)
class Chart:
    """A chart of one workbook: numbers, words, and a drawing made when asked for."""

    slug: str
    question: str
    numbers: Numbers
    words: Words
    module: Module = field(hash=False)

    @property
    def drawing(self) -> Drawing:
        """The shapes of the chart, in points."""
        return self.module.draw(self.numbers)

    @property
    def figure(self) -> Figure:
        """A fresh matplotlib ``Figure``, to change as one likes; empty charts have none to speak of."""
        from ctekit.charts._figure import figure

        return figure(self.drawing)

    def svg(self, width: float = WIDTH) -> str:
        """The drawing as inline SVG: no script, no outside address, ids of its own, the alt text inside.

        Parameters
        ----------
        width : float
            Points from left to right. A page with a narrow column asks for a narrow drawing, so that its words stay
            large enough to read.

        Returns
        -------
        str
            An ``svg`` element. Its lengths are in points.
        """
        return _svg(self, width)


@lru_cache(maxsize=64)
def _svg(chart: Chart, width: float) -> str:
    """Draw once: a chart is all that it shows, so equal charts are one picture, whoever exports them."""
    from ctekit.charts._svg import svg

    # A page may hold a wide and a narrow drawing of one chart: their ids differ.
    name = chart.slug if width == WIDTH else f"{chart.slug}-{width:g}"
    return svg(chart.module.draw(chart.numbers, width), name, chart.words.alt)


@cache
def every() -> dict[str, Module]:
    """All charts by name. A chart is found by being a module of ``ctekit.charts``.

    Returns
    -------
    dict
        Name -> module.
    """
    home = importlib.import_module("ctekit.charts")
    return {
        module.name: cast(Module, importlib.import_module(f"ctekit.charts.{module.name}"))
        for module in pkgutil.iter_modules(home.__path__)
        if not module.name.startswith("_")
    }


def called(name: str) -> Module:
    """The chart's module.

    Parameters
    ----------
    name : str
        Such as ``"promises"``.

    Returns
    -------
    Module
        What stands in ``ctekit/charts/<name>.py``.

    Raises
    ------
    NotFoundError
        With one sentence that names the nearest and all of them.
    """
    modules = every()
    if name not in modules:
        guess = did_you_mean(name, modules)
        raise NotFoundError(f"No chart is called '{name}'.{guess} The charts are: {', '.join(modules)}.")
    return modules[name]


def of(name: str, book: Workbook) -> Chart:
    """The chart with this name, of this workbook; errors as for `called`.

    Parameters
    ----------
    name : str
        Such as ``"promises"``.
    book : Workbook
        The answers to draw; `Workbook.public` for a chart that others may see.

    Returns
    -------
    Chart
        Its drawing is made when it is asked for.
    """
    module = called(name)
    numbers = module.numbers(book)
    return Chart(name, module.QUESTION, numbers, module.tell(numbers), module)
