"""One phone is not always one person, does not always keep cookies, and a room has no more people than are in it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from ctekit import ratings, rounds
from ctekit.model.errors import CtekitError
from ctekit.room import RoomQuestion
from tests.room.conftest import Opened, Phone


def pass_on(phone: Phone) -> None:
    """Press "Somebody else answers on this phone"."""
    token = re.search(r'action="/room/else[^>]*>\s*<input type="hidden" name="form" value="([\w-]+)"', phone.page)
    assert token, phone.page
    phone.page = phone.post("/room/else", {"form": token[1]}).text


def answer(phone: Phone, level: str) -> None:
    sent = phone.send(answers={"2.1": level})
    assert sent.url.path == "/room/thanks", sent.text
    phone.page = sent.text


# Somebody else answers on this phone


def test_a_second_person_on_one_phone_gets_a_blank_ballot_and_counts(opened: Opened) -> None:
    phone = opened.phone().join()
    answer(phone, "3")
    assert "Change my answers" in phone.page
    assert "where groups see it differently" in phone.page
    first = phone.name
    pass_on(phone)
    assert phone.name != first
    assert " checked" not in phone.page
    answer(phone, "0")
    assert sorted(code for _, _, code in opened.standing()) == [0, 3]
    assert opened.numbers()["answered"] == opened.numbers()["joined"] == 2
    assert 'value="0" checked' in phone.look(), "the second one may change its own"
    assert 'value="3" checked' not in phone.page


def test_scanning_again_and_looking_again_stay_the_same_person_until_then(opened: Opened) -> None:
    phone = opened.phone().join()
    answer(phone, "3")
    assert 'value="3" checked' in phone.look()
    assert 'value="3" checked' in phone.join().page


def test_who_opens_the_address_on_the_phone_of_another_is_offered_a_blank_ballot(opened: Opened) -> None:
    phone = opened.phone().join()
    assert "Somebody else answers on this phone" not in phone.page
    answer(phone, "3")
    assert "Somebody else answers on this phone" in phone.join().page
    pass_on(phone)
    assert " checked" not in phone.page
    assert "Somebody else answers on this phone" not in phone.page
    answer(phone, "0")
    assert sorted(code for _, _, code in opened.standing()) == [0, 3]


def test_the_thanks_of_the_first_are_not_shown_to_the_second(opened: Opened) -> None:
    phone = opened.phone().join()
    answer(phone, "3")
    pass_on(phone)
    back = phone.client.get("/room/thanks")
    assert back.url.path == "/room/"
    assert "What you answered" not in back.text


def test_who_has_sent_nothing_cannot_pass_the_phone_on(opened: Opened) -> None:
    phone = opened.phone().join()
    first = phone.name
    assert phone.post("/room/else", {"form": phone.hidden()["form"]}).url.path == "/room/"
    assert phone.name == first
    assert phone.post("/room/else", {"form": "0" * 40}).status_code == 403
    stranger = opened.phone()
    assert stranger.post("/room/else", {"form": phone.hidden()["form"]}).status_code == 403
    assert opened.numbers()["joined"] == 1


def test_a_closed_round_is_passed_on_to_nobody(opened: Opened) -> None:
    phone = opened.phone().join()
    answer(phone, "3")
    opened.handle.act("close")
    pass_on(phone)
    assert "This round is closed" in phone.page


# A tick can be taken back


def test_an_answer_can_be_taken_back_before_and_after_it_is_sent(opened: Opened) -> None:
    phone = opened.phone().join()
    assert phone.says(phone.client.get("/room/")).count("No answer") == 4
    answer(phone, "3")
    phone.look()
    sent = phone.send(answers={"2.1": "", "2.2": "1"})
    assert "by when left out" in phone.says(sent)
    assert opened.of(phone) == [("2.2", 1)]


def test_a_round_is_not_ended_unasked_while_somebody_is_amid_an_answer(opened: Opened) -> None:
    phones = [opened.phone().join() for _ in range(4)]
    for phone in phones[:3]:
        answer(phone, "3")
    amid, handle = phones[3], opened.handle
    assert amid.post("/room/begun", {**amid.hidden(), "form": "forged"}).status_code == 204
    assert opened.phone().post("/room/begun", amid.hidden()).status_code == 403
    assert opened.numbers()["unsent"] == 0
    assert amid.post("/room/begun", amid.hidden()).status_code == 204
    assert opened.numbers()["unsent"] == 1
    for act in ("close", "reveal"):
        with pytest.raises(RoomQuestion, match="1 phone has answers that are not sent yet. They would not count"):
            handle.act(act)
    answer(amid, "2")
    assert amid.post("/room/begun", amid.hidden()).status_code == 204, "it came late, on a slow network"
    assert opened.numbers()["unsent"] == 0
    phones[0].look()
    phones[0].post("/room/begun", phones[0].hidden())
    assert opened.numbers()["unsent"] == 1, "a change that is not sent counts too"
    phones[0].page = phones[0].client.get("/room/thanks").text
    pass_on(phones[0])
    assert opened.numbers()["unsent"] == 0
    assert handle.act("reveal")["activity"]["state"] == "revealed"


@pytest.mark.slow  # a room of its own
@pytest.mark.parametrize(("about", "more"), [("fist", {"title": "We go on"}), ("exit", {}), ("quick", {})])
def test_a_whole_ballot_can_be_taken_back_and_counts_no_more(tmp_path: Path, about: str, more: dict[str, Any]) -> None:
    opened = Opened(tmp_path, about, **more)
    try:
        phone, other = opened.phone().join(), opened.phone().join()
        field = opened.round.questions[0].field
        for each in (phone, other):
            each.send(answers={field: "1"})
        phone.look()
        assert phone.send(answers={field: ""}).url.path == "/room/thanks"
        assert opened.of(phone) == []
        assert opened.numbers()["answered"] == 1
        phone.look()
        phone.send(answers={field: "2"})
        assert opened.numbers()["answered"] == 2
    finally:
        opened.end()


@pytest.mark.slow  # a room of its own
def test_a_vote_that_nobody_chose_in_is_told_of_no_answer_that_it_has_not(tmp_path: Path) -> None:
    opened = Opened(tmp_path, "fist", title="We go on")
    try:
        told = opened.phone().join().send(answers={"fist": ""}).text
        assert "Choose one answer at least. To give none, send nothing." in told
        assert "know" not in told
    finally:
        opened.end()


def test_a_blank_ballot_is_no_first_one(opened: Opened) -> None:
    phone = opened.phone().join()
    assert "Answer one question at least" in phone.says(phone.send(answers={"2.1": "", "2.2": ""}))


# A browser that keeps no cookies


@pytest.mark.parametrize("way", ["link", "code"])
@pytest.mark.parametrize(
    ("lang", "says"),
    [("en", "Your browser keeps no cookies"), ("es", "Su navegador no guarda cookies")],
)
def test_a_browser_without_cookies_is_told_so_and_what_to_do(shared: Opened, way: str, lang: str, says: str) -> None:
    phone = shared.phone()
    phone.client.event_hooks["request"] = [lambda request: request.headers.pop("cookie", None)]
    path, form = (shared.handle.link, {}) if way == "link" else ("/room/code", {"code": shared.handle.code})
    reply = phone.post(f"{path}?lang={lang}", form)
    assert reply.status_code == 400
    assert says in phone.says(reply)
    assert ("paper ballot" if lang == "en" else "boleta de papel") in phone.says(reply)


def test_the_mark_of_joining_does_not_stay_in_the_address(shared: Opened) -> None:
    phone = shared.phone()
    joined = phone.post(shared.handle.link, {})
    assert (joined.url.path, joined.url.query) == ("/room/", b"lang=en")


# No more phones than people


def test_more_phones_than_people_and_a_few_wait_for_the_facilitators_nod(opened: Opened) -> None:
    rounds.set_people(opened.store, opened.round.id, 4)
    phones = [opened.phone().join() for _ in range(6)]
    late, later = opened.phone().join(), opened.phone()
    later.page = later.post("/room/code", {"code": opened.handle.code}).text
    for phone in (late, later):
        assert "The facilitator will let you in" in phone.page
        assert "facilitator will let you in" in phone.look(), "looking again is no way around"
        assert phone.send(answers={"2.1": "0"}).status_code == 403
    assert phones[0].join().name, "whoever has joined can go on"
    answer(phones[0], "3")
    pass_on(phones[0])
    assert "The facilitator will let you in" in phones[0].page, "nor is there a way around by one phone"
    now = opened.handle.now()
    assert (now["people"], now["joined"], now["waiting"], now["activity"]["answered"]) == (4, 6, 3, 1)
    now = opened.handle.act("admit")
    assert (now["joined"], now["waiting"]) == (9, 0)
    late.look()
    answer(late, "2")
    assert "facilitator will let you in" in opened.phone().join().page, "a nod is for those who waited"


def test_the_number_holds_as_soon_as_it_is_said_and_for_passes_taken_before(opened: Opened) -> None:
    phones = [opened.phone().join() for _ in range(12)]
    rounds.set_people(opened.store, opened.round.id, 3)
    for phone in phones[:2]:
        answer(phone, "1")
    with ThreadPoolExecutor(10) as pool:
        sent = list(pool.map(lambda phone: phone.send(answers={"2.1": "4"}), phones[2:]))
    assert sorted({reply.status_code for reply in sent}) == [200, 403]
    assert len(opened.standing()) == opened.numbers()["answered"] == 5, "three people, and two to spare"
    phones[0].look()
    answer(phones[0], "0")
    assert sorted(code for _, _, code in opened.standing()) == [0, 1, 4, 4, 4], "an answer can still be changed"


def test_ballots_from_paper_take_places_too(opened: Opened) -> None:
    rounds.set_people(opened.store, opened.round.id, 3)
    keyed = [ratings.Ballot(opened.round.id, f"paper-{n}", "K-12", {"2.1": 2}) for n in range(5)]
    opened.store.rate(keyed)
    opened.again()
    assert opened.phone().join().send(answers={"2.1": "1"}).status_code == 403


@pytest.mark.parametrize("people", [0, -1, 2001, 10**9])
def test_a_number_that_is_no_room_is_said(opened: Opened, people: int) -> None:
    with pytest.raises(CtekitError, match="Give 1 to 2000 people"):
        rounds.set_people(opened.store, opened.round.id, people)


def test_a_round_that_is_closed_has_no_people_to_count(opened: Opened) -> None:
    opened.handle.act("close")
    with pytest.raises(CtekitError, match="is closed"):
        rounds.set_people(opened.store, opened.round.id, 20)
