"""The ground moves under an open notebook: its folder is replaced, or another copy of its file lies beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import ctekit
from ctekit import cli, copies, workspace
from ctekit.model.errors import CtekitError
from ctekit.model.paths import STORE_FILE
from ctekit.partnership import NoPartnershipError
from ctekit.widgets.cards import start_card

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the folder that a process stands in")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partnership's folder, made once; each test has a copy."""
    place = tmp_path_factory.mktemp("made") / "ours"
    workspace.make(place, "Riverside", "half")
    return place


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "ours"))


@pytest.fixture
def inside(home: Path) -> Iterator[Path]:
    """As a notebook's kernel: it stands in the partnership's folder."""
    before = Path.cwd()
    os.chdir(home)
    yield home
    os.chdir(before)


def text(shown: Any) -> str:
    return str(shown._repr_mimebundle_()["text/html"])


@unix
def test_a_folder_that_was_replaced_is_said_when_the_cells_run_again(inside: Path, tmp_path: Path) -> None:
    partnership = ctekit.open_partnership()
    partnership.answer("purpose", "learners", "everybody")
    shutil.copytree(inside, tmp_path / "backup")
    shutil.rmtree(inside)
    assert "was moved, deleted or replaced while this notebook was open" in text(partnership.worksheet("purpose"))
    assert "restart the kernel (Kernel &gt; Restart Kernel) and run all cells" in text(partnership)
    shutil.copytree(tmp_path / "backup", inside)
    with pytest.raises(CtekitError, match="moved, deleted or replaced while it was open.*restart the kernel"):
        ctekit.open_partnership()
    with pytest.raises(CtekitError, match="restart the kernel"):
        ctekit.open_exercise("purpose")
    assert "There is no partnership" not in text(partnership.worksheet("purpose")), "the cell that was not run again"
    assert partnership["purpose"].learners == "everybody", "what lies there now is read"
    partnership.answer("purpose", "learners", "all of them")
    assert ctekit.open_partnership(inside)["purpose"].learners == "all of them"


@unix
def test_a_kernel_that_changes_its_folder_goes_on_with_the_same_partnership(inside: Path, tmp_path: Path) -> None:
    partnership = ctekit.open_partnership()
    os.chdir(tmp_path)
    assert partnership.exists
    assert partnership.name == "Riverside"


