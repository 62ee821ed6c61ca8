"""Ideas from phones, then dots on them: nobody reads one too early, the lead sorts them, all see just what is left."""

from __future__ import annotations

import dataclasses
import hashlib
import html
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from ctekit import rounds, workshop, workspace
from ctekit.history.restore import restore
from ctekit.partnership import Partnership
from ctekit.ratings import Ballot, Receipt, Round
from ctekit.room.offers import offers
from ctekit.room.run_acts import run_of
from ctekit.room.translations import named_in, words
from ctekit.rounds import ideas
from ctekit.store import Edit, create_store
from ctekit.workbook import from_answers
from ctekit.workshop.block import Block
from tests.room.conftest import Phone
from tests.room.served import Served, at, served
from tests.room.test_lead import Browser
from tests.stores import harrow_bend

SENT = (("Paid internships", "A van"), ("paid  internships.", "Maria Lopes should leave"), ("A weldng teacher",))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Served]:
    harrow_bend(tmp_path / "ours")
    with served(tmp_path / "ours", at(9)) as running:
        yield running


def joined(room: Served) -> Phone:
    handle = SimpleNamespace(address=f"{room.base}/", link=room.link)
    return Phone(handle).join()  # type: ignore[arg-type]


def send(room: Served, *sent: tuple[str, ...]) -> list[Phone]:
    """Each phone its ideas."""
    phones = [joined(room) for _ in sent]
    for phone, written in zip(phones, sent, strict=True):
        answer = phone.send(answers={f"idea-{place}": idea for place, idea in enumerate(written, 1)})
        assert "Thank you" in phone.says(answer), answer.text
        assert all(" ".join(idea.split()) in phone.says(answer) for idea in written)
    return phones


def open_ideas(room: Served) -> Browser:
    lead = Browser(room, "lead")
    lead.press("open", about="ideas", what="recruitment.needs", dots="3")
    return lead


def asks_for_ideas(block: Block) -> bool:
    return any(activity.kind == "ideas" for activity in block.activities)


def ids(room: Served) -> dict[str, str]:
    """Words -> id, of the ideas that the lead sees."""
    listed = ideas.listed(room.store, rounds.find(room.store, room.room.activity.round.id))
    return {idea.words or f"hidden {idea.typed[0]}": idea.id for idea in listed}


def test_ideas_are_sent_sorted_shown_dotted_and_kept_in_the_plan(room: Served) -> None:
    lead, wall = open_ideas(room), Browser(room, "wall")
    phones = send(room, *SENT)
    assert "van" not in lead.words() + wall.words(), "nobody reads an idea while others still write"
    assert "first, and look through" in lead.press("reveal", 400)
    lead.press("close")
    assert "No more answers are taken" in phones[0].says(phones[0].send(answers={"idea-1": "Late"}))
    assert list(ids(room)) == ["A van", "A weldng teacher", "Maria Lopes should leave", "Paid internships"]
    assert "van" in lead.words()
    assert "van" not in wall.words()
    idea_ids = ids(room)
    lead.press("words", idea=idea_ids["A weldng teacher"], words="A welding teacher")
    lead.press("sort", **{f"idea-{idea_ids['Maria Lopes should leave']}": "1", "do": "hide"})
    assert "typed: A weldng teacher" in lead.words()
    lead.press("reveal")
    shown = wall.words()
    assert "3 people answered" in shown
    assert all(idea in shown for idea in ("A van", "A welding teacher", "Paid internships"))
    assert "Maria" not in shown
    assert shown.lower().count("paid internships") == 1
    assert "The room has gone on" not in phones[0].look()
    lead.press("dots_on_ideas")
    for phone, chosen in zip(phones, ("option-2", "option-2", "option-3"), strict=True):
        assert "A welding teacher" in phone.look()
        assert "Maria" not in phone.page
        assert "Thank you" in phone.says(phone.send(answers={chosen: "1"}))
    lead.press("reveal")
    assert "Most dots: A welding teacher; Paid internships" in wall.words()
    lead.press("keep", option="option-2")
    assert "in the plan" in lead.words()
    assert "This is an action already" in lead.press("keep", 400, option="option-2")
    assert "has not chosen that" in lead.press("keep", 400, option="option-1")
    assert room.store.load().rows("plan.actions")[-1].action == "A welding teacher"
    (dots,) = [round_ for round_ in room.store.rounds() if round_.about == "dots" and "Ideas" in round_.title]
    assert dots.dots_each == 2, "three as the agenda says, and one fewer than there are options"


