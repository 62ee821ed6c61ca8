"""The kernel is killed amid typing: what the status called saved is on the disk, and nearly all of it had been."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from benchmarks.faults import tell, through_the_browser
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("number", range(3))
def test_what_was_called_saved_outlives_a_kill(lab: Lab, page: Page, number: int) -> None:
    run = through_the_browser(lab, page, f"fault-{number}")
    assert tell("through the browser", [run]), run
