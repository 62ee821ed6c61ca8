"""The notebooks where there is no JupyterLab around them: as an app in Voila, and in Notebook 7."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import ctekit
from ctekit import worksheets
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import Notebook, Worksheet
from tests.browser.test_access import RULES
from tests.secrets import found, plant
from tests.stores import ROOT

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.question("learners")
CHANGE = PURPOSE.question("change")
BY = PURPOSE.question("by")


@contextmanager
def app(lab: Lab, folder: Path) -> Iterator[str]:
    """The address, with its token, that `ctekit start --app` prints."""
    log = folder / "log"
    command = [sys.executable, "-m", "ctekit", "start", str(folder), "--app", "--no-browser"]
    with log.open("w") as out:
        server = subprocess.Popen(command, env=lab.surroundings, stdout=out, stderr=out, start_new_session=True)
    try:
        until = time.monotonic() + 90
        while not (printed := re.search(r"http://127\.0\.0\.1:\d+/\S+", log.read_text("utf-8"))):
            assert time.monotonic() < until, log.read_text("utf-8")
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.1)
        yield printed[0]
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(30)


def open_page(page: Page, address: str, until_it: Literal["load", "commit"] = "load") -> None:
    """Go there; at a first visit the server may not listen yet."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            page.goto(address, wait_until=until_it)
            break
        except Exception:
            page.wait_for_timeout(200)


def open_sheet(page: Page, address: str = "") -> Worksheet:
    """The worksheet of the page, once it is there."""
    if address:
        open_page(page, address)
    root = page.locator(f'.ctekit-sheet[aria-label="{PURPOSE.title}"]')
    expect(root).to_be_visible(timeout=60_000)
    return Worksheet(page, root)


def test_the_app_saves_links_and_shows_neither_code_nor_script_nor_file(lab: Lab, browser: Browser) -> None:
    folder = lab.folder("app", "harrow-bend")
    with app(lab, folder) as start:
        context = browser.new_context(viewport={"width": 1400, "height": 1000})
        context.set_default_timeout(WAIT)
        page = context.new_page()
        asked: set[str] = set()
        context.on("request", lambda request: asked.add(request.url))
        page.on("websocket", lambda socket: asked.add(socket.url))
        sheet = open_sheet(page, start.replace("00-start-here", "02-purpose"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("Clear purpose")
        written = page.content()
        assert "Facilitator:" not in written
        assert "partnership.worksheet" not in written
        expect(page.locator(".jp-InputArea-editor, .jp-InputPrompt")).to_have_count(0)

        # Saved, and kept although the page is left at once, with the words not yet sent.
        sheet.answer(CHANGE.title, CHANGE, "one in three holds a credential")
        page.keyboard.press("Tab")
        sheet.saved()
        sheet.answer(LEARNERS.title, LEARNERS, "learners in five counties")
        page.reload()
        sheet = open_sheet(page)
        expect(sheet.control(LEARNERS.title)).to_have_value("learners in five counties")
        expect(sheet.control(CHANGE.title)).to_have_value("one in three holds a credential")

        # What is saved elsewhere appears without a rerun.
        ctekit.open_partnership(folder).answer("purpose", "learners", "learners in six counties")
        expect(sheet.control(LEARNERS.title)).to_have_value("learners in six counties")

        # From any notebook to any other; and from a finding to the worksheet it speaks of.
        page.get_by_role("navigation").get_by_role("link", name="Whole picture").click()
        page.get_by_role("link", name=re.compile("^Clear purpose and established protocols: .")).first.click()
        page.wait_for_url("**/02-purpose.ipynb#purpose-*")
        expect(open_sheet(page).root).to_be_in_viewport()
        expect(page).to_have_title("Element 2: Clear purpose and established protocols")

        home = "{0.scheme}://{0.netloc}".format(urlsplit(start))
        paths = ("files", "render", "static", "tree", "api/contents", "templates/ctekit/static/../../../../..")
        own = ("", "files/", "ctekit/written/", "ctekit/written/pages/..%2F")
        for where in (*own, *(f"voila/{path}/" for path in paths)):
            for name in ("partnership.ctekit", "log"):
                answer = context.request.get(f"{home}/{where}{name}")
                assert answer.status in (403, 404), f"/{where}{name} is served"
        stranger = browser.new_context()
        assert "/login" in stranger.request.get(f"{home}/voila/render/02-purpose.ipynb").url
        stranger.close()
        assert "url=/voila/render/00-start-here.ipynb" in context.request.get(home).text(), "where everybody starts"
        assert {urlsplit(url).hostname for url in asked if url.startswith(("http", "ws"))} == {"127.0.0.1"}
        context.close()


def test_the_app_sends_no_private_answer_to_the_browser_before_it_is_asked_for(lab: Lab, browser: Browser) -> None:
    folder = lab.home / "app-secrets"
    plant(folder)
    heard: list[str | bytes] = []
    context = browser.new_context()
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(frame)))
    with app(lab, folder) as address:
        open_page(page, address.replace("00-start-here", "04-value"))
        sheet = page.locator(".ctekit-sheet").first
        sheet.get_by_role("button", name="Show all questions").click()
        asking = sheet.get_by_role("button", name="Show facilitator-only questions")
        expect(asking).to_be_visible()
        assert len(heard) > 10, "the websocket was not listened to"
        assert not found(as_text(heard))
        asking.click()
        expect(sheet.get_by_role("button", name="Hide facilitator-only questions")).to_be_visible()
        assert found(as_text(heard)), "what was asked for comes that way, so that it was looked for in the right place"
    context.close()


