"""No test stops a run: one that never ends fails within its limit, says where it stood, and the others run."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stores import LIMIT, ROOT

ENDLESS = """
import threading
import time

import pytest


@pytest.fixture(scope="module", autouse=True)
def helper():
    threading.Thread(target=threading.Event().wait, name="helper", daemon=True).start()
    yield


def test_before():
    time.sleep(SECONDS)


def test_endless():
    threading.Event().wait()


def test_after():
    pass
"""


@pytest.mark.slow
def test_a_test_that_never_ends_fails_alone_and_shows_all_threads(tmp_path: Path) -> None:
    for name, seconds in (("test_one.py", "0"), ("test_two.py", "2")):  # two stacks written at once would be mixed
        (tmp_path / name).write_text(ENDLESS.replace("SECONDS", seconds))
    (tmp_path / "test_three.py").write_text("def test_quick():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "--rootdir", tmp_path, "-n", "2"]
    for plugin in ("xdist", "pytest_timeout", "tests.schedule"):  # no other: many processes begin here
        command += ["-p", plugin]
    command += ["--dist", "loadfile", "-o", "timeout=6", "-o", "timeout_method=thread", "-o", "faulthandler_timeout=3"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    ran = subprocess.run(
        [*map(str, command), str(tmp_path)], cwd=ROOT, env=alone, capture_output=True, text=True, timeout=LIMIT
    )
    assert "2 failed, 5 passed" in ran.stdout, ran.stdout + ran.stderr
    assert len(re.findall(r"^FAILED .*test_one\.py::test_endless", ran.stdout, re.MULTILINE)) == 1
    assert len(re.findall(r"in test_endless", ran.stderr)) == 2
    assert ran.stderr.count("Thread 0x") >= 4


BY_SUBPROCESS = {"run", "call", "check_call", "check_output"}
ON_OTHERS = {"wait", "communicate", "result", "get"}
"""Methods that wait for ever when nothing is handed to them."""


def endless_waits(path: Path) -> Iterator[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    limited = {id(call.args[0]) for call in calls if call.args and ast.unparse(call.func) == "asyncio.wait_for"}
    for node in calls:
        if not isinstance(node.func, ast.Attribute) or id(node) in limited:
            continue
        name, keywords = node.func.attr, {keyword.arg for keyword in node.keywords}
        at_subprocess = isinstance(node.func.value, ast.Name) and node.func.value.id == "subprocess"
        if (at_subprocess and name in BY_SUBPROCESS and not keywords & {"timeout", None}) or (
            name in ON_OTHERS and not node.args and not keywords
        ):
            yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_wait_of_tests_and_benchmarks_has_a_limit() -> None:
    files = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("benchmarks/**/*.py")]
    assert len(files) > 50
    assert [wait for path in files for wait in endless_waits(path)] == []
