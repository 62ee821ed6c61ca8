"""Watching the store: what others saved reaches every open sheet within a second, without a rerun."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from ctekit.widgets.sheet import Sheet

PERIOD = 0.5
"""Seconds between two looks."""

_open: WeakSet[Sheet] = WeakSet()
_watching = Event()


def watch(sheet: Sheet) -> None:
    """Keep a sheet up to date for as long as it lives. One thread serves all sheets of a process."""
    _open.add(sheet)
    if not _watching.is_set():
        _watching.set()
        Thread(target=_look, name="ctekit-live", daemon=True).start()


def _look() -> None:
    pause = Event()
    while not pause.wait(PERIOD):
        for sheet in list(_open):
            try:
                sheet.refresh()
            except Exception:  # the next look may succeed; a dead watcher would be silent for good
                logging.getLogger("ctekit").debug("Could not look for changes", exc_info=True)
