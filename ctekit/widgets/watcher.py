"""Watching the store: what others saved reaches everything that is open within a second, without a rerun."""

from __future__ import annotations

import logging
from threading import Event, Thread
from typing import Protocol
from weakref import WeakSet

PERIOD = 0.5
"""Seconds between two looks."""


class Watchable(Protocol):
    """Whatever can bring itself up to date: a sheet, or the card that offers to start a partnership."""

    def refresh(self) -> None:
        """Look at the store; do nothing if nothing changed."""


_open: WeakSet[Watchable] = WeakSet()
_watching = Event()


def watch(shown: Watchable) -> None:
    """Keep something up to date for as long as it lives. One thread serves all of a process."""
    _open.add(shown)
    if not _watching.is_set():
        _watching.set()
        Thread(target=_look, name="ctekit-live", daemon=True).start()


def _look() -> None:
    pause = Event()
    while not pause.wait(PERIOD):
        for watched in list(_open):
            try:
                watched.refresh()
            except Exception:  # the next look may succeed; a dead watcher would be silent for good
                logging.getLogger("ctekit").debug("Could not look for changes", exc_info=True)
