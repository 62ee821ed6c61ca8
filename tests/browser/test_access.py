"""Every worksheet as it stands in JupyterLab, read by axe: no fault against WCAG 2.2 AA, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ctekit import worksheets
from tests.browser.conftest import Lab
from tests.browser.driver import Worksheet

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="module")
def sample(lab: Lab) -> Path:
    return lab.folder("access", "harrow-bend")


@pytest.mark.parametrize("slug", list(worksheets.every()))
def test_a_worksheet_has_no_fault_that_axe_can_see(lab: Lab, page: Page, sample: Path, slug: str) -> None:
    kind = worksheets.called(slug)
    sheet = lab.open(page, sample, kind.notebook).sheet(kind.title)
    sheet.shot(f"{kind.notebook}-quick")
    sheet.show_all()
    sheet.shot(f"{kind.notebook}-all")
    sheet.open_everything()
    light = _faults(page, sheet)
    theme(page, "JupyterLab Dark")
    dark = _faults(page, sheet)
    theme(page, "JupyterLab Light")  # the choice is kept for the tests that follow
    assert light + dark == []


def theme(page: Page, name: str) -> None:
    """Settings > Theme, as a person chooses it."""
    page.locator(".lm-MenuBar-item", has_text="Settings").click()
    page.locator(".lm-Menu-item", has_text="Theme").first.click()
    page.locator(".lm-Menu-item").get_by_text(name, exact=True).click()
    light = "false" if "Dark" in name else "true"
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light)


def _faults(page: Page, sheet: Worksheet) -> list[str]:
    sheet.root.evaluate("(root) => root.setAttribute('data-look-at', '')")
    found = Axe().run(page, context={"include": [["[data-look-at]"]]}, options=RULES)
    assert found.response["passes"], "axe looked at nothing"
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found.response["violations"]
        for node in one["nodes"][:3]
    ]
