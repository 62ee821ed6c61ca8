"""A meeting from its proposed agenda to printed minutes, typed by keyboard alone while people talk."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf
import pytest
from playwright.sync_api import Page, expect

import ctekit
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS, Worksheet

pytestmark = pytest.mark.browser

KEYS = 3 * 200
"""Three minutes of somebody who types 40 words a minute, which no scribe is slower than."""

OUTCOMES = (
    ("Families get an audience of their own. Inés Carvajal writes to them.", "y", "C", "7", "1"),
    ("The college asks counsel what allows it to read wage records.", "p", "", "", ""),
    ("Six voters are enough to admit a partner.", "y", "", "", ""),
    ("Alderfield answers for places; Novak does the work with it.", "y", "", "", ""),
    ("Hank Ostrander wants two trained applicants a year.", "n", "", "", ""),
)
"""What is typed of five items: what was said, and the first letter of each choice."""


@dataclass
class Scribe:
    """Types, and counts the keys."""

    page: Page
    keys: int = 0

    def types(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    def presses(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
        self.keys += len(names)


def take_five_in(notebook_panel: Page) -> None:
    """Press the first button five times: what is taken in leaves the list."""
    agenda = notebook_panel.locator(".ctekit-panel", has=notebook_panel.locator(".ctekit-agenda"))
    expect(agenda.get_by_text("Nothing is on it yet.")).to_be_visible()
    for number in range(1, 6):
        button = agenda.get_by_role("button", name=re.compile("^Put on the agenda: ")).first
        button.focus()
        notebook_panel.keyboard.press("Enter")
        expect(agenda.locator("ol > li")).to_have_count(number)
    expect(agenda.locator(".ctekit-said")).to_have_text(re.compile(r"^On the agenda: “"))
    SHOTS.mkdir(exist_ok=True)
    agenda.screenshot(path=SHOTS / "agenda.png")


def minute(scribe: Scribe, sheet: Worksheet, first: int) -> None:
    """Type what was said and decided beside five items, from the first new row down."""
    sheet.cell("Agendas and minutes", first, "What was said").click()
    for summary, decided, rule, votes_for, votes_against in OUTCOMES:
        scribe.types(summary)
        scribe.presses("Tab", decided)
        if rule:
            scribe.presses("Tab", rule, "Tab")
            scribe.types(votes_for)
            scribe.presses("Tab")
            scribe.types(votes_against)
            scribe.presses("Enter", "ArrowLeft", "ArrowLeft", "ArrowLeft")
        else:
            scribe.presses("Enter")
        scribe.presses("ArrowLeft", "ArrowDown")
    sheet.saved()


def test_an_agenda_is_proposed_held_minuted_and_printed(lab: Lab, page: Page) -> None:
    folder = lab.folder("meetings", "harrow-bend")
    notebook = lab.open(page, folder, "08-meetings")
    sheet = notebook.sheet("Meetings and follow-up")
    before = sheet.rows("Agendas and minutes").count()
    take_five_in(page)
    expect(sheet.rows("Agendas and minutes")).to_have_count(before + 5)

    scribe = Scribe(page)
    minute(scribe, sheet, before)
    print(f"minutes of five items: {scribe.keys} keys")
    assert scribe.keys < KEYS
    partnership = ctekit.open_partnership(folder)
    # Out of sight further down, the chart and the list of files follow once the scribe pauses.
    expect(notebook.panel.locator("figure").last).to_contain_text("Steering group, Oct 13")
    expect(notebook.panel.get_by_text("5 files:")).to_have_count(1)
    items = partnership["meetings"].items[before:]  # type: ignore[attr-defined]
    assert [item.said for item in items] == [outcome[0] for outcome in OUTCOMES]
    assert [item.decided for item in items] == ["yes", "put off", "yes", "yes", "no"]
    assert (items[0].how, items[0].votes_for, items[0].votes_against) == ("prot-1", 7, 1)

    # Votes against the quorum: with six voters there it is told, with seven it holds.
    voters = ["s-3", "s-4", "s-7", "s-9", "s-10", "s-11"]
    partnership.change("meetings", "meet-5", present=["s-1", *voters])
    sentence = notebook.panel.get_by_text("was decided with 6 voters there; “Change the purpose or a target” needs 7.")
    page.get_by_role("heading", name="Check that nothing was dropped").scroll_into_view_if_needed()
    expect(sentence.first).to_be_visible()
    partnership.change("meetings", "meet-5", present=["s-1", *voters, "s-12"])
    expect(sentence).to_have_count(0)

    page.get_by_role("button", name="Web page: make “Minutes”").click()
    path = folder / "papers" / "minutes-2026-10-13-5.html"
    expect(notebook.panel.get_by_text(path.name).first).to_be_visible()
    page.goto(path.as_uri())
    expect(page.get_by_role("heading", name="Minutes", level=1)).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="7 voters there, 7 needed")).to_contain_text(
        "Votes: 7 for, 1 against"
    )
    with pikepdf.open(io.BytesIO(page.pdf(format="Letter"))) as printed:
        assert len(printed.pages) <= 2
