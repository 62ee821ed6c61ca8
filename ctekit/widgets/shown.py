"""What a notebook's sentences give: a live widget where there is a kernel, and the same view as static HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ctekit.model import paths
from ctekit.model.errors import CtekitError, describe_fault

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ctekit.charts import Chart, Numbers, Words
    from ctekit.partnership import Partnership
    from ctekit.rules import Finding, Result
    from ctekit.workbook import Workbook

_STYLE = Path(__file__).parent / "output.css"

_PAGE = re.compile(r'(href="[0-9]{2}-[a-z0-9-]+)\.html(?=["#])')


class Shown:
    """One sentence of a notebook, ready to show itself.

    Parameters
    ----------
    partnership : Partnership
    verb : str
        ``worksheet``, ``check``, ``chart``, ``keep`` and the others of `ctekit.views.SENTENCES`.
    words : tuple
        The sentence's arguments.
    as_of : str
        The day it looks back to; "" for now.
    """

    def __init__(self, partnership: Partnership, verb: str, words: tuple[Any, ...], as_of: str = "") -> None:
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
        return self.book if self.private else self.book.public()

    def _repr_html_(self) -> str:
        """The static view: what an exported page, a script's report or an untrusted notebook shows."""
        if not self.partnership.exists or self.verb == "keep":
            return ""
        return as_output(self.view())

    def view(self) -> str:
        """The same without its style. On a page a link leads to a page; in JupyterLab, to that page's notebook."""
        from ctekit.views import SENTENCES

        html = SENTENCES[self.verb](self.partnership.book, *self.words, as_of=self.as_of, private=self.private)
        return _PAGE.sub(r"\g<1>.ipynb", html)

    def live(self) -> Any:
        """The widget that stands in its place where there is a kernel, or None."""
        if self.as_of:
            return None
        if self.verb == "worksheet":
            return self.partnership.sheet(*self.words)
        if self.verb == "rate":
            return self.partnership.desk(*self.words)
        return keep_box(self.partnership) if self.verb == "keep" else None

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        if self.partnership.lost:
            return _alert(_LOST.format(folder=self.partnership.folder))
        live = self.live() if self.partnership.exists else start_card(self.partnership, self)
        bundle: dict[str, Any] = {"text/plain": repr(self)}
        if live is not None:
            bundle["application/vnd.jupyter.widget-view+json"] = {
                "version_major": 2,
                "version_minor": 0,
                "model_id": live.model_id,
            }
        html = self._repr_html_()
        if live is not None:
            html = last_view(html)
        return bundle | ({"text/html": html} if html else {})


class Checked(Shown):
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

    def live(self) -> Any:
        """The same findings with buttons: check again, make one an action, acknowledge one."""
        from ctekit.widgets.findings import Findings

        return None if self.as_of else Findings(self.partnership, self.view, *self.words)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)


class Drawn(Shown):
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


class Overview(Shown):
    """Where each worksheet stands, and what else lies in the folder."""

    def view(self) -> str:
        """The overview, below a note on each other copy of the partnership."""
        from markupsafe import Markup

        from ctekit import copies

        notes = [Markup("<p><strong>{}</strong></p>").format(words) for words in copies.beside(self.partnership.store)]
        return "".join(notes) + super().view()


KINDS: dict[str, type[Shown]] = {"overview": Overview, "check": Checked, "picture": Checked, "chart": Drawn}
"""The sentences that are more than what they show."""


def as_output(view: str) -> str:
    """A view with all that it needs in a cell's output; JupyterLab takes "$17 to $26" for a formula where it may."""
    from ctekit.views import stylesheet

    style = stylesheet() + _STYLE.read_text("utf-8")
    return f'<style>{style}</style><div class="mathjax_ignore">{view}</div>'


def last_view(html: str) -> str:
    """What is saved beside a widget, and shown where its kernel is gone (``lab/labextensions`` sees to it)."""
    below = " Below is how it stood when this cell was last run." if html else ""
    return f'<div class="ctekit-last"><p>{_RUN_AGAIN}{below}</p>{html}</div>'


_RUN_AGAIN = "<strong>Your answers are safe. To go on, choose Run &gt; Run All Cells.</strong>"

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

    if partnership.lost:
        return _alert(_LOST.format(folder=partnership.folder))
    if not partnership.exists:
        return Shown(partnership, "keep", ())._repr_mimebundle_()
    words = partnership.name or "A partnership without a name yet"
    return {"text/plain": repr(partnership), "text/html": f"<p><strong>{escape(words)}</strong> is open.</p>"}


def start_card(partnership: Partnership, shown: Shown) -> Any:
    """A box that offers to start a partnership here, and turns into what was asked for when there is one."""
    import ipywidgets as w

    from ctekit import workspace
    from ctekit.widgets import watcher

    name = w.Text(description="Name", placeholder="", layout=w.Layout(width="32em"))
    own = w.Button(description="Start our partnership here", button_style="primary", layout=w.Layout(width="auto"))
    try_it = w.Button(description="Try the invented sample, Harrow Bend", layout=w.Layout(width="auto"))
    said = w.HTML()
    intro = w.HTML(
        "<p><strong>There is no partnership in this folder yet.</strong> "
        "Give yours a name, or try the sample first.</p>"
    )
    box = w.VBox([intro, name, w.HBox([own, try_it]), said])

    def make(sample: str) -> Callable[[Any], None]:
        def pressed(_: Any) -> None:
            from markupsafe import escape

            if not sample and not name.value.strip():
                said.value = "<p role='alert'>Write the partnership's name first; it can be changed later.</p>"
                return
            try:
                workspace.make(partnership.folder, name.value.strip(), sample)
            except (CtekitError, OSError) as error:
                said.value = f"<p role='alert'>{escape(str(error))}</p>"
            box.refresh()

        return pressed

    def refresh() -> None:
        if partnership.exists and intro in box.children:
            box.children = (shown.live() or w.HTML(shown._repr_html_()),)

    box.refresh = refresh
    own.on_click(make(""))
    try_it.on_click(make("harrow-bend"))
    watcher.watch(box)
    return box


def keep_box(partnership: Partnership) -> Any:
    """A button that writes the pages, with progress, and says where they lie."""
    import ipywidgets as w
    from markupsafe import escape

    button = w.Button(
        description="Write the pages to hand round", button_style="primary", layout=w.Layout(width="auto")
    )
    bar = w.IntProgress(min=0, max=len(paths.notebooks(partnership.folder)) or 1, layout=w.Layout(display="none"))
    said = w.HTML("<p>One page a notebook, and an index. Answers for the facilitator only stay out.</p>")

    def pressed(_: Any) -> None:
        bar.value, bar.layout.display, button.disabled = 0, None, True

        def told(page: str) -> None:
            bar.value += 1
            said.value = f"<p role='status'>Writing {escape(page)} …</p>"

        try:
            pages = partnership.export(partnership.folder / "pages", progress=told)
            said.value = (
                f"<p role='status'>{len(pages)} pages are in the folder <strong>pages</strong> beside this notebook. "
                "Begin with <strong>index.html</strong>: it opens in any browser, and can be mailed or printed.</p>"
            )
        except Exception as error:  # people see a sentence; a traceback would vanish in a callback
            known = isinstance(error, (CtekitError, OSError))
            words = str(error) if known else f"ctekit has a fault ({describe_fault(error)})"
            said.value = f"<p role='alert'>The pages were not written: {escape(words)}</p>"
        bar.layout.display, button.disabled = "none", False

    button.on_click(pressed)
    return w.VBox([button, bar, said])
