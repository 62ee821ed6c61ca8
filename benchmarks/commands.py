"""Whole commands, from process to end, beside those of the commit before the redesign: seconds of a processor."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.earlier import ROOT, ctekit, earlier
from benchmarks.measure import Comparison, by_turns

BEFORE = "53aa63a"
AIMS = {"export": "0.4", "check": "not above 1", "--help": "not above 1"}


def compare() -> Iterator[Comparison | str]:
    """Nine pages of Harrow Bend, its check, and the list of commands."""
    with earlier(BEFORE) as before, tempfile.TemporaryDirectory() as name:
        folders = {repository: Path(name) / place for repository, place in ((ROOT, "now"), (before, "then"))}
        for repository, folder in folders.items():
            ctekit(repository, "new", "Measured", "--folder", str(folder), "--sample", "clean")
        for command, aim in AIMS.items():
            now, then = (_timed(command, repository, folder) for repository, folder in folders.items())
            taken = by_turns(now, then, times=5)
            yield Comparison(f"command_{command.strip('-')}", *taken, "s", f"ctekit {command}", f"at {BEFORE}", aim)


def _timed(command: str, repository: Path, folder: Path) -> Callable[[], float]:
    words = {"export": (str(folder), "--output", f"{folder}-pages"), "check": (str(folder),), "--help": ()}[command]

    def once() -> float:
        before = os.times()
        ctekit(repository, command, *words)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    return once
