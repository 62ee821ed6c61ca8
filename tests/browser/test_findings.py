"""The findings of the whole picture, worked on in JupyterLab: by keyboard alone, and no key reaches the notebook."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

import ctekit
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS

pytestmark = pytest.mark.browser


def test_a_finding_becomes_an_action_by_keyboard_alone(lab: Lab, page: Page) -> None:
    folder = lab.folder("findings", "harrow-bend")
    notebook = lab.open(page, folder, "99-whole-picture")
    panel = notebook.panel.locator(".ctekit-panel", has=page.locator(".ctekit-questions"))
    expect(panel.locator(".ctekit-questions > li")).to_have_count(5)
    before = notebook.cells()
    work = panel.get_by_role("button", name="Work on the findings (9)")
    work.focus()
    for key in ("a", "b", "m", "x", "d", "d"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    make = panel.get_by_role("button", name="Make 1 an action")
    make.focus()
    page.keyboard.press("Enter")
    panel.get_by_label("What").fill("Settle it with both")
    panel.get_by_label("Who", exact=True).select_option(index=1)
    panel.get_by_label("By when").fill("2026-10-15")
    SHOTS.mkdir(exist_ok=True)
    panel.screenshot(path=SHOTS / "findings.png")
    save = panel.get_by_role("button", name="Save action 1")
    save.focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text(re.compile(r"Saved in the plan: “.*”\."))
    expect(panel.get_by_role("button", name="Make 1 an action")).to_be_disabled()
    action = ctekit.open_partnership(folder)["plan"].actions[-1]
    assert (action.action, str(action.by)) == ("Settle it with both", "2026-10-15")
    assert action.owner
    # A second press of the same kind comes to Python in another thread: it must be seen as well.
    panel.get_by_role("button", name="Fold the list away").click()
    expect(make).to_have_count(0)
    assert notebook.cells() == before
