"""The days of a paper as a calendar file (RFC 5545): imported twice, nothing doubles. Needs icalendar."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ctekit.model.text import legible
from ctekit.papers._blocks import Paper
from ctekit.papers._event import Event
from ctekit.papers.renderers._missing import missing

if TYPE_CHECKING:
    import icalendar

SUFFIX = ".ics"


def render(paper: Paper) -> bytes:
    """Write the events of a paper as a calendar.

    Raises
    ------
    CtekitError
        icalendar is not installed.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise missing("calendars", paper) from None
    calendar = Calendar()
    calendar.add("prodid", "-//ctekit//papers//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", legible(f"{paper.title} – {paper.partnership}"))
    for event in paper.events:
        calendar.add_component(_component(paper, event))
    return bytes(calendar.to_ical())


def _component(paper: Paper, event: Event) -> icalendar.Event:
    """One event. Stamped with the day of the answers, never with the clock's."""
    from icalendar import Event as CalendarEvent

    component = CalendarEvent()
    component.add("uid", event.key)
    component.add("dtstamp", datetime.datetime.combine(paper.day, datetime.time(), datetime.UTC))
    component.add("dtstart", event.starts or event.day)
    if ends := _end(event):
        component.add("dtend", ends)
    component.add("summary", legible(event.summary))
    hours = "" if event.starts else event.hours
    if description := "\n".join(filter(None, (hours, event.who))):
        component.add("description", legible(description))
    if event.place:
        component.add("location", legible(event.place))
    component.add("sequence", event.sequence)
    component.add("status", "CANCELLED" if event.is_canceled else "CONFIRMED")
    component.add("transp", "OPAQUE" if event.starts else "TRANSPARENT")
    return component


def _end(event: Event) -> datetime.date | None:
    """When it is over; None for a time of which nobody wrote how long it takes."""
    if event.starts:
        return event.ends
    return event.day + _DAY if event.day < datetime.date.max else event.day


_DAY = datetime.timedelta(days=1)
