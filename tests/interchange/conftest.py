"""Harrow Bend, made once; each test has a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctekit.model.paths import STORE_FILE
from ctekit.store import Store, open_store
from tests.stores import harrow_bend


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return harrow_bend(tmp_path_factory.mktemp("interchange") / "hb")


@pytest.fixture
def hb(template: Path, tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "hb").mkdir()
    store = open_store(shutil.copyfile(template, tmp_path / "hb" / STORE_FILE))
    yield store
    store.close()
