"""What is for the facilitator only: shown to a view that asks for it, until it asks no more."""

from __future__ import annotations

from ctekit.editing.protocol import FromKernel, FromSheet
from ctekit.editing.session import EditSession


def _reveal(session: EditSession, message: FromSheet) -> FromKernel:
    session.refresh()
    view = message.get("view", "")
    if message["act"]["reveal"]:
        session.revealing.add(view)
    else:
        session.revealing.discard(view)
    return session.state_message() | session.take_private_conflicts()


QUERIES = {"reveal": _reveal}
