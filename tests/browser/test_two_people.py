"""Two people at one answer: what the other wrote is shown or told, never written over by whoever did not see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ctekit import worksheets, workspace
from ctekit.store import Edit
from ctekit.worksheets.purpose import Purpose
from tests.browser.bare import Bare
from tests.conftest import WAIT

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.question("learners").title
PROMISES = PURPOSE.question("clauses").title
THEIRS = "what the other wrote"


@pytest.fixture
def bare(browser: Browser, tmp_path: Path) -> Iterator[Bare]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(WAIT)
    folder = tmp_path / "here"
    workspace.make(folder, "", "harrow-bend")
    yield Bare(context.new_page(), folder, "purpose")
    context.close()


def clash(bare: Bare, mine: str) -> None:
    """Both are told, and theirs stands."""
    notice = bare.worksheet.root.locator('.ck-notice[role="alert"]')
    expect(notice).to_contain_text(THEIRS)
    expect(notice).to_contain_text(mine)
    purpose = bare.partnership.store.load()[Purpose]
    assert THEIRS in (purpose.learners, purpose.clauses[0].promise)


def test_a_box_in_which_nothing_was_typed_yet_shows_what_somebody_else_saves(bare: Bare) -> None:
    box = bare.worksheet.control(LEARNERS)
    box.click()
    bare.save_elsewhere(Edit("purpose", "learners", THEIRS))
    expect(box).to_have_value(THEIRS)
    bare.page.keyboard.press("End")
    bare.page.keyboard.type(", and I")
    bare.worksheet.saved()
    assert bare.stored("", "learners") == f"{THEIRS}, and I"


def test_what_was_saved_while_somebody_writes_is_not_written_over_unseen(bare: Bare) -> None:
    sheet = bare.worksheet
    sheet.control(LEARNERS).fill("mine")
    sheet.saved()
    bare.save_elsewhere(Edit("purpose", "learners", THEIRS))
    expect(sheet.control(LEARNERS)).to_have_value("mine")
    bare.page.keyboard.press("End")
    bare.page.keyboard.type(" goes on")
    clash(bare, "mine goes on")
    bare.page.keyboard.type(", once told")
    sheet.saved()
    assert bare.stored("", "learners") == "mine goes on, once told"


def test_a_cell_that_was_opened_and_left_takes_nothing_back(bare: Bare) -> None:
    sheet = bare.worksheet
    cell = sheet.cell(PROMISES, 0, "Promise")
    row = str(cell.get_attribute("data-row"))
    cell.click()
    bare.save_elsewhere(Edit("purpose", "promise", THEIRS, row))
    bare.page.keyboard.press("Enter")
    expect(cell).to_have_text(THEIRS)
    bare.page.wait_for_timeout(500)
    assert bare.stored(row, "promise") == THEIRS


def test_a_cell_in_which_somebody_writes_is_not_written_over_unseen(bare: Bare) -> None:
    sheet = bare.worksheet
    cell = sheet.cell(PROMISES, 0, "Promise")
    row = str(cell.get_attribute("data-row"))
    cell.click()
    bare.save_elsewhere(Edit("purpose", "promise", THEIRS, row))
    bare.page.keyboard.type("mine")
    bare.page.keyboard.press("Enter")
    clash(bare, "mine")


def standing(bare: Bare) -> str | None:
    """The first promise as it stands; what gave way to another's is in the history alone."""
    return bare.partnership.store.load()[Purpose].clauses[0].promise


def test_enter_in_a_cell_whose_words_gave_way_takes_nothing_back(bare: Bare) -> None:
    """A pause is enough to be told; whoever then only leaves the cell has chosen nothing."""
    sheet = bare.worksheet
    cell = sheet.cell(PROMISES, 0, "Promise")
    row = str(cell.get_attribute("data-row"))
    cell.click()
    bare.save_elsewhere(Edit("purpose", "promise", THEIRS, row))
    bare.page.keyboard.type("mine")
    notice = sheet.root.locator('.ck-notice[role="alert"]')
    expect(notice).to_contain_text("Theirs, now in place: ")
    bare.page.keyboard.press("Enter")
    expect(cell).to_have_text(THEIRS)
    bare.page.wait_for_timeout(500)
    assert standing(bare) == THEIRS

    cell.click()
    bare.page.keyboard.type("mine after all")
    bare.page.keyboard.press("Enter")
    sheet.saved()
    assert standing(bare) == "mine after all"
    expect(notice).to_contain_text(f"Theirs: {THEIRS}")
    notice.get_by_role("button", name="Keep theirs").click()
    expect(cell).to_have_text(THEIRS)
    sheet.saved()
    assert standing(bare) == THEIRS


def test_whoever_wrote_on_keeps_all_of_it_and_is_told_of_each_answer_once(bare: Bare) -> None:
    """Each pause saves, so that several half sentences of one answer may come too late."""
    sheet = bare.worksheet
    notice = sheet.root.locator('.ck-notice[role="alert"]')
    sheet.control(LEARNERS).fill("before")
    sheet.saved()
    sheet.control(LEARNERS).click()
    for half in ("half a sen", "tence, and"):
        bare.save_elsewhere(Edit("purpose", "learners", f"{THEIRS} at {half}"))
        bare.page.keyboard.type(half)
        expect(notice).to_contain_text(f"Theirs, now in place: {THEIRS} at {half}")
    expect(notice).to_have_count(1)
    bare.page.keyboard.type(" the end")
    sheet.saved()
    whole = bare.stored("", "learners")
    assert whole is not None
    assert whole.endswith("half a sentence, and the end")
    expect(notice).to_contain_text("Yours, as it was then: ")
    expect(notice).not_to_contain_text("now in place")
    notice.get_by_role("button", name="Keep mine").click()
    expect(notice).to_have_count(0)
    bare.page.wait_for_timeout(500)
    assert bare.stored("", "learners") == whole


def test_a_cell_is_not_written_over_unseen_where_its_row_was_a_form_before(bare: Bare) -> None:
    sheet = bare.worksheet
    cell = sheet.cell(PROMISES, 0, "Promise")
    row = str(cell.get_attribute("data-row"))
    cell.click()
    sheet.question(PROMISES).get_by_role("button", name="Open row as a form").click()
    sheet.question(PROMISES).get_by_role("button", name="Close the form").click()
    cell.click()
    bare.save_elsewhere(Edit("purpose", "promise", THEIRS, row))
    bare.page.keyboard.type("mine")
    bare.page.keyboard.press("Enter")
    clash(bare, "mine")


def test_two_views_of_one_page_lose_nothing_to_each_other(bare: Bare) -> None:
    views = [bare.worksheet, bare.show_again()]
    views[0].control(LEARNERS).fill("begun")
    for number in range(6):
        box = views[number % 2].control(LEARNERS)
        box.click()
        expect(box).to_have_value("begun" + "".join(f" {n}" for n in range(number)))
        bare.page.keyboard.press("End")
        bare.page.keyboard.type(f" {number}")
    for view in views:
        view.saved()
        expect(view.control(LEARNERS)).to_have_value("begun 0 1 2 3 4 5")
        expect(view.root.locator('.ck-notice[role="alert"]')).to_have_count(0)
    assert bare.stored("", "learners") == "begun 0 1 2 3 4 5"
