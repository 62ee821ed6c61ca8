"""What `ctekit start` opens: steps, notebooks that have run by themselves, and a view for the wall."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

import ctekit
from ctekit import room, rounds, worksheets, workspace
from ctekit.ratings import Ballot, new_respondent
from tests.browser.conftest import WAIT, Lab, running
from tests.browser.driver import SHOTS, Worksheet
from tests.browser.test_access import RULES
from tests.browser.test_papers import open_by_link, write_pages
from tests.mail.answering import write_answers
from tests.secrets import found, plant

pytestmark = pytest.mark.browser

CONVENER = worksheets.called("convener")
PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.question("learners").title
SCRIPT = "A superintendent and her staff share a table"


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Harrow Bend, with a secret in every private answer, and with a script in an older copy of 04."""
    home = tmp_path_factory.mktemp("guided")
    with running(home, prepare=prepare, plain=False) as lab:
        yield lab


def prepare(folder: Path) -> None:
    (folder / "partnership.ctekit").unlink()
    plant(folder)
    older = json.loads((folder / "04-value.ipynb").read_text("utf-8"))
    hidden = {"jupyter": {"source_hidden": True}, "tags": ["facilitator"]}
    script = {"cell_type": "markdown", "id": "old-script", "metadata": hidden, "source": f"## Facilitator\n\n{SCRIPT}."}
    older["cells"].insert(3, script)
    (folder / "04-value.ipynb").write_text(json.dumps(older), "utf-8")
    changed = json.loads((folder / "05-communication.ipynb").read_text("utf-8"))
    changed["cells"][1]["source"] = "open('was-run', 'w').close()"
    (folder / "05-communication.ipynb").write_text(json.dumps(changed), "utf-8")


@pytest.fixture
def page(browser: Browser, guided: Lab) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.goto(f"{guided.address}/lab?reset&token={guided.token}")
    ready(page)
    yield page
    context.close()


def panel(page: Page, state: str = "ready") -> Worksheet:
    """The worksheet of the one notebook that is open."""
    notebook = page.locator(f'.jp-NotebookPanel[data-ctekit="{state}"]')
    expect(notebook).to_have_count(1, timeout=30_000)
    return Worksheet(page, notebook.locator(".ctekit-sheet").first)


def ready(page: Page) -> Worksheet:
    expect(page.locator("body")).to_have_attribute("data-ctekit", "ready", timeout=30_000)
    return panel(page)


def go(page: Page, title: str) -> Worksheet:
    step = page.get_by_role("navigation", name="Steps").get_by_role("link", name=title)
    step.click()
    expect(step).to_have_attribute("aria-current", "page", timeout=30_000)
    sheet = panel(page)
    expect(page.locator(".jp-NotebookPanel")).to_have_count(1)
    return sheet


def choose(page: Page, menu: str, entry: str) -> None:
    page.locator(".lm-MenuBar-item", has_text=re.compile(f"^{menu}$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{entry}$")).click()


def kernels(lab: Lab) -> set[str]:
    return {session["kernel"]["id"] for session in lab.kernels()}


def test_a_notebook_is_there_without_a_click_and_its_file_stays_as_it_was(guided: Lab, page: Page) -> None:
    file = guided.home / "02-purpose.ipynb"
    before = file.read_bytes()
    sheet = go(page, "2 Purpose")
    expect(sheet.control(LEARNERS)).to_be_visible()
    expect(page.get_by_role("heading", name="Fill in the purpose and the promises")).to_be_in_viewport()
    for hidden in (
        ".jp-FileBrowser",
        ".lm-MenuBar",
        ".jp-Toolbar",
        ".jp-InputPrompt",
        ".jp-cell-toolbar",
        ".cm-editor",
    ):
        expect(page.locator(hidden).locator("visible=true")).to_have_count(0)
    sheet.control(LEARNERS).fill("typed at once")
    sheet.saved()
    assert ctekit.open_partnership(guided.home)["purpose"].learners == "typed at once"
    assert file.read_bytes() == before
    code = page.get_by_role("button", name="Code that shows the worksheet").first
    code.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text('partnership.worksheet("purpose")')).to_be_visible()
    assert len(guided.kernels()) == len(workspace.notebooks())
    assert len(kernels(guided)) == 1
    go(page, "3 Recruitment")
    assert file.read_bytes() == before, "nobody changed it, so leaving it writes nothing"


