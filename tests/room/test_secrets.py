"""No page of the room holds anything that is for the facilitator only."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctekit import room, rounds
from ctekit.model.paths import STORE_FILE
from ctekit.store import open_store
from tests.room.conftest import Phone
from tests.secrets import found, plant

pytestmark = pytest.mark.slow  # each starts a room

ROUNDS = [
    ("value", ""),
    ("quick", ""),
    ("fist", "value"),
    ("dots", "recruitment.needs"),
    ("slip", ""),
    ("exit", ""),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("room") / "hb"
    plant(home)
    return home


@pytest.mark.parametrize(("about", "what"), ROUNDS, ids=[about for about, _ in ROUNDS])
def test_no_phone_is_shown_a_secret(home: Path, about: str, what: str) -> None:
    store = open_store(home / STORE_FILE)
    title, options = rounds.asked(store.load(), about, what) if what else ("", ())
    round_ = rounds.open_round(store, about, title=title, options=options)
    store.close()
    handle = room.start(home, round_.id)
    try:
        phone = Phone(handle).join()
        assert "<form" in phone.page
        assert not found(phone.page + phone.look())
    finally:
        handle.end()
