"""40 x 12 cells in a real JupyterLab: our matrix beside Dropdowns, ipydatagrid and ipyautoui; and our own 120 x 20."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Response, WebSocket

from benchmarks.lab import Lab, idle, running
from benchmarks.matrix_vs_dropdowns import DUTIES, KERNEL, ORGANIZATIONS, OURS, PEER, SIDES
from benchmarks.measure import Comparison
from benchmarks.places import harrow_bend, v4, write
from ctekit import workspace
from ctekit.store import Edit, open_store

TIMES = 5
LARGE = (120, 20)
SHARED = (
    "import ipywidgets as w\nfrom ipywidgets.widgets.widget_description import DescriptionStyle",
    "layout, style = w.Layout(width='auto'), DescriptionStyle()\n"
    "cells = [w.Dropdown(options=['-', 'A', 'R', 'S', 'C', 'I'], layout=layout, style=style)"
    f" for _ in range({DUTIES * ORGANIZATIONS})]\n"
    f"w.GridBox(cells, layout=w.Layout(grid_template_columns='repeat({ORGANIZATIONS}, 1fr)'))",
)
LETTERS = f"[{{f'o{{k}}': 'ARSCI'[(n + k) % 5] for k in range({ORGANIZATIONS})}} for n in range({DUTIES})]"
# High enough for the last row to be painted: a canvas paints what can be seen.
DATAGRID = (
    "import pandas as pd\nfrom ipydatagrid import DataGrid",
    f"DataGrid(pd.DataFrame({LETTERS}), editable=True, base_column_size=64, layout={{'height': '860px'}})",
)
AUTOUI = (
    "import ipywidgets as w\nfrom ipyautoui.custom.editgrid import EditGrid\n"
    "from pydantic import RootModel, create_model\nfrom typing import Literal",
    "letter = Literal['-', 'A', 'R', 'S', 'C', 'I']\n"
    f"Row = create_model('Row', **{{f'o{{k}}': (letter, '-') for k in range({ORGANIZATIONS})}})\n"
    "Rows = RootModel[list[Row]]\n"
    f"EditGrid(Rows, value={LETTERS}, editable=True, base_column_size=64, layout={{'height': '920px'}})",
)
OWN = re.compile(rb'"_(?:esm|css)": ?"(?:[^"\\]|\\.)*"')
"""Our script and style, as they stand in a message."""


@dataclass(frozen=True)
class Side:
    """One way to show the cells.

    Attributes
    ----------
    words : str
        What it is, for people.
    cells : tuple of str
        The opening cell and the one that shows the widget.
    last : str
        Selector of all cells, the last of which takes the focus; of the grid itself where it is a canvas.
    count : int
        How many the selector finds when all are there.
    needs : str
        The package it comes from, where that is not one of ours.
    place : str
        The folder of its notebook.
    """

    words: str
    cells: tuple[str, str]
    last: str
    count: int = DUTIES * ORGANIZATIONS
    needs: str = ""
    place: str = ""


CANVAS = ".jp-OutputArea .lm-DataGrid"
ALL = {
    "ours": Side(f"one worksheet, only the matrix, {DUTIES} x {ORGANIZATIONS}", OURS, SIDES["ours"][1]),
    "dropdowns": Side(
        f"{DUTIES * ORGANIZATIONS} Dropdowns, each with its own layout and style", PEER, SIDES["peer"][1]
    ),
    "shared": Side(f"{DUTIES * ORGANIZATIONS} Dropdowns that share one layout and one style", SHARED, SIDES["peer"][1]),
    "ipydatagrid": Side("ipydatagrid's DataGrid, editable", DATAGRID, CANVAS, 1, "ipydatagrid"),
    "ipyautoui": Side("ipyautoui's EditGrid", AUTOUI, CANVAS, 1, "ipyautoui"),
    "large": Side(
        "one worksheet, only the matrix, {} x {}".format(*LARGE),
        OURS,
        SIDES["ours"][1],
        LARGE[0] * LARGE[1],
        place="large/",
    ),
}

# Starts the clock at the key itself, and stops it when all cells are there, the last takes the focus and is painted.
# A canvas has no cells: it is usable when it takes the focus and letters stand in the place of its last cell, which is
# where more than one color is found within the lines around it.
WATCH = """([cells, count, columns, rows]) => {
  const drawn = (grid) => {
    const canvas = grid.querySelector("canvas");
    if (!canvas?.width) return false;
    const [wide, high] = [64, 20]; // of a cell, and of the names of rows and columns before it
    const { data } = canvas.getContext("2d").getImageData(columns * wide + 3, rows * high + 3, wide - 6, high - 6);
    return new Set(new Uint32Array(data.buffer)).size > 1;
  };
  const usable = () => {
    const all = document.querySelectorAll(cells);
    const last = all[count - 1];
    if (all.length !== count || !last.getBoundingClientRect().height) return false;
    const canvas = last.matches(".lm-DataGrid");
    if (canvas && !drawn(last)) return false;
    const taker = canvas ? last.querySelector("[tabindex]") ?? last : last;
    taker.focus();
    return document.activeElement === taker;
  };
  let began = 0;
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.shiftKey || began) return;
    began = performance.now();
    window.taken = new Promise((done, failed) => {
      const late = () => failed(new Error(`${document.querySelectorAll(cells).length} of ${count} came in a minute`));
      setTimeout(late, 60000);
      const look = () => {
        if (!usable()) return requestAnimationFrame(look);
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
      };
      requestAnimationFrame(look);
    });
  }, true);
}"""


@dataclass
class Traffic:
    """What went between the kernel and the page, and what the page fetched for it."""

    kinds: Counter[str] = field(default_factory=Counter)
    size: int = 0
    code: int = 0
    fetched: int = 0

    def socket(self, socket: WebSocket) -> None:
        """Count on this socket if it is a kernel's."""
        if "/api/kernels/" in socket.url:
            socket.on("framereceived", lambda data: self._frame("from the kernel", data))
            socket.on("framesent", lambda data: self._frame("to the kernel", data))

    def response(self, response: Response) -> None:
        """Count a script that the page loads late, because the widget needs it."""
        if response.request.resource_type == "script":
            self.fetched += int(response.header_value("content-length") or 0)

    def _frame(self, way: str, payload: str | bytes) -> None:
        data = payload if isinstance(payload, bytes) else payload.encode()
        match = re.search(rb'"msg_type": ?"(\w+)"', data)  # the header comes first, its parent's after it
        kind = match[1].decode() if match else ""
        if kind.startswith("comm_"):
            self.kinds[f"{kind} {way}"] += 1
        elif kind not in ("display_data", "update_display_data", "execute_result"):
            return
        self.size += len(data)
        self.code += sum(map(len, OWN.findall(data)))

    @property
    def comms(self) -> int:
        """How many messages of comms, both ways."""
        return self.kinds.total()

    def words(self) -> str:
        """For people."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        return (
            f"{self.comms} messages of comms ({kinds}); {self.size / 1000:.1f} KB, {self.code / 1000:.1f} KB of them"
            f" the widget's own code; {self.fetched / 1000:.0f} KB of scripts loaded beside"
        )


def compare() -> Iterator[Comparison | str]:
    """Each run has a fresh page and a fresh kernel in which only the notebook's opening cell has run."""
    there = [name for name, side in ALL.items() if not side.needs or find_spec(side.needs)]
    for name in [grid for grid in ALL if grid not in there]:
        yield f"{name}: not measured, it is not installed (the extra `bench` brings it)"
    with harrow_bend() as sample:
        home = sample.parent / "forty"
        fill(home, DUTIES, ORGANIZATIONS)
        fill(home / "large", *LARGE)
        for name in there:
            cells = [v4.new_code_cell(source) for source in ALL[name].cells]
            # As in our notebooks, prose follows: run as the last one, a cell makes JupyterLab put a new one below it.
            node = v4.new_notebook(cells=[*cells, v4.new_markdown_cell("Then talk it over.")], metadata=KERNEL)
            write(node, home / ALL[name].place / f"scratch-{name}.ipynb")
        taken: dict[str, list[float]] = {}
        traffic: dict[str, Traffic] = {}
        with running(home) as lab:
            for name in there:  # also warms what is kept on the disk
                try:
                    traffic[name] = _traffic(lab, name)
                except PlaywrightError as error:
                    yield f"{name}: not measured, it did not show: {error.message.splitlines()[0]}"
                else:
                    taken[name] = []
            for _ in range(TIMES):
                for name, costs in taken.items():
                    with lab.notebook(_notebook(name)) as page:
                        costs.append(_run(page, ALL[name]))
    yield from _told(taken, traffic)