def test_whoever_comes_back_finds_the_step_that_was_left(guided: Lab, page: Page) -> None:
    """JupyterLab keeps which tabs there were when the steps were entered: a step chosen later is none of them."""
    entered, left = "00-start-here.ipynb", "02-purpose.ipynb"
    tabs = {"type": "tab-area", "currentIndex": 0, "widgets": [f"notebook:{entered}"]}
    kept = {
        "layout-restorer:data": {"main": {"dock": tabs, "current": f"notebook:{left}"}},
        f"notebook:{left}": {"data": {"path": left, "factory": "Notebook"}},
    }
    page.goto("about:blank")  # an open page would write over it
    answer = page.request.put(
        f"{guided.address}/lab/api/workspaces/default",
        headers={"Authorization": f"token {guided.token}"},
        data={"data": kept, "metadata": {"id": "default"}},
    )
    assert answer.ok, answer.status
    page.goto(f"{guided.address}/lab?token={guided.token}")
    sheet = ready(page)
    expect(sheet.control(LEARNERS)).to_be_visible()
    page.reload()  # JupyterLab's address does not say which notebook it restored
    sheet = ready(page)
    expect(sheet.control(LEARNERS)).to_be_visible()


def test_start_here_begins_at_its_beginning_and_no_page_is_wider_than_its_place(page: Page) -> None:
    expect(page.locator(".jp-NotebookPanel h1").first).to_be_in_viewport()
    for title in ("Start here", "Recruitment"):
        go(page, title)
        for part in (".jp-WindowedPanel-outer", ".ctekit-sheet", ".jp-OutputArea-output button"):
            box = page.locator(f".jp-NotebookPanel {part}").last.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= 1366, (title, part)


def test_an_agenda_that_stands_above_its_worksheet_is_what_one_sees_first(page: Page) -> None:
    go(page, "Meetings")
    expect(page.get_by_role("heading", name="Let the worksheets propose the agenda")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="On the agenda: Steering group")).to_be_in_viewport()


def test_a_step_chosen_while_the_first_notebook_is_connecting_opens_alive(guided: Lab, page: Page) -> None:
    read: list[str] = []
    held: list[Route] = []

    def hold(route: Route) -> None:  # JupyterLab has read the notebook and asks which kernel it has
        if read:
            held.append(route)
        else:
            route.continue_()

    def heard(request: Request) -> None:
        if "/api/contents/00-start-here.ipynb" in request.url:
            read.append(request.url)

    page.on("request", heard)
    page.route("**/api/sessions*", hold)
    page.goto(f"{guided.address}/lab?reset")
    expect(page.locator("body")).to_have_attribute("data-ctekit", "ready", timeout=30_000)
    until = time.monotonic() + 30
    while not held and time.monotonic() < until:
        page.wait_for_timeout(50)
    page.get_by_role("link", name="2 Purpose").click()
    page.wait_for_timeout(1000)  # by then a notebook is gone that does not wait until it is connected
    page.remove_listener("request", heard)
    read.clear()
    while held:
        held.pop().continue_()
    expect(page.get_by_role("link", name="2 Purpose")).to_have_attribute("aria-current", "page", timeout=30_000)
    sheet = panel(page)
    sheet.control(LEARNERS).fill("chosen at once")
    sheet.saved()
    assert ctekit.open_partnership(guided.home)["purpose"].learners == "chosen at once"


def test_whoever_loads_the_page_again_is_not_asked_about_saved_answers_and_stays_at_the_step(
    guided: Lab, page: Page
) -> None:
    """What cells show is no change of a notebook: JupyterLab would save it, and call it changed in a second window."""
    file = guided.home / "02-purpose.ipynb"
    before, asked = file.read_bytes(), list[str]()
    sheet = go(page, "2 Purpose")
    expect(page.locator(".jp-NotebookPanel[data-ctekit=ready]")).to_be_visible(timeout=60_000)
    sheet.control(LEARNERS).press_sequentially("and who leaves is not asked")
    sheet.saved()
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    expect(page.get_by_role("link", name="2 Purpose")).to_have_attribute("aria-current", "page", timeout=60_000)
    expect(panel(page).control(LEARNERS)).to_be_visible(timeout=60_000)
    assert asked == []
    assert file.read_bytes() == before


