"""What all tests share: an empty store, and a real browser for each file."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from ctekit.model.paths import STORE_FILE
from ctekit.store import Store
from ctekit.store.pointer import VARIABLE
from ctekit.widgets import watcher
from tests.browser.find_browser import find
from tests.schedule import pytest_xdist_make_scheduler as pytest_xdist_make_scheduler
from tests.stores import create

os.environ.pop(VARIABLE, None)  # no test may write into the hub of whoever runs it
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # as ctekit.cli.commands: a second for nothing

settings.load_profile("ci")  # Hypothesis's own: the same examples in each run, with no limit to the time of one

MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):  # thousands of saves would each wait for a disk
    _about = os.statvfs(MEMORY)
    if _about.f_bavail * _about.f_frsize > 4 * 2**30 and not _about.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

WAIT = 20_000
"""Milliseconds: how long a page may take for one step on a busy computer before the test gives up."""

expect.set_options(timeout=WAIT)  # also of a file that runs alone

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session", autouse=True)
def no_watcher() -> Iterator[None]:
    """No thread draws what a test has open between two of its steps: each test looks for changes itself."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(watcher, "_watch", lambda: None)
        yield


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One for each file: no page that another file left open goes on beside it, and none grows old."""
    path = find()
    if path is None:
        pytest.fail("No browser was found. Run `make browser` first.")
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = create(tmp_path / STORE_FILE)
    yield store
    store.close()


LONG = (
    "test_additions",
    "test_harrow_bend",
    "test_saving",
    "test_grid",
    "test_run",
    "test_fuzz",
    "browser",
    "room",
    "test_terminal",
    "test_wheel",
    "test_sheet_jams",
)

MARKS = {
    "browser": "browser",
    "lab": "slow",
    "opened": "slow",
    "shared": "slow",
    "rooms": "slow",
    "room": "slow",
    "day": "slow",
    "card": "slow",
    "slipped": "slow",
    "wheel": "slow",
    "site": "slow",
}
"""What a test is marked as that uses such a fixture: `make quick` leaves it out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a server, and put the longest files first, so that no worker is left with one."""

    def rank(item: pytest.Item) -> int:
        return next(
            (at for at, name in enumerate(LONG) if name in item.path.parts or item.path.stem == name), len(LONG)
        )

    for item in items:
        parameters = item.callspec.params if hasattr(item, "callspec") else ()  # one may be called as a fixture is
        for fixture in MARKS.keys() & set(getattr(item, "fixturenames", ())) - set(parameters):
            item.add_marker(MARKS[fixture])
    items.sort(key=rank)


def pytest_collection() -> None:
    """Collect no garbage while tests are collected: all of it stays to the end."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Have the garbage collector pass over that, and look seldom at what the tests make: it took a sixth of the run."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()
