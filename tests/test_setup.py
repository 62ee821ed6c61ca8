"""The files that set ctekit up say the same thing, and name no place that others cannot reach."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.browser.find_browser import find

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DEPENDENCIES = {canonicalize_name(need.name): need for need in map(Requirement, PROJECT["dependencies"])}
EXTRAS = {
    canonicalize_name(need.name): need
    for extra in PROJECT["optional-dependencies"].values()
    for need in map(Requirement, extra)
}
# Where conda-forge calls a package something else: without the desktop windows that matplotlib proper brings.
CONDA_NAMES = {"matplotlib-base": "matplotlib", "jupyter_server": "jupyter-server"}
TEST_TOOLS = {"pytest", "nbval"}


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in (pin.partition("==") for pin in pins)}


def conda() -> tuple[dict[str, Requirement], list[str]]:
    packages = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    needs = map(Requirement, (package for package in packages if isinstance(package, str)))
    by_pip = next(package["pip"] for package in packages if isinstance(package, dict))
    return {CONDA_NAMES.get(need.name, need.name): need for need in needs}, by_pip


def test_conda_gets_the_dependencies_of_pyproject_within_the_same_bounds() -> None:
    needs, by_pip = conda()
    assert needs.pop("python").specifier == Requirement(f"python{PROJECT['requires-python']}").specifier
    assert needs.keys() - DEPENDENCIES.keys() == {"pip"} | TEST_TOOLS
    bounds = {name: str(need.specifier) for name, need in needs.items() if name in DEPENDENCIES}
    assert bounds == {name: str(need.specifier) for name, need in DEPENDENCIES.items()}
    assert by_pip == ["-e ."]


def test_constraints_hold_versions_and_no_addresses() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line), f"{line!r} is not NAME==VERSION"
    assert "ctekit" not in constraints()


def test_constraints_pin_everything_asked_for_within_its_bounds() -> None:
    pins = constraints()
    for name, need in {**DEPENDENCIES, **EXTRAS}.items():
        assert name in pins, f"constraints.txt has no version for {need}; run: make constraints"
        assert need.specifier.contains(pins[name]), f"constraints.txt has {name} {pins[name]}, outside {need}"


def test_the_version_is_the_same_wherever_it_is_said() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert str(citation["version"]) == PROJECT["version"]
    extension = json.loads((ROOT / "ctekit/lab/labextensions/ctekit/package.json").read_text(encoding="utf-8"))
    assert extension["version"] == PROJECT["version"]
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_commands_and_the_exporter_are_announced() -> None:
    assert PROJECT["scripts"].keys() == {"ctekit", "jupyter-ctekit"}
    assert "ctekit" in PROJECT["entry-points"]["nbconvert.exporters"]


def test_security_names_tests_that_are_there() -> None:
    words = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/\S+?)`", words)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).is_file()] == []
    assert "@" not in words, "no person's address is given"


def tracked() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [name for name in listing.stdout.split("\0") if name]


def test_nobodys_partnership_and_no_scratch_folder_is_committed() -> None:
    assert [name for name in tracked() if ".ctekit" in name or name.startswith(("tmp", "scratch"))] == []


def test_no_tracked_file_names_a_package_registry() -> None:
    # Joined here, so that this file does not name them either.
    hosts = [".".join(parts).encode() for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
    hosts += [".".join(parts).encode() for parts in (("npmjs", "com"), ("conda", "anaconda", "org"))]
    hosts += [".".join(parts).encode() for parts in (("unpkg", "com"), ("jsdelivr", "net"))]
    named = [
        (name, host.decode())
        for name in tracked()
        if (ROOT / name).is_file()
        for host in hosts
        if host in (ROOT / name).read_bytes()
    ]
    assert named == []


@pytest.mark.skipif(sys.platform == "win32", reason="make and its shell are not there")
def test_make_alone_says_what_there_is() -> None:
    output = subprocess.run(
        ["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=240
    ).stdout
    targets = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
    assert {name for name in targets if f"make {name} " in output} == set(targets) - {"help", "browser"}


@pytest.mark.skipif(sys.platform == "win32", reason="make and its shell are not there")
def test_an_old_python_is_told_in_one_sentence(tmp_path: Path) -> None:
    script(tmp_path / "python2", 'case "$1" in --version) echo Python 2.7.18;; *) exit 1;; esac')
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    asked = ["make", "start", f"PYTHON={tmp_path / 'python2'}"]
    tried = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=240)
    assert tried.returncode
    assert "ctekit needs Python 3.11 or newer" in tried.stderr
    assert "is Python 2.7.18" in tried.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_browser_that_does_not_start_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    working = script(tmp_path / "google-chrome", "exit 0")
    script(tmp_path / "chromium", "exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin-there-is-none")
    monkeypatch.delenv("CTEKIT_BROWSER", raising=False)
    assert find() == str(working)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_browser_that_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = script(tmp_path / "mine", "exit 0")
    monkeypatch.setenv("CTEKIT_BROWSER", str(mine))
    assert find() == str(mine)


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path
