"""Somebody who types fast does not make a write of every key, and the last key is saved without a further one."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Page, expect

from ctekit import worksheets
from ctekit.store import open_store
from tests.browser.conftest import WAIT, Lab
from tests.browser.driver import SAVED

pytestmark = pytest.mark.browser

PURPOSE = worksheets.called("purpose")
KEYS = "high-school learners in three counties, and those who left it"[:60]
PAUSE = 0.4
"""Seconds, as in widgets/js/autosave.js: no two writes are closer."""


def test_sixty_keys_make_a_few_writes_and_the_last_is_durable(lab: Lab, page: Page) -> None:
    folder = lab.folder("burst")
    sheet = lab.open(page, folder, "02-purpose").sheet(PURPOSE.title)
    sheet.control(PURPOSE.question("learners").title).click()
    began = time.monotonic()
    page.keyboard.type(KEYS)
    typing = time.monotonic() - began
    store = open_store(folder / "partnership.ctekit")
    until = time.monotonic() + WAIT / 1000
    written: list[object] = []
    # The focus stays, and no key follows: only the pause can have sent the last one.
    while KEYS not in written and time.monotonic() < until:
        page.wait_for_timeout(50)
        written = [revision.value for revision in store.history("purpose", "", "learners")]
    store.close()
    assert len(KEYS) == 60
    assert written[-1:] == [KEYS]
    assert len(written) <= 2 + typing / PAUSE, written  # on a slow computer there are pauses between the keys
    expect(sheet.status).to_have_text(SAVED)
