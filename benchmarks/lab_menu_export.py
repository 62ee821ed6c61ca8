"""From the click in JupyterLab's menu to the download: our entry beside the menu's own HTML, both warm."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Download, Page

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
                    ours, peer = (partial(_export, page, entry, sizes) for entry in ("Ctekit", "HTML"))
                    taken = by_turns(ours, peer, times=9, warm=2)
                yield Comparison(
                    name, *taken, "s", f"File > … > Ctekit, {notebook}", "File > … > HTML", "ours under 0.5 s"
                )
                yield "downloads: " + ", ".join(f"{entry} {size / 1000:.0f} KB" for entry, size in sizes.items())


def _export(page: Page, entry: str, sizes: dict[str, int]) -> float:
    # The menu opens a window that is gone as soon as it turns out to be a download: it is listened to from its birth.
    came: list[tuple[float, Download]] = []

    def listen(window: Page) -> None:
        window.on("download", lambda download: came.append((perf_counter(), download)))

    page.context.on("page", listen)
    listen(page)
    menu(page, *MENU, entry)
    last = item(page, entry)
    if entry == "HTML":  # JupyterLab asks first whether to clean it; the time a person takes for that does not count
        last.click()
        last = page.locator(".jp-Dialog .jp-mod-accept")
        last.wait_for()
    began = perf_counter()
    last.click()
    while not came and perf_counter() - began < 60:
        page.wait_for_timeout(5)
    page.context.remove_listener("page", listen)
    if not came:
        raise RuntimeError(f"{' > '.join((*MENU, entry))} gave no download within a minute.")
    at, download = came[0]
    sizes[entry] = Path(download.path()).stat().st_size
    return at - began
