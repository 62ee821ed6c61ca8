"""Eyes of all kinds: large text, narrow screens, high contrast, no motion, and paper without color."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from ctekit import export, worksheets, workspace
from tests.browser.conftest import Lab
from tests.browser.driver import SHOTS, Worksheet, wait_until
from tests.browser.test_access import every_sheet, one_window

pytestmark = pytest.mark.browser

# What a person could not read: words that stick out of the sheet, or that are cut off where nothing can be scrolled.
# Tables scroll in a box of their own; what is kept out of sight on purpose does not count.
CUT_OFF = """(root) => {
    const edge = root.getBoundingClientRect();
    const faults = root.scrollWidth > root.clientWidth ? ['the sheet scrolls sideways'] : [];
    for (const element of root.querySelectorAll('*')) {
        if (!element.checkVisibility() || element.closest('.ck-hidden, .ck-calendar, option')) continue;
        const {left, right} = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        const high = element.scrollHeight > element.clientHeight + 2;
        const wide = element.scrollWidth > element.clientWidth + 2;
        const closed = style.overflowY === 'hidden' || style.overflowY === 'clip';
        const out = (right > edge.right + 1 || left < edge.left - 1) && !element.parentElement.closest('.ck-scroll');
        if (out) faults.push(`sticks out: ${element.outerHTML.slice(0, 150)}`);
        if ((closed || element.matches('textarea')) && high) faults.push(`cut off: ${element.outerHTML.slice(0, 150)}`);
        const full = element.matches('button') && (high || wide);
        if (full) faults.push(`words outside: ${element.outerHTML.slice(0, 150)}`);
    }
    return faults;
}"""

# Every color of the page as a printer without color puts it on paper.
GRAY = """() => {
    const gray = (color) => {
        const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
        const light = Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b);
        return `rgba(${light}, ${light}, ${light}, ${a})`;
    };
    const all = [...document.querySelectorAll('body, body *')].map((element) => [element, getComputedStyle(element)]);
    const now = all.map(([element, style]) => [element, gray(style.color), gray(style.backgroundColor)]);
    for (const [element, ink, paper] of now) {
        element.style.setProperty('color', ink, 'important');
        element.style.setProperty('background-color', paper, 'important');
    }
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    yield from one_window(browser, lab)


@pytest.fixture(scope="module")
def sheets(lab: Lab, page: Page) -> dict[str, Worksheet]:
    """Three worksheets that have every kind of control between them, with all questions and a row as a form."""
    sheets = every_sheet(lab, page, lab.folder("looks", "harrow-bend"), "purpose", "value", "roles")
    for sheet in sheets.values():
        sheet.show_all()
        sheet.open_everything()
    return sheets


def cut_off(sheets: dict[str, Worksheet]) -> dict[str, list[str]]:
    """What cannot be read once all have taken the new size: they follow it in a frame or two."""

    def faults() -> dict[str, list[str]]:
        by_sheet = {slug: sheet.root.evaluate(CUT_OFF) for slug, sheet in sheets.items()}
        return {slug: faults for slug, faults in by_sheet.items() if faults}

    wait_until(next(iter(sheets.values())).page, lambda: not faults(), 5)
    return faults()


def size_of_text(sheet: Worksheet, size: str) -> None:
    """As Settings > Theme > Increase Content Font Size sets it; 14px is usual."""
    sheet.page.evaluate("(size) => document.body.style.setProperty('--jp-content-font-size1', size)", size)


def look(locator: Locator, name: str) -> None:
    """Keep a picture of the window with this in it, for people to look at."""
    SHOTS.mkdir(exist_ok=True)
    locator.evaluate("(element) => element.scrollIntoView({block: 'center'})")
    locator.page.screenshot(path=SHOTS / f"looks-{name}.png")


def style(locator: Locator, name: str) -> str:
    return str(locator.evaluate("(element, name) => getComputedStyle(element)[name]", name))


def test_text_of_twice_the_size_is_whole(page: Page, sheets: dict[str, Worksheet]) -> None:
    purpose = sheets["purpose"]
    assert cut_off(sheets) == {}
    size_of_text(purpose, "28px")
    expect(purpose.root).to_have_css("font-size", "32px")
    expect(purpose.control("What changes for them?")).to_have_css("font-size", "32px")
    assert cut_off(sheets) == {}
    look(purpose.control("What changes for them?"), "large-purpose")
    look(sheets["roles"].table("Who does what"), "large-roles")
    size_of_text(purpose, "14px")
    page.set_viewport_size({"width": 700, "height": 500})  # what zooming to 200 % leaves of a screen of 1400 x 1000
    assert cut_off(sheets) == {}
    page.set_viewport_size({"width": 1400, "height": 1000})


