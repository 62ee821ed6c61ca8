"""One person at one page of JupyterLab, whose kernel, server, page and network fail them while they type."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, expect

from benchmarks.faults.run import KINDS, ON, RATE, Run, answer, keys
from tests.browser.conftest import WAIT, Lab

TITLE = "Clear purpose and established protocols"
QUESTION = "Which learners is this for?"
OFFLINE = 5.0
"""Seconds."""
PATIENCE = 20.0
"""Seconds after which a person no longer waits for cells to run."""
SAVED = re.compile(r'"saved": ?\[\{[^{}]*"field": ?"learners", ?"value": ?("(?:[^"\\]|\\.)*")')

_CLOSE = """() => {
  const dialogs = [...document.querySelectorAll(".jp-Dialog")];
  const buttons = dialogs
    .map((dialog) => dialog.querySelector("button.jp-mod-accept") ?? dialog.querySelector("button.jp-mod-reject"))
    .filter(Boolean);
  buttons.forEach((button) => button.click());
  return buttons.length;
}"""
"""That of "Server Connection Error" has nothing to accept, only to close, and lies over what is pressed."""


class Person:
    """Types, is struck by a fault, comes back to the worksheet as a person would, and looks what is there.

    The page, its window and what that keeps stay the same from run to run.
    """

    def __init__(self, lab: Lab, page: Page) -> None:
        self.lab, self.page = lab, page
        self.folder = lab.folder("faults")
        self.run = Run("")
        self.closed = self.kernels = 0
        _cut_down(self.folder / "02-purpose.ipynb")
        page.on("dialog", lambda dialog: dialog.accept())  # "Leave this page?"
        # JupyterLab's own may come late, of what struck before, and lie over what is pressed.
        page.add_locator_handler(page.locator(".jp-Dialog").last, lambda: self._close_dialogs(), no_wait_after=True)
        # What the kernel tells the page to be saved; by this very message the status turns to "Saved 10:42".
        page.on("websocket", lambda socket: socket.on("framereceived", self._heard))
        self._open()

    def suffer(self, kind: str, number: int, seconds: float) -> Run:
        """Type for so long, be struck, and come back."""
        run = self.run = Run(kind)
        self.keys = keys(kind, number)
        self.begins = f"{kind} {number}: "
        self.control.click()
        self.control.select_text()
        faults = (self._kernel_killed, self._server_killed, self._page_reloaded, self._offline)
        dict(zip(KINDS, faults, strict=True))[kind](seconds)
        self._until(lambda: self.control.input_value().rstrip() == run.seen)
        run.back = self.control.input_value().rstrip()
        self._until(lambda: answer(self.store) == run.seen)
        run.final = answer(self.store)
        run.clashes = self.sheet.root.locator('.ck-notice[role="alert"]').count()
        return run

    # The faults, and the ways back

    def _kernel_killed(self, seconds: float) -> None:
        kernel = self.lab.kernel_pid("02-purpose.ipynb")
        self._type(seconds)
        self.run.status = self.sheet.status.inner_text()
        kernels = self.kernels
        os.kill(kernel, signal.SIGKILL)
        self._struck()
        before = self.closed
        self._type(ON)
        self._look()
        self._until(lambda: self._close_dialogs() or self.closed > before)  # "It will restart automatically."
        # JupyterLab's own word is no sign: it says "idle" before it knows the new kernel, and forgets what is run in
        # that moment; and "starting" for as long as nothing was run, when the kernel's "starting" comes last.
        self._until(lambda: self.kernels > kernels)
        try:
            self._run(PATIENCE)
        except TimeoutError:  # Now and then its server is never connected with the new kernel: the page is loaded anew.
            kernels = self.kernels
            self.page.reload()
            self._until(lambda: self.kernels > kernels)
            self._run()

    def _server_killed(self, seconds: float) -> None:
        self._type(seconds)
        self.lab.kill()
        self._struck()
        self._type(ON)
        self._look()
        before = self.lab.address
        self.lab.start()
        assert self.lab.address == before, "what the browser keeps belongs to an address with its port"
        self._open()

    def _page_reloaded(self, seconds: float) -> None:
        self._type(seconds)
        self._look()
        self.run.struck = time.monotonic()
        self.page.reload()
        self._struck()
        self.notebook.wait_until_open()
        self._run()

    def _offline(self, seconds: float) -> None:
        self._type(seconds)
        self.page.context.set_offline(True)
        self._struck()
        self._type(OFFLINE)
        self.page.context.set_offline(False)
        self._look()

    # What a person does

    def _open(self) -> None:
        self.notebook = self.lab.open(self.page, self.folder, "02-purpose")
        self.sheet = self.notebook.sheet(TITLE)
        self.control = self.sheet.control(QUESTION)

    def _run(self, seconds: float = 60) -> None:
        """Run the notebook again, and wait for the worksheet that comes in the old one's place."""
        for old in self.notebook.panel.locator(".ctekit-sheet").all():
            old.evaluate("(element) => element.dataset.old = 'yes'")
        self.notebook.run_all(seconds)
        expect(self.notebook.panel.locator(".ctekit-sheet[data-old]")).to_have_count(0)
        expect(self.sheet.root).to_be_visible()

    def _type(self, seconds: float) -> None:
        begun, count = time.monotonic(), 0
        while time.monotonic() - begun < seconds:
            if self._close_dialogs():  # go on where the text ends
                self.control.click()
                self.page.keyboard.press("End")
            self.page.keyboard.type(next(self.keys))
            count += 1
            if not self.run.struck:
                self.run.typed.append(time.monotonic())
            self.page.wait_for_timeout(max(0, (begun + count / RATE - time.monotonic()) * 1000))

    def _close_dialogs(self) -> int:
        """JupyterLab's dialogs take the keys away: close those that are open, and tell how many there were."""
        number: int = self.page.evaluate(_CLOSE)  # a click of Playwright's would call for this once more
        self.closed += number
        return number

    # What is looked at

    @property
    def store(self) -> Path:
        return self.folder / "partnership.ctekit"

    def _struck(self) -> None:
        """What was said to be saved until now has to be in the store now."""
        self.run.struck = self.run.struck or time.monotonic()
        self.page.wait_for_timeout(50)
        self.run.stored = answer(self.store)

    def _look(self) -> None:
        self._close_dialogs()
        self.run.seen = self.control.input_value().rstrip()

    def _heard(self, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
        self.kernels += "kernel_info_reply" in text
        match = SAVED.search(text)
        words = json.loads(match[1]) if match else ""
        # What was said of the run before may be heard only now.
        if match and self.run.stored is None and words[: len(self.begins)] == self.begins[: len(words)]:
            self.run.acknowledged.append(words)

    def _until(self, there: Callable[[], bool]) -> None:
        """Wait, but not forever: what does not come is told with the run."""
        ends = time.monotonic() + WAIT / 1000
        while not there() and time.monotonic() < ends:
            self.page.wait_for_timeout(50)


def _cut_down(notebook: Path) -> None:
    """Keep the cells that matter here: all others only take time."""
    words = json.loads(notebook.read_text("utf-8"))
    kept = ("ctekit.open_partnership", 'partnership.worksheet("purpose")')
    words["cells"] = [cell for cell in words["cells"] if any(line in "".join(cell["source"]) for line in kept)]
    notebook.write_text(json.dumps(words), "utf-8")


@contextmanager
def a_person(lab: Lab, browser: Browser) -> Iterator[Person]:
    """A person with a browser window of their own. They leave a JupyterLab that runs."""
    window = browser.new_context(viewport={"width": 1400, "height": 1000})
    window.set_default_timeout(WAIT)
    try:
        yield Person(lab, window.new_page())
    finally:
        window.close()
        if lab.server.poll() is not None:
            lab.start()
        lab.shut_kernels()
