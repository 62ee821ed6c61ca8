"""`ctekit rollup`: what it writes, what it says, and what it leaves alone."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import openpyxl
import pytest

from ctekit.model.paths import STORE_FILE
from ctekit.rollup import gather, paths, write
from ctekit.store import Edit, open_store
from ctekit.worksheets.profile import Profile
from tests.rollup.conftest import HOSTILE, Run
from tests.rollup.region import a_year_later, state
from tests.secrets import found, plant

pytestmark = pytest.mark.slow  # a second of one core each


def prints(home: Path) -> dict[str, str]:
    """Every file below a folder, and its contents in short."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def view(made_state: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("view")
    write(gather(paths([made_state])), output)
    return output


@pytest.fixture
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Midnight may come between two roll-ups, and each names its day."""
    day = SimpleNamespace(today=lambda: datetime.date(2026, 11, 30))
    monkeypatch.setattr("ctekit.cli.rollup.datetime", SimpleNamespace(date=day))


def everything(output: Path) -> str:
    """All that a roll-up wrote, as text, the parts of the spreadsheet too."""
    parts = [path.read_text("utf-8") for path in output.iterdir() if path.suffix != ".xlsx"]
    with zipfile.ZipFile(output / "rollup.xlsx") as archive:
        parts += [archive.read(name).decode() for name in archive.namelist()]
    return "\n".join(parts)


def test_it_writes_a_page_of_the_state_one_a_region_and_a_spreadsheet(
    made_state: Path, tmp_path: Path, run: Run
) -> None:
    before = prints(made_state)
    code, output, wrong = run("rollup", made_state, "-o", tmp_path / "out")
    assert (code, wrong) == (0, "")
    assert "6 partnerships are added up" in output
    assert "index.html" in output
    assert len(list((tmp_path / "out").glob("region-*.html"))) == 5
    assert (tmp_path / "out" / "rollup.xlsx").is_file()
    assert prints(made_state) == before


def test_a_folder_that_knows_of_no_earlier_roll_up_says_what_that_means(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctekit.rollup.gather", lambda *_: state())
    output = ("-o", tmp_path / "view", "--replace")
    assert "knew of no earlier roll-up" in " ".join(run("rollup", tmp_path, *output)[1].split())
    assert "earlier" not in run("rollup", tmp_path, *output)[1]


def test_a_damaged_or_foreign_source_costs_itself_alone(made_state: Path, tmp_path: Path, run: Run) -> None:
    home = tmp_path / "sources"
    shutil.copytree(made_state, home)
    (home / "junk.ctekit").write_bytes(b"no partnership at all " * 99)
    (home / "empty.ctekit").write_bytes(b"")
    (home / "p2" / STORE_FILE).write_bytes((home / "p2" / STORE_FILE).read_bytes()[:5000])
    code, output, wrong = run("rollup", home, tmp_path / "nowhere", "-o", tmp_path / "out")
    assert (code, wrong) == (0, "")
    assert len(output.splitlines()) == 5
    for name in ("junk.ctekit", "empty.ctekit", "p2", "nowhere"):
        assert name in output
    assert "5 partnerships are added up" in output
    assert "4 files are not in it" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_a_link_to_itself_costs_itself_alone(made_state: Path, tmp_path: Path, run: Run) -> None:
    home = tmp_path / "sources"
    shutil.copytree(made_state / "p1", home / "p1")
    (home / "round.ctekit").symlink_to(home / "round.ctekit")
    (home / "circle").mkdir()
    (home / "circle" / STORE_FILE).symlink_to(home / "circle" / STORE_FILE)
    code, output, wrong = run("rollup", home, "-o", tmp_path / "out")
    assert (code, wrong) == (0, "")
    assert len(output.splitlines()) == 3
    assert "round.ctekit" in output
    assert "circle" in output
    assert "1 partnership is added up" in output


def test_a_folder_that_may_not_be_entered_costs_itself_alone(
    made_state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is root may enter any, so the refusal is played."""
    shutil.copytree(made_state / "p1", tmp_path / "p1")
    closed = tmp_path / "closed"
    closed.mkdir()
    look, ask = os.stat, os.access

    def refuse(path: Any, *rest: Any, **more: Any) -> os.stat_result:
        if Path(path).parent == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, *rest, **more)

    monkeypatch.setattr(os, "stat", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != closed and ask(path, mode))
    unread: list[str] = []
    assert [summary.partnership for summary in gather(paths([tmp_path]), unread.append)] == ["p1"]
    assert len(unread) == 1
    assert "closed" in unread[0]


def test_a_copy_of_a_partnership_is_counted_once_and_the_newer_one(made_state: Path, tmp_path: Path, run: Run) -> None:
    shutil.copytree(made_state / "p1", tmp_path / "p1")
    shutil.copy(made_state / "p1" / STORE_FILE, tmp_path / "copy.ctekit")
    store = open_store(tmp_path / "copy.ctekit")
    store.save([Edit("profile", "region_code", "R77")])
    store.close()
    code, output, _ = run("rollup", tmp_path, "-o", tmp_path / "out")
    assert code == 0
    assert "are of one partnership" in output
    assert "1 partnership is added up" in output
    assert "R77" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_nothing_is_written_without_a_partnership(tmp_path: Path, run: Run) -> None:
    code, output, wrong = run("rollup", tmp_path / "nobody", "-o", tmp_path / "out")
    assert code == 2
    assert "nobody" in output
    assert wrong.startswith("No source is a partnership")
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("one_day")
def test_a_spreadsheet_that_is_there_is_written_over_only_if_asked(made_state: Path, tmp_path: Path, run: Run) -> None:
    assert run("rollup", made_state / "p1", "-o", tmp_path)[0] == 0
    assert run("rollup", made_state / "p1", "-o", tmp_path)[0] == 0
    before = prints(tmp_path)
    code, _, wrong = run("rollup", made_state, "-o", tmp_path)
    assert code == 2
    assert "--replace" in wrong
    assert prints(tmp_path) == before
    assert run("rollup", made_state, "-o", tmp_path, "--replace")[0] == 0


