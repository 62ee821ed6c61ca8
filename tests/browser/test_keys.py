"""No key pressed inside a worksheet reaches the notebook, where `a` inserts a cell and `x` and `d d` delete one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from ctekit import worksheets
from tests.browser.conftest import Lab
from tests.browser.driver import Notebook, Worksheet, wait_until

pytestmark = pytest.mark.browser

KEYS = [
    "a",
    "b",
    "x",
    "y",
    "m",
    "d",
    "d",
    "z",
    "l",
    "o",
    "c",
    "v",
    "0",
    "0",
    "i",
    "i",
    "h",
    "Shift+Enter",
    "Control+Enter",
    "Alt+Enter",
    "ArrowUp",
    "ArrowDown",
    "Escape",
    "Space",
    "Enter",
]


def test_keys_on_every_kind_of_control_leave_the_notebook_alone(lab: Lab, page: Page) -> None:
    folder = lab.folder("keys", "harrow-bend")
    notebook = lab.open(page, folder, "06-roles")
    sheet = notebook.sheet(worksheets.called("roles").title)
    sheet.show_all()
    before = notebook.cells()
    order = _tab_order(sheet)
    parties = sheet.question("Who signs it")
    for name, control in {
        "text": sheet.control("Kind of agreement"),
        "textarea": sheet.control("What else must be in it"),
        "select": sheet.control("Is this worksheet ready to check?"),
        "check box": parties.get_by_role("checkbox").first,
        "search box": parties.get_by_label("Type to find"),
        "button": sheet.root.get_by_role("button", name="How Harrow Bend answered").first,
        "grid cell": sheet.cell("What has to be done", 0, "Duty"),
        "matrix cell": sheet.table("Who does what").locator("tbody td").first,
    }.items():
        _press_all(page, notebook, sheet, control, name, before)
    cell = sheet.cell("What has to be done", 1, "Duty")
    cell.click()
    _press_all(page, notebook, sheet, cell.locator("input, textarea, select").first, "grid cell being edited", before)
    # A click on a blank spot, and on the words of the status: the sheet has the focus then, not the notebook's cell.
    for spot in (sheet.root.locator(".ck-title"), sheet.status):
        spot.click()
        assert _inside(sheet)
        for key in KEYS:
            page.keyboard.press(key)
        assert _inside(sheet)
        assert notebook.cells() == before
    parties.get_by_label("Type to find").fill("")  # what was typed there left fewer boxes to tick
    assert wait_until(page, lambda: _tab_order(sheet) == order), _tab_order(sheet)


def test_keys_on_a_scale_leave_the_notebook_alone(lab: Lab, page: Page) -> None:
    folder = lab.folder("keys-scale", "harrow-bend")
    notebook = lab.open(page, folder, "04-value")
    sheet = notebook.sheet(worksheets.called("value").title)
    sheet.show_all()
    table = worksheets.called("value").question("exchanges").title
    sheet.cell(table, 0, "Partner").click()
    page.keyboard.press("Escape")
    sheet.question(table).get_by_role("button", name="Open row as a form").click()
    before = notebook.cells()
    _press_all(page, notebook, sheet, sheet.root.get_by_role("radio").first, "radio", before)


def test_save_goes_through_and_sends_what_was_typed(lab: Lab, page: Page) -> None:
    folder = lab.folder("keys-save")
    notebook = lab.open(page, folder, "02-purpose")
    sheet = notebook.sheet(worksheets.called("purpose").title)
    with page.expect_request(lambda request: request.method == "PUT" and "/api/contents" in request.url):
        sheet.control("Which learners is this for?").click()
        page.keyboard.insert_text("learners in three counties")
        page.keyboard.press("Control+s")
    sheet.saved()


def _press_all(
    page: Page, notebook: Notebook, sheet: Worksheet, control: Locator, name: str, before: list[tuple[str, str]]
) -> None:
    for key in KEYS:
        control.focus() if control.count() else None
        page.keyboard.press(key)
        assert _inside(sheet), f"{key} on a {name} took the focus out of the sheet"
    assert notebook.cells() == before, f"a key on a {name} changed the notebook"
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def _inside(sheet: Worksheet) -> bool:
    return bool(sheet.root.evaluate("(root) => root.contains(document.activeElement)"))


def _tab_order(sheet: Worksheet) -> list[str]:
    """What Tab can reach, in order; which buttons of a table are asleep follows the row in focus."""
    tab_stops: list[str] = sheet.root.evaluate(
        """(root) => [...root.querySelectorAll('input, select, textarea, button, [tabindex]')]
            .filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }))
            .map((element) => element.tagName + ' ' + (element.closest('.ck-question')?.dataset.field ?? ''))"""
    )
    return tab_stops