def test_on_a_page_enlarged_four_times_the_steps_make_way_for_the_notebook(guided: Lab, page: Page) -> None:
    """1366 pixels at 400 %: WCAG 2.2, 1.4.10 wants one column to read."""
    go(page, "1 Convener")
    steps, toggle = page.get_by_role("navigation", name="Steps"), page.get_by_role("button", name="Steps", exact=True)
    expect(toggle).to_be_hidden()
    page.set_viewport_size({"width": 341, "height": 500})
    expect(steps).to_be_hidden()
    toggle.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    steps.get_by_role("link", name="2 Purpose").press("Enter")
    expect(steps).to_be_hidden()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(panel(page).root).to_have_attribute("aria-label", re.compile("purpose"), timeout=30_000)
    toggle.press("Enter")
    steps.get_by_role("link", name="2 Purpose").press("Enter")  # it is open already
    expect(steps).to_be_hidden()
    toggle.press("Enter")
    steps.get_by_role("link", name="3 Recruitment").press("Escape")
    expect(steps).to_be_hidden()
    expect(toggle).to_be_focused()
    line = panel(page).control(LEARNERS)
    line.scroll_into_view_if_needed()
    box = line.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 341
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(steps).to_be_visible()
    expect(toggle).to_be_hidden()


def test_notebook_7_shows_the_same_worksheets_on_the_same_kernel(guided: Lab, page: Page) -> None:
    """There are no steps, and one tab does not close what another shows."""
    tabs = []
    for name in ("02-purpose", "01-convener"):
        tab = page.context.new_page()
        tab.goto(f"{guided.address}/notebooks/{name}.ipynb?token={guided.token}")
        sheet = Worksheet(tab, tab.locator(".ctekit-sheet").first)
        expect(sheet.root).to_be_visible(timeout=60_000)
        tabs.append((tab, sheet))
    tabs[1][0].close()
    tab, sheet = tabs[0]
    sheet.control(LEARNERS).fill("typed in Notebook 7")
    sheet.saved()
    assert ctekit.open_partnership(guided.home)["purpose"].learners == "typed in Notebook 7"
    assert len(kernels(guided)) == 1


def test_the_pages_that_were_written_open_by_a_link_here_and_in_notebook_7(guided: Lab, page: Page) -> None:
    go(page, "2 Purpose")
    write_pages(page.locator(".jp-NotebookPanel"), guided.home)
    open_by_link(page)
    stranger = page.context.browser.new_context()  # type: ignore[union-attr]
    assert "/login" in stranger.request.get(f"{guided.address}/ctekit/written/pages/index.html").url
    stranger.close()
    written = f"{guided.address}/ctekit/written"
    assert page.request.head(f"{written}/pages/index.html", headers={"Referer": guided.address}).status == 200
    (guided.home / "aside.html").write_text("no page of ours")
    for other in ("partnership.ctekit", "02-purpose.ipynb", "aside.html", "pages"):
        for way in (other, f"pages/..%2F{other}", f"pages%2F..%2F{other}", f"pages/%2E%2E%2F{other}"):
            assert page.request.get(f"{written}/{way}").status == 404, way
    assert page.request.get(f"{written}/pages/x%00.html").status == 404
    (guided.home / "pages" / "link.html").symlink_to(guided.home / "partnership.ctekit")
    assert page.request.get(f"{written}/pages/link.html").status == 404
    page.goto(f"{guided.address}/notebooks/02-purpose.ipynb")
    write_pages(page.locator(".jp-NotebookPanel"), guided.home)
    open_by_link(page)


