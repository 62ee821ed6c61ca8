"""Kill the kernel amid typing and the room amid answers, many times: what was acknowledged is in the store.

`make faults`: 50 runs against a kernel driven without a browser, 10 through JupyterLab in a browser, 20 kills of the
room amid 500 submissions, and 15 minutes of made-up requests. ARGS="5 0 0 0": 5 of the first, and no others.
"""

from __future__ import annotations

import asyncio
import json
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.manager import KernelManager

from benchmarks import room
from ctekit import folder as folders
from ctekit.store import open_store

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Lab

RATE = 15
"""Keys a second: a person who types fast."""
SECONDS = 4.0
SETTLED = 2.0
"""Keys typed so many seconds before the kill should have been acknowledged."""
PAUSE, LONGEST = 0.4, 1.0
"""As in widgets/js/save.js: an edit goes out after a pause of so long, or after so long a time of steady typing."""
FUZZ = 4000
"""Made-up requests, and as many made-up bytes, in one round: about two minutes."""
WORDS = (
    "a purpose that one person can say from memory and three others would sign without asking what it means to them "
)


_SAVED = re.compile(r'"saved": ?\[\{[^{}]*"field": ?"learners", ?"value": ?("(?:[^"\\]|\\.)*")')


@dataclass
class Run:
    """What was typed and when, and what was acknowledged."""

    typed: list[tuple[float, str]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    killed: float = 0.0
    stored: str = ""
    status: str = "Saved"

    @property
    def lost(self) -> int:
        """Characters that were acknowledged and are not in the store, which may hold more: saved, and killed unsaid."""
        said = self.acknowledged[-1] if self.acknowledged else ""
        same = next((at for at, (a, b) in enumerate(zip(said, self.stored, strict=False)) if a != b), len(self.stored))
        return max(0, len(said) - same)

    @property
    def due(self) -> int:
        """How many keys were typed early enough."""
        return sum(at <= self.killed - SETTLED for at, _ in self.typed)

    @property
    def said(self) -> int:
        """How many of these had been acknowledged."""
        return min(self.due, len(self.acknowledged[-1]) if self.acknowledged else 0)


def through_the_browser(lab: Lab, page: Page, name: str) -> Run:
    """Type into a worksheet in JupyterLab, and kill the kernel meanwhile."""
    folder = lab.folder(name)
    run = Run()
    # What the kernel tells the page to be saved; by this very message the status turns to "Saved 10:42".
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: _told(frame, run)))
    sheet = lab.open(page, folder, "02-purpose").sheet("Clear purpose and established protocols")
    kernel = lab.kernel_pid("02-purpose.ipynb")
    control = sheet.control("Which learners is this for?")
    control.click()
    begun = time.monotonic()
    while time.monotonic() - begun < SECONDS:
        key = WORDS[len(run.typed) % len(WORDS)]
        page.keyboard.type(key)
        run.typed.append((time.monotonic(), key))
        page.wait_for_timeout(max(0, (begun + len(run.typed) / RATE - time.monotonic()) * 1000))
    run.status = sheet.status.inner_text()
    os.kill(kernel, signal.SIGKILL)
    run.killed = time.monotonic()
    return _read(run, folder)


def _told(frame: str | bytes, run: Run) -> None:
    words = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
    found = _SAVED.search(words)
    if found:
        run.acknowledged.append(json.loads(found[1]))


def without_a_browser(folder: Path) -> Run:
    """Send a kernel the messages that the browser would send, and kill it meanwhile."""
    folders.make(folder, "A partnership")
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder), stderr=subprocess.DEVNULL)
    client = manager.blocking_client()
    client.start_channels()
    run = Run()
    try:
        client.wait_for_ready(timeout=60)
        model = _open_sheet(client)
        _comm(client, model, {"hello": -1})
        begun, sent_at, last_key, waiting, number, text = time.monotonic(), 0.0, 0.0, "", 0, ""
        outstanding: dict[str, str] = {}
        while time.monotonic() - begun < SECONDS:
            now = time.monotonic()
            if now >= begun + len(run.typed) / RATE:
                text += WORDS[len(run.typed) % len(WORDS)]
                run.typed.append((now, text[-1]))
                sent_at = sent_at if waiting else now
                waiting, last_key = text, now
            if waiting and not outstanding and (now - last_key > PAUSE or now - sent_at > LONGEST):
                number += 1
                base = run.acknowledged[-1] if run.acknowledged else None
                edit = {
                    "uid": f"{folder.name}-{number}",
                    "row": "",
                    "field": "learners",
                    "value": waiting,
                    "base": base,
                }
                outstanding[edit["uid"]] = waiting
                _comm(client, model, {"edits": [edit], "view": "v", "n": number})
                waiting = ""
            _thanks(client, outstanding, run)
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        run.killed = time.monotonic()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return _read(run, folder)


