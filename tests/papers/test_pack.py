"""The handover pack: everything in one file, reached from its index, the same bytes from the same answers."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import html5lib
import pytest

from ctekit import cli, papers, samples
from ctekit.partnership import Partnership
from ctekit.workbook import from_answers
from tests import named
from tests.secrets import found, plant


def test_the_index_leads_to_every_file_and_tells_what_is_blank() -> None:
    book = samples.book("harrow-bend")
    content = papers.pack(book, ("html", "ics"))
    assert content == papers.pack(book, ("html", "ics"))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = file.namelist()
        index = file.read("index.html").decode()
    assert names[0] == "index.html"
    html5lib.HTMLParser(strict=True).parse(index)
    assert sorted(re.findall(r'href="([^"]+)"', index)) == sorted(names[1:])
    assert "agreement/agreement.html" in names
    assert "calendar/calendar.ics" in names
    assert "What else must be in it (worksheet 6)" in index
    assert (
        '<span dir="auto">Partnership agreement</span>: <a href="agreement/agreement.html">web page</a></li>' in index
    )
    assert "Letter of commitment (commitment-castellan-gear-7)" in index, "of many with one title, each is told apart"
    assert all(f"<h2>{module.TITLE}</h2>" in index for module in papers.every().values())


def test_a_pack_of_nothing_is_a_pack() -> None:
    with zipfile.ZipFile(io.BytesIO(papers.pack(from_answers({}), ("markdown",)))) as file:
        assert "index.html" in file.namelist()


def test_no_pack_holds_what_is_for_the_facilitator_only(tmp_path: Path) -> None:
    plant(tmp_path / "hb")
    with zipfile.ZipFile(io.BytesIO(papers.pack(Partnership(tmp_path / "hb").book, ("html",)))) as file:
        for name in file.namelist():
            assert not found(file.read(name).decode()), name


def test_a_pack_and_a_form_for_the_public_name_nobody_who_has_not_said_yes(tmp_path: Path) -> None:
    named.plant(tmp_path / "hb")
    (tmp_path / "hb" / "toolbox").mkdir()
    (tmp_path / "hb" / "toolbox" / "form.md").write_text("{{ profile.people.name }}\n")
    for what in (["pack", "--format", "html"], ["toolbox"]):
        with pytest.raises(SystemExit) as ended:
            cli.main(["paper", *what, str(tmp_path / "hb"), "--output", str(tmp_path / "out"), "--for", "public"])
        assert not ended.value.code
    with zipfile.ZipFile(tmp_path / "out" / papers.PACK) as file:
        for name in file.namelist():
            assert not named.named(file.read(name).decode()), name
    assert not named.named((tmp_path / "out" / "form.md").read_text("utf-8").replace("\\", ""))


def test_what_somebody_wrote_in_stays_and_the_new_file_stands_beside_it(tmp_path: Path) -> None:
    (tmp_path / "charter.html").write_text("Counsel's notes")
    for _ in range(2):
        (path,) = papers.put({"charter.html": b"new"}, tmp_path, beside=True)
        assert path.name == "charter-2.html"
    assert (tmp_path / "charter.html").read_text() == "Counsel's notes"
