"""What is for the facilitator only is in no page of the browser until it is asked for there, and gone when hidden."""

from __future__ import annotations

import json
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from ctekit import worksheets
from ctekit.jupyter.partnership import Partnership
from tests.browser.conftest import Lab
from tests.secrets import found, plant

VALUE = worksheets.called("value")
SECRET = "Marcus calls Hank, between us"


def kept_here(page: Page) -> str:
    """All that the page holds and all that this browser keeps, as one text."""
    held: str = page.evaluate(
        """() => document.documentElement.outerHTML
            + [...document.querySelectorAll('input, textarea, select')].map((control) => control.value).join('\\n')
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
    table, column = VALUE.questions()["exchanges"].title, VALUE.question("action", row).title
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
    expect(sheet.cell(table, 0, VALUE.question("gives", row).title)).to_contain_text("a bay of machines")
    assert not any(SECRET in frame for frame in frames)


def test_a_page_that_is_reloaded_has_to_ask_again(lab: Lab, page: Page) -> None:
    folder = lab.folder("private-reload", "harrow-bend")
    partnership = Partnership(folder)
    partnership.change("value", partnership["value"].exchanges[0].id, action=SECRET)
    notebook = lab.open(page, folder, VALUE.notebook)
    notebook.sheet(VALUE.title).show_all()
    notebook.save()
    page.reload()
    notebook.wait_until_open()
    notebook.run_all()
    notebook.sheet(VALUE.title)
    assert SECRET not in kept_here(page)
    saved = json.dumps(json.loads((folder / f"{VALUE.notebook}.ipynb").read_text("utf-8")))
    assert SECRET not in saved


def test_notebooks_saved_with_their_widgets_hold_nothing_private(lab: Lab, page: Page) -> None:
    """JupyterLab's setting "Save Widget State Automatically", and the checkpoint it keeps beside each notebook."""
    folder = lab.home / "secrets"
    assert plant(folder) > 800
    frames: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    kinds = [worksheets.called(slug) for slug in ("value", "convener", "recruitment", "plan")]
    notebook = lab.open(page, folder, kinds[0].notebook)
    notebook.menu("Settings", "Save Widget State Automatically")
    try:
        for kind in kinds:
            notebook = notebook if kind is kinds[0] else notebook.switch(kind.notebook)
            notebook.menu("File", "Save Notebook")
            until = time.monotonic() + 30
            while "widget-state+json" not in (folder / f"{kind.notebook}.ipynb").read_text("utf-8"):
                assert time.monotonic() < until, "JupyterLab did not save the notebook with its widgets"
                page.wait_for_timeout(200)
            assert not found(kept_here(page))
    finally:
        notebook.menu("Settings", "Save Widget State Automatically")  # it is the same for the next test
    for kind in kinds:
        assert not found((folder / f"{kind.notebook}.ipynb").read_text("utf-8"))
    checkpoints = list(Path(folder, ".ipynb_checkpoints").glob("*.ipynb"))
    assert checkpoints
    assert not found("".join(path.read_text("utf-8") for path in checkpoints))
    assert not found("".join(frames))
