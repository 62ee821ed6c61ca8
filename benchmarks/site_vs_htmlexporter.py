"""The whole site from the answers, beside nbconvert's HTML of the executed notebooks: one process, each made anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from nbconvert.exporters.html import HTMLExporter

from benchmarks.measure import Comparison, by_turns, seconds
from benchmarks.places import executed, harrow_bend
from ctekit import export

_HTMLExporter: Any = HTMLExporter  # has no types


def compare() -> Iterator[Comparison | str]:
    """Ours reads the store, writes every page to the disk and draws its charts; the peer has the outputs at hand."""
    with harrow_bend() as home:
        notebooks = executed(home)
        peer = _HTMLExporter(template_name="lab")
        pages = home.parent / "pages"

        def theirs() -> None:
            for name, notebook in notebooks.items():
                peer.from_notebook_node(notebook, {"metadata": {"name": name, "path": str(home)}})

        taken = by_turns(lambda: seconds(lambda: export.pages(home, pages)), lambda: seconds(theirs), times=5, warm=1)
        written = len(list(pages.glob("*.html")))
        us, them = f"the site, {written} pages on the disk", f"HTMLExporter, the {len(notebooks)} notebooks"
        yield Comparison("site_vs_htmlexporter", *taken, "s", us, them, "at most 1")
