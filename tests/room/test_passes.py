"""One phone counts as one person, whatever else runs on the computer."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx

from ctekit import room, rounds
from ctekit.jupyter.partnership import Partnership
from ctekit.room import server
from tests.room.conftest import Opened, Phone


def test_two_rooms_on_one_computer_do_not_take_each_others_passes(opened: Opened) -> None:
    vote = rounds.take_up(opened.store, "fist", title="We go on")
    other = room.start(opened.folder, vote.id)
    try:
        phone = opened.phone().join()
        phone.send(answers={"2.1": "3"})
        in_vote = Phone(other)
        in_vote.client.cookies = phone.client.cookies  # one browser: cookies know no ports
        in_vote.join().send(fist="4")
        assert 'value="3" checked' in phone.look()
        phone.send(answers={"2.1": "1"})
        assert 'value="4" checked' in in_vote.look()
        assert (opened.handle.numbers()["answered"], other.numbers()["answered"]) == (1, 1)
    finally:
        other.stop()


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


def test_a_second_room_of_the_same_round_knows_the_phone_and_shows_what_it_sent(opened: Opened) -> None:
    phone = opened.phone().join()
    second = room.start(opened.folder, opened.round.id)
    try:
        phone.send(answers={"2.1": "3"})
        there = Phone(second)
        there.client.cookies = phone.client.cookies
        assert 'value="3" checked' in there.look()
        assert there.send(answers={"2.1": "2"}).url.path == "/room/thanks"
        assert 'value="2" checked' in phone.look()
        assert opened.of(phone) == [("2.1", 2)]
    finally:
        second.stop()


def test_the_pass_of_a_closed_round_is_taken_off_the_phone(opened: Opened) -> None:
    phone = opened.phone().join()
    phone.client.cookies.set("other", "stays", domain="127.0.0.1", path="/")
    opened.handle.close()
    assert "This round is closed" in phone.look()
    assert [cookie.name for cookie in phone.client.cookies.jar] == ["other"]


def test_answers_leave_at_once_on_a_connection_that_is_kept() -> None:
    # asyncio sets TCP_NODELAY only where the socket says that it speaks TCP; without, each page waits for 40 ms.
    (sock,) = server._listen(["127.0.0.1"], 0, strict=True)
    with sock:
        assert sock.proto == socket.IPPROTO_TCP


def test_a_store_that_cannot_be_read_is_told_on_the_phone(opened: Opened) -> None:
    phone = opened.phone().join()
    file = opened.store.path
    away = file.rename(file.with_suffix(".away"))
    try:
        answer: httpx.Response = phone.client.get("/room/")
        assert answer.status_code == 503
        assert "Not kept yet" in phone.says(answer)
    finally:
        away.rename(file)
    assert "Question 1 of 4" in phone.says(phone.client.get("/room/"))


def test_before_the_reveal_nobody_is_told_an_answer_nor_who_came_when(opened: Opened) -> None:
    names = []
    for level in "3102":
        phone = opened.phone().join()
        phone.send(answers={"2.1": level, "2.2": "?"})
        names.append(phone.respondent)
    partnership = Partnership(opened.folder)
    desk = partnership.rate("purpose").live()
    desk.draw()
    told = [
        opened.phone().join().page,
        str(opened.handle.numbers()),
        desk.draw(),
        str(desk.get_state()),
        str(partnership.ratings()),
        str(partnership.book.rounds()),
        str(opened.store.rounds()),
        str(opened.store.history()),
    ]
    for text in told:
        assert not any(name in text for name in names)
        assert " checked" not in text
    assert len(partnership.ratings()) == 0
    assert partnership.book.rounds() == ()
