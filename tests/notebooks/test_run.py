"""Every notebook runs from top to bottom, by nbval: on each sample, and where there is no partnership yet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_notebook

from ctekit import workspace
from ctekit.model.paths import STORE_FILE

ROOT = Path(__file__).parent.parent.parent
PARTNERSHIPS = ("harrow-bend", "clean", "half", "none yet")
IN_ONE_KERNEL = ("clean", "half")
"""That each notebook starts by itself is shown by the others."""

NO_KERNEL = "Kernel died before replying"
"""What nbval says where two kernels that start at once, maybe another test's, got the same port: they run once more."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Future[tuple[Path, str]]]]:
    """One run over all notebooks for each partnership, two at a time: a kernel that starts mostly waits."""
    with ThreadPoolExecutor(2) as pool:
        yield {name: pool.submit(run, tmp_path_factory.mktemp("run") / "home", name) for name in PARTNERSHIPS}


def run(home: Path, name: str) -> tuple[Path, str]:
    """Run the notebooks in a folder of their own; what pytest said."""
    if name == "none yet":
        home.mkdir()
        workspace.copy_notebooks(home)
    else:
        workspace.make(home, "", name)
    if name in IN_ONE_KERNEL:
        join(home)
    (home / "pytest.ini").write_text("[pytest]\n")  # not the checkout's, whose options are for its own tests
    output = run_by_nbval(home)
    return home, run_by_nbval(home) if NO_KERNEL in output else output


def run_by_nbval(home: Path) -> str:
    """Run the notebooks of a folder by nbval in a process; what that said."""
    words = ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=60", "-p", "no:cacheprovider", "-rA", "-q"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, *sorted(path.name for path in home.glob("*.ipynb"))],
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
        # The outer run's own: which worker it is, and which test it is at.
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")},
    )
    return done.stdout + done.stderr


def join(home: Path) -> None:
    """Put one notebook with all cells in the place of the notebooks."""
    paths = sorted(home.glob("*.ipynb"))
    cells = [cell for path in paths for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    for path in paths:
        path.unlink()
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    nbformat.write(new_notebook(cells=cells), home / "all.ipynb")


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", PARTNERSHIPS)
def test_every_notebook_runs(runs: dict[str, Future[tuple[Path, str]]], name: str) -> None:
    home, output = runs[name].result(850)
    outcomes = re.findall(r"^(PASSED|FAILED|ERROR|SKIPPED|XFAIL) (\S+?)(?:\.ipynb)?::", output, flags=re.MULTILINE)
    assert {outcome for outcome, _ in outcomes} == {"PASSED"}, output
    notebooks = {path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb")}
    assert {notebook for _, notebook in outcomes} == ({"all"} if name in IN_ONE_KERNEL else notebooks) != set()
    assert len(outcomes) >= len(notebooks)
    assert (home / STORE_FILE).exists() == (name != "none yet"), "running a notebook starts nothing by itself"
