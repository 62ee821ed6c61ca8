"""`chart`: a figure, the words that say what it shows, and the numbers it was drawn from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from ctekit import charts
from ctekit.model.days import long_day, long_days
from ctekit.model.text import legible
from ctekit.views.render import render
from ctekit.workbook import Workbook


def chart(book: Workbook, name: str, private: bool = False) -> str:
    """Show a chart.

    Parameters
    ----------
    book : Workbook
    name : str
        The chart's name.
    private : bool
        Mark it "Facilitator only"; a chart whose module says ``PRIVATE = True`` is drawn only then.

    Returns
    -------
    str
        A ``figure`` without headings. The drawing is inline SVG; the data table is always there.

    Raises
    ------
    LookupError
        There is no such chart.
    """
    drawing = charts.of(name, book.seen(private))
    if getattr(drawing.module, "PRIVATE", False) and not private:
        return render("kept_back", question=drawing.question)
    return drawn(drawing, private)


def drawn(drawing: charts.Chart, private: bool = False) -> str:
    """Show a chart that is at hand; see `chart`."""
    numbers = drawing.numbers
    return render(
        "chart",
        private=private,
        question=drawing.question,
        # The SVG is ours: what people typed is escaped when it is written.
        svg=Markup(legible(drawing.svg())) if numbers.rows else "",
        caption=drawing.words.caption,
        columns=[long_days(column) for column in numbers.columns],
        rows=[[(_words(cell), _is_number(cell)) for cell in row] for row in numbers.rows],
        note=numbers.note,
    )


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _words(cell: Any) -> str:
    if cell is None:
        return "not known"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:,.10g}"
    return f"{cell:,}" if _is_number(cell) else long_day(str(cell))
