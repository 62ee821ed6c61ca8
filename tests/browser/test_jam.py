"""A form cannot jam: what cannot be saved is shown with its words, and the rest is saved; also after an outage."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ctekit import worksheets
from ctekit.editing.incoming import LONGEST
from ctekit.jupyter.partnership import Partnership
from ctekit.store import open_store
from ctekit.worksheets.purpose import Purpose
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import Notebook, Worksheet, wait_until

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
LEARNERS = PURPOSE.question("learners").title
CHANGE = PURPOSE.question("change").title
DECISIONS = PURPOSE.question("decisions").title


CUTTING = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
    constructor(address, protocols) {
        super(window.cut ? 'ws://127.0.0.1:9/' : address, protocols);
        window.sockets.push(this);
    }
};
"""
"""Every connection of the page can be closed, and none be made while `cut` is true."""


def is_saved(folder: Path, words: str) -> bool:
    with closing(open_store(folder / "partnership.ctekit")) as store:
        return any(revision.value == words for revision in store.history("purpose"))


def write(sheet: Worksheet, title: str, words: str) -> None:
    sheet.control(title).fill(words)
    sheet.page.keyboard.press("Tab")


def kept_key(folder: Path, end: str = "earlier") -> str:
    """A key as it was before each copy had its own."""
    with closing(open_store(folder / "partnership.ctekit")) as store:
        return f"ctekit {store.partnership} purpose {end}"


def keep(page: Page, **entries: str) -> None:
    page.evaluate(
        "(entries) => Object.entries(entries).forEach(([key, text]) => localStorage.setItem(key, text))", entries
    )


