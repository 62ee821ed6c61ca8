"""Answers of merged copies that contradict each other, chosen in JupyterLab by keyboard alone, and read by axe."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

import ctekit
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, merge, open_store
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS
from tests.browser.test_access import RULES, theme

pytestmark = pytest.mark.browser

OURS = {"learners": "Juniors of all three high schools", "region": "Three counties along the river"}
THEIRS = {"learners": "Juniors and seniors, and adults who come back", "region": "Four counties"}


def merged(lab: Lab) -> Path:
    folder = lab.folder("differences", "harrow-bend")
    copy = Path(shutil.copyfile(folder / STORE_FILE, lab.home.parent / "copy.ctekit"))
    with closing(open_store(folder / STORE_FILE)) as ours, closing(open_store(copy)) as theirs:
        for store, words, who in ((ours, OURS, "ann"), (theirs, THEIRS, "bob")):
            store.save([Edit("purpose", field, text, who=who) for field, text in words.items()])
            store.save([Edit("profile", "role", f"Role by {who}", "s-1", who)])
        theirs.save([Edit("profile", "name", "Ostrander Tool, Inc.", "org-*")])
        merge.merge(ours, merge.read(ours, [copy]))
    notebook = nbformat.read(folder / "02-purpose.ipynb", 4)
    lines = "import ctekit\n\npartnership = ctekit.open_partnership()"
    notebook.cells = [nbformat.v4.new_code_cell(line) for line in (lines, "partnership.differences()")]
    nbformat.write(notebook, folder / "choose.ipynb")
    return folder


def read_by_axe(page: Page, panel: Locator, name: str, part: str = ".ctekit-differences") -> None:
    """The panel as it stands now, in both looks of JupyterLab, with a picture of each."""
    SHOTS.mkdir(exist_ok=True)
    for look in ("JupyterLab Light", "JupyterLab Dark"):
        theme(page, look)
        panel.screenshot(path=SHOTS / f"{name}-{look[11:].lower()}.png")
        faults = Axe().run(page, options=RULES, context=part).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in faults] == [], look


def test_answers_are_chosen_by_keyboard_alone(lab: Lab, page: Page) -> None:
    folder = merged(lab)
    notebook = lab.open(page, folder, "choose")
    panel = notebook.panel.locator(".ctekit-panel", has=page.locator(".ctekit-differences"))
    expect(panel.get_by_role("heading", name="Copies contradict each other: 3 answers")).to_be_visible()
    read_by_axe(page, panel, "differences")
    ours = panel.get_by_role("button", name="Take “Juniors of all three high schools” for")
    ours.focus()
    for key in ("a", "x", "d", "d"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("1 answer chosen.")
    expect(panel.get_by_role("heading", name="Copies contradict each other: 2 answers")).to_be_visible()
    assert panel.evaluate("(panel) => panel.contains(document.activeElement)"), "where one is stays in the panel"
    for _ in range(20):
        if "everywhere" in (words := page.evaluate("document.activeElement.textContent")) and "merge" in words:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="No copies contradict each other")).to_be_visible()
    purpose = ctekit.open_partnership(folder)["purpose"]
    assert (purpose.learners, purpose.region) == (OURS["learners"], THEIRS["region"])
    two = panel.get_by_role("button", name="They are two: “")
    two.focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("They are two, and not proposed again.")
    expect(two).to_have_count(0)
    read_by_axe(page, panel, "told-apart")
    panel.get_by_role("button", name="Ask again about pairs that were told apart (1)").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("1 pair told apart before may be proposed again.")
    expect(two).to_be_visible()
    panel.get_by_role("button", name="Take the last choice back (2 answers)").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Copies contradict each other: 2 answers")).to_be_visible()
    assert len(notebook.cells()) == 2, "no key reached the notebook"


def test_a_copy_is_chosen_brought_in_and_chosen_among_by_keyboard_alone(lab: Lab, page: Page) -> None:
    folder = lab.folder("bring-in", "harrow-bend")
    copy = Path(shutil.copyfile(folder / STORE_FILE, lab.home.parent / "conflicted copy.ctekit"))
    with closing(open_store(folder / STORE_FILE)) as ours, closing(open_store(copy)) as theirs:
        for store, words, who in ((ours, OURS, "ann"), (theirs, THEIRS, "bob")):
            store.save([Edit("purpose", "learners", words["learners"], who=who)])
    notebook = lab.open(page, folder, "02-purpose")
    panel = notebook.panel.locator(".ctekit-panel", has_text="A copy in which somebody went on")
    fold = panel.locator("summary").first
    fold.focus()
    page.keyboard.press("Enter")
    panel.get_by_label("Choose the file of the copy").set_input_files(copy)
    expect(panel.get_by_text("Comes in: 1")).to_be_visible()
    bring = panel.get_by_role("button", name="Bring it in")
    expect(bring).to_be_focused()
    read_by_axe(page, panel, "bring-in", ".ctekit-data")
    bring.focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", name="Copies contradict each other: 1 answer")).to_be_visible()
    expect(panel.get_by_role("status")).to_have_class("ctekit-hidden")  # what it reads out stands above in two lines
    read_by_axe(page, panel, "brought-in", ".ctekit-data")
    panel.get_by_role("button", name=f"Take “{OURS['learners']}” for").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("1 answer chosen.")
    assert ctekit.open_partnership(folder)["purpose"].learners == OURS["learners"]
    panel.get_by_role("button", name="Take the merge back, in one step").focus()
    page.keyboard.press("Enter")
    expect(panel.locator(".ctekit-said").first).to_contain_text("The last merge was taken back")
