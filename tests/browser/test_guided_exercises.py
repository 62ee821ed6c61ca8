"""The exercises in the place that `ctekit start` opens: a link leads to them, and a step back, without a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from ctekit import exercises
from tests.browser.conftest import WAIT, Lab, running

pytestmark = pytest.mark.browser

FIRST, SECOND = exercises.every()[:2]


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("guided-exercises"), plain=False) as lab:
        yield lab


@pytest.fixture
def page(browser: Browser, guided: Lab) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.goto(f"{guided.address}/lab?reset&token={guided.token}")
    yield page
    context.close()


def test_a_link_opens_an_exercise_that_has_run_by_itself_and_a_step_leads_back(guided: Lab, page: Page) -> None:
    present = page.get_by_role("button", name="Present", exact=True)
    expect(present).to_be_visible(timeout=60_000)
    ready = page.locator('.jp-NotebookPanel[data-ctekit="ready"]')
    expect(ready).to_have_count(1, timeout=60_000)
    page.locator(".jp-RenderedMarkdown").get_by_role("link", name="the first exercise").click()
    question = page.get_by_text(FIRST.quiz[0].asks, exact=False).first
    expect(question).to_be_visible(timeout=60_000)
    expect(ready).to_have_count(1, timeout=60_000)
    expect(page.locator(".jp-NotebookPanel")).to_have_count(1)
    expect(page.locator('.ctekit-outline [aria-current="page"]')).to_have_count(0)
    expect(present).to_be_hidden()  # it has no worksheet of the partnership
    page.locator(".jp-RenderedMarkdown").get_by_role("link", name=re.compile("^2: ")).click()
    expect(page.get_by_text(SECOND.quiz[0].asks, exact=False).first).to_be_visible(timeout=60_000)
    expect(ready).to_have_count(1, timeout=60_000)
    page.get_by_role("link", name="2 Purpose").click()
    expect(page.locator(".ctekit-sheet")).to_be_visible(timeout=60_000)
    expect(present).to_be_visible()
    left = [session["path"] for session in guided.kernels() if session["path"].startswith("exercises/")]
    assert left == []  # ten exercises would leave ten kernels behind
