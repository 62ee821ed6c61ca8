"""Words are composed in peace, however they are made; and what a form keeps is never read from the page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from ctekit import worksheets, workspace
from tests.browser.bare import Bare
from tests.browser.driver import Worksheet, wait_until
from tests.conftest import WAIT

pytestmark = pytest.mark.browser

NEEDS = "What we need"
RECRUITMENT = worksheets.called("recruitment")
ROLES = worksheets.called("roles")
COMPOSED = "日本の会社"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def bend(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample, made once."""
    place = tmp_path_factory.mktemp("bend") / "here"
    workspace.make(place, "", "harrow-bend")
    return place


@pytest.fixture
def show(page: Page, bend: Path, tmp_path: Path) -> Callable[[str], Bare]:
    def show(name: str) -> Bare:
        return Bare(page, shutil.copytree(bend, tmp_path / "here"), name)

    return show


class Method:
    """An input method: what it composes comes as the browser brings it, with the keys that it takes for itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)

    def compose(self, words: str) -> None:
        self.key("Process")
        self.session.send(
            "Input.imeSetComposition", {"text": words, "selectionStart": len(words), "selectionEnd": len(words)}
        )

    def key(self, name: str) -> None:
        """A key of the method's own: the browser says 229 of it, and no more."""
        for kind in ("rawKeyDown", "keyUp"):
            self.session.send("Input.dispatchKeyEvent", {"type": kind, "key": name, "windowsVirtualKeyCode": 229})

    def commit(self, words: str) -> None:
        self.session.send("Input.insertText", {"text": words})


def until(page: Page, value: Callable[[], Any], wanted: Any) -> None:
    assert wait_until(page, lambda: value() == wanted), value()


def first_need(sheet: Worksheet) -> tuple[Locator, str]:
    cell = sheet.cell(NEEDS, 0, RECRUITMENT.tables()["needs"].row.questions()["support"].title)
    return cell, str(cell.get_attribute("data-row"))


def focus(cell: Locator) -> None:
    cell.click()
    cell.page.keyboard.press("Escape")
    expect(cell).to_be_focused()


def test_a_word_composed_on_a_cell_becomes_its_answer(show, page) -> None:
    bare = show("recruitment")
    sheet, method = bare.worksheet, Method(page)
    cell, row = first_need(sheet)
    focus(cell)
    before = bare.stored(row, "support")
    method.compose("に")
    method.compose("にほん")
    for key in ("Enter", "Tab", "Escape", "Delete", "ArrowDown"):  # they choose among conversions
        method.key(key)
    assert bare.stored(row, "support") == before
    method.commit(COMPOSED)
    box = cell.locator("textarea")
    expect(box).to_be_focused()
    expect(box).to_have_value(COMPOSED)
    page.keyboard.insert_text(" KK")
    page.keyboard.press("Enter")
    expect(cell).to_have_text(f"{COMPOSED} KK")
    until(page, lambda: bare.stored(row, "support"), f"{COMPOSED} KK")


def test_a_composition_given_up_leaves_the_cell_as_it_was(show, page) -> None:
    bare = show("recruitment")
    method = Method(page)
    cell, row = first_need(bare.worksheet)
    before = cell.text_content()
    focus(cell)
    method.compose("にほん")
    method.compose("")
    expect(cell).to_have_text(str(before))
    page.keyboard.press("ArrowRight")
    expect(cell).to_have_text(str(before))
    assert bare.stored(row, "support") == before


def test_keys_of_a_composition_in_an_open_cell_are_left_alone(show, page) -> None:
    bare = show("recruitment")
    method = Method(page)
    cell, row = first_need(bare.worksheet)
    cell.click()
    page.keyboard.press("Control+a")
    method.compose("にほん")
    for key in ("Enter", "Tab", "Escape"):
        method.key(key)
    method.commit(COMPOSED)
    expect(cell.locator("textarea")).to_have_value(COMPOSED)
    page.keyboard.press("Enter")
    until(page, lambda: bare.stored(row, "support"), COMPOSED)


@pytest.mark.parametrize("words", ["x", "é", "@", "€", "😀", "ą", "whole words that were dictated"])
def test_the_first_character_begins_the_answer_however_it_is_made(words, show, page) -> None:
    bare = show("recruitment")
    cell, row = first_need(bare.worksheet)
    focus(cell)
    page.keyboard.insert_text(words)
    expect(cell.locator("textarea")).to_have_value(words)
    page.keyboard.press("Enter")
    until(page, lambda: bare.stored(row, "support"), words)


@pytest.mark.parametrize(
    ("key", "modifiers", "opens"),
    [
        ("@", ["Control", "Alt"], True),
        ("ß", ["AltGraph"], True),
        ("x", [], True),
        ("x", ["Alt"], False),
        ("b", ["Control"], False),
    ],
)
def test_a_key_opens_a_cell_if_it_types_a_character(key, modifiers, opens, show, page) -> None:
    bare = show("recruitment")
    cell, _ = first_need(bare.worksheet)
    focus(cell)
    cell.evaluate(
        """(cell, [key, modifiers]) => cell.dispatchEvent(new KeyboardEvent('keydown', {
            key, bubbles: true, cancelable: true, ctrlKey: modifiers.includes('Control'),
            altKey: modifiers.includes('Alt'), modifierAltGraph: modifiers.includes('AltGraph')}))""",
        [key, modifiers],
    )
    if opens:
        expect(cell.locator("textarea")).to_have_value(key)
    else:
        expect(cell.locator("textarea")).to_have_count(0)