def test_without_what_earlier_ones_told_nothing_is_written(made_state: Path, tmp_path: Path, run: Run) -> None:
    assert run("rollup", made_state, "-o", tmp_path)[0] == 0
    for words in ("", "[]", "{", '{"format": "ctekit-rollup-pools", "together": 3}'):
        (tmp_path / "counted-together.json").write_text(words)
        before = prints(tmp_path)
        code, _, wrong = run("rollup", made_state, "-o", tmp_path, "--replace")
        assert code == 2
        assert "earlier roll-ups" in wrong
        assert prints(tmp_path) == before


def test_pages_of_another_export_stay(made_state: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "roles.html").write_text('<meta name="generator" content="ctekit page">')
    before = prints(tmp_path)
    code, _, wrong = run("rollup", made_state / "p1", "-o", tmp_path)
    assert code == 2
    assert "roles.html" in wrong
    assert prints(tmp_path) == before


def test_what_it_remembers_holds_no_count(tmp_path: Path) -> None:
    write(state(), tmp_path)
    kept = json.loads((tmp_path / "counted-together.json").read_text("utf-8"))
    assert set(kept) == {"format", "about", "together"}
    members = [member for pools in kept["together"].values() for pool in pools for member in pool]
    assert len(members) > 100
    assert all(re.fullmatch(r"p\d+( round-\d+)?", member) for member in members)


def test_it_keeps_to_what_earlier_ones_told(tmp_path: Path) -> None:
    write(state(), tmp_path)
    before = json.loads((tmp_path / "counted-together.json").read_text("utf-8"))["together"]
    write(a_year_later(state()), tmp_path, replace=True)
    after = json.loads((tmp_path / "counted-together.json").read_text("utf-8"))["together"]
    assert before != after
    assert all(pool in after[group] for group, pools in before.items() for pool in pools)


def test_pages_and_spreadsheet_hold_no_secret_and_nobody_s_name(tmp_path: Path, run: Run) -> None:
    assert plant(tmp_path / "hb") > 800
    store = open_store(tmp_path / "hb" / STORE_FILE)
    profile = store.load()[Profile]
    store.close()
    assert run("rollup", tmp_path / "hb", "-o", tmp_path / "out")[0] == 0
    written = everything(tmp_path / "out")
    assert not found(written)
    names = [row.name for row in (*profile.people, *profile.organizations) if row.name]
    assert len(names) > 20
    assert not [name for name in (*names, profile.name) if name and name in written]


def test_a_number_of_few_people_stands_nowhere(view: Path) -> None:
    book = openpyxl.load_workbook(view / "rollup.xlsx")
    heads = [cell.value for cell in book["Measures"][1]]
    sizes = [row[heads.index("Out of")].value for row in book["Measures"].iter_rows(min_row=2)]
    assert sizes
    assert all(size is None or size >= 10 for size in sizes)
    heads = [cell.value for cell in book["Readiness"][1]]
    people = [row[heads.index("People")].value for row in book["Readiness"].iter_rows(min_row=2)]
    assert any(people)
    assert all(size is None or size >= 3 for size in people)


def test_hostile_words_stay_words(view: Path) -> None:
    for path in view.glob("*.html"):
        page = path.read_text("utf-8")
        tree = html5lib.parse(page, namespaceHTMLElements=False)
        assert not tree.findall(".//script")
        assert "<script>alert" not in page
        assert "default-src 'none'" in page
    book = openpyxl.load_workbook(view / "rollup.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in "fe"]
    assert "=R4" in {cell.value for cell in cells}
    assert any(HOSTILE[:20] in str(cell.value) for cell in cells)


@pytest.mark.usefixtures("one_day")
def test_the_same_partnerships_give_the_same_bytes(made_state: Path, tmp_path: Path, run: Run) -> None:
    assert run("rollup", made_state, "-o", tmp_path / "one")[0] == 0
    assert run("rollup", *sorted(made_state.iterdir(), reverse=True), "-o", tmp_path / "other")[0] == 0
    assert prints(tmp_path / "one") == prints(tmp_path / "other")


def test_regions_are_told_in_the_order_of_names_and_beside_the_spread_of_the_others(view: Path) -> None:
    page = (view / "index.html").read_text("utf-8")
    assert page.index(">=R4<") < page.index(">R1<") < page.index(">R2<") < page.index(">R3<")
    assert "ranks nobody" in page
    region = (view / "region-r1.html").read_text("utf-8")
    assert "Middle half of the others" in region
    assert re.search(r"\d+% to \d+%", region)


def test_of_few_other_regions_no_spread_is_shown(made_state: Path, tmp_path: Path, run: Run) -> None:
    assert run("rollup", made_state / "p1", made_state / "p3", "-o", tmp_path)[0] == 0
    region = (tmp_path / "region-r1.html").read_text("utf-8")
    assert "too few to show" in region
    assert not re.search(r"\d+% to \d+%", region)
