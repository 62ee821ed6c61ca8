"""What phones, the wall and the lead's view hear of changes, and who hears nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from ctekit import room, rounds
from ctekit.model.errors import CtekitError
from tests.room.conftest import Opened


@contextmanager
def hearing(client: httpx.Client, path: str) -> Iterator[Iterator[Any]]:
    """What a stream tells, event after event."""
    with client.stream("GET", path, timeout=20) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield (json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data: "))


def test_phones_hear_what_is_open_now_and_nothing_else(opened: Opened) -> None:
    phones = [opened.phone().join() for _ in range(20)]
    vote = rounds.open_round(opened.store, "exit")
    with hearing(phones[0].client, "/room/now") as events:
        for event in events:  # the room finds by itself what was opened elsewhere
            if event["screen"] == f"{vote.id} open":
                break
        opened.handle.act("show", round=opened.round.id)
        assert next(events) == {"screen": f"{opened.round.id} open", "late": [vote.id]}
        began = time.monotonic()
        opened.handle.act("show", round=vote.id)
        assert next(events) == {"screen": f"{vote.id} open", "late": [opened.round.id]}
        print(f"a phone heard of it after {1000 * (time.monotonic() - began):.0f} ms")
        phones[1].look()
        phones[1].send(useful="4")
        opened.handle.act("close")
        assert next(events) == {"screen": f"{vote.id} closed", "late": [opened.round.id]}, "no count reaches a phone"


def test_the_wall_is_told_counts_before_the_reveal_and_answers_only_after_it(opened: Opened) -> None:
    address = room.find(opened.folder).screens()["wall"]
    with httpx.Client(base_url=opened.handle.address, follow_redirects=False, trust_env=False) as wall:
        assert wall.get("/wall/stream").status_code == 404
        assert wall.get("/wall/" + "0" * 32).status_code == 404
        answer = wall.get(address)
        assert (answer.status_code, answer.headers["location"]) == (303, "/wall/"), "no token stays in the address"
        with hearing(wall, "/wall/stream") as events:
            assert next(events)["joined"] == 0
            for level in "012":
                opened.phone().join().send(answers={"2.1": level})
            now = next(event for event in events if event["activity"]["answered"] == 3)
            assert (now["joined"], now["results"]) == (3, None)
            opened.handle.act("reveal")
            now = next(event for event in events if event["results"])
            shown = {item["number"]: item["everyone"]["levels"] for item in now["results"]["items"]}
            assert shown["2.1"] == [0, 1, 2]
        assert wall.get("/lead/stream").status_code == 404, "who sees the wall does not lead"


def test_a_phone_that_has_not_joined_hears_nothing(opened: Opened) -> None:
    assert opened.phone().client.get("/room/now").status_code == 403


def test_few_answers_are_revealed_only_when_that_is_confirmed(opened: Opened) -> None:
    opened.phone().join().send(answers={"2.1": "3"})
    with pytest.raises(room.RoomQuestion, match="1 person answered, and 3 are needed"):
        opened.handle.act("reveal")
    assert opened.handle.now()["activity"]["state"] == "open"
    assert opened.handle.act("reveal", sure=1)["activity"]["state"] == "revealed"


def test_nothing_of_a_rehearsal_reaches_the_partnership(opened: Opened) -> None:
    opened.handle.end()
    before = opened.store.path.read_bytes()
    opened.handle = room.start(opened.folder, rehearsal=True)
    assert opened.handle.act("open", about="exit")["rehearsal"]
    phone = opened.phone().join()
    phone.send(useful="4", heard="4")
    opened.handle.act("reveal", sure=1)
    opened.handle.end()
    assert opened.store.path.read_bytes() == before
    assert [round_.id for round_ in opened.store.rounds()] == [opened.round.id]


def test_a_round_that_is_set_aside_counts_in_nothing_and_stays_in_the_file(opened: Opened) -> None:
    for level in "0123":
        opened.phone().join().send(answers={"2.1": level})
    opened.handle.act("reveal")
    assert len(opened.store.ratings()) == 4
    with pytest.raises(CtekitError, match="Say why"):
        opened.handle.act("set_aside")
    assert opened.handle.act("set_aside", reason="a rehearsal")["activity"] is None
    assert opened.store.ratings() == []
    assert opened.store.counts() == {}
    assert opened.store.load().rounds() == ()
    assert rounds.newest(opened.store, "purpose") is None
    with pytest.raises(CtekitError, match="set aside and counts in nothing: a rehearsal"):
        rounds.results(opened.store, opened.round.id)
    assert [(round_.name, round_.set_aside) for round_ in opened.store.rounds()] == [
        ("Before the workshop", "a rehearsal")
    ]
