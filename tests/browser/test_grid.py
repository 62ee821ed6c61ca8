"""Tables as quick and as safe as a spreadsheet: pasted into, copied, sorted, filled by keys alone, read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ctekit import samples, worksheets
from ctekit.jupyter.partnership import Partnership
from ctekit.worksheets.metrics import Metrics
from ctekit.worksheets.plan import Action, Plan
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.recruitment import Recruitment
from tests.browser import clipboards
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import Worksheet
from tests.browser.test_access import _faults, theme

pytestmark = pytest.mark.browser

ACTIONS = "The next 90 days"
PLAN = worksheets.called("plan")


@pytest.fixture(scope="module")
def plan(lab: Lab, browser: Browser) -> Iterator[Worksheet]:
    """One plan for all tests of this module that leave it as they found it: to open JupyterLab is what takes time."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(WAIT)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet = lab.open(context.new_page(), lab.folder("plan", "harrow-bend"), PLAN.notebook).sheet(PLAN.title)
    yield sheet
    context.close()


@pytest.fixture
def stored(lab: Lab) -> list[Action]:
    return list(Partnership(lab.home / "plan").book[Plan].actions)


@contextmanager
def narrow(sheet: Worksheet) -> Iterator[None]:
    sheet.root.evaluate("(root) => (root.style.width = '320px')")
    sheet.root.scroll_into_view_if_needed()
    expect(sheet.root).to_have_class(re.compile("ck-narrow"))
    yield
    sheet.root.evaluate("(root) => (root.style.width = '')")
    expect(sheet.root).not_to_have_class(re.compile("ck-narrow"))


def paste(page: Page, html: str = "", text: str = "") -> None:
    """The event that Ctrl+V brings, with the very bytes of another program."""
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer();
            if (html) data.setData('text/html', html);
            data.setData('text/plain', text);
            const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        [html, text],
    )


def cells(sheet: Worksheet, row: int) -> Locator:
    return sheet.rows(ACTIONS).nth(row).locator("td")


def shown(sheet: Worksheet, row: int) -> list[str]:
    return cells(sheet, row).all_text_contents()


def undo(sheet: Worksheet) -> None:
    sheet.root.get_by_role("button", name="Undo", exact=True).click()
    expect(sheet.status).to_contain_text("Undone")


def test_a_choice_is_made_by_the_letters_typed_on_its_cell_from_the_first_one_on(plan: Worksheet) -> None:
    who, done = plan.cell(ACTIONS, 0, "Who"), plan.cell(ACTIONS, 0, "Done?")
    before = (who, who.inner_text()), (done, done.inner_text())
    choices = ((who, "ines c", "Inés Carvajal"), (who, "Mar", "Marcus Dray"), (done, "yes", "yes"))
    for cell, letters, choice in choices:
        cell.click()
        plan.page.keyboard.press("Escape")
        expect(cell).to_be_focused()
        plan.page.keyboard.type(letters)
        plan.page.keyboard.press("Enter")
        expect(cell).to_have_text(choice)
        plan.saved()
    for _ in choices:  # one edit each, whatever was passed by on the way to it
        undo(plan)
    for cell, words in before:
        expect(cell).to_have_text(words)


def focus(sheet: Worksheet, row: int, column: str) -> None:
    sheet.cell(ACTIONS, row, column).click()
    sheet.page.keyboard.press("Escape")


def _tab_to(page: Page, words: str, *, back: bool) -> None:
    for _ in range(200):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement.textContent") == words:
            return
    raise AssertionError(f"no “{words}” to be reached by Tab")


def test_a_table_of_another_program_goes_into_the_cells(plan: Worksheet) -> None:
    before = plan.rows(ACTIONS).count()
    for program in (*clipboards.ALL, "text"):
        focus(plan, before - 1, "What")
        paste(plan.page, clipboards.ALL.get(program, ""), clipboards.TEXT)
        panel = plan.root.get_by_role("region", name=f"Paste into “{ACTIONS}”")
        expect(panel, program).to_contain_text(
            "6 cells in 2 rows would be written; 1 row would be added; 2 answers would"
        )
        expect(panel.get_by_role("button", name="Paste", exact=True)).to_be_focused()
        assert plan.rows(ACTIONS).count() == before
        plan.page.keyboard.press("Enter")
        expect(plan.rows(ACTIONS)).to_have_count(before + 1)
        lines = [
            ["Bring the credit table to the trustees", "Adaeze Whitcomb", "November 18, 2026", "no"],
            ["Ask for “bus” times after 6 p.m.", "Tomasz Breel", "December 1, 2026", "yes"],
        ]
        for row, words in enumerate(lines, before - 1):
            expect(cells(plan, row), program).to_have_text(words)
        expect(plan.status).to_have_text("Pasted: 6 cells. Undo takes them all back.")
        expect(plan.cell(ACTIONS, before - 1, "What")).to_be_focused()
        undo(plan)
        expect(plan.rows(ACTIONS)).to_have_count(before)


