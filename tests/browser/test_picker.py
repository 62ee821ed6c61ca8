"""The list one picks several names from."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ctekit import worksheets, workspace
from ctekit.widgets.sheet import Sheet
from tests.browser.bare import Bare
from tests.conftest import WAIT

pytestmark = pytest.mark.browser

CODE = str(Sheet._esm).replace("export default", "const widget =")
NAMES = ["José Martínez", "Jose\u0301 Ode", "Łódź Works", "Søren Day", "Weiß GmbH", *(f"Name {n}" for n in range(6))]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("jose", NAMES[:2]),
        ("MARTINEZ", NAMES[:1]),
        ("José", NAMES[:2]),
        ("lodz", NAMES[2:3]),
        ("soren", NAMES[3:4]),
        ("weiss", NAMES[4:5]),
        ("nobody", []),
    ],
)
def test_a_name_is_found_without_its_accents(page: Page, typed: str, left: list[str]) -> None:
    page.set_content("<main></main>")
    page.evaluate(
        f"""(names) => {{
            {CODE}
            const rows = names.map((name, number) => [`s-${{number}}`, name]);
            const question = {{ control: "check_boxes", target: "profile.people", also: [], from: "Profile" }};
            const refs = () => ({{ "profile.people": rows }});
            const who = control(question, [], refs, () => {{}}, {{ name: "Who" }});
            document.querySelector("main").append(who.element);
        }}""",
        NAMES,
    )
    page.get_by_label("Type to find").fill(typed)
    assert [words.strip() for words in page.locator(".ck-list label").all_inner_texts()] == left


def test_who_was_there_is_ticked_in_a_cell_by_keys_alone(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(WAIT)
    workspace.make(tmp_path / "here", "", "harrow-bend")
    bare = Bare(context.new_page(), tmp_path / "here", "meetings")
    sheet, keys = bare.worksheet, bare.page.keyboard
    title = worksheets.called("meetings").question("meetings").title
    cell, beside = (sheet.cell(title, 0, column) for column in ("Who was there", "Who takes the minutes"))
    row = str(cell.get_attribute("data-row"))
    people = {str(person.name): person.id for person in bare.partnership.store.load().rows("profile.people")}
    mirela, adaeze = (next(name for name in people if name.startswith(first)) for first in ("Mirela", "Adaeze"))
    cell.click()
    keys.press("Escape")
    keys.press("Delete")
    expect(cell).to_have_text("")

    keys.type("Mirela")
    search = cell.get_by_role("searchbox")
    expect(search).to_have_value("Mirela")
    keys.press("Enter")
    expect(search).to_have_value("")
    expect(cell.get_by_role("checkbox", name=mirela)).to_be_checked()
    keys.type("no such person")
    keys.press("Enter")
    expect(search).to_have_value("no such person")
    search.press("Control+a")
    keys.type("Adaeze")
    keys.press("Tab")
    first = cell.get_by_role("checkbox").first
    expect(first).to_be_focused()
    keys.press("ArrowDown")
    expect(cell.get_by_role("checkbox").nth(1)).to_be_focused()
    keys.press("ArrowUp")
    keys.press("ArrowUp")
    expect(search).to_be_focused()
    keys.press("Enter")
    expect(cell.get_by_role("checkbox", name=adaeze)).to_be_checked()
    keys.press("ArrowDown")
    keys.press("Shift+Tab")
    expect(search).to_be_focused()
    keys.press("Tab")
    keys.press("Tab")
    expect(cell).to_contain_text(mirela)
    expect(cell).to_contain_text(adaeze)
    expect(beside.locator("select, input").first).to_be_focused()
    sheet.saved()
    assert set(bare.stored(row, "present")) == {people[mirela], people[adaeze]}
    context.close()


@pytest.mark.parametrize("height", [900, 700])
def test_the_list_of_the_last_row_is_seen_whole_when_it_opens(browser: Browser, tmp_path: Path, height: int) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": height})
    context.set_default_timeout(WAIT)
    workspace.make(tmp_path / "here", "", "harrow-bend")
    bare = Bare(context.new_page(), tmp_path / "here", "meetings")
    title = worksheets.called("meetings").question("meetings").title
    cell = bare.worksheet.cell(title, bare.worksheet.rows(title).count() - 1, "Who was there")
    cell.click()
    expect(cell.get_by_role("searchbox")).to_be_focused()
    assert cell.locator(".ck-picker").evaluate(SEEN)
    context.close()


SEEN = """(picker) => {
    const box = picker.getBoundingClientRect();
    const around = picker.closest(".ck-scroll").getBoundingClientRect();
    return box.bottom <= Math.min(around.bottom, innerHeight) + 1 && box.top >= Math.max(around.top, 0) - 1;
}"""
