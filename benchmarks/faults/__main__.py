"""Break it amid typing, many times: what was acknowledged is in the store, and what could be seen is not gone.

`make faults`: 50 runs of each kind of fault without a browser, 10 of each through one browser that stays open, 20 kills
of the room amid 500 submissions, and 15 minutes of made-up requests. ARGS="5 0 0 0": 5 of the first, and no others.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks import room
from benchmarks.faults import headless
from benchmarks.faults.run import KINDS, Run, add_up, good, tell

FUZZ = 4000
"""Made-up requests, and as many made-up bytes, in one round: about two minutes."""
RESULTS = Path(__file__).parents[1] / "faults.json"


def without_a_browser(times: int) -> bool:
    """Every kind of fault, so many times each."""
    from tests.browser.conftest import running

    with tempfile.TemporaryDirectory() as place, running(Path(place)) as lab:
        desk = headless.Desk(lab)
        return each(lambda kind: keep("without a browser", kind, headless.runs(desk, kind, times)), KINDS)


def through_a_browser(times: int) -> bool:
    """The same through one page of one browser."""
    from playwright.sync_api import sync_playwright

    from benchmarks.faults.browser import a_person, runs
    from tests.browser.conftest import running
    from tests.browser.find_browser import find
    from tests.conftest import FLAGS

    with tempfile.TemporaryDirectory() as place, running(Path(place)) as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        with a_person(lab, browser) as person:
            return each(lambda kind: keep("through a browser", kind, runs(person, kind, times)), KINDS)


def each(is_good: Callable[[Any], bool], things: Iterable[Any]) -> bool:
    """Whether all are as promised; what comes after one that is not is looked at too."""
    return min([is_good(one) for one in things], default=True)


def keep(how: str, kind: str, struck: Iterable[Run]) -> bool:
    """Print each run as it comes and the figures of all; gives whether it is as promised."""
    suffered = []
    for run in struck:
        suffered.append(run)
        print(f"  {len(suffered)} {run.line()}", flush=True)
    figures = add_up(suffered)
    print(f"{how}, {kind}: {tell(figures)}", flush=True)
    write(f"{how}, {kind}", figures)
    return good(figures)


def write(name: str, figures: dict[str, Any] | str) -> None:
    """Keep the figures; what is not run keeps those it had."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(kept | {name: figures}, indent=2) + "\n", "utf-8")


def kill_the_room(times: int) -> bool:
    """Kill the room amid 500 submissions; every answer that somebody was thanked for has to be there, once."""
    told = asyncio.run(room.kills(times))
    print(told, flush=True)
    write("room killed", told)
    return ": 0 of" in told and " 0 duplicated" in told


def fuzz_the_room(minutes: float) -> bool:
    """Send made-up requests and bytes for so long, each round of them anew; none may harm the room."""
    home = Path(__file__).parents[2]
    tests = [f"tests/room/test_attacks.py::test_no_made_up_{what}" for what in ("request_breaks_it", "bytes_break_it")]
    ends, rounds = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < ends:
        rounds += 1
        said = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
            cwd=home,
            env={**os.environ, "CTEKIT_FUZZ": str(FUZZ), "CTEKIT_FUZZ_SEED": str(rounds)},
            capture_output=True,
            text=True,
        )
        if said.returncode:
            print(f"{said.stdout}\nmade-up requests: round {rounds} did harm", flush=True)
            return False
    told = f"made-up requests: {rounds} rounds of {2 * FUZZ} in {minutes:g} minutes; none did harm"
    print(told, flush=True)
    write("made-up requests", told)
    return True


def main(headless: int = 50, browser: int = 10, kills: int = 20, fuzz: int = 15) -> int:
    """Run all, print the figures; 0 if all is as promised."""
    parts = ((without_a_browser, headless), (through_a_browser, browser), (kill_the_room, kills), (fuzz_the_room, fuzz))
    return 0 if each(lambda one: one[0](one[1]), [one for one in parts if one[1]]) else 1


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