def test_what_does_not_fit_is_shown_and_left_out(plan: Worksheet) -> None:
    focus(plan, 0, "Who")
    before = shown(plan, 0)
    paste(plan.page, text="Jo Nobody\tsoon\nAdaeze Whitcomb\t2027-01-31\t\tfar right\n")
    panel = plan.root.get_by_role("region", name=f"Paste into “{ACTIONS}”")
    expect(panel.get_by_role("listitem")).to_have_count(3)
    expect(panel).to_contain_text("“Jo Nobody” is not in “People”. Add it in")
    plan.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(plan.cell(ACTIONS, 0, "Who")).to_be_focused()
    paste(plan.page, text="Jo Nobody\tsoon\nAdaeze Whitcomb\t2027-01-31\n")
    panel.get_by_role("button", name="Leave out what does not fit and paste").click()
    expect(plan.cell(ACTIONS, 1, "By when")).to_have_text("January 31, 2027")
    assert shown(plan, 0) == before
    expect(plan.status).to_contain_text("What was left out is listed.")
    expect(panel.get_by_role("listitem")).to_have_count(2)
    expect(panel.get_by_role("listitem").nth(1)).to_contain_text(f"By when, line 1 (“{before[0]}”): “soon”")
    panel.get_by_role("button", name="Close the list").click()
    expect(panel).to_be_hidden()
    undo(plan)


@pytest.mark.parametrize("way", ["Tab", "Enter", " "])
def test_keys_typed_before_a_new_row_is_there_begin_its_first_cell(plan: Worksheet, way: str) -> None:
    """After the last cell, Tab begins a row; Enter and the space bar press the button for one."""
    page, before = plan.page, plan.rows(ACTIONS).count()
    plan.rows(ACTIONS).nth(before - 1).locator("td").last.click()
    if way != "Tab":
        plan.question(ACTIONS).get_by_role("button", name="Add a row").focus()
    page.keyboard.press(way)
    page.keyboard.type("Call the mill", delay=1)
    expect(plan.rows(ACTIONS)).to_have_count(before + 1)
    expect(plan.cell(ACTIONS, before, "What").locator("textarea")).to_have_value("Call the mill")
    page.keyboard.press("Enter")
    plan.saved()
    plan.question(ACTIONS).get_by_role("button", name="Delete row").click()
    expect(plan.rows(ACTIONS)).to_have_count(before)


def test_an_empty_row_that_was_begun_and_left_goes_again(plan: Worksheet) -> None:
    page, before = plan.page, plan.rows(ACTIONS).count()
    plan.rows(ACTIONS).nth(before - 1).locator("td").last.click()
    page.keyboard.press("Tab")
    expect(plan.rows(ACTIONS)).to_have_count(before + 1)
    expect(plan.cell(ACTIONS, before, "What").locator("textarea")).to_be_focused()
    plan.root.get_by_role("button", name="Projector").focus()
    expect(plan.rows(ACTIONS)).to_have_count(before)


def test_words_pasted_while_typing_stay_in_the_text(plan: Worksheet) -> None:
    plan.cell(ACTIONS, 0, "What").click()
    plan.page.evaluate("navigator.clipboard.writeText('Two lines\\nof text')")
    plan.page.keyboard.press("Control+v")
    expect(plan.cell(ACTIONS, 0, "What").locator("textarea")).to_have_value("Two lines\nof text")
    expect(plan.question(ACTIONS).locator(".ck-paste")).to_be_hidden()
    plan.page.keyboard.press("Escape")
    plan.saved()