def _told(taken: dict[str, list[float]], traffic: dict[str, Traffic]) -> Iterator[Comparison | str]:
    yield "of a grid on a canvas, usable is: it takes the focus, and letters are painted where its last cell is"
    for name, cost in traffic.items():
        package = f" {version(ALL[name].needs)}" if ALL[name].needs else ""
        yield f"{name}{package}: {median(taken[name]):.0f} ms; {cost.words()}"
    us, dropdowns = ALL["ours"].words, ("dropdowns", "shared")
    quickest = min(dropdowns, key=lambda name: median(taken[name]))
    for name in [grid for grid in taken if ALL[grid].last != ALL["ours"].last]:
        aim = "at most 0.167, this being the best of Dropdowns" if name == quickest else ""
        yield Comparison(f"grids_{name}", taken["ours"], taken[name], "ms", us, ALL[name].words, aim)
    sizes = {name: [(cost.size - cost.code) / 1000] for name, cost in traffic.items()}
    smallest = min(dropdowns, key=sizes.__getitem__)
    words = "messages of comms and outputs, without the widget's own code"
    yield Comparison("grids_bytes", sizes["ours"], sizes[smallest], "KB", words, ALL[smallest].words, "at most 0.1")
    opens = traffic["ours"].kinds["comm_open from the kernel"]
    yield f"ours opens {opens} comms (aim: 2); the others of its {traffic['ours'].comms} messages are the view's hello"
    yield Comparison("grids_large", taken["large"], taken["ours"], "ms", ALL["large"].words, us, "at most 2")


