"""No test stops a run: one that never ends fails within its limit, says where it stood, and the others run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.stores import LIMIT, ROOT

ENDLESS = """
import threading

import pytest


@pytest.fixture(scope="module", autouse=True)
def helper():
    threading.Thread(target=threading.Event().wait, name="helper", daemon=True).start()
    yield


def test_before():
    pass


def test_endless():
    threading.Event().wait()


def test_after():
    pass
"""


def test_a_test_that_never_ends_fails_alone_and_shows_all_threads(tmp_path: Path) -> None:
    for name in ("test_one.py", "test_two.py"):
        (tmp_path / name).write_text(ENDLESS)
    (tmp_path / "test_three.py").write_text("def test_quick():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "--rootdir", tmp_path, "-p", "tests.schedule", "-n", "2"]
    command += ["--dist", "loadfile", "-o", "timeout=4", "-o", "timeout_method=thread", "-o", "faulthandler_timeout=3"]
    ran = subprocess.run([*map(str, command), str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT)
    assert "2 failed, 5 passed" in ran.stdout, ran.stdout + ran.stderr
    assert ran.stdout.count("crashed while running 'test_one.py::test_endless'") == 1
    assert len(re.findall(r"in test_endless", ran.stderr)) == 2
    assert ran.stderr.count("Thread 0x") >= 4
