"""Changes in words: one as a line, many as a table."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import overload

from ctekit.model.clock import time_of_day
from ctekit.model.text import count, legible

_NONE = "There is no change to show."
"""Also where something private was changed, and was not asked for."""

_SHOWN = 200
"""So many changes a table shows; a longer one says how many more there are."""


@dataclass(frozen=True)
class Entry:
    """One change in words.

    Attributes
    ----------
    seq : int
        The number of its revision.
    at, who : str
        When it was saved (ISO 8601, UTC), and who said so.
    worksheet, row, field : str
        Where.
    question, name : str
        The question's title, and the row's name; "" for the worksheet itself.
    old, new : str
        The answers before and after in words; "" for blank. Of a row: what happened to it is `new`.
    late : bool
        It came too late: somebody else's answer went on standing.
    said_at : str
        When it was said, where that was elsewhere and earlier; else "".
    is_said_again : bool
        Somebody took a choice back: it is one of the answers that people may choose among again.
    """

    seq: int
    at: str
    who: str
    worksheet: str
    row: str
    field: str
    question: str
    name: str
    old: str
    new: str
    late: bool = False
    said_at: str = ""
    is_said_again: bool = False

    @property
    def moment(self) -> str:
        """When, as people read it: ``2026-10-01 10:42 AM``."""
        return local_time(self.said_at or self.at)

    @property
    def what(self) -> str:
        """Where it was changed: the row and the question."""
        return f"{self.name}: {self.question}" if self.name else self.question

    @property
    def words(self) -> str:
        """The change in one line."""
        if self.field == "row":
            return f"{self.question}: “{self.name}” {self.new}"
        return f"{self.what}: {self.old or '(blank)'} → {self.new or '(blank)'}{self.note}"

    @property
    def note(self) -> str:
        """What is to be known of it besides, in brackets; "" for nothing."""
        if self.is_said_again:
            return " (said again: a choice was taken back)"
        return " (came too late, did not count)" if self.late else ""


class History(Sequence[Entry]):
    """Changes, newest first; shows itself as a table."""

    def __init__(self, entries: Sequence[Entry], caption: str = "Changes, newest first") -> None:
        self._entries = tuple(entries)
        self._caption = caption

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry]: ...
    def __getitem__(self, index: int | slice) -> Entry | Sequence[Entry]:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return "\n".join(f"{entry.moment}  {entry.who}  {entry.words}" for entry in self) or _NONE

    def _repr_html_(self) -> str:
        if not self:
            return f"<p>{_NONE}</p>"
        heads = "".join(f'<th scope="col">{words}</th>' for words in ("When", "Who", "What", "Before", "After"))
        more = len(self) - _SHOWN
        rest = f"<p>And {count(more, 'earlier change')}. Ask for one worksheet, row or field.</p>" if more > 0 else ""
        return (
            f"<table><caption>{_html(self._caption)}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(map(_line, self[:_SHOWN]))}</tbody></table>{rest}"
        )


def _line(entry: Entry) -> str:
    cells = (entry.moment, entry.who, entry.what, entry.old, entry.new + entry.note)
    return f"<tr>{''.join(f'<td>{_html(words)}</td>' for words in cells)}</tr>"


def _html(words: str) -> str:
    return escape(legible(words))


def local_time(at: str) -> str:
    """Day and time as people read it on this computer: ``2026-10-01 10:42 AM``."""
    moment = datetime.datetime.fromisoformat(at).astimezone()
    return f"{moment:%Y-%m-%d} {time_of_day(moment)}"
