"""What is typed is seen at once in all that is open: in the same notebook, and in another with its own kernel."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from ctekit import open_partnership
from ctekit.worksheets.purpose import Purpose
from tests.browser.conftest import Lab
from tests.browser.driver import Notebook

pytestmark = pytest.mark.browser


def test_overview_check_and_chart_follow_what_is_typed_in_another_notebook(lab: Lab, page: Page) -> None:
    folder = lab.folder("live")
    first = lab.open(page, folder, "00-start-here")
    overview = first.panel.locator(
        ".ctekit-panel", has=page.locator('section[aria-label="Where each worksheet stands"]')
    )
    line = overview.locator("tr", has_text=Purpose.title)
    line.scroll_into_view_if_needed()
    expect(line).to_contain_text("not yet")
    other = page.context.new_page()
    second = lab.open(other, folder, "02-purpose")
    sheet = second.sheet(Purpose.title)
    chart = second.panel.locator(".ctekit-panel figure").first
    expect(chart).to_contain_text("There is no promise yet")
    learners = sheet.root.locator('[data-field="learners"] :is(input, textarea)').first
    learners.fill("120 juniors and seniors")
    expect(line).to_contain_text(re.compile(r"yes1 of \d+"))
    sheet.press("Add a row")
    expect(sheet.root.locator("td textarea")).to_be_focused()
    other.keyboard.type("Six credits before graduation")
    other.keyboard.press("Enter")
    chart.scroll_into_view_if_needed()
    expect(chart).to_contain_text("Six credits before graduation")


def test_what_is_unfolded_and_in_focus_stays_so_when_a_view_is_drawn_anew(lab: Lab, page: Page) -> None:
    folder = lab.folder("unfolded", "harrow-bend")
    notebook = lab.open(page, folder, "02-purpose")
    chart = notebook.panel.locator(".ctekit-panel figure").first
    numbers = chart.locator("summary")
    numbers.click()
    expect(chart.locator("details")).to_have_attribute("open", "")
    partnership = open_partnership(folder)
    partnership.change("purpose", partnership["purpose"].clauses[0].id, promise="In other words")
    expect(chart).to_contain_text("In other words")
    expect(chart.locator("details")).to_have_attribute("open", "")
    expect(numbers).to_be_focused()


@pytest.mark.parametrize("key", ["Escape", "Enter"])
def test_the_focus_stays_in_its_cell_when_rows_came_while_it_was_edited(lab: Lab, page: Page, key: str) -> None:
    folder = lab.folder(f"rows-{key}", "harrow-bend")
    sheet = lab.open(page, folder, "02-purpose").sheet(Purpose.title)
    promises = Purpose.question("clauses").title
    cell = sheet.cell(promises, 1, Purpose.question("promise", "clause-1").title)
    cell.click()
    expect(cell.locator("textarea")).to_be_focused()
    partnership = open_partnership(folder)
    partnership.add("purpose", "clauses", {"promise": "Came from elsewhere"})
    rows = len(partnership["purpose"].clauses)
    expect(sheet.question(promises)).to_contain_text(f"{rows} rows")
    page.keyboard.press(key)
    expect(sheet.rows(promises)).to_have_count(rows)
    expect(sheet.root.locator("td:focus")).to_have_text(partnership["purpose"].clauses[1].promise)


def test_a_link_of_a_view_opens_the_notebook_in_the_same_window(lab: Lab, page: Page) -> None:
    notebook = lab.open(page, lab.folder("links", "harrow-bend"), "00-start-here")
    page.evaluate("window.same = true")
    notebook.panel.get_by_role("link", name="Roles and responsibilities").last.click()
    Notebook(page, "06-roles.ipynb").wait_until_open()
    assert page.evaluate("window.same")
