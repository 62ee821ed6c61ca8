"""Kernel, server, page and network fail amid typing: what was called saved is on the disk, and the rest is not gone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.faults.browser import Person, a_person
from benchmarks.faults.run import KINDS, add_up, good, suffer, tell
from tests.browser.conftest import Lab

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def person(lab: Lab, browser: Browser) -> Iterator[Person]:
    """One page for all cases."""
    with a_person(lab, browser) as person:
        yield person


@pytest.fixture
def page(person: Person) -> Page:
    return person.page


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_is_lost_when(kind: str, person: Person, page: Page) -> None:
    suffered = list(suffer(person, 3, [kind]))
    figures = add_up(suffered)
    print(tell(figures))
    assert good(figures), "\n".join(run.line() for run in suffered)
