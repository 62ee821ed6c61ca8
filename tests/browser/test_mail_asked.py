"""A mailed file with all that one partner can be asked, on a phone without a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from ctekit import mail
from ctekit.worksheets.plan import Plan
from ctekit.worksheets.profile import Profile
from ctekit.worksheets.recruitment import Recruitment
from tests.browser.conftest import WAIT
from tests.browser.test_mail import PHONE, Mailed
from tests.mail.answering import harrow_bend, take

pytestmark = pytest.mark.browser


def test_all_that_a_partner_alone_can_say_is_asked_and_comes_back(browser: Browser, tmp_path: Path) -> None:
    store = harrow_bend(tmp_path / "hb")
    phone = browser.new_context(viewport=PHONE, offline=True, accept_downloads=True)
    phone.set_default_timeout(WAIT)
    (file,) = mail.send(store, mail.prepare(store, ["Tri-Fork Technical College"]), tmp_path / "whole")
    mailed = Mailed(phone, file, sheets=5)
    page = mailed.page
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    def table(field: str) -> Locator:
        return page.locator(f"[data-field={field}].ck-table")

    for field in (
        "people",
        "invitations",
        "actions",
        "credits",
    ):  # what was asked or agreed on is answered, not begun anew
        for button in ("Add a row", "Duplicate row", "Delete row"):
            expect(table(field).get_by_role("button", name=button)).to_have_count(0)
    table("people").get_by_role("textbox", name="What they do there").fill("Dean of everything")
    table("invitations").get_by_role("combobox", name="What they say").select_option("yes")
    asked = re.sub(r".*: ", "", table("invitations").get_by_role("heading", level=5).inner_text())
    table("actions").get_by_role("combobox", name="Done?").select_option(label="yes")
    page.get_by_role("textbox", name="Gives", exact=False).first.click()
    mailed.says("3 changes are in no file yet")
    assert mailed.axe() == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers").click()
    download.value.save_as(tmp_path / "answers.json")
    assert [result.conflict for result in take(store, tmp_path / "answers.json") if result.conflict] == []
    book = store.load()
    assert "Dean of everything" in {row.role for row in book[Profile].people}
    assert "yes" in {row.answer for row in book[Recruitment].invitations if book.name(row.person or "") == asked}
    assert "Bring the credit table to the trustees" in {row.action for row in book[Plan].actions if row.done}
    assert mailed.faults == []
    phone.close()
