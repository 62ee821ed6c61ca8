"""Rating in the notebook, without a browser: alone, from paper, by phones; secret until revealed; then to actions."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import html5lib
import pytest

from ctekit import rounds, views, workspace
from ctekit.jupyter.partnership import Partnership
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.ratings import SECTORS, Ballot
from ctekit.store import Edit
from ctekit.widgets.rating import RatingPanel
from ctekit.widgets.rooms import Rooms
from tests.stores import harrow_bend, secret_ratings
from tests.waiting import until


@pytest.fixture(scope="module")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "hb"
    harrow_bend(folder)
    return folder


@pytest.fixture
def p(sample_folder: Path, tmp_path: Path) -> Partnership:
    return Partnership(shutil.copytree(sample_folder, tmp_path / "hb"))


@pytest.fixture
def desk(p: Partnership) -> RatingPanel:
    """A round about the purpose, just opened."""
    rating_panel: RatingPanel = p.rate("purpose").live()
    rating_panel._receive(None, {"seen": True, "view": "v"}, [])
    press(rating_panel, "open", name="Autumn", held_on="2026-10-07")
    return rating_panel


def press(desk: RatingPanel, act: str, what: str = "", **typed: str) -> str:
    """Press a button with a form as the browser sends it; what is read out."""
    named = {f"{desk.name} {key.replace('_', '.') if key[0].isdigit() else key}": v for key, v in typed.items()}
    return desk.press(act, what, json.dumps(named))


def rate(desk: RatingPanel, act: str, sector: str, *levels: str) -> str:
    return press(desk, act, desk.state.respondent, sector=sector, **dict(zip(NAMES, levels, strict=False)))


NAMES = ("2.1", "2.2", "2.3", "2.4")


def text(html: str) -> str:
    page = f'<!doctype html><html lang="en"><head><title>P</title></head><body><main>{html}</main></body></html>'
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return " ".join("".join(tree.find("body").itertext()).split())


def sent(desk: RatingPanel, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(desk, "send", lambda message, *_: messages.append(message))
    return messages


# What a page shows


def test_nothing_is_shown_before_a_round_is_revealed(p: Partnership) -> None:
    assert "No round has been rated yet." in views.rate(p.book, "purpose")
    round_ = rounds.open_round(p.store, "purpose")
    p.store.rate([Ballot(round_.id, f"r{n}", "K-12", {"2.1": 4}) for n in range(6)])
    assert "No round has been rated yet." in views.rate(p.book, "purpose")
    rounds.reveal(p.store, round_.id)
    assert "6 people answered" in text(views.rate(p.book, "purpose"))


def test_harrow_bends_round_is_read_by_element(p: Partnership) -> None:
    html = p.rate("value")._repr_html_()
    words = text(html.partition("</style>")[2])
    assert "Before the workshop, September 16, 2026: 22 people answered." in words
    assert words.index("4.1 Each partner can say") < words.index("What to talk about first")
    assert "5.1 Outsiders" not in html
    assert "Business says level 1 of 4, schools say 3." in words
    assert [indicator.number for indicator in views.ratings.of(p.book, "communication")[-1].indicators] == [
        "5.1", "5.2", "5.3", "5.4",
    ]  # fmt: skip
    assert "No round has been rated yet." in views.rate(p.book, "quick")


def test_a_look_back_does_not_know_what_was_revealed_later(p: Partnership) -> None:
    assert len(p.book.rounds()) == 1
    assert p.book.as_of("2026-01-01").rounds() == ()
    assert "No round has been rated yet." in p.rate("value", as_of="2026-01-01")._repr_html_()


def test_round_against_round(p: Partnership) -> None:
    for level in (1, 3):
        round_ = rounds.open_round(p.store, "purpose", f"Round {level}", f"2026-1{level // 2}-01")
        p.store.rate([Ballot(round_.id, f"r{n}", "K-12", {"2.1": level}) for n in range(5)])
        rounds.reveal(p.store, round_.id)
    words = text(views.rate(p.book, "purpose"))
    assert "Since the round before" in words
    assert "13+2" in re.sub(r"\s", "", words)


def test_a_name_nobody_knows(p: Partnership) -> None:
    with pytest.raises(NotFoundError, match="Nothing called “purpos” can be rated"):
        p.rate("purpos")


def test_the_whole_shows_readiness_only_when_there_are_ratings(p: Partnership, tmp_path: Path) -> None:
    question = "Where do people say we stand"
    assert question in views.picture(p.book)
    assert "2 of 7 elements rated." in text(views.overview(p.book))
    workspace.make(tmp_path / "new", "New")
    empty = Partnership(tmp_path / "new")
    assert question not in views.picture(empty.book)
    assert "rated" not in views.overview(empty.book)


# On this screen


def test_one_after_the_other_and_the_screen_is_blank_between(desk: RatingPanel) -> None:
    press(desk, "screen")
    form = desk.draw()
    text(form)
    assert form.count('type="radio"') == 7 + 4 * 7
    assert "checked" not in form
    rate(desk, "send", "K-12", "3", "?", "", "1")
    blank = desk.draw()
    assert "Please hand over." in blank
    assert "radio" not in blank
    press(desk, "next")
    assert "checked" not in desk.draw()
    rate(desk, "send", "business & industry", "0")
    assert desk.partnership.store.answered(desk.round.id) == 2
    answers = {
        (rating.sector, rating.field, rating.code) for rating in secret_ratings(desk.partnership.store, desk.round.id)
    }
    assert answers == {("K-12", "2.1", 3), ("K-12", "2.2", "?"), ("K-12", "2.4", 1), ("business & industry", "2.1", 0)}


def test_sent_twice_counts_once(desk: RatingPanel) -> None:
    press(desk, "screen")
    who = desk.state.respondent
    for _ in range(2):
        reply = press(desk, "send", who, sector="K-12", **{"2.1": "3"})
    assert reply == "These answers are kept."
    assert desk.partnership.store.answered(desk.round.id) == 1


@pytest.mark.parametrize(
    ("sector", "levels", "says"),
    [
        ("", ("3",), "Choose where the answers come from"),
        ("The mayor", ("3",), "“The mayor” is no sector. Choose one of: "),
        ("K-12", (), "Choose one answer at least"),
        ("K-12", ("7",), "“7” in line 1 cannot be counted. Type 0 to 4, \\? for “I don’t know”, or nothing."),
        ("K-12", ("<b>",), "“<b>” in line 1 cannot be counted"),
    ],
)
def test_what_cannot_be_counted_is_said_and_not_kept(
    desk: RatingPanel, sector: str, levels: tuple[str, ...], says: str
) -> None:
    press(desk, "screen")
    with pytest.raises(CtekitError, match=says):
        rate(desk, "send", sector, *levels)
    assert desk.state.mode == "screen", "the form stays as it is"
    assert desk.partnership.store.answered(desk.round.id) == 0


def test_a_round_closed_meanwhile_takes_nothing(desk: RatingPanel) -> None:
    press(desk, "screen")
    rounds.close(desk.partnership.store, desk.round.id)
    with pytest.raises(CtekitError, match="The round is closed, so nothing more is counted"):
        rate(desk, "send", "K-12", "3")


# From paper


def test_paper_ballots_are_typed_one_after_the_other_and_the_last_can_be_mended(desk: RatingPanel) -> None:
    press(desk, "paper")
    assert rate(desk, "key", "K-12", "3", "2") == "1 paper ballot kept."
    assert rate(desk, "key", "community", "1", "?", "0", "4") == "2 paper ballots kept."
    assert "Paper ballot 3" in text(desk.draw())
    press(desk, "again")
    html = desk.draw()
    assert "It takes the place of what was typed before." in html
    assert not re.search(r'class="ctekit-level"[^>]*value=', html), "what was typed is not shown again"
    assert rate(desk, "key", "community", "", "2") == "2 paper ballots kept."
    answers = {
        (rating.sector, rating.field, rating.code) for rating in secret_ratings(desk.partnership.store, desk.round.id)
    }
    assert answers == {("K-12", "2.1", 3), ("K-12", "2.2", 2), ("community", "2.2", 2)}


def test_the_exit_ballot_asks_no_sector(p: Partnership) -> None:
    desk = p.rate("exit").live()
    press(desk, "open")
    press(desk, "paper")
    assert "I come from" not in desk.draw()
    press(desk, "key", desk.state.respondent, useful="4", heard="3")
    assert p.store.answered(desk.round.id) == 1


# Secret, then revealed


def test_no_answer_can_be_seen_before_it_is_revealed(desk: RatingPanel, p: Partnership) -> None:
    press(desk, "paper")
    for sector in SECTORS[:5]:
        rate(desk, "key", sector, "4", "4", "4", "4")
    for mode in ("menu", "screen", "paper", "door"):
        press(desk, mode)
        html = desk.draw()
        assert "middle answer" not in html.lower()
        assert "<svg" not in html
    assert "5 answered" in (press(desk, "menu"), desk.draw())[1]
    assert len(p.ratings()["round"].unique()) == 1, "of Harrow Bend's own round"
    assert press(desk, "reveal") == "“Autumn” is revealed: 5 people answered."
    words = text(desk.draw())
    assert "Autumn, October 7, 2026: 5 people answered." in words
    assert "How far apart do our answers lie?" in words


def test_an_open_round_hides_the_results_of_earlier_ones(p: Partnership) -> None:
    desk = p.rate("quick").live()
    for _ in range(2):
        press(desk, "open")
        press(desk, "paper")
        press(desk, "key", desk.state.respondent, sector="K-12", **{"1.1": "2"})
        assert "How to read this" not in desk.draw()
        press(desk, "menu")
        assert "How to read this" not in desk.draw()
        press(desk, "reveal", "sure")
        assert "How to read this" in desk.draw()


def test_nothing_to_reveal(desk: RatingPanel) -> None:
    with pytest.raises(CtekitError, match="Nobody has answered yet"):
        press(desk, "reveal")
    assert press(desk, "close") == "“Autumn” is closed."
    assert "is closed" in text(desk.draw())
    press(desk, "new")
    press(desk, "open", name="Again")
    assert desk.round.name == "Again"


def test_too_few_answers_are_asked_about_before_they_are_revealed(desk: RatingPanel) -> None:
    press(desk, "paper")
    for sector in SECTORS[:2]:
        rate(desk, "key", sector, "4")
    reply = press(desk, "reveal")
    assert reply.startswith("2 people answered, and 3 are needed to show anything")
    assert desk.round.state == "open"
    html = desk.draw()
    assert reply in text(html)
    assert "Not yet" in html
    press(desk, "menu")
    assert "Reveal the answers" in desk.draw(), "nothing has happened"
    press(desk, "reveal")
    press(desk, "close")
    press(desk, "reveal")
    assert "Reveal all the same" in desk.draw(), "a closed round is asked about too"
    assert press(desk, "reveal", "sure") == "“Autumn” is revealed: 2 people answered."
    assert "Reveal now?" not in desk.draw()


def test_a_question_about_one_round_is_not_asked_of_the_next(desk: RatingPanel) -> None:
    press(desk, "paper")
    rate(desk, "key", SECTORS[0], "4")
    press(desk, "reveal")
    assert "Reveal all the same" in desk.draw()
    store = desk.partnership.store
    rounds.close(store, desk.round.id)
    rounds.open_round(store, desk.round.about, "Winter")
    assert "Reveal all the same" not in desk.draw()
    assert desk.round.state == "open"
    press(desk, "screen")
    rounds.open_round(store, desk.round.about, "Spring")
    assert "Send my answers" not in desk.draw(), "what was ticked was meant for the round before"


def test_enough_answers_are_revealed_at_once(desk: RatingPanel) -> None:
    press(desk, "paper")
    for sector in SECTORS[:2]:
        rate(desk, "key", sector, "4")
    press(desk, "reveal")
    press(desk, "paper")
    rate(desk, "key", "K-12", "3")
    press(desk, "reveal")
    assert desk.round.state == "revealed"


def test_the_number_of_people_in_the_room_stands_beside_the_number_of_answers(desk: RatingPanel) -> None:
    assert "People in the room" in text(desk.draw())
    assert press(desk, "people", people="2") == "2 people are here. No more phones than 4 can join."
    assert 'value="2"' in desk.draw()
    press(desk, "paper")
    for sector in SECTORS[:3]:
        rate(desk, "key", sector, "4")
    press(desk, "menu")
    assert "3 answered, 2 people are here." in text(desk.draw())
    assert press(desk, "reveal") == "“Autumn” is revealed: 3 people answered, 2 people are here."
    assert "3 people answered, 2 people were here." in text(desk.draw())


@pytest.mark.parametrize("typed", ["", "0", "-3", "2.5", "many", "٣", "99999", "1e3", "<b>", "9" * 5000])
def test_what_is_no_number_of_people_is_said(desk: RatingPanel, typed: str) -> None:
    with pytest.raises(CtekitError, match=r"is no number of people|cannot be set\. Give 1 to 2000"):
        press(desk, "people", people=typed)
    assert desk.round.people == 0


def test_the_room_of_a_notebook_takes_the_number_of_people(p: Partnership, stood_for: Room) -> None:
    desk = p.room("quick", people=24).live()
    assert "0 answered, 24 people are here" in text(desk.draw())
    p.room("quick")
    assert desk.round.people == 24, "run again without a number, it stays"


def test_a_wrong_date_is_said(p: Partnership) -> None:
    desk = p.rate("purpose").live()
    with pytest.raises(CtekitError, match="“soon” is not a date"):
        press(desk, "open", held_on="soon")


def test_what_people_typed_is_text(p: Partnership) -> None:
    desk = p.rate("purpose").live()
    press(desk, "open", name="<script>alert(1)</script>")
    assert "<script" not in desk.draw()
    text(desk.draw())


def test_running_the_cell_again_keeps_where_people_were(p: Partnership) -> None:
    desk = p.rate("purpose").live()
    press(desk, "open")
    press(desk, "paper")
    assert p.rate("purpose").live() is desk
    assert desk.state.mode == "paper"
    assert p.rate("purpose", as_of="2026-01-01").live() is None


# Live, without a rerun


def test_numbers_come_by_themselves_and_leave_the_form_alone(
    desk: RatingPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.draw()
    desk.refresh()
    messages = sent(desk, monkeypatch)
    desk.refresh()
    assert messages == []
    desk.partnership.store.rate([Ballot(desk.round.id, "r1", "K-12", {"2.1": 2})])
    desk.refresh()
    assert messages == [{"parts": {f"{desk.name}-live": "1 answered"}}]
    rounds.start_timer(desk.partnership.store, desk.round.id, 3)
    desk.refresh()
    assert re.fullmatch(r"1 answered; [23]:\d\d left", messages[-1]["parts"][f"{desk.name}-live"])
    rounds.reveal(desk.partnership.store, desk.round.id)
    desk.refresh()
    assert "1 person answered" in text(messages[-1]["html"]), "revealed elsewhere, such as in a terminal"
    assert messages[-1]["said"] == f"“{desk.round.name}” is revealed.", "what was said when it was opened is so no more"


@pytest.mark.parametrize(("mode", "lost"), [("screen", True), ("paper", True), ("menu", False)])
@pytest.mark.parametrize("between", [False, True], ids=["at once", "with a look between"])
def test_who_was_amid_an_answer_is_told_that_it_is_gone(
    desk: RatingPanel, monkeypatch: pytest.MonkeyPatch, mode: str, lost: bool, between: bool
) -> None:
    press(desk, mode)
    desk.draw()
    desk.refresh()
    messages = sent(desk, monkeypatch)
    rounds.close(desk.partnership.store, desk.round.id)
    if between:
        desk.refresh()
    rounds.open_round(desk.partnership.store, desk.about)
    desk.refresh()
    event = "This round was closed elsewhere." if between else "Another round is open now."
    assert [message.get("said", "").startswith(event) for message in messages] == [lost, False][: 1 + between]


class Room:
    """Stands for a room that runs."""

    address, code = "http://192.0.2.7:8100/", "ABC234"
    shared = running = True
    process, token, round = None, "token", ""
    unsent, hearing = 0, False

    def qr(self, scale: int) -> str:
        return f'<svg data-scale="{scale}"></svg>'

    def stand_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Be what is opened, with the round before everybody that was opened last."""

        def opened(rooms: Rooms, round_id: str, *_: object) -> Room:
            rooms.process, self.round = self, round_id
            return self

        def now(rooms: Rooms) -> dict[str, Any] | None:
            activity = {"round": self.round, "unsent": self.unsent}
            shown = {"joined": 3, "activity": activity, "rehearsal": False, "hearing": self.hearing}
            return shown if rooms.process and self.running else None

        monkeypatch.setattr(Rooms, "open", opened)
        monkeypatch.setattr(Rooms, "now", now)


