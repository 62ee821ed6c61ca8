"""Rating in the notebook, without a browser: alone, from paper, by phones; secret until revealed; then to actions."""

from __future__ import annotations

import json
import re
import shutil
import time
from pathlib import Path
from typing import Any

import html5lib
import pytest

from ctekit import folder as folders
from ctekit import ratings, views
from ctekit.errors import ForPeople, NotFound
from ctekit.partnership import Partnership
from ctekit.ratings import SECTORS, Ballot
from ctekit.widgets.rate import Rate


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "hb"
    folders.make(folder, "", "harrow-bend")
    return folder


@pytest.fixture
def p(made: Path, tmp_path: Path) -> Partnership:
    return Partnership(shutil.copytree(made, tmp_path / "hb"))


@pytest.fixture
def desk(p: Partnership) -> Rate:
    """A round about the purpose, just opened."""
    made: Rate = p.desk("purpose")
    press(made, "open", name="Autumn", held_on="2026-10-07")
    return made


def press(desk: Rate, act: str, what: str = "", **typed: str) -> str:
    """Press a button with a form as the browser sends it; what is read out."""
    named = {f"{desk.name} {key.replace('_', '.') if key[0].isdigit() else key}": v for key, v in typed.items()}
    return desk.press(act, what, json.dumps(named))


def rate(desk: Rate, act: str, sector: str, *levels: str) -> str:
    return press(desk, act, desk.desk.respondent, sector=sector, **dict(zip(NAMES, levels, strict=False)))


NAMES = ("2.1", "2.2", "2.3", "2.4")


def text(html: str) -> str:
    page = f'<!doctype html><html lang="en"><head><title>P</title></head><body><main>{html}</main></body></html>'
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return " ".join("".join(tree.find("body").itertext()).split())


