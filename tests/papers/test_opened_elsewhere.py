"""Other programs open what we write."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfReader

from ctekit import papers, samples
from ctekit.papers import Paper
from tests.papers.read_back import words_on_sheets
from tests.papers.test_hostile import HOSTILE, book_of, squeezed, words_in

KINDS = {"harrow-bend": ("agreement", "policy-briefs", "responsibilities", "work-sites"), "hostile": ("agreement",)}
LONG = {"agreement": 6, "calendar": 4, "metric-cards": 6, "policy-brief": 2, "program": 3, "work-site": 3, "year": 3}
"""Sheets of the papers that take more than one, by how their names begin."""


def through_libreoffice(by_name: Mapping[str, Paper], folder: Path) -> dict[str, bytes]:
    """Papers written for Word, opened by LibreOffice and printed to PDF."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not on this machine")
    for paper in by_name.values():
        (folder / f"{paper.name}.docx").write_bytes(papers.render(paper, "word")[1])
    documents = sorted(folder.glob("*.docx"))
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {document.stem: document.with_suffix(".pdf").read_bytes() for document in documents}


@pytest.mark.parametrize("book", KINDS)
def test_libreoffice_opens_word_files_of_every_kind(tmp_path: Path, book: str) -> None:
    answers = book_of(HOSTILE) if book == "hostile" else samples.book(book)
    by_name = {paper.name: paper for name in KINDS[book] for paper in papers.make(name, answers)[:1]}
    for name, printed in through_libreoffice(by_name, tmp_path).items():
        text = squeezed(words_on_sheets(printed), "pdf")
        blocks = (block for block in by_name[name].blocks if not isinstance(block, papers.Picture))
        words = {
            word for sentence in words_in(blocks) for word in sentence.split() if word.isascii() and word.isprintable()
        }
        assert {word for word in words if word not in text} == set(), name


@pytest.mark.slow  # all papers, and LibreOffice
def test_every_word_file_lies_on_its_sheets_as_a_reader_wants_it(tmp_path: Path) -> None:
    answers = samples.book("harrow-bend")
    by_name = {paper.name: paper for name in papers.every() for paper in papers.make(name, answers)}
    for name, printed in through_libreoffice(by_name, tmp_path).items():
        sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages]
        most = next((sheets for begins, sheets in LONG.items() if name.startswith(begins)), 1)
        assert len(sheets) <= most, name
        for sheet in sheets:
            assert len(sheet.splitlines()) > 4, f"a sheet of {name} with its foot alone, or a line"
            lines_to_sign = sheet.count("Signature ")
            assert lines_to_sign != 1 or len(sheets) == 1, f"a signature of {name} alone on a sheet"
            assert sheet.count("Tests the promise") == sheet.count("Decision it speaks to"), f"a card of {name} cut"
