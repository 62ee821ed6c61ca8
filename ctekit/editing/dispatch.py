"""Each message of a view finds what answers it: by what it holds, and an act by its name."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import cast

from ctekit.editing import (
    history_actions,
    incoming,
    paste_actions,
    private_actions,
    row_actions,
    sample_actions,
    saving,
    table_actions,
)
from ctekit.editing.protocol import FromKernel, FromSheet
from ctekit.editing.saving import clock
from ctekit.editing.session import Action, EditSession
from ctekit.model.errors import CtekitError, describe_fault
from ctekit.model.questions import InvalidAnswerError
from ctekit.store import StoreError

QUERIES: Mapping[str, Action] = {
    **private_actions.QUERIES,
    **sample_actions.QUERIES,
    **table_actions.QUERIES,
    **paste_actions.QUERIES,
    **history_actions.QUERIES,
}
"""Acts that write nothing."""

COMMANDS: Mapping[str, Action] = {**row_actions.COMMANDS, **paste_actions.COMMANDS, **history_actions.COMMANDS}
"""Acts that write. After them all answers are sent, for rows may have come and gone."""


def receive(session: EditSession, message: object) -> None:
    """Answer a message of a view by messages through ``session.send``.

    Parameters
    ----------
    session : EditSession
    message : object
        A `FromSheet`; but a page is a stranger, and what it sends may be anything.

    Raises
    ------
    Exception
        A fault in ctekit. The view is told that what was typed is not saved.
    """
    fields = cast("FromSheet", message if isinstance(message, dict) else {})
    view, _ = incoming.sender(fields)
    since = session.revision
    try:
        if "edits" in fields:
            saving.save(session, fields)
        elif "act" in fields:
            _act(session, fields)
        elif fields.get("hello") != session.revision:
            session.send({"state": session.public_state})
        else:
            session.send({"hello": session.revision})
        session.warn_if_older(fields.get("seen"))
        if "hello" in fields and session.revealing:
            session.revealing.clear()  # a view that is gone never says so: those that still show it ask again
            session.send({"ask_again": True})
        session.end_step(since, greeting="hello" in fields)
    except StoreError as error:
        session.send({"refused": str(error), "view": view})
    except Exception as error:  # an exception in a callback would vanish: people must see that it was not saved
        words = f"This was not saved because of a fault in ctekit ({describe_fault(error)}). What you typed is kept."
        session.send({"refused": words, "view": view})
        raise


def _act(session: EditSession, message: FromSheet) -> None:
    """Do an act; one that cannot be done is answered with a sentence, and nothing waits for it."""
    reply: FromKernel = {"reply": message.get("uid")}
    try:
        answer = _answer(session, message)
    except CtekitError as error:
        answer = {"failed": str(error)}
    except Exception:
        logging.getLogger("ctekit").warning("An act of the form could not be done", exc_info=True)
        answer = {"failed": incoming.NOT_DONE}
    session.send(reply | answer)


def _answer(session: EditSession, message: FromSheet) -> FromKernel:
    name = next(name for name in message["act"] if name in QUERIES or name in COMMANDS)
    _keep_order(session, message, name)
    if name in QUERIES:
        return QUERIES[name](session, message)
    reply = COMMANDS[name](session, message)
    session.refresh(push=False)
    return reply | session.state_message() | {"saved": [], "at": clock()}


def _keep_order(session: EditSession, message: FromSheet, name: str) -> None:
    """See that a view asked for nothing else since: messages of a page may come in another order than they were sent.

    Raises
    ------
    InvalidAnswerError
        It did. A page waits for the answer to one act before the next, so it has given this one up.
    """
    view, number = incoming.sender(message)
    newest = session.newest_acts.get(view, 0)
    typed = session.newest_edits.get(view, 0) if name in COMMANDS else 0
    if 0 < number < max(newest, typed):
        raise InvalidAnswerError(incoming.OVERTAKEN)
    session.newest_acts[view] = max(newest, number)