def test_a_copied_table_comes_back_through_the_real_clipboard(plan: Worksheet) -> None:
    lines = [shown(plan, row) for row in range(plan.rows(ACTIONS).count())]
    plan.question(ACTIONS).get_by_role("button", name="Copy table").click()
    expect(plan.status).to_contain_text(f"Table copied: {len(lines)} rows")
    copied = plan.page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied.split("\n")[0].split("\t") == ["What", "Who", "By when", "Done?"]
    assert copied.split("\n")[1].split("\t") == lines[0]
    focus(plan, 0, "What")
    plan.page.keyboard.press("Control+v")
    panel = plan.root.get_by_role("region", name=f"Paste into “{ACTIONS}”")
    expect(panel).to_contain_text("Nothing would be written")
    expect(panel).to_contain_text("the first line was read as headings")
    plan.page.keyboard.press("Escape")
    plan.page.keyboard.press("End")
    plan.page.keyboard.press("ArrowLeft")
    plan.page.keyboard.press("Control+c")
    expect(plan.status).to_have_text("Cell copied.")
    plan.page.wait_for_function("async (words) => (await navigator.clipboard.readText()) === words", arg=lines[0][2])


def test_a_formula_is_copied_as_words(plan: Worksheet) -> None:
    plan.put(ACTIONS, 0, "What", PLAN.tables()["actions"].row.questions()["action"], "=1+1")
    expect(plan.cell(ACTIONS, 0, "What")).to_have_text("=1+1")
    plan.page.keyboard.press("Control+c")
    # Not by the status: "Saved" of the cell before may come after "Cell copied."
    plan.page.wait_for_function('async () => (await navigator.clipboard.readText()) === "\'=1+1"')
    undo(plan)


def test_a_row_is_doubled_and_the_count_says_what_is_complete(plan: Worksheet) -> None:
    count = plan.rows(ACTIONS).count()
    focus(plan, 0, "What")
    plan.question(ACTIONS).get_by_role("button", name="Duplicate row").click()
    expect(plan.rows(ACTIONS)).to_have_count(count + 1)
    expect(cells(plan, 1)).to_have_text(shown(plan, 0))
    expect(plan.question(ACTIONS).locator(".ck-bar[role=toolbar] .ck-count")).to_contain_text(f"{count + 1} rows, ")
    expect(plan.question(ACTIONS).locator(".ck-bar[role=toolbar] .ck-count")).to_contain_text(
        f"of {count + 1} complete"
    )
    undo(plan)


def test_a_narrow_screen_shows_one_row_at_a_time(plan: Worksheet, stored: list[Action]) -> None:
    before = [action.action or "" for action in stored]
    focus(plan, 0, "What")
    with narrow(plan):
        form = plan.root.get_by_role("group", name=f"{ACTIONS}, 1 of {len(before)}: {before[0]}")
        expect(form).to_be_visible()
        expect(plan.table(ACTIONS)).to_be_hidden()
        form.get_by_role("button", name="Next row").click()
        second = plan.root.get_by_role("group", name=f"{ACTIONS}, 2 of {len(before)}: {before[1]}")
        expect(second.get_by_role("textbox", name=f"What {before[1]}", exact=True)).to_have_value(before[1])
        expect(second.get_by_role("button", name="Next row")).to_be_focused()
        assert plan.root.evaluate("(root) => root.scrollWidth <= root.clientWidth")
        second.get_by_role("button", name="Show the table").click()
        expect(plan.table(ACTIONS)).to_be_visible()
    expect(plan.root.locator(".ck-row-form")).to_be_hidden()


def test_a_list_names_the_worksheet_where_a_new_name_is_added(plan: Worksheet) -> None:
    focus(plan, 0, "Who")
    profile = worksheets.called("profile")
    link = plan.question(ACTIONS).get_by_role("link", name=f"Add new in “{profile.title}”")
    expect(link).to_have_attribute("href", f"{profile.notebook}.ipynb")


