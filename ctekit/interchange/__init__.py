"""Answers as spreadsheets and JSON, and back: what a file changes is seen first, and can be taken back in one step."""

from ctekit.interchange._changes import Change, Plan, lines
from ctekit.interchange._contents import Contents, ImportRefusedError
from ctekit.interchange._files import SUFFIXES, parse, partnership_id, read, take, write
from ctekit.interchange._plan import plan
from ctekit.interchange._schema import schema
from ctekit.interchange._tables import Sheet, spreadsheet
from ctekit.interchange._undo import NOTHING_TO_UNDO, Undone, undo

__all__ = [
    "NOTHING_TO_UNDO",
    "SUFFIXES",
    "Change",
    "Contents",
    "ImportRefusedError",
    "Plan",
    "Sheet",
    "Undone",
    "lines",
    "parse",
    "partnership_id",
    "plan",
    "read",
    "schema",
    "spreadsheet",
    "take",
    "undo",
    "write",
]