def fill(home: Path, duties: int, organizations: int) -> None:
    """Make a partnership with a letter in every cell of the matrix."""
    workspace.make(home, "A large matrix")
    store = open_store(home / "partnership.ctekit")
    orgs = [store.save([Edit("profile", "name", f"Organization {n + 1}", "org-*")])[0] for n in range(organizations)]
    tasks = [store.save([Edit("roles", "task", f"Keep promise {n + 1}", "task-*")])[0] for n in range(duties)]
    store.save(
        [
            Edit("roles", f"matrix/{org.row}", "ARSCI"[(n + k) % 5], task.row)
            for n, task in enumerate(tasks)
            for k, org in enumerate(orgs)
        ]
    )
    store.close()


def _notebook(name: str) -> str:
    return f"{ALL[name].place}scratch-{name}.ipynb"


def _traffic(lab: Lab, name: str) -> Traffic:
    traffic = Traffic()
    with lab.notebook(_notebook(name), traffic.socket) as page:
        _run(page, ALL[name], traffic)
        page.wait_for_timeout(1500)
    return traffic


def _run(page: Page, side: Side, traffic: Traffic | None = None) -> float:
    """Run the opening cell, then the cell that shows the widget; milliseconds to its last cell being usable."""
    editors = page.locator(".jp-CodeCell .cm-content")
    editors.nth(0).click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_function("() => /\\d/.test(document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')[0].textContent)")
    idle(page)
    editors.nth(1).click()
    page.wait_for_timeout(500)
    page.evaluate(WATCH, [side.last, side.count, ORGANIZATIONS, DUTIES])
    if traffic:
        traffic.kinds.clear()
        traffic.size = traffic.code = traffic.fetched = 0
        page.on("response", traffic.response)
    page.keyboard.press("Shift+Enter")
    taken: float = page.evaluate("() => window.taken")
    return taken