def _open_sheet(client: Any) -> str:
    """Run the notebook's sentence; the model's id is in what it shows."""
    asked = client.execute("import ctekit; ctekit.open_partnership().worksheet('purpose')")
    kind = "application/vnd.jupyter.widget-view+json"
    model = ""
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != asked:
            continue
        if kind in message["content"].get("data", {}):
            model = message["content"]["data"][kind]["model_id"]
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle" and model:
            return model


def _comm(client: Any, model: str, words: dict[str, Any]) -> None:
    content = {"comm_id": model, "data": {"method": "custom", "content": words}}
    client.shell_channel.send(client.session.msg("comm_msg", content))


def _thanks(client: Any, outstanding: dict[str, str], run: Run) -> None:
    try:
        message = client.get_iopub_msg(timeout=0.01)
    except queue.Empty:
        return
    if message["msg_type"] == "comm_msg":
        for one in message["content"]["data"].get("content", {}).get("saved", ()):
            if one["uid"] in outstanding:
                run.acknowledged.append(outstanding.pop(one["uid"]))


def _read(run: Run, folder: Path) -> Run:
    store = open_store(folder / "partnership.ctekit")
    run.stored = store.load().sheets["purpose"].learners or ""  # type: ignore[attr-defined]
    store.close()
    # A blank at the end is not kept: it is no part of an answer.
    run.acknowledged = [one.rstrip() for one in run.acknowledged]
    return run


def tell(name: str, runs: list[Run]) -> bool:
    """Print what was acknowledged and lost; gives whether it is as promised."""
    due, said, lost = sum(run.due for run in runs), sum(run.said for run in runs), sum(run.lost for run in runs)
    share = said / due if due else 0.0
    keys = sum(len(run.typed) for run in runs)
    print(
        f"{name}: {len(runs)} kills, {keys} keys; acknowledged {said} of {due} typed {SETTLED:g} s before "
        f"({share:.1%}); lost {lost}"
    )
    return lost == 0 and share >= 0.95 and all(run.status.startswith("Saved") for run in runs)


def kill_the_room(times: int) -> bool:
    """Kill the room amid 500 submissions; every answer that somebody was thanked for has to be there, once."""
    told = asyncio.run(room.kills(times))
    print(told, flush=True)
    return ": 0 of" in told and " 0 duplicated" in told


def fuzz_the_room(minutes: float) -> bool:
    """Send made-up requests and bytes for so long, each round of them anew; none may harm the room."""
    home = Path(__file__).parents[1]
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
    print(f"made-up requests: {rounds} rounds of {2 * FUZZ} in {minutes:g} minutes; none did harm", flush=True)
    return True


def main(headless: int = 50, browser: int = 10, kills: int = 20, fuzz: int = 15) -> int:
    """Run all, print the figures; 0 if all is as promised."""
    good = True
    with tempfile.TemporaryDirectory() as place:
        if headless:
            good &= tell(
                "without a browser", [without_a_browser(Path(place) / f"run-{one}") for one in range(headless)]
            )
    if browser:
        from playwright.sync_api import sync_playwright

        from tests.browser.conftest import running
        from tests.browser.find_browser import find
        from tests.conftest import FLAGS

        runs = []
        with tempfile.TemporaryDirectory() as place, running(Path(place)) as lab, sync_playwright() as playwright:
            window = playwright.chromium.launch(executable_path=find(), args=FLAGS)
            for number in range(browser):
                page = window.new_context().new_page()
                runs.append(through_the_browser(lab, page, f"run-{number}"))
                page.context.close()
                lab.shut_kernels()
        good &= tell("through the browser", runs)
    if kills:
        good &= kill_the_room(kills)
    if fuzz:
        good &= fuzz_the_room(fuzz)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*(int(one) for one in sys.argv[1:])))
