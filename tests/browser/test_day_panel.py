"""The room of the day in a real page, by keyboard alone: opened, asked, revealed, sorted, dotted and ended."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

import ctekit
from ctekit import room
from ctekit.ratings import Ballot, new_respondent
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import SHOTS
from tests.browser.test_access import RULES, theme
from tests.browser.test_elsewhere import app, open_page

pytestmark = pytest.mark.browser

MOST_TABS = 60


class Keys:
    """The panel, for somebody without a mouse."""

    def __init__(self, page: Page, folder: Path, name: str) -> None:
        self.page, self.name = page, name
        self.store = ctekit.open_partnership(folder).store
        self.panel: Locator = page.locator(".ctekit-panel", has=page.locator("strong", has_text="The room")).last
        expect(self.panel).to_be_visible(timeout=60_000)

    def go(self, name: str) -> None:
        """To a control, by the Tab key from where one is, or from the top of the panel."""
        reached = "(name) => { const here = document.activeElement; return Boolean(here) && here.id.endsWith(name); }"
        expect(self.panel.locator(f'[id$="{name}"]').first).to_be_visible()  # it may be drawn only now
        for _ in range(MOST_TABS):
            if self.page.evaluate(reached, name):
                return
            if not self.panel.evaluate("(panel) => panel.contains(document.activeElement)"):
                self.panel.evaluate("(panel) => { panel.tabIndex = -1; panel.focus(); }")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way by keyboard to “{name}”")

    def press(self, name: str, key: str = "Enter") -> None:
        self.go(name)
        self.page.keyboard.press(key)

    def says(self, words: str) -> None:
        expect(self.panel).to_contain_text(words)

    def give(self, *answers: dict[str, object]) -> None:
        """People answer what is open."""
        round_id = self.store.rounds()[-1].id
        self.store.rate([Ballot(round_id, new_respondent(), "", answer) for answer in answers])

    def act(self, act: str, **fields: str) -> None:
        """Somebody else leads, too."""
        process = room.find(self.store.path.parent)
        assert process
        process.act(act, **fields)

    def look(self, name: str) -> None:
        """A picture, and the rules of access."""
        self.panel.scroll_into_view_if_needed()
        SHOTS.mkdir(exist_ok=True)
        self.panel.screenshot(path=SHOTS / f"day-panel-{self.name}-{name}.png")
        faults = Axe().run(self.page, options=RULES, context=".ctekit-balloting").response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"][:160]) for fault in faults] == [], name


def play(keys: Keys) -> None:
    """What a lead does at the end of a day, and with ideas."""
    if keys.panel.locator("[id$=-network-1]").count():
        keys.press("-network-1", "ArrowUp")  # from the first of the choices around to the last
    expect(keys.panel.get_by_label("This computer only")).to_be_checked()
    keys.press("-start")
    keys.says("The room is open.")
    keys.look("open")
    keys.press(offer(keys, "two questions"))
    keys.says("“Before we go” is open")
    keys.give(*({"useful": 3, "heard": 4},) * 3)
    keys.says("3 answered")
    keys.press("-reveal")
    keys.says("The wall shows the answers")
    keys.press(offer(keys, "ideas from phones"))
    keys.says("“Ideas” is open")
    keys.give({"idea-1": "A van"}, {"idea-1": "Teachers"}, {"idea-1": "Joe should go"}, {"idea-1": "<b>Money</b>"})
    keys.says("4 answered")
    keys.press("-close")
    keys.says("Joe should go")
    keys.press(box(keys, "Joe should go"), "Space")
    keys.act("people", people="9")
    keys.says("9 people are here")
    expect(keys.panel.get_by_label("Joe should go", exact=True)).to_be_checked()
    keys.press("-sort-hide")
    keys.says("hidden: Joe should go")
    keys.look("ideas")


def finish(keys: Keys) -> None:
    keys.press("-reveal")
    keys.says("“Ideas” is revealed")
    keys.press("-dots_on_ideas")
    keys.says("“Dots” is open")
    keys.give(*({"option-1": 1},) * 3)
    keys.says("3 answered")
    keys.press("-reveal")
    keys.says("The room chose")
    keys.look("chosen")
    keys.press("-keep-option-1")
    keys.says("in the plan")
    keys.press("-end")
    keys.press("-end_sure")
    keys.says("The room has ended")


def offer(keys: Keys, words: str) -> str:
    """The end of a button's id."""
    button = keys.panel.get_by_role("button", name=words)
    expect(button).to_have_count(1)
    return "-open-" + (button.get_attribute("id") or "").rpartition("-")[2]


def box(keys: Keys, words: str) -> str:
    return (keys.panel.get_by_label(words, exact=True).get_attribute("id") or "").partition("-idea-")[2]


def test_the_day_is_led_from_a_notebook_by_keyboard_alone_in_light_and_dark(lab: Lab, page: Page) -> None:
    folder = lab.folder("day-panel", "harrow-bend")
    notebook = lab.open(page, folder, "99-whole-picture")
    keys = Keys(page, folder, "lab")
    play(keys)
    theme(page, "JupyterLab Dark")
    keys.look("ideas-dark")
    theme(page, "JupyterLab Light")
    finish(keys)
    assert room.find(folder) is None
    assert "<b>Money</b>" in {action.action for action in keys.store.load().rows("plan.actions")}
    notebook.save()
    assert "Joe should go" not in (folder / "99-whole-picture.ipynb").read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_day_is_led_from_the_app_by_keyboard_alone(lab: Lab, browser: Browser, scheme: str) -> None:
    folder = lab.folder(f"day-panel-app-{scheme}", "harrow-bend")
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    with app(lab, folder) as address:
        open_page(page, address.replace("00-start-here", "99-whole-picture"))
        keys = Keys(page, folder, f"app-{scheme}")
        play(keys)
        finish(keys)
        assert room.find(folder) is None
    context.close()
