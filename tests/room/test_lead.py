"""The wall and the lead's view as a server gives them: who may see them, what a press does, what never stands there."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import html
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copyfile

import httpx
import pytest

from ctekit import workshop, workspace
from ctekit.ratings import SECTORS, Ballot, Round, new_respondent
from ctekit.room import RoomProcess
from ctekit.store import Edit
from ctekit.workshop.progress import read
from tests.room.served import Served, at, served

SCRIPT = [
    line
    for block in workshop.load("half-day").blocks
    for line in (*block.words, block.aim, *(step.do for step in block.steps), *(each.do for each in block.trouble))
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("lead") / "ours"
    workspace.make(place, "", "harrow-bend")
    return place / "partnership.ctekit"


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    copyfile(template, tmp_path / template.name)
    return tmp_path


@pytest.fixture
def room(folder: Path) -> Iterator[Served]:
    with served(folder, at(9)) as running:
        yield running


class Browser:
    """One screen's browser, without script."""

    def __init__(self, room: Served, screen: str) -> None:
        self.client = httpx.Client(
            base_url=room.base, headers={"origin": room.base}, follow_redirects=True, timeout=20, trust_env=False
        )
        self.first = self.client.get(room.address(screen))
        self.screen = screen

    def look(self) -> str:
        answer = self.client.get(f"/{self.screen}/")
        assert answer.status_code == 200
        return answer.text

    def words(self) -> str:
        return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", self.look()).split()))

    def press(self, act: str, status: int = 200, **fields: str) -> str:
        form = {"content-type": "application/x-www-form-urlencoded"}
        answer = self.client.post(f"/lead/do/{act}", content=str(httpx.QueryParams(fields)), headers=form)
        assert answer.status_code == status, answer.text
        return html.unescape(answer.text)


def answer_quick(room: Served, people: int) -> None:
    """So many people answer the open round alike, a third of them of each of three sectors."""
    round_ = room.room.activity.round
    ballots = [
        Ballot(round_.id, new_respondent(), SECTORS[number % 3], {question.field: 2 for question in round_.questions})
        for number in range(people)
    ]
    room.store.rate(ballots)
    until = time.monotonic() + 20
    while room.room.activity.answered < people and time.monotonic() < until:
        time.sleep(0.05)


