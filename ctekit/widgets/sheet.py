"""One worksheet as one widget: questions and answers go out, edits come in and are saved before they are thanked."""

from __future__ import annotations

from pathlib import Path
from threading import RLock
from typing import Any

import anywidget
import traitlets

from ctekit.editing import dispatch, form_state
from ctekit.editing.session import EditSession
from ctekit.store import Store
from ctekit.store.text import LONGEST
from ctekit.widgets import watcher
from ctekit.widgets.bundle import bundle

_HERE = Path(__file__).parent


class Sheet(anywidget.AnyWidget):
    """A live worksheet: the wire between an `EditSession` and the views of a page.

    Parameters
    ----------
    store : Store
        Where answers are kept.
    name : str
        Slug of the worksheet.
    only : str
        One question of it, such as ``"actions"``; "" for all.
    who : str
        Who is writing; the name of this computer's user if not told.

    Notes
    -----
    `ctekit.editing.protocol` has the messages. They may arrive in two threads at once (ipykernel's subshells), and the
    watcher has a third, hence the lock.

    What a trait holds is saved with a notebook, so `state` never holds what is for the facilitator only. That leaves
    the kernel in messages, ``{"private"}``, and only while a view has asked for it.
    """

    _esm = bundle("worksheet")
    _css = (_HERE / "sheet.css").read_text("utf-8")
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, store: Store, name: str, *, only: str = "", who: str = "") -> None:
        self._lock = RLock()
        self.session = EditSession(store, name, lambda message: self.send(message), only=only, who=who)
        spec = form_state.spec(self.session.kind, store.partnership, only)
        bounds = {"home": form_state.home(store.path), "longest": LONGEST}
        super().__init__(spec=spec | bounds, state=self.session.public_state)
        self.on_msg(self._receive)
        watcher.watch(self, store)

    def __repr__(self) -> str:
        return f"<the worksheet '{self.session.kind.slug}', open for writing>"

    def _receive(self, _widget: Any, message: Any, _buffers: Any) -> None:
        with self._lock:
            before = self.session.revision
            dispatch.receive(self.session, message)
            if self.session.revision != before:
                watcher.wake()

    def refresh(self) -> None:
        """Read the store again if somebody saved something, and tell the browser what changed."""
        with self._lock:
            self.session.refresh()
