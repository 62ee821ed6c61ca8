"""All worksheets as they stand in JupyterLab: read by axe, light and dark, and heard control by control."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ctekit import worksheets
from ctekit.jupyter.partnership import Partnership
from ctekit.model.worksheet import Worksheet as Sheet
from ctekit.workbook import Workbook
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import Worksheet
from tests.browser.hearing import Reader, hear, places

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
WRONG = "neither a day nor a number"
SHAPED = ("date", "whole", "decimal", "money", "percentage")


@pytest.fixture(scope="module")
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """One window for the whole module."""
    yield from one_window(browser, lab)


@pytest.fixture(scope="module")
def sample(lab: Lab) -> Path:
    return lab.folder("access", "harrow-bend")


@pytest.fixture(scope="module")
def sheets(lab: Lab, page: Page, sample: Path) -> dict[str, Worksheet]:
    return every_sheet(lab, page, sample)


def one_window(browser: Browser, lab: Lab) -> Iterator[Page]:
    """The fixture `page`, for tests that leave the window to one another."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(WAIT)
    yield context.new_page()
    context.close()
    lab.shut_kernels()


def every_sheet(lab: Lab, page: Page, folder: Path, *slugs: str) -> dict[str, Worksheet]:
    """All worksheets (or some) in one notebook: nine would take nine kernels, and would not stand side by side."""
    kinds = {slug: kind for slug, kind in worksheets.every().items() if not slugs or slug in slugs}
    notebook = nbformat.read(folder / "02-purpose.ipynb", 4)
    lines = ["import ctekit", "partnership = ctekit.open_partnership()"]
    notebook.cells = [nbformat.v4.new_code_cell("\n".join(lines))]
    notebook.cells += [nbformat.v4.new_code_cell(f'partnership.worksheet("{slug}")') for slug in kinds]
    nbformat.write(notebook, folder / "every.ipynb")
    opened = lab.open(page, folder, "every")
    # JupyterLab lets the browser skip what is scrolled away; here all of it is looked at, and heard.
    page.add_style_tag(content=".jp-Cell { content-visibility: visible !important; }")
    return {slug: opened.sheet(kind.title) for slug, kind in kinds.items()}


def theme(page: Page, name: str) -> None:
    """Settings > Theme, as a person chooses it."""
    page.locator(".lm-MenuBar-item", has_text="Settings").click()
    page.locator(".lm-Menu-item", has_text="Theme").first.click()
    page.locator(".lm-Menu-item").get_by_text(name, exact=True).click()
    light = "false" if "Dark" in name else "true"
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", light, timeout=60_000)  # all is drawn anew


def _faults(page: Page, *sheets: Worksheet) -> list[str]:
    """What axe finds in these worksheets, as displayed now."""
    page.evaluate("document.querySelectorAll('[data-look-at]').forEach((element) => delete element.dataset.lookAt)")
    for sheet in sheets:
        sheet.root.evaluate("(root) => root.setAttribute('data-look-at', '')")
    report = Axe().run(page, context={"include": [["[data-look-at]"]]}, options=RULES)
    assert report.response["passes"], "axe looked at nothing"
    return [
        f"{violation['id']}: {node['target']} {node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in report.response["violations"]
        for node in violation["nodes"][:3]
    ]


# By script: forty clicks in each of nine worksheets, each looked for by its role, would take longer than axe.
EVERYTHING = """(root) => {
    const press = (words, most) => [...root.querySelectorAll('button')]
        .filter((button) => button.textContent === words && button.checkVisibility() && !button.disabled)
        .slice(0, most).forEach((button) => button.click());
    press('History', 1);
    press('No answer yet?', 3);
    const cells = [...root.querySelectorAll('.ck-grid:not(.ck-matrix) td[data-field]')];
    const cell = cells.find((candidate) => candidate.checkVisibility());
    if (!cell) return false;
    cell.focus();
    press('Open row as a form', 1);
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', Array(20).fill('no such thing').join('\\t'));
    cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
    return true;
}"""


def everything(sheet: Worksheet) -> None:
    """All questions, the history, a row as a form, questions marked, and something pasted that does not fit."""
    sheet.show_all()
    if sheet.root.evaluate(EVERYTHING):
        expect(sheet.root.locator(".ck-paste:visible")).to_be_visible()
    expect(sheet.root.locator(".ck-past h4")).to_be_visible()


