"""A round in JupyterLab with two phones beside it: on the screen, from paper, by phone; revealed within a second."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ctekit import room
from ctekit.room import starting
from ctekit.store import open_store
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS

pytestmark = pytest.mark.browser

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[[], Page]]:
    contexts = []

    def unpack() -> Page:
        context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield unpack
    for context in contexts:
        context.close()


def test_screen_paper_and_two_phones_then_the_results(lab: Lab, page: Page, phone: Callable[[], Page]) -> None:
    folder = lab.folder("rating", "harrow-bend")
    vote_in(folder / "02-purpose.ipynb")
    page.set_viewport_size({"width": 1280, "height": 1100})
    notebook = lab.open(page, folder, "02-purpose")
    panels = notebook.panel.locator(".ctekit-panel", has=page.locator(".ctekit-balloting"))
    panel = panels.first
    before = notebook.cells()

    def press(name: str) -> None:
        panel.get_by_role("button", name=name, exact=True).click()

    def looked_at(name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        panel.screenshot(path=SHOTS / f"rate-{name}.png")
        axe = Axe().run(page, context=".ctekit-panel:has(.ctekit-balloting)", options=RULES)
        assert axe.response["passes"], "axe looked at nothing"
        assert [
            (violation["id"], violation["nodes"][0]["html"][:160]) for violation in axe.response["violations"]
        ] == []

    panel.get_by_label("Name").fill("Autumn meeting")
    press("Open the round")
    expect(panel.get_by_text("0 answered")).to_be_visible()
    looked_at("1-open")

    # One person, on this screen. Keys stay in the panel.
    press("Rate on this screen")
    panel.get_by_role("radio", name="K-12").check()
    for key in ("a", "b", "m", "x", "d", "d"):
        page.keyboard.press(key)
    for question in panel.get_by_role("group").all()[1:]:
        question.get_by_role("radio").nth(3).check()
    looked_at("2-screen")
    press("Send my answers")
    expect(panel.get_by_text("Please hand over.")).to_be_visible()
    expect(panel.get_by_role("radio")).to_have_count(0)
    looked_at("3-blank")
    press("Nobody else")

    # One ballot from paper, by keyboard alone: Enter keeps it, and the next begins at its first line.
    press("Key in paper ballots")
    sector = panel.get_by_label("I come from")
    sector.select_option("business & industry")
    for level in ("1", "0", "?", "2"):
        page.keyboard.press("Tab")
        page.keyboard.type(level)
    looked_at("4-paper")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("Paper ballot 2", exact=True)).to_be_visible()
    expect(sector).to_be_focused()
    expect(sector).to_have_value("")
    press("No more ballots")
    expect(panel.get_by_text("2 answered")).to_be_visible()

    # Two phones, by the address in the picture.
    press("Show the way in for phones")  # the vote beside it has opened the room of the day
    expect(panel.locator(".ctekit-qr svg")).to_be_visible()
    press("5 minutes")
    expect(panel.get_by_text(re.compile(r"0 joined, 2 answered; [45]:\d\d left|2 joined, 2 answered"))).to_be_visible()
    looked_at("6-room")
    address, code = panel.locator(".ctekit-large").all_inner_texts()
    store = open_store(folder / "partnership.ctekit")
    (round_,) = [round_ for round_ in store.rounds() if round_.about == "purpose" and round_.state == "open"]
    way = starting.find(folder)
    assert way is not None
    link = way.link
    shown = panel.locator(".ctekit-qr path").last.get_attribute("d")
    assert f'd="{shown}"' in room.qr(link, 6), "the picture holds another address"
    assert (address, code) == (way.address, way.code)
    for number, answers in enumerate((("4", "3", "2", "1"), ("0", "0", "1", "?")), 1):
        participant = phone()
        participant.goto(link)
        participant.get_by_role("button", name="Join", exact=True).tap()
        expect(panel.get_by_text(f"{number + 2} joined").or_(panel.get_by_text(f"{number} joined"))).to_be_visible()
        participant.locator('label:has(input[name="sector"][value="postsecondary"])').tap()
        for field, level in zip(("2.1", "2.2", "2.3", "2.4"), answers, strict=True):
            participant.locator(f'label:has(input[name="{field}"][value="{level}"])').tap()
        participant.get_by_role("button", name="Send my answers").tap()
        expect(participant.get_by_role("heading", level=1)).to_have_text("Thank you")
        expect(panel.get_by_text(f"{number + 2} answered")).to_be_visible()
        participant.screenshot(path=SHOTS / f"rate-phone-{number}.png")
    expect(panel.get_by_text("middle answer")).to_have_count(0)

    # Revealed: the results stand in the notebook, without a rerun.
    reveal = panel.get_by_role("button", name="Reveal the answers")
    reveal.scroll_into_view_if_needed()
    reveal.click()
    expect(panel.locator("figure svg").first).to_be_visible()
    expect(panel.locator(".ctekit-summary")).to_contain_text("4 people answered")
    expect(panel.locator("figure svg").first).to_contain_text("2.1")
    looked_at("7-results")

    # What is low becomes an action.
    panel.get_by_role("button", name=re.compile(r"Make 2\.\d an action")).first.click()
    panel.get_by_label("Who", exact=True).select_option(index=1)
    panel.get_by_label("By when").fill("2026-10-30")
    looked_at("8-action")
    press("Save the action")
    expect(panel.get_by_role("status")).to_have_text(re.compile(r"Saved in the plan: “.*”\."))
    action = store.load().sheets["plan"].actions[-1]
    assert (action.element, str(action.by)) == ("purpose", "2026-10-30")

    # Dots on the promises, in a room that a sentence of the notebook opened.
    panel = panels.last
    panel.scroll_into_view_if_needed()
    press("Show it on the phones")  # they have seen the round on the purpose since
    expect(panel.get_by_text("2 joined, 0 answered")).to_be_visible()
    looked_at("9-vote")
    (round_,) = [round_ for round_ in store.rounds() if round_.about == "dots"]
    participant = phone()
    participant.goto(link)  # the room of the day
    participant.get_by_role("button", name="Join", exact=True).tap()
    participant.locator('label:has(input[name="option-2"])').tap()
    participant.screenshot(path=SHOTS / "rate-phone-3.png", full_page=True)
    participant.get_by_role("button", name="Send my answers").tap()
    expect(panel.get_by_text("3 joined, 1 answered")).to_be_visible()
    press("Answer on this screen")
    panel.get_by_role("checkbox").nth(1).check()
    looked_at("10-dots")
    press("Send my answers")
    press("Nobody else")
    expect(panel.get_by_text("2 answered")).to_be_visible()
    press("Reveal the answers")
    expect(panel.get_by_role("listitem").first).to_have_text(f"{round_.options[1].rstrip('.')}: 2")
    looked_at("11-most-dots")
    store.close()
    assert notebook.cells() == before


def vote_in(path: Path) -> None:
    """Write a vote into the notebook, in place of its second chart."""
    notebook = json.loads(path.read_text("utf-8"))
    (cell,) = [cell for cell in notebook["cells"] if cell["id"] == "trace"]
    cell["source"] = 'partnership.room("dots", "purpose.clauses")'
    path.write_text(json.dumps(notebook), "utf-8")
