"""A notebook that was run, by a command or by a person's own cells, can be sent: nothing private is saved in it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from ctekit import export
from tests.secrets import found, plant

pytestmark = pytest.mark.slow

OURS = ("00-start-here", "01-convener", "03-recruitment", "04-value", "99-whole-picture")
"""Those whose worksheets have most private questions, and the one that reads them all."""

CELLS = (
    "from ctekit import open_partnership\npartnership = open_partnership()\npartnership",
    'partnership["profile"].people',
    'partnership["convener"].scores',
    'partnership["value"]',
    "[one for one in partnership.check()]",
    "partnership.check().results",
    "print(partnership.check().results)",
    "partnership.findings()",
    'partnership.frame("value")',
    'partnership.frame("profile.people")',
    "list(partnership.book.row_by_id.values())",
    "partnership.store.history()",
    "partnership.history()",
    'partnership.restore("value", 1)',
)
"""As people write them who know a little Python."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("run") / "hb"
    assert plant(home) > 800
    mine = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    nbformat.write(mine, home / "20-mine.ipynb")
    return home


@pytest.mark.timeout(600)
def test_a_notebook_run_by_nbconvert_holds_nothing_private_and_no_page_made_of_it(home: Path, tmp_path: Path) -> None:
    names = [f"{name}.ipynb" for name in (*OURS, "20-mine")]
    command = ["jupyter", "nbconvert", "--execute", "--inplace", "--ExecutePreprocessor.timeout=120", *names]
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=home, capture_output=True, text=True, check=False, timeout=550
    )
    assert done.returncode == 0, done.stderr[-2000:]
    for name in names:
        notebook = (home / name).read_text("utf-8")
        assert not found(notebook), name
        if name != "20-mine.ipynb":
            assert "state" in json.loads(notebook)["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]
    assert all(cell.outputs for cell in nbformat.read(home / "20-mine.ipynb", 4).cells[1:])
    # What somebody asked for by name, and saved, is on a page only if the export asks for it too.
    asked = nbformat.read(home / "20-mine.ipynb", 4)
    asked.cells[1].source += "; partnership.history(private=True)"
    asked.cells[1].outputs[0]["data"] = {"text/plain": "ZQX0001SECRET"}
    nbformat.write(asked, home / "20-mine.ipynb")
    pages = export.pages(home, tmp_path / "pages")
    assert not found("".join(path.read_text("utf-8") for path in pages))
