"""Papers and pages are made by pressing buttons, in JupyterLab and in the app: the file is there, and it opens."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import icalendar
import pikepdf
import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import SHOTS
from tests.browser.test_elsewhere import app, open_page

pytestmark = pytest.mark.browser

LONG = 120_000
"""Milliseconds for all papers or all pages on a busy computer."""


def opens_in_word(content: bytes) -> bool:
    return bool(Document(io.BytesIO(content)).paragraphs)


def opens_as_pdf(content: bytes) -> bool:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages) > 0


OPENS: dict[str, Callable[[bytes], bool]] = {
    ".docx": opens_in_word,
    ".pdf": opens_as_pdf,
    ".html": lambda content: content.startswith(b"<!DOCTYPE html>"),
    ".ics": lambda content: bool(icalendar.Calendar.from_ical(content).walk("VEVENT")),
}

BUTTONS = {
    "Word: make “Charter”": "charter.docx",
    "PDF: make “Charter”": "charter.pdf",
    "Web page: make “Charter”": "charter.html",
    "Calendar: make “Calendar”": "calendar.ics",
}


def press(within: Locator, name: str) -> None:
    """By keyboard alone."""
    button = within.get_by_role("button", name=name, exact=True)
    button.focus()
    button.press("Enter")


def make_papers(panel: Locator, folder: Path) -> None:
    for button, name in BUTTONS.items():
        press(panel, button)
        expect(panel.locator(".ctekit-said")).to_contain_text(f"{name} is in the folder “papers” beside this notebook.")
        expect(panel.get_by_role("button", name=button, exact=True)).to_be_focused()
        path = folder / "papers" / name
        assert OPENS[path.suffix](path.read_bytes()), name
    SHOTS.mkdir(exist_ok=True)
    panel.screenshot(path=SHOTS / f"papers-{folder.name}.png")


def make_pack(panel: Locator, folder: Path) -> None:
    press(panel, "All papers in one zip file")
    expect(panel.locator(".ctekit-said")).to_contain_text("handover-pack.zip", timeout=LONG)
    expect(panel.get_by_text("The kernel is not answering")).to_have_count(0)
    with zipfile.ZipFile(folder / "papers" / "handover-pack.zip") as pack:
        pack.extractall(folder / "unpacked")
    files = [path for path in (folder / "unpacked").rglob("*") if path.is_file()]
    assert len(files) > 100
    assert {path.suffix for path in files} == set(OPENS)
    for path in files:
        assert OPENS[path.suffix](path.read_bytes()), path.name


def write_pages(within: Locator, folder: Path) -> None:
    within.get_by_role("button", name="Write the pages to hand round").press("Enter")
    expect(within.get_by_text(re.compile(r"^\d+ pages are in the folder pages"))).to_be_visible(timeout=LONG)
    assert len(list((folder / "pages").glob("*.html"))) > 20


def open_by_link(within: Locator | Page) -> None:
    """Follow the link beside the button, and one from page to page; all that with the login that is there."""
    page = within if isinstance(within, Page) else within.page
    expect(within.get_by_role("link", name="Open the pages")).to_have_css("text-decoration-line", "underline")
    with page.expect_popup() as opened:
        within.get_by_role("link", name="Open the pages").click()
    pages = opened.value
    expect(pages.get_by_role("heading", level=1)).to_contain_text("Harrow Bend")
    pages.get_by_role("link", name="Process-wide success metrics").first.click()
    expect(pages).to_have_url(re.compile(r"/pages/07-metrics\.html$"))
    expect(pages.get_by_role("heading", level=1)).to_contain_text("Process-wide success metrics")
    pages.close()


def look_at_what_was_written(page: Page, folder: Path) -> None:
    page.goto((folder / "unpacked" / "index.html").as_uri())
    charter = page.get_by_role("listitem").filter(has_text=re.compile(r"^Charter.*: web page"))
    charter.get_by_role("link", name="web page").click()
    expect(page.get_by_role("heading", name="Charter", level=1)).to_be_visible()
    page.goto((folder / "pages" / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Harrow Bend")


@pytest.fixture(params=["JupyterLab", "the app"])
def opened(request: pytest.FixtureRequest, lab: Lab, browser: Browser) -> Iterator[tuple[Page, Locator, Path]]:
    """The whole picture of Harrow Bend on the screen: the window, what stands in it, and its folder."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    if request.param == "JupyterLab":
        folder = lab.folder("papers-lab", "harrow-bend")
        yield page, lab.open(page, folder, "99-whole-picture").panel, folder
        lab.shut_kernels()
    else:
        folder = lab.folder("papers-app", "harrow-bend")
        with app(lab, folder) as start:
            open_page(page, start.replace("00-start-here", "99-whole-picture"))
            yield page, page.locator("main"), folder
    context.close()


def test_each_button_makes_a_file_that_opens(opened: tuple[Page, Locator, Path]) -> None:
    page, notebook, folder = opened
    panel = notebook.locator(".ctekit-panel", has=page.locator(".ctekit-paper-list"))
    expect(panel).to_be_visible(timeout=60_000)
    names = notebook.locator("dl.ctekit-plain dt")
    expect(names.first).to_be_attached()
    assert min(names.evaluate_all("(all) => all.map((name) => name.offsetWidth)")) > 150, "no word of a name is cut"
    make_papers(panel, folder)
    make_pack(panel, folder)
    write_pages(notebook, folder)
    link = notebook.get_by_role("link", name="Open the pages")
    if "app" in folder.name:
        open_by_link(notebook)
    else:
        expect(link, "plain JupyterLab has its list of files").to_have_count(0)
    look_at_what_was_written(page, folder)
