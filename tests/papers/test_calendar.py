"""Days in people's own calendars: what is imported twice stands once, what is moved moves, what is taken away goes."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from ctekit import papers
from ctekit.partnership import Partnership
from tests.stores import harrow_bend


class Program:
    """A calendar program: it keeps an event by its name, and the newer of two."""

    def __init__(self) -> None:
        self.events: dict[str, Any] = {}

    def take(self, content: bytes) -> None:
        calendar = icalendar.Calendar.from_ical(content)
        assert calendar["METHOD"] == "PUBLISH"
        for event in calendar.walk("VEVENT"):
            previous = self.events.get(event["UID"])
            if previous is None or event["SEQUENCE"] >= previous["SEQUENCE"]:
                self.events[str(event["UID"])] = event

    def days(self, words: str) -> list[datetime.date]:
        """The days of events with these words."""
        events = (event for event in self.events.values() if words in event["SUMMARY"])
        return [event["DTSTART"].dt for event in events if event["STATUS"] != "CANCELLED"]


@pytest.fixture
def partnership(tmp_path: Path) -> Partnership:
    harrow_bend(tmp_path / "hb")
    return Partnership(tmp_path / "hb")


def exported(partnership: Partnership) -> bytes:
    (paper,) = papers.make("calendar", partnership.book)
    name, content = papers.render(paper, "ics")
    assert name == "calendar.ics"
    return content


def test_imported_twice_every_event_stands_once_and_takes_a_whole_day_but_for_meetings(
    partnership: Partnership,
) -> None:
    program = Program()
    program.take(exported(partnership))
    count = len(program.events)
    assert count > 30
    program.take(exported(partnership))
    assert len(program.events) == count
    whole_days = [event for key, event in program.events.items() if not key.startswith("meetings.")]
    assert len(whole_days) > 20
    for event in whole_days:
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event["DTEND"].dt - event["DTSTART"].dt == datetime.timedelta(days=1)
    assert program.days("The agreement starts") == [datetime.date(2026, 11, 1)]
    assert program.days("Bring the credit table") == [datetime.date(2026, 11, 18)]


def test_a_day_that_is_moved_moves_and_nothing_else_changes(partnership: Partnership) -> None:
    program = Program()
    program.take(exported(partnership))
    before = {key: event.to_ical() for key, event in program.events.items()}
    partnership.change("plan", "act-1", by="2027-02-02")
    program.take(exported(partnership))
    changed = [key for key, event in program.events.items() if event.to_ical() != before[key]]
    assert [key.partition("@")[0] for key in changed] == ["plan.act-1.by"]
    assert program.days("first host visit") == [datetime.date(2027, 2, 2)]


def test_a_day_or_a_row_that_is_taken_away_leaves_the_calendar_and_comes_back(partnership: Partnership) -> None:
    program = Program()
    program.take(exported(partnership))
    partnership.change("plan", "act-1", by="")
    partnership.remove("plan", "act-2")
    program.take(exported(partnership))
    assert program.days("first host visit") == program.days("Bring the credit table") == []
    partnership.change("plan", "act-1", by="2027-03-03")
    program.take(exported(partnership))
    assert program.days("first host visit") == [datetime.date(2027, 3, 3)]


def test_what_is_signed_is_done_and_takes_nothing_away(partnership: Partnership) -> None:
    partnership.change("roles", "sign-1", board_date="2026-10-01", signed_on="2026-10-02")
    program = Program()
    program.take(exported(partnership))
    assert not [event for event in program.events.values() if event["STATUS"] == "CANCELLED"]
    assert any(day == datetime.date(2026, 10, 1) for day in program.days("Done: Board votes"))


def test_a_vote_of_a_board_is_told_as_one_on_the_agreement_and_not_on_a_person(partnership: Partnership) -> None:
    (paper,) = papers.make("calendar", partnership.book)
    votes = {event.summary for event in paper.events if event.key.startswith("roles.sign-")}
    assert "Board votes on the agreement: Region 4 Workforce Board" in votes
    assert not [words for words in votes if "Lorraine Teague" in words]


def test_the_day_of_somebody_who_has_left_says_that_they_have(partnership: Partnership) -> None:
    partnership.change("plan", "act-1", owner="s-9")
    partnership.change("profile", "s-9", status="left")
    (paper,) = papers.make("calendar", partnership.book)
    (event,) = (event for event in paper.events if event.key.startswith("plan.act-1."))
    assert event.who == "Lorraine Teague (has left)"


def meeting(program: Program, name: str) -> Any:
    (event,) = (event for key, event in program.events.items() if key.startswith(f"meetings.{name}."))
    return event


def test_a_meeting_with_a_time_and_a_place_is_busy_at_that_time_and_there(partnership: Partnership) -> None:
    program = Program()
    program.take(exported(partnership))
    count = len(program.events)
    partnership.change("meetings", "meet-5", starts="2:00 pm", ends="3:15 pm", place="Tri-Fork, room 112")
    program.take(exported(partnership))
    program.take(exported(partnership))
    event = meeting(program, "meet-5")
    assert event["DTSTART"].dt == datetime.datetime(2026, 10, 13, 14, 0), "in no time zone: none is in the answers"
    assert event["DTEND"].dt == datetime.datetime(2026, 10, 13, 15, 15)
    assert (event["LOCATION"], event["TRANSP"]) == ("Tri-Fork, room 112", "OPAQUE")
    assert event["DESCRIPTION"] == "Called by Adaeze Whitcomb"
    partnership.change("meetings", "meet-5", date="2026-10-20", starts="9:00", ends="", place="Library")
    program.take(exported(partnership))
    event = meeting(program, "meet-5")
    assert event["DTSTART"].dt == datetime.datetime(2026, 10, 20, 9, 0)
    assert "DTEND" not in event
    assert event["LOCATION"] == "Library"
    assert len(program.events) == count
    (paper,) = papers.make("calendar", partnership.book)
    assert "Steering group meets, 9:00, Library" in papers.render(paper, "markdown")[1].decode()


@pytest.mark.parametrize("starts", ["after lunch", "2:00"])
def test_a_time_that_is_not_clear_is_said_and_not_guessed(partnership: Partnership, starts: str) -> None:
    partnership.change("meetings", "meet-5", starts=starts, ends="")
    program = Program()
    program.take(exported(partnership))
    event = meeting(program, "meet-5")
    assert event["DTSTART"].dt == datetime.date(2026, 10, 13)
    assert event["DESCRIPTION"] == f"{starts}\nCalled by Adaeze Whitcomb"


def test_who_is_to_be_asked_stands_until_they_answer_or_leave_or_the_day_is_past(partnership: Partnership) -> None:
    program = Program()
    program.take(exported(partnership))
    assert program.days("To be asked") == []
    day = datetime.date.max.replace(year=2099)
    partnership.change("profile", "s-2", status="asked")
    partnership.change("recruitment", "ask-2", ask_by=day.isoformat(), answer="waiting")
    program.take(exported(partnership))
    assert program.days("To be asked") == [day]
    partnership.change("recruitment", "ask-2", answer="no")
    program.take(exported(partnership))
    assert program.days("To be asked") == []
    partnership.change("recruitment", "ask-2", answer="waiting")
    program.take(exported(partnership))
    assert program.days("To be asked") == [day]
    partnership.change("profile", "s-2", status="left")
    program.take(exported(partnership))
    assert program.days("To be asked") == []


def test_the_calendar_of_partners_holds_no_command(partnership: Partnership) -> None:
    (paper,) = papers.make("calendar", partnership.book)
    text = papers.render(paper, "markdown")[1].decode()
    assert "--format" not in text
    assert "a file of these days for your own calendar" in text


def test_words_of_people_stay_text_in_a_calendar(partnership: Partnership) -> None:
    words = "a;b,c\\d\nEND:VEVENT\nBEGIN:VALARM é" + "x" * 200
    (paper,) = papers.make("calendar", partnership.book)
    event = papers.Event("key", datetime.date(2027, 1, 15), words)
    _, content = papers.render(dataclasses.replace(paper, events=(event,)), "ics")
    (read,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(read["SUMMARY"]) == words
    assert not read.subcomponents
    assert max(map(len, content.splitlines())) <= 75


def test_nothing_private_changes_a_calendar(partnership: Partnership) -> None:
    before = exported(partnership)
    partnership.change("value", "x-1", action="Call Hank", worth=1)
    partnership.change("plan", "act-1", note="A secret")
    assert exported(partnership) == before
