"""From the click in JupyterLab's menu to the download: our entry beside the menu's own HTML, both warm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page

from benchmarks.lab import item, menu, running
from benchmarks.measure import Comparison, by_turns
from benchmarks.places import executed, harrow_bend

PAGES = {"lab_menu_export": "06-roles", "lab_menu_export_whole_picture": "99-whole-picture"}
MENU = ("File", "Save and Export Notebook As")


def compare() -> Iterator[Comparison | str]:
    """The notebooks were run and saved before, so that the peer has something to show."""
    with harrow_bend() as home:
        executed(home)
        with running(home) as lab:
            for name, notebook in PAGES.items():
                with lab.notebook(f"{notebook}.ipynb") as page:
                    sizes: dict[str, int] = {}
                    taken = by_turns(
                        lambda page=page, sizes=sizes: _export(page, "Ctekit", sizes),
                        lambda page=page, sizes=sizes: _export(page, "HTML", sizes),
                        times=9,
                        warm=2,
                    )
                yield Comparison(
                    name, *taken, "s", f"File > … > Ctekit, {notebook}", "File > … > HTML", "ours under 0.5 s"
                )
                yield "downloads: " + ", ".join(f"{entry} {size / 1000:.0f} KB" for entry, size in sizes.items())


def _export(page: Page, entry: str, sizes: dict[str, int]) -> float:
    menu(page, *MENU, entry)
    with page.expect_event("popup") as opened:
        pass_on = item(page, entry)
        began = perf_counter()
        pass_on.click()
    download = opened.value.wait_for_event("download")
    taken = perf_counter() - began
    sizes[entry] = Path(download.path()).stat().st_size
    return taken
