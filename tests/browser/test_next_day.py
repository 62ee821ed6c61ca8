"""A notebook that was saved is opened again: with its kernel still there, and on another day without one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ctekit import worksheets
from ctekit.jupyter.partnership import Partnership
from ctekit.worksheets.purpose import Purpose
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
SAFE = "Your answers are safe. To go on, choose Run > Run All Cells."
WIDGETS = (1, 4, 5, 6)
"""Which outputs of the first notebook one works in while there is a kernel: worksheet, meeting, ratings, pages."""
LEARNERS = PURPOSE.question("learners").title


def test_a_saved_notebook_is_there_after_a_reload(lab: Lab, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    folder = lab.folder("next-day", "harrow-bend")
    notebook = lab.open(page, folder, "02-purpose")
    notebook.sheet(PURPOSE.title).control(LEARNERS).fill("typed before the reload")
    notebook.sheet(PURPOSE.title).saved()
    notebook.save()
    page.reload()
    sheet = notebook.sheet(PURPOSE.title)
    expect(sheet.control(LEARNERS)).to_have_value("typed before the reload")
    sheet.control(LEARNERS).fill("typed after it")
    sheet.saved()
    assert Partnership(folder).book[Purpose].learners == "typed after it"


def test_on_another_day_every_place_shows_how_it_last_stood_and_how_to_go_on(lab: Lab, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    folder = lab.folder("another-day", "harrow-bend")
    notebook = lab.open(page, folder, "00-start-here")
    notebook.save()
    page.goto("about:blank")
    lab.kill()
    lab.start()

    notebook = lab.open(page, folder, "00-start-here", run=False)
    places = notebook.panel.locator(".jp-OutputArea-output")
    shown = (
        "Quick questions answered",  # the overview
        "Advanced Manufacturing",  # a worksheet
        "passed, and",  # the check
        "from $17.80 to $26.10 an hour",  # a chart, whose words are no formula
        SAFE,  # the button that makes the kit has nothing to show
        SAFE,  # the card that runs a meeting has nothing to show
        "No round has been rated yet",  # the ratings
        SAFE,  # the button that writes the pages has nothing to show
    )
    expect(places).to_have_count(len(shown))
    for number, words in enumerate(shown):
        expect(places.nth(number)).to_contain_text(words)
        expect(places.nth(number)).to_be_visible()
    for number in WIDGETS:
        expect(places.nth(number)).to_contain_text(SAFE)
    expect(notebook.panel.get_by_text("model not found")).to_have_count(0)
    page.set_viewport_size({"width": 1366, "height": 9000})
    SHOTS.mkdir(exist_ok=True)
    notebook.panel.screenshot(path=SHOTS / "another-day.png")
    notebook.run_all()
    expect(notebook.panel.get_by_text(SAFE)).to_have_count(0)
    notebook.sheet(worksheets.called("profile").title)
