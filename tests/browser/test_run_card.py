"""“Run it live” in JupyterLab: start, the wall and the lead's view in windows of their own, no token in the file."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ctekit import room
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


def test_the_card_opens_the_wall_and_the_leads_view_and_a_reload_finds_the_run(lab: Lab, page: Page) -> None:
    folder = lab.folder("run-card", "harrow-bend")
    notebook = lab.open(page, folder, "00-start-here")
    card = notebook.panel.locator(".ctekit-panel", has_text="Start the run")
    card.get_by_label("This computer only").check()
    SHOTS.mkdir(exist_ok=True)
    card.screenshot(path=SHOTS / "run-card-start.png")
    starts = card.get_by_role("textbox")
    starts.fill("25:99")
    starts.press("Enter")
    expect(card.get_by_role("status")).to_contain_text("is not a time of day")
    expect(card).to_contain_text("no run has started in it")  # the room has, and draws the card anew
    starts.fill("")
    page.set_viewport_size({"width": 1400, "height": 500})
    start = card.get_by_role("button", name="Start the run")
    start.evaluate("(button) => button.scrollIntoView({ block: 'start' })")
    start.press("Enter")
    card = notebook.panel.locator(".ctekit-panel", has_text="Open the wall")
    expect(card).to_contain_text("Now: Doors")
    expect(card.get_by_role("button", name="Open the wall")).to_be_in_viewport()  # it is shorter than what was pressed
    page.set_viewport_size({"width": 1400, "height": 1000})
    card.screenshot(path=SHOTS / "run-card-runs.png")
    report = Axe().run(page, context=".ctekit-panel:has([data-act=wall])", options=RULES)
    assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in report.response["violations"]] == []
    with page.expect_popup() as opening:
        card.get_by_role("button", name="Open the wall").click()
    wall = opening.value
    expect(wall.locator("h1")).to_have_text("Join with your phone")  # while people come in
    assert wall.url.endswith("/wall/")
    with page.expect_popup() as opening:
        card.get_by_role("button", name="Open the lead's view").click()
    lead = opening.value
    lead.get_by_role("button", name="Go on: Why we are here").click()
    expect(wall.locator("h1")).to_have_text("Why we are here")
    expect(card).to_contain_text("Now: Why we are here")
    notebook.save()
    running = room.find(folder)
    assert running is not None
    tokens = [address.rpartition("/")[2] for address in running.screens().values()]
    saved = (folder / "00-start-here.ipynb").read_text("utf-8")
    assert not [token for token in tokens if token in saved]
    page.reload()
    notebook.wait_until_open()
    notebook.run_all()
    expect(notebook.panel.locator(".ctekit-panel", has_text="Open the wall")).to_contain_text("Now: Why we are here")
    running.end()
