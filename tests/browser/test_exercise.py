"""One exercise in a real JupyterLab, from the quiz to the summary page, as a learner does it alone."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from ctekit import exercises, worksheets, workspace
from ctekit.worksheets.convener import Convener
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS, Notebook
from tests.browser.test_access import RULES, theme

pytestmark = pytest.mark.browser

PRACTICE = exercises.called("convener")
TYPED = (
    ("lead", "Region 4 Workforce Board"),
    ("lead_person", "Lorraine Teague"),
    ("stand_in", "Adaeze Whitcomb"),
    ("fte", "0.5"),
    ("money_until", "2028-06-30"),
    ("will_not_do", "Hire for any one firm first; keep records of single learners"),
    ("review", "2027-05-01"),
)
KEYS = ("a", "b", "x", "m", "y", "d", "d", "ArrowDown", "Shift+M")


@pytest.fixture
def home(lab: Lab) -> Path:
    """A learner's folder: the exercises, and no partnership."""
    home = lab.folder(f"learner-{uuid4().hex[:6]}", sample=None)
    workspace.copy_exercises(home)
    return home


@pytest.fixture
def notebook(lab: Lab, page: Page, home: Path) -> Notebook:
    return lab.open(page, home / "exercises", PRACTICE.notebook)


def panel(notebook: Notebook, name: str) -> Locator:
    return notebook.panel.locator(".ctekit-panel").filter(has=notebook.page.locator(f'section[aria-label="{name}"]'))