def test_what_is_typed_for_a_row_that_a_silent_kernel_does_not_add_begins_the_next(show, page) -> None:
    bare = show("recruitment")
    sheet = bare.worksheet
    rows = sheet.rows(NEEDS).count()
    add = sheet.question(NEEDS).get_by_role("button", name="Add a row", exact=True)
    page.evaluate("window.cut = true")
    add.click()
    page.keyboard.type("Two vans")
    expect(sheet.status).to_contain_text("Not done: the kernel is not answering.")
    page.evaluate("window.cut = false")
    add.click()
    expect(sheet.rows(NEEDS)).to_have_count(rows + 1)
    expect(sheet.rows(NEEDS).locator("textarea")).to_have_value("Two vans")
    page.keyboard.press("Enter")
    sheet.saved()


def test_what_is_typed_before_a_new_row_is_there_begins_its_form(show, page) -> None:
    sheet = show("recruitment").worksheet
    sheet.rows(NEEDS).first.locator("td").first.click()
    page.keyboard.press("Escape")
    table = sheet.question(NEEDS)
    table.get_by_role("button", name="Open row as a form").click()
    page.evaluate("window.ask = toKernel; window.go = new Promise((begin) => (window.begin = begin)); void 0")
    page.evaluate("window.toKernel = async (said) => (await go, ask(said)); void 0")
    table.get_by_role("button", name="Add a row", exact=True).click()
    page.keyboard.type("Two vans")
    page.evaluate("begin()")
    box = table.locator(".ck-row-form").locator("input, textarea").first
    expect(box).to_have_value("Two vans")
    expect(box).to_be_focused()
    sheet.saved()


def test_a_dead_key_and_its_letter_begin_the_answer(show, page) -> None:
    bare = show("recruitment")
    method = Method(page)
    cell, row = first_need(bare.worksheet)
    focus(cell)
    method.key("Dead")
    method.session.send("Input.imeSetComposition", {"text": "´", "selectionStart": 1, "selectionEnd": 1})
    method.commit("é")
    expect(cell.locator("textarea")).to_have_value("é")
    page.keyboard.type("cole")
    page.keyboard.press("Tab")
    until(page, lambda: bare.stored(row, "support"), "école")


def test_a_composition_in_a_question_is_left_alone_and_kept(show, page) -> None:
    bare = show("purpose")
    sheet, method = bare.worksheet, Method(page)
    box = sheet.control(worksheets.called("purpose").question("learners").title)
    box.click()
    page.keyboard.press("Control+a")
    method.compose("にほん")
    for key in ("Enter", "Escape", "z"):
        method.key(key)
    method.commit(COMPOSED)
    expect(box).to_have_value(COMPOSED)
    until(page, lambda: bare.stored("", "learners"), COMPOSED)


def test_undo_is_not_pressed_by_a_key_of_a_composition(show, page) -> None:
    bare = show("purpose")
    sheet, method = bare.worksheet, Method(page)
    box = sheet.control(worksheets.called("purpose").question("learners").title)
    box.fill("first")
    page.keyboard.press("End")
    until(page, lambda: bare.stored("", "learners"), "first")
    method.compose("に")
    method.session.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "z", "modifiers": 2, "windowsVirtualKeyCode": 229}
    )
    method.commit("に")
    until(page, lambda: bare.stored("", "learners"), "firstに")


def test_the_projector_is_not_left_by_the_escape_of_a_composition(show, page) -> None:
    bare = show("purpose")
    sheet, method = bare.worksheet, Method(page)
    sheet.root.get_by_role("button", name="Projector").click()
    sheet.control(worksheets.called("purpose").question("learners").title).click()
    method.compose("に")
    method.key("Escape")
    expect(sheet.root.get_by_role("button", name="Projector")).to_have_attribute("aria-pressed", "true")


def test_composing_in_the_find_box_finds(show, page) -> None:
    bare = show("recruitment")
    sheet, method = bare.worksheet, Method(page)
    box = sheet.question(NEEDS).get_by_label("Find in table")
    box.click()
    method.compose("mento")
    method.key("Enter")
    method.commit("mentors")
    expect(box).to_have_value("mentors")
    expect(sheet.question(NEEDS).locator(".ck-view [role=status]")).to_contain_text("rows found")


