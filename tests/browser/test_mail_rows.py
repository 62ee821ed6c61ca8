"""New rows in each mailed table that can grow: they come as they were typed, and the rows before them stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from ctekit import mail
from ctekit.mail import _form
from ctekit.store import Store
from tests.browser.conftest import WAIT
from tests.browser.test_mail import PHONE, Mailed
from tests.mail.answering import harrow_bend, take

pytestmark = pytest.mark.browser

DESK = {"width": 1280, "height": 844}
GROWING = [(slug, name) for slug, parts in _form.PARTS.items() for name, part in parts.items() if part.grows]
TYPED = {
    ("value", "exchanges"): ("gives", ["A lathe", "A mill"]),
    ("roles", "signatories"): ("title", ["President", "Dean"]),
}


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def mailed(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[tuple[Store, Mailed]]:
    store = harrow_bend(tmp_path / "hb")
    context = browser.new_context(viewport=request.param, offline=True, accept_downloads=True)
    context.set_default_timeout(WAIT)
    slugs = tuple(dict.fromkeys(slug for slug, _ in GROWING))
    (file,) = mail.send(store, mail.prepare(store, ["Tri-Fork Technical College"], slugs), tmp_path / "out")
    page = Mailed(context, file, sheets=len(slugs))
    for _ in range(page.page.get_by_role("button", name="Show all questions").count()):
        page.page.get_by_role("button", name="Show all questions").first.click()
    yield store, page
    context.close()


def table(mailed: Mailed, name: str) -> Locator:
    return mailed.page.locator(f".ck-table[data-field={name}]")


@pytest.mark.parametrize(("slug", "name"), GROWING)
def test_two_new_rows_come_as_typed_and_the_rest_stays(
    mailed: tuple[Store, Mailed], tmp_path: Path, slug: str, name: str
) -> None:
    store, page = mailed
    field, typed = TYPED[slug, name]
    before = {row.id: row for row in store.load().rows(f"{slug}.{name}")}
    for words in typed:
        table(page, name).get_by_role("button", name="Add a row").click()
        if page.page.viewport_size == PHONE:
            expect(table(page, name).locator(".ck-row-form h5")).to_contain_text("row ")
            box = table(page, name).locator(f".ck-row-form [data-field={field}]").get_by_role("textbox")
            expect(box).to_have_value("")
        else:
            expect(table(page, name).locator("td textarea, td input, td select")).to_be_focused()
            row = page.page.evaluate("document.activeElement.closest('tr').dataset.row")
            line = table(page, name).locator(f"tr[data-row='{row}']")
            page.page.keyboard.press("Escape")
            line.locator(f"td[data-field={field}]").click()
            box = line.get_by_role("textbox")
        box.fill(words)
        box.press("Tab")
    page.says("in no file yet")
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name="Save my answers").click()
    download.value.save_as(tmp_path / "answers.json")
    assert [result.conflict for result in take(store, tmp_path / "answers.json") if result.conflict] == []
    after = {row.id: row for row in store.load().rows(f"{slug}.{name}")}
    assert {row: after[row] for row in before} == before
    assert sorted(getattr(row, field) for row_id, row in after.items() if row_id not in before) == sorted(typed)
    assert page.faults == []


# In one go, as a quick hand or a slow phone does it: press, then type into the row that is still shown.
QUICK = """(name) => {
    const table = document.querySelector(`.ck-table[data-field=${name}]`);
    const box = table.querySelector(".ck-row-form textarea, .ck-row-form input");
    table.querySelector(".ck-rows .ck-primary").click();
    box.focus();
    if (document.activeElement === box) document.execCommand("insertText", false, "Typed too early");
}"""


def test_what_is_typed_before_a_new_row_has_come_goes_into_no_other(mailed: tuple[Store, Mailed]) -> None:
    _, page = mailed
    if page.page.viewport_size != PHONE:
        table(page, "exchanges").locator("td").first.click()
        page.page.keyboard.press("Escape")
        table(page, "exchanges").get_by_role("button", name="Open row as a form").click()
    form = table(page, "exchanges").locator(".ck-row-form")
    first = form.get_by_role("textbox").first.input_value()
    page.page.evaluate(QUICK, "exchanges")
    expect(form.get_by_role("textbox").first).to_have_value("")
    expect(form.get_by_role("textbox").first).to_be_focused()
    form.get_by_role("button", name="Previous row").click()
    expect(form.get_by_role("textbox").first).to_have_value(first)
