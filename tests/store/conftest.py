"""Every test of the store runs on SQLite; where `make hub-test` names a PostgreSQL, once more on that."""

from __future__ import annotations

import os

import pytest
from sqlalchemy import make_url

from tests.stores import ADMINISTRATOR, VARIABLE


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On both engines, but for what is about the file itself (marked so)."""
    if ADMINISTRATOR and {"engine", "store"} & set(metafunc.fixturenames):
        uses_a_store = {"store", "tmp_path"} & set(metafunc.fixturenames)
        is_of_file = not uses_a_store or metafunc.definition.get_closest_marker("file") is not None
        metafunc.parametrize("engine", ["sqlite"] if is_of_file else ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def address() -> str:
    """Of PostgreSQL, as a facilitator sees it, who may do little."""
    from ctekit.store.postgres import roles

    user = "tester-" + os.environ.get("PYTEST_XDIST_WORKER", "0")
    return roles.mint(make_url(ADMINISTRATOR), user).render_as_string(hide_password=False)


@pytest.fixture(autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where `tests.stores.create` keeps a partnership."""
    name: str = getattr(request, "param", "sqlite")
    if name == "postgresql":
        monkeypatch.setenv(VARIABLE, request.getfixturevalue("address"))
    return name
