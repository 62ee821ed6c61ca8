"""What a room knows of its day: it tells of a change without counting all answers anew at each look."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ctekit import rounds
from ctekit.ratings import Ballot, new_respondent
from ctekit.room import state
from ctekit.room.state import Room
from ctekit.store import StoreError, open_store
from tests.stores import harrow_bend


def follow(room: Room) -> None:
    """Let a room follow its store to the end, in a thread: a browser of earlier tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, asyncio.wait_for(room.look(), 60)).result(90)


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


@pytest.mark.parametrize(
    "fault", [PermissionError("locked by another program"), StoreError("busy"), KeyError("a fault")]
)
def test_a_look_that_fails_is_followed_by_the_next_and_by_the_end_of_the_day(tmp_path: Path, fault: Exception) -> None:
    harrow_bend(tmp_path / "ours")
    with contextlib.closing(open_store(tmp_path / "ours" / "partnership.ctekit")) as store:
        room = Room(store, store.door("day"), "token")
        answers: list[bool | Exception] = [fault, True, True, False]

        def may_go_on() -> bool:
            answer = answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            if len(answers) == 2:
                rounds.open_round(store, "quick")
            return answer

        room.may_go_on = may_go_on
        follow(room)
        assert room.ended
        assert room.activity is not None, "what was opened elsewhere after the fault is before the phones"


@pytest.mark.parametrize("fault", [PermissionError("locked by another program"), KeyError("a fault")])
def test_a_store_that_cannot_be_read_once_is_looked_at_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    harrow_bend(tmp_path / "ours")
    with contextlib.closing(open_store(tmp_path / "ours" / "partnership.ctekit")) as store:
        room = Room(store, store.door("day"), "token")
        looks: list[None] = []
        read = store.latest

        def latest() -> int:
            looks.append(None)
            if len(looks) == 1:
                raise fault
            return read()

        monkeypatch.setattr(store, "latest", latest)
        room.may_go_on = lambda: len(looks) < 2
        follow(room)
        assert len(looks) == 2