def test_a_composition_on_the_matrix_changes_nothing_and_letters_do(show, page) -> None:
    bare = show("roles")
    sheet, method = bare.worksheet, Method(page)
    cell = sheet.table("Who does what").locator("td[data-letters=I]").first
    row, field = (str(cell.get_attribute(name)) for name in ("data-row", "data-field"))
    cell = sheet.table("Who does what").locator(f'[data-row="{row}"][data-field="{field}"]')
    cell.click()
    for key in ("Process", "Dead", "r", "Delete", "ArrowRight"):
        method.key(key)
    expect(cell).to_have_text("I")
    expect(cell).to_be_focused()
    cell.evaluate("(cell) => cell.dispatchEvent(new KeyboardEvent('keydown', {key: 'Ｒ', bubbles: true}))")
    until(page, lambda: bare.stored(row, field), "RI")


TRANSLATE = """
(root) => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode);
    for (const text of texts) {
        if (!text.data.trim() || text.parentElement.closest('textarea, script, style')) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = `Übersetzt ${text.data.length}`;
        outer.append(inner);
        text.replaceWith(outer);
    }
}
"""
"""What a browser's translation does to a page; marks that forbid it are passed over on purpose."""


def test_a_translated_matrix_keeps_its_letters(show, page) -> None:
    bare = show("roles")
    root = bare.worksheet.root
    cell = root.locator("td[data-letters=I]").first
    row, field = (str(cell.get_attribute(name)) for name in ("data-row", "data-field"))
    root.evaluate(TRANSLATE)
    cell = root.locator(f'td[data-row="{row}"][data-field="{field}"]')
    expect(cell).to_contain_text("Übersetzt")
    cell.click()
    assert root.locator(".ck-bar [data-letter=I]").first.get_attribute("aria-pressed") == "true"
    page.keyboard.press("r")
    until(page, lambda: bare.stored(row, field), "RI")
    total = root.locator(f'tr:has(td[data-row="{row}"]) .ck-total')
    letters = "".join(
        bare.sheet.session.state["answers"][row][name]
        for name in bare.sheet.session.state["answers"][row]
        if "/" in name
    )
    expect(total).to_contain_text(f"R: {letters.count('R')}")
    expect(total).to_contain_text(f"I: {letters.count('I')}")


def test_a_translated_form_keeps_what_was_answered(show, page) -> None:
    bare = show("recruitment")
    sheet = bare.worksheet
    before = bare.sheet.session.store.load()
    cell, row = first_need(sheet)
    sheet.root.evaluate(TRANSLATE)
    cell = sheet.root.locator(f'td[data-row="{row}"][data-field="support"]')
    focus(cell)  # opened and left again
    until(page, lambda: bare.stored(row, "support"), before[RECRUITMENT].needs[0].support)
    for other in sheet.root.locator(f'td[data-row="{row}"]').all():
        other.click()
        page.keyboard.press("Enter")
    sheet.root.locator("select").first.focus()
    page.wait_for_timeout(600)
    now = bare.sheet.session.store.load()
    assert now[RECRUITMENT] == before[RECRUITMENT]


def test_the_suggested_sentence_is_taken_as_it_is_not_as_it_is_shown(show, page) -> None:
    bare = show("purpose")
    sheet = bare.worksheet
    sheet.show_all()
    sheet.control(worksheets.called("purpose").question("learners").title).fill("everybody")
    sheet.saved()
    button = sheet.question(worksheets.called("purpose").question("sentence").title).locator(".ck-suggestion button")
    handle = button.element_handle()
    sheet.root.evaluate(TRANSLATE)
    handle.click()
    until(page, lambda: str(bare.stored("", "sentence")).startswith("For everybody"), True)


@pytest.mark.parametrize("name", ["recruitment", "roles", "purpose"])
def test_words_of_people_have_their_own_direction_and_names_and_letters_are_not_translated(name, show, page) -> None:
    sheet = show(name).worksheet
    sheet.show_all()
    sheet.open_everything()
    without = sheet.root.evaluate(
        """(root) => [...root.querySelectorAll('textarea, input:not([type]), input[type=text], input[type=search],'
                + 'td[data-field]:not([data-letters]), select')]
            .filter((element) => element.matches(':not(.ck-matrix td, .ck-marks select, .ck-calendar)'))
            .filter((element) => element.getAttribute('dir') !== 'auto')
            .map((element) => element.outerHTML.slice(0, 200))"""
    )
    assert without == []
    assert sheet.root.locator(".ck-matrix td[data-field]:not([translate=no])").count() == 0
    assert sheet.root.locator(".ck-matrix tbody th:not([translate=no])").count() == 0
    assert sheet.root.locator("td[role=rowheader]:not([translate=no])").count() == 0


def test_what_is_said_to_one_view_stays_there(show, page) -> None:
    bare = show("purpose")
    first, second = bare.worksheet, bare.show_again()
    by = worksheets.called("purpose").question("by").title
    first.control(by).fill("someday")
    expect(first.question(by).get_by_role("alert")).to_contain_text("“someday” is not")
    expect(second.question(by).get_by_role("alert")).to_be_hidden()
    expect(second.root.locator(".ck-go")).to_be_hidden()
    expect(second.control(by)).not_to_have_value("someday")
    region = worksheets.called("purpose").question("change").title
    second.control(region).fill("Alderfield")
    expect(first.control(region)).to_have_value("Alderfield")
    expect(first.question(by).get_by_role("alert")).to_contain_text("“someday” is not")