def test_a_paper_and_a_worksheet_to_mail_are_had_by_a_link(guided: Lab, page: Page, tmp_path: Path) -> None:
    """Whoever sees no list of files, as here and on a hub, gets hold of what a button wrote."""
    go(page, "Whole picture")
    papers = page.locator(".ctekit-panel", has=page.get_by_role("button", name="Web page: make “Charter”"))
    papers.get_by_role("button", name="Word: make “Charter”").click()
    with page.expect_download() as saved:
        papers.get_by_role("link", name="Open charter.docx").press("Enter")
    assert saved.value.suggested_filename == "charter.docx"
    assert Path(saved.value.path()).read_bytes() == (guided.home / "papers" / "charter.docx").read_bytes()
    papers.get_by_role("button", name="Web page: make “Charter”").click()
    with page.expect_popup() as opened:
        papers.get_by_role("link", name="Open charter.html").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("Charter")
    papers.get_by_role("button", name="PDF: make “Charter”").click()
    link = papers.get_by_role("link", name="Open charter.pdf")
    expect(link).to_have_css("text-decoration-line", "underline")
    link.focus()
    answer = page.request.get(link.evaluate("link => link.href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert "sandbox" not in answer.headers["content-security-policy"], "browsers show no PDF in a sandbox"
    assert "attachment" not in answer.headers.get("content-disposition", "")

    go(page, "6 Roles")
    mail = page.locator(".ctekit-panel", has=page.get_by_role("button", name="Write a file for each partner"))
    mail.get_by_role("button", name="Write a file for each partner").click()
    with page.expect_download() as saved:
        mail.get_by_role("link", name=re.compile("^Save ")).first.click()
    assert saved.value.suggested_filename in {path.name for path in (guided.home / "mail").iterdir()}
    written = guided.home / "mail" / "castellan-gear.html"
    write_answers(written, tmp_path / "answers (1).json")
    (tmp_path / "photo.json").write_bytes(b"\xff\xd8")
    mail.get_by_label("choose the files").set_input_files([tmp_path / "photo.json", tmp_path / "answers (1).json"])
    expect(mail.locator(".ctekit-said")).to_contain_text("photo.json is not a file of answers")
    expect(mail.locator(".ctekit-said")).to_contain_text("Castellan Gear: 2 changes taken in.")
    assert "A lathe" in [row.gives for row in ctekit.open_partnership(guided.home)["value"].exchanges]
    (tmp_path / "film.json").write_bytes(bytes(6_000_001))
    mail.get_by_label("choose the files").set_input_files([tmp_path / "film.json"])
    expect(mail.get_by_role("status")).to_have_text(
        "What you chose has 6,000,001 bytes, and 6,000,000 go at once. Choose a smaller one."
    )
    (guided.home / "mail" / "note.csv").write_text("not written to hand on")
    assert page.request.get(f"{guided.address}/ctekit/written/mail/note.csv").status == 404


def test_answers_go_into_a_spreadsheet_and_come_back_by_buttons(guided: Lab, page: Page, tmp_path: Path) -> None:
    go(page, "Whole picture")
    panel = page.locator(".ctekit-panel", has=page.get_by_text("All answers as a spreadsheet"))
    panel.locator("#data").press("Enter")
    panel.get_by_role("button", name="Write a spreadsheet").press("Enter")
    with page.expect_download() as saved:
        panel.get_by_role("link", name="Save answers.xlsx").press("Enter")
    saved.value.save_as(tmp_path / "answers.xlsx")
    book = openpyxl.load_workbook(tmp_path / "answers.xlsx")
    name = ctekit.open_partnership(guided.home)["profile"].name
    row = next(row for row in book["Questions"].iter_rows() if row[0].value == "profile.name")
    row[3].value = f"{name}, as typed in Excel"
    book.save(tmp_path / "answers (1).xlsx")
    panel.get_by_label("choose it").set_input_files(tmp_path / "answers (1).xlsx")
    expect(panel.get_by_role("button", name="Write this")).to_be_focused()
    expect(panel.get_by_text(f"{name} → {name}, as typed in Excel")).to_be_visible()
    report = Axe().run(page, context=".ctekit-panel:has(#data)", options=RULES)
    assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in report.response["violations"]] == []
    panel.get_by_role("button", name="Write this").press("Enter")
    expect(panel.get_by_role("status")).to_have_text("1 answer or row is written.")
    assert ctekit.open_partnership(guided.home)["profile"].name == f"{name}, as typed in Excel"
    panel.get_by_role("button", name="Take it back, in one step").press("Enter")
    expect(panel.get_by_role("status")).to_have_text("The last import was taken back: 1 answer or row.")
    assert ctekit.open_partnership(guided.home)["profile"].name == name


def test_whoever_never_opens_a_terminal_makes_the_kit_by_a_button_here_and_in_notebook_7(
    guided: Lab, page: Page
) -> None:
    make_kit(page, guided.home)
    SHOTS.mkdir(exist_ok=True)
    kit_panel(page).screenshot(path=SHOTS / "kit-1366.png")
    report = Axe().run(page, context=".ctekit-panel:has([data-act=make])", options=RULES)
    assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in report.response["violations"]] == []
    page.goto(f"{guided.address}/notebooks/00-start-here.ipynb")
    make_kit(page, guided.home)
    page.set_viewport_size({"width": 390, "height": 844})
    kit_panel(page).screenshot(path=SHOTS / "kit-390.png")


