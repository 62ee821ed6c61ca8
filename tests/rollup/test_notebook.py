"""The state's folder and its notebook: made, never written over, and each cell says one thing."""

from __future__ import annotations

import ast
import datetime
import json
import os
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import ctekit
from ctekit import rollup, state_folder, workspace
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.rollup import Measure, MeasureCount, Summary
from tests.export.exporting import faults
from tests.rollup.conftest import Run

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "state" / "98-state-view.ipynb"


def cells() -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    return content


@pytest.fixture(scope="module")
def home(made_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state's folder with six partnerships and a file that is none."""
    home = tmp_path_factory.mktemp("office") / "meridia"
    state_folder.make(home)
    shutil.copytree(made_state, home / state_folder.PARTNERSHIPS, dirs_exist_ok=True)
    (home / state_folder.PARTNERSHIPS / "junk.ctekit").write_bytes(b"junk")
    return home


def test_the_notebook_holds_no_outputs_and_says_one_thing_a_cell() -> None:
    assert len({cell["id"] for cell in cells()}) == len(cells()) > 9
    for cell in cells():
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)
            *imports, sentence = ast.parse(source).body
            assert isinstance(sentence, ast.Expr | ast.Assign)
            assert all(isinstance(each, ast.Import) for each in imports)
        else:
            assert not re.search(r"<[a-zA-Z!/?]", source)


def test_all_its_cells_run_and_show_a_page(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    names: dict[str, Any] = {}
    shown = []
    for cell in cells():
        if cell["cell_type"] == "code":
            *body, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(body, []), "cell", "exec"), names)
            if isinstance(last, ast.Expr):
                shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names)._repr_html_())
            else:
                exec(compile(ast.Module([last], []), "cell", "exec"), names)
    sources, view, regions, kept = shown
    assert "6 partnerships are in it" in sources
    assert "junk.ctekit" in sources
    assert "<script" not in sources + regions + kept
    page = unescape(re.findall(r'srcdoc="(.*?)"', view, re.DOTALL)[0])
    assert faults(page) == []
    assert "Meridia" in page
    assert "href=" not in page.replace('href="#main"', "")
    assert regions.count("<iframe") == 5
    assert (home / "state-view" / "index.html").is_file()
    assert "state-view" in kept


def test_a_spreadsheet_in_which_somebody_wrote_is_kept_beside_the_new_one(home: Path) -> None:
    state = ctekit.open_state(home)
    state.keep()
    sheet = home / "state-view" / "rollup.xlsx"
    before = set(sheet.parent.iterdir())
    assert "was there" not in repr(state.keep()), "the same again leaves no copy"
    assert set(sheet.parent.iterdir()) == before
    sheet.write_bytes(b"with notes of a colleague")
    sentence = repr(state.keep())
    (aside,) = set(sheet.parent.iterdir()) - before
    assert aside.read_bytes() == b"with notes of a colleague"
    assert f"The spreadsheet that was there is {aside.name} now." in sentence


def test_a_spreadsheet_of_an_earlier_day_in_which_nobody_wrote_leaves_no_copy(home: Path) -> None:
    state = ctekit.open_state(home)
    state.keep()
    sheet = home / "state-view" / "rollup.xlsx"
    before = set(sheet.parent.iterdir())
    earlier = datetime.datetime(2026, 3, 4, 12)
    summaries, unread = state._gathered
    rollup.write(summaries, sheet.parent, day=earlier.date(), not_in_it=len(unread), replace=True)
    os.utime(sheet, (earlier.timestamp(),) * 2)
    assert "was there" not in repr(state.keep())
    assert set(sheet.parent.iterdir()) == before


def test_where_nothing_can_be_written_no_copy_of_the_spreadsheet_stays(home: Path) -> None:
    state = ctekit.open_state(home)
    state.keep()
    folder = home / "state-view"
    (folder / "rollup.xlsx").write_bytes(b"with notes")
    (folder / "index.html").write_text("a page of somebody's own")
    before = set(folder.iterdir())
    with pytest.raises(CtekitError, match="index.html"):
        state.keep()
    assert set(folder.iterdir()) == before
    (folder / "index.html").unlink()


def test_a_region_that_is_not_there_is_told_with_those_that_are(home: Path) -> None:
    state = ctekit.open_state(home)
    assert "R3" in repr(state.region("R3"))
    with pytest.raises(NotFoundError, match="There are: .*R1"):
        state.region("R33")


def test_a_state_s_folder_is_made_and_what_is_there_stays(tmp_path: Path, run: Run) -> None:
    home = tmp_path / "meridia"
    code, output, _ = run("new", "Meridia", "--state", "--folder", home)
    assert code == 0
    assert "partnerships" in output
    assert not (home / "partnership.ctekit").exists()
    (home / "98-state-view.ipynb").write_text("mine")
    (home / "partnerships" / "README.txt").write_text("mine too")
    assert run("new", "Meridia", "--state", "--folder", home)[0] == 0
    assert (home / "98-state-view.ipynb").read_text() == "mine"
    assert (home / "partnerships" / "README.txt").read_text() == "mine too"


def test_in_a_state_s_folder_the_command_needs_no_words(
    home: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(home, tmp_path / "meridia"))
    code, output, _ = run("rollup", "--replace")
    assert code == 0
    assert "6 partnerships are added up in state-view" in output


def test_partnerships_get_no_notebook_of_the_state(tmp_path: Path) -> None:
    workspace.make(tmp_path / "ours", "Ours")
    assert not list((tmp_path / "ours").glob("98-*"))
    assert not state_folder.is_state(tmp_path / "ours")


MEASURE = Measure("1S1", "Perkins V", "secondary", "2025-26")
SMALL = [
    Summary(f"p{number}", groups={"region": ("R1",)}, measures={MEASURE: MeasureCount(2, 5 + number, False)})
    for number in range(4)
]
"""Partnerships with a small group each."""


def test_what_a_view_added_together_is_known_to_the_next_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state_folder.make(tmp_path)
    sums = []
    for number in (3, 4):
        monkeypatch.setattr("ctekit.rollup.gather", lambda *_, number=number: SMALL[:number])
        state = ctekit.open_state(tmp_path)
        state.view()
        sums.append(state._pages.rollup.statewide.measures[MEASURE].out_of)
        assert [path.name for path in (tmp_path / "state-view").iterdir()] == ["counted-together.json"]
    assert sums == [18, 18]


def test_nothing_is_shown_where_it_could_not_be_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state_folder.make(tmp_path)
    monkeypatch.setattr("ctekit.rollup.gather", lambda *_: SMALL)
    (tmp_path / "state-view").write_text("no folder")
    for show in (ctekit.open_state(tmp_path).view, ctekit.open_state(tmp_path).regions):
        with pytest.raises(CtekitError, match="nothing is shown"):
            show()


def test_nobody_in_it_yet_is_no_fault(tmp_path: Path) -> None:
    state_folder.make(tmp_path)
    state = ctekit.open_state(tmp_path)
    assert "0 partnerships are in it" in repr(state.sources())
    assert faults(unescape(re.findall(r'srcdoc="(.*?)"', state.view()._repr_html_(), re.DOTALL)[0])) == []