def shot(where: Locator, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    where.screenshot(path=SHOTS / f"exercise-{name}.png")


def choose(quiz: Locator, right: bool) -> None:
    """Answer each question, rightly or not, and read what is said to it."""
    for question in PRACTICE.quiz:
        group = quiz.get_by_role("group", name=re.compile(re.escape(question.asks)))
        choice = next(choice for choice in question.choices if choice.right == right)
        group.get_by_role("radio", name=choice.words).check()
        expect(group.locator(".ctekit-said")).to_contain_text(choice.feedback)
        expect(quiz.get_by_role("status")).to_contain_text(choice.feedback)


def test_a_learner_goes_from_the_quiz_to_the_summary_page(
    notebook: Notebook, home: Path, lab: Lab, browser: Browser
) -> None:
    page = notebook.page
    cells = [source for kind, source in notebook.cells() if kind == "code"]

    opening = panel(notebook, "Quiz before you start")
    choose(opening, right=False)
    shot(opening, "quiz")

    sheet = notebook.sheet(Convener.title)
    sheet.show_all()
    for field, words in TYPED:
        question = worksheets.called("convener").question(field)
        sheet.answer(question.title, question, words)
    sheet.control(worksheets.called("convener").question("review").title).press("Tab")
    sheet.saved()

    check = panel(notebook, "What is right, and what is not yet")
    expect(check).to_contain_text("No task has been attempted yet")
    check.get_by_role("button", name="Check my answers").click()
    expect(check).to_contain_text("All tasks are right.")
    expect(check.get_by_role("button", name="Check my answers")).to_be_focused()
    shot(check, "check")

    hints = panel(notebook, "Hints")
    first = PRACTICE.tasks[0]
    hints.get_by_role("button", name="Show hint 1 of 3").first.click()
    expect(hints).to_contain_text(first.hints[0])
    expect(hints).not_to_contain_text(first.hints[1])
    expect(hints.get_by_role("button", name="Show hint 2 of 3")).to_be_focused()
    shot(hints, "hints")

    answers = panel(notebook, "Worked answers")
    expect(notebook.panel).not_to_contain_text(first.solution[:60])
    answers.get_by_role("button", name="Show a worked answer").first.click()
    expect(answers).to_contain_text(first.solution[:60])
    shot(answers, "solution")

    for key in KEYS:  # in JupyterLab these delete, add and change cells when they get out
        hints.get_by_role("button", name="Show hint 2 of 3").press(key)
        opening.get_by_role("radio").first.press(key) if key != "ArrowDown" else None
    assert [source for kind, source in notebook.cells() if kind == "code"] == cells

    closing = panel(notebook, "Quiz once more")
    choose(closing, right=True)
    expect(closing).to_contain_text("New: not sure at the start, clear now.")
    shot(closing, "quiz-again")

    summary = panel(notebook, "Summary of your practice")
    summary.get_by_role("button", name="Write the summary page").click()
    expect(summary.get_by_role("status")).to_contain_text("summary.html")
    written = home / "exercises" / "practice" / "summary.html"
    assert summary.locator("a.ctekit-written").get_attribute("data-page") == "practice/summary.html"
    look_at(browser, written)

    progress = panel(notebook, "Where you stand")
    progress.get_by_role("button", name="Look again").click()
    expect(progress).to_contain_text("4 done, 0 not yet, 0 not attempted")
    shot(progress, "progress")

    lab.shut_kernels()  # the next day: another kernel, a fresh window
    notebook = lab.open(page, home / "exercises", PRACTICE.notebook)
    expect(panel(notebook, "What is right, and what is not yet")).to_contain_text("All tasks are right.")
    expect(panel(notebook, "Hints")).to_contain_text(first.hints[0])
    expect(panel(notebook, "Quiz before you start").locator("input:checked")).to_have_count(len(PRACTICE.quiz))


def test_words_that_nobody_foresaw_can_be_meant_so_by_keyboard_and_the_way_goes_on(
    lab: Lab, page: Page, home: Path
) -> None:
    room = exercises.called("running-the-room")
    notebook = lab.open(page, home / "exercises", room.notebook)
    sponsor, mend = (next(task for task in room.tasks if task.name == name) for name in ("sponsor", "mend"))

    moment = panel(notebook, sponsor.title)
    box = moment.get_by_role("textbox", name=sponsor.asks)
    box.fill("Grant, my friend, the floor belongs to Ana.")
    box.press("Tab")
    page.keyboard.press("Enter")
    expect(moment).to_contain_text("You may have said it in other words.")
    expect(moment).not_to_contain_text("Not yet:")
    expect(moment.get_by_role("button", name="Keep it and look")).to_be_focused()
    shot(moment, "look-again")
    page.keyboard.press("Tab")
    expect(moment.get_by_role("button", name="I meant it so")).to_be_focused()
    page.keyboard.press("Enter")
    expect(moment).to_contain_text(sponsor.solution[:60])
    expect(moment).to_contain_text("Your words")
    expect(moment.get_by_role("button", name="I meant it so")).to_have_count(0)
    shot(moment, "meant-so")

    last = panel(notebook, mend.title)
    last.get_by_role("textbox", name=mend.asks).fill("Perdón, la interrumpí. Por favor, termine.")
    last.get_by_role("button", name="Keep it and look").click()
    expect(last).to_contain_text("You say what you did.")
    notebook.panel.locator(".ctekit-panel").evaluate_all(
        "(all) => all.forEach((panel) => panel.setAttribute('data-look-at', ''))"
    )
    assert faults(page, "[data-look-at]") == []

    check = panel(notebook, "What is right, and what is not yet")
    check.get_by_role("button", name="Check my answers").click()
    expect(check).to_contain_text("1 task is right, 1 as you meant it, 3 not attempted.")
    shot(check, "check-meant-so")


def test_the_papers_and_the_grid_are_seen_together(lab: Lab, page: Page, home: Path) -> None:
    notebook = lab.open(page, home / "exercises", "06-roles")
    papers = panel(notebook, "The papers")
    papers.get_by_text("Read the papers while you fill in").click()
    scrolled = papers.get_by_role("region", name="The papers, to scroll")
    expect(scrolled).to_contain_text("Blue Heron")
    papers.scroll_into_view_if_needed()
    page.screenshot(path=SHOTS / "exercise-papers.png")
    box = scrolled.bounding_box()
    assert box is not None
    assert box["height"] <= 0.45 * page.viewport_size["height"]  # type: ignore[index]
    assert faults(page, ".jp-NotebookPanel:not(.lm-mod-hidden) section[aria-label='The papers']") == []


def test_the_panels_have_no_fault_that_axe_can_see(notebook: Notebook) -> None:
    page = notebook.page
    choose(panel(notebook, "Quiz before you start"), right=True)
    panel(notebook, "Start over").get_by_role("button").click()
    notebook.panel.locator(".ctekit-panel").evaluate_all(
        "(all) => all.forEach((panel) => panel.setAttribute('data-look-at', ''))"
    )
    light = faults(page, "[data-look-at]")
    theme(page, "JupyterLab Dark")
    dark = faults(page, "[data-look-at]")
    shot(panel(notebook, "Quiz before you start"), "dark")
    theme(page, "JupyterLab Light")
    assert light + dark == []


def faults(page: Page, where: str) -> list[str]:
    report = Axe().run(page, context={"include": [[where]]}, options=RULES)
    assert report.response["passes"], "axe looked at nothing"
    return [
        f"{violation['id']}: {node['html'][:200]}"
        for violation in report.response["violations"]
        for node in violation["nodes"][:3]
    ]


def look_at(browser: Browser, written: Path) -> None:
    """The page opens without a server, on a phone, and asks for nothing."""
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(written.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Summary of practice")
    expect(page.get_by_role("heading", level=2)).to_have_text(PRACTICE.title)
    expect(page.get_by_role("heading", level=3)).to_have_count(len(PRACTICE.tasks))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert asked == [written.as_uri()]
    assert faults(page, "html") == []
    page.screenshot(path=SHOTS / "exercise-summary.png", full_page=True)
    context.close()