def test_a_screen_of_320_pixels_needs_no_sideways_scrolling(sheets: dict[str, Worksheet]) -> None:
    for sheet in sheets.values():
        sheet.root.evaluate("(root) => (root.style.width = '320px')")
        expect(sheet.root.locator("table.ck-grid:not(.ck-matrix):visible")).to_have_count(0)  # a row at a time instead
    assert cut_off(sheets) == {}
    look(sheets["value"].root.locator(".ck-row-form"), "narrow-value")
    for sheet in sheets.values():
        sheet.root.evaluate("(root) => (root.style.width = '')")


def test_nothing_moves(page: Page, sheets: dict[str, Worksheet]) -> None:
    page.emulate_media(reduced_motion="reduce")
    for slug, sheet in sheets.items():
        moving = sheet.root.evaluate(
            """(root) => [root, ...root.querySelectorAll('*')].filter((element) => {
                const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element);
                return transitionDuration !== '0s' || animationName !== 'none' || scrollBehavior !== 'auto';
            }).map((element) => element.outerHTML.slice(0, 150))"""
        )
        assert moving == [], slug
    page.emulate_media(reduced_motion="null")


def test_high_contrast_shows_focus_letters_ticks_and_faults(page: Page, sheets: dict[str, Worksheet]) -> None:
    page.emulate_media(forced_colors="active")
    roles, purpose = sheets["roles"], sheets["purpose"]
    canvas = style(roles.root, "backgroundColor")
    cell = roles.table("Who does what").locator("td[data-letters*=A]").first
    cell.click()
    assert style(cell, "outlineStyle") == "solid"  # also after a click: letters typed go there
    assert style(cell, "outlineOffset") == "-3px"  # inside, where no heading that stays in view covers it
    page.keyboard.press("ArrowRight")  # from now on by keys
    for control in (cell, purpose.control("What changes for them?"), purpose.root.get_by_role("checkbox").first):
        control.focus()
        assert (style(control, "outlineStyle"), style(control, "outlineWidth")) == ("solid", "3px")
        assert style(control, "outlineColor") != canvas
    cell.focus()
    assert style(cell, "color") != style(cell, "backgroundColor")
    letters = roles.question("Who does what").get_by_role("toolbar")
    pressed, loose = (letters.locator(f"[aria-pressed={state}]").first for state in ("true", "false"))
    assert style(pressed, "backgroundColor") != style(loose, "backgroundColor")
    assert style(pressed, "color") != style(pressed, "backgroundColor")
    tick = roles.root.get_by_role("checkbox", checked=True).first
    assert style(tick, "appearance") != "none"  # the system's own, which it draws in its own colors
    date = purpose.control("By when?")
    assert style(date, "borderTopStyle") == "solid"
    date.fill("soon")
    date.press("Enter")
    fault = purpose.question("By when?").get_by_role("alert")
    expect(fault).to_contain_text("is not a date")
    assert style(date, "borderTopStyle") == "double"  # not by color alone: here there is but one
    assert style(fault, "color") != canvas
    date.focus()
    look(date, "high-contrast-purpose")
    cell.focus()
    look(letters, "high-contrast-roles")
    date.focus()
    page.keyboard.press("Control+z")
    page.emulate_media(forced_colors="none")


def test_a_printed_page_can_be_read_without_color(browser: Browser, tmp_path: Path) -> None:
    workspace.make(tmp_path / "gray", "", "harrow-bend")
    export.pages(tmp_path / "gray", tmp_path / "site")
    context = browser.new_context(viewport={"width": 800, "height": 1100}, bypass_csp=True)
    window = context.new_page()
    window.emulate_media(media="print")
    for name in ("99-whole-picture", "07-metrics", worksheets.called("roles").notebook):
        window.goto((tmp_path / "site" / f"{name}.html").as_uri())
        window.evaluate(GRAY)
        report = Axe().run(window, options={"runOnly": ["color-contrast"], "resultTypes": ["violations"]})
        assert report.response["passes"], "axe looked at nothing"
        assert [node["html"] for violation in report.response["violations"] for node in violation["nodes"]] == [], name
        window.add_style_tag(content="html { filter: grayscale(1); }")
        look(window.locator("svg").first, f"gray-{name}")
    context.close()
