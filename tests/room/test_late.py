"""The room goes on while somebody is amid an answer: it can be sent for a minute, and the lead sees how many."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ctekit import ratings, rounds
from ctekit.room.activity import Activity
from ctekit.room.late import SECONDS
from ctekit.room.unsent import HEARD_FOR
from ctekit.store import open_store
from ctekit.store.ballots import BallotRecord
from tests.room.conftest import Phone
from tests.room.served import Served, at, served
from tests.room.test_ideas import joined
from tests.room.test_lead import Browser
from tests.room.test_slip import carried, write
from tests.room.test_stream import hearing
from tests.stores import harrow_bend


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Served]:
    harrow_bend(tmp_path / "ours")
    with served(tmp_path / "ours", at(9)) as running:
        yield running


def open_exit_round(folder: Path) -> None:
    """A partnership with a round that was open before its room began."""
    harrow_bend(folder)
    with contextlib.closing(open_store(folder / "partnership.ctekit")) as store:
        rounds.open_round(store, "exit")


def amid(room: Served, about: str = "quick") -> tuple[Browser, Phone, str]:
    """A lead who opened something, a phone on which something stands, and the round."""
    lead = Browser(room, "lead")
    lead.press("open", about=about)
    phone = joined(room)
    assert phone.post("/room/begun", phone.hidden()).status_code == 204
    return lead, phone, room.room.activity.round.id


def test_what_was_not_sent_when_the_room_goes_on_can_be_sent_for_a_minute(room: Served) -> None:
    lead, phone, before = amid(room)
    lead.press("open", about="exit")
    assert "1 not sent yet of what was open before" in lead.words()
    sent = phone.send(answers={"1.1": "3"})
    assert sent.status_code == 200
    assert "Your answers are kept safely. The room has gone on" in phone.says(sent)
    assert room.store.answered(before) == 1
    assert room.store.answered(room.room.activity.round.id) == 0, "the next round has its own answers"
    assert "not sent yet of what was open before" not in lead.words()
    assert "worth the time" in phone.look(), "the phone goes on with what is open"


def test_after_that_minute_nothing_more_is_counted_and_the_phone_says_so(room: Served) -> None:
    lead, phone, before = amid(room)
    lead.press("show")
    room.clock.pass_minutes((SECONDS + 1) / 60)
    sent = phone.send(answers={"1.1": "3"})
    assert sent.status_code == 410
    assert "What you sent now was not counted" in phone.says(sent)
    assert room.store.answered(before) == 0
    assert "not sent yet of what was open before" not in lead.words()


def test_a_round_that_was_closed_or_set_aside_takes_nothing_late(room: Served) -> None:
    for end in (rounds.close, lambda store, round_id: rounds.set_aside(store, round_id, "a rehearsal")):
        lead, phone, before = amid(room)
        lead.press("open", about="exit")
        end(room.store, before)
        assert phone.send(answers={"1.1": "3"}).status_code == 410
        assert room.store.answered(before) == 0


def made_for(page: str) -> str:
    """What a page was made for: the phone goes on once another thing is open."""
    (screen,) = re.findall(r'data-screen="([^"]*)"', page)
    return screen


def test_a_phone_whose_answer_came_too_late_goes_on_with_what_is_open(room: Served) -> None:
    lead, phone, before = amid(room)
    lead.press("open", about="exit")
    rounds.close(room.store, before)
    sent = phone.send(answers={"1.1": "3"})
    assert "Please wait" in phone.says(sent)
    assert made_for(sent.text) != room.room.screen()


def test_a_phone_is_not_held_on_its_thanks_by_a_room_that_went_on_meanwhile(
    room: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, phone, before = amid(room)
    phone.send(answers={"1.1": "3"})
    given = Activity.given

    async def given_while_the_lead_goes_on(activity: Activity, respondent: str) -> BallotRecord:
        record = await given(activity, respondent)
        await asyncio.to_thread(lead.press, "open", about="exit")
        return record

    monkeypatch.setattr(Activity, "given", given_while_the_lead_goes_on)
    thanks = phone.client.get("/room/thanks")
    assert "Thank you" in phone.says(thanks)
    assert made_for(thanks.text) == f"{before} open"
    assert room.room.screen() != f"{before} open"


def test_phones_are_told_until_when_the_round_before_takes_something(room: Served) -> None:
    lead, phone, before = amid(room)
    with hearing(phone.client, "/room/now") as events:
        assert next(events)["late"] == []
        lead.press("show")
        assert next(events) == {"screen": "wait", "late": [before]}
        room.clock.pass_minutes((SECONDS + 1) / 60)
        assert next(events) == {"screen": "wait", "late": []}
        lead.press("show", round=before)
        assert next(events) == {"screen": f"{before} open", "late": []}
        lead.press("set_aside", round=before, reason="a rehearsal")
        assert next(events) == {"screen": "wait", "late": []}, "nothing of it is taken any more"


def test_a_phone_that_does_not_send_it_is_not_waited_for(room: Served) -> None:
    lead, phone, _ = amid(room)
    lead.press("open", about="exit")
    assert joined(room).post("/room/begun", {**phone.hidden(), "done": "1"}).status_code == 204
    assert "1 not sent yet of what was open before" in lead.words(), "nobody says it for somebody else"
    assert phone.post("/room/begun", {"form": phone.hidden()["form"], "done": "1"}).status_code == 204
    assert "not sent yet of what was open before" not in lead.words()


def test_a_reload_in_that_minute_shows_the_round_that_is_not_sent_and_then_goes_on(room: Served) -> None:
    lead, phone, before = amid(room)
    lead.press("open", about="exit")
    assert "worth the time" in joined(room).page, "another phone"
    assert f'data-screen="{before} open"' in phone.look()
    assert "worth the time" in phone.look(), "nothing stood on the page: this browser keeps nothing"


def test_a_lead_who_comes_back_finds_the_round_as_it_was(room: Served) -> None:
    lead, phone, before = amid(room)
    lead.press("open", about="exit")
    lead.press("show", round=before)
    assert "1 not sent yet" in lead.words()
    assert "of what was open before" not in lead.words()
    assert phone.send(answers={"1.1": "3"}).url.path == "/room/thanks"


def test_a_slip_that_was_read_back_is_kept_after_the_room_has_gone_on(room: Served) -> None:
    lead, phone, before = amid(room, ratings.SLIP)
    organization = next(iter(room.room.activity.slips.names))
    write(phone, organization=organization)
    lead.press("open", about="exit")
    kept = phone.post("/room/slip/keep", carried(phone))
    assert kept.url.path == "/room/late", kept.text
    assert len(rounds.slips_kept(room.store, before)) == 1


def test_a_page_of_what_was_open_before_asks_like_any_other_before_it_goes_on(room: Served) -> None:
    lead, phone, before = amid(room, ratings.SLIP)
    lead.press("open", about="exit")
    assert f'data-screen="{before} open"' in write(phone, organization="").text, "to be mended"
    organization = next(iter(room.room.late.find(before).slips.names))
    assert f'data-screen="{before} open"' in write(phone, organization=organization).text, "read back"


def test_a_slip_that_was_read_back_is_kept_however_late_until_its_round_is_closed(room: Served) -> None:
    lead, phone, before = amid(room, ratings.SLIP)
    organization = next(iter(room.room.activity.slips.names))
    write(phone, organization=organization)
    lead.press("open", about="exit")
    room.clock.pass_minutes((SECONDS + 1) / 60)
    sent = carried(phone)
    assert phone.post("/room/slip/keep", {**sent, "seen": "x"}).status_code == 403
    for _ in range(2):
        assert phone.post("/room/slip/keep", sent).url.path == "/room/late"
    assert len(rounds.slips_kept(room.store, before)) == 1
    rounds.close(room.store, before)
    assert phone.post("/room/slip/keep", {**sent, "gives": "Two more hosts"}).status_code == 410
    assert len(rounds.slips_kept(room.store, before)) == 1


def test_nobody_sends_late_for_somebody_else(room: Served) -> None:
    lead, phone, before = amid(room)
    lead.press("open", about="exit")
    stranger = joined(room)
    stranger.page = phone.page
    assert stranger.send(answers={"1.1": "3"}).status_code == 403
    assert room.store.answered(before) == 0


def test_who_has_left_with_something_on_the_phone_is_not_waited_for_all_round(room: Served) -> None:
    lead, phone, _ = amid(room)
    minute = HEARD_FOR.total_seconds() / 60
    room.clock.pass_minutes(minute / 2)
    assert phone.post("/room/begun", phone.hidden()).status_code == 204
    room.clock.pass_minutes(minute / 2 + 1)
    assert "1 not sent yet" in lead.words(), "it was heard again meanwhile"
    room.clock.pass_minutes(minute)
    assert "not sent yet" not in lead.words()
    assert phone.post("/room/begun", phone.hidden()).status_code == 204
    assert "1 not sent yet" in lead.words(), "whoever comes back counts again"


@pytest.mark.parametrize("press", ["close", "reveal"])
def test_a_room_that_was_started_anew_hears_its_phones_again_before_a_round_ends(tmp_path: Path, press: str) -> None:
    open_exit_round(tmp_path / "ours")
    with served(tmp_path / "ours", is_anew=True) as room:
        lead = Browser(room, "lead")
        assert "Phones are being heard again" in lead.words()
        assert "some phones have not been heard again" in lead.press(press, 409)
        assert room.room.activity.is_open
        room.clock.pass_minutes(1)
        assert "heard again" not in lead.words()
        lead.press("close")
        assert not room.room.activity.is_open


def test_what_is_closed_waits_for_no_phone_that_a_room_started_anew_has_not_heard(tmp_path: Path) -> None:
    open_exit_round(tmp_path / "ours")
    with served(tmp_path / "ours", is_anew=True) as room:
        lead = Browser(room, "lead")
        lead.press("close", sure="1")
        assert "heard again" not in lead.words() + lead.press("reveal", 409), "too few answered; nothing else is asked"


def test_a_room_that_opens_for_the_first_time_waits_for_nobody(tmp_path: Path) -> None:
    open_exit_round(tmp_path / "ours")
    with served(tmp_path / "ours") as room:
        lead = Browser(room, "lead")
        lead.press("close")
        assert not room.room.activity.is_open
