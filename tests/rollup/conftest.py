"""Partnerships of a state, each in a folder, and the command that adds them up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ctekit import cli, workspace
from ctekit.model.paths import STORE_FILE
from ctekit.store import Edit, open_store

Run = Callable[..., tuple[int, str, str]]
HOSTILE = '<script>alert(1)</script>=HYPERLINK("http://evil.example")\u202e'

PLACES = (
    ("R1", "harrow-bend"),
    ("R1", "clean"),
    ("R2", "half"),
    ("R3", "clean"),
    ("=R4", "clean"),
    (HOSTILE, "half"),
)
"""Region and sample of each partnership."""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a command; its exit code, output and complaints."""

    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([str(word) for word in words])
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err  # type: ignore[return-value]

    return call


@pytest.fixture(scope="session")
def made_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six partnerships in five regions; made once and only read."""
    home = tmp_path_factory.mktemp("state")
    places = (
        ("R1", "harrow-bend"),
        ("R1", "clean"),
        ("R2", "half"),
        ("R3", "clean"),
        ("=R4", "clean"),
        (HOSTILE, "half"),
    )
    for number, (region, sample) in enumerate(places, 1):
        folder = home / f"p{number}"
        workspace.make(folder, f"Partnership {number} {HOSTILE}", sample, partnership=f"p{number}")
        store = open_store(folder / STORE_FILE)
        store.save(
            [
                Edit("profile", "region_code", region),
                Edit("profile", "reporting_year", "2025-26"),
                Edit("profile", "state", "Meridia"),
            ]
        )
        store.close()
    return home
