"""Two small boxes of a notebook: one starts a partnership where there is none, one keeps a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from ctekit.model.errors import CtekitError, describe_fault
from ctekit.model.files import NotWrittenError, not_written_beside
from ctekit.widgets.written import link_to

if TYPE_CHECKING:
    from ctekit.partnership import Partnership


def start_card(partnership: Partnership, live: Callable[[], Any], html: Callable[[], str]) -> Any:
    """A box that offers to start a partnership here; then it shows what was asked for, live or as HTML."""
    import ipywidgets as w

    from ctekit import copies, workspace
    from ctekit.widgets import watcher

    name = w.Text(description="Name", placeholder="", layout=w.Layout(width="32em"))
    own = w.Button(description="Start our partnership here", button_style="primary", layout=w.Layout(width="auto"))
    try_it = w.Button(description="Try the invented sample, Harrow Bend", layout=w.Layout(width="auto"))
    status = w.HTML()
    intro = w.HTML(
        "<p><strong>There is no partnership in this folder yet.</strong> "
        f"Give yours a name, or try the sample first.{escape(copies.instead(partnership.folder))}</p>"
    )
    box = w.VBox([intro, name, w.HBox([own, try_it]), status])

    def make(sample: str) -> Callable[[Any], None]:
        def pressed(_: Any) -> None:
            if not sample and not name.value.strip():
                status.value = "<p role='alert'>Write the partnership's name first; it can be changed later.</p>"
                return
            try:
                workspace.make(partnership.folder, name.value.strip(), sample)
            except (CtekitError, OSError) as error:
                status.value = f"<p role='alert'>{escape(str(error))}</p>"
            box.refresh()

        return pressed

    def refresh() -> None:
        if partnership.exists and intro in box.children:
            box.children = (live() or w.HTML(html()),)

    box.refresh = refresh
    own.on_click(make(""))
    try_it.on_click(make("harrow-bend"))
    watcher.watch(box)
    return box


def keep_box(partnership: Partnership) -> Any:
    """A button that writes the pages, and says where; below it the answers as a file, and copies brought together."""
    import ipywidgets as w

    from ctekit.widgets.data_panel import DataPanel
    from ctekit.widgets.merge_panel import MergePanel

    button = w.Button(
        description="Write the pages to hand round", button_style="primary", layout=w.Layout(width="auto")
    )
    status = w.HTML(
        "<p>A brief, and pages for each worksheet, each partner, families and the state. "
        "Answers for the facilitator only stay out.</p>"
    )

    def pressed(_: Any) -> None:
        button.disabled = True

        def show_progress(page: str) -> None:
            status.value = f"<p role='status'>Writing {escape(page)} …</p>"

        try:
            pages = partnership.export(partnership.folder / "pages", progress=show_progress)
            status.value = (
                f"<p role='status'>{len(pages)} pages are in the folder <strong>pages</strong> beside this notebook. "
                "Begin with <strong>index.html</strong>: it opens in any browser, and can be mailed or printed."
                f"{link_to(partnership.folder / 'pages' / 'index.html', 'Open the pages')}</p>"
            )
        except NotWrittenError:
            status.value = f"<p role='alert'>{not_written_beside('pages')}</p>"
        except Exception as error:  # people see a sentence; a traceback would vanish in a callback
            known = isinstance(error, (CtekitError, OSError))
            words = str(error) if known else f"ctekit has a fault ({describe_fault(error)})"
            status.value = f"<p role='alert'>The pages were not written: {escape(words)}</p>"
        button.disabled = False

    button.on_click(pressed)
    return w.VBox([button, status, DataPanel(partnership), MergePanel(partnership.store)])
