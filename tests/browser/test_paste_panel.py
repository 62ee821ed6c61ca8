"""The panel of a paste: the first lines under the columns they would go to, which can be changed before anything is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ctekit import worksheets
from ctekit.jupyter.partnership import Partnership
from ctekit.worksheets.roles import Roles
from tests.browser import clipboards
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import Worksheet
from tests.browser.test_access import _faults, theme
from tests.browser.test_grid import ACTIONS, PLAN, cells, focus, narrow, paste, undo

pytestmark = pytest.mark.browser

STRANGE = """Our plan, draft 2\t\t
\t\t
Activity\tDeadline\tNotes
Call the mayor\t1/31/2027\tsoon
Write to the board\t2/28/2027\t
"""


@pytest.fixture(scope="module")
def plan(lab: Lab, browser: Browser) -> Iterator[Worksheet]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(WAIT)
    sheet = lab.open(context.new_page(), lab.folder("paste-panel", "harrow-bend"), PLAN.notebook).sheet(PLAN.title)
    yield sheet
    context.close()


@pytest.fixture
def panel(plan: Worksheet) -> Locator:
    return plan.root.get_by_role("region", name=f"Paste into “{ACTIONS}”")


WIDE = "\n".join("\t".join(f"several words {row}.{column}" for column in range(14)) for row in range(12))


def test_of_a_wide_and_long_paste_the_question_and_its_buttons_are_in_view_at_once(
    plan: Worksheet, panel: Locator
) -> None:
    focus(plan, 0, "What")
    paste(plan.page, text=WIDE)
    expect(panel.get_by_role("button", name="Leave out what does not fit and paste")).to_be_focused()
    for words in ("Paste 12 × 14 cells into", "cells in 12 rows would be written", "cells would not fit"):
        expect(panel.get_by_text(words)).to_be_in_viewport(ratio=1)
    expect(panel.get_by_role("button", name="Cancel")).to_be_in_viewport(ratio=1)
    plan.shot("paste-wide")
    panel.get_by_role("button", name="Cancel").click()


def test_headings_that_nobody_knows_are_asked_about_and_written_as_chosen(plan: Worksheet, panel: Locator) -> None:
    before = plan.rows(ACTIONS).count()
    focus(plan, 0, "What")
    paste(plan.page, text=STRANGE)
    expect(panel).to_contain_text("Line 3 looks like headings")
    expect(panel).to_contain_text("Left out: 1 line above the headings (“Our plan, draft 2”)")
    expect(panel.get_by_role("button", name="Paste", exact=True)).to_have_count(0)
    first = panel.get_by_role("combobox", name="Column 1, “Activity”, goes to")
    expect(first).to_be_focused()
    first.select_option(label="What")
    expect(panel).to_contain_text("2 cells in 2 rows would be written; 2 rows would be added")
    expect(first).to_be_focused()
    panel.get_by_role("combobox", name="Column 2, “Deadline”, goes to").select_option(label="By when")
    expect(panel).to_contain_text("4 cells in 2 rows would be written")
    lines = panel.get_by_role("table").locator("tbody tr").all_inner_texts()
    assert [line.split("\t") for line in lines][1:] == [
        ["Line 4", "new row", "Call the mayor", "1/31/2027", "soon"],
        ["Line 5", "new row", "Write to the board", "2/28/2027", ""],
    ]
    panel.get_by_role("button", name="Paste", exact=True).click()
    expect(plan.rows(ACTIONS)).to_have_count(before + 2)
    expect(cells(plan, before).nth(0)).to_have_text("Call the mayor")
    expect(cells(plan, before).nth(2)).to_have_text("January 31, 2027")
    undo(plan)
    expect(plan.rows(ACTIONS)).to_have_count(before)


def test_a_line_can_be_said_to_be_no_heading(plan: Worksheet, panel: Locator) -> None:
    focus(plan, 0, "What")
    paste(plan.page, text=STRANGE)
    panel.get_by_label("Headings:").select_option(label="no line is a heading")
    expect(panel.get_by_role("combobox", name="Column 1 goes to")).to_have_value("action")
    panel.get_by_label("Headings:").select_option(label="line 3: Activity | Deadline | Notes")
    expect(panel.get_by_role("combobox", name="Column 1, “Activity”, goes to")).to_have_value("")
    plan.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_the_table_inside_a_mail_is_taken_and_not_its_layout(plan: Worksheet, panel: Locator) -> None:
    focus(plan, 0, "What")
    paste(plan.page, clipboards.MAIL, "Hi all, the list:\nCall the mayor\tAdaeze Whitcomb\n")
    expect(panel).to_contain_text("Paste 2 × 2 cells")
    expect(panel).to_contain_text("The text around the table is left out.")
    expect(panel.get_by_role("table")).to_contain_text("Write to the board")
    plan.page.keyboard.press("Escape")
    paste(plan.page, clipboards.NEWSLETTER, "Two lines\nof text")
    expect(panel).to_contain_text("Paste 2 × 1 cells")
    plan.page.keyboard.press("Escape")


def test_cells_merged_down_are_filled_and_headings_in_two_lines_are_read(plan: Worksheet, panel: Locator) -> None:
    focus(plan, 0, "What")
    paste(plan.page, clipboards.MERGED)
    expect(panel).to_contain_text("merged over several lines: their words were put into each line")
    panel.get_by_role("combobox", name="Column 1, “Person in charge”, goes to").select_option(label="Who")
    expect(panel).to_contain_text("6 cells in 2 rows would be written")
    plan.page.keyboard.press("Escape")


def test_the_panel_has_no_fault_that_axe_can_see_and_fits_a_narrow_screen(plan: Worksheet, panel: Locator) -> None:
    violations = []
    with narrow(plan):
        plan.root.get_by_role("button", name="Show the table").first.click()
        focus(plan, 0, "What")
        paste(plan.page, text=STRANGE)
        expect(panel).to_contain_text("Line 3 looks like headings")
        assert panel.evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")
        assert plan.root.evaluate("(root) => root.scrollWidth <= root.clientWidth")
        violations += _faults(plan.page, plan)
    for name in ("JupyterLab Dark", "JupyterLab Light"):
        theme(plan.page, name)
        violations += _faults(plan.page, plan)
    panel.get_by_role("button", name="Cancel").click()
    assert violations == []


def test_twenty_thousand_lines_are_bounded_with_a_sentence(plan: Worksheet, panel: Locator) -> None:
    focus(plan, 0, "What")
    paste(plan.page, text="".join(f"Step {number}\t\n" for number in range(20_000)))
    expect(panel).to_contain_text("20,000 lines were pasted, and 1,000 are taken at a time")
    panel.get_by_role("button", name="Cancel").click()


def test_letters_follow_the_names_below_a_title(lab: Lab, page: Page) -> None:
    folder = lab.folder("paste-matrix", "harrow-bend")
    book = Partnership(folder).book
    kind = worksheets.called("roles")
    sheet = lab.open(page, folder, kind.notebook).sheet(kind.title)
    title = kind.questions()["matrix"].title
    tasks = [task.task for task in book[Roles].tasks[2:4]]
    partners = [book.name(row.id) for row in book.rows("profile.organizations")[1:4]]
    lines = [
        ["Who does what, draft 3"],
        [],
        ["Task", *partners],
        [tasks[0], "S", "C", "I"],
        [tasks[1], "I", "S;C", "-"],
    ]
    sheet.table(title).locator("td[data-field]").first.click()
    paste(page, text="\n".join("\t".join([*line, *[""] * (4 - len(line))]) for line in lines))
    panel = sheet.root.get_by_role("region", name=f"Paste into “{title}”")
    expect(panel).to_contain_text("line 3 was read as headings")
    expect(panel.get_by_role("combobox", name=f"Column 2, “{partners[0]}”, goes to")).to_be_visible()
    panel.get_by_role("button", name="Paste", exact=True).click()
    expect(sheet.status).to_contain_text("Pasted")
    after = Partnership(folder).book
    ids = [row.id for row in after.rows("profile.organizations")[1:4]]
    first, second = (task.id for task in after[Roles].tasks[2:4])
    assert [after[Roles].matrix[first][id_] for id_ in ids] == ["S", "C", "I"]
    assert [after[Roles].matrix[second][id_] for id_ in ids[:2]] == ["I", "SC"]
