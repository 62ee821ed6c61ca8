"""The day's panel in a notebook: the agenda's activities by a button each, through the acts of the lead's view."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import ctekit
from ctekit.editing.protocol import ToPanel
from ctekit.jupyter import Partnership
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.ratings import Ballot, new_respondent
from ctekit.room.networks import Network
from ctekit.store import Edit
from ctekit.widgets.day_panel import DayPanel
from tests.protocol import fitting
from tests.stores import harrow_bend


class Day:
    """The panel of a partnership, and all that it has told its page."""

    def __init__(self, folder: Path, element: str = "") -> None:
        self.partnership: Partnership = ctekit.open_partnership(folder)
        self.display = self.partnership.room(element=element)
        self.panel: DayPanel = self.display.live()
        self.told: list[dict[str, Any]] = []
        self.panel.send = lambda message: self.told.append(fitting(message, ToPanel))  # type: ignore[method-assign]
        self.see(True)

    def see(self, seen: bool) -> None:
        """Scroll the panel into sight, or out of it."""
        self.panel._receive(None, {"seen": seen, "view": "v"}, [])

    def press(self, act: str, what: str = "", **typed: str) -> str:
        form = {f"{self.panel.name} {name}": words for name, words in typed.items()}
        return self.panel.press(act, what, json.dumps(form) if typed else "")

    def words(self) -> str:
        return unescape(" ".join(re.sub(r"<[^>]+>", " ", self.panel.draw()).split()))

    def buttons(self) -> list[str]:
        """What can be opened."""
        return [*self._keys()]

    def open(self, about: str) -> str:
        (key,) = [key for label, key in self._keys().items() if about in label]
        return self.press("open", key)

    def _keys(self) -> dict[str, str]:
        drawn = re.findall(r'data-act="open" data-what="([^"]*)"[^>]*>([^<]*)<', self.panel.draw())
        return {unescape(label): key for key, label in drawn}

    def now(self) -> dict[str, Any]:
        now = self.panel.rooms.now()
        assert now is not None
        return now

    def give(self, *chosen: str, people: int = 1) -> None:
        """So many people answer with a dot, or the highest level, on each question named."""
        round_id = self.now()["activity"]["round"]
        ballots = [Ballot(round_id, new_respondent(), "", dict.fromkeys(chosen, 1)) for _ in range(people)]
        assert {receipt.outcome for receipt in self.partnership.store.rate(ballots)} == {"kept"}


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    harrow_bend(tmp_path / "ours")
    opened = Day(tmp_path / "ours")
    yield opened
    if opened.panel.rooms.now():
        opened.panel.rooms.process.end()  # type: ignore[union-attr]


def test_the_agendas_activities_of_a_half_day_have_a_button_each_and_elements_have_theirs(day: Day) -> None:
    assert "Open the room" in day.words()
    assert day.buttons() == []
    assert day.press("start", address="") == "The room is open."
    labels = " ".join(day.buttons())
    for words in ("Quick round", "fist to five", "ideas from phones", "dots on", "slips", "two questions before"):
        assert words in labels
    assert len(day.buttons()) == 7 + 7
    assert day.now()["code"] in day.words()
    assert day.now()["address"] in day.words()


def test_whom_the_room_was_opened_to_is_chosen_again_when_it_has_ended(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        day.panel.rooms, "networks", lambda: [Network("192.0.2.7", "wlan0"), Network("192.0.2.8", "eth0")]
    )

    def chosen() -> list[str]:
        return re.findall(r'value="([^"]*)" checked', day.panel.draw())

    assert chosen() == ["192.0.2.7"]
    day.press("start", address="")
    day.press("end_sure")
    assert chosen() == [""], "nobody opens it to a network by pressing the same button again"
    day.panel.rooms.chosen = "192.0.2.8"
    assert chosen() == ["192.0.2.8"]
    day.panel.rooms.chosen = "192.0.2.9"
    assert chosen() == ["192.0.2.7"], "that network is gone"


def test_an_elements_panel_has_its_own_activities_only(day: Day) -> None:
    day.press("start", address="")
    other = Day(day.partnership.folder, "value")
    assert other.buttons() == ["Open: slips on phones", "Open: Mutual benefit and shared value"]
    with pytest.raises(NotFoundError):
        day.partnership.room(element="weather")


def test_items_of_the_next_meeting_that_are_to_be_decided_are_voted_on_by_phones(day: Day) -> None:
    day.press("start", address="")
    of_meetings = Day(day.partnership.folder, "meetings")
    assert of_meetings.buttons() == []
    item = {"meeting": "meet-5", "topic": "Does Castellan host in January?", "kind": "to decide"}
    day.partnership.add("meetings", "items", item)
    day.partnership.add("meetings", "items", {**item, "topic": "The bus from Novak", "kind": "to tell"})
    day.partnership.add("meetings", "items", {**item, "topic": "A meeting long ago", "meeting": "meet-2"})
    assert of_meetings.buttons() == ["Open: fist to five on “Does Castellan host in January?”"]
    day.partnership.add("meetings", "items", {**item, "topic": "The bus is settled", "decided": "yes"})
    assert len(of_meetings.buttons()) == 1, "what is decided is voted on no more"
    of_meetings.open("Castellan")
    assert of_meetings.now()["activity"]["about"] == "fist"
    assert day.partnership.store.rounds()[-1].title == "Does Castellan host in January?"


def test_a_topic_with_marks_that_a_page_leaves_out_is_voted_on_too(day: Day) -> None:
    meetings = Day(day.partnership.folder, "meetings")
    topic = "Shall we \u202ebuy\u202c two \x00vans\u2066?"
    item = {"meeting": "meet-5", "topic": topic, "kind": "to decide"}
    day.partnership.store.save([Edit("meetings", field, value, row="item-*1") for field, value in item.items()])
    meetings.press("rehearse")
    meetings.open("vans")
    assert meetings.now()["activity"]["about"] == "fist"


def test_a_fist_is_opened_answered_and_revealed_only_after_a_question_where_too_few_answered(day: Day) -> None:
    day.press("start", address="")
    assert "is open on the phones" in day.open("two questions")
    assert day.press("timer", "3") == "The timer runs. Nothing closes by itself."
    day.give("useful", "heard", people=2)
    assert "are needed to show anything" in day.press("reveal")
    assert "Reveal all the same" in day.words()
    assert day.now()["activity"]["state"] == "open"
    day.press("menu")
    assert "“Before we go” is revealed" in day.press("reveal", "sure")
    assert "Phones wait" in day.words()
    assert day.press("wait") == "Phones wait and look at the wall."
    assert "Nothing is open" in day.words()


def test_the_panel_offers_what_is_missing_in_a_list_as_it_stands_now(day: Day) -> None:
    day.press("start", address="")
    day.open("ideas from phones")
    round_id = day.now()["activity"]["round"]
    ballots = [Ballot(round_id, new_respondent(), "", {"idea-1": f"A need of phone {number}"}) for number in range(3)]
    assert {receipt.outcome for receipt in day.partnership.store.rate(ballots)} == {"kept"}
    day.press("close")
    assert "revealed" in day.press("reveal")
    assert "Put these 3 into the list" in day.words()
    day.press("keep_in_list")
    assert "All of these stand in the list" in day.words()
    need = day.partnership.book.rows("recruitment.needs")[-1].id
    day.partnership.store.save([Edit("recruitment", "row", None, need)])  # taken out again in its worksheet
    until = time.monotonic() + 20
    while "Put this one into the list" not in str(day.told[-1:]) and time.monotonic() < until:
        time.sleep(0.2)
        day.panel.refresh()
    assert "Put this one into the list" in str(day.told[-1:])


def test_a_press_beside_one_round_changes_no_other_that_was_opened_meanwhile(day: Day) -> None:
    day.press("start", address="")
    day.open("two questions")
    shown = re.findall(r'data-of="([^"]+)"', day.panel.draw())
    assert shown == [day.now()["activity"]["round"]]
    day.open("Quick round")
    day.panel.of = shown[0]
    for act in ("close", "reveal", "set_aside"):
        with pytest.raises(CtekitError, match="changed meanwhile"):
            day.press(act, "sure", reason="A rehearsal")
    day.panel.of = day.now()["activity"]["round"]
    day.press("set_aside", reason="A rehearsal")
    assert "Nothing is open" in day.words()


def test_revealed_dots_are_bars_with_the_most_first(day: Day) -> None:
    day.press("start", address="")
    day.open("dots on")
    day.give("option-2", people=3)
    day.give("option-1")
    assert "meter" not in day.panel.draw()
    day.press("reveal")
    options = day.now()["activity"]["options"]
    assert day.partnership.store.rounds()[-1].dots_each == 3, "as many as the agenda says"
    lengths = re.findall(r'value="(\d+)" aria-hidden', day.panel.draw())
    assert lengths[:2] == ["100", "33"]
    assert day.words().index(options[1]) < day.words().index(options[0])


def test_ideas_are_sorted_in_the_panel_and_the_chosen_one_is_kept_in_the_plan(day: Day) -> None:
    day.press("start", address="")
    day.open("ideas from phones")
    round_id = day.now()["activity"]["round"]
    sent = ("A van", "Teachers", "Maria should go")
    day.partnership.store.rate([Ballot(round_id, new_respondent(), "", {"idea-1": words}) for words in sent])
    assert "A van" not in day.words()
    day.press("close")
    words_by_id = dict(re.findall(r'name="\S+ (idea-\w+)" value="1"> <span dir="auto">([^<]*)', day.panel.draw()))
    by_words = {words: idea for idea, words in words_by_id.items()}
    assert list(by_words) == list(sent[:1] + sent[2:] + sent[1:2])
    day.press("sort", "hide", **{by_words["Maria should go"]: "1"})
    day.press("words", by_words["A van"].removeprefix("idea-"), **{by_words["A van"].replace("idea", "words"): "Vans"})
    assert "hidden: Maria should go" in day.words()
    day.press("reveal")
    assert day.now()["activity"]["options"] == ["Teachers", "Vans"]
    assert "is open on the phones" in day.press("dots_on_ideas")
    day.give("option-2", people=3)
    day.press("reveal")
    assert "The room chose: Vans Put into the plan" in day.words()
    assert "stands in the plan" in day.press("keep", "option-2")
    assert day.partnership["plan"].actions[-1].action == "Vans"
    assert "The room chose: Vans in the plan" in day.words()
    with pytest.raises(CtekitError, match="come from phones"):
        day.partnership.rate("ideas")


def test_what_should_not_count_is_set_aside_with_a_reason(day: Day) -> None:
    day.press("start", address="")
    day.open("Quick round")
    assert day.press("aside") == "Why?"
    with pytest.raises(CtekitError, match="Say why"):
        day.press("set_aside", reason=" ")
    assert "counts in no picture" in day.press("set_aside", reason="we tried it out")
    assert "Nothing is open" in day.words()
    assert day.partnership.store.rounds()[-1].set_aside == "we tried it out"


def test_phones_beyond_the_people_who_are_here_wait_for_a_nod(day: Day) -> None:
    day.press("start", address="")
    assert "3 people are here" in day.press("people", people=" 3 ")
    assert day.press("admit") == "All who waited are let in."
    for people in ("many", "nan"):
        with pytest.raises(CtekitError, match="is no number"):
            day.press("people", people=people)


def test_a_rehearsal_says_so_and_leaves_nothing(day: Day) -> None:
    before = day.partnership.store.rounds()
    day.press("rehearse", address="")
    assert "This is a rehearsal: all of it is thrown away." in day.words()
    day.open("Quick round")
    day.press("end_sure")
    assert day.partnership.store.rounds() == before


@pytest.mark.parametrize(
    ("unsent", "late", "hearing", "asked"),
    [
        (0, 0, False, ""),
        (1, 0, False, "1 phone has answers that are not sent yet. They would not count. "),
        (2, 1, True, "3 phones have answers that are not sent yet. They would not count. "),
        (0, 0, True, "The room was started anew a moment ago"),
    ],
)
def test_before_the_room_ends_it_is_said_how_many_phones_have_answers_that_are_not_sent(
    day: Day, monkeypatch: pytest.MonkeyPatch, unsent: int, late: int, hearing: bool, asked: str
) -> None:
    day.press("start", address="")
    day.open("Quick round")
    now = day.now()
    stands = {**now, "late": late, "hearing": hearing, "activity": {**now["activity"], "unsent": unsent}}
    monkeypatch.setattr(day.panel.rooms, "now", lambda: stands)
    for said in (day.press("end"), day.words()):
        assert asked in said
        assert said.count("not sent yet") == bool(asked)
        assert "Phones that have joined are let go. What was answered stays." in said


@pytest.mark.parametrize("act", ["reveal", "aside"])
def test_what_was_asked_about_a_round_is_not_asked_of_the_next_one(day: Day, act: str) -> None:
    day.press("start", address="")
    day.open("two questions")
    day.press(act)
    assert day.panel.mode in day.panel.draw()
    other = Day(day.partnership.folder)
    other.press("close", "sure")
    other.open("Quick round")
    day.panel.rooms.look_again()
    assert "all the same" not in day.words()
    assert day.panel.mode == ""


def test_the_panel_shows_what_another_notebook_has_opened_and_that_the_day_has_ended(day: Day) -> None:
    day.press("start", address="")
    day.panel.refresh()
    other = Day(day.partnership.folder)
    other.open("Quick round")
    day.panel.rooms.look_again()
    day.panel.refresh()
    assert "“Quick round” is open" in day.told[-1]["html"]
    other.press("end")
    assert "has ended" in other.press("end_sure")
    day.panel.rooms.look_again()
    day.panel.refresh()
    assert "Open it again" in day.told[-1]["html"]


def test_a_panel_that_nobody_sees_asks_neither_room_nor_file_and_is_right_once_it_is_seen(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.press("start", address="")
    rating = day.partnership.rate("purpose").live()
    day.see(False)
    with monkeypatch.context() as nobody:
        nobody.setattr(day.panel.rooms, "now", lambda: pytest.fail("the room was asked"))
        nobody.setattr(day.partnership.store, "rounds", lambda: pytest.fail("the file was asked"))
        day.panel.refresh()
        rating.refresh()
    Day(day.partnership.folder).open("Quick round")
    day.panel.rooms.look_again()
    day.see(True)
    assert "“Quick round” is open" in day.told[-1]["html"]


def test_neither_code_nor_address_stands_in_what_a_notebook_saves(day: Day) -> None:
    day.press("start", address="")
    for act in ("way", "menu", "end"):
        day.press(act)
        saved = json.dumps([day.panel.get_state(), day.display._repr_mimebundle_()], default=str)
        assert day.now()["code"] not in saved
        assert day.now()["link"] not in saved


def test_what_cannot_be_done_is_said(day: Day) -> None:
    with pytest.raises(CtekitError, match="No room is open"):
        day.press("reveal")
    day.press("start", address="")
    with pytest.raises(CtekitError, match="Nothing is open in the room"):
        day.press("reveal")
    for act, what in (("fly", ""), ("open", "Open: the window")):
        with pytest.raises(CtekitError, match="older version"):
            day.press(act, what)
