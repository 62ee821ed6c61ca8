"""40 duties x 12 organizations in a real JupyterLab: our matrix beside 480 Dropdowns, from the run to the last cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, WebSocket

from benchmarks.lab import Lab, idle, item, menu, running
from benchmarks.measure import Comparison
from benchmarks.places import harrow_bend, v4, write
from ctekit import workspace
from ctekit.store import Edit, open_store

DUTIES, ORGANIZATIONS = 40, 12
TIMES = 5
OURS = ("import ctekit\n\npartnership = ctekit.open_partnership()", 'partnership.worksheet("roles", only="matrix")')
PEER = (
    "import ipywidgets as w",
    "cells = [w.Dropdown(options=['-', 'A', 'R', 'S', 'C', 'I'], layout=w.Layout(width='auto'))"
    f" for _ in range({DUTIES * ORGANIZATIONS})]\n"
    f"w.GridBox(cells, layout=w.Layout(grid_template_columns='repeat({ORGANIZATIONS}, 1fr)'))",
)
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
# What no widget made with anywidget can undercut.
BARE = ("from benchmarks.bare import Cells", f"Cells(count={DUTIES * ORGANIZATIONS})")
SIDES = {
    "ours": (OURS, ".ck-matrix td[data-field]"),
    "peer": (PEER, ".jp-OutputArea .widget-dropdown select"),
    "bare": (BARE, ".bench-cell"),
}

# Starts the clock at the key itself, and stops it when all cells are there, the last takes the focus and is painted.
WATCH = """([cells, count]) => new Promise((done) => {
  let began = 0;
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey || began) return;
    began = performance.now();
    window.taken = new Promise((usable, failed) => {
      const there = () => document.querySelectorAll(cells).length;
      setTimeout(() => failed(new Error(`${count} cells were expected, ${there()} came in a minute`)), 60000);
      const look = () => {
        const all = document.querySelectorAll(cells);
        const last = all[count - 1];
        if (all.length !== count || !last.getBoundingClientRect().height) return requestAnimationFrame(look);
        last.focus();
        if (document.activeElement !== last) return requestAnimationFrame(look);
        requestAnimationFrame(() => setTimeout(() => usable(performance.now() - began)));
      };
      requestAnimationFrame(look);
    });
  }, true);
  done();
})"""


@dataclass
class Traffic:
    """What the kernel's socket brought."""

    messages: int = 0
    comms: int = 0
    size: int = 0

    def watch(self, socket: WebSocket) -> None:
        """Count on this socket if it is a kernel's."""
        if "/api/kernels/" in socket.url:
            socket.on("framereceived", self._frame)

    def _frame(self, payload: Any) -> None:
        data = payload if isinstance(payload, bytes) else payload.encode()
        self.messages += 1
        self.comms += b'"comm_open"' in data or b'"comm_msg"' in data
        self.size += len(data)


