"""The state's pages in a browser: axe finds nothing, they fit, are printed, and ask for nothing."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from pypdf import PdfReader

from ctekit.rollup import write
from tests.browser.test_pages import AXE, SCHEMES
from tests.rollup.region import state

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def state_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("state")
    write(state(), output, day=datetime.date(2026, 11, 30))
    return output


@pytest.mark.parametrize("name", ["index", "region-r1"])
@pytest.mark.parametrize("width", [1366, 390, 320])
def test_axe_finds_nothing_and_it_fits_and_nothing_is_fetched(
    state_pages: Path, browser: Browser, name: str, width: int
) -> None:
    address = (state_pages / f"{name}.html").as_uri()
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    window, requests = context.new_page(), list[str]()

    def note(request: Any) -> None:
        requests.append(request.url)

    window.on("request", note)
    for scheme in SCHEMES:
        window.emulate_media(color_scheme=scheme)
        window.goto(address)
        assert window.evaluate("document.documentElement.scrollWidth") <= width, "the page scrolls sideways"
        report = Axe().run(window, options=AXE)
        assert report.response["passes"], "axe looked at nothing"
        assert report.response["violations"] == [], scheme
    context.close()
    assert set(requests) == {address}


def test_a_region_is_reached_by_keys_from_the_state(state_pages: Path, browser: Browser) -> None:
    window = browser.new_page()
    window.goto((state_pages / "index.html").as_uri())
    link = window.get_by_role("main").get_by_role("link", name="R4", exact=True)
    link.focus()
    window.keyboard.press("Enter")
    window.wait_for_url("**/region-r4.html", timeout=10_000)
    assert window.get_by_role("heading", level=1).inner_text() == "R4"
    window.close()


def test_it_is_printed_on_few_pages(state_pages: Path, browser: Browser, tmp_path: Path) -> None:
    window = browser.new_page()
    window.goto((state_pages / "region-r1.html").as_uri())
    window.pdf(path=tmp_path / "region.pdf", prefer_css_page_size=True)
    window.close()
    paper = PdfReader(tmp_path / "region.pdf")
    assert len(paper.pages) <= 5
    assert "Beside the other regions" in paper.pages[0].extract_text()