def test_where_all_have_as_many_dots_the_wall_does_not_call_each_of_them_chosen(room: Served) -> None:
    lead, wall = open_ideas(room), Browser(room, "wall")
    phones = send(room, ("A van",), ("A teacher",), ("A bus",))
    lead.press("close")
    lead.press("reveal")
    lead.press("dots_on_ideas")
    for place, phone in enumerate(phones, 1):
        phone.look()
        assert "Thank you" in phone.says(phone.send(answers={f"option-{place}": "1"}))
    lead.press("reveal")
    assert "All have the same number of dots" in wall.words()
    assert "Most dots" not in wall.words()


def test_ideas_for_the_needs_become_needs_once_and_can_be_taken_back(room: Served) -> None:
    lead = open_ideas(room)
    before = [need.support for need in room.store.load().rows("recruitment.needs")]
    send(room, ("A van", before[0]), ("a  van.",), ("Quiet rooms", "Maria"))
    lead.press("close")
    lead.press("sort", **{f"idea-{ids(room)['Maria']}": "1", "do": "hide"})
    assert "Reveal it first" in lead.press("keep_in_list", 400)
    assert "into the list" not in lead.words()
    lead.press("reveal")
    assert "Put these 2 into the list “What we need”" in lead.words()
    assert "Nobody else sees this" not in lead.words(), "all see them on the wall"
    seq = room.store.latest()
    lead.press("keep_in_list")
    needs = [need.support for need in room.store.load().rows("recruitment.needs")]
    assert needs == [*before, "A van", "Quiet rooms"]
    assert "Nothing was written twice" in lead.press("keep_in_list", 400)
    assert "All of these stand in the list “What we need”" in lead.words()
    restore(room.store, "recruitment", seq)
    assert [need.support for need in room.store.load().rows("recruitment.needs")] == before


def test_an_idea_that_is_put_in_other_words_stands_in_its_list_once(room: Served) -> None:
    lead = open_ideas(room)
    before = [need.support for need in room.store.load().rows("recruitment.needs")]
    send(room, ("A weldng teacher",), ("A van",), ("Quiet rooms",))
    for act in ("close", "reveal", "keep_in_list"):
        lead.press(act)
    lead.press("words", idea=ids(room)["A weldng teacher"], words="A welding  teacher")
    assert "into the list" not in lead.words()
    *_, van, teacher, rooms = room.store.load().rows("recruitment.needs")
    assert [van.support, teacher.support, rooms.support] == ["A van", "A welding teacher", "Quiet rooms"]
    room.store.save([Edit("recruitment", "support", "A van for the rural schools", row=van.id)])
    assert "into the list" not in lead.words(), "the scribe knew better words for it"
    assert len(room.store.load().rows("recruitment.needs")) == len(before) + 3
    room.store.save([Edit("recruitment", "row", None, row=van.id)])
    assert "Put this one into the list" in lead.words(), "it was taken out"


@pytest.mark.parametrize("acts", [("close",), ("close", "reveal"), ("close", "reveal", "keep_in_list")])
def test_an_idea_in_other_words_leaves_alone_what_people_wrote_into_the_worksheet(
    room: Served, acts: tuple[str, ...]
) -> None:
    own = room.store.load().rows("recruitment.needs")[0]
    lead = open_ideas(room)
    send(room, (own.support,), ("A van",), ("Quiet rooms",))
    for act in acts:
        lead.press(act)
    lead.press("words", idea=ids(room)[own.support], words="A bus")
    assert room.store.load().rows("recruitment.needs")[0].support == own.support


