"""What `make hub-test` runs: PostgreSQL of its own, the tests of the store on it, and those of a hub.

What is missing is installed first, by the system's and npm's package managers; what cannot be had is told.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import make_url

from ctekit.store.postgres.prepare import prepare
from tests.hub import postgres

ROOT = Path(__file__).parents[2]
LIMIT = 540
"""Seconds that all of it may take."""

PACKAGE = "postgresql"


def main(arguments: list[str]) -> int:
    """Run the tests with a PostgreSQL; the exit code is theirs."""
    begun = time.monotonic()
    if postgres.programs() is None:
        _install_postgres()
    with postgres.serving() as server:
        prepare(make_url(server.url))
        print(f"PostgreSQL {server.version} listens on this computer alone, port {server.port}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--timeout", "120"]
        command += arguments or ["tests/store", "tests/hub"]
        tests = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"CTEKIT_TEST_POSTGRES": server.url})
        try:
            return tests.wait(LIMIT - (time.monotonic() - begun))
        except subprocess.TimeoutExpired:
            tests.kill()
            tests.wait(30)
            sys.exit(f"The tests were ended: they took more than {LIMIT} seconds, and have {LIMIT} at most.")


def _install_postgres() -> None:
    """Debian's package, by its package manager; its own server is not what we use."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        sys.exit(
            "PostgreSQL is not installed, and this program may not install it. Install it (on Debian and Ubuntu: "
            f"apt-get install {PACKAGE}), then run `make hub-test` again."
        )
    print("Installing PostgreSQL (apt-get)", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for what in (["update"], ["install", "--no-install-recommends", "-y", PACKAGE]):
        try:
            done = subprocess.run(
                ["apt-get", "-qq", *what], env=environment, capture_output=True, text=True, timeout=240, check=False
            )
        except subprocess.TimeoutExpired:
            sys.exit("PostgreSQL could not be installed: the package manager took more than four minutes. Try again.")
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            sys.exit(f"PostgreSQL could not be installed ({last}). Install it by hand, then run `make hub-test` again.")
    if postgres.programs() is None:
        sys.exit("PostgreSQL was installed, but its programs are not in /usr/lib/postgresql. Nothing was tested.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
