"""A real JupyterLab, started by ``ctekit start``, with a real browser on it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from benchmarks.places import surroundings
from tests.browser.find_browser import find

ARGS = ["--no-sandbox", "--disable-gpu"]
PATIENCE = 90_000
"""Milliseconds for one step on a busy computer."""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab and a browser."""

    address: str
    token: str
    browser: Browser

    @contextmanager
    def notebook(self, name: str, socket: Callable[[WebSocket], None] | None = None) -> Iterator[Page]:
        """A notebook in a fresh window, with a fresh kernel that is idle; both are gone afterwards.

        `socket` is told each connection that the page opens to the server.
        """
        context = self.browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        try:
            page = context.new_page()
            if socket:
                page.on("websocket", socket)
            page.goto(f"{self.address}/lab/workspaces/bench/tree/{name}?reset&token={self.token}")
            page.locator(f'.lm-DockPanel .lm-TabBar-tab.lm-mod-current[title*="{name}"]').wait_for()
            idle(page)
            yield page
        finally:
            context.close()
            for session in self._ask("GET", "/api/sessions"):
                self._ask("DELETE", f"/api/sessions/{session['id']}")

    def _ask(self, method: str, path: str) -> Any:
        return ask(self.address, self.token, method, path)


def ask(address: str, token: str, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """What Jupyter's server answers."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(address + path, data, {"Authorization": f"token {token}"}, method=method)
    with urlopen(request, timeout=60) as answer:
        words = answer.read()
    return json.loads(words) if words else None


def idle(page: Page) -> None:
    """Wait until the notebook's kernel has nothing to do."""
    panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    panel.locator(".jp-KernelName", has_text="Python").wait_for()  # of no kernel JupyterLab says "idle" too
    panel.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()


def menu(page: Page, *entries: str) -> None:
    """Open a menu down to its last entry, and rest on that without choosing it."""
    page.locator(".lm-MenuBar-item", has_text=re.compile(f"^{entries[0]}$")).click()
    for entry in entries[1:]:
        item(page, entry).hover()


def item(page: Page, entry: str) -> Any:
    """An entry of the open menu."""
    label = page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(entry)}$"))
    return page.locator(".lm-Menu .lm-Menu-item", has=label).last


@contextmanager
def running(home: Path) -> Iterator[Lab]:
    """JupyterLab on a partnership's folder.

    Raises
    ------
    RuntimeError
        There is no browser, or JupyterLab did not answer.
    """
    browser = find()
    if browser is None:
        raise RuntimeError("No browser was found. Run `make browser` first.")
    with serving(home, "--plain") as (address, token), sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=ARGS)
        yield Lab(address, token, started)
        started.close()


@contextmanager
def serving(home: Path, *more: str) -> Iterator[tuple[str, str]]:
    """JupyterLab without a browser, as ``ctekit start`` starts it: its address and token.

    Raises
    ------
    RuntimeError
        JupyterLab did not answer.
    """
    log = home.parent / "lab.log"
    command = [sys.executable, "-m", "ctekit", "start", str(home), *more, "--no-browser"]
    with log.open("w") as file:
        server = subprocess.Popen(command, env=surroundings(home), stdout=file, stderr=file, start_new_session=True)
    try:
        yield _answering(server, log)
    finally:
        _stop(server)


def _answering(server: subprocess.Popen[bytes], log: Path) -> tuple[str, str]:
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        printed = re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*\?token=(\S+)", log.read_text("utf-8"))
        if printed:
            try:
                with urlopen(f"{printed[1]}/api/status?token={printed[2]}", timeout=30):
                    return printed[1], printed[2]
            except OSError:
                pass
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text('utf-8')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Ask it to stop, so that it stops its kernels; then end what is left."""
    for word in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, word)
            server.wait(20)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