def test_ideas_go_into_a_blank_list_after_dots_on_them_too_and_then_it_takes_dots(tmp_path: Path) -> None:
    workspace.make(tmp_path / "blank")
    with served(tmp_path / "blank", at(9)) as room:
        lead = open_ideas(room)
        send(room, ("A van",), ("Teachers",), ("Money",))
        for act in ("close", "reveal", "dots_on_ideas"):
            lead.press(act)
        assert "into the list" not in lead.words(), "while dots are given, the list of ideas stays as it is"
        lead.press("reveal", sure="1")
        lead.press("keep_in_list")
        needs = [need.support for need in room.store.load().rows("recruitment.needs")]
        assert needs == ["A van", "Money", "Teachers"]
        lead.press("open", about="dots", what="recruitment.needs")
        assert room.room.activity.round.options == tuple(needs), "and dots on the list itself can be opened"


def test_doubles_are_merged_taken_apart_and_what_was_hidden_comes_back(room: Served) -> None:
    lead = open_ideas(room)
    send(room, ("Vans",), ("A bus",), ("Teachers",))
    lead.press("close")
    idea_ids = ids(room)
    assert "Tick two ideas" in lead.press("sort", 400, **{f"idea-{idea_ids['Vans']}": "1", "do": "merge"})
    assert "Tick an idea first" in lead.press("sort", 400, do="hide")
    lead.press("sort", **{f"idea-{idea_ids['Vans']}": "1", f"idea-{idea_ids['A bus']}": "1", "do": "merge"})
    assert list(ids(room)) == ["A bus", "Teachers"]
    assert "typed: A bus / Vans" in lead.words()
    lead.press("sort", **{f"idea-{ids(room)['A bus']}": "1", "do": "hide"})
    assert list(ids(room)) == ["Teachers", "hidden A bus", "hidden Vans"]
    lead.press("reveal")
    assert room.room.activity.summary.options == ("Teachers",)
    idea_ids = ids(room)
    lead.press("sort", **{f"idea-{idea_ids['hidden Vans']}": "1", "do": "restore"})
    assert room.room.activity.summary.options == ("Teachers", "Vans"), "sorted until dots are given"
    lead.press("words", 400, idea=idea_ids["Teachers"], words=" ")
    assert "too long" in lead.press("words", 400, idea=idea_ids["Teachers"], words="x" * 101)


def test_the_ideas_of_two_people_are_shown_to_nobody(room: Served) -> None:
    lead, wall = open_ideas(room), Browser(room, "wall")
    send(room, ("A van",), ("Teachers", "Money"))
    lead.press("close")
    assert "Fewer than three people sent ideas" in lead.words()
    assert "each would know what the others said" in lead.press("reveal", 409)
    lead.press("reveal", sure="1")
    for page in (lead.words(), wall.words()):
        assert not re.search("A van|Teachers|Money", page)
    assert "Too few people sent ideas" in wall.words()
    assert "Reveal the ideas first" not in lead.press("dots_on_ideas", 400)


def test_a_phone_can_change_its_ideas_until_no_more_are_taken_and_nobody_sends_none(room: Served) -> None:
    open_ideas(room)
    phone = joined(room)
    assert "Write one idea at least" in phone.says(phone.send())
    assert "Use 100 characters at most" in phone.says(phone.send(answers={"idea-1": "x" * 101}))
    phone.look()
    phone.send(answers={"idea-1": "A vn"})
    assert 'value="A vn"' in phone.look()
    phone.send(answers={"idea-1": "A van"})
    send(room, ("One",), ("Two",))
    rounds.close(room.store, room.room.activity.round.id)
    assert list(ids(room)) == ["A van", "One", "Two"]


