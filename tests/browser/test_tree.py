"""A worksheet filled by somebody who cannot see it: found by role and name alone, written by keys, states heard.

Nothing here knows of classes, places or looks: all is found in the browser's accessibility tree.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ctekit import samples, worksheets
from ctekit.jupyter.partnership import Partnership
from ctekit.model.days import long_day
from ctekit.worksheets.purpose import Purpose
from ctekit.worksheets.value import Value
from tests.browser.conftest import Lab
from tests.browser.hearing import Heard, Reader
from tests.browser.test_access import every_sheet, one_window

pytestmark = pytest.mark.browser

PURPOSE, VALUE = worksheets.called("purpose"), worksheets.called("value")
SAID = samples.book("harrow-bend")[Purpose]


@pytest.fixture(scope="module")
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    yield from one_window(browser, lab)


@pytest.fixture(scope="module")
def folder(lab: Lab, page: Page) -> Path:
    """A partnership that knows who takes part, and nothing else."""
    folder = lab.folder("tree")
    partnership = Partnership(folder)
    for name in ("Tri-Fork Technical College", "Castellan Gear"):
        partnership.add("profile", "organizations", {"name": name})
    every_sheet(lab, page, folder, "purpose", "value")
    return folder


def saved(page: Page, title: str) -> None:
    region = page.get_by_role("region", name=title, exact=True)
    expect(region.locator(".ck-pending")).to_have_count(0)
    expect(region.get_by_role("status").filter(has_text="Saved ").first).to_be_visible()


def until(heard: Reader, right: str, states: dict[str, object]) -> Heard:
    """What has the focus, as soon as its states are these: an answer of the kernel takes a moment."""
    for _ in range(100):
        now = heard.here()
        if right in now.description and {**now.states, **states} == now.states:
            return now
        heard.page.wait_for_timeout(50)
    raise AssertionError(f"{now} never became {states} with “{right}”")


def test_a_whole_worksheet_is_filled_by_role_and_name_alone(page: Page, folder: Path) -> None:
    heard = Reader(page, PURPOSE.title)
    assert heard.find("button", "Undo").states["disabled"] is True
    for field, question in PURPOSE.questions().items():
        if not question.quick or question.kind.name not in ("text", "long_text", "date"):
            continue
        box = heard.go("textbox", question.title)
        assert (box.value, box.states["invalid"]) == ("", "false")
        assert question.hint in box.description
        day = datetime.date.fromisoformat(question.example) if question.kind.is_date and question.example else None
        assert (long_day(day) if day else question.example) in box.description
        assert bool(box.states.get("multiline")) is (question.kind.name == "long_text")
        if field == "by":  # a shape that cannot be read is said at once, and at the control
            heard.write("next summer")
            heard.press("Enter")
            until(heard, "“next summer” is not a date", {"invalid": "true"})
            heard.press("Control+a")
        heard.write(str(getattr(SAID, field)))
        heard.press("Enter") if question.kind.name != "long_text" else None
        until(heard, "", {"invalid": "false"})
    promises = PURPOSE.question("clauses").title
    bar = ("toolbar", f"Rows of “{promises}”")
    hand = ("toolbar", f"The row in hand of “{promises}”")  # comes with a row
    assert not page.get_by_role("button", name="Delete row").count()
    for number, clause in enumerate(SAID.clauses, start=1):
        if number == 1:  # Enter after the last cell begins each further row
            heard.go("button", "Add a row", within=bar)
            heard.press("Enter")
        expect(page.get_by_role("textbox", name=f"Promise, row {number}", exact=True)).to_be_focused()
        box = heard.here()
        assert (box.role, box.around[-1]) == ("textbox", promises)
        assert PURPOSE.question("promise", "clause-1").hint in box.description
        heard.write(clause.promise or "")
        heard.press("Enter")
    expect(page.get_by_role("textbox", name=f"Promise, row {len(SAID.clauses) + 1}", exact=True)).to_be_focused()
    heard.press("Escape")
    first, second = SAID.clauses[0].promise, SAID.clauses[1].promise
    assert heard.press("Control+Home").name == first
    # The empty row goes once it is left, and the table is drawn anew: what is found before may be gone then.
    expect(page.get_by_role("grid", name=promises).get_by_role("row")).to_have_count(len(SAID.clauses) + 1)
    assert heard.find("button", "Delete row", within=hand).description == first
    assert heard.press("ArrowDown").name == second
    assert heard.press("F2").name == f"Promise, {second}"
    heard.press("Escape")
    assert heard.here().name == second
    ready = PURPOSE.question("ready").title
    assert (heard.go("combobox", ready).value, heard.here().states["expanded"]) == ("not yet", False)
    assert heard.press("ArrowDown").value == "the quick questions are done"
    saved(page, PURPOSE.title)
    assert not heard.find("button", "Undo").states.get("disabled")
    heard.go("button", "Next empty question")
    heard.press("Enter")
    region = page.get_by_role("region", name=PURPOSE.title, exact=True)
    expect(region.get_by_text("Every quick question here has an answer.")).to_be_visible()
    mine = Partnership(folder).book[Purpose]
    quick = [
        field
        for field, question in PURPOSE.questions().items()
        if question.quick and question.kind.name not in ("rows", "ready")
    ]
    assert [getattr(mine, field) for field in quick] == [getattr(SAID, field) for field in quick]
    assert [clause.promise for clause in mine.clauses] == [clause.promise for clause in SAID.clauses]
    assert mine.ready == "quick"


def test_lists_honest_blanks_and_the_history_say_their_state(page: Page, folder: Path) -> None:
    heard = Reader(page, PURPOSE.title)
    heard.go("button", "Show all questions")
    assert heard.press("Enter").name == "Show the quick questions"
    agreed = PURPOSE.question("agreed_by").title
    tick = heard.go("checkbox", "Castellan Gear", within=("group", agreed))
    assert (tick.around[-1], tick.states["checked"]) == (agreed, "false")
    assert heard.press("Space").states["checked"] == "true"
    where = PURPOSE.question("region").title
    assert heard.go("button", f"No answer yet? {where}").states["expanded"] is False
    assert heard.press("Enter").states["expanded"] is True
    heard.go("combobox", f"No answer yet, and why {where}")
    assert heard.press("ArrowDown").value == "to find out"
    heard.go("textbox", f"By when, such as 6/30/2027 {where}")
    heard.write("soon")
    heard.press("Enter")
    until(heard, "“soon” is not a date", {"invalid": "true"})
    heard.press("Control+a")
    heard.write("2027-01-15")
    heard.press("Enter")
    until(heard, "", {"invalid": "false"})
    heard.go("button", f"Marked: to find out {where}")
    assert heard.go("button", "History").states["expanded"] is False
    assert heard.press("Enter").states["expanded"] is True
    expect(page.get_by_role("region", name=f"History of this worksheet: {PURPOSE.title}")).to_contain_text(agreed)
    assert heard.press("Enter").states["expanded"] is False
    saved(page, PURPOSE.title)
    mine = Partnership(folder).book[Purpose]
    assert [Partnership(folder).book.name(member) for member in mine.agreed_by] == ["Castellan Gear"]
    assert mine.marks["region"].by == datetime.date(2027, 1, 15)


def test_a_row_and_a_scale_are_filled_by_role_and_name_alone(page: Page, folder: Path) -> None:
    heard = Reader(page, VALUE.title)
    table = VALUE.question("exchanges").title
    bar = ("toolbar", f"Rows of “{table}”")
    heard.go("button", "Add a row", within=bar)
    heard.press("Enter")
    expect(page.get_by_role("combobox", name="Partner, row 1", exact=True)).to_be_focused()
    heard.write("Tri")
    assert heard.here().value == "Tri-Fork Technical College"
    assert heard.press("Tab").name == "Gives, row 1"
    heard.write("A machining lab")
    assert heard.press("Tab").name == "How much, A machining lab"
    heard.press("Tab")
    assert heard.press("Tab").name == "Gets, A machining lab"
    heard.write("Classes that fill")
    assert heard.press("Enter").name == "Classes that fill"
    heard.go("button", "Show all questions")
    heard.press("Enter")
    heard.go("button", "Show facilitator-only questions")
    heard.press("Enter")
    expect(page.get_by_role("button", name="Hide facilitator-only questions")).to_be_focused()
    heard.go("rowheader", "A machining lab")
    heard.go("button", "Open row as a form", within=("toolbar", f"The row in hand of “{table}”"))
    assert heard.press("Enter").name == "Partner A machining lab"
    scale = f"{VALUE.question('worth', 'x-1').title} Facilitator only A machining lab"
    radios = ("radiogroup", scale)
    for words in ("1 no", "2 hardly", "3 fair", "4 good", "5 very"):
        assert heard.find("radio", words, within=radios).states["checked"] == "false", words
    heard.go("radio", "4 good", within=radios)
    assert heard.press("Space").states["checked"] == "true"
    now = heard.press("ArrowDown")
    assert (now.name, now.around[-1], now.states["checked"]) == ("5 very", scale, "true")
    heard.go("button", f"Clear {scale}")
    heard.press("Enter")
    assert heard.find("radio", "5 very", within=radios).states["checked"] == "false"
    heard.go("radio", "4 good", within=radios)
    heard.press("Space")
    saved(page, VALUE.title)
    book = Partnership(folder).book
    (row,) = book[Value].exchanges
    assert book.name(row.organization or "") == "Tri-Fork Technical College"
    assert (row.gives, row.gets, row.worth) == ("A machining lab", "Classes that fill", 4)
