"""Break it amid typing, many times: what was acknowledged is in the store, and what could be seen is not gone.

`make faults`: 50 runs of each kind of fault without a browser, 10 of each through one browser that stays open, 20 kills
of the room amid 500 submissions, 15 minutes of made-up requests; then of the store alone: 3 turns through all system
calls of a save, 30 seconds of opening it beside a hard writer, 100 power cuts, 1,000 kills of one of two writers.
ARGS="5": 5 of the first, and no others. ARGS="0 0 0 0 3 30 100 1000": the store alone.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import room
from benchmarks.faults.figures import Figures, write
from benchmarks.faults.headless import RatingPanelState
from benchmarks.faults.run import KINDS, Run, Sufferer, add_up, good, suffer, tell
from benchmarks.faults.stores import at_every_call, opened_beside, power_cut, writers_killed


def without_a_browser(times: int) -> bool:
    """Every kind of fault, so many times each."""
    from tests.browser.conftest import running

    with _a_folder() as place, running(place) as lab:
        return all_kinds("without a browser", RatingPanelState(lab), times)


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
    for kind, figure in figures.items():
        print(f"{how}, {kind}: {tell(figure)}", flush=True)
        write(f"{how}, {kind}", figure)
    return all(good(figure) for figure in figures.values())


def kill_the_room(times: int) -> bool:
    """Kill the room amid 500 submissions; every answer that somebody was thanked for has to be there, once."""
    outcome = asyncio.run(room.kills(times))
    print(outcome, flush=True)
    write("room killed", outcome)
    return ": 0 of" in outcome and " 0 duplicated" in outcome


def fuzz_the_room(minutes: float) -> bool:
    """Send made-up requests and bytes for so long; none may harm the room."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "tests/room/test_fuzz.py"]
    command += ["--timeout", str(60 * minutes + 300)]
    settings = {"CTEKIT_FUZZ": str(60 * minutes), "CTEKIT_FUZZ_SEED": str(time.time_ns() % 1_000_000)}
    output = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60 * minutes + 600,
    )
    print(output.stdout, flush=True)
    if output.returncode == 0:
        write("made-up requests", next(line for line in output.stdout.splitlines() if "requests" in line))
    return output.returncode == 0


def a_store(name: str, strike: Callable[[int], Figures]) -> Callable[[int], bool]:
    """What is done to a store as one part of the whole."""

    def part(much: int) -> bool:
        figures = strike(much)
        kept = figures.kept()
        print(
            "{}: {times} times, {acknowledged} acknowledged, {lost} lost, {refused} refused. {message}".format(
                name, **kept
            )
        )
        write(name, kept)
        return figures.good()

    return part


PARTS: tuple[tuple[Callable[[int], bool], int], ...] = (
    (without_a_browser, 50),
    (through_a_browser, 10),
    (kill_the_room, 20),
    (fuzz_the_room, 15),
    (a_store("killed at every system call of a save", at_every_call), 3),
    (a_store("opened beside a hard writer", opened_beside), 30),
    (a_store("power cut", power_cut), 100),
    (a_store("one of two writers killed", writers_killed), 1000),
)
"""All parts, and how much of each there is."""


def main(*much: int) -> int:
    """Run all, or so much of the first parts and nothing of the others; 0 if all is as promised."""
    broken = 0
    for number, (part, usual) in enumerate(PARTS):
        this_much = usual if not much else much[number] if number < len(much) else 0
        try:
            broken += bool(this_much) and not part(this_much)
        except Exception:  # the other parts are still worth their time
            traceback.print_exc()
            broken += 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
