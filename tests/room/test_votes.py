"""Fist to five and dots on what stands in a worksheet; the timer; the code on a hub."""

from __future__ import annotations

import datetime
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ctekit import cli, ratings, rounds, samples, workspace
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.model.paths import STORE_FILE
from ctekit.room.console import reveal
from ctekit.store import Edit, Store, open_store
from ctekit.store.room_access import new_door
from tests.room.conftest import Opened

BOOK = samples.book("harrow-bend")


@pytest.mark.parametrize("what", [f"{sheet.slug}.{table}" for sheet in BOOK for table in sheet.tables()])
def test_any_list_of_a_worksheet_can_be_voted_on_unless_it_is_the_facilitators(what: str) -> None:
    slug, table = what.split(".")
    question = BOOK.sheets[slug].tables()[table]
    if question.private:
        with pytest.raises(CtekitError, match="for the facilitator only"):
            rounds.voted_on(BOOK, "dots", what)
    elif BOOK.rows(what):
        title, options = rounds.voted_on(BOOK, "dots", what)
        assert title == question.title
        assert options == tuple(BOOK.name(row.id) for row in BOOK.rows(what))


def test_fist_to_five_takes_a_worksheet_an_answer_a_list_or_a_sentence() -> None:
    sentence = BOOK.sheets["purpose"].sentence  # type: ignore[attr-defined]
    assert rounds.voted_on(BOOK, "fist", "purpose") == rounds.voted_on(BOOK, "fist", "purpose.sentence")
    assert rounds.voted_on(BOOK, "fist", "purpose") == (sentence, ())
    assert rounds.voted_on(BOOK, "fist", "roles")[0].startswith("Clear stakeholder roles")
    promises = rounds.voted_on(BOOK, "fist", "purpose.clauses")[0]
    assert re.findall(r"\n(\d)\. [A-Z]", promises) == ["1", "2", "3", "4", "5"], "each can be told from the next"
    assert ";" not in promises
    assert rounds.voted_on(BOOK, "fist", "We go on as we are") == ("We go on as we are", ())


def test_what_cannot_be_voted_on_is_told_in_a_sentence() -> None:
    with pytest.raises(NotFoundError, match=r"The lists there are: purpose.clauses, purpose.evidence"):
        rounds.voted_on(BOOK, "dots", "purpose.sentence")
    with pytest.raises(NotFoundError):
        rounds.voted_on(BOOK, "dots", "nothing.here")
    with pytest.raises(CtekitError, match="“Rules that count differently here” in “Profile” is blank"):
        rounds.voted_on(BOOK, "dots", "profile.severities")


def promises(store: Store) -> None:
    store.save([Edit("purpose", "promise", f"Promise {n}", row=f"clause-*{n}") for n in range(1, 9)])


@pytest.mark.slow  # a room of its own
def test_in_a_terminal_too_few_answers_are_asked_about_before_they_are_revealed(tmp_path: Path) -> None:
    opened = Opened(tmp_path, "fist", title="We go on")
    printed: list[str] = []
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    def reveal_it() -> None:
        reveal(tmp_path, "fist", what="We go on", say=lambda *lines: printed.extend(lines), sure=no)

    try:
        opened.store.rate([ratings.Ballot(opened.round.id, f"r{n}", "", {"fist": n}) for n in range(2)])
        reveal_it()
        assert asked[0].startswith("2 people answered, and 3 are needed to show anything")
        assert printed == ["Nothing was changed. The round is still open."]
        opened.store.rate([ratings.Ballot(opened.round.id, "r3", "", {"fist": 3})])
        rounds.set_people(opened.store, opened.round.id, 1)
        reveal_it()
        assert len(asked) == 1
        assert "3 answered, 1 person is here. What to talk about first:" in printed[1]
    finally:
        opened.end()


@pytest.mark.slow  # a room of its own
def test_one_dot_is_spoken_of_as_one(tmp_path: Path) -> None:
    opened = Opened(tmp_path, "dots", title="What comes first", options=["a", "b", "c"])
    try:
        phone = opened.phone().join()
        shown = phone.says(phone.send(answers={"option-1": "1", "option-2": "1"}))
        assert "Too many dots You ticked 2, and there is one dot to give. Keep one." in shown
    finally:
        opened.end()


@pytest.mark.slow  # a room of its own
def test_a_phone_has_as_many_dots_as_the_agenda_says(tmp_path: Path) -> None:
    opened = Opened(tmp_path, "dots", title="What comes first", options=list("abcde"), dots=3)
    try:
        phone = opened.phone().join()
        assert "You have 3 dots" in phone.page
        ticked = {f"option-{number}": "1" for number in range(1, 5)}
        assert "Too many dots You ticked 4, and there are 3 dots to give" in phone.says(phone.send(answers=ticked))
        del ticked["option-4"]
        thanks = phone.says(phone.send(answers=ticked))
        assert len(opened.of(phone)) == 3
        assert "c A dot d no dot e no dot" in thanks
        assert "groups" not in thanks, "dots are shown of all together"
    finally:
        opened.end()


