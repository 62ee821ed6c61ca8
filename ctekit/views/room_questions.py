"""Findings as questions for a room: at most five, the gravest first, spread over the worksheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ctekit.analysis import participants
from ctekit.model.days import long_day
from ctekit.rules import Finding, action_of
from ctekit.views.answers import Wording
from ctekit.views.check import SEVERITIES, Place, place
from ctekit.workbook import Workbook
from ctekit.worksheets.convener import Convener

MOST = 5
"""More questions than this no room answers in ten minutes."""

_OWNERS = ("owner", "lead_person", "person", "decider", "asked_by", "confirmed_by", "steward", "contact")
"""Fields of a row that say whose it is, the nearest first."""


@dataclass(frozen=True)
class RoomQuestion:
    """A finding as a room hears it: what is there, and what it asks."""

    says: str
    asks: str
    place: Place


@dataclass(frozen=True)
class Line:
    """A finding as the facilitator reads it: whose it is, and the action that was made of it, in words."""

    finding: Finding
    place: Place
    owner: str
    action: str


def chosen(findings: Sequence[Finding], most: int = MOST) -> list[Finding]:
    """The findings for the room: by severity; among equals, from the worksheets that have spoken least.

    One place asks one question, however many rules speak of it, and so does one person who left. Nothing for the
    facilitator only is among them, whoever looks: a projector has no private page.
    """
    order, picked = list(SEVERITIES), list[Finding]()
    public = [finding for finding in reversed(findings) if not finding.private]
    by_place = {finding.place: finding for finding in public}.values()
    left = list({(finding.code, finding.subject or finding.place): finding for finding in by_place}.values())[::-1]
    spoken: Counter[str] = Counter()
    while left and len(picked) < most:
        finding = min(left, key=lambda finding: (order.index(finding.severity), spoken[finding.worksheet]))
        left.remove(finding)
        picked.append(finding)
        spoken[finding.worksheet] += 1
    return picked


def for_the_room(wording: Wording, findings: Sequence[Finding]) -> list[RoomQuestion]:
    """At most five findings, worded as questions."""
    return [RoomQuestion(finding.says, finding.asks, place(wording, finding)) for finding in chosen(findings)]


def for_the_facilitator(wording: Wording, findings: Sequence[Finding]) -> dict[str, list[Line]]:
    """All findings by severity, in each by whose they are; those of nobody come first."""
    lines = [_line(wording, finding) for finding in findings]
    groups = {words: [line for line in lines if line.finding.severity == key] for key, words in SEVERITIES.items()}
    return {words: sorted(group, key=lambda line: line.owner) for words, group in groups.items() if group}


def _line(wording: Wording, finding: Finding) -> Line:
    action = action_of(wording.book, finding)
    words = ""
    if action:
        who = wording.name(action.owner) if action.owner else "nobody yet"
        when = f"by {long_day(action.by)}" if action.by else "no day yet"
        words = f"{wording.name(action.id)} ({who}, {'done' if action.done else when})"
    owner = (action and action.owner) or _owner(wording.book, finding)
    return Line(finding, place(wording, finding), wording.name(owner) if owner else "", words)


def _owner(book: Workbook, finding: Finding) -> str:
    """The person a finding belongs to: whoever its row names and is still here, else who leads. "" for nobody."""
    row = book.row_by_id.get(finding.row)
    named = [getattr(row, field, None) for field in _OWNERS] if row else []
    for person in (*named, book[Convener].lead_person):
        if person and participants.standing(book, person) != "not active":
            return str(person)
    return ""
