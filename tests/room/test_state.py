"""What a room knows of its day: it tells of a change without counting all answers anew at each look."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctekit import rounds
from ctekit.ratings import Ballot, new_respondent
from ctekit.room import state
from ctekit.room.state import Room
from ctekit.store import open_store
from tests.stores import harrow_bend


def test_a_look_at_a_revealed_round_does_not_build_its_reveal_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harrow_bend(tmp_path / "ours")
    store = open_store(tmp_path / "ours" / "partnership.ctekit")
    round_ = rounds.open_round(store, "quick")
    store.rate([Ballot(round_.id, new_respondent(), "K-12", {"1.1": 2}) for _ in range(4)])
    room = Room(store, store.door("day"), "token")
    room.changed()
    turn = room.changes.turn
    assert room.activity is not None
    room.activity.look(rounds.reveal(store, round_.id))
    room.changed()
    assert room.changes.turn == turn + 1
    assert room.now().results is not None
    monkeypatch.setattr(state, "revealed", lambda _: pytest.fail("built for a look"))
    room.changed()
    assert room.changes.turn == turn + 1
    store.close()
