"""A notebook that was saved is opened again: with its kernel still there, and on another day without one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ctekit import worksheets
from ctekit.partnership import Partnership
from ctekit.worksheets.purpose import Purpose
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.ask("learners").title


def test_a_saved_notebook_is_there_after_a_reload_and_says_what_to_do_on_another_day(lab: Lab, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    folder = lab.folder("next-day", "harrow-bend")
    notebook = lab.open(page, folder, "02-purpose")
    notebook.sheet(PURPOSE.title).control(LEARNERS).fill("typed before the reload")
    notebook.sheet(PURPOSE.title).saved()
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "02-purpose" in answer.url):
        notebook.menu("File", "Save Notebook")
    page.reload()
    sheet = notebook.sheet(PURPOSE.title)
    expect(sheet.control(LEARNERS)).to_have_value("typed before the reload")
    sheet.control(LEARNERS).fill("typed after it")
    sheet.saved()
    assert Partnership(folder).book[Purpose].learners == "typed after it"

    page.goto("about:blank")
    lab.shut_kernels()
    notebook = lab.open(page, folder, "02-purpose", run=False)
    gone = notebook.panel.locator(".jupyter-widgets", has_text="model not found").first
    gone.wait_for(state="attached")
    expect(gone).to_have_css("visibility", "hidden")
    told = gone.evaluate("(one) => getComputedStyle(one, '::before').content")
    assert told == '"Your answers are safe. To see them here again, choose Run > Run All Cells."'
    assert gone.evaluate("(one) => getComputedStyle(one, '::before').visibility") == "visible"