def test_slips_are_called_slips_on_the_wall_and_on_the_buttons(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("open", about="slip")
    assert "0 slips kept" in lead.words()
    assert "Take no more slips" in lead.words()
    assert "Write on your phone what your organization gives and gets." in wall.words()
    lead.press("close")
    assert "Take slips again" in lead.words()
    assert "No more slips are taken" in wall.words()
    assert "Write on your phone" not in wall.words()
    assert not re.search("answers? (again|are taken)|no more answers", lead.words() + wall.words())


def test_a_round_that_was_closed_too_early_is_opened_again_unless_it_was_revealed(room: Served) -> None:
    lead = Browser(room, "lead")
    lead.press("open", about="quick")
    lead.press("close")
    assert "Take answers again" in lead.words()
    lead.press("reopen")
    assert room.room.activity.is_open
    assert "Take answers again" not in lead.words()
    older = dataclasses.replace(room.room.activity.round, reopened=0, state="closed")
    assert room.store.keep_round(older).state == "open", "who still has the view of before closes nothing"
    answer_quick(room, 6)
    lead.press("close")
    assert "No more answers are taken" in Browser(room, "wall").words()
    lead.press("reopen")
    assert room.room.activity.answered == 6, "what was answered before still counts"
    lead.press("reveal")
    assert "All have seen" in lead.press("reopen", 400)
    lead.press("set_aside", reason="we tried it")
    assert "Nothing is open in the room" in lead.press("reopen", 400)


def test_a_closed_round_is_found_again_after_phones_waited_and_after_the_room_was_started_anew(
    room: Served, folder: Path
) -> None:
    lead = Browser(room, "lead")
    lead.press("open", about="quick")
    round_id = room.room.activity.round.id
    answer_quick(room, 6)
    lead.press("close")
    lead.press("show")
    assert "Closed, not revealed: Quick round" in lead.words()
    with served(folder, at(9)) as again:
        other = Browser(again, "lead")
        assert "Closed, not revealed: Quick round" in other.words()
        other.press("show", round=round_id)
        assert "Closed, not revealed" not in other.words()
        other.press("reopen")
        assert again.room.activity.answered == 6
        other.press("close")
        other.press("set_aside", reason="we tried it")
        assert "Closed, not revealed" not in other.words()


def test_a_round_that_was_left_open_and_each_of_two_of_one_name_are_found_again(room: Served) -> None:
    lead = Browser(room, "lead")
    for sentence in ("All of us lead", "All of us lead", "We begin in May"):
        lead.press("open", about="fist", what=sentence)
        answer_quick(room, 6)
        lead.press("reveal")
        assert f"“Fist to five: {sentence}” is revealed" in lead.words()
    lead.press("open", about="fist", what="We meet on Mondays")
    answer_quick(room, 6)
    lead.press("open", about="exit")
    assert "We meet on Mondays" not in lead.words(), "nothing is taken off the phones by a wrong press"
    answer_quick(room, 6)
    lead.press("reveal")
    assert re.findall(r'id="past-[^"]+">(.*?)</button>', lead.look()) == [
        "Still open: Fist to five: We meet on Mondays",
        "What we said: Fist to five: We begin in May",
        "What we said: Fist to five: All of us lead (2)",
        "What we said: Fist to five: All of us lead",
    ]


def test_a_run_begun_late_shows_the_code_until_some_have_joined_and_the_lead_is_told(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("begin", path="half-day", start="8:56")
    assert "Why we are here" in lead.words()
    assert "Hardly a phone has joined" in lead.words()
    assert room.room.place.code in wall.words().replace(" ", "")
    lead.press("wall", picture="time")
    assert "Show on the wall: the code for phones" in lead.words(), "it is in sight, not folded away"
    lead.press("wall", picture="")
    room.room.joined |= {"one", "two", "three"}
    assert "Why we are here" in wall.words()
    assert "Hardly a phone has joined" not in lead.words()
    room.room.joined.clear()
    for _ in range(3):
        lead.press("next")
    assert room.room.place.code not in wall.words().replace(" ", ""), "a meeting on paper is not told of it for hours"


def test_where_no_phone_can_reach_the_room_nobody_is_asked_to_join(room: Served) -> None:
    room.room.place = dataclasses.replace(room.room.place, shared=False)
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("begin", path="half-day", start="8:56")
    assert "Only this computer can open the room's page" in lead.words()
    assert "Hardly a phone has joined" not in lead.words()
    assert "Why we are here" in wall.words()


def test_the_lead_is_told_at_the_start_what_the_day_will_need_and_later_only_what_is_near(tmp_path: Path) -> None:
    workspace.make(tmp_path / "blank")
    with served(tmp_path / "blank", at(9)) as room:
        lead = Browser(room, "lead")
        lead.press("begin", path="half-day", start="9:20")
        assert "name the organizations in the profile before you begin" in lead.words()
        assert lead.words().count("has to be typed by then") >= 3
        for _ in range(3):
            lead.press("next")
        assert "name the organizations" not in lead.words()
        room.store.save(
            [Edit("profile", "row", "", row="org-*"), Edit("profile", "name", "Lopes Welding", row="org-*")]
        )
        lead.press("begin", path="half-day", start="9:20")
        assert "name the organizations" not in lead.words()


def test_a_token_is_changed_for_a_cookie_and_stands_in_no_address_that_is_shown(room: Served) -> None:
    for screen in ("wall", "lead"):
        browser = Browser(room, screen)
        assert browser.first.status_code == 200
        assert str(browser.first.url) == f"{room.base}/{screen}/"
        assert room.room.passes.screens["wall"] not in browser.first.text
        assert room.room.passes.screens["lead"] not in browser.first.text


def test_nobody_sees_either_without_its_own_token(room: Served) -> None:
    wall = Browser(room, "wall")
    stranger = httpx.Client(base_url=room.base, headers={"origin": room.base}, trust_env=False)
    for client in (stranger, wall.client):
        for path in ("/lead/", "/lead/stream", f"/lead/{room.room.passes.screens['wall']}"):
            assert client.get(path).status_code == 404
        assert client.post("/lead/do/next", data={"minutes": "1"}).status_code == 404
    assert stranger.get("/wall/now").status_code == 404
    assert stranger.get("/wall/guess").status_code == 404


def test_another_site_cannot_press_a_button(room: Served) -> None:
    lead = Browser(room, "lead")
    answer = lead.client.post("/lead/do/begin", data={"path": "half-day"}, headers={"origin": "http://evil.example"})
    assert answer.status_code == 403
    assert room.room.progress.now is None


def test_the_lead_starts_goes_on_adds_skips_and_goes_back_without_script(room: Served, folder: Path) -> None:
    lead = Browser(room, "lead")
    assert "Start a run" not in lead.press("begin", path="half-day", start="9:00")
    assert "Now Why we are here 8:00 left" in lead.words()
    room.clock.pass_minutes(10)
    assert "2 min behind" in lead.words()
    lead.press("next")
    lead.press("add", minutes="5")
    assert "17:00 left" in lead.words()
    assert "7 min behind" in lead.words()
    lead.press("skip", block="not-do")
    assert "4 min behind" in lead.words()
    lead.press("put_back", block="not-do")
    lead.press("back")
    assert "Now Why we are here 2:00 over" in lead.words()
    assert read(folder) == room.room.progress.now


def test_two_leads_who_go_on_at_once_go_on_by_one_block(room: Served) -> None:
    lead, other = Browser(room, "lead"), Browser(room, "lead")
    lead.press("begin", path="half-day", start="9:00")
    (after,) = re.findall(r'name="after" value="([^"]+)"', lead.look())
    lead.press("next", after=after)
    now = room.room.progress.now
    assert "Somebody else has gone on" in other.press("next", 400, after=after)
    assert room.room.progress.now == now


def test_hours_are_said_as_hours(room: Served) -> None:
    lead = Browser(room, "lead")
    lead.press("begin", path="half-day", start="9:00")
    room.clock.pass_minutes(8 + 125)
    assert "2 h 5 min behind" in lead.words()


def test_what_cannot_be_done_says_why_and_changes_nothing(room: Served) -> None:
    lead = Browser(room, "lead")
    assert "is not a time of day" in lead.press("begin", 400, path="half-day", start="soon")
    assert "There is no path" in lead.press("begin", 400, path="whole-day")
    assert "No run has started" in lead.press("next", 400)
    lead.press("begin", path="half-day", start="9:00")
    assert "is no number of minutes" in lead.press("add", 400, minutes="some")
    assert "over, or not in this agenda" in lead.press("skip", 400, block="doors-2")
    assert "no such picture" in lead.press("wall", 400, picture="../../etc")
    assert "Now Why we are here 8:00 left" in lead.words()


def test_the_run_goes_on_where_it_was_when_the_room_is_started_again(room: Served, folder: Path) -> None:
    lead = Browser(room, "lead")
    lead.press("begin", path="half-day", start="9:00")
    lead.press("next")
    with served(folder, room.clock.moment + datetime.timedelta(minutes=3)) as again:
        assert "Now Rate alone: seven statements 9:00 left" in Browser(again, "lead").words()
        assert "9:00" in Browser(again, "wall").words()


def test_a_run_of_another_day_is_over(room: Served, folder: Path) -> None:
    Browser(room, "lead").press("begin", path="half-day", start="9:00")
    with served(folder, at(9) + datetime.timedelta(days=14)) as later:
        assert "Start" in Browser(later, "lead").words()
        assert "Join with your phone" in Browser(later, "wall").words()


def test_the_picture_of_another_day_is_not_on_the_wall(room: Served, folder: Path) -> None:
    Browser(room, "lead").press("wall", picture="needs")
    assert "What we need" in Browser(room, "wall").words()
    with served(folder, at(9) + datetime.timedelta(days=1)) as later:
        assert "Join with your phone" in Browser(later, "wall").words()
        assert 'id="picture-moment" aria-pressed="true"' in Browser(later, "lead").look()


def test_a_round_opened_from_a_notebook_goes_on_the_wall_too(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    notebook = RoomProcess(room.room.place.address, "presenter")
    for act in ("open", "show", "reveal"):
        lead.press("wall", picture="needs")
        assert "What we need" in wall.words()
        notebook.act(act, about="quick", round=room.room.round_ids[-1], sure="1")
        assert "What we need" not in wall.words()


def test_a_reveal_with_too_few_answers_is_asked_about_first(room: Served) -> None:
    lead = Browser(room, "lead")
    lead.press("begin", path="half-day", start="9:00")
    lead.press("open", about="quick")
    asked = lead.press("reveal", 409)
    assert "0 people answered, and 3 are needed" in asked
    assert "Reveal all the same" in asked
    assert room.room.activity.round.state == "open"
    lead.press("reveal", sure="1")
    assert room.room.activity.round.state == "revealed"


def test_the_wall_shows_the_sentence_that_a_room_votes_on_beside_the_way_in(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("open", about="fist", what="purpose.sentence")
    sentence = room.room.activity.round.title
    for act in ("", "close"):
        if act:
            lead.press(act)
        assert sentence in wall.words()
        assert "vote" in re.findall(r'<main class="([^"]+)"', wall.look())[0]
        assert room.room.place.code in wall.words().replace(" ", "")
    lead.press("open", about="quick")
    assert sentence not in wall.words()


def test_the_wall_and_the_leads_view_speak_the_language_of_the_room(room: Served) -> None:
    room.store.save([Edit("profile", "languages", "Spanish, English")])
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    room.room.joined |= {"one", "two", "three"}
    lead.press("begin", path="half-day", start="9:00")
    assert '<html lang="es">' in wall.first.text
    for words in ("Ahora", "restantes", "hasta las 9:08 a. m.", "Qué decir", "Seguir:"):
        assert words in lead.words()
    assert "hasta las 9:08 a. m." in wall.words()
    lead.press("open", about="quick")
    assert "Ronda rápida" in wall.words()
    assert "Escanee el cuadrado" in wall.words()
    assert "0 personas respondieron, y hacen falta 3" in lead.press("reveal", 409)
    answer_quick(room, 6)
    lead.press("reveal")
    assert "6 personas respondieron" in wall.words()
    assert "Por escrito" in wall.words()
    for picture, words in (("needs", "Lo que necesitamos"), ("plan", "Nuestros próximos 90 días")):
        lead.press("wall", picture=picture)
        assert words in wall.words()


def test_a_round_that_should_not_count_is_set_aside_with_a_reason(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("begin", path="half-day", start="9:00")
    lead.press("open", about="quick")
    answer_quick(room, 6)
    lead.press("reveal")
    assert "Say why this round is set aside" in lead.press("set_aside", 400)
    lead.press("set_aside", reason="A rehearsal")
    assert "Quick round" not in wall.words()
    assert "<circle" not in wall.look()


def test_a_press_beside_one_round_changes_no_other_that_somebody_else_opened_meanwhile(room: Served) -> None:
    lead, other = Browser(room, "lead"), Browser(room, "lead")
    lead.press("open", about="quick")
    (round_id,) = set(re.findall(r'name="of" value="([^"]+)"', lead.look()))
    other.press("open", about="exit")
    for act in ("reveal", "close", "set_aside"):
        assert "changed meanwhile" in lead.press(act, 400, of=round_id, sure="1", reason="A rehearsal")
    assert room.room.activity.round.about == "exit"
    assert room.room.activity.is_open
    (round_id,) = set(re.findall(r'name="of" value="([^"]+)"', lead.look()))
    lead.press("set_aside", of=round_id, reason="A rehearsal")
    assert room.room.activity is None


def test_two_leads_who_open_the_same_at_once_open_one_round(room: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_round, both = room.room_store.keep_round, threading.Barrier(2)

    def slowly(round_: Round) -> Round:
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)  # as long as two may be at it
        return keep_round(round_)

    monkeypatch.setattr(room.room_store, "keep_round", slowly)
    leads = [Browser(room, "lead"), Browser(room, "lead")]
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda lead: lead.press("open", about="quick"), leads))
    opened = [round_.id for round_ in room.store.rounds() if round_.about == "quick" and round_.state == "open"]
    assert opened == [room.room.activity.round.id]


def test_the_wall_follows_the_moment_and_the_lead_can_put_something_else_there(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    assert "Join with your phone" in wall.words()
    room.room.joined |= {"one", "two", "three"}
    lead.press("begin", path="half-day", start="9:00")
    assert "Why we are here 8:00" in wall.words()
    lead.press("wall", picture="needs")
    assert "What we need" in wall.words()
    lead.press("open", about="quick")
    assert "Quick round" in wall.words()
    assert room.room.place.code in wall.words().replace(" ", "")
    answer_quick(room, 18)
    lead.press("reveal")
    assert "18 people answered" in wall.words()
    lead.press("wall", picture="agree")
    assert "What all sectors agree on" in wall.words()
    lead.press("next")
    assert "Who leads" in wall.words()
    assert room.room.activity is None


def test_the_code_stands_on_the_wall_while_people_come_in_and_the_clock_after_it(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("begin", path="half-day", start="9:20")
    assert "Show on the wall: the code for phones" in lead.words()
    assert room.room.place.code in wall.words().replace(" ", "")
    assert "20:00" in wall.words()
    lead.press("wall", picture="profile")
    assert room.room.place.code not in wall.words().replace(" ", "")
    lead.press("wall", picture="code")
    assert room.room.place.code in wall.words().replace(" ", "")
    room.room.joined |= {"one", "two", "three"}
    lead.press("next")
    assert "Why we are here" in wall.words()


def test_the_wall_goes_on_with_the_run_while_phones_still_answer(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("begin", path="half-day", start="9:00")
    lead.press("open", about="quick")
    lead.press("next")
    assert "0 answered" in wall.words(), "the block that is on now opens just this"
    lead.press("next")
    assert "Who leads" in wall.words()
    assert room.room.activity.is_open
    lead.press("skip", block="not-do")
    assert "“Quick round” is open" in lead.words()
    lead.press("wall", picture="")
    assert "0 answered" in wall.words()
    lead.press("skip")
    assert "One sentence" in wall.words()
    lead.press("wall", picture="")
    answer_quick(room, 6)
    lead.press("reveal")
    assert "6 people answered" in wall.words()


def test_when_the_time_is_up_both_screens_say_since_when(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    room.room.joined |= {"one", "two", "three"}
    lead.press("begin", path="half-day", start="9:00")
    assert "until 9:08 AM" in lead.words()
    room.clock.pass_minutes(20)
    assert "12:00 over since 9:08 AM" in lead.words()
    assert "Time is up since 9:08 AM" in wall.words()


def test_while_a_round_is_open_the_wall_says_until_when_its_part_of_the_meeting_goes(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("open", about="quick")
    assert "This part" not in wall.words(), "no run, no plan"
    lead.press("begin", path="half-day", start="9:00")
    assert "This part: until 9:08 AM" in wall.words()
    lead.press("timer", minutes="5")
    assert "This part" not in wall.words(), "one clock is enough"
    lead.press("open", about="exit")
    assert "This part: until 9:08 AM" in wall.words()
    room.clock.pass_minutes(20)
    assert "9:08" not in wall.words(), "whoever leads is told that it is late, not everybody"


def test_after_the_end_the_lead_reads_what_is_still_to_do_before_a_start(room: Served) -> None:
    lead = Browser(room, "lead")
    lead.press("begin", path="half-day", start="9:00")
    for _ in workshop.load("half-day").blocks[1:]:
        page = lead.press("next")
    assert "The run has ended" in page
    assert page.index("Within 48 hours") < page.index("Start another run") < page.index('id="begin"')
    lead.press("back")
    assert "Now Slack" in lead.words()


def test_after_the_end_phones_thank_until_something_is_open_again(room: Served) -> None:
    lead, phone = Browser(room, "lead"), httpx.Client(follow_redirects=True, headers={"origin": room.base})
    lead.press("begin", path="half-day", start="9:00")
    assert phone.post(room.link, headers={"content-type": "application/x-www-form-urlencoded"}).status_code == 200
    for _ in range(len(workshop.load("half-day").blocks) - 2):
        lead.press("next")
    assert "Please wait" in phone.get(f"{room.base}/room/").text
    turn = room.room.screens.turn
    lead.press("next")
    assert room.room.screens.turn > turn, "phones hear of it"
    assert "The meeting has ended" in phone.get(f"{room.base}/room/").text
    assert "thank you, the meeting has ended" in lead.words()
    lead.press("open", about="exit")
    assert "Send my answers" in phone.get(f"{room.base}/room/").text
    lead.press("show")
    lead.press("back")
    assert "Please wait" in phone.get(f"{room.base}/room/").text


def test_the_button_of_what_was_revealed_says_that_it_opens_another_round(room: Served) -> None:
    lead = Browser(room, "lead")
    lead.press("begin", path="half-day", start="9:00")
    lead.press("next")
    lead.press("open", about="quick")
    assert "a second time" not in lead.words()
    answer_quick(room, 6)
    lead.press("reveal")
    assert "Open: Quick round, a second time" in lead.words()
    lead.press("set_aside", reason="A rehearsal")
    assert "a second time" not in lead.words()


def test_what_was_revealed_can_be_put_on_the_wall_again(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("begin", path="half-day", start="9:00")
    lead.press("open", about="quick")
    answer_quick(room, 6)
    lead.press("reveal")
    round_id = room.room.activity.round.id
    assert "What we said:" not in lead.words()
    lead.press("next")
    assert "6 people answered" not in wall.words()
    assert "What we said: Quick round" in lead.words()
    lead.press("show", round=round_id)
    assert "6 people answered" in wall.words()
    lead.press("open", about="fist", what="purpose.sentence")
    assert "What we said:" not in lead.words(), "nothing is taken off the phones by a wrong press"


def test_a_timer_that_runs_calls_no_screen_and_a_new_one_calls_all(room: Served) -> None:
    lead = Browser(room, "lead")
    lead.press("open", about="quick")
    lead.press("timer", minutes="5")
    wait_for_seconds(room, 2)  # until the room has seen what was kept
    turn = room.room.changes.turn
    wait_for_seconds(room, 2)
    assert room.room.changes.turn == turn
    lead.press("timer", minutes="5")
    assert room.room.changes.turn > turn


def test_an_old_look_at_a_round_does_not_open_it_again(room: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = Browser(room, "lead")
    lead.press("open", about="quick")
    rounds_of, read, go_on = room.room_store.rounds, threading.Event(), threading.Event()

    def slowly() -> list[Round]:
        standing = rounds_of()
        if not read.is_set():
            read.set()
            go_on.wait(1)  # a busy disk: what was read is old before it is told
        return standing

    monkeypatch.setattr(room.room_store, "rounds", slowly)
    assert read.wait(20)
    lead.press("close")
    go_on.set()
    states = set()
    for _ in range(30):
        states.add(room.room.activity.round.state)
        time.sleep(0.01)
    assert states == {"closed"}


def wait_for_seconds(room: Served, seconds: int) -> None:
    """Until the timer has so many seconds less."""
    left, until = room.room.now().activity.left, time.monotonic() + 20
    while room.room.now().activity.left > left - seconds:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_no_answer_is_on_the_wall_before_it_is_revealed(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("open", about="quick")
    answer_quick(room, 12)
    for picture in ("everyone", "sectors", "agree"):
        lead.press("wall", picture=picture)
        assert "<circle" not in wall.look()
        assert "12" in wall.words() or "0 answered" in wall.words()
    lead.press("show")


def test_in_every_block_the_wall_holds_no_word_of_the_script_and_no_control(room: Served) -> None:
    lead, wall = Browser(room, "lead"), Browser(room, "wall")
    lead.press("begin", path="half-day", start="9:20")
    blocks = workshop.load("half-day").blocks
    pictures = ["", "code", "time", "sentence", "needs", "matrix", "asks", "plan", "questions"]
    for number, block in enumerate(blocks):
        page = lead.words()
        for line in block.words:
            assert " ".join(line.split()) in page
        lead.press("wall", picture=pictures[number % len(pictures)])
        shown, source = wall.words(), wall.look()
        assert not [line for line in SCRIPT if line and line in shown]
        assert not re.search(r"<(?:a|button|input|select|textarea|form|summary)\b", source)
        lead.press("next")
    assert "Thank you" in wall.words()
    assert "The run has ended" in lead.words()


def test_two_presses_of_a_wrong_kind_of_text_stay_text(room: Served) -> None:
    lead = Browser(room, "lead")
    page = lead.press("begin", 400, path="half-day", start="<script>alert(1)</script>")
    answer = lead.client.post("/lead/do/begin", data={"path": "half-day", "start": "<script>x"})
    assert "<script>x" not in answer.text
    assert "is not a time of day" in page
