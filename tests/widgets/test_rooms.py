"""The room as a notebook's panels see it: there, or not, and never an error in a panel's place."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ctekit.model.errors import CtekitError
from ctekit.widgets.rooms import Rooms


def test_a_room_that_ends_just_after_it_was_found_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def now() -> dict[str, Any]:
        raise CtekitError("The room does not answer.")

    monkeypatch.setattr("ctekit.room.find", lambda _: SimpleNamespace(now=now))
    assert Rooms(tmp_path).now() is None
