"""Lazy at the edges: whatever a step does not need it does not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ctekit import workspace

ROOT = Path(__file__).parent.parent
HEAVY = {"ipywidgets", "anywidget", "pandas", "matplotlib", "nbconvert", "sqlalchemy", "starlette"}
SLOW = {"nbformat", "jinja2", "pydantic", "typer", "rich", "IPython"}


def loaded(code: str) -> set[str]:
    """The top names of the modules that are there after running the code in a fresh Python."""
    ask = f"{code}\nimport sys; print(*sys.modules, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stderr
    names = {name.split(".")[0] for name in done.stdout.split()}
    assert "ctekit" in names
    return names


def test_import_ctekit_loads_nothing_heavy() -> None:
    assert loaded("import ctekit") & (HEAVY | SLOW) == set()


@pytest.mark.slow  # a fresh process each
@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("import ctekit\nctekit.open_partnership('no-such-folder')", {"sqlalchemy"}),
        ("from ctekit import samples, rules\nrules.check(samples.book('half'))", set()),
        ("from ctekit import samples, charts\ncharts.of('pathway', samples.book('half'))", set()),
        ("from ctekit.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass", set()),
        ("from ctekit.rollup import Rollup\nRollup([]).statewide", set()),
    ],
    ids=["opening", "checking", "a chart's words", "help", "adding partnerships up"],
)
def test_a_step_loads_only_what_it_needs(code: str, needed: set[str]) -> None:
    assert (loaded(code) & HEAVY) - needed == set()


@pytest.mark.slow  # a fresh process
def test_the_list_of_commands_needs_no_worksheet() -> None:
    assert "pydantic" not in loaded("from ctekit.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass")


@pytest.mark.slow  # a fresh process that exports
def test_an_export_builds_no_grammar_and_loads_no_drawing_library(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    workspace.make(folder, "", "half")
    code = (
        "import sys; from ctekit.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: print(end.code, *{'lark', 'matplotlib', 'pandas'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, "export", str(folder), "-o", str(tmp_path / "pages")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.splitlines()[-1].strip() == "0", done.stdout + done.stderr
