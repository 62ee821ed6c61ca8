"""Find the browser that the tests drive: an installed one, else the system's, else Playwright's own.

Chromium's headless shell comes first: the same engine, without the program around it, which takes one more process for
each page. ``find()`` only looks. Run as a script (``make browser``) it also installs one, and prints which is used.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SHELL = "chromium-headless-shell"
NAMES = (
    SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
# Where macOS and Windows keep them, off the search path.
APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def find() -> str | None:
    """The path of a Chromium, Chrome or Edge that starts, or None. ``CTEKIT_BROWSER`` names one to prefer."""
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[str]:
    if wanted := os.environ.get("CTEKIT_BROWSER"):
        yield shutil.which(wanted) or wanted
    for name in NAMES:
        if path := shutil.which(name):
            yield path
    yield from APPS
    for folder in filter(None, map(os.environ.get, WINDOWS_FOLDERS)):
        for app in WINDOWS:
            yield str(Path(folder, app))
    yield from _from_playwright()


def _from_playwright() -> Iterator[str]:
    # In another process: Playwright's synchronous side refuses to run inside a running event loop.
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False, timeout=60)
    if path := answer.stdout.strip():
        yield path


def _starts(path: str) -> bool:
    """Whether it is there and answers; Ubuntu's ``chromium-browser`` may be a note that says to install something."""
    if not Path(path).is_file():
        return False
    if sys.platform == "win32":  # there, asking for the version opens a window
        return True
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _is_debian() -> bool:
    try:
        return platform.freedesktop_os_release()["ID"] == "debian"
    except OSError:  # macOS, Windows
        return False


def install() -> None:
    """Let the system's package manager bring one if we may ask it; else Playwright, where nothing is found."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        package = SHELL if _is_debian() else "chromium"
        print(f"Installing the system's {package} with apt-get", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", package]):
            subprocess.run(
                ["apt-get", *command], env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False, timeout=900
            )
    if find() is None:
        print("No browser found: Playwright fetches its own Chromium", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=900)


def main() -> int:
    """Print the browser that the tests will use, after installing one if need be."""
    is_shell_wanted = _is_debian() and shutil.which(SHELL) is None and not os.environ.get("CTEKIT_BROWSER")
    if is_shell_wanted or find() is None:
        install()
    if path := find():
        print(f"The tests use the browser {path}")
        return 0
    print(
        "The tests need Chromium, Chrome or Edge and found none that starts. "
        "Install one, or name it: CTEKIT_BROWSER=/path/to/it make test",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