def test_every_control_says_its_question_its_row_and_what_is_wrong(plan: Worksheet, stored: list[Action]) -> None:
    """As a screen reader hears it: roles, names, states and descriptions of the accessibility tree."""
    tree = plan.table(ACTIONS).aria_snapshot()
    assert tree.startswith(f'- grid "{ACTIONS}"')
    first = stored[0].action
    assert f'- rowheader "{first}"' in tree
    for title in ("What", "Who", "By when", "Done?"):
        assert f'- columnheader "{title}"' in tree
    plan.cell(ACTIONS, 0, "By when").click()
    control = plan.table(ACTIONS).get_by_role("textbox", name=f"By when, {first}", exact=True)
    expect(control).to_be_focused()
    expect(control).to_have_accessible_description(re.compile("Within 90 days"))
    control.fill("soon")
    plan.page.keyboard.press("Enter")
    expect(plan.question(ACTIONS).get_by_role("alert")).to_contain_text("“soon” is not a date")
    cell = plan.cell(ACTIONS, 0, "By when")
    expect(cell).to_have_attribute("aria-invalid", "true")
    expect(cell).to_have_accessible_description(re.compile("“soon” is not a date"))
    plan.cell(ACTIONS, 0, "Who").click()
    expect(plan.table(ACTIONS).get_by_role("combobox", name=f"Who, {first}", exact=True)).to_be_focused()
    plan.page.keyboard.press("Escape")
    focus(plan, 0, "By when")
    plan.put(ACTIONS, 0, "By when", PLAN.tables()["actions"].row.questions()["by"], str(stored[0].by))
    expect(plan.cell(ACTIONS, 0, "By when")).not_to_have_attribute("aria-invalid", "true")


def test_grids_have_no_fault_that_axe_can_see(plan: Worksheet) -> None:
    focus(plan, 0, "Who")
    paste(plan.page, text="Jo Nobody\tsoon\nAdaeze Whitcomb\t2027-01-31\n")
    expect(plan.root.locator(".ck-misfits")).to_be_visible()
    violations = _faults(plan.page, plan)
    theme(plan.page, "JupyterLab Dark")
    violations += _faults(plan.page, plan)
    plan.root.locator(".ck-misfits").press("Escape")
    with narrow(plan):
        violations += _faults(plan.page, plan)
    plan.root.get_by_role("button", name="Projector").click()
    violations += _faults(plan.page, plan)
    plan.page.keyboard.press("Escape")
    theme(plan.page, "JupyterLab Light")
    assert violations == []


# From here on each with a window of its own: its end shuts down all kernels, also the one of the plan above.


def test_five_hundred_lines_of_eight_cells_come_in_about_a_second(lab: Lab, page: Page) -> None:
    metrics = worksheets.called("metrics")
    folder = lab.folder("paste-many", "harrow-bend")
    sheet = lab.open(page, folder, metrics.notebook).sheet(metrics.title)
    sheet.show_all()
    table = "What we have counted"
    before = [observation.id for observation in Partnership(folder).book[Metrics].observations]
    assert sheet.table(table).locator("thead th").count() >= 8
    name = Partnership(folder).book[Metrics].metrics[0].name or ""
    lines = [[name.upper(), "6/30/2028", "2027-28", "county", f"group {n}", "1,200", "2400", "No"] for n in range(500)]
    sheet.add_row(table)
    page.keyboard.press("Escape")
    sheet.saved()
    page.evaluate(
        """() => {
            const panel = document.activeElement.closest('.ck-question').querySelector('.ck-paste');
            const status = panel.closest('.ctekit-sheet').querySelector('.ck-status');
            const until = (ready) => new Promise((done) => {
                const look = () => (ready() ? done(Date.now()) : requestAnimationFrame(look));
                look();
            });
            window.pasted = (async () => {
                const options = {capture: true, once: true};
                const began = await new Promise((done) => addEventListener('paste', () => done(Date.now()), options));
                const shown = await until(() => !panel.hidden);
                panel.querySelector('button').click();
                return [shown - began, (await until(() => status.textContent.startsWith('Pasted'))) - shown];
            })();
        }"""
    )
    paste(page, clipboards.excel(lines))
    shown_after, then = page.evaluate("window.pasted")
    print(f"500 x 8 cells of Excel's HTML: shown after {shown_after:.0f} ms, on the disk and drawn {then:.0f} ms later")
    expect(sheet.rows(table)).to_have_count(len(before) + 500)
    assert len(Partnership(folder).book[Metrics].observations) == len(before) + 500
    undo(sheet)
    expect(sheet.rows(table)).to_have_count(len(before) + 1)


