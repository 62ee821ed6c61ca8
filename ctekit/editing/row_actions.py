"""Rows added, moved, deleted, put back and duplicated: a batch each, so that it is done as a whole or not at all."""

from __future__ import annotations

from ctekit.editing.protocol import FromKernel, FromSheet
from ctekit.editing.session import EditSession
from ctekit.model import questions
from ctekit.model.questions import Json
from ctekit.store import Edit

_GONE = "This row was deleted meanwhile. The history can bring it back."


def _add(session: EditSession, message: FromSheet) -> FromKernel:
    act = message["act"]
    prefix = session.kind.tables()[act["add"]].prefix
    return {"row": _place(session, f"{prefix}-*", {"after": act["after"]}, message)}


def _move(session: EditSession, message: FromSheet) -> FromKernel:
    act = message["act"]
    _place(session, _existing(session, act["move"]), {"after": act["after"]}, message)
    return {}


def _remove(session: EditSession, message: FromSheet) -> FromKernel:
    _place(session, _existing(session, message["act"]["remove"]), None, message)
    return {}


def _restore(session: EditSession, message: FromSheet) -> FromKernel:
    row = message["act"]["restore"]
    positions = [revision.value for revision in session.store.history(session.kind.slug, row, "row") if revision.value]
    _place(session, row, positions[-1], message)
    return {}


def _duplicate(session: EditSession, message: FromSheet) -> FromKernel:
    row = _existing(session, message["act"]["duplicate"])
    slug, copy = session.kind.slug, f"{row.rpartition('-')[0]}-*"
    columns = session.kind.tables()[session.kind.table_of(row)].row.questions()
    answers = session.state["answers"].get(row, {})
    edits = [Edit(slug, "row", {"after": row}, copy, session.who)]
    edits += [Edit(slug, field, answers[field], copy, session.who) for field in columns if field in answers]
    return {"row": session.write(edits)[0].row}


def _add_ready_rows(session: EditSession, message: FromSheet) -> FromKernel:
    question = session.kind.tables()[message["act"]["ready_rows"]]
    columns = question.row.questions()
    session.write(
        [
            Edit(session.kind.slug, name, questions.read(columns[name], value), f"{question.prefix}-*{n}", session.who)
            for n, ready_row in enumerate(question.ready, 1)
            for name, value in ready_row.items()
        ]
    )
    return {}


def _place(session: EditSession, row: str, position: Json, message: FromSheet) -> str:
    """Write where a row stands. A message that is sent once more, by its uid, does nothing again."""
    edit = Edit(session.kind.slug, "row", position, row, session.who, None, message.get("uid", ""))
    return session.write([edit])[0].row


def _existing(session: EditSession, row: str) -> str:
    """The row itself, if it is still there."""
    session.refresh()
    if not any(row in rows for rows in session.state["rows"].values()):
        raise questions.InvalidAnswerError(_GONE)
    return row


COMMANDS = {
    "add": _add,
    "ready_rows": _add_ready_rows,
    "move": _move,
    "remove": _remove,
    "restore": _restore,
    "duplicate": _duplicate,
}
