"""Watching the store: what anybody saved reaches everything that is open within a second, without a rerun."""

from __future__ import annotations

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from ctekit.store import Store

PERIOD = 0.25
"""Seconds between two looks, where nothing was saved in this process."""
GAP = 0.1
"""Seconds from a look to the next at least: what is saved within it is drawn once, and typing is not crowded out."""
LONGEST_REST = 30.0
"""Seconds to the next look at most, where one after the other failed: a view with a fault keeps no kernel busy."""
QUIET = 1.0
"""Seconds without anything saved after which what is out of sight is drawn, too."""


class Watchable(Protocol):
    """Whatever can bring itself up to date: a sheet, a view, or the card that offers to start a partnership."""

    def refresh(self) -> None:
        """Look at the store; do nothing if nothing changed."""


@runtime_checkable
class Settling(Protocol):
    """What leaves something undone while people save."""

    def settle(self) -> None:
        """Nothing was saved for a while: do what is left."""


@dataclass
class LastRevision:
    """The last look at something: the store it is made from, that store's newest revision then, and since when.

    ``faults`` counts the looks that failed one after the other, and before ``again`` there is no other.
    """

    store: Store | None
    revision: int | None = None
    since: float | None = None
    faults: int = 0
    again: float = 0.0


_open: WeakKeyDictionary[Watchable, LastRevision] = WeakKeyDictionary()
_opening = Lock()
"""Held while something is added to what is open, and while that is listed: else the list grows amid its reading."""
_watching = Event()
_saved = Event()


def wake() -> None:
    """Look at once: something was saved here."""
    _saved.set()


def watch(shown: Watchable, store: Store | None = None) -> None:
    """Keep something up to date for as long as it lives. One thread serves all of a process.

    Parameters
    ----------
    shown : Watchable
    store : Store or None
        It is refreshed when something was saved here; at each look if not told.
    """
    with _opening:
        _open[shown] = LastRevision(store)
    if not _watching.is_set():
        _watching.set()
        Thread(target=_watch, name="ctekit-live", daemon=True).start()


def _watch() -> None:
    while True:
        saved = _saved.wait(PERIOD)
        _saved.clear()
        look(_open)
        if saved:  # else what is saved just after a look at nothing new would wait for the gap, too
            sleep(GAP)


def look(opened: MutableMapping[Watchable, LastRevision]) -> None:
    """Refresh what may have changed since the last look; each store is asked once. After a while, settle what did.

    One thing settles at a look: somebody may be about to type on.

    Parameters
    ----------
    opened : mapping
        What is kept up to date, each with the last look at it.
    """
    latest: dict[int, int] = {}
    with _opening:
        all_open = list(opened.items())
    for watched, last in all_open:
        if monotonic() < last.again:
            continue
        try:
            revision = _latest(last.store, latest)
            if revision is None or revision != last.revision:
                watched.refresh()
                last.revision, last.since, last.faults = revision, monotonic(), 0
            elif isinstance(watched, Settling) and last.since is not None and monotonic() - last.since > QUIET:
                watched.settle()
                last.since, last.faults = None, 0
                return
        except Exception:  # the next look may succeed; a dead watcher would be silent for good
            last.faults += 1
            last.again = monotonic() + min(GAP * (2 ** min(last.faults, 20) - 2), LONGEST_REST)
            logging.getLogger("ctekit").debug("Could not look for changes", exc_info=True)


def _latest(store: Store | None, latest: dict[int, int]) -> int | None:
    if store and id(store) not in latest:
        latest[id(store)] = store.latest()
    return latest[id(store)] if store else None
