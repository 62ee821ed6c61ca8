"""What `make hub-test` runs: PostgreSQL of its own, the tests of the store on it, and those of a hub.

What is missing is installed first, by the system's and npm's package managers; what cannot be had is told.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
from sqlalchemy import make_url

from ctekit.store.postgres.prepare import prepare
from tests.hub import postgres
from tests.hub.figures import FIGURES

ROOT = Path(__file__).parents[2]
LIMIT = 1200
"""Seconds after which all of it is ended; on two quiet cores it takes less than half."""

PROXY = "configurable-http-proxy@5"


def main(arguments: list[str]) -> int:
    """Run the tests with a PostgreSQL; the exit code is theirs."""
    begun = time.monotonic()
    if postgres.programs() is None:
        _install("PostgreSQL", "postgresql")
        if postgres.programs() is None:
            sys.exit("PostgreSQL was installed, but its programs are not in /usr/lib/postgresql. Nothing was tested.")
    proxy = _proxy()
    figures = ROOT / "build" / "hub" / "figures.txt"
    figures.unlink(missing_ok=True)
    _adopt_orphans()
    with postgres.serving() as server, _ending_orphans():
        prepare(make_url(server.url))
        print(f"PostgreSQL {server.version} listens on this computer alone, port {server.port}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--timeout", "120"]
        command += arguments or ["tests/store", "tests/hub", "-k", "not sqlite"]  # on that, `make test` runs them
        ours = {"CTEKIT_TEST_POSTGRES": server.url, "CTEKIT_TEST_PROXY": str(proxy), FIGURES: str(figures)}
        tests = subprocess.Popen(command, cwd=ROOT, env=os.environ | ours)
        try:
            code = tests.wait(LIMIT - (time.monotonic() - begun))
            if figures.exists():
                print("Measured:", *figures.read_text("utf-8").splitlines(), sep="\n  ")
            return code
        except subprocess.TimeoutExpired:
            tests.kill()
            tests.wait(30)
            sys.exit(
                f"The tests were ended: they took more than {LIMIT} seconds. Run them on a computer that does less."
            )


def _adopt_orphans() -> None:
    """Become the parent of what a worker leaves that was ended by its time limit: servers, kernels."""
    if sys.platform == "linux":
        child_subreaper = 36
        ctypes.CDLL(None).prctl(child_subreaper, 1, 0, 0, 0)


@contextlib.contextmanager
def _ending_orphans() -> Iterator[None]:
    """At the end, end whatever was started in the block."""
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    try:
        yield
    finally:
        left = [child for child in psutil.Process().children(recursive=True) if child.pid not in before]
        for child in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        psutil.wait_procs(left, timeout=30)


def _install(what: str, *packages: str) -> None:
    """Debian's packages, by its package manager."""
    by_hand = f"apt-get install {' '.join(packages)}"
    if os.getuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            f"{what} is not installed, and this program may not install it. Install it (on Debian and Ubuntu: "
            f"{by_hand}), then run `make hub-test` again."
        )
    print(f"Installing {what} ({by_hand})", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--no-install-recommends", "-y", *packages]):
        _run(what, ["apt-get", "-qq", *step], environment)


def _proxy() -> Path:
    """JupyterHub's proxy, by npm, in a folder of the checkout's own."""
    home = ROOT / "build" / "hub"
    program = home / "node_modules" / ".bin" / "configurable-http-proxy"
    home.mkdir(parents=True, exist_ok=True)
    if not shutil.which("npm"):
        _install("Node", "nodejs", "npm")
    if not program.exists():
        print(f"Installing {PROXY} (npm)", flush=True)
        _run("The proxy", ["npm", "install", "--no-audit", "--no-fund", "--silent", PROXY], os.environ, home)
    return program


def _run(what: str, command: list[str], environment: Mapping[str, str], folder: Path = ROOT) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, timeout=180, check=False
        )
    except subprocess.TimeoutExpired:
        sys.exit(f"{what} could not be installed: {command[0]} took more than three minutes. Try again.")
    if done.returncode:
        last = ((done.stderr or done.stdout).strip().splitlines() or ["it said nothing"])[-1]
        sys.exit(f"{what} could not be installed ({last}). Install it by hand, then run `make hub-test` again.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
