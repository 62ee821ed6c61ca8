"""One phone counts as one person, whatever else runs on the computer."""

from __future__ import annotations

import os
import shutil
import socket
import stat
from pathlib import Path

import httpx

from ctekit import room, rounds
from ctekit.jupyter.partnership import Partnership
from ctekit.room import running, server
from tests.room.conftest import Opened
from tests.waiting import until


def test_who_has_joined_once_follows_from_round_to_round_under_another_name_in_each(opened: Opened) -> None:
    phone = opened.phone().join()
    phone.send(answers={"2.1": "3"})
    first = opened.respondent(phone)
    vote = rounds.take_up(opened.store, "fist", title="We go on")
    assert room.start(opened.folder, vote.id).link == opened.handle.link, "one room, one address, one code"
    assert "We go on" in phone.says(phone.client.get("/room/"))
    phone.look()
    phone.send(fist="4")
    opened.round = vote
    assert opened.of(phone) == [("fist", 4)]
    assert opened.respondent(phone) != first
    opened.handle.act("show")
    assert "Please wait, and look at the wall" in phone.look()


def test_a_form_of_the_round_before_is_not_counted_in_the_next(opened: Opened) -> None:
    phone = opened.phone().join()
    opened.handle.act("close")
    again = rounds.open_round(opened.store, "purpose")
    opened.handle.act("show", round=again.id)
    late = phone.send(answers={"2.1": "3"})
    assert late.status_code == 410
    assert "The room has gone on" in phone.says(late)
    assert opened.handle.now()["activity"]["answered"] == 0


def test_two_partnerships_whose_rounds_bear_the_same_number_are_two_rooms(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    second = Opened(tmp_path / "second")
    try:
        assert second.round.id == opened.round.id
        phone, there = opened.phone().join(), second.phone()
        there.client.cookies = phone.client.cookies
        there.join()
        assert "Question 1 of 4" in phone.says(phone.client.get("/room/"))
        assert "Question 1 of 4" in there.says(there.client.get("/room/"))
    finally:
        second.end()


def test_a_second_notebook_finds_the_room_that_runs(opened: Opened) -> None:
    second = room.start(opened.folder, opened.round.id)
    assert (second.link, second.process) == (opened.handle.link, None)
    written = (opened.folder / running.NAME).stat().st_mode
    assert os.name == "nt" or stat.S_IMODE(written) == 0o600


def test_the_room_of_a_folder_that_was_copied_is_not_taken_for_its_own(opened: Opened, tmp_path: Path) -> None:
    there = shutil.copytree(opened.folder, tmp_path / "copy", ignore=lambda *_: ["copy"])
    assert room.find(opened.folder)
    assert room.find(there) is None


def test_a_round_that_is_opened_in_a_notebook_is_before_the_phones_by_itself(opened: Opened) -> None:
    phone = opened.phone().join()
    rounds.close(opened.store, opened.round.id)
    rounds.open_round(opened.store, "exit")
    until(lambda: "worth the time" in phone.look(), "the room looks again and again")


def test_answers_leave_at_once_on_a_connection_that_is_kept() -> None:
    # asyncio sets TCP_NODELAY only where the socket says that it speaks TCP; without, each page waits for 40 ms.
    (sock,) = server.listen(["127.0.0.1"], 0, strict=True)
    with sock:
        assert sock.proto == socket.IPPROTO_TCP


def test_a_store_that_cannot_be_read_is_told_on_the_phone(opened: Opened) -> None:
    phone = opened.phone().join()
    file = opened.store.path
    away = file.rename(file.with_suffix(".away"))
    try:
        answer: httpx.Response = phone.send(answers={"2.1": "3"})
        assert answer.status_code == 503
        assert "Not kept yet" in phone.says(answer)
    finally:
        away.rename(file)
    assert phone.send(answers={"2.1": "3"}).is_success
    assert opened.numbers()["answered"] == 1


def test_before_the_reveal_nobody_is_told_an_answer_nor_who_came_when(opened: Opened) -> None:
    names = []
    for level in "3102":
        phone = opened.phone().join()
        phone.send(answers={"2.1": level, "2.2": "?"})
        names.append(phone.name)
    partnership = Partnership(opened.folder)
    desk = partnership.rate("purpose").live()
    desk.draw()
    texts = [
        opened.phone().join().page,
        str(opened.numbers()),
        desk.draw(),
        str(desk.get_state()),
        str(partnership.ratings()),
        str(partnership.book.rounds()),
        str(opened.store.rounds()),
        str(opened.store.history()),
    ]
    for text in texts:
        assert not any(name in text for name in names)
        assert " checked" not in text
    assert len(partnership.ratings()) == 0
    assert partnership.book.rounds() == ()
