"""A panel: HTML that can be pressed, and is drawn anew when what it shows has changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from ctekit.editing import incoming
from ctekit.model.errors import CtekitError, describe_fault
from ctekit.views import stylesheet
from ctekit.widgets import watcher
from ctekit.widgets.bundle import bundle

if TYPE_CHECKING:
    from ctekit.store import Store

_HERE = Path(__file__).parent

OVERTAKEN = (
    "What you pressed before was not done, because something that you pressed later came first. Press it again if you "
    "still want it."
)
OLD_BUTTON = "This button is of an older version. Run the cell again."


class Panel(anywidget.AnyWidget):
    """HTML with buttons.

    Parameters
    ----------
    draw : callable
        Gives the panel's HTML as it stands now.
    act : callable
        Takes what was pressed (act, what it is about, value) and gives the words to read out.
    store : Store or None
        Drawn anew whenever something is saved here, by whomever, while somebody sees it; None for never by itself.
    private : bool
        What it shows is for the facilitator only: it goes out in messages, and never into what a notebook saves.

    Attributes
    ----------
    of : str
        What the button that was pressed last stood beside, such as a round; "" where the page tells nothing.

    Notes
    -----
    Everything goes by `send`: from ipykernel's second thread a trait does not reach the browser. A page's first
    messages may come after later ones: JupyterLab gives them to the main thread, where they wait for running cells.
    """

    _esm = bundle("panel")
    _css = stylesheet() + (_HERE / "panel.css").read_text("utf-8")
    html = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        draw: Callable[[], str],
        act: Callable[[str, str, str], str],
        store: Store | None = None,
        *,
        private: bool = False,
    ) -> None:
        self._draw = draw
        self._act = act
        self._lock = RLock()
        self._store = store
        self.of = ""
        self._views = dict[str, bool]()
        self._newest = dict[tuple[str, str], float]()
        self._pressed: object = None
        self._revision = store.latest() if store else 0
        self._sent = draw()
        super().__init__(html="" if private else self._sent)
        self.on_msg(self._receive)
        if store:
            watcher.watch(self, store)

    @property
    def is_seen(self) -> bool:
        """Whether somebody has it on the screen, or close to it."""
        return any(self._views.values())

    def refresh(self) -> None:
        """Draw it anew if something was saved since; where nobody sees it, that waits until somebody does."""
        if self.is_seen:
            self._follow()

    def settle(self) -> None:
        """Nothing was saved for a while: draw what is further down an open page anew, too."""
        if self._views:
            self._follow()

    def _follow(self) -> None:
        with self._lock:
            revision = self._store.latest() if self._store else self._revision
            if revision == self._revision:
                return
            html = self._draw()
            self._revision = revision  # what was saved amid the drawing, or not drawn at all, is drawn at the next look
            if html != self._sent:
                self._sent = html
                self.send({"html": html})

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        with self._lock:
            try:
                if "seen" in message:
                    self._note_seen(message)
                    return
                if "act" in message and self._is_overtaken(message, "act"):
                    if self._pressed != (message["act"], message["what"]):  # else it was the same button, pressed again
                        self.send({"said": OVERTAKEN})
                    return
                self.of = str(message.get("of", ""))
                status = self._press(message) if "act" in message else None
                self._sent = self._draw()
                self.send({"html": self._sent} | ({} if status is None else {"said": status}))
            except CtekitError as error:
                self.send({"said": str(error)})
            except Exception as error:  # an exception in a callback would vanish: people must see it
                fault = describe_fault(error)
                self.send({"said": f"This did not work because of a fault in ctekit ({fault}). Run the cell again."})
                raise

    def _press(self, message: dict[str, Any]) -> str:
        self._pressed = message["act"], message["what"]
        return self._act(message["act"], message["what"], message["value"])

    def _is_overtaken(self, message: Any, kind: str) -> bool:
        """Whether a view sent a newer message of this kind, which came first."""
        view, number = incoming.sender(message)
        newest = self._newest.get((view, kind), 0)
        self._newest[view, kind] = max(newest, number)
        return 0 < number < newest

    def _note_seen(self, message: dict[str, Any]) -> None:
        if self._is_overtaken(message, "seen"):
            return
        view = str(message.get("view", ""))
        if message.get("gone"):
            self._views.pop(view, None)
        else:
            self._views[view] = bool(message["seen"])
        self.refresh()