def test_sorting_and_finding_change_what_is_seen_and_not_what_is_stored(lab: Lab, page: Page) -> None:
    folder = lab.folder("sorted", "harrow-bend")
    kind = worksheets.called("recruitment")
    sheet = lab.open(page, folder, kind.notebook).sheet(kind.title)
    table = "What we need"
    ids = [need.id for need in Partnership(folder).book[Recruitment].needs]
    question = sheet.question(table)
    heading = question.get_by_role("button", name="Support needed")
    heading.click()
    expect(sheet.table(table).locator("th[aria-sort=ascending]")).to_have_text("Support needed")
    names = sheet.table(table).locator("td[data-field=support]").all_text_contents()
    assert names == sorted(names, key=str.casefold)
    expect(question.get_by_role("button", name="Move down")).to_be_hidden()  # no row is in hand
    sheet.cell(table, 0, "Support needed").focus()
    page.keyboard.press("ArrowUp")
    expect(heading).to_be_focused()
    page.keyboard.press("Enter")
    expect(sheet.table(table).locator("th[aria-sort=descending]")).to_have_text("Support needed")
    expect(heading).to_be_focused()
    names = sheet.table(table).locator("td[data-field=support]").all_text_contents()
    assert names == sorted(names, key=str.casefold, reverse=True)
    page.keyboard.press("ArrowDown")
    expect(sheet.cell(table, 0, "Support needed")).to_be_focused()
    sheet.cell(table, 0, "Support needed").click()
    page.keyboard.press("Escape")
    expect(question.get_by_role("button", name="Move down")).to_be_disabled()
    question.get_by_label("Find in table").fill("mentors")
    expect(question.locator(".ck-view [role=status]")).to_contain_text(f"of {len(ids)} rows found")
    for line in sheet.rows(table).all_text_contents():
        assert "mentors" in line.lower()
    question.get_by_role("button", name="Show all rows in their own order").click()
    expect(sheet.rows(table)).to_have_count(len(ids))
    assert sheet.rows(table).evaluate_all("(all) => all.map((row) => row.dataset.row)") == ids
    assert [need.id for need in Partnership(folder).book[Recruitment].needs] == ids


def test_the_column_that_names_a_row_stays_in_view_wherever_it_stands(lab: Lab, page: Page) -> None:
    """Minutes are typed far to the right of what they are about."""
    folder = lab.folder("named", "harrow-bend")
    meetings = worksheets.called("meetings")
    sheet = lab.open(page, folder, meetings.notebook).sheet(meetings.title)
    box = sheet.table("Agendas and minutes").locator("xpath=..")
    box.evaluate("(box) => { box.style.maxWidth = '32em'; box.scrollTo(9999, 0); }")
    places = box.evaluate(
        """(box) => {
            const at = box.getBoundingClientRect().left;
            const cells = [...box.querySelectorAll('[role=rowheader]'), box.querySelector('.ck-stays')];
            const first = box.querySelector('td[data-field=meeting]').getBoundingClientRect().right;
            return [...cells.map((cell) => Math.abs(cell.getBoundingClientRect().left - at)), first > at ? 99 : 0];
        }"""
    )
    assert max(places) < 3
    cell = sheet.cell("Agendas and minutes", 1, "Votes for")
    cell.click()
    expect(sheet.rows("Agendas and minutes").nth(1).get_by_role("rowheader")).to_be_in_viewport(ratio=1)


def test_the_matrix_keeps_its_headings_in_view_and_counts_as_letters_are_typed(lab: Lab, page: Page) -> None:
    folder = lab.folder("sticky", "harrow-bend")
    roles = worksheets.called("roles")
    sheet = lab.open(page, folder, roles.notebook).sheet(roles.title)
    box = sheet.table("Who does what").locator("xpath=..")
    box.evaluate("(box) => { box.style.maxHeight = '16em'; box.style.maxWidth = '24em'; box.scrollTo(9999, 9999); }")
    places = box.evaluate(
        """(box) => {
            const at = box.getBoundingClientRect();
            const gap = (cell, side) => Math.abs(cell.getBoundingClientRect()[side] - at[side]);
            const [head, name] = ['thead th', 'tbody tr:last-child th'].map((selector) => box.querySelector(selector));
            return [gap(head, 'top'), gap(name, 'left')];
        }"""
    )
    assert max(places) < 3
    line = sheet.rows("Who does what").first
    total = line.locator(".ck-total")
    holder = line.locator("td[data-letters*=A]")
    expect(total).to_contain_text("A: 1")
    holder.click()
    page.keyboard.press("a")
    expect(total).to_contain_text("no A")
    page.keyboard.type("a/r")
    expect(holder).to_contain_text("A")
    expect(total).not_to_contain_text("no A")
    page.keyboard.press("x")
    expect(sheet.question("Who does what").get_by_role("alert")).to_contain_text("“x” means nothing here")
    sheet.saved()


