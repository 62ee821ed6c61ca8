"""Other programs open what we write."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ctekit import papers, samples
from tests.papers.read_back import words_on_sheets
from tests.papers.test_hostile import HOSTILE, book_of, squeezed, words_in

KINDS = {"harrow-bend": ("agreement", "policy-briefs", "responsibilities", "work-sites"), "hostile": ("agreement",)}


@pytest.mark.parametrize("book", KINDS)
def test_libreoffice_opens_word_files_of_every_kind(tmp_path: Path, book: str) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not on this machine")
    answers = book_of(HOSTILE) if book == "hostile" else samples.book(book)
    by_name = {paper.name: paper for name in KINDS[book] for paper in papers.make(name, answers)[:1]}
    for paper in by_name.values():
        (tmp_path / f"{paper.name}.docx").write_bytes(papers.render(paper, "word")[1])
    documents = sorted(tmp_path.glob("*.docx"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for document in documents:
        text = squeezed(words_on_sheets(document.with_suffix(".pdf").read_bytes()), "pdf")
        blocks = (block for block in by_name[document.stem].blocks if not isinstance(block, papers.Picture))
        words = {
            word for sentence in words_in(blocks) for word in sentence.split() if word.isascii() and word.isprintable()
        }
        assert {word for word in words if word not in text} == set(), document.name
