"""What a notebook's sentences give: a live widget where there is a kernel, and the same view as static HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ctekit.charts import Chart, Numbers, Words
    from ctekit.partnership import Partnership
    from ctekit.rules import Finding, Result
    from ctekit.workbook import Workbook

_STYLE = Path(__file__).parent / "output.css"

RUN_AGAIN = "<strong>Your answers are safe. To go on, choose Run &gt; Run All Cells.</strong>"

_PAGE = re.compile(r'(href="[0-9]{2}-[a-z0-9-]+)\.html(?=["#])')


class Display:
    """One sentence of a notebook, ready to show itself.

    Parameters
    ----------
    partnership : Partnership
    verb : str
        One of `ctekit.views.SENTENCES`; or, such as ``keep``, of what is buttons only and has no view.
    words : tuple
        The sentence's arguments.
    as_of : str
        The day it looks back to; "" for now.
    widget : callable or None
        Makes what stands in its place where there is a kernel.
    """

    def __init__(
        self,
        partnership: Partnership,
        verb: str,
        words: tuple[Any, ...],
        as_of: str = "",
        widget: Callable[[], Any] | None = None,
    ) -> None:
        self._widget = widget
        self.partnership = partnership
        self.verb = verb
        self.words = words
        self.as_of = as_of
        self.private = False

    def __repr__(self) -> str:
        day = f"as of {self.as_of}" if self.as_of else ""
        return f"<{' '.join(str(word) for word in (self.verb, *self.words, day) if word)}>"

    @property
    def book(self) -> Workbook:
        """The answers it is made from, now or as of its day."""
        return self.partnership.book.as_of(self.as_of) if self.as_of else self.partnership.book

    @property
    def seen(self) -> Workbook:
        """What of them may be told here: without the answers for the facilitator only, unless those were asked for."""
        return self.book.seen(self.private)

    def _repr_html_(self) -> str:
        """The static view: what an exported page, a script's report or an untrusted notebook shows."""
        from ctekit.views import SENTENCES

        if not self.partnership.exists or self.verb not in SENTENCES:  # else it is buttons only
            return ""
        return as_output(self.view())

    def view(self) -> str:
        """The same without its style. On a page a link leads to a page; in JupyterLab, to that page's notebook."""
        from ctekit.views import SENTENCES

        html = SENTENCES[self.verb](self.partnership.book, *self.words, as_of=self.as_of, private=self.private)
        return _PAGE.sub(r"\g<1>.ipynb", html)

    def live(self) -> Any:
        """The widget that stands in its place where there is a kernel; None for a look back, which never changes."""
        if self.as_of:
            return None
        return self._widget() if self._widget else self._panel()

    def _panel(self) -> Any:
        """The view, drawn anew whenever something is saved."""
        from ctekit.widgets.panel import Panel

        return Panel(self.view, lambda *_: "", self.partnership.store, private=self.private)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        if self.partnership.lost:
            return _alert(_LOST.format(folder=self.partnership.folder))
        from ctekit.widgets.cards import start_card

        live = self.live() if self.partnership.exists else start_card(self.partnership, self.live, self._repr_html_)
        bundle: dict[str, Any] = {"text/plain": repr(self)}
        if live is not None:
            bundle["application/vnd.jupyter.widget-view+json"] = {
                "version_major": 2,
                "version_minor": 0,
                "model_id": live.model_id,
            }
        html = self._repr_html_()
        if live is not None:
            html = last_view(html) if self._widget else last_view(html, "")
        return bundle | ({"text/html": html} if html else {})


class CheckDisplay(Display):
    """The outcome of the rules; also a sequence of findings."""

    @property
    def results(self) -> tuple[Result, ...]:
        """Every rule's outcome."""
        from ctekit import rules

        return rules.check(self.seen, *self.words)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What has to be mended or talked over."""
        return tuple(finding for result in self.results for finding in result.findings)

    def _panel(self) -> Any:
        """The same findings with buttons: make one an action, acknowledge one."""
        from ctekit.widgets.findings import Findings

        return Findings(self.partnership, self.view, *self.words, private=self.private)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)


class AgendaDisplay(Display):
    """The agenda of the next meeting."""

    def _panel(self) -> Any:
        """The same with a button at each proposal."""
        from ctekit.widgets.agenda import Agenda

        return Agenda(self.partnership)


class ChartDisplay(Display):
    """A chart: ``.figure`` to change as one likes, ``.numbers`` and ``.words`` beside it."""

    @property
    def _chart(self) -> Chart:
        from ctekit import charts

        return charts.of(self.words[0], self.seen)

    @property
    def figure(self) -> Figure:
        """A fresh matplotlib figure."""
        return self._chart.figure

    @property
    def numbers(self) -> Numbers:
        """The table it is drawn from."""
        return self._chart.numbers

    @property
    def words_said(self) -> Words:
        """Caption and alternative text."""
        return self._chart.words


class OverviewDisplay(Display):
    """Where each worksheet stands, and what else lies in the folder."""

    def view(self) -> str:
        """The overview, below a note on each other copy of the partnership."""
        from markupsafe import Markup

        from ctekit import copies

        store = self.partnership.store
        notes = [Markup("<p><strong>{}</strong></p>").format(words) for words in copies.notes(store)]
        return "".join(notes) + super().view()


DISPLAYS: dict[str, type[Display]] = {
    "overview": OverviewDisplay,
    "check": CheckDisplay,
    "picture": CheckDisplay,
    "chart": ChartDisplay,
    "agenda": AgendaDisplay,
}
"""The sentences that are more than what they show."""


def as_output(view: str) -> str:
    """A view with all that it needs in a cell's output; JupyterLab takes "$17 to $26" for a formula where it may."""
    from ctekit.views import stylesheet

    style = stylesheet() + _STYLE.read_text("utf-8")
    return f'<style>{style}</style><div class="mathjax_ignore">{view}</div>'


def last_view(html: str, words: str = RUN_AGAIN) -> str:
    """What is saved beside a widget, and shown where its kernel is gone (``lab/labextensions`` sees to it).

    Parameters
    ----------
    html : str
        The view.
    words : str
        What to do to go on; "" for what is only looked at.
    """
    below = " Below is how it stood when this cell was last run." if html else ""
    if not words:
        return f'<div class="ctekit-last" data-view>{html}</div>'
    return f'<div class="ctekit-last"><p>{words}{below}</p>{html}</div>'


_LOST = (
    "The folder “{folder}” was moved, deleted or replaced while this notebook was open, and its partnership is no "
    "longer there. Put it back, or open the folder that is there now. Then restart the kernel "
    "(Kernel > Restart Kernel) and run all cells."
)


def _alert(words: str) -> dict[str, Any]:
    from markupsafe import Markup

    return {"text/plain": words, "text/html": Markup("<p role='alert'>{}</p>").format(words)}


def opened(partnership: Partnership) -> dict[str, Any]:
    """What ``open_partnership()`` shows as the last line of a cell."""
    from markupsafe import escape

    from ctekit.model.text import legible

    if partnership.lost:
        return _alert(_LOST.format(folder=partnership.folder))
    words = legible(partnership.name) or "A partnership without a name yet"
    return {"text/plain": repr(partnership), "text/html": f"<p><strong>{escape(words)}</strong> is open.</p>"}
