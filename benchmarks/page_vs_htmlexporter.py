"""A page by our exporter, beside nbconvert's own HTMLExporter on the same executed notebook: in process, made once."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from nbconvert.exporters.html import HTMLExporter

from benchmarks.measure import Comparison, by_turns, seconds
from benchmarks.places import executed, harrow_bend
from ctekit.export.exporter import CtekitExporter

_HTMLExporter: Any = HTMLExporter  # has no types


def compare() -> Iterator[Comparison | str]:
    """Ours draws every chart and asks every rule again; the peer copies what a kernel had left in the notebook."""
    with harrow_bend() as home:
        notebooks = executed(home)
        ours, peer = CtekitExporter(), _HTMLExporter(template_name="lab")

        def cost(exporter: Any, name: str) -> float:
            where = {"metadata": {"name": name, "path": str(home)}}
            return 1000 * seconds(lambda: exporter.from_notebook_node(notebooks[name], where))

        def page(name: str) -> tuple[list[float], list[float]]:
            return by_turns(lambda: cost(ours, name), lambda: cost(peer, name), times=9)

        pages = {name: page(name) for name in notebooks}
    us, them = "CtekitExporter, warm", "HTMLExporter, template lab, warm"
    mine, theirs = ([median(costs[side]) for costs in pages.values()] for side in (0, 1))
    yield Comparison("page_vs_htmlexporter", mine, theirs, "ms", f"{us}; medians of nine pages", them, "at most 1")
    worst = max(pages, key=lambda name: median(pages[name][0]) / median(pages[name][1]))
    yield Comparison("page_vs_htmlexporter_worst", *pages[worst], "ms", f"{us}; {worst}", them, "at most 1")
    for name, costs in pages.items():
        a, b = (median(side) for side in costs)
        yield f"{name:18} {a:7.1f} ms beside {b:7.1f} ms   {a / b:.2f}"