def kit_panel(page: Page) -> Locator:
    return page.locator(".ctekit-panel", has=page.get_by_role("button", name="Make the kit"))


def make_kit(page: Page, folder: Path) -> None:
    """By keyboard alone, with a mistake first; then from the checklist to a sheet."""
    panel = kit_panel(page)
    people = panel.get_by_role("textbox", name="People")
    expect(people).to_have_value("24", timeout=60_000)
    people.fill("many")
    people.press("Enter")
    expect(people).to_have_accessible_description(re.compile("Write how many people you expect, in digits"))
    expect(people).to_be_focused()
    expect(panel.get_by_role("status")).to_contain_text("Write how many people you expect")
    people.fill("40")
    panel.get_by_role("combobox", name="Path").select_option("90 minutes with employers")
    panel.get_by_role("button", name="Make the kit").press("Enter")
    link = panel.get_by_role("link", name="Open the checklist")
    expect(link).to_be_visible()
    expect(panel.get_by_role("status")).to_contain_text("files are in the folder “kit” beside this notebook")
    with page.expect_popup() as opened:
        link.press("Enter")
    sheets = opened.value
    expect(sheets.get_by_text("40 people, 8 tables, 90 minutes with employers")).to_be_visible()
    sheets.get_by_role("link", name="Run sheet").click()
    expect(sheets).to_have_url(re.compile(r"/ctekit/written/kit/41-run-sheet\.html$"))
    expect(sheets.get_by_role("heading", level=1)).to_be_visible()
    sheets.close()
    shutil.rmtree(folder / "kit")


def test_every_way_to_another_notebook_leaves_one_open_and_alive(guided: Lab, page: Page) -> None:
    go(page, "1 Convener")
    page.locator(".jp-RenderedMarkdown a[href]", has_text=re.compile("Element 2")).first.click()
    expect(page.get_by_role("link", name="2 Purpose")).to_have_attribute("aria-current", "page")
    sheet = panel(page)
    sheet.control(LEARNERS).fill("after a link")
    sheet.saved()
    page.get_by_role("button", name="Show JupyterLab").click()
    page.locator('.jp-SideBar [title^="File Browser"]').first.click()
    page.locator('.jp-DirListing-item[title*="01-convener"]').dblclick()
    expect(page.locator(f'.ctekit-sheet[aria-label="{CONVENER.title}"]')).to_be_visible(timeout=30_000)
    expect(page.locator(".jp-NotebookPanel")).to_have_count(1)
    panel(page)
    page.get_by_role("button", name="Back to the steps").click()
    sheet = go(page, "2 Purpose")
    sheet.control(LEARNERS).fill("after the list of files")
    sheet.saved()
    page.reload()
    sheet = ready(page)
    expect(sheet.control(LEARNERS)).to_have_value("after the list of files")
    assert len(kernels(guided)) == 1


def test_after_a_restart_of_the_kernel_the_worksheet_is_back_by_itself(guided: Lab, page: Page) -> None:
    go(page, "2 Purpose")
    page.get_by_role("button", name="Show JupyterLab").click()
    choose(page, "Kernel", "Restart Kernel…")
    page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
    running = "document.querySelector('.jp-NotebookPanel').dataset.ctekit === 'running'"
    page.wait_for_function(running)  # in each frame: it may be for less than a second
    sheet = panel(page)
    page.get_by_role("button", name="Back to the steps").click()
    sheet.control(LEARNERS).fill("after a restart")
    sheet.saved()
    assert ctekit.open_partnership(guided.home)["purpose"].learners == "after a restart"