def test_an_idea_on_its_way_to_the_disk_is_thanked_for_though_its_round_is_opened_again(
    room: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead, phone = open_ideas(room), joined(room)
    keep, sent, go_on = room.room_store.rate_later, threading.Event(), threading.Event()

    def slowly(forms: Sequence[Ballot]) -> Future[list[Receipt]]:
        sent.set()
        return pool.submit(lambda: keep(forms).result(20) if go_on.wait(20) else [])

    phone.look()
    with ThreadPoolExecutor() as pool:
        monkeypatch.setattr(room.room_store, "rate_later", slowly)
        answer = pool.submit(phone.send, answers={"idea-1": "A van"})
        assert sent.wait(20)
        lead.press("open", about="ideas", what="recruitment.needs")
        go_on.set()
        assert "Thank you" in phone.says(answer.result(20))
    assert 'value="A van"' in phone.look()


def test_hostile_text_is_text_on_every_page(room: Served) -> None:
    hostile = (
        "<script>alert(1)</script>",
        "{{ 7 * 7 }} 'or' 1=1",
        "=cmd|' /C calc'!A0",
        "\u202eevil\u202c\x00\u2028b",
    )
    lead, wall = open_ideas(room), Browser(room, "wall")
    phones = send(room, (hostile[0],), (hostile[1], hostile[2]), ("Fine",))
    phones[2].look()
    phones[2].send(answers={"idea-1": hostile[3]})
    lead.press("close")
    assert "evil b" in ids(room)
    lead.press("reveal")
    for page in (lead.look(), wall.look()):
        assert "<script>alert" not in page
        assert "\u202e" not in page
        assert "49" not in re.sub(r"\d+:\d+|[0-9a-f]{12}", "", html.unescape(re.sub("<[^>]+>", "", page)))
        assert hostile[1] in html.unescape(page)
    lead.press("dots_on_ideas")
    assert "<script>alert" not in phones[0].look()
    assert hostile[0] in html.unescape(phones[0].page)


def test_what_was_hidden_or_put_in_other_words_holds_no_longer_than_the_words_it_was_said_of(room: Served) -> None:
    """Taken again, an idea is written anew in the same place; the lead's words were about the one before."""
    lead = open_ideas(room)
    phones = send(room, ("Maria should leave",), ("A weldng teacher",), ("A vn",))
    lead.press("close")
    idea_ids = ids(room)
    lead.press("sort", **{f"idea-{idea_ids['Maria should leave']}": "1", "do": "hide"})
    lead.press("words", idea=idea_ids["A weldng teacher"], words="A welding teacher")
    lead.press("words", idea=idea_ids["A vn"], words="A van")
    lead.press("reopen")
    for phone, idea in zip(phones[:2], ("More buses", "Evening classes"), strict=True):
        phone.look()
        assert "Thank you" in phone.says(phone.send(answers={"idea-1": idea}))
    lead.press("close")
    assert list(ids(room)) == ["A van", "Evening classes", "More buses"]


def test_ideas_of_an_earlier_version_stay_hidden(room: Served) -> None:
    lead = open_ideas(room)
    send(room, *SENT)
    lead.press("close")
    standing = room.room.activity.round
    (idea,) = [rating for rating in room.store.ideas(standing.id) if str(rating.code).startswith("Maria")]
    before = hashlib.sha256(f"{standing.id}:{idea.respondent}:{idea.field}".encode()).hexdigest()[:12]
    room.store.keep_round(dataclasses.replace(standing, edited={before: ""}))
    assert "hidden Maria Lopes should leave" in ids(room)
    lead.press("sort", **{f"idea-{ids(room)['hidden Maria Lopes should leave']}": "1", "do": "restore"})
    assert "Maria Lopes should leave" in ids(room)


def test_no_idea_that_was_hidden_leaves_the_store_with_ratings_or_the_workbook(room: Served, tmp_path: Path) -> None:
    lead = open_ideas(room)
    send(room, ("A van",), ("Secret name",), ("Teachers",))
    lead.press("close")
    lead.press("sort", **{f"idea-{ids(room)['Secret name']}": "1", "do": "hide"})
    lead.press("reveal")
    round_id = room.room.activity.round.id
    assert round_id not in {rating.round for rating in room.store.ratings()}
    assert room.store.ratings(round_id) == []
    assert round_id not in {results.round.id for results in room.store.load().rounds()}
    assert "Secret name" not in str(room.room.now().to_json())
    assert "Secret name" not in Partnership(tmp_path / "ours").ratings().to_string()


def test_the_lead_comes_back_to_the_ideas_of_today_and_they_outlive_the_room(room: Served, tmp_path: Path) -> None:
    lead = open_ideas(room)
    send(room, *SENT)
    lead.press("close")
    lead.press("show")
    assert room.room.activity is None
    lead.press("open", about="ideas", what="recruitment.needs")
    assert "A van" in lead.words()
    with served(tmp_path / "ours", at(9)) as again:
        other = Browser(again, "lead")
        other.press("open", about="ideas", what="recruitment.needs")
        assert "A van" in other.words()
    lead.press("reveal")
    before = room.room.activity.round.id
    lead.press("dots_on_ideas")
    lead.press("open", about="ideas", what="recruitment.needs")
    assert room.room.activity.round.id == before, "after the dots it comes back to the ideas that were shown"
    lead.press("open", about="ideas", what="recruitment.needs")
    assert room.room.activity.round.id != before, "asked for again where all see the old ones, it asks anew"
    lead.press("set_aside", reason="we tried it")
    assert room.room.activity is None


def test_only_the_button_that_asks_the_same_again_says_a_second_time(room: Served) -> None:
    lead = Browser(room, "lead")
    lead.press("begin", path="half-day", start="9:00")
    for _ in workshop.load("half-day").blocks:
        if asks_for_ideas(run_of(room.room).now):
            break
        lead.press("next")
    lead.press("open", about="ideas", what="recruitment.needs")
    send(room, *SENT)
    lead.press("close")
    lead.press("reveal")
    assert "Open: ideas from phones, a second time" in lead.words()
    lead.press("dots_on_ideas")
    lead.press("reveal")
    assert "Open: dots on" in lead.words()
    assert "Open: ideas from phones, a second time" in lead.words(), "the room was asked for them today"
    assert lead.words().count("a second time") == 1, "dots on ideas are no dots on the list of needs"


def test_ideas_for_what_only_the_facilitator_sees_are_not_asked_for(room: Served) -> None:
    lead = Browser(room, "lead")
    assert "for the facilitator only" in lead.press("open", 400, about="ideas", what="convener.scores")
    lead.press("open", 400, about="ideas", what="weather.rain")


def test_the_wall_shows_the_question_while_ideas_and_dots_are_open(room: Served) -> None:
    lead, wall = open_ideas(room), Browser(room, "wall")
    assert "What we need Write one to three ideas on your phone." in wall.words()
    send(room, *SENT)
    lead.press("close")
    assert "What we need" in wall.words()
    lead.press("reveal")
    lead.press("dots_on_ideas")
    shown = wall.words()
    assert "Ideas: What we need Tick up to 3 on your phone. A van A weldng teacher" in shown
    lead.press("open", about="ideas")
    assert "Write one to three ideas on your phone." in wall.words()


def test_what_the_agendas_ask_for_has_a_name_in_each_language_of_the_phones() -> None:
    titles = {
        offer.fields.get("what", "")
        for name in workshop.NAMES
        for block in workshop.load(name).blocks
        for activity in block.activities
        for offer in offers(activity)
        if offer.fields.get("about") in ("ideas", "dots", "fist")
    }
    named = [rounds.asked(from_answers({}), "ideas", title)[0] for title in titles if "." in title]
    assert named
    for title in named:
        assert named_in(title, "es") != title
        assert named_in(f"Ideas: {title}", "es") == f"Ideas: {named_in(title, 'es')}"


def test_a_phone_in_spanish_shows_what_the_ideas_are_for_in_spanish(room: Served) -> None:
    lead = open_ideas(room)
    phones = send(room, *SENT)
    for act in ("close", "reveal", "dots_on_ideas"):
        phone = phones[0].client.get("/room/?lang=es").text
        assert act != "close" or "Lo que necesitamos" in phone
        assert "What we need" not in phone
        lead.press(act)
    phone = phones[0].client.get("/room/?lang=es").text
    assert "Ideas: Lo que necesitamos" in phone
    assert "What we need" not in phone


def test_the_phones_words_for_ideas_are_there_in_spanish() -> None:
    for name in ("ideas_lead", "ideas_private", "no_idea", "long_idea"):
        assert words()["es"][name] != words()["en"][name]


@pytest.mark.parametrize("subject", ["nowhere.needs", "recruitment.nothing", "recruitment", "recruitment.needs.x"])
def test_ideas_of_another_version_for_a_list_that_is_not_here_are_for_no_list(tmp_path: Path, subject: str) -> None:
    round_ = Round("ideas-1", "Ideas", "2026-10-01", "ideas", options=("A van",), state="revealed", subject=subject)
    assert rounds.idea_list(create_store(tmp_path / "partnership.ctekit"), round_) is None