@unix
def test_a_command_in_a_folder_that_is_gone_says_so(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(inside)
    for words in (["status"], ["doctor"], ["new", "X"], ["practice"], ["export"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(words)
        assert ended.value.code == 2
        assert "The folder you stand in was moved or deleted. Go to one that is there" in capsys.readouterr().err


def test_the_start_card_says_why_it_cannot_start(tmp_path: Path) -> None:
    partnership = ctekit.open_partnership(tmp_path / "taken")
    (tmp_path / "taken").write_text("somebody's file")
    overview = partnership.overview()
    card = start_card(partnership, overview.live, overview._repr_html_)
    _, name, buttons, status = card.children
    name.value = "Riverside"
    buttons.children[0].click()
    assert f"The folder {tmp_path / 'taken'} cannot be made" in status.value
    (tmp_path / "taken").unlink()
    buttons.children[0].click()
    assert ctekit.open_partnership(tmp_path / "taken").name == "Riverside"


# Other copies


COPIES = (
    "partnership (conflicted copy 2026-11-29).ctekit",
    "partnership-LAPTOP.ctekit",
    "partnership.sync-conflict-20261129-103000-ABC.ctekit",
    "partnership 2.ctekit",
    "PARTNERSHIP 2.CTEKIT",
    "partnership.ctekit (1)",
    "partnership.ctekit_conflict-20261129-103000",
    "partnership.ctekit-LAPTOP",
    "partnership.ctekit~",
    "partnership.ctekit.bak",
)


def sentences(home: Path) -> list[str]:
    return list(copies.beside(ctekit.open_partnership(home).store))


@pytest.mark.parametrize("name", [COPIES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in COPIES[1:])])
def test_another_copy_is_named_with_what_differs(home: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    # Each exports all pages: one name is enough for make quick.
    shutil.copyfile(home / STORE_FILE, home / name)
    before = (home / name).read_bytes()
    (words,) = sentences(home)
    assert words == f"Another copy lies here: “{name}”. It says the same, and can be moved away."
    partnership = ctekit.open_partnership(home)
    partnership.answer("purpose", "learners", "everybody")
    partnership.add("purpose", "clauses", {"promise": "A job"})
    (words,) = sentences(home)
    assert words.startswith(f"Another copy lies here: “{name}”. 2 answers differ from partnership.ctekit")
    assert "ctekit merge" in words
    for command in ("status", "doctor"):
        with pytest.raises(SystemExit):
            cli.main([command, str(home)])
        assert words in capsys.readouterr().out
    assert "2 answers differ" in text(partnership.overview())
    assert (home / name).read_bytes() == before
    assert {path.name for path in home.iterdir() if "ctekit" in path.name.lower()} == {STORE_FILE, name}, (
        "nothing is left beside them"
    )
    partnership.export(home / "pages")
    assert all("Another copy" not in page.read_text("utf-8") for page in (home / "pages").glob("*.html"))


@pytest.mark.parametrize("ours", ["partnership.ctekit-journal", "partnership.ctekit.schema-2-0a1b2c3d", "ctekit.txt"])
def test_what_we_keep_beside_the_file_is_no_copy(home: Path, ours: str) -> None:
    shutil.copyfile(home / STORE_FILE, home / ours)
    assert list(copies._named_like_one(home)) == [home / STORE_FILE]


@pytest.mark.parametrize("name", COPIES)
def test_a_file_that_a_program_has_renamed_is_named_where_none_is_found(home: Path, name: str) -> None:
    (home / STORE_FILE).rename(home / name)
    with pytest.raises(NoPartnershipError) as error:
        ctekit.open_partnership(home).store.latest()
    assert f"“{name}” lies there. If that is your partnership, a program has renamed it" in str(error.value)
    empty = ctekit.open_partnership(home)
    assert f"“{name}” lies there." in start_card(empty, lambda: None, lambda: "").children[0].value
    assert not (home / STORE_FILE).exists()


@unix
def test_a_link_that_leads_nowhere_is_no_renamed_file(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).symlink_to(tmp_path / "none")
    assert copies.instead(tmp_path) == ""


def strange(make: Callable[[Path], object], home: Path) -> str:
    other = home / "other.ctekit"
    make(other)
    (words,) = sentences(home)
    return words


def a_view_that_never_ends(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE VIEW revision AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"
        )
        connection.execute("PRAGMA application_id = 1")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10**12)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: path.write_bytes(b""), "It cannot be read"),
        (lambda path: path.write_text("a text"), "It cannot be read"),
        (a_view_that_never_ends, "It cannot be read"),
        (huge, "It is too large to be compared"),
        (lambda path: workspace.create_store(path).close(), "It is another partnership's"),
    ],
)
def test_a_strange_file_beside_ours_is_named_and_harms_nobody(
    home: Path, make: Callable[[Path], object], sentence: str
) -> None:
    assert f"“other.ctekit”. {sentence}" in strange(make, home)


@unix
def test_what_is_no_other_file_is_passed_over(home: Path) -> None:
    os.link(home / STORE_FILE, home / "hard.ctekit")
    (home / "soft.ctekit").symlink_to(home / STORE_FILE)
    (home / "nowhere.ctekit").symlink_to(home / "none")
    (home / "folder.ctekit").mkdir()
    (home / ".hidden.ctekit").write_text("x")
    os.mkfifo(home / "pipe.ctekit")
    assert sentences(home) == []


def test_a_folder_full_of_copies_is_bounded(home: Path) -> None:
    for number in range(9):
        (home / f"copy-{number}.ctekit").write_text("x")
    assert len(sentences(home)) == 6
    assert sentences(home)[-1] == "And 4 more files are named so. Keep one partnership a folder."
