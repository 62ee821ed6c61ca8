"""What is for the facilitator only is in no page of the browser until it is asked for there, and gone when hidden."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from ctekit import worksheets
from ctekit.partnership import Partnership
from tests.browser.conftest import Lab

VALUE = worksheets.called("value")
SECRET = "Marcus calls Hank, between us"


def kept_here(page: Page) -> str:
    """All that the page holds and all that this browser keeps, as one text."""
    held: str = page.evaluate(
        """() => document.documentElement.outerHTML
            + [...document.querySelectorAll('input, textarea, select')].map((one) => one.value).join('\\n')
            + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"""
    )
    return held


def test_a_private_answer_comes_when_asked_for_is_saved_and_is_forgotten_when_hidden(lab: Lab, page: Page) -> None:
    folder = lab.folder("private", "harrow-bend")
    partnership = Partnership(folder)
    row = partnership["value"].exchanges[0].id
    partnership.change("value", row, action=SECRET)
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    sheet = lab.open(page, folder, VALUE.notebook).sheet(VALUE.title)
    assert SECRET not in kept_here(page)
    assert not any(SECRET in frame for frame in frames)
    sheet.show_all()
    hide = sheet.root.get_by_role("button", name="Hide facilitator-only questions")
    table, column = VALUE.asks()["exchanges"].title, VALUE.ask("action", row).title
    cell = sheet.cell(table, 0, column)
    expect(cell).to_contain_text(SECRET)
    cell.dblclick()
    page.keyboard.press("End")
    page.keyboard.type(", soon")
    page.keyboard.press("Tab")
    sheet.saved()
    assert partnership["value"].exchanges[0].action == f"{SECRET}, soon"
    sheet.root.get_by_role("button", name="History", exact=True).click()
    expect(sheet.root.locator(".ck-past")).to_contain_text(SECRET)
    hide.click()
    expect(sheet.root.get_by_role("button", name="Show facilitator-only questions")).to_be_visible()
    assert SECRET not in kept_here(page)
    frames.clear()
    partnership.change("value", row, action=f"{SECRET}, today", gives="a bay of machines")
    expect(sheet.cell(table, 0, VALUE.ask("gives", row).title)).to_contain_text("a bay of machines")
    assert not any(SECRET in frame for frame in frames)


def test_a_page_that_is_reloaded_has_to_ask_again(lab: Lab, page: Page) -> None:
    folder = lab.folder("private-reload", "harrow-bend")
    partnership = Partnership(folder)
    partnership.change("value", partnership["value"].exchanges[0].id, action=SECRET)
    notebook = lab.open(page, folder, VALUE.notebook)
    notebook.sheet(VALUE.title).show_all()
    page.keyboard.press("Control+s")
    page.reload()
    notebook.wait_until_open()
    notebook.run_all()
    notebook.sheet(VALUE.title)
    assert SECRET not in kept_here(page)
    saved = json.dumps(json.loads((folder / f"{VALUE.notebook}.ipynb").read_text("utf-8")))
    assert SECRET not in saved


def test_a_notebook_saved_with_its_widgets_holds_nothing_private(lab: Lab, page: Page) -> None:
    """JupyterLab's setting "Save Widget State Automatically", and the checkpoint it keeps beside the notebook."""
    folder = lab.folder("private-saved", "harrow-bend")
    partnership = Partnership(folder)
    partnership.change("value", partnership["value"].exchanges[0].id, action=SECRET)
    notebook = lab.open(page, folder, VALUE.notebook)
    notebook.menu("Settings", "Save Widget State Automatically")
    notebook.sheet(VALUE.title).show_all()
    page.keyboard.press("Control+s")
    path = folder / f"{VALUE.notebook}.ipynb"
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    notebook.menu("Settings", "Save Widget State Automatically")  # it is the same for the next test
    written = [path, *Path(folder, ".ipynb_checkpoints").glob("*.ipynb")]
    words = [one.read_text("utf-8") for one in written]
    assert "widget-state+json" in words[0]
    assert not any(SECRET in one for one in words)
