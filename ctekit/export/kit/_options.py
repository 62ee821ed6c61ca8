"""What a kit is printed for: how many people, which path, which paper; and how many of everything that takes."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass

from ctekit.export.errors import ExportError
from ctekit.model.clock import time_of_day

PEOPLE_AT_A_TABLE = 5
FEWEST, MOST = 2, 400
PAPERS = {"letter": ("Letter", "Tabloid"), "a4": ("A4", "A3")}
"""Two sizes each: of a sheet, and of a poster, which is twice as big."""
MILLIMETERS = {"Letter": (215.9, 279.4), "Tabloid": (279.4, 431.8), "A4": (210.0, 297.0), "A3": (297.0, 420.0)}
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Options:
    """What a kit is printed for.

    Attributes
    ----------
    people : int
        Who is expected in the room.
    path : str
        The agenda, such as ``half-day``.
    paper : str
        ``letter`` or ``a4``.
    language : str
        ``en``; ``es`` adds what families and employers hold in Spanish.
    start : datetime.time or None
        When the day begins. Without it, the run sheet does at 9:00, and letters leave it open.
    """

    people: int = 24
    path: str = "half-day"
    paper: str = "letter"
    language: str = "en"
    start: datetime.time | None = None

    def __post_init__(self) -> None:
        """Refuse what no kit can be printed for."""
        if not FEWEST <= self.people <= MOST:
            raise ExportError(f"A kit is for {FEWEST} to {MOST} people, not {self.people}. Choose a number between.")
        if self.paper not in PAPERS:
            raise ExportError(f"There is no paper called “{self.paper}”. Choose letter or a4.")
        if self.language not in LANGUAGES:
            raise ExportError(f"There is no kit in “{self.language}”. Choose en or es.")

    def hour(self, morning: str = "AM", afternoon: str = "PM") -> str:
        """When the day begins, as letters say it; "" where that is not known."""
        moment = self.start and datetime.datetime.combine(datetime.date.min, self.start)
        return time_of_day(moment, morning, afternoon) if moment else ""

    @property
    def tables(self) -> int:
        """How many tables: four to six people each, and two tables at least."""
        return max(2, math.ceil(self.people / PEOPLE_AT_A_TABLE))

    def count(self, amount: Mapping[str, float]) -> int:
        """How many of a thing.

        Parameters
        ----------
        amount : mapping
            ``person`` and ``table``: how many each of them needs; ``fixed``: how many come on top.
        """
        each = {"person": self.people, "table": self.tables, "fixed": 1}
        return math.ceil(sum(each[per] * number for per, number in amount.items()))
