"""Waiting for what another process or thread brings about, instead of for so many seconds."""

from __future__ import annotations

import time
from collections.abc import Callable

WAIT = 90
"""Seconds that one step may take on a busy computer."""


def until(done: Callable[[], object], what: str, seconds: float = WAIT) -> None:
    """Look again and again; what does not come is told with `what`."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, what
        time.sleep(0.05)
