"""An older copy of the file put in its place between two days: the browser remembers how far the file had come."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ctekit import worksheets, workspace
from tests.browser.bare import Bare

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.question("learners").title


def test_an_older_copy_put_back_between_two_days_is_told_of_once(page: Page, tmp_path: Path) -> None:
    folder, copy = tmp_path / "folder", tmp_path / "copy"
    workspace.make(folder, "A partnership", "")
    shutil.copy(folder / "partnership.ctekit", copy)
    monday = Bare(page, folder, "purpose")
    monday.worksheet.control(LEARNERS).fill("newer than the copy")
    page.keyboard.press("Tab")
    monday.worksheet.saved()
    monday.partnership.store.close()
    shutil.copy(copy, folder / "partnership.ctekit")

    context = page.context
    page.close()
    tuesday = Bare(context.new_page(), folder, "purpose")
    note = tuesday.worksheet.root.get_by_role("alert").filter(has_text="An older copy was put in the place")
    expect(note).to_be_visible()
    expect(tuesday.worksheet.control(LEARNERS)).to_have_value("")
    note.get_by_role("button", name="Close this note").click()
    expect(note).to_have_count(0)
    tuesday.open()
    expect(tuesday.worksheet.control(LEARNERS)).to_be_visible()
    expect(note).to_have_count(0)