def test_after_a_kernel_was_killed_the_worksheet_is_back_by_itself(guided: Lab, page: Page) -> None:
    go(page, "2 Purpose")
    (kernel,) = kernels(guided)
    os.kill(guided.process(kernel), signal.SIGKILL)
    page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()  # "It will restart automatically."
    sheet = ready(page)
    sheet.control(LEARNERS).fill("after a kill")
    sheet.saved()
    assert ctekit.open_partnership(guided.home)["purpose"].learners == "after a kill"


def test_after_a_kernel_was_killed_while_the_first_cells_ran_the_worksheet_comes_by_itself(
    guided: Lab, page: Page
) -> None:
    (kernel,) = kernels(guided)
    process = guided.process(kernel)
    page.get_by_role("link", name="2 Purpose").click()
    page.wait_for_selector('.jp-NotebookPanel[data-ctekit="running"] h1:has-text("Purpose")', state="attached")
    os.kill(process, signal.SIGKILL)
    page.locator(".jp-Dialog").get_by_role("button", name="Ok").click()
    sheet = ready(page)
    sheet.control(LEARNERS).fill("after an early kill")
    sheet.saved()
    assert ctekit.open_partnership(guided.home)["purpose"].learners == "after an early kill"


def test_while_the_server_is_out_of_reach_no_dialog_takes_the_keys_and_all_is_saved_afterwards(
    guided: Lab, page: Page
) -> None:
    sheet = go(page, "2 Purpose")
    page.context.set_offline(True)
    jupyter = lambda request: "/api/" in request.url  # noqa: E731 - what JupyterLab itself asks
    with page.expect_event("requestfailed", jupyter, timeout=90_000):
        sheet.control(LEARNERS).fill("typed without")
    expect(sheet.status).to_contain_text("What you typed is kept in this browser", timeout=30_000)
    expect(page.get_by_text("The program behind this page does not answer.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(sheet.control(LEARNERS)).to_be_focused()
    page.keyboard.type(" a server")
    page.context.set_offline(False)
    sheet.saved()
    expect(page.get_by_text("The program behind this page does not answer.")).to_have_count(0)
    assert ctekit.open_partnership(guided.home)["purpose"].learners == "typed without a server"


def test_no_click_unfolds_the_script_of_an_older_copy(guided: Lab, page: Page) -> None:
    file = guided.home / "04-value.ipynb"

    def script_is_hidden() -> None:
        expect(page.locator(".jp-NotebookPanel")).to_contain_text("Fill in gives and gets")
        expect(page.get_by_text(SCRIPT).locator("visible=true")).to_have_count(0)
        assert SCRIPT not in page.locator("body").inner_text()

    page.get_by_role("link", name="4 Value").click()
    panel(page, "changed")  # signed by nobody
    script_is_hidden()
    page.get_by_role("button", name="Run all cells", exact=True).click()
    panel(page)
    page.get_by_role("button", name="Show JupyterLab").click()
    choose(page, "Run", "Run All Cells")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "04-value" in answer.url):
        choose(page, "File", "Save Notebook")
    page.get_by_role("button", name="Back to the steps").click()
    script_is_hidden()
    go(page, "3 Recruitment")
    cells = json.loads(file.read_text("utf-8"))["cells"]
    assert [cell["metadata"]["jupyter"] for cell in cells if cell["id"] == "old-script"] == [{"source_hidden": True}]
    page.get_by_role("link", name="4 Value").click()
    panel(page)
    script_is_hidden()


def test_a_changed_cell_waits_for_a_click(guided: Lab, page: Page) -> None:
    page.get_by_role("link", name="5 Communication").click()
    panel(page, "changed")
    expect(page.get_by_text("This notebook was changed").first).to_be_visible()
    assert not (guided.home / "was-run").exists()


def test_steps_say_where_each_stands_as_soon_as_something_is_saved(guided: Lab, page: Page) -> None:
    step = page.get_by_role("link", name="3 Recruitment")
    expect(step).to_contain_text("Ready")
    ctekit.open_partnership(guided.home).answer("recruitment", "ready", None)
    expect(step).to_contain_text(re.compile(r"\d of \d"))


def test_the_wall_shows_the_worksheet_alone_and_nothing_private(guided: Lab, page: Page) -> None:
    go(page, "6 Roles")
    page.keyboard.press("F8")
    wall = page.get_by_role("main").locator("visible=true")
    expect(wall.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("button").locator("visible=true")).to_have_count(1)
    expect(page.get_by_role("button", name="Back")).to_be_visible()
    expect(wall.get_by_text("task-1", exact=True).locator("visible=true")).to_have_count(0)
    assert not found(page.locator("body").inner_text())
    assert (
        not Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
    )
    SHOTS.mkdir(exist_ok=True)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.screenshot(path=SHOTS / "guided-wall.png")
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Steps")).to_be_visible()
    expect(page.locator(".ctekit-sheet").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 1920])