def compare() -> Iterator[Comparison | str]:
    """Each run has a fresh page and a fresh kernel in which only the notebook's opening cell has run."""
    with harrow_bend() as sample:
        home = sample.parent / "forty"
        _fill(home)
        for side, (sources, _) in SIDES.items():
            # As in a real notebook something follows; else JupyterLab would make a new cell when the last one is run.
            cells = [*(v4.new_code_cell(source) for source in sources), v4.new_markdown_cell("Then read it aloud.")]
            write(v4.new_notebook(cells=cells, metadata=KERNEL), home / f"scratch-{side}.ipynb")
        first: dict[str, list[float]] = {side: [] for side in SIDES}
        again: dict[str, list[float]] = {side: [] for side in SIDES}
        with running(home) as lab:
            traffic = {side: _traffic(lab, side) for side in SIDES}  # also warms what is kept on the disk
            for _ in range(TIMES):
                for side in SIDES:
                    fresh, restarted = _visit(lab, side)
                    first[side].append(fresh)
                    again[side].append(restarted)
    us, them = (
        f"one worksheet, only the matrix, {DUTIES} x {ORGANIZATIONS}",
        f"{DUTIES * ORGANIZATIONS} Dropdowns in a GridBox",
    )
    yield Comparison("matrix_vs_dropdowns", first["ours"], first["peer"], "ms", us, them, "at most 0.1")
    bare = "an anywidget of as many bare buttons"
    yield Comparison("matrix_vs_bare_widget", first["ours"], first["bare"], "ms", us, bare)
    yield Comparison("bare_widget_vs_dropdowns", first["bare"], first["peer"], "ms", bare, them)
    words = "; the page had shown it before, the kernel is fresh"
    yield Comparison(
        "matrix_vs_dropdowns_restarted", again["ours"], again["peer"], "ms", us + words, them, "at most 0.1"
    )
    sizes = {side: [cost.size / 1000] for side, cost in traffic.items()}
    yield Comparison(
        "matrix_vs_dropdowns_received", sizes["ours"], sizes["peer"], "KB", "received from the kernel", "the same"
    )
    for side, cost in traffic.items():
        yield f"{side}: {cost.messages} messages from the kernel ({cost.comms} of comms), {cost.size / 1000:.0f} KB"
    more = {side: median(first[side]) - median(again[side]) for side in SIDES}
    yield f"being the page's first widget costs ours {more['ours']:.0f} ms, the peer {more['peer']:.0f} ms"


def _fill(home: Path) -> None:
    workspace.make(home, "Forty duties")
    store = open_store(home / "partnership.ctekit")
    orgs = [
        store.save([Edit("profile", "name", f"Organization {n}", "org-*")])[0].row for n in range(1, ORGANIZATIONS + 1)
    ]
    for n in range(1, DUTIES + 1):
        row = store.save([Edit("roles", "task", f"Do what was promised, part {n}", "task-*")])[0].row
        store.save([Edit("roles", f"matrix/{org}", "ARSCI"[(n + k) % 5], row) for k, org in enumerate(orgs)])
    store.close()


def _visit(lab: Lab, side: str) -> tuple[float, float]:
    """The time in a fresh page, and in the same page after "Restart the kernel and clear"."""
    with lab.notebook(f"scratch-{side}.ipynb") as page:
        first = _run(page, side)
        idle(page)
        menu(page, "Kernel", "Restart Kernel and Clear Outputs of All Cells…")
        item(page, "Restart Kernel and Clear Outputs of All Cells…").click()
        page.locator(".jp-Dialog button.jp-mod-accept").click()
        page.locator(".jp-Dialog").wait_for(state="detached")
        page.wait_for_function("(cells) => !document.querySelector(cells)", arg=SIDES[side][1])
        idle(page)
        return first, _run(page, side)


def _traffic(lab: Lab, side: str) -> Traffic:
    traffic = Traffic()
    with lab.notebook(f"scratch-{side}.ipynb", traffic.watch) as page:
        _run(page, side, traffic)
        page.wait_for_timeout(1500)
    return traffic


def _run(page: Page, side: str, traffic: Traffic | None = None) -> float:
    """Run the opening cell, then the cell that shows the widget; milliseconds to its last cell being usable."""
    editors = page.locator(".jp-CodeCell .cm-content")
    editors.nth(0).click()
    page.wait_for_timeout(500)
    page.keyboard.press("Shift+Enter")
    page.wait_for_function("() => /\\d/.test(document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')[0].textContent)")
    idle(page)
    page.wait_for_timeout(500)
    editors.nth(1).click()
    page.wait_for_timeout(500)
    if traffic:
        traffic.messages = traffic.comms = traffic.size = 0
    cells = SIDES[side][1]
    page.evaluate(WATCH, [cells, DUTIES * ORGANIZATIONS])
    page.keyboard.press("Shift+Enter")
    taken: float = page.evaluate("() => window.taken")
    return taken