def test_the_room_shows_address_code_and_who_joined(
    desk: RatingPanel, p: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room()

    room.stand_in(monkeypatch)
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


@pytest.mark.parametrize(
    ("unsent", "hearing", "asked"),
    [(0, True, "Wait ten seconds, then press again"), (2, True, "2 phones have answers that are not sent yet")],
)
@pytest.mark.parametrize("act", ["close", "reveal"])
def test_before_a_round_ends_phones_are_waited_for(
    desk: RatingPanel, monkeypatch: pytest.MonkeyPatch, act: str, unsent: int, hearing: bool, asked: str
) -> None:
    desk.partnership.store.rate([Ballot(desk.round.id, f"r{n}", "K-12", {"2.1": 2}) for n in range(6)])
    room = Room()
    room.stand_in(monkeypatch)
    press(desk, "door")
    press(desk, "share")
    room.unsent, room.hearing = unsent, hearing
    assert asked in press(desk, act)
    assert desk.round.state == "open"
    press(desk, act, "sure")
    assert desk.round.state != "open"


# Votes and slips, from the notebook


@pytest.fixture
def stood_for(p: Partnership, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A room that stands for the one that would be opened."""
    room = Room()
    room.stand_in(monkeypatch)
    return room


def test_fist_to_five_is_voted_in_the_notebook(p: Partnership, stood_for: Room) -> None:
    sentence = p["purpose"].sentence
    shown = p.room("fist", "purpose.sentence", share=True, minutes=5)
    desk = shown.live()
    html = text(desk.draw())
    for words in (sentence, stood_for.address, stood_for.code, "3 joined, 0 answered; 5:00 left", "paper ballots"):
        assert words in html.replace("4:59", "5:00")
    assert p.room("fist", "purpose.sentence").live() is desk
    assert len([round_ for round_ in p.store.rounds() if round_.about == "fist"]) == 1, "the cell run again goes on"
    for level in ("1", "4", "5", "5"):
        press(desk, "screen")
        assert "I come from" not in desk.draw()
        assert "stranger" not in desk.draw()
        press(desk, "send", desk.state.respondent, fist=level)
    assert "4.5" not in desk.draw()
    press(desk, "reveal")
    results = text(desk.draw())
    assert f"{sentence.rstrip('.')}: middle answer 4.5" in results
    assert "median" not in results.lower()
    assert "1 showed fewer than three fingers. What would have to change for a three?" in results
    assert sentence in views.rate(p.book, "fist", "purpose")
    assert "No round has been rated yet." in views.rate(p.book, "fist", "roles")


def test_dots_are_given_on_this_screen_and_from_paper(p: Partnership, stood_for: Room) -> None:
    desk = p.room("dots", "purpose.clauses").live()
    press(desk, "screen")
    html = desk.draw()
    text(html)
    assert html.count('type="checkbox"') == len(p["purpose"].clauses) == 5
    assert "You have one dot." in html
    with pytest.raises(CtekitError, match="There are 2 dots here and 1 to give"):
        press(desk, "send", desk.state.respondent, **{"option-1": "1", "option-2": "1"})
    with pytest.raises(CtekitError, match="Choose one answer at least\\."):
        press(desk, "send", desk.state.respondent)
    press(desk, "send", desk.state.respondent, **{"option-2": "1"})
    press(desk, "paper")
    with pytest.raises(CtekitError, match="“0” in line 3 cannot be counted. Type 1 or nothing"):
        press(desk, "key", desk.state.respondent, **{"option-3": "0"})
    for option in ("option-2", "option-5"):
        press(desk, "key", desk.state.respondent, **{option: "1"})
    assert "Most dots first" not in desk.draw()
    press(desk, "reveal")
    second = p.book.name("clause-2")
    assert f"Most dots first {second.rstrip('.')}: 2 " in text(desk.draw())


def test_a_list_that_is_changed_while_it_is_voted_on_is_another_vote_afterwards(
    p: Partnership, stood_for: Room
) -> None:
    desk = p.room("dots", "purpose.clauses").live()
    first = desk.round
    p.change("purpose", "clause-1", promise="Another promise")
    assert p.room("dots", "purpose.clauses").live().round == first, "phones go on with what they see"
    press(desk, "paper")
    press(desk, "key", desk.state.respondent, **{"option-1": "1"})
    press(desk, "reveal")
    assert first.options[0].rstrip(".") in text(desk.draw()), "what was voted on, not what stands there now"
    p.room("dots", "purpose.clauses")
    assert desk.round.options[0] == "Another promise"
    press(desk, "paper")
    press(desk, "key", desk.state.respondent, **{"option-1": "1"})
    press(desk, "reveal")
    assert "Since the round before" not in desk.draw()


def test_slips_are_written_on_phones_and_counted_in_the_notebook(p: Partnership, stood_for: Room) -> None:
    desk = p.room("slip", share=True).live()
    html = text(desk.draw())
    assert stood_for.address in html
    assert "3 joined, 0 slips kept" in html
    for words in ("Key in paper", "on this screen", "Reveal", "No name is asked"):
        assert words not in html
    uid = f"slip-{desk.round.id}-1"
    p.store.save([Edit("value", "note", "from a phone", row="x-*", uid=f"{uid}.note")])
    assert "1 slip kept" in desk.draw()
    assert press(desk, "close") == "“Give-and-get slips” is closed."
    assert "Ask each partner to confirm" in text(desk.draw())
    assert "The slips stand in the worksheet of element 4." in text(desk.draw()) + views.rate(p.book, "slip")


def test_what_cannot_be_opened_is_said_in_a_sentence(p: Partnership) -> None:
    for words, says in (
        (("slips",), "Did you mean 'slip'"),
        (("fist",), "Say what is voted on, such as “purpose”"),
        (("dots", "purpose.sentence"), "The lists there are: purpose.clauses"),
        (("dots", "roles.tasks"), "2 to 12 options, and here are 16"),
    ):
        with pytest.raises(CtekitError, match=says):
            p.room(*words)
    assert p.rate("exit").live().rooms.process is None


def test_a_round_is_set_aside_with_a_reason_and_leaves_every_picture(desk: RatingPanel) -> None:
    for level in ("1", "2", "3"):
        press(desk, "paper")
        rate(desk, "key", "K-12", level)
    press(desk, "reveal")
    assert press(desk, "aside") == "Say why this round is set aside."
    assert "It stays in the file, with the reason." in text(desk.draw())
    with pytest.raises(CtekitError, match="Say why"):
        press(desk, "set_aside", reason=" ")
    assert "is set aside: it counts in no picture" in press(desk, "set_aside", reason="a rehearsal")
    assert "Open the round" in desk.draw()
    assert desk.round is None
    assert desk.results is None
    assert "a rehearsal" not in views.rate(desk.partnership.book, "purpose")
    assert re.search("Set aside: 1 round “.*”, [A-Z][a-z]+ .*: a rehearsal", text(desk.draw())), "the reason is found"


# To actions


def test_a_low_or_split_answer_becomes_an_action_with_owner_and_date(p: Partnership) -> None:
    desk = p.rate("value").live()
    html = desk.draw()
    assert "2 answers low, split, or seen differently" in text(html)
    assert "Make 4.1 an action Each partner can say what it gains" in text(html), "a number says nothing to a room"
    assert 'data-what="4.1"' in html
    assert 'data-what="4.2"' not in html
    press(desk, "action", "4.3")
    assert "Bring 4.3 to “Written down”" in text(desk.draw())
    reply = press(desk, "save", "4.3", action="Write down whom to tell", owner="s-3", by="2026-10-15")
    assert reply == "Saved in the plan: “Write down whom to tell”."
    action = p["plan"].actions[-1]
    assert (action.action, action.owner) == ("Write down whom to tell", "s-3")
    assert (action.element, action.finding) == ("value", "rating value/round-1/4.3")
    assert "Action: Write down whom to tell, by October 15, 2026" in text(desk.draw())
    with pytest.raises(CtekitError, match="This is an action already"):
        press(desk, "save", "4.3", action="Again")


@pytest.mark.slow  # a real room
def test_a_real_room_counts_who_joined_and_tells_its_phones_when_it_is_over(p: Partnership) -> None:
    httpx = pytest.importorskip("httpx")
    shown = p.room("purpose")
    desk = shown.live()
    room = desk.rooms.process
    try:
        assert desk.rooms.open(desk.round.id) is room, "opening it again takes the one that runs"
        assert room.address in desk.draw()
        origin = {"origin": room.address.rstrip("/"), "content-type": "application/x-www-form-urlencoded"}
        with httpx.Client(follow_redirects=True, trust_env=False, headers=origin) as phone:
            phone.post(room.link)
            until(lambda: "1 joined, 0 answered" in desk.draw(), "several panels of a notebook ask the room once")
            press(desk, "paper")
            rate(desk, "key", "K-12", "3")
            press(desk, "reveal", "sure")
            until(lambda: "This round is closed" in phone.get(f"{room.address}room/").text, "its phones are told")
        press(desk, "new")
        press(desk, "open")
        assert room.running, "the room goes on with the next round"
    finally:
        room.end()