def sent(desk: Rate, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(desk, "send", lambda message, *_: found.append(message))
    return found


# What a page shows


def test_nothing_is_shown_before_a_round_is_revealed(p: Partnership) -> None:
    assert "No round has been rated yet." in views.rate(p.book, "purpose")
    held = ratings.open_round(p.store, "purpose")
    p.store.rate([Ballot(held.id, f"r{n}", "K-12", {"2.1": 4}) for n in range(6)])
    assert "No round has been rated yet." in views.rate(p.book, "purpose")
    ratings.reveal(p.store, held.id)
    assert "6 people answered" in text(views.rate(p.book, "purpose"))


def test_harrow_bends_round_is_read_by_element(p: Partnership) -> None:
    html = p.rate("value")._repr_html_()
    said = text(html.partition("</style>")[2])
    assert "Before the workshop, September 16, 2026: 22 people answered." in said
    assert said.index("4.1 Each partner can say") < said.index("What to talk about first")
    assert "5.1 Outsiders" not in html
    assert "Business says 1, schools say 3." in said
    assert [one.number for one in views.ratings.of(p.book, "communication")[-1].indicators] == [
        "5.1", "5.2", "5.3", "5.4",
    ]  # fmt: skip
    assert "No round has been rated yet." in views.rate(p.book, "quick")


def test_a_look_back_does_not_know_what_was_revealed_later(p: Partnership) -> None:
    assert len(p.book.rounds()) == 1
    assert p.book.as_of("2026-01-01").rounds() == ()
    assert "No round has been rated yet." in p.rate("value", as_of="2026-01-01")._repr_html_()


def test_round_against_round(p: Partnership) -> None:
    for level in (1, 3):
        held = ratings.open_round(p.store, "purpose", f"Round {level}", f"2026-1{level // 2}-01")
        p.store.rate([Ballot(held.id, f"r{n}", "K-12", {"2.1": level}) for n in range(5)])
        ratings.reveal(p.store, held.id)
    said = text(views.rate(p.book, "purpose"))
    assert "Since the round before" in said
    assert "13+2" in re.sub(r"\s", "", said)


def test_a_name_nobody_knows(p: Partnership) -> None:
    with pytest.raises(NotFound, match="Nothing called “purpos” can be rated"):
        p.rate("purpos")


def test_the_whole_shows_readiness_only_when_there_are_ratings(p: Partnership, tmp_path: Path) -> None:
    question = "Where do people say we stand"
    assert question in views.picture(p.book)
    assert "2 of 7 elements rated." in text(views.overview(p.book))
    folders.make(tmp_path / "new", "New")
    empty = Partnership(tmp_path / "new")
    assert question not in views.picture(empty.book)
    assert "rated" not in views.overview(empty.book)


# On this screen


def test_one_after_the_other_and_the_screen_is_blank_between(desk: Rate) -> None:
    press(desk, "screen")
    form = desk.draw()
    text(form)
    assert form.count('type="radio"') == 7 + 4 * 6
    assert "checked" not in form
    rate(desk, "send", "K-12", "3", "?", "", "1")
    blank = desk.draw()
    assert "Please hand over." in blank
    assert "radio" not in blank
    press(desk, "next")
    assert "checked" not in desk.draw()
    rate(desk, "send", "business & industry", "0")
    assert desk.partnership.store.answered(desk.held.id) == 2
    given = {(one.sector, one.field, one.code) for one in desk.partnership.store.ratings(desk.held.id)}
    assert given == {("K-12", "2.1", 3), ("K-12", "2.2", "?"), ("K-12", "2.4", 1), ("business & industry", "2.1", 0)}


def test_sent_twice_counts_once(desk: Rate) -> None:
    press(desk, "screen")
    who = desk.desk.respondent
    for _ in range(2):
        said = press(desk, "send", who, sector="K-12", **{"2.1": "3"})
    assert said == "These answers are kept."
    assert desk.partnership.store.answered(desk.held.id) == 1


@pytest.mark.parametrize(
    ("sector", "levels", "says"),
    [
        ("", ("3",), "Choose where the answers come from"),
        ("The mayor", ("3",), "Choose where the answers come from"),
        ("K-12", (), "Choose one answer at least"),
        ("K-12", ("7",), "“7” in line 1 is no level. Type 0 to 4, \\? for “I don’t know”, or nothing."),
        ("K-12", ("<b>",), "“<b>” in line 1 is no level"),
    ],
)
def test_what_cannot_be_counted_is_said_and_not_kept(
    desk: Rate, sector: str, levels: tuple[str, ...], says: str
) -> None:
    press(desk, "screen")
    with pytest.raises(ForPeople, match=says):
        rate(desk, "send", sector, *levels)
    assert desk.desk.mode == "screen", "the form stays as it is"
    assert desk.partnership.store.answered(desk.held.id) == 0


def test_a_round_closed_meanwhile_takes_nothing(desk: Rate) -> None:
    press(desk, "screen")
    ratings.close(desk.partnership.store, desk.held.id)
    with pytest.raises(ForPeople, match="The round is closed, so nothing more is counted"):
        rate(desk, "send", "K-12", "3")


# From paper


def test_paper_ballots_are_typed_one_after_the_other_and_the_last_can_be_mended(desk: Rate) -> None:
    press(desk, "paper")
    assert rate(desk, "key", "K-12", "3", "2") == "1 paper ballot kept."
    assert rate(desk, "key", "community", "1", "?", "0", "4") == "2 paper ballots kept."
    assert "Paper ballot 3" in text(desk.draw())
    press(desk, "again")
    html = desk.draw()
    assert "It takes the place of what was typed before." in html
    assert not re.search(r'class="ctekit-level"[^>]*value=', html), "what was typed is not shown again"
    assert rate(desk, "key", "community", "", "2") == "2 paper ballots kept."
    given = {(one.sector, one.field, one.code) for one in desk.partnership.store.ratings(desk.held.id)}
    assert given == {("K-12", "2.1", 3), ("K-12", "2.2", 2), ("community", "2.2", 2)}


def test_the_exit_ballot_asks_no_sector(p: Partnership) -> None:
    desk = p.desk("exit")
    press(desk, "open")
    press(desk, "paper")
    assert "I come from" not in desk.draw()
    press(desk, "key", desk.desk.respondent, useful="4", heard="3")
    assert p.store.answered(desk.held.id) == 1


# Secret, then revealed


def test_no_answer_can_be_seen_before_it_is_revealed(desk: Rate, p: Partnership) -> None:
    press(desk, "paper")
    for sector in SECTORS[:5]:
        rate(desk, "key", sector, "4", "4", "4", "4")
    for mode in ("menu", "screen", "paper", "door"):
        press(desk, mode)
        html = desk.draw()
        assert "median" not in html.lower()
        assert "<svg" not in html
    assert "5 answered" in (press(desk, "menu"), desk.draw())[1]
    assert len(p.ratings()["round"].unique()) == 1, "of Harrow Bend's own round"
    assert press(desk, "reveal") == "“Autumn” is revealed: 5 people answered."
    said = text(desk.draw())
    assert "Autumn, October 7, 2026: 5 people answered." in said
    assert "How far apart do our answers lie?" in said


def test_an_open_round_hides_the_results_of_earlier_ones(p: Partnership) -> None:
    desk = p.desk("quick")
    for _ in range(2):
        press(desk, "open")
        press(desk, "paper")
        press(desk, "key", desk.desk.respondent, sector="K-12", **{"1.1": "2"})
        assert "How to read this" not in desk.draw()
        press(desk, "menu")
        assert "How to read this" not in desk.draw()
        press(desk, "reveal")
        assert "How to read this" in desk.draw()


def test_nothing_to_reveal(desk: Rate) -> None:
    with pytest.raises(ForPeople, match="Nobody has answered yet"):
        press(desk, "reveal")
    assert press(desk, "close") == "“Autumn” is closed."
    assert "is closed" in text(desk.draw())
    press(desk, "new")
    press(desk, "open", name="Again")
    assert desk.held.name == "Again"


def test_a_wrong_date_is_said(p: Partnership) -> None:
    desk = p.desk("purpose")
    with pytest.raises(ForPeople, match="“soon” is not a date"):
        press(desk, "open", held_on="soon")


def test_what_people_typed_is_text(p: Partnership) -> None:
    desk = p.desk("purpose")
    press(desk, "open", name="<script>alert(1)</script>")
    assert "<script" not in desk.draw()
    text(desk.draw())


def test_running_the_cell_again_keeps_where_people_were(p: Partnership) -> None:
    desk = p.desk("purpose")
    press(desk, "open")
    press(desk, "paper")
    assert p.rate("purpose").live() is desk
    assert desk.desk.mode == "paper"
    assert p.rate("purpose", as_of="2026-01-01").live() is None


# Live, without a rerun


def test_numbers_come_by_themselves_and_leave_the_form_alone(desk: Rate, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.draw()
    desk.refresh()
    messages = sent(desk, monkeypatch)
    desk.refresh()
    assert messages == []
    desk.partnership.store.rate([Ballot(desk.held.id, "r1", "K-12", {"2.1": 2})])
    desk.refresh()
    assert messages == [{"parts": {f"{desk.name}-live": "1 answered"}}]
    ratings.start_timer(desk.partnership.store, desk.held.id, 3)
    desk.refresh()
    assert re.fullmatch(r"1 answered; [23]:\d\d left", messages[-1]["parts"][f"{desk.name}-live"])
    ratings.reveal(desk.partnership.store, desk.held.id)
    desk.refresh()
    assert "1 person answered" in text(messages[-1]["html"]), "revealed elsewhere, such as in a terminal"


class Room:
    """Stands for a room that runs."""

    address, code = "http://192.0.2.7:8100/", "ABC234"
    shared = running = True

    def qr(self, scale: int) -> str:
        return f'<svg data-scale="{scale}"></svg>'

    def numbers(self) -> dict[str, Any]:
        return {"joined": 3, "answered": 0}

    def stop(self) -> None:
        self.running = False


def test_the_room_shows_address_code_and_who_joined(
    desk: Rate, p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room()

    def opened(round_id: str, share: bool) -> Room:
        p.rooms[round_id] = room
        return room

    monkeypatch.setattr(p, "open_room", opened)
    press(desk, "door")
    assert "travels unencrypted" in desk.draw()
    press(desk, "share")
    html = desk.draw()
    for what in (room.address, room.code, "<svg", "3 joined, 0 answered", "Reveal the answers"):
        assert what in html
    text(html)
    desk.refresh()
    messages = sent(desk, monkeypatch)
    room.running = False
    desk.refresh()
    assert "The room has stopped. Open it again" in text(messages[-1]["html"])


# To actions


def test_a_low_or_split_answer_becomes_an_action_with_owner_and_date(p: Partnership) -> None:
    desk = p.desk("value")
    html = desk.draw()
    assert "2 answers low, split, or seen differently" in text(html)
    assert 'data-what="4.1"' in html
    assert 'data-what="4.2"' not in html
    press(desk, "action", "4.3")
    assert "Bring 4.3 to “Written down”" in text(desk.draw())
    said = press(desk, "save", "4.3", action="Write down whom to tell", owner="s-3", by="2026-10-15")
    row = re.fullmatch(r"Saved as (act-\d+) in the plan\.", said)
    assert row
    action = p["plan"].actions[-1]
    assert (action.id, action.action, action.owner) == (row[1], "Write down whom to tell", "s-3")
    assert (action.element, action.finding) == ("value", "rating value/round-1/4.3")
    assert "Action: Write down whom to tell, by 2026-10-15" in text(desk.draw())
    with pytest.raises(ForPeople, match="This is an action already"):
        press(desk, "save", "4.3", action="Again")


def test_a_real_room_counts_who_joined_and_tells_its_phones_when_it_is_over(p: Partnership) -> None:
    httpx = pytest.importorskip("httpx")
    shown = p.room("purpose")
    desk = shown.live()
    room = p.rooms[desk.held.id]
    try:
        assert p.open_room(desk.held.id) is room, "opening it again takes the one that runs"
        assert room.address in desk.draw()
        origin = {"origin": room.address.rstrip("/"), "content-type": "application/x-www-form-urlencoded"}
        with httpx.Client(follow_redirects=True, trust_env=False, headers=origin) as phone:
            phone.post(room.link)
            assert "1 joined, 0 answered" in desk.draw()
            press(desk, "paper")
            rate(desk, "key", "K-12", "3")
            press(desk, "reveal")
            for _ in range(50):
                page = phone.get(f"{room.address}room/").text
                if "This round is closed" in page:
                    break
                time.sleep(0.1)
            assert "This round is closed" in page
        press(desk, "new")
        press(desk, "open")
        assert not room.running, "a new round ends the room of the one before"
    finally:
        room.stop()
