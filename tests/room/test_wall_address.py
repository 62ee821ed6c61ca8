"""The address on the wall, beside what is voted on: whoever types it reads it in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ctekit import workspace
from tests.room.served import served

pytestmark = pytest.mark.browser

OPEN = "(fields) => fetch('do/open', { method: 'POST', body: new URLSearchParams(fields) })"
LINES = """(address) => {
    const range = document.createRange();
    range.selectNodeContents([...address.childNodes].findLast((node) => node.textContent.includes(":")));
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
}"""


@pytest.mark.parametrize("width", [1280, 1920])
def test_an_address_in_numbers_stands_on_one_line_beside_few_words(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    workspace.make(tmp_path / "ours", "")
    with served(tmp_path / "ours") as running:
        wall = browser.new_page(viewport={"width": width, "height": width * 9 // 16})
        lead = browser.new_page()
        wall.goto(running.address("wall"))
        lead.goto(running.address("lead"))
        lead.evaluate(OPEN, {"about": "ideas", "what": "recruitment.needs"})
        expect(wall.locator("main.vote")).to_be_visible()
        assert wall.locator(".address").evaluate(LINES) == 1
        wall.close()
        lead.close()
