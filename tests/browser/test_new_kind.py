"""A kind of question that somebody adds has its control in the form: see `tests.newcomer`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ctekit import workspace
from tests.browser.bare import Bare
from tests.newcomer import new_kind

pytestmark = pytest.mark.browser


@pytest.fixture
def contacts(page: Page, tmp_path: Path) -> Iterator[Bare]:
    with new_kind(tmp_path):
        workspace.make(tmp_path / "ours", "Us", "")
        yield Bare(page, tmp_path / "ours", "contacts")


def test_it_is_answered_in_the_form_and_in_a_table(contacts: Bare) -> None:
    form = contacts.page.locator(".ctekit-sheet")
    office = form.get_by_role("textbox", name="Email of the office", exact=True)
    expect(office).to_have_attribute("inputmode", "email")
    office.fill("Office@CTE.example")
    office.press("Enter")
    office.blur()
    expect(office).to_have_value("office@cte.example")
    assert contacts.stored("", "office") == "office@cte.example"

    contacts.page.get_by_role("button", name="Add a row").click()
    cell = form.locator("td[data-field=email]")
    cell.click()
    contacts.page.keyboard.type("nowhere")
    contacts.page.keyboard.press("Enter")
    cell.first.click()  # Enter began the next row
    expect(form.get_by_text("An email address has an @ in it")).to_be_visible()
    contacts.page.keyboard.press("ControlOrMeta+a")
    contacts.page.keyboard.type("Ann@school.example")
    contacts.page.keyboard.press("Enter")
    expect(cell.first).to_have_text("ann@school.example")
