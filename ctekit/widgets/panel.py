"""A panel: static HTML that can be pressed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import RLock
from typing import Any

import anywidget
import traitlets

from ctekit.model.errors import CtekitError, describe_fault
from ctekit.views import stylesheet
from ctekit.widgets.bundle import bundle

_HERE = Path(__file__).parent


class Panel(anywidget.AnyWidget):
    """HTML with buttons.

    Parameters
    ----------
    draw : callable
        Gives the panel's HTML as it stands now.
    act : callable
        Takes what was pressed (act, what it is about, value) and gives the words to read out.

    Notes
    -----
    Everything goes by `send`: from ipykernel's second thread a trait does not reach the browser.
    """

    _esm = bundle("panel")
    _css = stylesheet() + (_HERE / "panel.css").read_text("utf-8")
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, draw: Callable[[], str], act: Callable[[str, str, str], str]) -> None:
        self._draw = draw
        self._act = act
        self._lock = RLock()
        super().__init__(html=draw())
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        with self._lock:
            try:
                said = self._act(message["act"], message["what"], message["value"]) if "act" in message else None
                self.send({"html": self._draw()} | ({} if said is None else {"said": said}))
            except CtekitError as error:
                self.send({"said": str(error)})
            except Exception as error:  # an exception in a callback would vanish: people must see it
                fault = describe_fault(error)
                self.send({"said": f"This did not work because of a fault in ctekit ({fault}). Run the cell again."})
                raise