@pytest.mark.slow  # a room of its own
def test_dots_on_a_list_are_secret_until_they_are_revealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    title, options = "What we promise", [f"Promise {n}" for n in range(1, 9)]
    opened = Opened(tmp_path, "dots", before=promises, title=title, options=options)
    try:
        phone = opened.phone().join()
        assert "You have 2 dots" in phone.page
        many = phone.send(answers={"option-1": "1", "option-2": "1", "option-8": "1"})
        assert "You ticked 3, and there are 2 dots to give" in phone.says(many)
        phone.send(answers={"option-1": "1", "option-8": "1"})
        for _ in range(3):
            opened.phone().join().send(answers={"option-8": "1"})
        assert opened.handle.now()["results"] is None
        assert "option-" not in str(opened.numbers())
        with pytest.raises(rounds.NotRevealedError):
            rounds.results(opened.store, opened.round.id)
        printed: list[str] = []
        reveal(tmp_path, "dots", what="purpose.clauses", say=lambda *lines: printed.extend(lines))
        assert "4 answered" in printed[0]
        assert [line.split(maxsplit=1) for line in printed[1:3]] == [["4", "Promise 8"], ["1", "Promise 1"]]
        results = rounds.results(opened.store, opened.round.id)
        assert [indicator.dots for indicator in results.indicators] == [1, 0, 0, 0, 0, 0, 0, 4]
        assert not any(indicator.calls_for_action for indicator in results.indicators)
    finally:
        opened.end()


def test_more_than_twelve_options_are_too_many(tmp_path: Path) -> None:
    from ctekit.store import create_store

    store = create_store(tmp_path / "partnership.ctekit")
    with pytest.raises(CtekitError, match="2 to 12 options"):
        rounds.take_up(store, "dots", title="x", options=[str(n) for n in range(13)])
    round_ = rounds.take_up(store, "dots", title="x", options=["a", "b"])
    assert rounds.take_up(store, "dots", title="x", options=["a", "b"]) == round_
    assert rounds.take_up(store, "dots", title="x", options=["a", "c"]) != round_  # other options are another vote
    store.close()


@pytest.mark.slow  # a room of its own
def test_fist_to_five_asks_for_no_sector_stays_secret_and_shows_the_time(tmp_path: Path) -> None:
    opened = Opened(tmp_path, "fist", title="We take <b>this</b> sentence")
    try:
        assert "timer" not in opened.phone().join().page
        assert 175 < opened.handle.act("timer", minutes=3)["activity"]["left"] <= 180
        for level in "1455":
            phone = opened.phone().join()
            assert "&lt;b&gt;this&lt;/b&gt;" in phone.page
            assert 'name="sector"' not in phone.page
            assert re.search(r"You have until \d+:\d\d [AP]M\.", phone.page)
            phone.send(fist=level)
        assert int(re.search(r'data-left="(\d+)"', phone.page)[1]) > 100
        opened.again()
        assert opened.numbers()["left"] > 100  # a crash does not stop the clock
        with pytest.raises(CtekitError, match="cannot be set"):
            opened.handle.act("timer", minutes=0)
        assert "levels" not in str(opened.numbers())
        opened.handle.act("reveal", sure="1")  # just after a start it asks whether all phones are heard
        assert rounds.results(opened.store, opened.round.id)["fist"].everyone.levels == (1, 4, 5, 5)
    finally:
        opened.end()


def test_when_the_time_is_up_it_is_said_and_nothing_closes(opened: Opened) -> None:
    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(minutes=1)
    opened.store.keep_round(replace(opened.round, until=past.isoformat(timespec="seconds")))
    opened.again()
    phone = opened.phone().join()
    assert "The time is up. You can still send." in phone.page
    assert opened.numbers()["left"] == 0
    assert phone.send(answers={"2.1": "3"}).url.path == "/room/thanks"


def test_on_a_hub_the_code_is_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JUPYTERHUB_API_URL", raising=False)
    assert re.fullmatch("[2-9A-HJKMNP-Z]{6}", new_door("round-1").code)
    monkeypatch.setenv("JUPYTERHUB_API_URL", "http://hub:8081/hub/api")
    assert re.fullmatch("[2-9A-HJKMNP-Z]{8}", new_door("round-1").code)


@pytest.mark.slow  # a room of its own
def test_the_page_says_how_long_the_code_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_API_URL", "http://hub:8081/hub/api")
    opened = Opened(tmp_path, "exit")
    try:
        assert len(opened.handle.code) == 8
        assert "8 letters and digits" in opened.phone().look()
        assert "Question 1 of 2" in opened.phone().post("/room/code", {"code": opened.handle.code}).text
    finally:
        opened.end()


def test_reveal_in_a_terminal_takes_the_one_open_round_and_asks_which_of_several(tmp_path: Path) -> None:
    workspace.make(tmp_path / "ours", "Ours")
    printed: list[str] = []

    def reveal_it(about: str = "") -> None:
        reveal(tmp_path / "ours", about, what="", say=lambda *lines: printed.extend(lines))

    with closing(open_store(tmp_path / "ours" / STORE_FILE)) as store:
        with pytest.raises(CtekitError, match="^No rating, vote or round of slips is open, so there is nothing to"):
            reveal_it()
        vote = rounds.open_round(store, "fist", title="We go on")
        rounds.open_round(store, ratings.IDEAS, title="What helps?")
        store.rate([ratings.Ballot(vote.id, f"r{n}", "", {"fist": 4}) for n in range(3)])
        reveal_it()
        assert "3 answered" in printed[0], "a list of ideas is nothing that this command reveals"
        rounds.open_round(store, "quick", name="The first")
        rounds.open_round(store, "exit", name="The last")
        with pytest.raises(CtekitError, match="^2 rounds are open: “The first” and “The last”. Say which"):
            reveal_it()
        reveal_it("exit")
        assert [round_.about for round_ in store.rounds() if round_.state == "open"] == [ratings.IDEAS, "quick"]
        with pytest.raises(SystemExit) as ended:
            cli.main(["room", str(tmp_path / "ours"), "--reveal", "--yes"])
        assert not ended.value.code
        assert [round_.about for round_ in store.rounds() if round_.state == "open"] == [ratings.IDEAS]
