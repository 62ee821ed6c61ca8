"""A notebook that lies where there is no partnership yet: it offers to start one, and goes on without a rerun."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ctekit import worksheets
from ctekit.store import open_store
from ctekit.worksheets.profile import Profile
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser

START = "Start our partnership here"
TITLE = worksheets.called("purpose").title


def test_a_name_and_a_button_start_a_partnership(lab: Lab, page: Page) -> None:
    folder = lab.folder("none", None)
    notebook = lab.open(page, folder, "02-purpose")
    cards = notebook.panel.locator(".jp-OutputArea-output", has=page.get_by_role("button", name=START))
    expect(cards.first).to_contain_text("There is no partnership in this folder yet")
    expect(cards.nth(2), "every sentence of the notebook offers it").to_be_visible()
    cards.first.get_by_role("button", name=START).click()
    expect(cards.first).to_contain_text("Write the partnership's name first")
    cards.first.get_by_label("Name").fill("North Fork")
    cards.first.get_by_role("button", name=START).click()
    sheet = notebook.sheet(TITLE)  # without a rerun
    expect(page.get_by_role("button", name=START)).to_have_count(0)
    question = worksheets.called("purpose").question("learners")
    sheet.answer(question.title, question, "learners of the valley")
    sheet.saved()
    store = open_store(folder / "partnership.ctekit")
    assert store.load()[Profile].name == "North Fork"
    assert store.load().sheets["purpose"].learners == "learners of the valley"
    store.close()


def test_one_button_brings_the_sample(lab: Lab, page: Page) -> None:
    folder = lab.folder("none-sample", None)
    notebook = lab.open(page, folder, "02-purpose")
    page.get_by_role("button", name="Try the invented sample, Harrow Bend").first.click()
    sheet = notebook.sheet(TITLE)
    expect(sheet.control("Which learners is this for?")).to_have_value(
        "high-school and college learners in three counties"
    )
    expect(sheet.rows("What we promise")).to_have_count(5)