@pytest.fixture(scope="module")
def window(lab: Lab, browser: Browser) -> Iterator[tuple[Notebook, Path]]:
    """One notebook for all tests of this module, whose cells are run again for each visit."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.add_init_script(CUTTING)
    page.on("dialog", lambda dialog: dialog.accept())
    # JupyterLab tells of a lost connection too, whenever it has found out.
    close = page.locator(".jp-Dialog").get_by_role("button", name="Close").first
    page.add_locator_handler(close, lambda button: button.click())
    folder = lab.folder("jam", "harrow-bend")
    yield lab.open(page, folder, "02-purpose"), folder
    context.close()
    lab.shut_kernels()


@pytest.fixture
def page(window: tuple[Notebook, Path]) -> Page:
    return window[0].page


@pytest.fixture
def visit(window: tuple[Notebook, Path], page: Page) -> Callable[..., Worksheet]:
    def visit(**kept: str) -> Worksheet:
        keep(page, **kept)
        window[0].run_all()
        return window[0].sheet(PURPOSE.title)

    return visit


def edit(**more: object) -> dict[str, object]:
    return {
        "uid": f"kept-{time.time_ns()}",
        "row": "",
        "field": "learners",
        "value": "words of old",
        "base": None,
    } | more


KEPT = {
    "a question that is no more": [edit(field="old_question")],
    "a row that somebody deleted": [edit(row="clause-999", field="promise")],
    "a number": 5,
    "a list of numbers": [1, 2],
    "an edit without a field": [{"uid": "x", "value": "words of old"}],
    "fields of wrong types": [edit(row=1, field=["learners"])],
    "two of them": [edit(field="gone"), edit(field="gone")],
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_what_has_no_place_is_shown_with_its_words_and_can_be_dropped(kept, window, visit, page) -> None:
    _, folder = window
    count = 2 if kept in (KEPT["two of them"], KEPT["a list of numbers"]) else 1
    sheet = visit(**{kept_key(folder): json.dumps(kept)})
    panel = sheet.root.get_by_role("region", name="Not saved")
    expect(panel.get_by_role("textbox")).to_have_count(count)
    if not isinstance(kept, int) and isinstance(kept[0], dict):
        expect(panel.get_by_role("textbox").first).to_have_value(re.compile("words of old"))
    words = f"honest {time.time_ns()}"
    write(sheet, LEARNERS, words)
    assert wait_until(page, lambda: is_saved(folder, words))
    for _ in range(count):
        panel.get_by_role("button", name="Drop it").first.click()
    expect(panel).to_be_hidden()
    expect(sheet.root.get_by_role("button", name="not saved")).to_be_hidden()
    nothing_kept = "Object.keys(localStorage).every((key) => !key.startsWith('ctekit '))"
    assert wait_until(page, lambda: page.evaluate(nothing_kept)), (
        "the kernel's answer comes after the words are in the file"
    )


def test_one_unreadable_entry_does_not_keep_the_honest_text_beside_it_from_coming_back(window, visit, page) -> None:
    _, folder = window
    words = f"typed before {time.time_ns()}"
    sheet = visit(
        **{
            kept_key(folder, "a"): "{ cut sho",
            kept_key(folder, "b"): json.dumps([edit(field="change", value=words, base=None)]),
        }
    )
    expect(sheet.root.get_by_role("region", name="Not saved").get_by_role("textbox")).to_have_value("{ cut sho")
    assert wait_until(page, lambda: is_saved(folder, words))
    sheet.root.get_by_role("button", name="Drop it").click()


def test_a_value_of_no_shape_is_told_beside_its_question(window, visit, page) -> None:
    _, folder = window
    sheet = visit(**{kept_key(folder): json.dumps([edit(field="by", value={"a": 1}), edit(field="ready", value=[5])])})
    expect(sheet.root.get_by_role("button", name="2 answers are not saved: go to it")).to_be_visible()
    words = f"honest {time.time_ns()}"
    write(sheet, LEARNERS, words)
    assert wait_until(page, lambda: is_saved(folder, words))
    sheet.control(PURPOSE.question("by").title).fill("2028-06-30")
    sheet.control(PURPOSE.question("ready").title).select_option(label="all of it is done")
    sheet.saved()
    expect(sheet.root.get_by_role("button", name="not saved")).to_be_hidden()


def test_what_is_too_long_is_told_and_the_rest_is_saved(window, visit, page) -> None:
    _, folder = window
    sheet = visit()
    sheet.control(CHANGE).fill("x" * (LONGEST + 1))
    expect(sheet.question(CHANGE).get_by_role("alert")).to_contain_text("too long")
    words = f"honest {time.time_ns()}"
    write(sheet, LEARNERS, words)
    assert wait_until(page, lambda: is_saved(folder, words))
    write(sheet, CHANGE, "short again")
    sheet.saved()


def test_a_thousand_kept_edits_come_back(window, visit, page) -> None:
    _, folder = window
    last = f"edit {time.time_ns()}"
    with closing(open_store(folder / "partnership.ctekit")) as store:
        stands = store.load()[Purpose].learners
    typed = [stands, *(f"{n} of a thousand" for n in range(999)), last]
    edits = [edit(uid=f"{last} {n}", base=typed[n], root=stands, value=typed[n + 1]) for n in range(1000)]
    sheet = visit(**{kept_key(folder): json.dumps(edits)})
    assert wait_until(page, lambda: is_saved(folder, last), 60)
    expect(sheet.control(LEARNERS)).to_have_value(last)
    sheet.saved()


def test_a_refused_answer_far_below_is_said_where_one_is_and_a_button_goes_there(window, visit, page) -> None:
    sheet = visit()
    sheet.show_all()
    row = PURPOSE.tables()["decisions"].row.questions()
    sheet.put(DECISIONS, 0, row["quorum"].title, row["quorum"], "most of us")
    go = sheet.root.get_by_role("button", name="1 answer is not saved: go to it")
    expect(go).to_be_visible()
    page.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current").click()  # folds the list of files away
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 700})
        for share in (0.1, 0.5, 0.9):
            expect_in_view(sheet, share)
    page.set_viewport_size({"width": 1400, "height": 900})
    sheet.control(LEARNERS).click()
    go.click()
    expect(sheet.cell(DECISIONS, 0, row["quorum"].title)).to_be_focused()
    expect(sheet.question(DECISIONS).get_by_role("alert").first).to_contain_text("most of us")
    expect_in_view(sheet, None)
    sheet.root.get_by_role("button", name="Projector").click()
    expect(go).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    sheet.root.get_by_role("button", name="Projector").and_(page.locator("[aria-pressed=false]")).wait_for()
    go.click()
    expect(sheet.cell(DECISIONS, 0, row["quorum"].title)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(go).to_be_hidden()


def expect_in_view(sheet: Worksheet, share: float | None) -> None:
    """The line with the state of saving is in the window, and nothing that has the focus lies under it."""
    if share is not None:
        sheet.root.evaluate(
            """(root, share) => {
                const scroller = root.closest('.jp-WindowedPanel-outer');
                const box = root.getBoundingClientRect();
                scroller.scrollBy(0, box.top - scroller.getBoundingClientRect().top + box.height * share);
            }""",
            share,
        )
    assert wait_until(sheet.page, lambda: is_in_view(_places(sheet), share is None)), _places(sheet)


def is_in_view(places: dict[str, Any], in_focus: bool) -> bool:
    top, bottom = places["frame"]
    first, last = places["line"]
    in_frame = top - 1 <= first < last <= bottom and places["across"] == sorted(places["across"])
    return in_frame and (not in_focus or (places["focus"] or 0) >= last)


def _places(sheet: Worksheet) -> dict[str, Any]:
    """Where the line, what has the focus, and the frame of the notebook are."""
    places: dict[str, Any] = sheet.root.evaluate(
        """(root) => {
            const scroller = root.closest('.jp-WindowedPanel-outer');
            const line = root.querySelector('.ck-line').getBoundingClientRect();
            const frame = scroller.getBoundingClientRect();
            const at = root.contains(document.activeElement) && document.activeElement.getBoundingClientRect();
            const button = root.querySelector('.ck-go').getBoundingClientRect();
            return {
                line: [line.top, line.bottom], frame: [frame.top, frame.bottom], focus: at ? at.top : null,
                across: [frame.left, Math.min(line.left, button.left), Math.max(line.right, button.right), frame.right],
            };
        }"""
    )
    return places


def test_a_copy_of_the_partnership_does_not_get_what_was_typed_into_the_first(
    lab, window, visit, page, browser
) -> None:
    _, folder = window
    with closing(open_store(folder / "partnership.ctekit")) as store:
        key = f"ctekit {store.partnership} purpose @0123456789ab view"
    words = f"typed elsewhere {time.time_ns()}"
    sheet = visit(**{key: json.dumps([edit(value=words)])})
    panel = sheet.root.get_by_role("region", name="Not saved")
    expect(panel).to_contain_text(f"Typed in another copy of this partnership and not saved there: “{LEARNERS}”.")
    expect(panel.get_by_role("textbox")).to_have_value(words)
    write(sheet, CHANGE, f"honest {words}")
    assert wait_until(page, lambda: is_saved(folder, f"honest {words}"))
    assert not is_saved(folder, words)
    panel.get_by_role("button", name="Use it here").click()
    assert wait_until(page, lambda: is_saved(folder, words))
    expect(sheet.control(LEARNERS)).to_have_value(words)
    expect(panel).to_be_hidden()
    assert wait_until(page, lambda: page.evaluate("(key) => localStorage.getItem(key)", key) is None)


def test_an_act_on_a_row_that_is_gone_is_told_and_an_honest_edit_is_saved_after_it(window, visit, page) -> None:
    _, folder = window
    sheet = visit()
    promises = PURPOSE.question("clauses").title
    number = sheet.add_row(promises)
    page.keyboard.press("Escape")
    partnership = Partnership(folder)
    delete = sheet.question(promises).get_by_role("button", name="Delete row").element_handle()
    partnership.remove("purpose", str(sheet.rows(promises).nth(number).get_attribute("data-row")))
    # In the very moment before the sheet hears of it: the button is pressed by the page itself, at once.
    delete.evaluate("(button) => button.click()")
    words = f"honest {time.time_ns()}"
    write(sheet, LEARNERS, words)
    assert wait_until(page, lambda: is_saved(folder, words))


def test_a_value_that_only_a_change_event_brings_is_kept(window, visit, page) -> None:
    _, folder = window
    sheet = visit()
    words = f"filled by a program {time.time_ns()}"
    sheet.control(LEARNERS).evaluate(
        "(box, words) => { box.value = words; box.dispatchEvent(new Event('change', {bubbles: true})); }", words
    )
    assert wait_until(page, lambda: is_saved(folder, words))


@pytest.mark.parametrize("way", ["the browser is offline", "the connection is cut"])
def test_after_an_outage_what_was_typed_is_saved_by_itself(way, lab, window, visit, page) -> None:
    _, folder = window
    sheet = visit()
    words = f"typed while offline {time.time_ns()}"
    if way == "the browser is offline":
        page.context.set_offline(True)
    else:  # as of a laptop that slept, or a server that cannot be reached: nothing tells the page when it is back
        page.evaluate("for (const socket of window.sockets) socket.close(4000); window.cut = true")
    sheet.control(LEARNERS).fill(words)
    expect(sheet.status).to_contain_text("sent by itself as soon as it is back")
    expect(sheet.status).to_contain_text("Restart Kernel")
    page.wait_for_timeout(10_000)  # JupyterLab would wait up to half a minute now before it tries again
    assert not is_saved(folder, words)
    page.context.set_offline(False)
    page.evaluate("window.cut = false")
    assert wait_until(page, lambda: is_saved(folder, words))
    sheet.saved()


LATE = "const timeout = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = () => timeout(0);"
"""anywidget gives a widget two seconds to begin; here no time at all."""


def test_a_widget_that_begins_late_hears_of_what_was_saved(lab, browser) -> None:
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    context.set_default_timeout(WAIT)
    page, folder = context.new_page(), lab.folder("late", "harrow-bend")
    page.add_init_script(LATE)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    sheet = lab.open(page, folder, "02-purpose").sheet(PURPOSE.title)
    for words in ("typed first", "typed next"):
        write(sheet, LEARNERS, words)
        assert wait_until(page, lambda words=words: is_saved(folder, words))
        sheet.saved()
    assert any("Failed to initialize model" in trouble for trouble in troubles), "it did not begin late"
    context.close()
