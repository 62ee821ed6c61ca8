"""A browser that keeps nothing, as a private window or one that is full: what is typed is not said to be kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ctekit import worksheets, workspace
from tests.browser.bare import Bare
from tests.browser.driver import wait_until
from tests.conftest import WAIT

pytestmark = pytest.mark.browser

LEARNERS = worksheets.called("purpose").question("learners").title
WAYS = {
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    "blocked": "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('','SecurityError'); }})",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("way", WAYS)
def test_where_nothing_is_kept_the_page_asks_before_it_goes(page: Page, tmp_path: Path, way: str) -> None:
    page.add_init_script(WAYS[way])
    workspace.make(tmp_path / "here", "Try")
    bare = Bare(page, tmp_path / "here", "purpose")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    sheet = bare.worksheet
    sheet.control(LEARNERS).click()  # a browser asks only whoever has touched the page
    page.evaluate("window.cut = true")
    page.keyboard.type("Words")
    expect(sheet.status).to_contain_text("This browser cannot keep what you typed. Leave this page open")
    page.evaluate("setTimeout(() => location.reload())")
    assert wait_until(page, lambda: asked == ["beforeunload"])
    expect(sheet.control(LEARNERS)).to_have_value("Words")
    page.evaluate("window.cut = false")
    assert wait_until(page, lambda: bare.stored("", "learners") == "Words")
    sheet.saved()
    page.evaluate("setTimeout(() => location.reload())")
    expect(sheet.root).to_have_count(0)
    assert asked == ["beforeunload"]
