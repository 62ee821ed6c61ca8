"""Worksheets by mail: one HTML file a partner, to be filled in without a network, and its answers taken back in."""

from __future__ import annotations

from ctekit.mail._answers import Answers, Entry, WrongFileError, read
from ctekit.mail._projection import for_partner
from ctekit.mail._report import Conflict, changes, conflicts, report
from ctekit.mail._sending import WORKSHEETS, Mailing, prepare, send
from ctekit.mail._taking import Plan, plan, take

__all__ = [
    "WORKSHEETS",
    "Answers",
    "Conflict",
    "Entry",
    "Mailing",
    "Plan",
    "WrongFileError",
    "changes",
    "conflicts",
    "for_partner",
    "plan",
    "prepare",
    "read",
    "report",
    "send",
    "take",
]