def test_the_app_says_where_one_is_and_where_each_step_stands(lab: Lab, browser: Browser) -> None:
    folder = lab.folder("app-steps", "harrow-bend")
    with app(lab, folder) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.set_default_timeout(WAIT)
        page = context.new_page()
        open_page(page, address.replace("00-start-here", "02-purpose"), "commit")
        sign = page.get_by_role("status").filter(has_text="Opening the worksheet")
        expect(sign).to_be_visible()
        sheet = open_sheet(page)
        expect(sign).to_be_hidden()
        step = page.get_by_role("navigation", name="Steps").get_by_role("link", name="2 Purpose")
        expect(step).to_have_attribute("aria-current", "page")
        sheet.root.get_by_role("button", name="Undo").scroll_into_view_if_needed()
        expect(step).to_be_in_viewport()
        expect(step).to_contain_text("Ready")
        for word in (None, "quick"):
            ctekit.open_partnership(folder).answer("purpose", "ready", word)
            expect(step).to_contain_text("Ready" if word else re.compile(r"\d+ of \d+"))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            results = Axe().run(page, options=RULES)
            assert not results.response["violations"], results.generate_report()
        narrow(page)
        context.close()


def narrow(page: Page) -> None:
    """On a phone the steps unfold from one line, and nothing scrolls sideways."""
    page.set_viewport_size({"width": 390, "height": 844})
    steps = page.get_by_role("navigation", name="Steps")
    expect(steps).to_be_hidden()
    page.get_by_text("Steps. You are at 2 Purpose: Ready").click()
    notebooks = list((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    expect(steps.get_by_role("link")).to_have_count(len(notebooks))
    assert page.locator("#rendered_cells").evaluate("(element) => element.scrollHeight <= element.clientHeight"), (
        "one thing scrolls"
    )
    for part in ("html", "#rendered_cells", "main"):
        assert page.locator(part).evaluate("(element) => element.scrollWidth <= element.clientWidth"), part
    results = Axe().run(page, options=RULES)
    assert not results.response["violations"], results.generate_report()
    steps.get_by_role("link", name="3 Recruitment").click()
    expect(page.get_by_text("Steps. You are at 3 Recruitment: Ready")).to_be_visible()


def as_text(frames: list[str | bytes]) -> str:
    return "".join(frame if isinstance(frame, str) else frame.decode("utf-8", "replace") for frame in frames)


def test_notebook_7_saves_and_keeps_the_keys_of_a_worksheet_to_itself(lab: Lab, page: Page) -> None:
    folder = lab.folder("notebook7")
    notebook = in_notebook_7(lab, page, folder)
    notebook.run_all()
    sheet = notebook.sheet(PURPOSE.title)
    before = notebook.cells()
    sheet.answer(LEARNERS.title, LEARNERS, "dd a x m", keys=True)
    page.keyboard.press("Tab")
    sheet.saved()
    title = sheet.root.locator(".ck-title")
    for focus in (
        sheet.control(PURPOSE.question("ready").title).focus,
        sheet.root.get_by_role("button", name="Add a row").first.focus,
        title.click,  # a blank spot
        notebook.panel.locator(".ctekit-panel button").first.focus,
    ):
        focus()
        for key in "ddaxmbz":
            page.keyboard.press(key)
        assert notebook.cells() == before
    assert ctekit.open_partnership(folder)["purpose"].learners == "dd a x m"


def test_notebook_7_shows_another_day_how_a_worksheet_last_stood(lab: Lab, page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    folder = lab.folder("notebook7-another-day", "harrow-bend")
    notebook = in_notebook_7(lab, page, folder)
    notebook.run_all()
    notebook.save()
    page.goto("about:blank")
    lab.shut_kernels()
    notebook = in_notebook_7(lab, page, folder)
    expect(notebook.panel.get_by_text("To go on, choose Run > Run All Cells.").first).to_be_visible()
    worksheet = notebook.panel.locator(".jp-OutputArea-output", has_text="high-school and college learners")
    expect(worksheet.first).to_be_visible()
    expect(notebook.panel.get_by_text("model not found")).to_have_count(0)


def in_notebook_7(lab: Lab, page: Page, folder: Path) -> Notebook:
    """Notebook 7 lives beside JupyterLab in one server."""
    page.goto(f"{lab.address}/notebooks/{quote(folder.name)}/02-purpose.ipynb?token={lab.token}")
    notebook = Notebook(page, "02-purpose.ipynb")
    expect(notebook.panel.locator(".jp-KernelName")).to_have_text(re.compile("Python"), timeout=60_000)
    expect(notebook.panel.locator(".jp-Notebook-ExecutionIndicator")).to_have_attribute(
        "data-status", "idle", timeout=60_000
    )
    return notebook
