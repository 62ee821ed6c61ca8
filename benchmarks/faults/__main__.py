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
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import room
from benchmarks.faults.headless import Desk
from benchmarks.faults.run import KINDS, Run, Sufferer, add_up, good, suffer, tell

RESULTS = Path(__file__).parents[1] / "faults.json"


def without_a_browser(times: int) -> bool:
    """Every kind of fault, so many times each."""
    from tests.browser.conftest import running

    with _a_folder() as place, running(place) as lab:
        return all_kinds("without a browser", Desk(lab), times)


def through_a_browser(times: int) -> bool:
    """The same through one page of one browser."""
    from playwright.sync_api import sync_playwright

    from benchmarks.faults.browser import a_person
    from tests.browser.conftest import running
    from tests.browser.find_browser import find
    from tests.conftest import FLAGS

    with _a_folder() as place, running(place) as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        with a_person(lab, browser) as person:
            return all_kinds("through a browser", person, times)


@contextmanager
def _a_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:  # a kernel outlives its server by a second
        yield Path(place)


def all_kinds(how: str, who: Sufferer, times: int) -> bool:
    """Print each run as it comes, then the figures of each kind; gives whether all are as promised."""
    suffered: dict[str, list[Run]] = {kind: [] for kind in KINDS}
    for run in suffer(who, times):
        suffered[run.kind].append(run)
        print(f"  {len(suffered[run.kind])} of {times}, {run.line()}", flush=True)
    figures = {kind: add_up(runs) for kind, runs in suffered.items()}
    for kind, found in figures.items():
        print(f"{how}, {kind}: {tell(found)}", flush=True)
        write(f"{how}, {kind}", found)
    return all(good(found) for found in figures.values())


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
    """Send made-up requests and bytes for so long; none may harm the room."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "tests/room/test_fuzz.py"]
    command += ["--timeout", str(60 * minutes + 300)]
    settings = {"CTEKIT_FUZZ": str(60 * minutes), "CTEKIT_FUZZ_SEED": str(time.time_ns() % 1_000_000)}
    said = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60 * minutes + 600,
    )
    print(said.stdout, flush=True)
    if said.returncode == 0:
        write("made-up requests", next(line for line in said.stdout.splitlines() if "requests" in line))
    return said.returncode == 0


def main(headless: int = 50, browser: int = 10, kills: int = 20, fuzz: int = 15) -> int:
    """Run all, print the figures; 0 if all is as promised."""
    parts = ((without_a_browser, headless), (through_a_browser, browser), (kill_the_room, kills), (fuzz_the_room, fuzz))
    broken = 0
    for part, much in parts:
        try:
            broken += bool(much) and not part(much)
        except Exception:  # the other parts are still worth their time
            traceback.print_exc()
            broken += 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