def test_a_presented_table_shows_its_last_column_on_each_projector(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": width * 9 // 16})
    go(page, "Whole picture")
    page.get_by_role("button", name="Present", exact=True).click()
    table = page.get_by_role("main").locator("table:visible", has_text="By when").first
    last = table.get_by_role("columnheader", name="Done?")
    expect(last).to_be_visible()
    assert table.evaluate("(table) => table.parentElement.scrollWidth <= table.parentElement.clientWidth")
    expect(last).to_be_in_viewport(ratio=1)


def test_what_the_room_answered_fills_the_screen_without_a_control_and_the_wall_is_one_link_away(
    guided: Lab, page: Page
) -> None:
    go(page, "2 Purpose")
    store = ctekit.open_partnership(guided.home).store
    round_ = rounds.open_round(store, "purpose", "Round of today")
    answers = {question.field: 2 for question in round_.questions}
    store.rate([Ballot(round_.id, new_respondent(), "K-12", answers) for _ in range(6)])
    assert "Round of today" not in page.content()
    rounds.reveal(store, round_.id)
    page.get_by_role("button", name="Present the answers").click()
    wall = page.get_by_role("main").locator("visible=true")
    expect(wall).to_contain_text("Round of today")
    expect(page.get_by_role("button").locator("visible=true")).to_have_count(1)
    assert wall.locator("input, select, textarea, summary, a").locator("visible=true").count() == 0
    assert not Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]}).response["violations"]
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.screenshot(path=SHOTS / "guided-answers.png")
    page.keyboard.press("Escape")
    link = page.get_by_role("link", name="Open the wall")
    expect(link).to_have_count(0)
    process = room.start(guided.home)
    try:
        expect(link).to_be_visible()
        page.screenshot(path=SHOTS / "guided-wall-link.png")
        with page.expect_popup() as opening:
            link.press("Enter")
        expect(opening.value.locator("h1")).to_have_text("Join with your phone")
        assert process.screens()["wall"].rpartition("/")[2] not in page.content() + opening.value.url
    finally:
        process.end()
    expect(link).to_have_count(0)


def test_single_keys_and_double_clicks_change_no_notebook(page: Page) -> None:
    go(page, "2 Purpose")
    cells = page.locator(".jp-Notebook-cell")
    number = cells.count()
    page.get_by_role("heading", name="Fill in the purpose and the promises").click()
    for key in "ddxaby":
        page.keyboard.press(key)
    page.get_by_role("heading", name="Fill in the purpose and the promises").dblclick()
    page.keyboard.press("Enter")
    expect(cells).to_have_count(number)
    expect(page.locator(".cm-editor").locator("visible=true")).to_have_count(0)


def test_the_launcher_is_in_front_of_no_notebook(browser: Browser, guided: Lab, page: Page) -> None:
    go(page, "2 Purpose")
    page.get_by_role("button", name="Show JupyterLab").click()
    choose(page, "File", "New Launcher")
    expect(page.locator(".jp-Launcher")).to_be_visible()
    page.get_by_role("button", name="Back to the steps").click()
    expect(page.locator(".jp-Launcher")).to_have_count(0)
    expect(panel(page).root).to_be_visible()
    again = browser.new_context(viewport={"width": 1366, "height": 768})
    again.set_default_timeout(WAIT)
    second = again.new_page()
    second.goto(f"{guided.address}/lab?token={guided.token}")
    expect(ready(second).root).to_be_visible()
    expect(second.locator(".jp-Launcher")).to_have_count(0)
    again.close()


def test_the_steps_hold_the_rules_of_access(page: Page) -> None:
    heights = page.locator("#ctekit-steps li").evaluate_all("(all) => all.map((step) => step.offsetHeight)")
    assert len(set(heights)) == 1, f"each step stands on one line: {heights}"
    results = Axe().run(page, context=".ctekit-pane")
    assert not results.response["violations"], results.generate_report()