def test_undo_in_a_search_box_takes_back_its_letters_and_no_answer(page: Page, sheets: dict[str, Worksheet]) -> None:
    sheet, kind = sheets["profile"], worksheets.called("profile")
    answer = sheet.control(kind.question("name").title)
    answer.fill("Harrow Bend and beyond")
    answer.press("Enter")
    sheet.saved()
    find = sheet.question(kind.question("organizations").title).get_by_label("Find in table")
    find.click()
    page.keyboard.type("college")
    for _ in "college":  # once, or once more for each time that the table followed while it was typed
        page.keyboard.press("Control+z")
    expect(find).to_have_value("")
    expect(find).to_be_focused()
    expect(answer).to_have_value("Harrow Bend and beyond")
    expect(sheet.status).not_to_contain_text("Undone")


def test_axe_finds_no_fault_in_any_worksheet_light_or_dark(page: Page, sheets: dict[str, Worksheet]) -> None:
    every = list(sheets.values())
    faults = {"light, quick": _faults(page, *every)}
    for sheet in every:
        everything(sheet)
    faults["light, everything"] = _faults(page, *every)
    theme(page, "JupyterLab Dark")
    faults["dark, everything"] = _faults(page, *every)
    for sheet in every:
        sheet.press("History")
        sheet.root.get_by_role("button", name="Show the quick questions", exact=True).click()
    faults["dark, quick"] = _faults(page, *every)
    theme(page, "JupyterLab Light")  # the choice is kept for the tests that follow
    assert faults == {state: [] for state in faults}


# Heard


@dataclass(frozen=True)
class Expected:
    """The words that have to be heard of one control: its question and, in a table, its row."""

    title: str
    table: str = ""
    row: str = ""


def expected(kind: type[Sheet], book: Workbook, fields: list[str], row: str) -> Expected:
    """Of a control in these fields and this row."""
    question = kind.question(fields[0])
    if len(fields) == 1:
        return Expected(question.title)
    if question.kind.name == "matrix":
        return Expected(book.name(fields[1].split("/")[1]), question.title, book.name(row))
    return Expected(kind.question(fields[1], row).title, question.title, book.name(row))


def test_every_control_says_its_question_and_its_row_and_what_is_wrong(
    page: Page, sheets: dict[str, Worksheet], sample: Path
) -> None:
    book = Partnership(sample).book
    for sheet in sheets.values():
        everything(sheet)
    heard, where = hear(page), places(page)
    faults, shaped = [], []
    for kind in worksheets.every().values():
        count = 0
        for message in heard[kind.title]:
            fields, row = where[message.element]
            if not fields or message.role == "columnheader":
                continue
            count += 1
            wanted = expected(kind, book, fields, row)
            # A tick or a cell is named by its own words; the group or the headings around it say the rest.
            is_tool = len(fields) == 1 and kind.question(fields[0]).kind.name in ("rows", "matrix")
            is_part = is_tool or message.role in ("checkbox", "radio", "gridcell", "rowheader")
            label = message.words if is_part else message.name
            missing = [words for words in (wanted.title, wanted.row) if words not in label]
            if missing or wanted.table not in message.words:
                faults.append(f"{kind.slug}: {message.role} “{message.words}” lacks {missing or wanted.table}")
            question = kind.question(fields[-1], row) if "/" not in fields[-1] else kind.question(fields[0])
            if message.role == "textbox" and question.kind.name in SHAPED and message.name.startswith(wanted.title):
                shaped.append((kind, message))
        assert count > 40, kind.slug
    assert faults == [], "\n".join(faults)
    reader = {kind: Reader(page, kind.title) for kind, _ in shaped}
    for kind, message in shaped:
        reader[kind].put(message, WRONG)
    for kind in reader:
        expect(sheets[kind.slug].root.locator(".ck-pending")).to_have_count(0)  # all are answered for
        expect(sheets[kind.slug].root.get_by_role("button", name="not saved: go to it")).to_be_visible()
    heard = hear(page)
    again = {message.element: message for kind in reader for message in heard[kind.title]}
    for _, message in shaped:
        now = again[message.element]
        assert now.states["invalid"] == "true", now.words
        assert f"“{WRONG}”" in now.description, now.words
    cells = [
        (kind, message)
        for kind in reader
        for message in heard[kind.title]
        if message.role == "gridcell" and message.name == WRONG
    ]
    assert len(cells) > 5
    for kind, message in cells:
        now = reader[kind].go_to(message)
        assert now.states["invalid"] == "true", now.words
        assert f"“{WRONG}”" in now.description, now.words
