"""The wall and the lead's view of a room that does not answer, or that is over: they say so, each in its words."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ctekit import room, workspace

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    workspace.make(tmp_path / "ours")
    yield tmp_path / "ours"
    if running := room.find(tmp_path / "ours"):
        running.end()


def screens(browser: Browser, running: room.RoomProcess) -> tuple[Page, Page]:
    wall, lead = browser.new_page(), browser.new_page()
    wall.goto(running.screens()["wall"])
    lead.goto(running.screens()["lead"])
    return wall, lead


@pytest.mark.skipif(os.name == "nt", reason="Windows freezes no process by a signal")
def test_both_say_when_the_facilitators_computer_is_frozen_and_go_on_by_themselves(
    browser: Browser, folder: Path
) -> None:
    running = room.start(folder)
    wall, lead = screens(browser, running)
    field = lead.locator("main input:not([type=hidden]):visible").first
    field.fill("12")
    assert running.process is not None
    running.process.send_signal(signal.SIGSTOP)
    try:
        expect(wall.locator("#away")).to_have_text("The wall waits for the facilitator's computer.", timeout=30_000)
        expect(lead.locator("#away")).to_contain_text("ctekit does not answer", timeout=30_000)
        lead.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(lead.locator("#away")).to_be_in_viewport(ratio=1)
        for page in (wall, lead):
            words = page.evaluate_handle("document.getElementById('away').firstChild")
            page.wait_for_event("requestfailed", timeout=30_000)
            page.evaluate("new Promise((resolve) => setTimeout(resolve, 100))")
            assert words.evaluate("(node) => node.isConnected"), "a screen reader reads it once, not at each try"
    finally:
        running.process.send_signal(signal.SIGCONT)
    expect(wall.locator("#away")).to_be_empty(timeout=30_000)
    expect(lead.locator("#away")).to_be_empty(timeout=30_000)
    expect(field, "whoever types is told, too, and goes on typing").to_be_focused()
    expect(field).to_have_value("12")


def test_the_pages_of_a_rehearsal_say_that_it_is_over_though_the_real_room_is_up(
    browser: Browser, folder: Path
) -> None:
    running = room.start(folder, rehearsal=True)
    wall, lead = screens(browser, running)
    expect(wall.get_by_role("heading", level=1)).to_be_visible()
    running.end()
    real = room.start(folder)
    for page, what in ((wall, "open the wall anew"), (lead, "Open the lead's view anew")):
        expect(page.locator("#away")).to_contain_text(what, timeout=30_000)
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).id"
    assert wall.evaluate(middle) == "away", "no clock that stands"
    for page in screens(browser, real):
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("#away")).to_be_empty()


@pytest.mark.parametrize("rehearsal", [False, True], ids=["real", "rehearsal"])
def test_a_phone_amid_a_round_is_told_that_the_room_has_ended(browser: Browser, folder: Path, rehearsal: bool) -> None:
    running = room.start(folder, rehearsal=rehearsal)
    running.act("open", about="exit")
    phones = [browser.new_page(), browser.new_page()]
    for phone in phones:
        phone.goto(running.link)
        phone.get_by_role("button", name="Join").click()
        expect(phone.get_by_role("button", name="Send my answers")).to_be_visible()
    with phones[0].expect_response("**/room/begun"):
        phones[0].locator("label:has(input[value='4'])").first.click()
    wall, _ = screens(browser, running)
    expect(wall.locator(".counts")).to_contain_text("2 joined")
    running.end()
    kept = "Nothing of it is kept" if rehearsal else "What you sent is kept"
    for phone in phones:
        expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
        expect(phone.get_by_role("status")).to_contain_text(kept)
        expect(phone.get_by_role("button")).to_have_count(0)
    expect(phones[0].locator("main")).to_contain_text("What you had not sent by then does not count.")
    expect(phones[1].locator("main")).not_to_contain_text("had not sent")
    expect(wall.locator("#away")).to_contain_text("This meeting has ended", timeout=30_000)
