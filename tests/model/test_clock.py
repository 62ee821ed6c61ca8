"""A time of day is read, and a length of time is shown, in one way everywhere."""

from __future__ import annotations

import datetime

import pytest

from ctekit.model import clock
from ctekit.model.errors import CtekitError


@pytest.mark.parametrize(
    ("written", "hour", "minute"),
    [
        (" 13:30", 13, 30),
        ("9:00", 9, 0),
        ("1:30 pm", 13, 30),
        ("1:30 P.M.", 13, 30),
        ("9", 9, 0),
        ("12 am", 0, 0),
        ("12:15 p. m.", 12, 15),
        ("9:00\u202fPM", 21, 0),  # as calendars of today copy it
        ("09:00:00", 9, 0),
        ("٩:٠٠", 9, 0),
        ("９：３０", 9, 30),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(written: str, hour: int, minute: int) -> None:
    assert clock.read(written) == datetime.time(hour, minute)


@pytest.mark.parametrize(
    "written",
    [
        "noon",
        "",
        "25:00",
        "9:75",
        "-1",
        "<b>9</b>",
        "1.5",
        "1.2 pm",
        "1 2",
        "1 1:00",
        "8:5",
        "13 pm",
        "0 am",
        "9" * 999,
    ],
)
def test_what_is_no_time_of_day_is_said(written: str) -> None:
    with pytest.raises(CtekitError, match=r"is not a time of day. Write it as 9:00 or 1:30 pm."):
        clock.read(written)


def test_minutes_and_seconds_are_shown_whichever_way_they_run() -> None:
    assert [clock.minutes(seconds) for seconds in (0, 5, 270, -61, 3600)] == ["0:00", "0:05", "4:30", "1:01", "60:00"]