def test_the_projector_shows_what_a_room_fills_and_nothing_private(lab: Lab, page: Page) -> None:
    folder = lab.folder("projector", "harrow-bend")
    kind = worksheets.called("recruitment")
    sheet = lab.open(page, folder, kind.notebook).sheet(kind.title)
    sheet.show_all()
    secrets = [
        ask.title
        for ask in [
            *kind.questions().values(),
            *(question for table in kind.tables().values() for question in table.row.questions().values()),
        ]
        if ask.private
    ]
    assert any(sheet.root.get_by_text(title, exact=True).count() for title in secrets)
    button = sheet.root.get_by_role("button", name="Projector")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    for title in secrets:
        expect(sheet.root.get_by_text(title, exact=True)).to_have_count(0)
    expect(sheet.root.get_by_role("button", name="Show facilitator-only questions")).to_be_hidden()
    assert sheet.root.evaluate("(root) => getComputedStyle(root).fontSize") == "24px"
    expect(sheet.table("What we need")).to_be_visible()
    for name in ("Add a row", "Copy table", "Undo", "No answer yet?"):
        expect(sheet.root.get_by_role("button", name=name).first).to_be_hidden()
    sheet.shot("projector")
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    for title in secrets:
        expect(sheet.root.get_by_text(title, exact=True)).to_have_count(0)  # whoever leaves it has to ask again


def test_the_next_empty_question_and_where_one_stopped(lab: Lab, page: Page) -> None:
    folder = lab.folder("stopped")
    kind = worksheets.called("purpose")
    notebook = lab.open(page, folder, kind.notebook)
    sheet = notebook.sheet(kind.title)
    following = sheet.root.get_by_role("button", name="Next empty question")
    following.click()
    expect(sheet.control("Which learners is this for?")).to_be_focused()
    page.keyboard.insert_text("learners in three counties")
    page.keyboard.press("Enter")
    sheet.saved()
    following.click()
    expect(sheet.control("What changes for them?")).to_be_focused()
    page.reload()
    notebook.wait_until_open()
    notebook.run_all()
    line = sheet.root.locator(".ck-stopped")
    expect(line).to_have_text(
        re.compile(r"^You stopped at “What changes for them\?”; about \d minutes? left here\. Go there")
    )
    line.get_by_role("button", name="Go there").click()
    expect(sheet.control("What changes for them?")).to_be_focused()


def test_a_whole_quick_worksheet_is_filled_by_keys_alone(lab: Lab, page: Page) -> None:
    """Tab, arrows, Enter and letters only: every quick question of the purpose, and its table."""
    folder = lab.folder("keys-only")
    kind = worksheets.called("purpose")
    sheet = lab.open(page, folder, kind.notebook).sheet(kind.title)
    book = samples.book("harrow-bend")[Purpose]
    sheet.root.get_by_role("button", name="Projector").focus()
    for field, question in kind.questions().items():
        if not question.quick or question.private or field == "sentence":  # it stands as its parts do
            continue
        _tab_to(page, "Next empty question", back=True)
        page.keyboard.press("Enter")
        if question.kind.name == "rows":
            if page.evaluate("document.activeElement.textContent") != "Add a row":
                _tab_to(page, "Add a row", back=True)
            page.keyboard.press("Enter")
            for count, clause in enumerate(book.clauses, 1):  # Enter after the last cell begins the next row
                expect(sheet.rows(question.title)).to_have_count(count)
                expect(sheet.table(question.title).locator("textarea, input, select")).to_be_focused()
                page.keyboard.type(clause.promise)
                page.keyboard.press("Enter")
            page.keyboard.press("Escape")  # the row that was begun and left empty goes again
        elif question.kind.name == "ready":
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type(str(getattr(book, field)))
            if question.kind.name != "long_text":
                page.keyboard.press("Enter")
    sheet.saved()  # what the form says of that must not come over what it says next
    _tab_to(page, "Next empty question", back=True)
    page.keyboard.press("Enter")
    expect(sheet.status).to_have_text("Every quick question here has an answer.")
    mine = Partnership(folder).book[Purpose]
    for field, question in kind.questions().items():
        if question.quick and question.kind.name not in ("rows", "ready") and field != "sentence":
            assert str(getattr(mine, field)) == str(getattr(book, field)), field
    assert [clause.promise for clause in mine.clauses] == [clause.promise for clause in book.clauses]
    assert mine.ready == "quick"
