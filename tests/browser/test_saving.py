"""What was typed is never lost: wrong shapes, reruns, restarts, a dead kernel, two people on one answer."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from ctekit import worksheets
from ctekit.store import Store, open_store
from ctekit.worksheets.purpose import Purpose
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import Notebook, Worksheet, wait_until

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.question("learners").title
CHANGE = PURPOSE.question("change").title
BY = PURPOSE.question("by").title
PROMISES = PURPOSE.question("clauses").title
PROMISE = PURPOSE.question("promise", "clause-1")
HOSTILE = ("<script>alert(1)</script>", '=HYPERLINK("x")')


def open_purpose(lab: Lab, page: Page, folder: Path) -> tuple[Notebook, Worksheet]:
    notebook = lab.open(page, folder, "02-purpose")
    return notebook, notebook.sheet(PURPOSE.title)


def write(sheet: Worksheet, title: str, words: str) -> None:
    field = next(name for name, question in PURPOSE.questions().items() if question.title == title)
    sheet.answer(title, PURPOSE.question(field), words)


def leave(page: Page) -> None:
    page.keyboard.press("Tab")


def store_of(folder: Path) -> Store:
    return open_store(folder / "partnership.ctekit")


def test_a_wrong_shape_stays_is_told_and_holds_up_nothing_else(lab: Lab, page: Page) -> None:
    folder = lab.folder("wrong")
    _, sheet = open_purpose(lab, page, folder)
    write(sheet, BY, "next summer")
    write(sheet, LEARNERS, "learners in three counties")
    leave(page)
    date = sheet.control(BY)
    alert = sheet.question(BY).get_by_role("alert")
    expect(alert).to_have_text(
        "“next summer” is not a date. Write a day, a month or a year, such as June 30, 2027, June 2027 or 2027."
    )
    expect(date).to_have_value("next summer")
    expect(date).to_have_attribute("aria-invalid", "true")
    assert alert.get_attribute("id") in (date.get_attribute("aria-describedby") or "").split()
    expect(sheet.root.get_by_role("button", name="1 answer is not saved: go to it")).to_be_visible()
    # The status does not change again when the other answer is saved.
    assert wait_until(page, lambda: store_of(folder).load()[Purpose].learners == "learners in three counties")
    sheet.press("Show all questions")  # the form is drawn anew: what was typed and the note are still there
    expect(date).to_have_value("next summer")
    expect(alert).to_contain_text("is not a date")
    write(sheet, BY, "2028-06-30")
    leave(page)
    sheet.saved()
    expect(date).not_to_have_attribute("aria-invalid", "true")
    expect(alert).to_be_hidden()
    assert str(store_of(folder).load()[Purpose].by) == "2028-06-30"


def test_answers_stand_after_rerun_restart_and_reload(lab: Lab, page: Page) -> None:
    folder = lab.folder("again")
    notebook, sheet = open_purpose(lab, page, folder)
    write(sheet, LEARNERS, HOSTILE[0])
    write(sheet, CHANGE, HOSTILE[1])
    number = sheet.add_row(PROMISES)
    sheet.put(PROMISES, number, PROMISE.title, PROMISE, HOSTILE[0])
    sheet.saved()
    dialogs: list[str] = []

    def asked(dialog: Dialog) -> None:
        if dialog.type != "beforeunload":  # JupyterLab's own question before a reload
            dialogs.append(dialog.message)
        dialog.accept()

    page.on("dialog", asked)

    def all_there() -> None:
        again = notebook.sheet(PURPOSE.title)
        expect(again.control(LEARNERS)).to_have_value(HOSTILE[0])
        expect(again.control(CHANGE)).to_have_value(HOSTILE[1])
        expect(again.cell(PROMISES, 0, PROMISE.title)).to_have_text(HOSTILE[0])

    notebook.run_all()
    all_there()
    notebook.restart_and_run_all()
    all_there()
    page.reload()
    notebook.wait_until_open()
    notebook.run_all()
    all_there()
    assert dialogs == []


def test_who_goes_on_to_another_part_of_the_page_has_sent_all_that_was_typed(lab: Lab, page: Page) -> None:
    """A button elsewhere (a check, a chart) asks about what was typed last, while it is being saved."""
    sent: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    folder = lab.folder("next")
    notebook, sheet = open_purpose(lab, page, folder)
    with contextlib.closing(sqlite3.connect(folder / "partnership.ctekit")) as other:
        other.execute("begin immediate")  # the first save waits for this
        write(sheet, LEARNERS, "those of three counties")
        assert wait_until(page, lambda: any("three counties" in str(frame) for frame in sent))
        write(sheet, CHANGE, "one more year at school")
        assert not any("one more year" in str(frame) for frame in sent)
        notebook.panel.get_by_role("heading").first.click()
        expect(sheet.root.locator(":focus")).to_have_count(0)
        assert wait_until(page, lambda: any("one more year" in str(frame) for frame in sent))
        other.rollback()
    sheet.saved()


def test_two_notebooks_meet_on_one_partnership(lab: Lab, page: Page, browser: Browser) -> None:
    folder = lab.folder("two")
    other_notebook = folder / "02-purpose-again.ipynb"
    other_notebook.write_text((folder / "02-purpose.ipynb").read_text("utf-8"), "utf-8")
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(WAIT)
    page2 = context.new_page()
    _, mine = open_purpose(lab, page, folder)
    yours = lab.open(page2, folder, "02-purpose-again").sheet(PURPOSE.title)

    # Different answers: both stay, and each comes to the other without a rerun.
    write(mine, LEARNERS, "all learners")
    leave(page)
    write(yours, CHANGE, "a first job")
    leave(page2)
    expect(yours.control(LEARNERS)).to_have_value("all learners")
    expect(mine.control(CHANGE)).to_have_value("a first job")

    # The same answer: the later one is shown both, and both stay in the history.
    # Theirs waits for its pause until mine is saved, however slow this computer is.
    page2.evaluate("const wait = setTimeout; window.setTimeout = (act, time) => wait(act, time === 400 ? 60000 : time)")
    yours.control(LEARNERS).click()
    yours.control(LEARNERS).select_text()
    page2.keyboard.insert_text("their words")
    write(mine, LEARNERS, "my words")
    leave(page)
    mine.saved()
    leave(page2)
    notices = [sheet for sheet in (mine, yours) if _clash(sheet)]
    assert len(notices) == 1
    late = notices[0]
    expect(late.root.locator('.ck-notice[role="alert"]')).to_contain_text("my words")
    expect(late.root.locator('.ck-notice[role="alert"]')).to_contain_text("their words")
    late.press("Use mine")
    late.saved()
    history = [revision.value for revision in store_of(folder).history("purpose", "", "learners")]
    assert {"my words", "their words"} <= set(history)
    context.close()


def _clash(sheet: Worksheet) -> bool:
    try:
        expect(sheet.root.locator('.ck-notice[role="alert"]')).to_be_visible(timeout=6000)
    except AssertionError:
        return False
    return True


def test_text_outlives_a_dead_kernel(lab: Lab, page: Page) -> None:
    folder = lab.folder("dead")
    notebook, sheet = open_purpose(lab, page, folder)
    write(sheet, LEARNERS, "before")
    leave(page)
    sheet.saved()
    hangs = lab.kernel_pid("02-purpose.ipynb")
    os.kill(hangs, signal.SIGSTOP)  # it hangs: the server does not start another one
    write(sheet, CHANGE, "typed while nobody listened")
    leave(page)
    expect(sheet.status).to_contain_text("Not saved: the kernel is not answering")
    os.kill(hangs, signal.SIGKILL)

    def another_runs() -> bool:
        with contextlib.suppress(LookupError):
            return lab.kernel_pid("02-purpose.ipynb") != hangs
        return False

    assert wait_until(page, another_runs), "a page that is loaded before shows a dialog, and forgets what is run"
    page.reload()
    notebook.wait_until_open()
    notebook.run_all()
    sheet = notebook.sheet(PURPOSE.title)
    expect(sheet.control(CHANGE)).to_have_value("typed while nobody listened")
    sheet.saved()
    assert store_of(folder).load()[Purpose].change == "typed while nobody listened"


def test_rows_are_added_moved_deleted_and_put_back(lab: Lab, page: Page) -> None:
    folder = lab.folder("rows")
    _, sheet = open_purpose(lab, page, folder)
    for words in ("first", "second", "third"):
        sheet.put(PROMISES, sheet.add_row(PROMISES), PROMISE.title, PROMISE, words, keys=True)
    column = sheet.table(PROMISES).locator("tbody td")
    expect(column).to_have_text(["first", "second", "third"])
    column.last.click()  # what one does with a row comes with the row in hand
    sheet.press("Move up")
    expect(column).to_have_text(["first", "third", "second"])
    sheet.press("Delete row")
    expect(column).to_have_text(["first", "second"])
    sheet.press("Put it back")
    expect(column).to_have_text(["first", "third", "second"])
    assert [clause.promise for clause in store_of(folder).load()[Purpose].clauses] == ["first", "third", "second"]


def test_an_honest_blank_and_the_sample_as_an_example(lab: Lab, page: Page) -> None:
    folder = lab.folder("blank")
    _, sheet = open_purpose(lab, page, folder)
    question = sheet.question(CHANGE)
    question.get_by_role("button", name="No answer yet?").click()
    question.get_by_label("No answer yet, and why").select_option(label="to find out")
    question.get_by_label("From whom").fill("the college")
    question.get_by_label("By when").fill("2027-01-15")
    leave(page)
    sheet.saved()
    expect(question.get_by_role("button", name="Marked: to find out")).to_be_visible()
    question.get_by_role("button", name="How Harrow Bend answered").click()
    expect(question.locator(".ck-sample")).to_have_text("graduates with work-based learning")
    mark = store_of(folder).load()[Purpose].marks["change"]
    assert (mark.kind, mark.whom, str(mark.by)) == ("to find out", "the college", "2027-01-15")
