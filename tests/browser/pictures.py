"""Takes pictures: ``python -m tests.browser.pictures`` those of the README; with a folder, each worksheet, to look at.

A worksheet is taken in three sizes of window, light and dark, with the answers of Harrow Bend and empty.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image  # Matplotlib brings it
from playwright.sync_api import Browser, Page, sync_playwright

from ctekit import worksheets, workspace
from ctekit.export import pages
from tests.browser import find_browser
from tests.browser.bare import Bare
from tests.browser.conftest import running
from tests.browser.test_guided import go, ready

README = Path(__file__).parents[2] / "docs" / "pictures"
SIZE = (1280, 900)
SIZES = ((1366, 768), (1920, 1080), (390, 844))
SAMPLE = "harrow-bend"

# JupyterLab's dark theme, as far as a form asks for it.
DARK = """() => {
    document.body.dataset.jpThemeLight = 'false';
    const ink = {'--jp-content-font-color0': '#fff', '--jp-content-font-color1': 'rgba(255, 255, 255, 0.87)'};
    const paper = {'--jp-layout-color1': '#212121', '--jp-layout-color2': '#424242', '--jp-border-color0': '#616161'};
    for (const [name, color] of Object.entries({...ink, ...paper})) document.body.style.setProperty(name, color);
    document.body.style.background = '#212121';
}"""


def window(browser: Browser, size: tuple[int, int]) -> Page:
    return browser.new_page(viewport={"width": size[0], "height": size[1]})


def take_readme(browser: Browser, home: Path) -> None:
    """The matrix in the guided view, and a page with a chart."""

    def prepare(folder: Path) -> None:
        (folder / "partnership.ctekit").unlink()
        workspace.make(home / SAMPLE, "", SAMPLE)
        (home / SAMPLE / "partnership.ctekit").rename(folder / "partnership.ctekit")

    with running(home, prepare=prepare, plain=False) as lab:
        page = window(browser, SIZE)
        page.goto(f"{lab.address}/lab?reset&token={lab.token}")
        ready(page)
        go(page, "6 Roles")  # waits until the notebook before it, which was ready too, is gone
        matrix = page.locator(".ck-matrix").locator("visible=true").first
        matrix.evaluate("(table) => table.closest('.ck-question').scrollIntoView({block: 'start'})")
        page.wait_for_timeout(1000)
        page.screenshot(path=README / "worksheet.png")
        pages(lab.home, home / "pages")
    page.goto((home / "pages" / "02-purpose.html").as_uri())
    page.locator("figure").first.evaluate("(chart) => chart.scrollIntoView({block: 'center'})")
    page.screenshot(path=README / "page.png")
    for picture in README.glob("*.png"):  # a palette halves them
        Image.open(picture).quantize(128).save(picture, optimize=True)


def take_forms(browser: Browser, home: Path, output: Path) -> None:
    """Each worksheet, from its top."""
    output.mkdir(parents=True, exist_ok=True)
    workspace.make(home / "filled", "", SAMPLE)
    workspace.make(home / "empty", "A partnership")
    for folder, slug, size in product(("filled", "empty"), worksheets.every(), SIZES):
        page = window(browser, size)
        Bare(page, home / folder, slug)
        for shade in ("light", "dark"):
            if shade == "dark":
                page.evaluate(DARK)
            page.screenshot(path=output / f"{slug}-{folder}-{size[0]}-{shade}.png", full_page=True)
        page.close()


def main() -> None:
    with sync_playwright() as playwright, TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=find_browser.find())
        if sys.argv[1:]:
            take_forms(browser, Path(home), Path(sys.argv[1]))
        else:
            take_readme(browser, Path(home))
        browser.close()


if __name__ == "__main__":
    main()
