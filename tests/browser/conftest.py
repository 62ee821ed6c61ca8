"""A real JupyterLab, started by the real command, and a real browser on it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from ctekit import workspace
from tests.browser.driver import SHOTS, Notebook
from tests.conftest import WAIT as WAIT


class Lab:
    """A running JupyterLab whose folder holds one partnership a test."""

    def __init__(self, home: Path, surroundings: dict[str, str], *more: str) -> None:
        self.home = home
        self.more = more
        self.surroundings = surroundings
        self.log = home.parent / "log"

    def start(self) -> None:
        """Start it, or start it again after `kill`, and wait until its printed address answers."""
        command = [sys.executable, "-m", "ctekit", "start", str(self.home), "--no-browser", *self.more]
        with self.log.open("w") as log:
            self.server = subprocess.Popen(
                command, env=self.surroundings, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + 90
        while time.monotonic() < until and self.server.poll() is None:
            printed = re.search(r"(http://127\.0\.0\.1:\d+)/lab\S*\?token=(\S+)", self.log.read_text("utf-8"))
            if printed:
                self.address, self.token = printed[1], printed[2]
                with suppress(OSError):
                    self.kernels()
                    return
            time.sleep(0.2)
        raise RuntimeError(f"JupyterLab did not start:\n{self.log.read_text('utf-8')}")

    def kill(self) -> None:
        """End it at once, without a word to its kernels or to the browser."""
        with suppress(ProcessLookupError):  # it ended by itself
            os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(30)

    def folder(self, name: str, sample: str | None = "") -> Path:
        """A folder with the notebooks, and with a partnership unless `sample` is None."""
        place = self.home / name
        if sample is None:
            place.mkdir()
            workspace.copy_notebooks(place)
        else:
            workspace.make(place, "" if sample else "A partnership", sample)
        return place

    def kernels(self) -> list[dict[str, Any]]:
        return list(self.ask("GET", "/api/sessions"))

    def ask(self, method: str, path: str) -> Any:
        request = Request(self.address + path, method=method, headers={"Authorization": f"token {self.token}"})
        with urlopen(request, timeout=30) as answer:
            words = answer.read()
        return json.loads(words) if words else None

    def shut_kernels(self) -> None:
        """End them all. The server refuses to end one that it is just starting again after a kill: ask once more."""
        until = time.monotonic() + 60
        while sessions := self.kernels():
            for session in sessions:
                try:
                    self.ask("DELETE", f"/api/sessions/{session['id']}")
                except HTTPError:
                    if time.monotonic() > until:
                        raise
                    time.sleep(0.2)

    def kernel_pid(self, name: str) -> int:
        """The process of the kernel behind one notebook."""
        (kernel,) = [session["kernel"]["id"] for session in self.kernels() if session["path"].endswith(name)]
        return self.process(kernel)

    def process(self, kernel: str) -> int:
        """The process of a kernel, found by the connection file on its command line."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"kernel-{kernel}.json".encode() in (process / "cmdline").read_bytes():
                    return int(process.name)
            except OSError:
                continue
        raise LookupError(f"no process holds the kernel {kernel}")

    def open(self, page: Page, folder: Path, name: str, *, run: bool = True) -> Notebook:
        """Open a notebook of a folder in JupyterLab, and run all its cells."""
        # A workspace of its own: JupyterLab would open again what the test before had open.
        path = f"/lab/workspaces/{uuid4().hex}/tree/{quote(str(folder.relative_to(self.home)))}/{name}.ipynb"
        page.goto(f"{self.address}{path}?token={self.token}")
        notebook = Notebook(page, f"{name}.ipynb")
        notebook.wait_until_open()
        if run:
            notebook.run_all()
        return notebook


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with running(tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@contextmanager
def running(home: Path, prepare: Callable[[Path], None] | None = None, *, plain: bool = True) -> Iterator[Lab]:
    """JupyterLab as `ctekit start --plain` starts it (or without that), with nobody's settings."""
    room = home / "room"
    kept = {name: str(home / name.lower()) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    kept |= {"JUPYTER_RUNTIME_DIR": str(home / "run"), "MPLCONFIGDIR": str(home / "mpl"), "JUPYTER_TOKEN": ""}
    here = {**os.environ, **kept, "JUPYTER_NO_CONFIG": "", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "ctekit", "new", "The room", "--folder", str(room)]
    subprocess.run(command, env=here, check=True, stdout=subprocess.DEVNULL, timeout=120)
    if prepare:
        prepare(room)
    lab = Lab(room, here, *(["--plain"] if plain else []))
    try:
        lab.start()
        yield lab
    finally:
        lab.kill()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say with a failure what was on the screen, and keep a picture of it."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and page is not None:
        with suppress(PlaywrightError):  # the page itself may be gone
            dialogs = page.locator("dialog, .jp-Dialog").all_inner_texts()
            report.sections.append(("Dialogs on the screen", "\n".join(dialogs) or "none"))
            SHOTS.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "-", item.name).strip("-")
            page.screenshot(path=SHOTS / f"failed-{name}.png")
    return report


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """A fresh browser window; afterwards its kernels are shut down."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    yield page
    context.close()
    lab.shut_kernels()
