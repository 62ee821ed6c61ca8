"""What a browser sends, judged edit by edit: what cannot be placed is told in a sentence and holds up nothing else."""

from __future__ import annotations

import dataclasses
import json
import logging
from dataclasses import dataclass
from typing import Any

from ctekit.editing.protocol import FromSheet, RefusedEdit, State
from ctekit.model.questions import InvalidAnswerError, Json
from ctekit.model.worksheet import Worksheet
from ctekit.store import Edit
from ctekit.store.batch import check
from ctekit.store.text import LONGEST

MOST = 500
"""So many edits of one message are read. The browser sends fewer; what is not answered it sends again."""

GONE = (
    "This question is not in this worksheet any more. Copy what you typed to where it belongs now, then drop it here."
)
ROW_GONE = "This row was deleted meanwhile. Copy what you typed, or put the row back and write it again."
COLUMN_GONE = "This column was deleted meanwhile. Copy what you typed, then drop it here."
UNREADABLE = "This could not be read as an answer. Copy what you typed, drop it here, and write it again."
NOT_DONE = "This could not be done, and nothing was changed. Reload the page, then try it again."

OVERTAKEN = "This was not done, because something that you did later came first. Do it again if you still want it."


@dataclass(frozen=True)
class SentEdit:
    """One edit as the browser sent it, before its value is read."""

    uid: str
    row: str
    field: str
    value: Json = dataclasses.field(repr=False)
    base: Json = dataclasses.field(repr=False)
    root: Json = dataclasses.field(repr=False)


def sent_edits(message: FromSheet) -> list[Any]:
    """The edits of a message; none, if they are no list."""
    edits = message.get("edits")
    return edits[:MOST] if isinstance(edits, list) else []


def sender(message: FromSheet) -> tuple[str, float]:
    """Which view of the page a message comes from, and the number it gave the message."""
    view, number = message.get("view"), message.get("n")
    return view if isinstance(view, str) else "", number if isinstance(number, int | float) else 0


def read_edit(received: Any) -> SentEdit:
    """Read the shape of an edit.

    Raises
    ------
    InvalidAnswerError
        It has no such shape, or is too long.
    """
    if not isinstance(received, dict):
        raise InvalidAnswerError(UNREADABLE)
    uid, row, field = (received.get(name) for name in ("uid", "row", "field"))
    if not (isinstance(uid, str) and isinstance(row, str) and isinstance(field, str) and 0 < len(uid) <= 100):
        raise InvalidAnswerError(UNREADABLE)
    length = len(json.dumps([row, field, received.get("value")], ensure_ascii=False))
    if length > LONGEST:
        raise InvalidAnswerError(
            f"This answer has {length:,} characters; the most that can be kept is {LONGEST:,}. Shorten it, or keep it "
            "in a file of its own."
        )
    base = received.get("base")
    return SentEdit(uid, row, field, received.get("value"), base, received.get("root", base))


def check_place(kind: type[Worksheet], state: State, row: str, field: str) -> None:
    """See that there is such a question, row and column now.

    Raises
    ------
    InvalidAnswerError
        One of them is not there, in a sentence that says which.
    """
    if row and not any(row in rows for rows in state["rows"].values()):
        raise InvalidAnswerError(ROW_GONE)
    if field == "row":  # rows come and go by acts
        raise InvalidAnswerError(GONE)
    try:
        check(Edit(kind.slug, field, None, row))
    except (LookupError, ValueError, TypeError) as error:
        raise InvalidAnswerError(GONE) from error
    name, _, column = field.partition("/")
    if (
        column
        and name != "marks"
        and not any(column == target for target, _ in state["refs"][kind.questions()[name].target])
    ):
        raise InvalidAnswerError(COLUMN_GONE)


def refusal(kind: type[Worksheet], received: Any, error: Exception) -> RefusedEdit:
    """What the browser is told of an edit that was not saved; what is private it shows to the facilitator only."""
    if not isinstance(error, InvalidAnswerError):
        logging.getLogger("ctekit").warning("An edit could not be read", exc_info=error)
    fields = received if isinstance(received, dict) else {}
    uid, row, field = (part if isinstance(part := fields.get(name), str) else "" for name in ("uid", "row", "field"))
    words = str(error) if isinstance(error, InvalidAnswerError) else UNREADABLE
    private = words != GONE and kind.is_private(field, row)
    return {"uid": uid, "row": row, "field": field, "error": words, "private": private}
