"""Checks types and style of the browser's JavaScript (tsc, eslint) where there is a Node; in a hosted run always."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
INSTALL = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", "--ignore-scripts"]


def installed() -> bool:
    """Whether tsc and eslint are there as `package-lock.json` has them; if not, they are fetched now."""
    if INSTALLED.exists() and INSTALLED.stat().st_mtime >= (HERE / "package-lock.json").stat().st_mtime:
        return True
    print("Installing tsc and eslint into tests/js/node_modules", flush=True)
    return subprocess.run(INSTALL, cwd=HERE, check=False, timeout=300).returncode == 0


def main() -> int:
    must = os.environ.get("CI") == "true"
    if not shutil.which("npm"):
        print("JavaScript not checked: that needs Node 20 or newer, with npm.")
        return int(must)
    try:
        there = installed()
    except subprocess.TimeoutExpired:
        there = False
    if not there:
        print("JavaScript not checked: tsc and eslint could not be fetched. Run it again where there is a network.")
        return int(must)
    print("Checking the JavaScript's types (tsc) and style (eslint)", flush=True)
    return subprocess.run(["npm", "run", "--silent", "check"], cwd=HERE, check=False, timeout=300).returncode


if __name__ == "__main__":
    sys.exit(main())
