"""`overview`: the dashboard, where each worksheet stands."""

from __future__ import annotations

from ctekit import charts
from ctekit.model.text import count
from ctekit.views.render import render
from ctekit.views.standing import awaited, stands
from ctekit.workbook import Workbook
from ctekit.worksheets.plan import Plan


def overview(book: Workbook, private: bool = False) -> str:
    """Show where the profile, the seven elements and the meetings stand, each with a link to its page.

    Parameters
    ----------
    book : Workbook
    private : bool
        Count also what is for the facilitator only.

    Returns
    -------
    str
        A fragment without headings. What nobody has begun is said to be not begun, never to be in order.
    """
    book = book.seen(private)
    lines = stands(book, private)
    begun, ready = sum(line.begun for line in lines), sum(bool(line.ready) for line in lines)
    waited_for = len(awaited(book, private))
    return render(
        "overview",
        lines=lines,
        summary=f"{begun} of {len(lines)} worksheets begun, {ready} ready to check.",
        waited_for=f"{count(waited_for, 'answer is', 'answers are')} still to find out" if waited_for else "",
        rated=charts.of("readiness", book).words.caption if book.rounds() else "",
        whole=f"{Plan.notebook}.html",
    )
