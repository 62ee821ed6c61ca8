"""What the tests of a hub share: facilitators, each with a role of their own and a folder."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from tests.stores import ADMINISTRATOR, VARIABLE


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a PostgreSQL they are left out, and say how to run them."""
    for item in items:
        if item.nodeid.startswith("tests/hub/"):
            item.add_marker("slow")
            if not ADMINISTRATOR:
                item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: make hub-test"))


@pytest.fixture
def owner() -> URL:
    """The address of the database, for the role that owns the tables."""
    return make_url(ADMINISTRATOR)


class Facilitator:
    """A user of the hub, with an address of their own.

    Attributes
    ----------
    name : str
        On the hub.
    url : sqlalchemy.URL
        With their role and password.
    folder : Path
        Their files.
    """

    def __init__(self, name: str, url: URL, folder: Path) -> None:
        self.name, self.url, self.folder = name, url, folder

    @property
    def role(self) -> str:
        """Of the database."""
        return str(self.url.username)

    @property
    def address(self) -> str:
        """For the environment."""
        return self.url.render_as_string(hide_password=False)

    @contextmanager
    def here(self) -> Iterator[Path]:
        """In this block we are this user."""
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = self.address
        try:
            yield self.folder
        finally:
            os.environ.pop(VARIABLE)
            if before:
                os.environ[VARIABLE] = before


@pytest.fixture
def facilitator(owner: URL, tmp_path: Path) -> Callable[[str], Facilitator]:
    """Makes a facilitator of a name; asked again, their server was started anew."""
    from ctekit.store.postgres import roles

    other = uuid.uuid4().hex[:8]

    def make(name: str) -> Facilitator:
        name = f"{name}-{other}"  # tests that run beside this one have others
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return Facilitator(name, roles.mint(owner, name), folder)

    return make
