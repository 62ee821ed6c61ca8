"""The command that writes papers, and what it never writes over."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ctekit import papers
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.papers import _files
from ctekit.partnership import Partnership
from tests.stores import harrow_bend


@pytest.fixture(scope="module")
def partnership(tmp_path_factory: pytest.TempPathFactory) -> Partnership:
    home = tmp_path_factory.mktemp("papers") / "hb"
    harrow_bend(home)
    return Partnership(home)


@pytest.mark.slow  # three seconds of one core
def test_all_papers_are_written_in_all_formats(
    partnership: Partnership, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # That a paper is the same bytes each time is seen in test_papers.py: here each is written down once.
    monkeypatch.setattr(_files, "render", cache(_files.render))
    paths = partnership.papers("", tmp_path / "out", papers.FORMATS)
    written = {path.suffix for path in paths}
    assert written >= {".html", ".md", ".docx", ".pdf", ".ics"}
    assert len(written) == len(papers.FORMATS)
    assert sum(path.stat().st_size for path in paths) < 5_000_000
    assert partnership.papers("", tmp_path / "out", papers.FORMATS) == paths, "again: nothing differs"


def test_a_file_that_somebody_wrote_in_is_not_written_over(partnership: Partnership, tmp_path: Path) -> None:
    (path,) = partnership.papers("charter", tmp_path)
    path.write_text("Counsel's notes")
    with pytest.raises(CtekitError, match=r"charter.html in .* somebody may have written.*--replace"):
        partnership.papers("", tmp_path)
    assert path.read_text() == "Counsel's notes"
    assert [file.name for file in tmp_path.iterdir()] == ["charter.html"], "nothing else either"
    partnership.papers("charter", tmp_path, replace=True)
    assert "What we promise" in path.read_text()


def test_a_name_that_is_not_there_is_told_with_the_nearest(partnership: Partnership, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"No paper is called 'agrement'. Did you mean .agreement"):
        partnership.papers("agrement", tmp_path)
    with pytest.raises(NotFoundError, match="No format is called 'doc'"):
        partnership.papers("agreement", tmp_path, ("doc",))
    assert not list(tmp_path.iterdir())


def test_without_the_extra_word_says_how_to_get_it(
    partnership: Partnership, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(CtekitError, match=r"pip install 'ctekit\[papers\]'"):
        partnership.papers("charter", tmp_path, ("word",))


NO_FILES = [Path.mkdir, *([os.mkfifo] if hasattr(os, "mkfifo") else [])]


@pytest.mark.parametrize("make", NO_FILES, ids=lambda make: make.__name__)
def test_what_is_no_file_stays_and_holds_nothing_up(
    partnership: Partnership, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "charter.html")
    with pytest.raises(CtekitError, match="would be written over"):
        partnership.papers("charter", tmp_path)
    assert not (tmp_path / "charter.html").is_file()
