"""What is typed into a question, and what stands there once it is saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ctekit import worksheets
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

CONVENER = worksheets.called("convener")
PURPOSE = worksheets.called("purpose")


def test_a_month_becomes_its_last_day_before_ones_eyes(lab: Lab, page: Page) -> None:
    sheet = lab.open(page, lab.folder("month"), "02-purpose").sheet(PURPOSE.title)
    by = PURPOSE.question("by")
    days = {"June 2029": "June 30, 2029", "2028": "December 31, 2028", "Sept 5, 2026": "September 5, 2026"}
    for typed, shown in days.items():
        sheet.answer(by.title, by, typed)
        if typed == "2028":  # saved while one is still in the box
            sheet.saved()
            expect(sheet.control(by.title)).to_have_value(typed)
        page.keyboard.press("Tab")
        expect(sheet.control(by.title)).to_have_value(shown)
    sheet.answer(by.title, by, "3/4/0026")
    page.keyboard.press("Tab")
    expect(sheet.question(by.title).get_by_role("alert")).to_contain_text("Write it as 2026-03-04.")


def test_a_decimal_comma_is_asked_about_and_never_dropped(lab: Lab, page: Page) -> None:
    sheet = lab.open(page, lab.folder("comma"), "01-convener").sheet(CONVENER.title)
    fte = CONVENER.question("fte")
    sheet.show_all()
    sheet.answer(fte.title, fte, "0,5")
    page.keyboard.press("Tab")
    alert = sheet.question(fte.title).get_by_role("alert")
    expect(alert).to_have_text("“0,5” can be read as 0.5 or as 5. Write 0.5 or 5.")
    expect(sheet.control(fte.title)).to_have_value("0,5")
    sheet.answer(fte.title, fte, "0.5")
    page.keyboard.press("Tab")
    expect(sheet.control(fte.title)).not_to_have_attribute("aria-invalid", "true")
