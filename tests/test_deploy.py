"""What a hub is run by: the runbook names commands that there are, and systemd takes the unit."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from ctekit.cli.run import app
from tests.stores import LIMIT, ROOT

DEPLOY = ROOT / "deploy"
RUNBOOK = (DEPLOY / "README.md").read_text("utf-8")
UNIT = DEPLOY / "ctekit-rooms.service"


def test_the_runbook_names_commands_and_options_that_there_are() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    lines = re.findall(r"\bctekit ([a-z][a-z-]*)((?: [^`\n,]*)?)[`\n]", RUNBOOK + UNIT.read_text("utf-8"))
    named = [(name, options) for name, options in lines if name in commands]
    assert {"hub-prepare", "hub-rooms", "move", "share", "submit", "rollup", "backup"} <= {name for name, _ in named}
    for name, words in named:
        there = {option for parameter in commands[name].params for option in parameter.opts}
        assert set(re.findall(r"--[a-z]+", words)) <= there, f"ctekit {name} {words}"


def test_the_files_that_the_runbook_names_are_there() -> None:
    for name in re.findall(r"`((?:deploy|tests|ctekit|docs)/[\w./-]+)`", RUNBOOK):
        assert (ROOT / name).exists(), name
    for name in ("jupyterhub_config.py", UNIT.name):
        assert name in RUNBOOK
        assert (DEPLOY / name).is_file()


def test_the_values_for_kubernetes_are_yaml() -> None:
    block = RUNBOOK[RUNBOOK.index("      hub:\n        extraEnv:") : RUNBOOK.index("  Forbid users' pods")]
    values = yaml.safe_load(block)
    assert set(values) == {"hub", "singleuser"}
    assert values["hub"]["extraFiles"]["ctekit"]["mountPath"].endswith("/jupyterhub_config.d/ctekit.py")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = UNIT.read_text("utf-8").replace("/opt/tljh/user/bin/ctekit", f"{sys.executable} -m ctekit")
    (tmp_path / UNIT.name).write_text(unit)
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / UNIT.name)]
    verified = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)
    problems = [line for line in (verified.stdout + verified.stderr).splitlines() if UNIT.name in line]
    assert not problems


def test_rooms_and_the_servers_of_users_are_given_the_time_zone_that_the_runbook_names() -> None:
    zones = re.findall(r"\bTZ(?:=|: )([\w/]+)", RUNBOOK + UNIT.read_text("utf-8"))
    assert len(zones) == 3
    assert len(set(zones)) == 1
    assert "/" in zones[0]
    assert '("TZ",)' in (DEPLOY / "jupyterhub_config.py").read_text("utf-8")
