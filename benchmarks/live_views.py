"""From the last key to the redrawn overview, check and chart, beside a bare round trip of a comm in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from playwright.sync_api import Page

from benchmarks.lab import idle, running
from benchmarks.matrix_vs_dropdowns import KERNEL
from benchmarks.measure import Comparison, percentile
from benchmarks.places import harrow_bend, v4, write

ROUNDS = 25
CELLS = (
    "import ctekit\n\npartnership = ctekit.open_partnership()",
    'partnership.worksheet("purpose")',
    'partnership.chart("promises")',
    'partnership.check("purpose")',
    "partnership.overview()",
    'from benchmarks.bare import Echo\n\nEcho("bare.sqlite")',
)
CHECK, OVERVIEW, CHART = ".ctekit-check", ".ctekit-whole", ".ctekit-chart"
LINE = '[data-field="start"] input'
CELL = '[data-field="clauses"] .ck-grid tbody td'
BARE = ".bench-echo"

# Begins at a key; ends when the views that this edit changes stand on the page.
CLOCK = """() => {
  const bench = (window.bench = { way: "echo", began: 0, taken: [], end() {} });
  addEventListener("keydown", () => (bench.began = performance.now()), true);
}"""
UNTIL = """(before) => before.every(([selector, html]) => document.querySelector(selector)?.outerHTML !== html) &&
  performance.now() - bench.began"""


def compare() -> Iterator[Comparison | str]:
    """All in one notebook: a figure put in or taken out changes check and overview, a promise the chart."""
    with harrow_bend() as home:
        cells = [v4.new_code_cell(source) for source in CELLS]
        node = v4.new_notebook(cells=[*cells, v4.new_markdown_cell("Then talk it over.")], metadata=KERNEL)
        write(node, home / "scratch.ipynb")
        with running(home) as lab, lab.notebook("scratch.ipynb") as page:
            page.set_viewport_size({"width": 1400, "height": 6000})  # nothing is drawn that nobody sees
            editors = page.locator(".jp-CodeCell .cm-content")
            for number in range(len(CELLS)):
                editors.nth(number).click()
                page.keyboard.press("Shift+Enter")
            page.locator(BARE).wait_for()
            idle(page)
            page.evaluate(CLOCK)
            ours, bare = [], []
            for number in range(1 + ROUNDS):
                for edit in (_figure, _promise):
                    ours.append(edit(page, number))
                    bare.append(_echo(page))
    for share in (50, 95):
        yield Comparison(
            f"live_views_p{share}",
            ours[2:],
            bare[2:],
            "ms",
            "last key -> chart, or check and overview, redrawn; 400 ms of it the pause after typing",
            "bare round trip of a comm",
            "under 1000 ms" if share == 95 else "",
            percentile(share / 100),
        )


def _figure(page: Page, number: int) -> float:
    """Milliseconds from the last key to check and overview."""
    before = _views(page, CHECK, OVERVIEW)
    line = page.locator(LINE).first
    line.focus()
    line.select_text()
    page.keyboard.type("11.0%") if number % 2 else page.keyboard.press("Delete")
    return _redrawn(page, before)


def _promise(page: Page, _number: int) -> float:
    """Milliseconds from the last key to the chart."""
    before = _views(page, CHART)
    page.locator(CELL).first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(f"Promise {uuid4().hex[:6]}")
    taken = _redrawn(page, before)
    page.keyboard.press("F2")
    return taken


def _views(page: Page, *selectors: str) -> list[list[str]]:
    page.wait_for_timeout(300)  # what followed from the last one is over
    return [[selector, page.locator(selector).first.evaluate("(view) => view.outerHTML")] for selector in selectors]


def _redrawn(page: Page, before: list[list[str]]) -> float:
    taken: float = page.wait_for_function(UNTIL, arg=before).json_value()
    return taken


def _echo(page: Page) -> float:
    page.wait_for_timeout(100)
    line = page.locator(BARE).first
    line.fill(uuid4().hex)
    page.evaluate("() => { bench.taken = []; bench.end = () => bench.taken.push(performance.now() - bench.began); }")
    line.press("Enter")
    page.wait_for_function("() => bench.taken.length")
    taken: float = page.evaluate("() => bench.taken[0]")
    return taken
