"""The past on the screen: undo and redo by button and key, the history, and bringing things back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ctekit import worksheets
from ctekit.jupyter.partnership import Partnership
from ctekit.store import open_store
from tests.browser.conftest import Lab
from tests.browser.driver import Notebook, Worksheet
from tests.browser.test_access import _faults, theme

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.question("learners").title
CHANGE = PURPOSE.question("change").title
BY = PURPOSE.question("by").title
PROMISES = PURPOSE.question("clauses").title
PROMISE = PURPOSE.question("promise", "clause-1")


def open_purpose(lab: Lab, page: Page, folder: Path) -> tuple[Notebook, Worksheet]:
    notebook = lab.open(page, folder, "02-purpose")
    return notebook, notebook.sheet(PURPOSE.title)


def write(sheet: Worksheet, field: str, words: str) -> None:
    sheet.answer(PURPOSE.question(field).title, PURPOSE.question(field), words)


def button(sheet: Worksheet, name: str | re.Pattern[str]) -> Locator:
    return sheet.root.get_by_role("button", name=name, exact=isinstance(name, str)).first


def test_undo_and_redo_by_key_take_whole_answers_and_keep_the_focus(lab: Lab, page: Page) -> None:
    folder = lab.folder("undo")
    notebook, sheet = open_purpose(lab, page, folder)
    cells = notebook.cells()
    expect(button(sheet, "Undo")).to_be_disabled()
    write(sheet, "learners", "all learners")
    page.keyboard.press("Tab")
    sheet.saved()
    expect(button(sheet, "Undo")).to_be_enabled()
    sheet.control(CHANGE).click()
    page.keyboard.type("a first job")
    page.keyboard.press("Control+z")  # at once: it is not even sent yet
    expect(sheet.control(CHANGE)).to_have_value("")
    expect(sheet.control(CHANGE)).to_be_focused()
    expect(sheet.status).to_have_text(f"Undone: “{CHANGE}”.")
    page.keyboard.press("Control+Shift+z")
    expect(sheet.control(CHANGE)).to_have_value("a first job")
    expect(sheet.control(CHANGE)).to_be_focused()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(sheet.control(LEARNERS)).to_have_value("")
    page.keyboard.press("Control+y")
    expect(sheet.control(LEARNERS)).to_have_value("all learners")
    assert notebook.cells() == cells  # the notebook's own undo heard nothing
    values = [revision.value for revision in open_store(folder / "partnership.ctekit").history("purpose", "", "change")]
    assert values == ["a first job", None, "a first job", None]
    page.keyboard.press("Control+z")
    expect(sheet.control(LEARNERS)).to_have_value("")
    notebook.run_all()  # the sheet is drawn anew, and still knows what can be undone
    expect(button(sheet, "Redo")).to_be_enabled()


def test_undo_of_what_could_not_be_saved_puts_back_what_stands(lab: Lab, page: Page) -> None:
    _, sheet = open_purpose(lab, page, lab.folder("undo-wrong"))
    write(sheet, "by", "2028-06-30")
    page.keyboard.press("Tab")
    sheet.saved()
    write(sheet, "by", "next summer")
    page.keyboard.press("Enter")
    expect(sheet.question(BY).get_by_role("alert")).to_contain_text("is not a date")
    page.keyboard.press("Control+z")
    expect(sheet.control(BY)).to_have_value("June 30, 2028")
    expect(sheet.question(BY).get_by_role("alert")).to_be_hidden()
    expect(sheet.control(BY)).not_to_have_attribute("aria-invalid", "true")


def test_rows_and_cells_are_undone_in_the_table(lab: Lab, page: Page) -> None:
    _, sheet = open_purpose(lab, page, lab.folder("undo-rows"))
    number = sheet.add_row(PROMISES)
    sheet.put(PROMISES, number, PROMISE.title, PROMISE, "Paid work.")
    cell = sheet.cell(PROMISES, 0, PROMISE.title)
    expect(cell).to_have_text("Paid work.")
    cell.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Unpaid work.")
    page.keyboard.press("Control+z")  # still in the cell
    expect(cell).to_be_focused()
    expect(cell).to_have_text("Paid work.")
    sheet.press("Delete row")
    expect(sheet.rows(PROMISES)).to_have_count(0)
    button(sheet, "Undo").click()
    expect(sheet.rows(PROMISES)).to_have_count(1)
    expect(button(sheet, "Undo")).to_be_focused()


def test_the_history_is_read_and_brings_back(lab: Lab, page: Page) -> None:
    folder = lab.folder("past")
    _, sheet = open_purpose(lab, page, folder)
    write(sheet, "learners", "all learners")
    page.keyboard.press("Tab")
    sheet.saved()
    other = Partnership(folder)
    other.answer("purpose", "learners", "some learners")
    expect(sheet.control(LEARNERS)).to_have_value("some learners")
    sheet.press("History")
    panel = sheet.root.get_by_role("region", name="History of this worksheet")
    expect(panel.get_by_role("listitem").first).to_contain_text(f"{LEARNERS}: all learners → some learners")
    panel.get_by_role("button", name="Bring back “all learners”").first.click()
    expect(sheet.control(LEARNERS)).to_have_value("all learners")
    expect(panel.get_by_role("listitem").first).to_contain_text("some learners → all learners")
    panel.get_by_role("button", name="Compare", exact=True).click()
    expect(panel.get_by_role("status")).to_contain_text("difference")
    sheet.press("Close the history")
    expect(panel).to_be_hidden()
    expect(button(sheet, "History")).to_be_focused()
    assert other["purpose"].learners == "all learners"


def test_the_open_history_has_no_fault_that_axe_can_see(lab: Lab, page: Page) -> None:
    _, sheet = open_purpose(lab, page, lab.folder("past-access", "harrow-bend"))
    sheet.press("History")
    expect(sheet.root.locator(".ck-past li").first).to_be_visible()
    light = _faults(page, sheet)
    theme(page, "JupyterLab Dark")
    dark = _faults(page, sheet)
    sheet.shot("history-dark")
    theme(page, "JupyterLab Light")
    assert light + dark == []
