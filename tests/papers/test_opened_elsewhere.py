"""Other programs open what we write, and a paper that somebody adds appears in every format."""

from __future__ import annotations

import re
import shutil
import subprocess
import types
from pathlib import Path

import pikepdf
import pytest

from ctekit import papers, samples
from ctekit.papers import Answers
from tests.papers.test_papers import hostile, text_of

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "papers.md"


def test_the_paper_that_the_guide_adds_appears_in_every_format() -> None:
    (source,) = re.findall(r"```python\n(\"\"\"Names for badges.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    module = types.ModuleType("badges")
    exec(source, module.__dict__)
    (paper,) = module.papers(Answers(samples.book("harrow-bend")))
    for form in papers.FORMATS:
        if papers.suits(paper, form):
            name, content = papers.render(paper, form)
            assert name.startswith("badges.")
            assert "Mirela Osei" in text_of(form, content)


KINDS = {"harrow-bend": ("agreement", "policy-briefs", "responsibilities", "work-sites"), "hostile": ("charter",)}
"""Hostile words are thousands of letters long: LibreOffice takes minutes for more of them."""


@pytest.mark.parametrize("book", KINDS)
def test_libreoffice_opens_word_files_of_every_kind(tmp_path: Path, book: str) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not on this machine")
    answers = hostile() if book == "hostile" else samples.book(book)
    for name in KINDS[book]:
        paper = papers.make(name, answers)[0]
        (tmp_path / f"{paper.name}.docx").write_bytes(papers.render(paper, "word")[1])
    documents = sorted(tmp_path.glob("*.docx"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [office, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for document in documents:
        with pikepdf.open(document.with_suffix(".pdf")) as pages:
            assert len(pages.pages) >= 1, document.name
