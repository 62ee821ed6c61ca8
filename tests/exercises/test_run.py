"""All exercises run from the first cell to the last."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ctekit import exercises
from ctekit.model.paths import content


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_nbval_runs_every_exercise(tmp_path: Path) -> None:
    names = [f"{practice.notebook}.ipynb" for practice in exercises.every()]
    for name in names:
        shutil.copy(content("exercises", name), tmp_path)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", *names]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=800)
    assert done.returncode == 0, done.stdout
    assert len(list(tmp_path.glob("practice/*/partnership.ctekit"))) == len(names)
